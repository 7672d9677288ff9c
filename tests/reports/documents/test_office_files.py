"""The Word file and the workbook of a report: opened again, and with LibreOffice where that is installed."""

import io
import shutil
import subprocess

import docx
import pytest
from django.test import Client
from django.urls import reverse
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from openpyxl import load_workbook

from emulation.reports.documents.compared import head_of
from emulation.reports.documents.word import word_report
from emulation.reports.documents.workbook import report_workbook
from emulation.reports.domain import bloc_reports
from emulation.reports.models import BlocReport
from emulation.reports.texts import FigureLine, ReportSection
from tests.reports import casts
from tests.reports.documents import samples


def opened(text=None, frame=None):
    return docx.Document(io.BytesIO(word_report(text or samples.report(), frame or samples.frame())))


def book_of(*given, **named):
    return load_workbook(io.BytesIO(report_workbook(*given, **named)))


def words(document):
    tables = [
        paragraph.text for table in document.tables for row in table.rows for cell in row.cells for paragraph in cell.paragraphs
    ]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *tables])


class TestWord:
    def test_the_same_frame_and_text(self):
        text = words(opened(frame=samples.frame(draft_label="Dự thảo")))
        for said in (
            "CÔNG AN TỈNH QUẢNG BÌNH",
            "Số: 12/BC-CAH",
            "BÁO CÁO",
            "DỰ THẢO",
            "I. ĐẶC ĐIỂM TÌNH HÌNH",
            "a) Nội dung thứ 1",
        ):
            assert said in text
        assert "{" not in text

    def test_tables_repeat_their_heads_and_have_the_widths_of_the_print(self):
        table = next(table for table in opened().tables if table.rows[0].cells[0].text == "TT")
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        assert sum(column.width.mm for column in table.columns) == pytest.approx(165, abs=1)
        assert table.rows[1].cells[4].paragraphs[0].alignment.name == "RIGHT"

    def test_the_annex_is_a_section_on_its_side(self):
        wide = opened(samples.report(notes=True)).sections
        assert [section.orientation for section in wide] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]
        assert len(opened().sections) == 1

    def test_what_looks_like_a_template_is_only_text(self):
        odd = ReportSection("x", "III.1", 2, "Mục {{ 7 * 7 }}", "narrative", text="{% raw %} \x07 <b>&")
        text = words(opened(samples.report(extra=(odd,))))
        assert "1. Mục {{ 7 * 7 }}" in text
        assert "{% raw %}  <b>&" in text

    def test_charts_are_bars_in_letters(self):
        lines = [row.cells for table in opened(samples.bloc(8), samples.bloc_frame()).tables for row in table.rows]
        bars = [(cells[0].text, cells[1].text, cells[2].text) for cells in lines if "█" in cells[1].text]
        assert len(bars) == 4 * 7  # one of the eight units has told nothing
        assert all(label.startswith("Huyện") and words for label, _bar, words in bars)
        assert max((bar for _label, bar, _words in bars), key=len) == "█" * 20

    @pytest.mark.parametrize("count", [1, 20])
    def test_a_bloc_with_its_units(self, count):
        document = opened(samples.bloc(count), samples.bloc_frame())
        assert "TM. KHỐI THI ĐUA" in words(document)
        assert f"Huyện Đơn vị {count}" in words(document)


