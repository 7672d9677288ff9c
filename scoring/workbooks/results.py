"""Write a bloc's results as a workbook: an overview, a sheet for each top group, and the settings of the computation.

Points are numbers; what people typed is text and never a formula.
"""

import io
import re
from collections.abc import Iterable
from decimal import Decimal

from django.utils import translation
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from scoring.documents.results import CLAUSE, NOTHING, Results, head_of, leaf_points, notes
from scoring.texts import CriterionText, Node

OVERVIEW, SETTINGS = "Tổng hợp", "Thiết lập"
_HEAD = PatternFill("solid", fgColor="E8E4DA")
_GROUP = PatternFill("solid", fgColor="F5F3EE")
# What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\']")
_LONGEST_TITLE = 31

Value = str | int | Decimal | None


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
    """A title for each top group's sheet: short enough, without the signs that Excel refuses, no two alike."""
    found: dict[str, Node] = {}
    taken = {OVERVIEW.casefold(), SETTINGS.casefold()}
    for top in tops:
        words = _NOT_IN_TITLES.sub(" ", f"{top.text.code} {top.text.name}").strip() or "Nhóm"
        title, number = words[:_LONGEST_TITLE].strip(), 2
        while title.casefold() in taken:
            ending = f" ({number})"
            title, number = words[: _LONGEST_TITLE - len(ending)].strip() + ending, number + 1
        taken.add(title.casefold())
        found[title] = top
    return found


def _overview(sheet: Worksheet, results: Results) -> None:
    tops = results.tops
    _write(sheet, ["TT", "Đơn vị", *map(head_of, tops), "Tổng điểm", "Xếp loại", "Hạng"], head=True)
    for number, unit in enumerate(results.units, start=1):
        found = results.sheet_of(unit)
        groups = [Decimal(found.groups[top.text.key].points) for top in tops]
        rank: Value = found.rank if found.rank is not None else "Không xếp hạng"
        _write(sheet, [number, results.names[unit], *groups, Decimal(found.total), results.grade_name(found.grade), rank])
    _widths(sheet, [6, 44, *[12] * len(tops), 12, 28, 16])
    sheet.freeze_panes = "C2"


def _group(sheet: Worksheet, results: Results, top: Node) -> None:
    units = results.units
    _write(sheet, ["Mã", "Nội dung, tiêu chí", "Điểm tối đa", *map(results.short, units)], head=True)
    for node in top.walk():
        row = node.text
        cells = [_points(results, unit, row) for unit in units]
        _write(sheet, [row.code, row.name, node.most or None, *cells], group=row.is_group)
        sheet.cell(sheet.max_row, 2).alignment = Alignment(wrap_text=True, vertical="top", indent=node.depth)
    _widths(sheet, [10, 64, 12, *[14] * len(units)])
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
        _write(sheet, [sentence])
    _widths(sheet, [120])


def _write(sheet: Worksheet, values: list[Value], *, head: bool = False, group: bool = False) -> None:
    sheet.append(values)
    for cell in sheet[sheet.max_row]:
        _shape(cell, bold=head or group)
        if head or group:
            cell.fill = _HEAD if head else _GROUP


def _shape(cell: Cell, *, bold: bool) -> None:
    cell.alignment, cell.font = Alignment(wrap_text=True, vertical="top"), Font(bold=bold)
    if isinstance(cell.value, str):
        cell.data_type, cell.number_format = "s", "@"
        cell.quotePrefix = cell.value.startswith(_FORMULA)


def _widths(sheet: Worksheet, widths: list[int]) -> None:
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
