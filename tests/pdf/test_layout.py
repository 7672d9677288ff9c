"""The printed covenant by text and position, from one unit to twenty: Decree 30/2020, Appendix I."""

import io

import pikepdf
import pytest
import zxingcpp
from PIL import Image

from emulation.pdf.finish import signature_fields
from tests.pdf.reading import MM, Box, find, grey_picture, is_composed, page_with, pages_of_words, run, text_of, typeset
from tests.pdf.samples import ADDRESS, CLOSING, LONG_UNIT, covenant_pdf, covenant_text, document_frame, printed, units

SIZES = [1, 3, 8, 20]
HEIGHT = 297 * MM
LEFT, RIGHT = 30 * MM, (210 - 15) * MM
TOP, BOTTOM = 20 * MM, (297 - 20) * MM
GRID = "ĐẠI DIỆN CÁC ĐƠN VỊ KÝ GIAO ƯỚC"
READING_ORDER = [
    "CÔNG AN TỈNH QUẢNG BÌNH", "Quảng Ninh, ngày 04 tháng 3 năm 2020", "GIAO ƯỚC THI ĐUA", "“Vì An ninh Tổ quốc” năm 2020",
    "Căn cứ Luật Thi đua, khen thưởng;", "Căn cứ Chương trình công tác năm 2020 của Công an tỉnh Quảng Bình.",
    "I. NỘI DUNG GIAO ƯỚC", "1. Chương trình hành động", "10. Thông tin, báo cáo", "II. CHỈ TIÊU", "III. DANH HIỆU ĐĂNG KÝ",
    "IV. TỔ CHỨC THỰC HIỆN", "1. Trách nhiệm", CLOSING, GRID, "KHỐI TRƯỞNG", "Nơi nhận:",
]  # fmt: skip


@pytest.fixture(scope="module", params=SIZES)
def count(request):
    return request.param


@pytest.fixture(scope="module")
def pages(count):
    return pages_of_words(covenant_pdf(count, witness=count == 8))


@pytest.fixture(scope="module")
def pdf(count):
    return covenant_pdf(count, witness=count == 8)


def test_the_text_is_composed_and_reads_in_order(pdf, count):
    text = " ".join(text_of(pdf).split())
    assert is_composed(text)
    # A single seat shares its row with the recipients, who stand at its left.
    phrases = [phrase for phrase in READING_ORDER if count > 1 or phrase != "Nơi nhận:"]
    places = [text.index(phrase) for phrase in phrases]
    assert places == sorted(places)


