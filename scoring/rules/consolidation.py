"""Several scorers' points as one: mean, median, or the mean without the highest and the lowest. Rounded once, half up.

Who abstains is not counted, least of all as zero. The result is advice: who consolidates decides.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from scoring.rules.numbers import rounded

T = TypeVar("T")
MEAN, MEDIAN, TRIMMED = "mean", "median", "trimmed"
# From the first look to the last word. What counts is the highest layer that has a value, never the largest value.
LAYERS = ("self", "cross", "consolidated", "appraised", "final")


def consolidate(scores: Sequence[Decimal | None], method: str = MEDIAN, *, fewest: int = 1, places: int = 2) -> Decimal | None:
    """One value out of those that were given; None when fewer than `fewest` were. Raises `ValueError` for an unknown method."""
    given = sorted(Fraction(score) for score in scores if score is not None)
    if method not in (MEAN, MEDIAN, TRIMMED):
        raise ValueError(method)
    if len(given) < max(fewest, 1):
        return None
    if method == MEDIAN:
        given = given[(len(given) - 1) // 2 : len(given) // 2 + 1]
    elif method == TRIMMED and len(given) > 2:
        given = given[1:-1]
    return rounded(sum(given, Fraction(0)) / len(given), places)


def spread(scores: Sequence[Decimal | None]) -> Decimal | None:
    """How far apart the scorers are; None where fewer than two gave points."""
    given = [score for score in scores if score is not None]
    return max(given) - min(given) if len(given) > 1 else None


def standing(layers: Mapping[str, T | None]) -> tuple[str, T] | None:
    """The value that counts, with its layer: of the highest layer that has one."""
    for layer in reversed(LAYERS):
        value = layers.get(layer)
        if value is not None:
            return layer, value
    return None
