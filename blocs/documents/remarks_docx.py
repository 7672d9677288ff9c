"""The same table as a Word file, for offices that circulate and complete it there; set like the printed one."""

import io
from collections.abc import Sequence
from typing import Any

from blocs.documents.remarks_table import COLUMNS, TITLE, RemarkRow, state_words, summary
from blocs.documents.word import as_property, printable
from emulation.pdf.frame import DocumentFrame
from emulation.pdf.sheet import written_date

_FACE = "Times New Roman"
_WIDTHS_MM = (11, 33, 42, 74, 64, 33)


def remarks_docx(rows: Sequence[RemarkRow], frame: DocumentFrame, *, subject: str) -> bytes:
    """The table as .docx: A4 on its side, margins and type sizes of Decree 30/2020."""
    from docx import Document

    file = Document()
    _set_page(file)
    _head(file, frame)
    _line(file, TITLE, bold=True, centred=True, size=14)
    _line(file, f"về dự thảo {subject}", bold=True, centred=True, size=14)
    _line(file, summary(rows), size=13)
    table = _table(file, len(COLUMNS), _WIDTHS_MM)
    _cells(table.rows[0], COLUMNS, bold=True)
    _repeat(table.rows[0])
    for row in rows:
        _cells(table.add_row(), _values(row))
    stream = io.BytesIO()
    file.core_properties.title = as_property(f"{TITLE.capitalize()}: {subject}")
    file.core_properties.author = as_property(frame.bloc_name)
    file.save(stream)
    return stream.getvalue()


def _values(row: RemarkRow) -> list[str]:
    said = f"{row.text}\nĐề xuất sửa thành: {row.proposed}" if row.proposed else row.text
    became = f"{state_words(row)}. {row.where}".strip(". ") + "."
    return [str(row.number), row.unit, f"{row.place} (bản {row.version})", said, row.answer, became]


def _set_page(file: Any) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    section = file.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = Mm(20), Mm(20), Mm(30), Mm(15)
    style = file.styles["Normal"]
    style.font.name, style.font.size = _FACE, Pt(13)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FACE)
    style.paragraph_format.space_after = Pt(4)


def _head(file: Any, frame: DocumentFrame) -> None:
    table = _table(file, 2, (110, 147), bordered=False)
    left, right = table.rows[0].cells
    _fill(left, [(frame.agency.upper(), False), (frame.bloc_name.upper(), True)], size=13)
    _fill(right, [("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True), ("Độc lập - Tự do - Hạnh phúc", True)], size=13)
    _fill(
        right, [("", False), (f"{frame.place or '…………'}, {written_date(frame.date)}", False)], size=13, italic=True, append=True
    )
    if frame.marking:
        _fill(left, [(frame.marking.upper(), True)], size=13, append=True)
    if frame.is_demonstration:
        _fill(left, [("VĂN BẢN MẪU", True)], size=11, append=True)
    _line(file, "")


def _fill(cell: Any, lines: Sequence[tuple[str, bool]], *, size: int, italic: bool = False, append: bool = False) -> None:
    for place, (text, bold) in enumerate(lines):
        paragraph = cell.paragraphs[0] if place == 0 and not append else cell.add_paragraph()
        _write(paragraph, text, bold=bold, italic=italic, size=size, centred=True)


def _line(file: Any, text: str, *, bold: bool = False, centred: bool = False, size: int = 13) -> None:
    _write(file.add_paragraph(), text, bold=bold, size=size, centred=centred)


def _write(paragraph: Any, text: str, *, size: int, bold: bool = False, italic: bool = False, centred: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    run = paragraph.add_run(printable(text))
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    paragraph.paragraph_format.space_after = Pt(2)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _table(file: Any, columns: int, widths: Sequence[int], *, bordered: bool = True) -> Any:
    from docx.shared import Mm

    table = file.add_table(rows=1, cols=columns)
    table.style = "Table Grid" if bordered else "Normal Table"
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    return table


def _cells(row: Any, values: Sequence[str], *, bold: bool = False) -> None:
    from docx.shared import Mm

    for cell, value, width in zip(row.cells, values, _WIDTHS_MM, strict=True):
        cell.width = Mm(width)
        lines = value.split("\n")
        for place, line in enumerate(lines):
            paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
            _write(paragraph, line, size=12, bold=bold, centred=bold)


def _repeat(row: Any) -> None:
    """The head of the table stands on every page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001  # python-docx has no other way to it
