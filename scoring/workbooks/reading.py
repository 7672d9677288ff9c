"""Read a set out of a workbook: what can be understood, and every fault at once with the row that it is in."""

import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from emulation.lib.vietnamese import search_key
from scoring.domain import checking
from scoring.domain.criteria import MOST_NODES
from scoring.rules import Faulty, notation
from scoring.rules.numbers import exact, plain
from scoring.texts import CriteriaText, CriterionText
from scoring.workbooks import columns
from scoring.workbooks.columns import COLUMNS
from scoring.workbooks.opening import Unreadable, opened, sheet_named, text_of
from scoring.workbooks.settings import read_settings

_POINTS = re.compile(r"[-−+]?[0-9]{1,5}(?:[.,][0-9]{1,2})?\Z")
LONGEST = {"code": 20, "name": 500, "measure": 40, "guidance": 4000}


@dataclass(frozen=True)
class RowFault:
    """A fault in a row of a sheet; row 0 is the sheet as a whole. `blocks` when the row cannot be taken as it is."""

    sheet: str
    row: int
    column: str
    sentence: str
    blocks: bool = True


@dataclass(frozen=True)
class Reading:
    """What came out of a workbook. `text` is None while faults block."""

    text: CriteriaText | None
    faults: list[RowFault]

    @property
    def blocking(self) -> list[RowFault]:
        return [fault for fault in self.faults if fault.blocks]


def read(data: bytes) -> Reading:
    """The set in a workbook, with every fault of every row; those of the check, which an editor can mend later, do not block."""
    try:
        book = opened(data)
        criteria, settings = sheet_named(book, columns.CRITERIA), sheet_named(book, columns.SETTINGS)
    except Unreadable as error:
        return Reading(None, [RowFault("", 0, "", str(error))])
    found, faults = read_settings(settings)
    problems = [RowFault(columns.SETTINGS, row, "", sentence) for row, sentence in faults]
    rows, about_rows = _rows(criteria)
    problems += about_rows
    if problems or found is None:
        return Reading(None, problems)
    text = CriteriaText(**found, criteria=[row for _number, row in rows])
    numbers = {row.key: number for number, row in rows}
    later = [
        RowFault(columns.CRITERIA, numbers.get(fault.key, 0), "", f"{fault.place}: {fault.sentence}", blocks=False)
        for fault in checking.faults(text)
    ]
    return Reading(text, later)


def _rows(sheet: Worksheet) -> tuple[list[tuple[int, CriterionText]], list[RowFault]]:
    """The nodes with the numbers of their rows."""
    if faults := [*_head(sheet)]:
        return [], faults
    faults = [*_shape(sheet)]
    found: list[tuple[int, CriterionText]] = []
    above: list[CriterionText] = []
    keys: dict[str, int] = {}
    for cells in sheet.iter_rows(min_row=columns.HEAD_ROW + 1, max_col=len(COLUMNS)):
        number = cells[0].row
        values, wrong = _values(cells)
        if not any(value not in (None, "") for name, value in values.items() if name != "key") and not wrong:
            continue
        level = _level(values.get("level"), len(above))
        if isinstance(level, str):
            wrong.append(("level", level))
            level = 1
        parent = above[level - 2] if 1 < level <= len(above) + 1 else None
        text, more = _text(values, parent, level)
        wrong += more
        if text.key in keys:
            wrong.append(
                ("key", _("Khóa của dòng này trùng với dòng %(n)d: xóa ô khóa của dòng chép lại.") % {"n": keys[text.key]})
            )
        keys[text.key] = number
        above[level - 1 :] = [text]
        found.append((number, text))
        faults += [RowFault(columns.CRITERIA, number, _heading(name), sentence) for name, sentence in wrong]
    if not found and not faults:
        faults.append(RowFault(columns.CRITERIA, 0, "", _("Trang tiêu chí chưa có dòng nào.")))
    if len(found) > MOST_NODES:
        faults.append(RowFault(columns.CRITERIA, 0, "", _("Bộ tiêu chí có nhiều nhất %(n)d dòng.") % {"n": MOST_NODES}))
    return found, sorted(faults, key=lambda fault: fault.row)


def _shape(sheet: Worksheet) -> Iterator[RowFault]:
    """Merged cells and hidden rows: what stands in them is easily overlooked."""
    for merged in sheet.merged_cells.ranges:
        yield RowFault(columns.CRITERIA, merged.min_row, "", _("Ô gộp %(range)s: bỏ gộp ô.") % {"range": merged.coord})
    for number, dimension in sheet.row_dimensions.items():
        if dimension.hidden and number <= sheet.max_row:
            yield RowFault(columns.CRITERIA, number, "", _("Dòng đang ẩn: bỏ ẩn, hoặc xóa dòng."))


def _head(sheet: Worksheet) -> Iterator[RowFault]:
    """Another head than the template's: nothing below it can be understood."""
    heads = [cell.value for cell in sheet[columns.HEAD_ROW][: len(COLUMNS)]]
    for place, column in enumerate(COLUMNS):
        given = heads[place] if place < len(heads) else None
        if search_key(str(given or "")) != search_key(column.heading):
            words = {"letter": get_column_letter(place + 1), "heading": column.heading}
            yield RowFault(columns.CRITERIA, 1, "", _("Cột %(letter)s phải là “%(heading)s” như mẫu.") % words)


