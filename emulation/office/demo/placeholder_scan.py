"""A made-up scan of a signed paper: the print itself as pictures, one page a little askew, each name crossed by a plain placeholder.

The print of a demonstration says on each page that it is a sample, and so the scan does too.
"""

import io
import math
from collections.abc import Iterator, Sequence

import pypdfium2
from PIL import Image, ImageDraw

_SCALE = 130 / 72
_ASKEW = 0.7
_INK = (38, 60, 130)
_WAVES, _STEPS = 5, 90


def placeholder_scan(pdf: bytes, names: Sequence[str]) -> bytes:
    """A PDF of pictures of the pages, with a wavy stroke over each of these printed names."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [_page(page, names) for page in document]
    pages[0] = pages[0].rotate(_ASKEW, fillcolor="white", resample=Image.Resampling.BICUBIC)
    stream = io.BytesIO()
    pages[0].save(stream, "PDF", save_all=True, append_images=pages[1:], resolution=130, quality=70)
    return stream.getvalue()


def _page(page: pypdfium2.PdfPage, names: Sequence[str]) -> Image.Image:
    picture = page.render(scale=_SCALE).to_pil().convert("RGB")
    draw = ImageDraw.Draw(picture)
    for left, right, top in _places(page, names):
        middle = ((left + right) / 2 * _SCALE, (page.get_height() - top - 34) * _SCALE)
        draw.line(list(_wave(middle, width=(right - left) * _SCALE * 0.7)), fill=_INK, width=3, joint="curve")
    return picture


def _places(page: pypdfium2.PdfPage, names: Sequence[str]) -> Iterator[tuple[float, float, float]]:
    text = page.get_textpage()
    for name in dict.fromkeys(names):
        search = text.search(name)
        while found := search.get_next():
            first, count = found
            boxes = [text.get_charbox(index) for index in range(first, first + count)]
            yield min(box[0] for box in boxes), max(box[2] for box in boxes), max(box[3] for box in boxes)


def _wave(middle: tuple[float, float], *, width: float) -> Iterator[tuple[float, float]]:
    """A stroke that is nobody's signature."""
    for step in range(_STEPS + 1):
        share = step / _STEPS
        swing = math.sin(share * _WAVES * 2 * math.pi) * (1 - share * 0.6) * 22
        yield middle[0] + (share - 0.5) * width, middle[1] + swing
