"""Exact numbers: read without a float, rounded half up once, written as people read them."""

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from django.utils import formats

# Facts are kept with four decimals and thirteen figures in all; what is longer is a slip of the finger.
_PLAIN = re.compile(r"[+-]?[0-9]{1,13}(?:\.[0-9]{1,6})?\Z")
_MOST_PLACES, _CUT_PLACES = 6, 4


class NotExact(ValueError):
    """What was given is no number that can be taken exactly."""


def exact(given: object) -> Fraction:
    """A number from "12.5", from a whole number, a decimal or a fraction. A float has lost its digits already, so it is refused.

    Raises `NotExact`.
    """
    if isinstance(given, str):
        return _read(given)
    if isinstance(given, int | Fraction) and not isinstance(given, bool):
        return Fraction(given)
    if isinstance(given, Decimal) and given.is_finite():
        return Fraction(given)
    raise NotExact(given)


@lru_cache(maxsize=4096)
def _read(text: str) -> Fraction:
    """The same figures stand in many cells."""
    if not _PLAIN.match(text := text.strip()):
        raise NotExact(text)
    whole, _point, decimals = text.partition(".")
    return Fraction(int(whole + decimals), 10 ** len(decimals))


def rounded(value: Fraction, places: int = 2) -> Decimal:
    """Rounded half away from zero: 0.125 is 0.13, and -0.125 is -0.13. Done with whole numbers, so no context can change it."""
    scaled, under = abs(value.numerator) * 10**places, value.denominator
    whole = (2 * scaled + under) // (2 * under)
    sign = "-" if value < 0 < whole else ""
    return Decimal(f"{sign}{whole}e-{places}")


def added(values: Iterable[Fraction | Decimal]) -> Fraction:
    """The exact sum, over one common denominator: adding fractions one by one takes four times as long."""
    over, under = 0, 1
    for value in values:
        numerator, denominator = value.as_integer_ratio()
        if under % denominator:
            over, under = over * denominator + numerator * under, under * denominator
        else:
            over += numerator * (under // denominator)
    return Fraction(over, under)


def plain(value: Fraction | Decimal) -> str:
    """One spelling without needless zeros, for JSON: "12.5". Raises `NotExact` when the number has no end."""
    value = Fraction(value)
    places = _places(value)
    if places is None:
        raise NotExact(value)
    return f"{rounded(value, places):f}"


def written(value: Fraction | Decimal | int) -> str:
    """As people read it, "1.234,5"; a number with no end, or a long one, is cut to four decimals and marked "≈ 0,3333"."""
    value = Fraction(value)
    places, sign = _places(value), ""
    if places is None or places > _MOST_PLACES:
        places, sign = _CUT_PLACES, "≈ "
    shown = formats.number_format(rounded(value, places), use_l10n=True, force_grouping=True)
    return f"{sign}{shown}".replace("-", "−")


def equals(value: Fraction) -> str:
    """ "= 3,95625" or "≈ 0,3333": the end of a calculation."""
    text = written(value)
    return text if text.startswith("≈") else f"= {text}"


def percentage(share: Fraction) -> str:
    """A share as "79,125%"."""
    return f"{written(share * 100)}%"


def _places(value: Fraction) -> int | None:
    """How many decimals the number has; None when it has no end."""
    rest, places = value.denominator, 0
    while rest % 10 == 0:
        rest, places = rest // 10, places + 1
    for factor in (2, 5):
        while rest % factor == 0:
            rest, places = rest // factor, places + 1
    return places if rest == 1 else None
