"""The visible mark of one electronic signature: position, "Ký điện tử bởi ...", rank and name, as a one-page PDF.

A text mark, with the signer's handwriting when the unit has registered a picture of it; never a red seal, which belongs to the
agency's own signature or to paper.
"""

import base64
import io
import re
from dataclasses import dataclass

from django.template.loader import render_to_string
from PIL import Image

from emulation.pdf.lines import balanced_lines
from emulation.pdf.render import render
from emulation.pdf.slim import slim

# Decree 30/2020 sets position and name in 13-14 pt; a narrow cell or a long position takes as much less as it must.
_SIZES = (13.0, 12.5, 12.0, 11.5, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.0, 6.0)
# Cells three abreast are narrow; there all stamps start smaller, so that neighbours look alike.
_NARROW = 165.0
_LARGEST_IN_NARROW = 11.0
_RANK = re.compile(r"((?:thượng|trung|thiếu|đại) (?:tá|úy|tướng|sĩ)|hạ sĩ) ", re.IGNORECASE)
# Down to here a long line is set smaller before it is broken.
_LEAST_UNBROKEN = 10.0
_MARK_SIZE = 8.5
_LEADING = 1.2
_SIDE = 2.0
_AIR = 6.0
# The handwriting takes what the words leave, between these shares of the height.
_LEAST_HANDWRITING = 0.25
_MOST_HANDWRITING = 0.45
_DOTS_PER_POINT = 300 / 72
_END_OF_PNG = b"IEND\xaeB`\x82"
_LARGEST_PICTURE = 20_000_000


@dataclass(frozen=True)
class StampText:
    """The words of a stamp, line by line: the position with its authority prefix, the electronic mark, rank and name."""

    position: tuple[str, ...]
    mark: tuple[str, ...]
    name: str


class UnreadableHandwriting(ValueError):
    """The picture of the handwriting is no PNG, or too large to open."""


@dataclass(frozen=True)
class _Setting:
    """The chosen size, and the texts broken into lines that fit."""

    size: float
    mark_size: float
    position: list[str]
    mark: list[str]
    name: list[str]

    @property
    def large_lines(self) -> int:
        return len(self.position) + len(self.name)


def stamp(lines: StampText, *, width_pt: float, height_pt: float, handwriting_png: bytes | None = None) -> bytes:
    """A one-page PDF of exactly that size, without a background, to be placed into a signature field.

    Its fonts are subsets of the few letters used (about 10 kB in all). Raises `UnreadableHandwriting` for a bad picture.
    """
    least = height_pt * _LEAST_HANDWRITING if handwriting_png is not None else 0
    setting = _fit(lines, width_pt, height_pt - least)
    picture_height = min(height_pt - _height(setting), height_pt * _MOST_HANDWRITING)
    context = {
        "setting": setting,
        "width": f"{width_pt:.3f}",
        "height": f"{height_pt:.3f}",
        "picture_height": f"{picture_height:.3f}",
        "picture": _picture(handwriting_png, width_pt, picture_height) if handwriting_png is not None else "",
    }
    return slim(render(render_to_string("documents/stamp.html", context), sheet="stamp.css", variant=""))


def _fit(lines: StampText, width: float, height: float) -> _Setting:
    """The largest size at which everything fits, if possible without breaking a line; the smallest when nothing fits."""
    sizes = [size for size in _SIZES if width > _NARROW or size <= _LARGEST_IN_NARROW]
    attempts = [_set(lines, width - 2 * _SIDE, size) for size in sizes]
    fitting = [setting for setting in attempts if _height(setting) <= height] or attempts[-1:]
    unbroken = len(lines.position) + 1
    whole = [setting for setting in fitting if setting.size >= _LEAST_UNBROKEN and setting.large_lines <= unbroken]
    return (whole or fitting)[0]


def _set(lines: StampText, width: float, size: float) -> _Setting:
    mark_size = min(size, _MARK_SIZE)
    return _Setting(
        size=size,
        mark_size=mark_size,
        position=[part for line in lines.position for part in balanced_lines(line, face="bold", size=size, width=width)],
        mark=[part for line in lines.mark for part in balanced_lines(line, face="regular", size=mark_size, width=width)],
        name=_name_lines(lines.name, width, size),
    )


def _name_lines(name: str, width: float, size: float) -> list[str]:
    """Rank and name on one line, else the rank on a line of its own, else evenly broken."""
    whole = balanced_lines(name, face="bold", size=size, width=width)
    rank = _RANK.match(name)
    if len(whole) == 1 or rank is None:
        return whole
    return [rank[1], *balanced_lines(name[rank.end() :], face="bold", size=size, width=width)]


def _height(setting: _Setting) -> float:
    return (setting.large_lines * setting.size + len(setting.mark) * setting.mark_size) * _LEADING + _AIR


def _picture(png: bytes, width: float, height: float) -> str:
    """The handwriting as a `data:` PNG of at most 300 dots per inch at the size at which it is printed."""
    if not png.endswith(_END_OF_PNG):
        # The page engine makes Pillow accept truncated pictures; half a signature is none.
        raise UnreadableHandwriting("the handwriting is not a whole PNG")
    try:
        with Image.open(io.BytesIO(png), formats=("PNG",)) as image:
            if image.width * image.height > _LARGEST_PICTURE:
                raise UnreadableHandwriting(f"the handwriting has {image.width} x {image.height} dots")
            picture = image.convert("RGBA")
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnreadableHandwriting("the handwriting is not a readable PNG") from error
    picture.thumbnail((int(width * _DOTS_PER_POINT), int(height * _DOTS_PER_POINT)))
    stream = io.BytesIO()
    picture.save(stream, "PNG", optimize=True)
    return "data:image/png;base64," + base64.b64encode(stream.getvalue()).decode("ascii")
