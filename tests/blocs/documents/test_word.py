"""The Word file of a draft: opened again with python-docx, and with LibreOffice where that is installed."""

import datetime as dt
import io
import shutil
import subprocess
import zipfile
from dataclasses import replace

import docx
import pytest
from django.test import Client
from django.urls import reverse
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from blocs.documents.word import word_file
from blocs.enums import DocumentState
from tests import builders
from tests.pdf import samples

NAMES = samples.units(8)


def opened(text=None, **frame):
    frame = {"draft_label": "Dự thảo lần 2", **frame}
    file = word_file(text or samples.covenant_text(NAMES), samples.document_frame(NAMES, **frame))
    return docx.Document(io.BytesIO(file))


def words(document):
    tables = [
        paragraph.text for table in document.tables for row in table.rows for cell in row.cells for paragraph in cell.paragraphs
    ]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *tables])


def test_a_title_that_is_longer_than_word_keeps_as_a_property():
    text = replace(samples.covenant_text(NAMES), title="Giao ước & thi đua " * 6, movement="Vì An ninh Tổ quốc " * 6)
    about = opened(text).core_properties
    assert (len(about.title), about.title[:18], about.author) == (255, "Giao ước & thi đua", samples.BLOC)


class TestLayout:
    """Decree 30/2020, Appendix I."""

    def test_paper_and_margins(self):
        section = opened().sections[0]
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
        margins = section.top_margin, section.bottom_margin, section.left_margin, section.right_margin
        assert [round(margin.mm) for margin in margins] == [20, 20, 30, 15]

    def test_the_face_is_named_and_not_embedded(self):
        file = word_file(samples.covenant_text(NAMES), samples.document_frame(NAMES))
        document = docx.Document(io.BytesIO(file))
        assert (document.styles["Normal"].font.name, document.styles["Normal"].font.size) == ("Times New Roman", Pt(14))
        assert not [
            name for name in zipfile.ZipFile(io.BytesIO(file)).namelist() if "font" in name.lower() and name.endswith("odttf")
        ]

    def test_the_page_number_stands_in_the_middle_of_the_top_from_the_second_page_on(self):
        section = opened().sections[0]
        assert section.different_first_page_header_footer
        header, first = (part.paragraphs[0] for part in (section.header, section.first_page_header))
        assert "PAGE" in header._p.xml
        assert "PAGE" not in first._p.xml
        assert round(header.paragraph_format.tab_stops[0].position.mm, 1) == 82.5

    def test_agency_and_state_stand_side_by_side(self):
        issuer, nation = opened().tables[0].rows[0].cells
        assert issuer.text.replace("\n", " ").strip() == "CÔNG AN TỈNH QUẢNG BÌNH " + samples.BLOC.upper()
        assert nation.text.strip() == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
        _number, dated = opened().tables[0].rows[1].cells
        assert dated.text.strip() == "Quảng Ninh, ngày 04 tháng 3 năm 2020"

    def test_bases_are_in_italics_and_the_title_is_centred(self):
        document = opened()
        bases = [paragraph for paragraph in document.paragraphs if paragraph.text.startswith("Căn cứ")]
        assert [base.text[-1] for base in bases] == [";", "."]
        assert all(run.italic for base in bases for run in base.runs if run.text)
        title = next(paragraph for paragraph in document.paragraphs if paragraph.text == "GIAO ƯỚC THI ĐUA")
        assert title.alignment == WD_ALIGN_PARAGRAPH.CENTER

    def test_heads_of_tables_come_again_and_rows_are_not_split(self):
        ruled = [table for table in opened().tables if table.rows[0].cells[0].text == "TT"]
        assert len(ruled) == 3
        for table in ruled:
            properties = table.rows[0]._tr.trPr
            assert properties.find(qn("w:tblHeader")) is not None
            assert all(row._tr.trPr is not None for row in table.rows)

    @pytest.mark.parametrize("targets", [1, 2, 3, 4])
    def test_targets_of_the_units_have_a_column_each(self, targets):
        text = samples.covenant_text(NAMES)
        values = {str(place): "5" for place in range(len(NAMES))}
        rows = [
            replace(text.indicators[0], key=f"n{place}", name=f"Chỉ tiêu {place}", unit_values=values) for place in range(targets)
        ]
        table = next(table for table in opened(replace(text, indicators=rows)).tables if table.rows[0].cells[1].text == "Đơn vị")
        assert len(table.rows[0].cells) == 2 + targets
        assert [cell.text for cell in table.rows[1].cells[2:]] == ["≥ 5"] * targets

    def test_the_draft_says_that_it_is_one_and_a_sample_that_it_is_a_sample(self):
        document = opened(is_demonstration=True)
        assert "DỰ THẢO LẦN 2" in words(document)
        section = document.sections[0]
        assert "DỰ THẢO LẦN 2" in section.header.paragraphs[0].text
        assert "VĂN BẢN MẪU" in section.first_page_header.paragraphs[0].text

    def test_every_unit_has_its_place_to_sign_and_the_witness_too(self):
        text = words(opened(witness=True))
        assert all(name.upper() in text for name in NAMES)
        assert "LÃNH ĐẠO CÔNG AN TỈNH CHỨNG KIẾN" in text
        assert "Nơi nhận:" in text


