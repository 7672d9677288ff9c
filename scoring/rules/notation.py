"""Parameters of a rule as people type them, in a cell of a workbook or a field of a form, and back without loss.

    Đủ điểm từ tỷ lệ = 0,95
    Các bậc = 95: 10; 90: 8; còn lại: 0

A number has a decimal comma or point, a share may be given in percent; rows are separated by semicolons or lines, their values by
colons. Labels and words are Vietnamese whatever language the screen has, since a file goes from hand to hand.
"""

import re
from collections.abc import Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from emulation.lib.vietnamese import search_key
from scoring.rules.inputs import Choice, Fault, Input, Number, Rows, Text, read_all
from scoring.rules.kinds import TYPES, parameters
from scoring.rules.numbers import NotExact, exact, plain

# A row's empty value: the band for whatever is left.
_REST = gettext_noop("còn lại")
_NUMBER = re.compile(r"[-−+]?[0-9]+(?:[.,][0-9]+)?\s*%?\Z")
# What a leaf says in columns of its own.
OWN_COLUMNS = ("max", "min")


def typed_parameters(rule_type: str) -> dict[str, Input]:
    """The parameters of a type that are typed as such: not the points, which a leaf says itself, nor the step of a manual one."""
    kind = TYPES[rule_type]
    own = (*OWN_COLUMNS, "step") if rule_type == "manual" else OWN_COLUMNS
    return {name: wanted for name, wanted in parameters(kind).items() if name not in own}


def tidy(rule_type: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters in their one spelling, as far as they are given: a draft may lack some, or hold some that do not fit together.

    Raises `Faulty` for values that cannot be read.
    """
    inputs = {name: wanted for name, wanted in typed_parameters(rule_type).items() if given.get(name) not in (None, "")}
    values = read_all(inputs, {name: given[name] for name in inputs})
    return {name: _json(wanted, values[name]) for name, wanted in inputs.items() if values[name] != wanted.default}


def write(rule_type: str, given: Mapping[str, Any]) -> str:
    """All parameters as typed, a line each."""
    typed = {name: wanted for name, wanted in typed_parameters(rule_type).items() if name in given}
    with translation.override("vi"):
        return "\n".join(f"{wanted.label} = {write_value(wanted, given[name])}" for name, wanted in typed.items())


def read(rule_type: str, text: str) -> tuple[dict[str, Any], list[Fault]]:
    """Parameters out of their lines, for `read_rule` to check; and what cannot be understood."""
    with translation.override("vi"):
        labels = {search_key(str(wanted.label)): (name, wanted) for name, wanted in typed_parameters(rule_type).items()}
    found: dict[str, Any] = {}
    faults = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        label, equals, value = line.partition("=")
        known = labels.get(search_key(label.strip()))
        if not equals or known is None:
            faults.append(Fault("rule", _("Tham số không hiểu được: “%(line)s”.") % {"line": line[:80]}))
            continue
        name, wanted = known
        if value.strip():
            found[name] = read_value(wanted, value.strip())
    return found, faults


def write_value(wanted: Input, given: Any) -> str:
    """One value as typed."""
    if isinstance(wanted, Rows):
        return "; ".join(_write_row(wanted, row) for row in given)
    if isinstance(wanted, Choice):
        return _words(wanted.choices.get(given, given))
    if isinstance(wanted, Number):
        return str(given).replace(".", ",")
    return str(given)


def read_value(wanted: Input, text: str) -> Any:
    """One typed value as JSON. What cannot be understood stays as it was typed, for `read_rule` to refuse."""
    if isinstance(wanted, Rows):
        return [_read_row(wanted, row) for row in re.split(r"[;\n]", text) if row.strip()]
    if isinstance(wanted, Choice):
        codes = {search_key(_words(words)): code for code, words in wanted.choices.items()}
        return codes.get(search_key(text), text)
    if isinstance(wanted, Number):
        return _read_number(text)
    return text


def _write_row(wanted: Rows, row: Mapping[str, Any]) -> str:
    cells: list[str] = []
    for name, column in wanted.columns.items():
        value = row.get(name)
        if value is None or value == "":
            cells.append(_words(_(_REST)) if isinstance(column, Number) and column.default is None and not cells else "")
        else:
            cells.append(write_value(column, value))
    while cells and not cells[-1]:
        cells.pop()
    return ": ".join(cells)


def _read_row(wanted: Rows, text: str) -> Any:
    cells = [cell.strip() for cell in text.split(":")]
    if len(cells) > len(wanted.columns):
        return text.strip()
    row = {}
    for (name, column), cell in zip(wanted.columns.items(), cells, strict=False):
        if cell and not (isinstance(column, Number) and search_key(cell) == search_key(_REST)):
            row[name] = read_value(column, cell)
    return row


def _read_number(text: str) -> str:
    if not _NUMBER.match(text):
        return text
    number = text.replace("−", "-").replace(",", ".").replace(" ", "")
    if not number.endswith("%"):
        return number
    try:
        return plain(exact(number[:-1]) / 100)
    except NotExact:
        return text


def _json(wanted: Input, value: Any) -> Any:
    if isinstance(wanted, Rows):
        return [
            {name: _json(column, row[name]) for name, column in wanted.columns.items() if row[name] != column.default}
            for row in value
        ]
    return plain(value) if isinstance(wanted, Number) else value


def _words(words: Text) -> str:
    with translation.override("vi"):
        return str(words)
