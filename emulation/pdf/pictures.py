"""Pictures and texts of PDF pages, for screens that show no PDF (phones, strict headers).

They are made from the very bytes that are signed, never from the source they were set from.
"""

import io
import os
import re
import tempfile
import threading
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pypdfium2
from django.conf import settings
from PIL import Image, ImageChops

# pdfium is not safe for several threads, not even with a document each.
_pdfium = threading.Lock()
_SHA256 = re.compile(r"[0-9a-f]{64}")
_WIDTHS = range(40, 4001)


def page_count(pdf: bytes) -> int:
    """How many pages the PDF has. Raises `pypdfium2.PdfiumError` for bytes that are no readable PDF."""
    with _pdfium, pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def page_picture(pdf: bytes, page: int, *, width: int) -> bytes:
    """A PNG of a page (counted from 1), `width` pixels wide, with the signatures' stamps drawn.

    Raises `IndexError` for a page that the document does not have, `ValueError` for a width outside 40..4000.
    """
    if width not in _WIDTHS:
        raise ValueError(f"a picture is {_WIDTHS.start} to {_WIDTHS.stop - 1} pixels wide, not {width}")
    with _pdfium, pypdfium2.PdfDocument(pdf) as document:
        if not 1 <= page <= len(document):
            raise IndexError(f"page {page} of {len(document)}")
        document.init_forms()
        sheet = document[page - 1]
        picture = sheet.render(scale=width / sheet.get_width()).to_pil().convert("RGB")
    stream = io.BytesIO()
    _without_idle_colour(picture).save(stream, "PNG", compress_level=6)
    return stream.getvalue()


def page_texts(pdf: bytes) -> list[str]:
    """The text of every page, composed (NFC), for screen readers beside the pictures.

    What stands in the signatures' stamps is not page text and is left out.
    """
    with _pdfium, pypdfium2.PdfDocument(pdf) as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    return [unicodedata.normalize("NFC", text.replace("\r\n", "\n")) for text in texts]


def cached_page_picture(sha256: str, read_bytes: Callable[[], bytes], page: int, width: int) -> bytes:
    """The picture of a page of the document with that hash; `read_bytes` is only called when no picture is kept yet.

    Pictures are kept under VAR_DIR/pictures. The caller vouches that the bytes have that hash, and offers a few fixed widths
    only, since each one is kept. Raises as `page_picture` does.
    """
    if not _SHA256.fullmatch(sha256):
        raise ValueError("not a SHA-256")
    file = Path(settings.VAR_DIR) / "pictures" / sha256[:2] / f"{sha256}-{int(page)}-{int(width)}.png"
    if file.is_file():
        return file.read_bytes()
    picture = page_picture(read_bytes(), page, width=width)
    _keep(file, picture)
    return picture


def _without_idle_colour(picture: Image.Image) -> Image.Image:
    """A page of black text as grey, which takes a third of the bytes."""
    red, green, blue = picture.split()
    coloured = ImageChops.difference(red, green).getbbox() or ImageChops.difference(green, blue).getbbox()
    return picture if coloured else green


def _keep(file: Path, content: bytes) -> None:
    """Write beside the place and move: another request never reads half a picture."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".png")
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
    Path(draft).replace(file)
