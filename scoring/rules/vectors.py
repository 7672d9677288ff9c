"""Worked examples that an office keeps as proof, run through the engine.

A file holds lists under `leaf`, `total`, `rank` and `consolidate`; each case gives its inputs and what it must come to.
Numbers are text. What else the file holds is named and left alone.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from scoring.rules.consolidation import MEDIAN, consolidate
from scoring.rules.inputs import Faulty
from scoring.rules.kinds import read_rule
from scoring.rules.leaf import Entry, score
from scoring.rules.numbers import NotExact, exact
from scoring.rules.ranking import DESC, Key, Row, rank
from scoring.rules.totals import AS_IT_IS, Bounds, Group, Leaf, Section, total

Case = Mapping[str, Any]


@dataclass(frozen=True)
class Mismatch:
    """A case that came to something else, or to nothing: `found` says what."""

    section: str
    name: str
    expected: str
    found: str


def check(cases: Mapping[str, Any]) -> Iterator[Mismatch]:
    """Every case that does not come to what it says."""
    for section, run in RUNNERS.items():
        for number, case in enumerate(cases.get(section, []), start=1):
            name = str(case.get("name", number)) if isinstance(case, Mapping) else str(number)
            try:
                expected, found = _shown(case["expect"]), _shown(run(case))
            except Faulty as error:
                expected, found = _shown(case["expect"]), str(error)
            except (ArithmeticError, AttributeError, InvalidOperation, KeyError, NotExact, TypeError, ValueError) as error:
                expected, found = "", f"{type(error).__name__}: {error}"
            if expected != found:
                yield Mismatch(section, name, expected, found)


def counted(cases: Mapping[str, Any]) -> dict[str, int]:
    """How many cases there are of each kind that the engine runs."""
    return {section: len(cases.get(section, [])) for section in RUNNERS}


def left_alone(cases: Mapping[str, Any]) -> list[str]:
    """Lists in the file that the engine does not run."""
    return sorted(name for name, value in cases.items() if isinstance(value, list) and name not in RUNNERS)


def _leaf(case: Case) -> str | None:
    outcome = score(read_rule(case["rule"]), Entry.of(case["value"]), [Entry.of(row) for row in case.get("cohort", [])])
    return None if outcome.points is None else f"{outcome.points:f}"


def _total(case: Case) -> str:
    groups = [_group(key, row, case["scores"]) for key, row in case["groups"].items()]
    rule = case["rule"]
    bounds = Bounds(
        not_assigned=rule.get("not_assigned", AS_IT_IS),
        scale=_number(rule, "scale"),
        floor=_number(rule, "total_floor"),
        cap=_number(rule, "total_cap"),
    )
    return f"{total(groups, bounds).points:f}"


def _group(key: str, row: Case, scores: list[list[str | None]]) -> Group:
    own = [(points, most) for group, points, most in scores if group == key]
    leaves = [Leaf(None if points is None else Decimal(points), exact(most)) for points, most in own]
    return Group(key, Section(row["kind"]), _number(row, "cap"), _number(row, "floor"), leaves)


def _rank(case: Case) -> dict[str, list[object]]:
    keys = [Key(name, direction) for name, direction in case.get("keys", [["total", DESC]])]
    rows = [
        Row(row["unit"], {key.name: Decimal(row[key.name]) for key in keys}, excluded=row.get("excluded", False))
        for row in case["rows"]
    ]
    places = rank(rows, keys, decided=case.get("decided", []))
    return {unit: [place.rank, place.tied] for unit, place in places.items()}


def _consolidate(case: Case) -> str | None:
    scores = [None if score is None else Decimal(score) for score in case["scores"]]
    value = consolidate(scores, case.get("method", MEDIAN), fewest=case.get("minimum", 1))
    return None if value is None else f"{value:f}"


def _number(row: Case, name: str) -> Fraction | None:
    return exact(row[name]) if name in row else None


def _shown(value: object) -> str:
    """What is compared: the same whatever order units stand in."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {value[key]}" for key in sorted(value))
    return str(value)


RUNNERS: dict[str, Callable[[Case], object]] = {"leaf": _leaf, "total": _total, "rank": _rank, "consolidate": _consolidate}
