"""What a report looks like on paper: by the decree, whole at any length, its tables with their heads on each page."""

import io
import re
import subprocess
from decimal import Decimal

import pikepdf
import pytest

from emulation.pdf.finish import finish
from emulation.pdf.render import render
from emulation.reports.documents.charts import plan_chart
from emulation.reports.documents.compared import UnitsCompared, compared
from emulation.reports.documents.printed import letter, printed
from emulation.reports.documents.report import report_html
from emulation.reports.documents.tables import SIDEWAYS, UPRIGHT, figure_table, unit_tables
from emulation.reports.texts import FigureLine, ReportSection
from tests.pdf.reading import MM, find, page_with, pages_of_words, text_of
from tests.reports.documents import samples


def pdf(text=None, frame=None):
    return finish(render(report_html(text or samples.report(), frame or samples.frame())))


@pytest.fixture(scope="module")
def unit():
    return pdf(samples.report(notes=True), samples.frame(verification=samples.proof(), is_demonstration=True))


@pytest.fixture(scope="module")
def bloc():
    return pdf(samples.bloc(20), samples.bloc_frame())


class TestFrame:
    """Decree 30/2020, Appendix I."""

    def test_margins(self, unit):
        for words in pages_of_words(unit)[:3]:
            body = [word.box for word in words if word.box.top > 18 * MM and word.box.bottom < 278 * MM]
            assert min(box.left for box in body) >= 29.9 * MM
            assert max(box.right for box in body) <= 195.2 * MM

    def test_head_number_place_and_date(self, unit):
        first = pages_of_words(unit)[0]
        province, own = find(first, "CÔNG AN TỈNH QUẢNG BÌNH"), find(first, "CÔNG AN HUYỆN LỆ THỦY")
        assert province.bottom <= own.top + 1
        assert find(first, "Số: 12/BC-CAH").middle < find(first, "Lệ Thủy, ngày 05 tháng 6 năm 2020").left
        assert find(first, "BÁO CÁO").bottom < find(first, "Sơ kết 6 tháng đầu năm 2020").top + 2

    def test_recipients_stand_left_and_the_signature_right(self, unit):
        pages = pages_of_words(unit)
        number = page_with(pages, "Nơi nhận:")
        with pikepdf.open(io.BytesIO(unit)) as document:
            found = [
                (place, field)
                for place, page in enumerate(document.pages, start=1)
                for field in page.get("/Annots", [])
                if str(field.get("/T", "")) == "sig-1"
            ]
        ((place, field),) = found
        assert place == number
        assert float(field.Rect[0]) > find(pages[number - 1], "Nơi nhận:").right

    def test_the_signature_takes_the_end_of_the_text_along(self, unit):
        pages = pages_of_words(unit)
        assert page_with(pages, "4. Tài liệu kèm theo") == page_with(pages, "Nơi nhận:")

    def test_marks(self, unit):
        assert text_of(unit).count("VĂN BẢN MẪU") == len(pages_of_words(unit))
        assert "DỰ THẢO" in text_of(pdf(frame=samples.frame(draft_label="Dự thảo")))

    def test_what_is_signed_with_a_pen_names_who_signs(self):
        seat = samples.frame().seats[0]
        seats = [seat.__class__("1", "", "", "sig-1", ("Trưởng Công an huyện",), "Thượng tá Nguyễn Văn A", samples.UNIT)]
        text = text_of(pdf(frame=samples.frame(originals=2, seats=seats)))
        assert "TRƯỞNG CÔNG AN HUYỆN" in text
        assert "Thượng tá Nguyễn Văn A" in text

    def test_of_a_bloc(self, bloc):
        text = text_of(bloc)
        assert "TM. KHỐI THI ĐUA" in text
        assert "KHỐI TRƯỞNG" in text


class TestAnnex:
    def test_it_lies_on_its_side_behind_the_signature(self, unit):
        with pikepdf.open(io.BytesIO(unit)) as document:
            wide = [float(page.MediaBox[2]) > float(page.MediaBox[3]) for page in document.pages]
        pages = pages_of_words(unit)
        assert wide == [False] * (len(wide) - 1) + [True]
        assert page_with(pages, "PHỤ LỤC") == len(pages) > page_with(pages, "Nơi nhận:")

    def test_a_short_report_has_none(self):
        assert "PHỤ LỤC" not in text_of(pdf())

    @pytest.mark.parametrize("count", [1, 4, 10, 11, 20])
    def test_units_side_by_side_fit_the_page(self, count):
        figures = list(samples.bloc(count).figures)
        tables = unit_tables(figures, compared(samples.bloc(count)))
        assert all(table.width <= SIDEWAYS for table in tables)
        names = [column.head for table in tables for column in table.columns if column.head.startswith("Huyện")]
        assert names == [f"Huyện Đơn vị {at + 1}" for at in range(count) if count < 4 or at % 9 != 2]

    def test_long_numbers_take_more_tables(self):
        names = [f"Đơn vị {at}" for at in range(10)]
        tables = unit_tables([samples.figure(0)], UnitsCompared(names, {"f0": dict.fromkeys(names, "123456789012.5")}))
        assert len(tables) > 1
        assert all(table.width <= SIDEWAYS for table in tables)

    def test_heads_come_again_and_missing_units_are_named(self, bloc):
        text = text_of(bloc)
        assert "Chưa có số liệu của: Công an huyện Đơn vị 3, Công an huyện Đơn vị 12." in text.replace("\n", " ")
        pages = [
            words for words in pages_of_words(bloc) if any(word.text == "Huyện" and word.box.top < 75 * MM for word in words)
        ]
        tables = [
            words for words in pages if max(word.box.right for word in words) > 210 * MM and any(w.text == "TT" for w in words)
        ]
        assert len(tables) >= 4
        for words in tables:
            find(words, "Nội dung")

    def test_nothing_runs_out_of_the_page(self, bloc):
        with pikepdf.open(io.BytesIO(bloc)) as document:
            widths = [float(page.MediaBox[2]) for page in document.pages]
        for width, words in zip(widths, pages_of_words(bloc), strict=True):
            assert max(word.box.right for word in words) <= width - 14.8 * MM


