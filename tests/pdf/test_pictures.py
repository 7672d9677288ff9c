"""Pictures and texts of pages, made from the very bytes."""

import hashlib
import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdfium2
import pytest
from django.conf import settings
from PIL import Image

from emulation.pdf.finish import signature_fields
from emulation.pdf.pictures import cached_page_picture, page_count, page_picture, page_texts
from emulation.pdf.stamp import StampText, stamp
from tests.pdf.reading import is_composed, pages_of_words
from tests.pdf.samples import covenant_pdf
from tests.pdf.signing import TestSigner


def opened(png: bytes) -> Image.Image:
    with Image.open(io.BytesIO(png)) as picture:
        picture.load()
        return picture


def test_pages_are_counted():
    assert page_count(covenant_pdf(8)) == len(pages_of_words(covenant_pdf(8)))


def test_a_picture_has_the_width_asked_for_and_the_shape_of_the_page():
    picture = opened(page_picture(covenant_pdf(1), 1, width=800))
    assert picture.width == 800
    assert picture.height == pytest.approx(800 * 297 / 210, abs=2)


def test_a_black_page_is_a_grey_picture():
    assert opened(page_picture(covenant_pdf(1), 1, width=400)).mode == "L"


def test_the_stamp_of_a_signature_is_drawn():
    before = covenant_pdf(1)
    (box,) = signature_fields(before)
    mark = stamp(
        StampText(("TRƯỞNG CÔNG AN XÃ",), ("Ký điện tử",), "Đại úy Nguyễn Văn A"), width_pt=box.width, height_pt=box.height
    )
    signed = TestSigner().sign(before, field=box.name, stamp=mark)
    bare, marked = (opened(page_picture(content, box.page, width=600)) for content in (before, signed))
    assert bare.convert("RGB").tobytes() != marked.convert("RGB").tobytes()
    assert marked.mode == "RGB"


def test_texts_are_composed_and_one_a_page():
    texts = page_texts(covenant_pdf(3))
    assert len(texts) == page_count(covenant_pdf(3))
    assert "Độc lập - Tự do - Hạnh phúc" in texts[0]
    assert "\r" not in texts[0]
    assert all(is_composed(text) for text in texts)


@pytest.mark.parametrize("page", [0, -1, 99])
def test_a_page_that_is_not_there(page):
    with pytest.raises(IndexError):
        page_picture(covenant_pdf(1), page, width=100)


@pytest.mark.parametrize("width", [0, 39, 4001])
def test_a_width_out_of_reason(width):
    with pytest.raises(ValueError, match="pixels wide"):
        page_picture(covenant_pdf(1), 1, width=width)


@pytest.mark.parametrize("content", [b"", b"no PDF", b"%PDF-1.7\n%%EOF\n"])
def test_what_is_no_pdf_is_refused(content):
    with pytest.raises(pypdfium2.PdfiumError):
        page_count(content)


def test_a_picture_is_made_once():
    content = covenant_pdf(3)
    sha256 = hashlib.sha256(content).hexdigest()
    reads = []

    def read():
        reads.append(1)
        return content

    first = cached_page_picture(sha256, read, 1, 320)
    assert cached_page_picture(sha256, read, 1, 320) == first == page_picture(content, 1, width=320)
    assert len(reads) == 1
    assert list((Path(settings.VAR_DIR) / "pictures" / sha256[:2]).glob(f"{sha256}-1-320.png"))


def test_only_a_hash_names_a_picture():
    with pytest.raises(ValueError, match="SHA-256"):
        cached_page_picture("../../etc/passwd", lambda: b"", 1, 320)


def test_threads_may_ask_at_once():
    content = covenant_pdf(8)
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: page_picture(content, 1, width=200), range(12)))
    assert len(set(made)) == 1