def test_the_page_is_a4(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            assert [round(float(side) / MM) for side in page.MediaBox] == [0, 0, 210, 297]


def test_every_word_keeps_the_margins(pages):
    for number, words in enumerate(pages, start=1):
        for word in words:
            assert word.box.left >= LEFT - 0.5, word
            assert word.box.right <= RIGHT + 0.5, word
            is_number = word.text == str(number) and word.box.bottom < TOP
            assert is_number or (word.box.top >= TOP - 2 and word.box.bottom <= BOTTOM + 2), word


def test_the_issuer_stands_at_the_left_and_the_state_at_the_right(pages):
    agency, bloc = find(pages[0], "CÔNG AN TỈNH QUẢNG BÌNH"), find(pages[0], "KHỐI THI ĐUA")
    state, motto = find(pages[0], "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), find(pages[0], "Độc lập - Tự do - Hạnh phúc")
    assert agency.right < state.left
    assert abs(agency.top - state.top) < 1
    assert agency.bottom <= bloc.top + 3
    assert abs(agency.middle - bloc.middle) < 3
    assert state.bottom <= motto.top + 3
    assert abs(state.middle - motto.middle) < 2
    dated = find(pages[0], "Quảng Ninh, ngày 04 tháng 3 năm 2020")
    assert abs(dated.middle - state.middle) < 2
    assert dated.top > find(pages[0], "THỊ XÃ, THÀNH PHỐ").bottom


def test_the_title_stands_in_the_middle(pages):
    title, subject = find(pages[0], "GIAO ƯỚC THI ĐUA"), find(pages[0], "“Vì An ninh Tổ quốc” năm 2020")
    for box in (title, subject):
        assert abs(box.middle - (LEFT + RIGHT) / 2) < 2
    assert title.bottom <= subject.top + 4


def test_page_one_has_no_number_and_every_other_has_one_in_the_middle_of_the_top_margin(pages):
    assert [word for word in pages[0] if word.box.top < TOP - 2] == []
    for number, words in enumerate(pages[1:], start=2):
        (found,) = [word for word in words if word.box.bottom < TOP]
        assert found.text == str(number)
        assert abs(found.box.middle - (LEFT + RIGHT) / 2) < 1


@pytest.mark.parametrize(
    ("phrase", "face", "size"),
    [
        ("CÔNG AN TỈNH QUẢNG BÌNH", "Document", 13),
        ("KHỐI THI ĐUA", "Document-Bold", 13),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Document-Bold", 13),
        ("Độc lập - Tự do - Hạnh phúc", "Document-Bold", 14),
        ("Quảng Ninh, ngày 04 tháng 3 năm 2020", "Document-Italic", 14),
        ("GIAO ƯỚC THI ĐUA", "Document-Bold", 14),
        ("Căn cứ Luật Thi đua, khen thưởng;", "Document-Italic", 14),
        ("I. NỘI DUNG GIAO ƯỚC", "Document-Bold", 14),
        ("Mỗi đơn vị biến nghị quyết", "Document", 14),
    ],
)
def test_letters_have_the_size_and_style_of_the_decree(phrase, face, size):
    assert typeset(covenant_pdf(8, witness=True), 1, phrase) == {(face, size)}


def test_recipients_are_small_and_their_head_bold_and_slanted():
    pdf = covenant_pdf(8, witness=True)
    last = len(pages_of_words(pdf))
    assert typeset(pdf, last, "Nơi nhận:") == {("Document-Bold-Italic", 12)}
    assert typeset(pdf, last, "- Các đơn vị trong Khối") == {("Document", 11)}


def test_lines_are_drawn_under_the_bloc_and_the_motto(tmp_path):
    dpi = 144
    words = pages_of_words(covenant_pdf(8))[0]
    with Image.open(grey_picture(covenant_pdf(8), 1, tmp_path, dpi=dpi)) as picture:
        motto = find(words, "Độc lập - Tự do - Hạnh phúc")
        assert drawn_line(picture, motto, dpi) == pytest.approx(motto.right - motto.left, abs=3)
        bloc = [find(words, line) for line in ("KHỐI THI ĐUA", "CÔNG AN CÁC HUYỆN,", "THỊ XÃ, THÀNH PHỐ")]
        longest = max(box.right - box.left for box in bloc)
        assert longest / 3 <= drawn_line(picture, bloc[-1], dpi) <= longest / 2


def drawn_line(picture: Image.Image, above: Box, dpi: int) -> float:
    """The longest dark row just under a text, in points."""
    scale = dpi / 72
    dots = picture.convert("L").load()
    longest = 0
    for y in range(int((above.bottom - 3) * scale), int((above.bottom + 7) * scale)):
        run_length = 0
        for x in range(int(LEFT * scale), int(RIGHT * scale)):
            run_length = run_length + 1 if dots[x, y] < 150 else 0
            longest = max(longest, run_length)
    return longest / scale


def test_the_closing_sentence_stands_on_the_page_of_the_first_signatures(pages):
    grid = page_with(pages, GRID)
    assert page_with(pages, CLOSING) == grid
    assert find(pages[grid - 1], CLOSING).bottom < find(pages[grid - 1], GRID).top


def test_every_signature_cell_is_whole(pdf, pages, count):
    boxes = signature_fields(pdf)
    assert len(boxes) == count + (count == 8)
    for box in boxes:
        left, bottom, right, top = box.rect
        assert LEFT - 1 <= left < right <= RIGHT + 1
        assert HEIGHT - BOTTOM - 1 <= bottom < top <= HEIGHT - TOP + 1
        captions = [
            word.box.bottom
            for word in pages[box.page - 1]
            if left < word.box.middle < right and HEIGHT - top - 40 < word.box.bottom <= HEIGHT - top + 2
        ]
        assert HEIGHT - top - max(captions) < 40 if count == 20 else HEIGHT - top - max(captions) < 15


def test_no_two_cells_overlap(pdf):
    boxes = signature_fields(pdf)
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            apart = one.rect[2] <= other.rect[0] or other.rect[2] <= one.rect[0]
            below = one.rect[3] <= other.rect[1] or other.rect[3] <= one.rect[1]
            assert one.page != other.page or apart or below


def test_cells_leave_room_for_the_stamp(pdf, count):
    for box in signature_fields(pdf):
        assert box.height / MM == pytest.approx(34, abs=0.5)
        assert box.width / MM >= (50 if count > 12 else 62)


def test_seats_stand_two_abreast_up_to_twelve_and_three_above():
    for number, across in ((8, 2), (12, 2), (13, 3), (20, 3)):
        boxes = signature_fields(covenant_pdf(number))
        first_row = [box for box in boxes if box.page == boxes[0].page and abs(box.rect[1] - boxes[0].rect[1]) < 1]
        assert len(first_row) == across


def test_recipients_stand_at_the_left_of_the_last_row(pdf, pages):
    page = page_with(pages, "Nơi nhận:")
    assert page == len(pages)
    recipients = find(pages[page - 1], "Nơi nhận:")
    assert recipients.left == pytest.approx(LEFT, abs=1)
    last = signature_fields(pdf)[-1]
    if last.rect[0] > recipients.right:
        assert last.page == page
        assert HEIGHT - last.rect[3] - 60 < recipients.top < HEIGHT - last.rect[1]


def test_the_witness_stands_below_in_the_middle():
    boxes = signature_fields(covenant_pdf(8, witness=True))
    seats, witness = boxes[:-1], boxes[-1]
    assert (witness.rect[0] + witness.rect[2]) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=2)
    assert all(seat.page < witness.page or seat.rect[1] > witness.rect[3] for seat in seats)


def test_the_qr_code_reads_from_a_grey_copy_of_the_signature_page(pdf, pages, tmp_path):
    with Image.open(grey_picture(pdf, len(pages), tmp_path, dpi=200)) as picture:
        (found,) = zxingcpp.read_barcodes(picture)
    assert found.text == ADDRESS


def test_address_code_and_hash_stand_beside_the_qr_code(pages):
    last = " ".join(word.text for word in pages[-1])
    assert "".join(ADDRESS.split("://")[1:]) in last.replace(" ", "")
    find(pages[-1], "7QK4M X2P9T")
    find(pages[-1], "3f9a 71c2 0be4 d815")


def test_a_number_line_only_when_there_is_a_number():
    names = units(1)
    assert "Số:" not in text_of(covenant_pdf(1))
    numbered = printed(covenant_text(names), document_frame(names, number="01/GƯ-KTĐ"))
    words = pages_of_words(numbered)[0]
    assert find(words, "Số: 01/GƯ-KTĐ").top == pytest.approx(find(words, "Quảng Ninh, ngày").top, abs=3)


def test_marks_of_draft_circulation_and_demonstration():
    names = units(3)
    frame = document_frame(
        names,
        is_demonstration=True,
        draft_label="Dự thảo",
        marking="Lưu hành nội bộ",
        lapse_sentence="Quá hạn coi như thống nhất.",
    )
    pages = pages_of_words(printed(covenant_text(names), frame))
    find(pages[0], "LƯU HÀNH NỘI BỘ")
    find(pages[0], "Quá hạn coi như thống nhất.")
    for words in pages:
        assert find(words, "VĂN BẢN MẪU").bottom < TOP
        assert find(words, "Văn bản mẫu, không có giá trị thi hành").top > BOTTOM
        find(words, "DỰ THẢO")


def test_the_clause_being_edited_is_marked():
    names = units(1)
    plain, marked = document_frame(names), document_frame(names, highlight_key="c1")
    text = covenant_text(names)
    assert printed(text, plain) != printed(text, marked)
    assert text_of(printed(text, plain)) == text_of(printed(text, marked))


@pytest.mark.parametrize("number", [2, 3, 5, 12, 20])
def test_names_of_eighty_characters_keep_their_cells(number):
    assert len(LONG_UNIT) >= 80
    names = [LONG_UNIT] * number
    pdf = printed(covenant_text(names), document_frame(names, witness=True))
    boxes = signature_fields(pdf)
    assert len(boxes) == number + 1
    assert all(box.rect[1] >= HEIGHT - BOTTOM - 1 for box in boxes)
    for words in pages_of_words(pdf):
        assert all(word.box.right <= RIGHT + 0.5 and word.box.bottom <= BOTTOM + 2 for word in words)


@pytest.mark.parametrize("clauses", [1, 60])
def test_one_clause_or_sixty(clauses):
    many = tuple(
        (f"Nội dung thứ {number}", "Một câu vừa đủ dài để in thành hai dòng trên trang giấy khổ A4. " * 2)
        for number in range(clauses)
    )
    names = units(8)
    text = text_of(printed(covenant_text(names, clauses=many), document_frame(names)))
    assert f"{clauses}. Nội dung thứ {clauses - 1}" in " ".join(text.split())


def test_twelve_pages_repeat_the_heads_of_tables_and_leave_no_heading_alone():
    long = tuple(
        (f"Nội dung {number}", "Câu văn dài của một cam kết có nhiều việc phải làm trong năm. " * 12) for number in range(36)
    )
    names = units(20)
    pages = pages_of_words(printed(covenant_text(names, clauses=long), document_frame(names)))
    assert len(pages) >= 12
    for words in pages:
        last = max(word.box.bottom for word in words if word.box.bottom < BOTTOM)
        final_line = " ".join(word.text for word in words if abs(word.box.bottom - last) < 2)
        assert "Nội dung" not in final_line
    split = [words for words in pages if any(word.text == "82,5" for word in words)]
    for words in split:
        find(words, "Tỷ lệ điều tra,")


def test_all_fonts_are_subsets():
    listed = run("pdffonts", "-", stdin=covenant_pdf(20)).decode().splitlines()[2:]
    assert len(listed) == 4
    assert all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in listed)
