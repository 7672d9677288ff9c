"""Reading a scan of a signed paper: what kind of file it is, its pages, which are blank, and the QR codes on them.

Pure Python without Django, because it runs in a child process: a scan comes from outside, and may be anything.
"""

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import pypdfium2
import zxingcpp
from PIL import Image, ImageOps

PAGE_LIMIT = 80
# A4 at about 200 dpi: enough for a QR code of 26 mm, and little enough for a phone's picture of many megapixels.
_LONGEST_SIDE = 2400
_MOST_PIXELS = 60_000_000
# The share of dark points above which a page is not blank: a page with one line of text has about ten times as many.
_BLANK_SHARE = 0.0005
_DARK = 128
_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
# What a scanner's edge and punch holes may darken.
_MARGIN = 0.06


class ScanKind(StrEnum):
    """What a scan may be, told from its first bytes and never from its name."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"


_STARTS = ((b"%PDF-", ScanKind.PDF), (b"\xff\xd8\xff", ScanKind.JPEG), (b"\x89PNG\r\n\x1a\n", ScanKind.PNG))


class Unscannable(Exception):
    """The bytes are not a scan that can be read."""


@dataclass(frozen=True)
class ScannedPage:
    """A page: the texts of its QR codes, whether it is blank, and by how many degrees it must be turned to stand upright.

    Only a page with a QR code knows how it stands; the others say 0.
    """

    codes: tuple[str, ...]
    is_blank: bool
    turn: int


def kind_of(head: bytes) -> ScanKind | None:
    """The kind of a file by its first bytes; None for anything else."""
    return next((kind for start, kind in _STARTS if head.startswith(start)), None)


def read_pages(data: bytes) -> list[ScannedPage]:
    """The pages of one file, a picture being one page. Raises `Unscannable`; a hostile file may raise anything else."""
    return [_read(picture) for picture in _pictures(data)]


def upright(data: bytes, page: int, *, turn: int, width: int) -> bytes:
    """A page of the file (from 1) as a JPEG of that width, turned upright. Raises `Unscannable`, `IndexError`."""
    for number, picture in enumerate(_pictures(data), start=1):
        if number == page:
            turned = picture.rotate(-turn, expand=True) if turn else picture
            turned.thumbnail((width, width * 2))
            stream = io.BytesIO()
            turned.convert("RGB").save(stream, "JPEG", quality=80)
            return stream.getvalue()
    raise IndexError(page)


def _pictures(data: bytes) -> Iterator[Image.Image]:
    kind = kind_of(data)
    if kind is None:
        raise Unscannable("neither a PDF nor a picture")
    return _pdf_pages(data) if kind is ScanKind.PDF else iter([_picture(data, kind)])


def _pdf_pages(data: bytes) -> Iterator[Image.Image]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Unscannable("a PDF that cannot be opened") from error
    with document:
        if not 1 <= len(document) <= PAGE_LIMIT:
            raise Unscannable(f"{len(document)} pages")
        for page in document:
            longest = max(page.get_size())
            if not longest > 0:
                raise Unscannable("a page without a size")
            yield page.render(scale=_LONGEST_SIDE / longest, grayscale=True).to_pil().convert("L")


def _picture(data: bytes, kind: ScanKind) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(io.BytesIO(data), formats=[kind.upper()])
        if picture.width * picture.height > _MOST_PIXELS:
            raise Unscannable("too many pixels")
        picture.draft("L", (_LONGEST_SIDE, _LONGEST_SIDE))
        grey = ImageOps.exif_transpose(picture).convert("L")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Unscannable("a picture that cannot be opened") from error
    grey.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    return grey


def _read(picture: Image.Image) -> ScannedPage:
    found = [code for code in zxingcpp.read_barcodes(picture, formats=_QR) if code.valid]
    turn = round(found[0].orientation / 90) * 90 % 360 if found else 0
    return ScannedPage(
        codes=tuple(code.text[:500] for code in found), is_blank=not found and _is_blank(picture), turn=-turn % 360
    )


def _is_blank(picture: Image.Image) -> bool:
    across, down = int(picture.width * _MARGIN), int(picture.height * _MARGIN)
    inner = picture.crop((across, down, picture.width - across, picture.height - down))
    dark = sum(inner.histogram()[:_DARK])
    return dark < inner.width * inner.height * _BLANK_SHARE
