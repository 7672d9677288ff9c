"""A regulation and an outline on paper: title lines, articles or sections, who signs, and the annex that nobody signs."""

import datetime as dt

import pytest

from blocs.documents.issued import issued_html, issued_sections
from blocs.documents.printing import numbers_of, reading_order
from blocs.domain.places import places
from blocs.enums import DocumentKind
from blocs.texts import ClauseText, CovenantText
from emulation.pdf.frame import DocumentFrame, Seat
from emulation.pdf.render import render
from tests.pdf.reading import text_of

SCORING, OUTLINE, REGULATION = DocumentKind.SCORING, DocumentKind.OUTLINE, DocumentKind.REGULATION


def text(*clauses: tuple[str, str, str], title: str = "Quy chế hoạt động", movement: str = "") -> CovenantText:
    rows = [ClauseText(f"k{place}", kind, "body", heading, said) for place, (kind, heading, said) in enumerate(clauses)]
    return CovenantText(title, movement, ["Căn cứ một"], "Mở đầu", rows, [], [], ["Các đơn vị", "Lưu"])


CHAPTERS = [
    ("section", "Quy định chung", ""),
    ("clause", "Phạm vi", "1. Một.\n2. Hai."),
    ("clause", "", "Không tiêu đề."),
    ("section", "Tổ chức", ""),
    ("clause", "Hội nghị", "Ba lần."),
]


def frame(**more) -> DocumentFrame:
    seats = [] if "annex_of" in more else [Seat("1", "Khối trưởng", "TM. Khối thi đua", "sig-1", signer="Công an huyện A")]
    bloc = "Khối thi đua Công an các huyện"
    return DocumentFrame("Công an tỉnh Quảng Bình", bloc, "Quảng Ninh", dt.date(2020, 3, 4), 2020, seats, **more)


def test_articles_are_numbered_through_the_chapters():
    chapters = issued_sections(REGULATION, text(*CHAPTERS))
    assert [(chapter.number, chapter.heading) for chapter in chapters] == [
        ("Chương I", "QUY ĐỊNH CHUNG"),
        ("Chương II", "TỔ CHỨC"),
    ]
    assert [clause.number for chapter in chapters for clause in chapter.clauses] == ["Điều 1", "Điều 2", "Điều 3"]


def test_an_outline_numbers_clauses_in_each_section():
    sections = issued_sections(OUTLINE, text(*CHAPTERS))
    assert [section.number for section in sections] == ["I", "II"]
    assert [clause.number for section in sections for clause in section.clauses] == [1, 2, 1]


def test_articles_without_chapters_have_no_heading():
    html = issued_html(SCORING, text(*CHAPTERS[1:3]), frame())
    assert "Chương" not in html
    assert "Điều 1. Phạm vi" in html


@pytest.mark.parametrize(
    ("kind", "title", "movement", "head", "subject"),
    [
        (REGULATION, "Quy chế hoạt động", "", "QUY CHẾ", "Hoạt động năm 2020"),
        (
            SCORING,
            "Quy định tiêu chí chấm điểm",
            "Vì An ninh Tổ quốc",
            "QUY ĐỊNH",
            "Tiêu chí chấm điểm “Vì An ninh Tổ quốc” năm 2020",
        ),
        (OUTLINE, "Đề cương", "", "ĐỀ CƯƠNG", "năm 2020"),
        (OUTLINE, "Hướng dẫn báo cáo", "", "HƯỚNG DẪN BÁO CÁO", "năm 2020"),
        (REGULATION, "", "", "QUY CHẾ", "năm 2020"),
    ],
)
def test_the_kind_stands_above_what_it_is_about(kind, title, movement, head, subject):
    html = issued_html(kind, text(*CHAPTERS, title=title, movement=movement), frame())
    assert f"<h1>{head}</h1>" in html
    assert subject in html


def test_the_leader_signs_on_behalf_with_the_recipients_beside():
    html = issued_html(REGULATION, text(*CHAPTERS), frame())
    assert '<p class="role for-body">TM. KHỐI THI ĐUA</p>' in html
    assert "KHỐI TRƯỞNG" in html
    assert 'title="Chữ ký điện tử của Công an huyện A"' in html
    assert "Nơi nhận:" in html


def test_nobody_signs_an_annex():
    html = issued_html(
        REGULATION, text(*CHAPTERS), frame(annex_of="Ban hành kèm theo Biên bản hội nghị ngày 04 tháng 3 năm 2020")
    )
    assert "(Ban hành kèm theo Biên bản hội nghị" in html
    assert "sig-1" not in html
    assert "Nơi nhận" not in html
    assert "Quảng Ninh, ngày" not in html


def test_an_annex_is_marked_internal_too():
    html = issued_html(REGULATION, text(*CHAPTERS), frame(annex_of="Ban hành kèm theo Biên bản", marking="LƯU HÀNH NỘI BỘ"))
    assert "LƯU HÀNH NỘI BỘ" in text_of(render(html))


def test_what_is_typed_is_only_text():
    html = issued_html(REGULATION, text(("clause", "<b>A</b>", "<script>x</script>"), title="<i>Q</i>"), frame())
    assert "<script>" not in html
    assert "<i>" not in html


def test_the_screen_numbers_as_the_paper_does():
    said = text(*CHAPTERS)
    assert numbers_of(REGULATION, said) == {"k0": "Chương I", "k1": "Điều 1", "k2": "Điều 2", "k3": "Chương II", "k4": "Điều 3"}
    assert numbers_of(OUTLINE, said) == {"k0": "I", "k1": "I.1", "k2": "I.2", "k3": "II", "k4": "II.1"}
    assert [part["number"] for part in reading_order(REGULATION, said)] == ["Chương I", "Chương II"]


def test_remarks_name_articles_as_the_paper_does():
    found = {place.key: place.label for place in places(text(*CHAPTERS), REGULATION) if place.key}
    assert found["k0"] == "Chương I. Quy định chung"
    assert found["k4"] == "Điều 3. Hội nghị"
    assert {place.label for place in places(text(*CHAPTERS), OUTLINE)} >= {"Mục I.1. Phạm vi"}


@pytest.mark.parametrize(
    "count", [6, 7, 9, 10]
)  # the last article ends in the middle, near and at the foot of page 1; then on page 2
def test_the_signature_never_stands_alone_on_a_page(count):
    articles = [("clause", f"Mục {number}", "Nội dung.") for number in range(count)]
    pages = text_of(render(issued_html(SCORING, text(*articles, ("clause", "Thực hiện", "Lời cuối.")), frame()))).split("\f")
    assert "Lời cuối." in next(page for page in pages if "KHỐI TRƯỞNG" in page)
