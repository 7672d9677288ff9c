"""Rows of workbooks that are read, not filled in: numbers are numbers, and what people typed is text and never a formula."""

import math
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

_HEAD = PatternFill("solid", fgColor="E8E4DA")
_GROUP = PatternFill("solid", fgColor="F5F3EE")
# What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\']")
_LONGEST_TITLE = 31
# The height of a line, in points.
_LINE = 15

Value = str | int | Decimal | None


def sheet_titles(names: Iterable[str], *, taken: Sequence[str], usual: str) -> list[str]:
    """A title for each sheet: short enough, without the signs that Excel refuses, no two alike and none that is `taken`."""
    found: list[str] = []
    known = {title.casefold() for title in taken}
    for name in names:
        words = _NOT_IN_TITLES.sub(" ", name).strip() or usual
        title, number = words[:_LONGEST_TITLE].strip(), 2
        while title.casefold() in known:
            ending = f" ({number})"
            title, number = words[: _LONGEST_TITLE - len(ending)].strip() + ending, number + 1
        known.add(title.casefold())
        found.append(title)
    return found


def write(sheet: Worksheet, values: Sequence[Value], *, head: bool = False, group: bool = False) -> None:
    """One row."""
    sheet.append(values)
    for cell in sheet[sheet.max_row]:
        _shape(cell, bold=head or group)
        if head or group:
            cell.fill = _HEAD if head else _GROUP


def set_widths(sheet: Worksheet, widths: Sequence[int]) -> None:
    """Of the columns, in signs; and the height of each row that does not fit on one line, which not every program finds by itself."""
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    merged = {(place.min_row, place.min_col) for place in sheet.merged_cells.ranges}
    for row in sheet.iter_rows():
        cells = [cell for cell in row if isinstance(cell.value, str) and (cell.row, cell.column) not in merged]
        lines = max((_lines(str(cell.value), widths[cell.column - 1], bold=bool(cell.font.b)) for cell in cells), default=1)
        if lines > 1:
            sheet.row_dimensions[row[0].row].height = lines * _LINE


def _lines(words: str, width: int, *, bold: bool) -> int:
    """How many lines a text takes in a column; bold letters are wider, and words do not break."""
    room = max(width * (0.85 if bold else 0.95), 1)
    return sum(max(math.ceil(len(line) / room), 1) for line in words.splitlines()) or 1


def _shape(cell: Cell, *, bold: bool) -> None:
    cell.alignment, cell.font = Alignment(wrap_text=True, vertical="top"), Font(bold=bold)
    if isinstance(cell.value, int):  # a place in a list: set apart from the words beside it
        cell.alignment = Alignment(horizontal="center", vertical="top")
    if isinstance(cell.value, str):
        cell.data_type, cell.number_format = "s", "@"
        cell.quotePrefix = cell.value.startswith(_FORMULA)
