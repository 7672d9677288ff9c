"""Scans for the tests: a frozen paper as a scanner or a phone would hand it in, whole, turned, with pages missing, or of something else."""

import io
from collections.abc import Sequence

import pypdfium2
from PIL import Image

from emulation.records.domain import documents
from tests.builders import DocumentCast

_SCALE = 150 / 72


def pages_of(made: DocumentCast) -> list[Image.Image]:
    """The pages of the print for signing as pictures."""
    with pypdfium2.PdfDocument(documents.read(made.round.current)) as pdf:
        return [page.render(scale=_SCALE, grayscale=True).to_pil().convert("L") for page in pdf]


def as_pdf(pages: Sequence[Image.Image]) -> bytes:
    """The pages in one PDF, as a scanner saves it."""
    stream = io.BytesIO()
    pages[0].save(stream, "PDF", save_all=True, append_images=list(pages[1:]), resolution=150)
    return stream.getvalue()


def as_jpeg(page: Image.Image, *, quality: int = 80) -> bytes:
    """A page as a phone saves it."""
    stream = io.BytesIO()
    page.save(stream, "JPEG", quality=quality)
    return stream.getvalue()


def turned(page: Image.Image, degrees: float) -> Image.Image:
    """A page that lay askew, or upside down."""
    return page.rotate(degrees, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)


def without_code(page: Image.Image) -> Image.Image:
    """A page in which nothing can be read any more, as blurred as a bad photograph."""
    small = page.resize((page.width // 12, page.height // 12))
    return small.resize(page.size)


def blank(like: Image.Image) -> Image.Image:
    """The empty back of a sheet."""
    return Image.new("L", like.size, 250)


def scan_of(made: DocumentCast) -> bytes:
    """A good scan: all pages, the first a little askew."""
    first, *others = pages_of(made)
    return as_pdf([turned(first, 1.2), *others])
