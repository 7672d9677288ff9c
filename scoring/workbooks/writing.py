"""Write a set as a workbook: the criteria, the settings, and a sheet that explains every way of counting."""

import io
from decimal import Decimal
from typing import Any

from django.utils import translation
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from scoring.rules import TYPES, notation
from scoring.rules.inputs import ABSENT
from scoring.texts import CriteriaText, Node, tree
from scoring.workbooks import columns
from scoring.workbooks.columns import COLUMNS, Column

_HEAD = PatternFill("solid", fgColor="E8E4DA")
_GROUP = PatternFill("solid", fgColor="F5F3EE")
_BLANK_ROWS = 200


def workbook_of(text: CriteriaText) -> bytes:
    """The workbook's bytes."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    with translation.override("vi"):
        _criteria(sheet, text)
        _settings(book.create_sheet(columns.SETTINGS), text)
        _rules(book.create_sheet(columns.RULES))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _criteria(sheet: Worksheet, text: CriteriaText) -> None:
    sheet.title = columns.CRITERIA
    sheet.append([column.heading for column in COLUMNS])
    _head(sheet)
    for top in tree(text.criteria):
        for node in top.walk():
            sheet.append([_cell(column, node) for column in COLUMNS])
            _shape(sheet, node)
    for number, column in enumerate(COLUMNS, start=1):
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width, dimension.hidden = column.width, column.hidden
    sheet.freeze_panes = "E2"
    _lists(sheet)


def _cell(column: Column, node: Node) -> Any:
    row = node.text
    if column.field == "level":
        return node.depth + 1
    if column.field == "kind":
        return columns.KIND_WORDS[row.kind]
    if column.field == "section":
        return columns.SECTION_WORDS.get(row.section)
    if column.field == "rule_type":
        return columns.rule_words().get(row.rule_type)
    if column.field == "rule":
        return notation.write(row.rule_type, row.rule) if row.rule_type in TYPES else None
    value = getattr(row, column.field)
    if column.field in columns.NUMBERS:
        return Decimal(value) if value else None
    if column.field in columns.MARKS:
        return columns.YES if value and not (row.is_group and column.field == "is_cross_scored") else None
    return value or None


def _shape(sheet: Worksheet, node: Node) -> None:
    for cell in sheet[sheet.max_row]:
        # Text stays text: a code such as "=1" or "1.10" is no formula and no number.
        if isinstance(cell.value, str):
            cell.data_type, cell.number_format = "s", "@"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if node.text.is_group:
            cell.font, cell.fill = Font(bold=True), _GROUP
    name = sheet.cell(sheet.max_row, _place("name"))
    name.alignment = Alignment(wrap_text=True, vertical="top", indent=node.depth)


def _lists(sheet: Worksheet) -> None:
    """Drop-down lists for what is a word out of a few, also in the blank rows below."""
    last = sheet.max_row + _BLANK_ROWS
    rules = f"'{columns.RULES}'!$A$2:$A${len(TYPES) + 1}"
    choices = {
        "kind": '"' + ",".join(columns.KIND_WORDS.values()) + '"',
        "section": '"' + ",".join(columns.SECTION_WORDS.values()) + '"',
        "rule_type": rules,
    }
    for field, source in choices.items():
        letter = get_column_letter(_place(field))
        validation = DataValidation(type="list", formula1=source, allow_blank=True)
        validation.add(f"{letter}2:{letter}{last}")
        sheet.add_data_validation(validation)


def _settings(sheet: Worksheet, text: CriteriaText) -> None:
    sheet.append(["Thiết lập", "Giá trị"])
    _head(sheet)
    values = text.to_data() | {"version": columns.VERSION, "bonus_above_scale": "1" if text.bonus_above_scale else "0"}
    for name, label in columns.SETTING_NAMES.items():
        value = values[name]
        sheet.append([label, columns.SETTING_WORDS.get(name, {}).get(value, Decimal(value) if name == "total_points" else value)])
    sheet.append([])
    sheet.append([columns.TIE_HEAD, "Chiều"])
    for key, direction in text.tie_keys:
        sheet.append([key, columns.DIRECTION_WORDS[direction]])
    sheet.append([])
    sheet.append([columns.GRADE_HEAD, "Tên", "Từ điểm"])
    for code, name, least in text.grades:
        sheet.append([code, name, Decimal(least) if least else None])
    for letter, width in (("A", 40), ("B", 44), ("C", 12)):
        sheet.column_dimensions[letter].width = width


def _rules(sheet: Worksheet) -> None:
    sheet.append(["Cách tính", "Dùng khi", "Tham số (mỗi tham số một dòng)"])
    _head(sheet)
    for name, kind in TYPES.items():
        told = [
            f"{wanted.label} = …{'' if wanted.default is ABSENT else ' (có thể bỏ)'}"
            for wanted in notation.typed_parameters(name).values()
        ]
        sheet.append([str(kind.label), str(kind.purpose), "\n".join(told)])
        for cell in sheet[sheet.max_row]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for letter, width in (("A", 28), ("B", 70), ("C", 60)):
        sheet.column_dimensions[letter].width = width


def _head(sheet: Worksheet) -> None:
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), _HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    if sheet.title == columns.CRITERIA:
        example = "Ví dụ:\nĐủ điểm từ tỷ lệ = 0,95\nCác bậc = 95: 10; 90: 8; còn lại: 0"
        sheet.cell(1, _place("rule")).comment = Comment(example, "Hệ thống")


def _place(field: str) -> int:
    return next(number for number, column in enumerate(COLUMNS, start=1) if column.field == field)
