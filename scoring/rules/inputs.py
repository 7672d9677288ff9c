"""What a rule is told: once, as its parameters, and each time, as the facts of a unit. Each input says in words what it wants.

An input reads a value out of JSON. Numbers come as text ("12.5") or whole numbers, never as floats.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from scoring.rules.numbers import NotExact, exact, written

ABSENT = object()
# A text, perhaps one that waits for its reader's language.
Text = str | Promise


@dataclass(frozen=True)
class Fault:
    """What is wrong with one input; `place` is its name, for the form."""

    place: str
    sentence: str


class Faulty(ValueError):
    """Everything that is wrong with what was given, at once."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(" ".join(fault.sentence for fault in faults))
        self.faults = list(faults)


class Unfit(ValueError):
    """One value does not fit its input. The text says why."""


@lru_cache(maxsize=256)
def bound(limit: str) -> Fraction:
    """A bound as a number; the same few are asked for in every cell."""
    return Fraction(limit)


@dataclass(frozen=True)
class Input(ABC):
    """One thing that a rule is told. With a `default` it may be left out."""

    label: Text
    default: Any = ABSENT

    @abstractmethod
    def read(self, given: object) -> Any:
        """The value in the engine's own type. Raises `Unfit`, or `Faulty` when several things are wrong inside."""


@dataclass(frozen=True)
class Number(Input):
    """A number within bounds. `above` leaves the bound itself out."""

    at_least: str | None = None
    above: str | None = None
    at_most: str | None = None

    def read(self, given: object) -> Fraction:
        try:
            value = exact(given)
        except NotExact as error:
            raise Unfit(_("%(label)s: nhập một số, ví dụ 12.5.") % {"label": self.label}) from error
        if self.at_least is not None and value < bound(self.at_least):
            raise Unfit(_("%(label)s: không nhỏ hơn %(limit)s.") % self._limit(self.at_least))
        if self.above is not None and value <= bound(self.above):
            raise Unfit(_("%(label)s: phải lớn hơn %(limit)s.") % self._limit(self.above))
        if self.at_most is not None and value > bound(self.at_most):
            raise Unfit(_("%(label)s: không lớn hơn %(limit)s.") % self._limit(self.at_most))
        return value

    def _limit(self, limit: str) -> dict[str, Text]:
        return {"label": self.label, "limit": written(bound(limit))}


@dataclass(frozen=True)
class Whole(Number):
    """A whole number: cases, days."""

    def read(self, given: object) -> Fraction:
        value = super().read(given)
        if value.denominator != 1:
            raise Unfit(_("%(label)s: nhập số nguyên.") % {"label": self.label})
        return value


@dataclass(frozen=True)
class YesNo(Input):
    """Yes or no; nothing else counts as either."""

    def read(self, given: object) -> bool:
        if not isinstance(given, bool):
            raise Unfit(_("%(label)s: chọn có hoặc không.") % {"label": self.label})
        return given


@dataclass(frozen=True)
class Choice(Input):
    """One of a few codes, each with its words."""

    choices: Mapping[str, Text] = field(default_factory=dict)

    def read(self, given: object) -> str:
        if not isinstance(given, str) or given not in self.choices:
            known = ", ".join(str(words) for words in self.choices.values())
            raise Unfit(_("%(label)s: chọn một trong: %(choices)s.") % {"label": self.label, "choices": known})
        return given


@dataclass(frozen=True)
class Words(Input):
    """A text of one line."""

    longest: int = 200

    def read(self, given: object) -> str:
        if not isinstance(given, str) or len(given) > self.longest or not given.strip():
            raise Unfit(_("%(label)s: nhập từ 1 đến %(n)d ký tự.") % {"label": self.label, "n": self.longest})
        return given.strip()


@dataclass(frozen=True)
class Word(Words):
    """Words inside a row: without the signs that part rows and values when they are typed."""

    def read(self, given: object) -> str:
        text = super().read(given)
        if any(sign in text for sign in ":;=\n"):
            raise Unfit(_("%(label)s: không dùng các dấu : ; =.") % {"label": self.label})
        return text


@dataclass(frozen=True)
class Rows(Input):
    """A list of rows with the same columns. A row is an object, or a list of its values in the order of the columns."""

    columns: Mapping[str, Input] = field(default_factory=dict)
    fewest: int = 1
    most: int = 20

    def read(self, given: object) -> tuple[dict[str, Any], ...]:
        if not isinstance(given, list | tuple) or not self.fewest <= len(given) <= self.most:
            raise Unfit(
                _("%(label)s: cần từ %(fewest)d đến %(most)d dòng.")
                % {"label": self.label, "fewest": self.fewest, "most": self.most}
            )
        rows, faults = [], []
        for number, row in enumerate(given, start=1):
            try:
                rows.append(read_all(self.columns, self._by_name(row)))
            except Faulty as error:
                line = _("dòng %(n)d") % {"n": number}
                faults += [Fault(fault.place, f"{self.label}, {line}: {fault.sentence}") for fault in error.faults]
        if faults:
            raise Faulty(faults)
        return tuple(rows)

    def _by_name(self, row: object) -> Mapping[str, object]:
        if isinstance(row, Mapping):
            return row
        if isinstance(row, list | tuple) and len(row) == len(self.columns):
            return dict(zip(self.columns, row, strict=True))
        raise Faulty([Fault("", _("dòng không đúng dạng."))])


@dataclass(frozen=True)
class Counts(Input):
    """How often each of some named things happened; what is not named did not happen."""

    names: Mapping[str, Text] = field(default_factory=dict)

    def read(self, given: object) -> dict[str, Fraction]:
        if not isinstance(given, Mapping):
            raise Unfit(_("%(label)s: nhập số lần theo từng loại.") % {"label": self.label})
        inputs = {key: Whole(name, default=Fraction(0), at_least="0", at_most="1000000") for key, name in self.names.items()}
        return read_all(inputs, given)


def read_all(inputs: Mapping[str, Input], given: Mapping[str, object]) -> dict[str, Any]:
    """Every input's value. Raises `Faulty` with all that is wrong: missing, unfit, unknown."""
    found: dict[str, Any] = {}
    faults: list[Fault] = []
    for name, wanted in inputs.items():
        value = given.get(name, ABSENT)
        if value is ABSENT or value is None or value == "":
            if wanted.default is ABSENT:
                faults.append(Fault(name, _("%(label)s: chưa nhập.") % {"label": wanted.label}))
            else:
                found[name] = wanted.default
            continue
        try:
            found[name] = wanted.read(value)
        except Faulty as error:
            faults += [Fault(name, fault.sentence) for fault in error.faults]
        except Unfit as error:
            faults.append(Fault(name, str(error)))
    faults += [Fault(str(name), _("Không có mục “%(name)s”.") % {"name": name}) for name in given if name not in inputs]
    if faults:
        raise Faulty(faults)
    return found
