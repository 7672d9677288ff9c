"""Write a bloc's results as a workbook: an overview, a sheet for each top group, and the settings of the computation.

Points are numbers; what people typed is text and never a formula.
"""

import io
from collections.abc import Iterable
from decimal import Decimal

from django.utils import translation
from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from scoring.documents.results import CLAUSE, NOTHING, Results, head_of, leaf_points, notes
from scoring.texts import CriterionText, Node
from scoring.workbooks.sheets import Value, set_widths, sheet_titles, write

OVERVIEW, SETTINGS = "Tổng hợp", "Thiết lập"


def results_workbook(results: Results) -> bytes:
    """The workbook's bytes; always Vietnamese."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    with translation.override("vi"):
        sheet.title = OVERVIEW
        _overview(sheet, results)
        for title, top in titles(results.every_top).items():
            _group(book.create_sheet(title), results, top)
        _settings(book.create_sheet(SETTINGS), results)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def titles(tops: Iterable[Node]) -> dict[str, Node]:
    """A title for each top group's sheet."""
    tops = list(tops)
    words = sheet_titles([f"{top.text.code} {top.text.name}" for top in tops], taken=(OVERVIEW, SETTINGS), usual="Nhóm")
    return dict(zip(words, tops, strict=True))


def _overview(sheet: Worksheet, results: Results) -> None:
    tops = results.tops
    write(sheet, ["TT", "Đơn vị", *map(head_of, tops), "Tổng điểm", "Xếp loại", "Hạng"], head=True)
    for number, unit in enumerate(results.units, start=1):
        found = results.sheet_of(unit)
        groups = [Decimal(found.groups[top.text.key].points) for top in tops]
        rank: Value = found.rank if found.rank is not None else "Không xếp hạng"
        write(sheet, [number, results.names[unit], *groups, Decimal(found.total), results.grade_name(found.grade), rank])
    set_widths(sheet, [6, 44, *[12] * len(tops), 12, 28, 16])
    sheet.freeze_panes = "C2"


def _group(sheet: Worksheet, results: Results, top: Node) -> None:
    units = results.units
    write(sheet, ["Mã", "Nội dung, tiêu chí", "Điểm tối đa", *map(results.short, units)], head=True)
    for node in top.walk():
        row = node.text
        cells = [_points(results, unit, row) for unit in units]
        write(sheet, [row.code, row.name, node.most or None, *cells], group=row.is_group)
        sheet.cell(sheet.max_row, 2).alignment = Alignment(wrap_text=True, vertical="top", indent=node.depth)
    set_widths(sheet, [10, 64, 12, *[14] * len(units)])
    sheet.freeze_panes = "D2"


def _points(results: Results, unit: str, row: CriterionText) -> Value:
    """Points as a number, a blank where nothing was entered, and words for what gives no points."""
    found = results.sheet_of(unit)
    if row.is_group:
        return Decimal(found.groups[row.key].points)
    cell = found.leaves[row.key]
    if cell.is_open:
        return None
    return Decimal(cell.points) if cell.points else leaf_points(row, cell)


def _settings(sheet: Worksheet, results: Results) -> None:
    told = [
        CLAUSE,
        f"Kết quả {results.period}. Ô trống: chưa nhập. Dấu “{NOTHING}”: không giao cho đơn vị, không tính.",
        *notes(results),
        f"Mã kiểm tra kết quả (SHA-256): {results.standings.sha256}",
    ]
    for sentence in told:
        write(sheet, [sentence])
    set_widths(sheet, [120])