class TestLengths:
    def test_two_hundred_figures(self):
        found = pdf(samples.report(figures=200, notes=True))
        text = text_of(found)
        assert "Tiền ủng hộ Quỹ đền ơn đáp nghĩa (33)" in text.replace("\n", " ")
        heads = [words for words in pages_of_words(found) if any(word.text == "TT" for word in words)]
        assert len(heads) >= 6

    def test_forty_pages_from_the_first_word_to_the_last(self):
        text = samples.report(paragraphs=18, sections=9, items=9)
        found = pdf(text)
        assert len(pages_of_words(found)) >= 38
        read = text_of(found).replace("\n", " ")
        for section in text.sections:
            for line in section.text.splitlines():
                assert line.split()[-1] in read

    def test_nothing_at_all(self):
        text = samples.report(paragraphs=0, figures=0, items=0, files=0)
        assert text_of(pdf(text, samples.frame(number="", place=""))).count("Không có nội dung.") >= 3

    def test_a_word_without_end_stays_inside(self):
        long = ReportSection("x", "III.1", 2, "Kiến nghị", "narrative", text="Đ" * 400)
        figures = (
            FigureLine("k", "W" * 120, "mét khối gỗ" * 3, "sum", "999999999999.25", "888888888888.5", "7777777", "N" * 200),
        )
        words = ReportSection("y", "III.2", 2, "Số liệu", "figures", figures=figures)
        for place in pages_of_words(pdf(samples.report(extra=(long, words)))):
            assert max(word.box.right for word in place) <= (297 - 14.8) * MM

    def test_headings_never_end_a_page(self):
        for lines in range(1, 9):
            words = pages_of_words(pdf(samples.report(paragraphs=lines, figures=3, items=2)))
            for page in words[:-1]:
                last = max(
                    (word for word in page if word.box.bottom < 278 * MM),
                    key=lambda word: (round(word.box.bottom), -word.box.left),
                )
                line = [word.text for word in page if abs(word.box.bottom - last.box.bottom) < 2]
                assert not re.fullmatch(r"(\d+|[IVX]+)\.|[a-zđ]\)", line[0]), line


class TestTables:
    def test_numbers_as_people_read_them(self):
        row = FigureLine("k", "Tiền", "đồng", "sum", "2000000", "2500000.5", "3000000")
        table = figure_table([row], full=True)
        assert table.rows == [["1", "Tiền", "đồng", "2.000.000", "2.500.000,5", "125", "3.000.000", "−16,7"]]

    def test_no_columns_of_nothing(self):
        table = figure_table([FigureLine("k", "Quân số", "người", "last", actual="80")], full=False)
        assert [column.head for column in table.columns] == ["TT", "Nội dung", "Đơn vị tính", "Kết quả"]
        assert table.fitted(UPRIGHT).width == pytest.approx(UPRIGHT)

    def test_points_are_lettered_as_in_vietnamese(self):
        assert [letter(place) for place in (0, 3, 4, 5, 6, 22, 23)] == ["a", "d", "đ", "e", "g", "y", "aa"]

    def test_a_chart_is_drawn_for_some_figures_only(self):
        assert plan_chart([samples.figure(0), samples.figure(1)]) is None
        chart = plan_chart([samples.figure(at) for at in range(4)])
        assert [bar.words for bar in chart.bars][:2] == ["70,5/80 % – đạt 88,1%", "71/79 vụ – đạt 89,9%"]
        assert "<title>Tỷ lệ điều tra, khám phá án: 70,5/80 % – đạt 88,1%</title>" in chart.bars[0].drawing
        assert plan_chart([samples.figure(at) for at in range(40)]) is None

    def test_what_is_typed_is_never_markup(self):
        row = FigureLine("k", "<b>&", "<i>", "sum", "1", str(Decimal(2)), note="<script>")
        html = report_html(
            samples.report(extra=(ReportSection("z", "III.1", 2, "<x>", "figures", figures=(row,) * 3),)), samples.frame()
        )
        assert "<script" not in html
        assert "<b>&" not in html

    def test_the_text_tells_where_the_table_is(self):
        context = printed(samples.report(figures=60, notes=True), samples.frame())
        section = next(row for row in context["sections"] if row.heading == "Kết quả theo từng chỉ tiêu")
        assert (list(section.tables), list(section.paragraphs)) == ([], ["Số liệu chi tiết tại Phụ lục."])


def test_it_is_whole_as_a_file(unit, tmp_path):
    file = tmp_path / "report.pdf"
    file.write_bytes(unit)
    done = subprocess.run(["qpdf", "--check", file], capture_output=True, check=True)
    assert b"No syntax or stream encoding errors found" in done.stdout