class TestWorkbook:
    def test_numbers_are_numbers(self):
        sheet = book_of(samples.report())["Số liệu"]
        assert [cell.value for cell in sheet[3]] == [1, "Tỷ lệ điều tra, khám phá án", "%", 80, 70.5, 88.1, 60, 17.5, None]
        assert (sheet.freeze_panes, sheet.print_title_rows) == ("C3", "$2:$2")

    def test_text_is_never_a_formula(self):
        row = FigureLine("k", "=1+1", "@x", "sum", actual="5", note="+SUM(A1)\x07")
        sheet = book_of(
            samples.report(extra=(ReportSection("z", "III.1", 2, "=2+2", "figures", figures=(row,)),)), mark="DỰ THẢO"
        )
        for name in ("Số liệu", "III.1 =2+2"):
            last = list(sheet[name].rows)[-1]
            assert [(cell.value, cell.data_type) for cell in (last[1], last[2], last[8])] == [
                ("=1+1", "s"),
                ("@x", "s"),
                ("+SUM(A1)", "s"),
            ]
            assert last[1].quotePrefix

    def test_a_sheet_for_each_table_and_one_for_the_units(self):
        book = book_of(samples.bloc(5, figures=4))
        assert book.sheetnames == ["Số liệu", "Từng đơn vị", "II.1 Kết quả theo từng chỉ tiêu", "II.3 Danh hiệu đã đăng ký"]
        assert [cell.value for cell in book["Từng đơn vị"][3]][3:] == [70.5, 10, 13, 19, 22]
        assert "Chưa có số liệu: Công an huyện Đơn vị 3" in [row[1].value for row in book["Từng đơn vị"].rows]


def test_the_word_file_opens_in_an_office_program(tmp_path):
    """With LibreOffice, where it is installed; everywhere the file's own structure must be whole."""
    file = tmp_path / "a.docx"
    file.write_bytes(word_report(samples.report(notes=True), samples.frame()))
    assert docx.Document(str(file)).core_properties.title == "Báo cáo sơ kết 6 tháng đầu năm 2020 của Công an huyện Lệ Thủy"
    if program := shutil.which("soffice"):
        command = [
            program,
            f"-env:UserInstallation=file://{tmp_path}/home",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            tmp_path,
        ]
        subprocess.run([*command, file], check=True, capture_output=True, timeout=180)
        read = subprocess.run(["pdftotext", "-layout", tmp_path / "a.pdf", "-"], check=True, capture_output=True).stdout.decode()
        assert "PHỤ LỤC" in read


@pytest.mark.django_db
def test_the_report_of_a_bloc_tells_the_units_side_by_side():
    made = casts.period()
    made.submit(made.members[0])
    report = BlocReport.objects.full().get(period=made.pk)
    bloc_reports.gather(report, actor=made.leader)
    client = Client()
    client.force_login(made.leader.user)
    numbers = client.get(reverse("bloc_report_numbers", args=[report.pk]))
    heads = [cell.value for cell in load_workbook(io.BytesIO(numbers.content))["Từng đơn vị"][2]]
    assert heads[:4] == ["TT", "Nội dung", "Đơn vị tính", "Toàn khối"]
    assert heads[4:] == [head_of(made.members[0].unit.name)]
    word = client.get(reverse("bloc_report_word", args=[report.pk]))
    assert "TM. KHỐI THI ĐUA" in words(docx.Document(io.BytesIO(word.content)))


@pytest.mark.django_db
class TestPages:
    def get(self, actor, name, report):
        client = Client()
        client.force_login(actor.user)
        return client.get(reverse(name, args=[report.pk]))

    def test_the_unit_takes_its_draft_and_others_what_is_signed(self):
        made = casts.period()
        unit = made.members[0]
        made.write(unit, "Thuận lợi, khó khăn", "Có nhiều thuận lợi.")
        draft = self.get(unit, "report_word", made.report(unit))
        assert "du-thao-bao-cao" in draft.headers["Content-Disposition"]
        assert "Có nhiều thuận lợi." in words(docx.Document(io.BytesIO(draft.content)))
        assert self.get(made.leader, "report_word", made.report(unit)).status_code == 404
        made.submit(unit)
        signed = self.get(made.leader, "report_numbers", made.report(unit))
        assert "du-thao" not in signed.headers["Content-Disposition"]
        sheet = load_workbook(io.BytesIO(signed.content))["Số liệu"]
        assert sheet["A1"].value.startswith("Báo cáo sơ kết")
        made.give_back(unit)
        made.write(unit, "Thuận lợi, khó khăn", "Viết lại.")
        after = self.get(made.leader, "report_word", made.report(unit))
        assert "Viết lại." not in words(docx.Document(io.BytesIO(after.content)))
