"""The visible mark of a signature: size, words, bytes, handwriting."""

import io

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from pikepdf import Name
from PIL import Image, ImageDraw

from emulation.pdf import fonts
from emulation.pdf.slim import needed_tables
from emulation.pdf.stamp import StampText, UnreadableHandwriting, stamp
from tests.pdf.reading import find, pages_of_words, run, text_of

WIDE, NARROW, HEIGHT = 209.8, 147.4, 96.4
CHIEF = StampText(
    ("TRƯỞNG CÔNG AN HUYỆN",), ("Ký điện tử bởi: Nguyễn Văn A", "lúc 09:15:30 ngày 04/3/2020 (+07:00)"), "Thượng tá Nguyễn Văn A"
)
DEPUTY = StampText(("KT. TRƯỞNG CÔNG AN HUYỆN", "PHÓ TRƯỞNG CÔNG AN HUYỆN"), CHIEF.mark, CHIEF.name)
LONG = StampText(
    ("TUQ. GIÁM ĐỐC CÔNG AN TỈNH", "PHÓ TRƯỞNG PHÒNG CÔNG TÁC ĐẢNG VÀ CÔNG TÁC CHÍNH TRỊ"),
    ("Ký điện tử bởi: Công Tằng Tôn Nữ Nguyễn Thị Minh Khai", "lúc 23:59:59 ngày 31/12/2020 (+07:00)"),
    "Thượng tá Công Tằng Tôn Nữ Nguyễn Thị Minh Khai",
)


def handwriting(*, width=900, height=300) -> bytes:
    picture = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    ImageDraw.Draw(picture).line([(20, 200), (300, 40), (420, 260), (880, 60)], fill=(20, 40, 160, 255), width=9)
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()


@pytest.mark.parametrize("text", [CHIEF, DEPUTY, LONG])
@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("picture", [None, handwriting()])
def test_every_word_stands_within_the_box(text, width, picture):
    pdf = stamp(text, width_pt=width, height_pt=HEIGHT, handwriting_png=picture)
    (words,) = pages_of_words(pdf)
    assert " ".join(text_of(pdf).split()) == " ".join(" ".join([*text.position, *text.mark, text.name]).split())
    for word in words:
        assert -0.5 <= word.box.left < word.box.right <= width + 0.5
        assert -2 <= word.box.top < word.box.bottom <= HEIGHT + 2


def test_the_page_has_exactly_the_size_of_the_field():
    with pikepdf.open(io.BytesIO(stamp(CHIEF, width_pt=WIDE, height_pt=HEIGHT))) as document:
        (page,) = document.pages
        assert [float(side) for side in page.MediaBox] == pytest.approx([0, 0, WIDE, HEIGHT], abs=0.01)


def test_position_on_top_mark_in_the_middle_name_below():
    (words,) = pages_of_words(stamp(DEPUTY, width_pt=WIDE, height_pt=HEIGHT))
    position, mark, name = (find(words, phrase) for phrase in ("PHÓ TRƯỞNG CÔNG AN HUYỆN", "Ký điện tử bởi:", DEPUTY.name))
    assert position.bottom < mark.top
    assert mark.bottom < name.top
    assert name.bottom > HEIGHT - 5


@pytest.mark.parametrize(("text", "width", "most"), [(CHIEF, WIDE, 9_000), (DEPUTY, WIDE, 9_500), (LONG, NARROW, 11_500)])
def test_it_is_small(text, width, most):
    assert len(stamp(text, width_pt=width, height_pt=HEIGHT)) < most


def test_its_fonts_are_embedded_and_its_letters_can_be_searched():
    pdf = stamp(DEPUTY, width_pt=WIDE, height_pt=HEIGHT)
    listed = run("pdffonts", "-", stdin=pdf).decode().splitlines()[2:]
    assert len(listed) == 2
    assert all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in listed)


def test_it_brings_neither_tags_nor_colour_profile_nor_forms():
    with pikepdf.open(io.BytesIO(stamp(CHIEF, width_pt=WIDE, height_pt=HEIGHT, handwriting_png=handwriting()))) as document:
        assert not {"/StructTreeRoot", "/OutputIntents", "/AcroForm", "/Metadata"} & set(document.Root.keys())
        assert set(document.pages[0].Resources.keys()) <= {"/Font", "/ExtGState", "/XObject"}


def test_the_same_words_give_the_same_stamp():
    assert stamp(CHIEF, width_pt=WIDE, height_pt=HEIGHT) == stamp(CHIEF, width_pt=WIDE, height_pt=HEIGHT)


def test_words_are_never_markup():
    hostile = StampText(("<img src=file:///etc/passwd>",), ("<b>&amp;</b>",), "<script>")
    assert "<img src=file:///etc/passwd>" in " ".join(text_of(stamp(hostile, width_pt=WIDE, height_pt=HEIGHT)).split())


def test_handwriting_is_drawn_with_its_transparency_at_most_at_300_dots_an_inch():
    with pikepdf.open(
        io.BytesIO(stamp(CHIEF, width_pt=WIDE, height_pt=HEIGHT, handwriting_png=handwriting(width=3000, height=900)))
    ) as pdf:
        (image,) = [item for item in pdf.objects if isinstance(item, pikepdf.Stream) and Name.SMask in item]
        assert image.Width <= WIDE * 300 / 72
        assert image.Height <= HEIGHT * 0.45 * 300 / 72 + 1


@pytest.mark.parametrize(
    "content", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\nbroken", handwriting()[:200], b"\x89PNG" + handwriting()[-12:]]
)
def test_what_is_no_png_is_refused(content):
    with pytest.raises(UnreadableHandwriting):
        stamp(CHIEF, width_pt=WIDE, height_pt=HEIGHT, handwriting_png=content)


def test_a_picture_of_absurd_size_is_refused():
    stream = io.BytesIO()
    Image.new("1", (6000, 4000)).save(stream, "PNG")
    with pytest.raises(UnreadableHandwriting, match="6000 x 4000"):
        stamp(CHIEF, width_pt=WIDE, height_pt=HEIGHT, handwriting_png=stream.getvalue())


def test_a_cut_font_keeps_its_glyphs_and_loses_its_names():
    whole = fonts.face_path("bold").read_bytes()
    cut = needed_tables(whole)
    with TTFont(io.BytesIO(whole)) as before, TTFont(io.BytesIO(cut)) as after:
        assert set(after.reader.keys()) <= {"cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"}
        assert after.reader["glyf"] == before.reader["glyf"]
        assert after.reader["hmtx"] == before.reader["hmtx"]
