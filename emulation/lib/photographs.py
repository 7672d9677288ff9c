"""Photographs that people hand in: looked at by content, never by name, and drawn anew, so that nothing of the camera stays.

A photograph of a phone says where and when it was taken, and may hold whatever its maker put behind the picture.
"""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG")
MOST_BYTES = 12 * 1024 * 1024
MOST_PIXELS = 60_000_000
# What cannot be decoded smaller unfolds whole, and more than once at a time: at most some 400 MB.
MOST_PIXELS_WHOLE = 25_000_000
LARGE, SMALL = 2000, 480
_QUALITY = 85
_FEWEST = 8


class NotAPhotograph(ValueError):
    """The bytes are no JPEG or PNG picture that can be drawn, or too large a one."""


@dataclass(frozen=True)
class Photograph:
    """A picture drawn anew as JPEG, large and small; size in pixels of the large one."""

    large: bytes
    small: bytes
    width: int
    height: int


def redraw(data: bytes) -> Photograph:
    """The picture turned upright, at most 2000 pixels long, without metadata. Raises `NotAPhotograph`."""
    if len(data) > MOST_BYTES:
        raise NotAPhotograph("too many bytes")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as found:
                _demand_size(found)
                # JPEG decodes a large picture at a half or a quarter at once.
                found.draft("RGB", (LARGE, LARGE))
                upright = _on_white(ImageOps.exif_transpose(found))
    except NotAPhotograph:
        raise
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NotAPhotograph(str(error)) from error
    except (OSError, SyntaxError, ValueError, TypeError, EOFError, IndexError, KeyError, MemoryError) as error:
        # A broken picture fails in as many ways as its format has parts.
        raise NotAPhotograph(str(error)) from error
    large = _bounded(upright, LARGE)
    return Photograph(_jpeg(large), _jpeg(_bounded(large, SMALL)), large.width, large.height)


def _demand_size(picture: Image.Image) -> None:
    """Before a single pixel is decoded: a small file may unfold to gigabytes."""
    most = MOST_PIXELS if picture.format == "JPEG" else MOST_PIXELS_WHOLE
    if picture.width * picture.height > most or min(picture.size) < _FEWEST:
        raise NotAPhotograph("too many pixels, or too few")


def _on_white(picture: Image.Image) -> Image.Image:
    """Without transparency and palettes: pixels only, on white."""
    if picture.mode in ("RGBA", "LA", "P", "PA") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "white")
        ground.alpha_composite(layer)
        picture = ground
    return picture.convert("RGB")


def _bounded(picture: Image.Image, most: int) -> Image.Image:
    if max(picture.size) <= most:
        return picture
    scale = most / max(picture.size)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.LANCZOS)


def _jpeg(picture: Image.Image) -> bytes:
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    stream = io.BytesIO()
    bare.save(stream, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return stream.getvalue()
