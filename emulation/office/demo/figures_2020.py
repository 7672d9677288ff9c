"""What the eight units report for 2020, made up: the same figures in every demonstration, better for some units than for others.

Each figure follows from a hash of criterion and unit, so that nobody has to keep a table of 1,408 numbers.
"""

import hashlib
from collections.abc import Mapping
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from scoring.enums import SectionKind
from scoring.rules.bands import Anchors, Tier
from scoring.rules.tallies import Count, Deduct
from scoring.rules.targets import LOWER
from scoring.texts import CriterionText

# How near to the best a unit comes, in hundredths.
STRENGTH = {
    "donghoi": 97,
    "quangninh": 96,
    "lethuy": 93,
    "botrach": 92,
    "badon": 90,
    "quangtrach": 88,
    "tuyenhoa": 84,
    "minhhoa": 81,
}
HUNDRED = Decimal(100)
# Bonus criteria happen to few.
RARE = Decimal("0.93")


def figures(leaf: CriterionText, unit: str, section: str) -> dict[str, Any]:
    """The facts that a unit reports for a criterion; `section` is that of its top group."""
    chance = chance_of(leaf.code, unit)
    level = (Decimal(STRENGTH.get(unit, 85)) + chance * 10) / HUNDRED  # 0.81 to 1.07
    known = _values(leaf, min(level, Decimal("1.05")), chance, section)
    return {name: known[name] for name in leaf.read_rule().facts}


def chance_of(*words: str) -> Decimal:
    """A number from 0 to 1 that depends on these words only."""
    digest = hashlib.sha256(" ".join(words).encode()).digest()
    return Decimal(int.from_bytes(digest[:4], "big")) / 2**32


def _values(leaf: CriterionText, level: Decimal, chance: Decimal, section: str) -> Mapping[str, Any]:
    is_rare = section == SectionKind.BONUS
    most = Decimal(leaf.max_points or 0)
    target = Decimal(95) if leaf.measure == "%" else Decimal(10 + int(chance * 40))
    lower = getattr(leaf.read_rule(), "better", "") == LOWER
    reached = target * (2 - level if lower else level)
    return {
        "points": str(_stepped(min(level, Decimal(1)) * most, Decimal(leaf.step or "0.5"))),
        "yes": chance > RARE if is_rare else chance < Decimal("0.95"),
        "target": str(target),
        "actual": str(min(_whole(reached), HUNDRED) if leaf.measure == "%" else _whole(reached)),
        "value": str(_banded(leaf, level)),
        "counts": _incidents(leaf, chance, Decimal("0.96") if section == SectionKind.PENALTY else Decimal("0.88")),
        "count": (1 if chance > RARE else 0) if is_rare else _counted(leaf, level),
        "bonus": 0,
        "penalty": 0,
        "days_late": 1 if chance > Decimal("0.9") else 0,
        "happened": False,
        "text": "Không có.",
    }


def _stepped(points: Decimal, step: Decimal) -> Decimal:
    return (points / step).to_integral_value(ROUND_FLOOR) * step


def _whole(value: Decimal) -> Decimal:
    return value.to_integral_value(ROUND_HALF_UP)


def _banded(leaf: CriterionText, level: Decimal) -> Decimal:
    """A value between the best and the worst bound of the rule, a little beyond at both ends."""
    rule = leaf.read_rule()
    if isinstance(rule, Tier):
        bounds = [row["from"] for row in rule.rows if row["from"] is not None]
    elif isinstance(rule, Anchors):
        bounds = [row["value"] for row in rule.anchors]
    else:
        return Decimal(0)
    best, worst = (Decimal(bound.numerator) / bound.denominator for bound in (bounds[0], bounds[-1]))
    value = worst + (best - worst) * (level - Decimal("0.8")) * 5
    return min(value.quantize(Decimal("0.1")), HUNDRED)


def _incidents(leaf: CriterionText, chance: Decimal, seldom: Decimal) -> dict[str, int]:
    rule = leaf.read_rule()
    if not isinstance(rule, Deduct) or chance < seldom:
        return {}
    mildest = min(rule.events, key=lambda row: (row["points"], row["key"]))
    return {mildest["key"]: 1}


def _counted(leaf: CriterionText, level: Decimal) -> int:
    rule = leaf.read_rule()
    if not isinstance(rule, Count):
        return 0
    enough = rule.max / rule.points
    return int(enough * Fraction(level) + Fraction(1, 2))
