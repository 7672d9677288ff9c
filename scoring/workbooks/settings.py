"""The settings sheet of a workbook: names with values, then the tie keys and the grades in small tables of their own."""

from typing import Any

from django.utils.translation import gettext as _
from openpyxl.worksheet.worksheet import Worksheet

from emulation.lib.vietnamese import search_key
from scoring.rules.numbers import NotExact, exact, plain
from scoring.workbooks import columns
from scoring.workbooks.opening import text_of


def read_settings(sheet: Worksheet) -> tuple[dict[str, Any] | None, list[tuple[int, str]]]:
    """The settings as fields of `CriteriaText` without the criteria; and what is wrong, by row."""
    # Never as wide as the sheet says that it is: openpyxl would make every cell up to there.
    cells_of = sheet.iter_rows(max_col=3, values_only=True)
    rows = [(number, [text_of(value) for value in cells]) for number, cells in enumerate(cells_of, start=1)]
    plainly, ties, grades = _parts(rows)
    names = {search_key(label): name for name, label in columns.SETTING_NAMES.items()}
    found: dict[str, Any] = {}
    faults: list[tuple[int, str]] = []
    for number, (label, value, *_rest) in plainly:
        name = names.get(search_key(label))
        if name is None:
            faults.append((number, _("Không có thiết lập “%(label)s”.") % {"label": label[:60]}))
            continue
        try:
            found[name] = _value(name, value)
        except ValueError:
            faults.append(
                (number, _("Thiết lập “%(label)s”: giá trị “%(value)s” không hợp lệ.") % {"label": label, "value": value[:60]})
            )
    found["tie_keys"] = _ties(ties, faults)
    found["grades"] = _grades(grades, faults)
    if found.pop("version", None) != columns.VERSION:
        faults.append((0, _("Sổ Excel không theo phiên bản mẫu hiện nay. Đồng chí tải lại mẫu.")))
    missing = [label for name, label in columns.SETTING_NAMES.items() if name != "version" and name not in found]
    if missing and not faults:
        faults.append((0, _("Thiếu thiết lập: %(names)s.") % {"names": ", ".join(missing)}))
    return (None if faults else found), faults


Rows = list[tuple[int, list[str]]]


def _parts(rows: Rows) -> tuple[Rows, Rows, Rows]:
    """The rows of the three tables, without their heads and blank lines."""
    parts: list[Rows] = [[]]
    for number, cells in rows[1:]:
        if search_key(cells[0]) in (search_key(columns.TIE_HEAD), search_key(columns.GRADE_HEAD)):
            parts.append([])
        elif any(cells):
            parts[-1].append((number, [*cells, "", ""][:3]))
    plainly, ties, grades = [*parts, [], []][:3]
    return plainly, ties, grades


def _value(name: str, value: str) -> Any:
    """Raises `ValueError`."""
    if words := columns.SETTING_WORDS.get(name):
        codes = {search_key(said): code for code, said in words.items()}
        if search_key(value) not in codes:
            raise ValueError(value)
        code = codes[search_key(value)]
        return code == "1" if name == "bonus_above_scale" else code
    number = exact(value.replace(",", "."))
    if name == "places":
        if number not in (0, 1, 2):
            raise ValueError(value)
        return int(number)
    if name == "total_points" and (not 0 < number < 100_000 or (number * 100).denominator != 1):
        raise ValueError(value)
    return plain(number)


def _ties(rows: Rows, faults: list[tuple[int, str]]) -> list[list[str]]:
    words = {search_key(said): code for code, said in columns.DIRECTION_WORDS.items()}
    found = []
    for number, (key, direction, *_rest) in rows:
        if search_key(direction) not in words:
            told = ", ".join(columns.DIRECTION_WORDS.values())
            faults.append((number, _("Ghi một trong: %(words)s.") % {"words": told}))
            continue
        found.append([key, words[search_key(direction)]])
    return found


def _grades(rows: Rows, faults: list[tuple[int, str]]) -> list[list[str]]:
    found = []
    for number, (code, name, least) in rows:
        try:
            found.append([code, name, plain(exact(least.replace(",", "."))) if least else ""])
        except NotExact:
            faults.append((number, _("“%(given)s” không phải số điểm.") % {"given": least[:30]}))
    return found
