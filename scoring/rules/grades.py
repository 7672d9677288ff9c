"""Grades by thresholds on the total, never above the lowest ceiling that a disqualifier set."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise


@dataclass(frozen=True)
class Grade:
    """A grade that begins at a total; the lowest has none, and takes what is left."""

    code: str
    name: str
    least: Fraction | None = None


def grade_of(total: Fraction, grades: Sequence[Grade], *, ceilings: Iterable[str] = ()) -> Grade | None:
    """The grade of a total, from a list that goes from best to lowest. None when there are no grades, or none is reached."""
    reached = next((at for at, row in enumerate(grades) if row.least is None or total >= row.least), None)
    if reached is None:
        return None
    codes = [row.code for row in grades]
    barred = [codes.index(code) for code in ceilings if code in codes]
    return grades[max([reached, *barred])]


def in_order(grades: Sequence[Grade]) -> bool:
    """Whether codes differ, thresholds go down, and only the last may lack one."""
    if len({row.code for row in grades}) < len(grades):
        return False
    bounds = [row.least for row in grades]
    if None in bounds[:-1]:
        return False
    numbers = [bound for bound in bounds if bound is not None]
    return all(first > second for first, second in pairwise(numbers))