class TestText:
    def test_what_looks_like_markup_or_a_template_is_only_text(self):
        clauses = (("Tiêu đề <b> & {{ 7 * 7 }}", "Nội dung {% raw %} \x07 & {năm}"),)
        text = words(opened(samples.covenant_text(NAMES, clauses=clauses)))
        assert "1. Tiêu đề <b> & {{ 7 * 7 }}" in text
        assert "Nội dung {% raw %}  & {năm}" in text

    def test_an_empty_draft_is_a_file_too(self):
        empty = replace(
            samples.covenant_text(NAMES), bases=[], opening="", clauses=[], indicators=[], registrations=[], recipients=[]
        )
        text = words(opened(empty, place="", date=dt.date(2020, 3, 4)))
        assert "CHỈ TIÊU" not in text
        assert "{" not in text

    def test_it_opens_in_an_office_program(self, tmp_path):
        """With LibreOffice, where it is installed; everywhere the file's own structure must be whole."""
        file = tmp_path / "du-thao.docx"
        file.write_bytes(word_file(samples.covenant_text(NAMES), samples.document_frame(NAMES, witness=True)))
        document = docx.Document(str(file))
        assert document.core_properties.title.startswith("Giao ước thi đua")
        assert "{%" not in words(document)
        if program := shutil.which("soffice"):
            home = f"-env:UserInstallation=file://{tmp_path}/home"
            command = [program, home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)]
            subprocess.run(command, check=True, capture_output=True, timeout=180)
            read = subprocess.run(["pdftotext", "-layout", str(tmp_path / "du-thao.pdf"), "-"], check=True, capture_output=True)
            pages = read.stdout.decode().split("\f")
            assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in pages[0]
            assert pages[1].lstrip().startswith("2")
            assert "ĐẠI DIỆN CÁC ĐƠN VỊ KÝ GIAO ƯỚC" in read.stdout.decode()


@pytest.mark.django_db
class TestPages:
    def test_draft_and_version_are_downloaded(self):
        made = builders.document(DocumentState.DISCUSSION)
        client = Client()
        client.force_login(made.leader.user)
        for address, name in (
            (reverse("draft_word", args=[made.pk]), "du-thao-giao-uoc-thi-dua"),
            (reverse("version_word", args=[made.pk, 1]), "du-thao-1-giao-uoc-thi-dua"),
        ):
            answer = client.get(address)
            assert answer.headers["Content-Type"].endswith("wordprocessingml.document")
            assert name in answer.headers["Content-Disposition"]
            assert made.leader.unit.name.upper() in words(docx.Document(io.BytesIO(answer.content)))
        assert "Đề nghị các đơn vị cho ý kiến trước" in words(docx.Document(io.BytesIO(answer.content)))


def test_widths_fill_the_page():
    for table in opened().tables:
        if table.rows[0].cells[0].text == "TT":
            assert abs(sum(column.width for column in table.columns) - Mm(165)) < Mm(1)