def _values(cells: tuple[Any, ...]) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """The cells of a row as text, by field; formulas and errors are refused."""
    values, wrong = {}, []
    for column, cell in zip(COLUMNS, cells, strict=False):
        if isinstance(cell, Cell) and cell.data_type in ("f", "e", "d"):
            wrong.append((column.field, _("Ô chứa công thức, lỗi hoặc ngày tháng: dán giá trị vào.")))
            continue
        values[column.field] = text_of(cell.value)
    return values, wrong


def _level(given: str | None, deepest: int) -> int | str:
    levels = [str(level) for level in range(1, checking.DEEPEST + 1)]
    if given is None or given not in levels:
        return _("Cấp là số từ 1 đến %(n)d.") % {"n": checking.DEEPEST}
    if int(given) > deepest + 1:
        return _("Cấp %(given)s đứng sau cấp %(before)d: thiếu cấp ở giữa.") % {"given": given, "before": deepest}
    return int(given)


def _text(values: Mapping[str, str], parent: CriterionText | None, level: int) -> tuple[CriterionText, list[tuple[str, str]]]:
    """A row as a node, with what is wrong in it by field."""
    wrong: list[tuple[str, str]] = []
    kind = _code(columns.KIND_WORDS, values, "kind", wrong, must=True) or "leaf"
    section = _code(columns.SECTION_WORDS, values, "section", wrong, must=level == 1)
    wrong += [("section", _("Chỉ nhóm cấp 1 ghi phần."))] if section and level > 1 else []
    if level == 1 and kind != "group":
        wrong.append(("kind", _("Dòng cấp 1 phải là nhóm.")))
    if parent is not None and not parent.is_group:
        wrong.append(("level", _("Dòng này nằm dưới một tiêu chí; chỉ nhóm mới chứa dòng khác.")))
    for name, longest in LONGEST.items():
        if len(values.get(name, "")) > longest:
            wrong.append((name, _("Nhiều hơn %(n)d ký tự.") % {"n": longest}))
    numbers = {name: _points(values, name, wrong) for name in columns.NUMBERS}
    marks = {name: _mark(values, name, wrong) for name in columns.MARKS}
    is_group = kind == "group"
    text = CriterionText(
        key=_key(values.get("key", ""), wrong),
        parent=parent.key if parent else "",
        kind=kind,
        section=section if level == 1 else "",
        code=values.get("code", ""),
        name=" ".join(values.get("name", "").split()),
        max_points=numbers["max_points"],
        guidance=values.get("guidance", ""),
        min_points=numbers["min_points"],
        is_capped=marks["is_capped"] and is_group,
        step="" if is_group else numbers["step"],
        measure=values.get("measure", ""),
        indicator_key="" if is_group else _uuid(values.get("indicator_key", "")),
        evidence_required=marks["evidence_required"],
        is_cross_scored=marks["is_cross_scored"] or is_group,
    )
    if not text.name:
        wrong.append(("name", _("Chưa có nội dung.")))
    return (text, wrong) if is_group else (_with_rule(text, values, wrong), wrong)


def _with_rule(text: CriterionText, values: Mapping[str, str], wrong: list[tuple[str, str]]) -> CriterionText:
    rule_type = _code(columns.rule_words(), values, "rule_type", wrong, must=True)
    if not rule_type:
        return text
    given, faults = notation.read(rule_type, values.get("rule", ""))
    wrong += [("rule", fault.sentence) for fault in faults]
    text = replace(text, rule_type=rule_type, rule=given)
    if faults:
        return text
    try:
        return replace(text, rule=notation.tidy(rule_type, given))
    except Faulty as error:
        wrong += [("rule", fault.sentence) for fault in error.faults]
    return text


def _code(words: Mapping[str, str], values: Mapping[str, str], name: str, wrong: list[tuple[str, str]], *, must: bool) -> str:
    given = values.get(name, "")
    if not given and not must:
        return ""
    codes = {search_key(said): code for code, said in words.items()}
    if search_key(given) not in codes:
        wrong.append((name, _("Ghi một trong: %(words)s.") % {"words": ", ".join(words.values())}))
        return ""
    return codes[search_key(given)]


def _points(values: Mapping[str, str], name: str, wrong: list[tuple[str, str]]) -> str:
    given = values.get(name, "").replace(" ", "")
    if not given:
        return ""
    if not _POINTS.match(given):
        wrong.append((name, _("“%(given)s” không phải số điểm: tối đa 5 chữ số, 2 chữ số thập phân.") % {"given": given[:30]}))
        return ""
    value = exact(given.replace("−", "-").replace(",", "."))
    if (name == "min_points" and value > 0) or (name == "max_points" and value < 0) or (name == "step" and value <= 0):
        wrong.append((name, _("Điểm tối đa không âm, điểm tối thiểu không dương, bước điểm lớn hơn 0.")))
    return plain(value)


def _mark(values: Mapping[str, str], name: str, wrong: list[tuple[str, str]]) -> bool:
    given = values.get(name, "").lower()
    if given not in ("", columns.YES, "có", "không", "1", "0"):
        wrong.append((name, _("Đánh dấu x, hoặc để trống.")))
    return given in (columns.YES, "có", "1")


def _key(given: str, wrong: list[tuple[str, str]]) -> str:
    if not given:
        return str(uuid.uuid4())
    found = _uuid(given)
    if not found:
        wrong.append(("key", _("Khóa của dòng đã bị sửa: xóa ô khóa để thêm dòng mới.")))
    return found or str(uuid.uuid4())


def _uuid(given: str) -> str:
    try:
        return str(uuid.UUID(given)) if given else ""
    except ValueError:
        return ""


def _heading(field: str) -> str:
    return next(column.heading for column in COLUMNS if column.field == field)
