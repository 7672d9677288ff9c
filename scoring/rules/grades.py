"""Grades by thresholds on the total."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise


@dataclass(frozen=True)
class Grade:
    """A grade that begins at a total; the lowest has none, and takes what is left."""

    code: str
    name: str
    least: Fraction | None = None


def in_order(grades: Sequence[Grade]) -> bool:
    """Whether codes differ, thresholds go down, and only the last may lack one."""
    if len({row.code for row in grades}) < len(grades):
        return False
    bounds = [row.least for row in grades]
    if None in bounds[:-1]:
        return False
    numbers = [bound for bound in bounds if bound is not None]
    return all(first > second for first, second in pairwise(numbers))
