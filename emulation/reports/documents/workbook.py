"""The numbers of a report as a workbook: all figures, a sheet for each table of a section, in a bloc's report the units side by side.

Numbers are numbers; what people typed is text and never a formula.
"""

import io
from collections.abc import Iterator, Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from blocs.documents.word import as_property, printable
from emulation.reports.documents.compared import UnitsCompared, compared, head_of
from emulation.reports.texts import FigureLine, ReportSection, ReportText
from scoring.workbooks.sheets import Value, set_widths, sheet_titles, write

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIGURES, UNITS, BLOCS = "Số liệu", "Từng đơn vị", "Từng khối"
_HEADS = ("TT", "Nội dung", "Đơn vị tính", "Kế hoạch", "Kết quả", "Đạt (%)", "Cùng kỳ", "Tăng, giảm (%)", "Ghi chú")


def report_workbook(text: ReportText, *, mark: str = "") -> bytes:
    """The workbook's bytes; `mark` says what it is not, above everything ("DỰ THẢO")."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = FIGURES
    about = " – ".join(part for part in (text.title, text.author, mark) if part)
    figures = list(text.figures)
    _figures(sheet, about, figures)
    if units := compared(text):
        _units(book.create_sheet(BLOCS if text.of_blocs else UNITS), about, figures, units)
    tables = [section for section in text.sections if section.figures or len(section.rows) > 1]
    names = sheet_titles([f"{row.number} {row.heading}" for row in tables], taken=(FIGURES, UNITS, BLOCS), usual="Bảng")
    for name, section in zip(names, tables, strict=True):
        _section(book.create_sheet(printable(name)), section)
    book.properties.title, book.properties.creator = as_property(text.title), as_property(text.author)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _figures(sheet: Worksheet, about: str, figures: Sequence[FigureLine]) -> None:
    _head(sheet, about, _HEADS)
    for values in _rows(figures):
        write(sheet, values)
    set_widths(sheet, [6, 60, 14, 14, 14, 10, 14, 14, 40])


def _rows(figures: Sequence[FigureLine]) -> Iterator[list[Value]]:
    for place, row in enumerate(figures, start=1):
        before = _number(row.last_year) if row.compares else None
        words = printable(row.label), printable(row.measure)
        yield [place, *words, _number(row.plan), _number(row.actual), row.percent, before, row.growth, printable(row.note)]


def _units(sheet: Worksheet, about: str, figures: Sequence[FigureLine], known: UnitsCompared) -> None:
    _head(sheet, about, ["TT", "Nội dung", "Đơn vị tính", known.whole, *(printable(head_of(name)) for name in known.units)])
    for place, row in enumerate(figures, start=1):
        found = known.values.get(row.key, {})
        units = [_number(found.get(unit, "")) for unit in known.units]
        write(sheet, [place, printable(row.label), printable(row.measure), _number(row.actual), *units])
    for name in known.missing:
        write(sheet, [None, printable(f"Chưa có số liệu: {name}")])
    set_widths(sheet, [6, 60, 14, 14, *[14] * len(known.units)])


def _section(sheet: Worksheet, section: ReportSection) -> None:
    about = printable(f"{section.number}. {section.heading}")
    if section.figures:
        _figures(sheet, about, section.figures)
        return
    head, lines = section.rows[0], section.rows[1:]
    _head(sheet, about, ["TT", *map(printable, head)])
    for place, line in enumerate(lines, start=1):
        write(sheet, [place, *map(printable, line)])
    set_widths(sheet, [6, *[36] * len(head)])


def _head(sheet: Worksheet, about: str, heads: Sequence[str]) -> None:
    """What it is about, then the head, which stays in sight and comes again on each printed page."""
    write(sheet, [printable(about)], group=True)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(heads))
    write(sheet, list(heads), head=True)
    sheet.freeze_panes, sheet.print_title_rows = "C3", "2:2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _number(value: str) -> Decimal | None:
    return Decimal(value) if value else None
