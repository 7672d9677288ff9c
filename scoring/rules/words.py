"""Steps of a computation, kept as they are computed and put into words only when somebody reads them.

Thousands of cells are computed for one that is explained, and the reader's language is known only then.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from scoring.rules.numbers import equals, percentage, written


@dataclass(frozen=True, slots=True)
class Points:
    """Shown as "10 điểm"."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Share:
    """Shown as "79,125%"."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Equals:
    """The end of a calculation: "= 3,95625" or "≈ 0,3333"."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Step:
    """A sentence of the catalogue with what is filled in: numbers, shares, points, other words."""

    text: str
    values: Mapping[str, object]

    def __str__(self) -> str:
        return _(self.text) % {name: worded(value) for name, value in self.values.items()}


def step(text: str, **values: object) -> Step:
    """A step: `step(gettext_noop("Nộp chậm %(n)s ngày."), n=days)`."""
    return Step(text, values)


def worded(value: object) -> str:
    """A value as it is read."""
    if isinstance(value, Points):
        return in_points(value.value)
    if isinstance(value, Share):
        return percentage(value.value)
    if isinstance(value, Equals):
        return equals(value.value)
    if isinstance(value, Fraction | int):
        return written(value)
    return str(value)


def in_points(value: Fraction) -> str:
    """ "10 điểm"."""
    return _("%(n)s điểm") % {"n": written(value)}
