"""The covenant's text as HTML: numbering, generated sections, Vietnamese figures, nothing of the writer's as markup."""

import re
from dataclasses import replace

import pytest
from django.utils import translation

from blocs.documents.covenant import covenant_html
from blocs.documents.sections import roman
from blocs.texts import ClauseText, CovenantText, RegistrationText
from tests.pdf.samples import covenant_text, document_frame, units

NAMES = units(3)


def html(text: CovenantText | None = None, **changes: object) -> str:
    return covenant_html(text or covenant_text(NAMES), document_frame(NAMES, **changes))


def headings(content: str) -> list[str]:
    return [re.sub(r"<[^>]+>", " ", found).strip() for found in re.findall(r"<h2[^>]*>(.*?)</h2>", content)]


@pytest.mark.parametrize(("number", "numeral"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (39, "XXXIX")])
def test_sections_have_roman_numerals(number, numeral):
    assert roman(number) == numeral


def test_generated_sections_stand_between_body_and_implementation():
    assert headings(html()) == [
        "I. NỘI DUNG GIAO ƯỚC", "II. CHỈ TIÊU", "III. DANH HIỆU ĐĂNG KÝ", "IV. TỔ CHỨC THỰC HIỆN", "ĐẠI DIỆN CÁC ĐƠN VỊ KÝ GIAO ƯỚC",
    ]  # fmt: skip


def test_without_rows_there_is_no_generated_section_and_no_gap_in_the_numbers():
    text = replace(covenant_text(NAMES), indicators=[], registrations=[])
    assert headings(html(text))[:2] == ["I. NỘI DUNG GIAO ƯỚC", "II. TỔ CHỨC THỰC HIỆN"]


def test_clauses_before_any_section_get_the_usual_heading():
    loose = [ClauseText("a", "clause", "body", "", "Một."), ClauseText("b", "clause", "implementation", "", "Hai.")]
    text = replace(covenant_text(NAMES), clauses=loose, indicators=[], registrations=[])
    assert headings(html(text))[:2] == ["I. NỘI DUNG GIAO ƯỚC", "II. TỔ CHỨC THỰC HIỆN"]


def test_clauses_are_numbered_anew_in_each_section():
    content = html()
    assert "<h3>1. Chương trình hành động</h3>" in content
    assert "<h3>10. Thông tin, báo cáo</h3>" in content
    assert "<h3>1. Trách nhiệm</h3>" in content


def test_a_clause_without_heading_has_its_number_before_the_text():
    clauses = [
        ClauseText("s", "section", "body", "Nội dung", "Lời dẫn."),
        ClauseText("a", "clause", "body", "", "Đoạn một.\n\na) Đoạn hai."),
    ]
    content = html(replace(covenant_text(NAMES), clauses=clauses))
    assert "<p>Lời dẫn.</p>" in content
    assert "<p>1. Đoạn một.</p>" in content
    assert "<p>a) Đoạn hai.</p>" in content


def test_bases_end_with_semicolons_and_the_last_with_a_full_stop():
    content = html(replace(covenant_text(NAMES), bases=["Căn cứ A.", "  ", "Căn cứ B;", "Căn cứ C"]))
    assert re.findall(r'<p class="basis">(.*?)</p>', content) == ["Căn cứ A;", "Căn cứ B;", "Căn cứ C."]


def test_figures_are_vietnamese_and_years_are_not_grouped():
    with translation.override("en"):
        content = html()
    assert "≥ 82,5" in content
    assert "năm 2020" in content
    assert "2.020" not in content


def test_titles_are_vietnamese_whatever_the_screen_speaks():
    with translation.override("en"):
        assert "Đơn vị Quyết thắng" in html()


def test_units_without_registration_have_no_row():
    text = replace(
        covenant_text(NAMES), registrations=[RegistrationText("1", ["ministry_flag", "victory_unit"]), RegistrationText("2", [])]
    )
    content = html(text)
    assert "Cờ thi đua của Bộ Công an; Đơn vị Quyết thắng" in content
    assert content.count('<td class="place">1</td><th scope="row">Công an thành phố Đồng Hới</th>') >= 1


def test_an_unknown_title_is_refused():
    with pytest.raises(ValueError, match="golden_cup"):
        html(replace(covenant_text(NAMES), registrations=[RegistrationText("1", ["golden_cup"])]))


def test_the_subject_quotes_the_movement_once_and_names_the_year_once():
    for movement in ("Vì An ninh Tổ quốc", "“Vì An ninh Tổ quốc”", "“Vì An ninh Tổ quốc” năm 2020"):
        content = html(replace(covenant_text(NAMES), movement=movement))
        assert "“Vì An ninh Tổ quốc” năm 2020<br>của Khối thi đua" in content


def test_a_cluster_is_called_a_cluster():
    content = html(bloc_name="Cụm thi đua số 5")
    assert "Chỉ tiêu chung của Cụm" in content
    assert "các đơn vị trong Cụm thi đua" in content


def test_the_closing_sentence_may_be_given():
    assert "Lập thành 04 bản trên giấy." in html(closing_sentence="Lập thành 04 bản trên giấy.")


def test_the_edited_clause_is_marked_and_no_other():
    assert html(highlight_key="c1").count("highlighted") == 1
    assert html(highlight_key="s1").count("highlighted") == 1
    assert "highlighted" not in html()


def test_nothing_of_the_writers_is_markup():
    evil = '<img src="file:///etc/passwd"><script>'
    clauses = [ClauseText("a", "clause", "body", evil, evil)]
    text = replace(
        covenant_text(NAMES), title=evil, movement=evil, bases=[evil], opening=evil, clauses=clauses, recipients=[evil]
    )
    content = html(
        text, place=evil, number=evil, marking=evil, draft_label=evil, lapse_sentence=evil, agency=evil, bloc_name=evil
    )
    assert "<img src=&quot;" not in content
    assert re.findall(r"<img (?!src=\"data:)", content) == []
    assert "<script" not in content.lower()
