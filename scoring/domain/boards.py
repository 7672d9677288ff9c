"""What the standings page shows of a stored run: layers, groups, one unit against its bloc, years. Pure but for names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blocs.models import Seat
from scoring import analysis
from scoring.domain.runs import OFFICIAL, Result
from scoring.enums import Layer
from scoring.results import UnitStanding
from scoring.rules.numbers import rounded, written
from scoring.rules.ranking import DECISION
from scoring.texts import CriteriaText

# A gap between what a unit gave itself and the official points is marked from twice the bloc's middle gap.
MARKED_GAP = 2


@dataclass(frozen=True)
class Row:
    """A unit's line: rank, what settled a tie, totals by layer, by how much it had given itself more, grade, against last year."""

    seat: Seat
    found: UnitStanding
    tie: str
    totals: Sequence[str]
    official: str
    gap: str
    is_wide: bool
    grade: str
    change: str
    climbed: int | None
    is_mine: bool


def rows(result: Result, seats: Sequence[Seat], before: Result | None, own_unit: int | None) -> list[Row]:
    """A line for each unit, by rank; equals in the order of their seats."""
    official, shown = result.official, [name for name in result.names if name != OFFICIAL]
    totals = {name: result.totals(name) for name in shown}
    of_seat = {str(seat.unit_id): (place, seat) for place, seat in enumerate(seats)}
    gaps = {unit: totals[Layer.SELF][unit] - Decimal(row.total) for unit, row in official.units.items()}
    middle = analysis.range_of(list(gaps.values())).median if gaps else Decimal(0)
    climbed = {row.unit: row.climbed for row in analysis.years(before.official, official)} if before else {}
    order = sorted(
        (unit for unit in official.units if unit in of_seat),
        key=lambda unit: (official.units[unit].rank is None, official.units[unit].rank or 0, of_seat[unit][0]),
    )
    return [
        Row(
            seat=of_seat[unit][1],
            found=official.units[unit],
            tie=tie_words(result.text, official.units[unit]),
            totals=[fixed(totals[name][unit]) for name in shown],
            official=fixed(Decimal(official.units[unit].total)),
            gap=fixed(gaps[unit]),
            is_wide=middle > 0 and gaps[unit] >= MARKED_GAP * middle,
            grade=grade_name(result.text, official.units[unit].grade),
            change=change_words(climbed.get(unit)),
            climbed=climbed.get(unit),
            is_mine=of_seat[unit][1].unit_id == own_unit,
        )
        for unit in order
    ]


def fixed(points: Decimal) -> str:
    """Points in a column: always two decimals, so that the commas stand below each other."""
    return formats.number_format(rounded(Fraction(points), 2), 2, use_l10n=True, force_grouping=True).replace("-", "−")


def tie_words(text: CriteriaText, found: UnitStanding) -> str:
    """Why a unit stands where it does among units with the same total."""
    if found.tied:
        return _("bằng điểm, chờ khối quyết định")
    if not found.settled_by:
        return ""
    if found.settled_by == DECISION:
        return _("bằng điểm, khối đã quyết định")
    kind, _colon, code = found.settled_by.partition(":")
    if kind == "group":
        key = next((row.key for row in text.criteria if row.is_group and row.code == code), "")
        said = {"code": code, "points": fixed(Decimal(found.groups[key].points)) if key else ""}
        return _("bằng điểm, xét nhóm %(code)s: %(points)s") % said
    label = {"base": _("điểm chính"), "bonus": _("điểm thưởng"), "penalty": _("điểm trừ")}[kind]
    points = fixed(Decimal(found.sections.get(kind, "0")))
    return _("bằng điểm, xét %(what)s: %(points)s") % {"what": label, "points": points}


def grade_name(text: CriteriaText, code: str) -> str:
    """The grade in words; "" for none."""
    return next((name for own, name, _least in text.grades if own == code), "")


def change_words(climbed: int | None) -> str:
    """How many places up or down since last year; "" without last year."""
    if climbed is None:
        return ""
    if climbed == 0:
        return _("giữ nguyên")
    if climbed > 0:
        return ngettext("lên %(n)d bậc", "lên %(n)d bậc", climbed) % {"n": climbed}
    return ngettext("xuống %(n)d bậc", "xuống %(n)d bậc", -climbed) % {"n": -climbed}


def gap_chart(rows_shown: Sequence[Row]) -> dict[str, Any]:
    """Both ends of each unit's line: official and own points, in the table's order."""
    return {
        "kind": "gaps",
        "labels": [row.seat.unit.short_name for row in rows_shown],
        "own": [row.totals[0] for row in rows_shown],
        "official": [row.official for row in rows_shown],
        "gaps": [row.gap for row in rows_shown],
        "mine": [row.is_mine for row in rows_shown],
        "words": {"own": _("Tự chấm"), "official": _("Điểm chính thức")},
    }


def losses(result: Result, units: int, most: int = 10) -> list[dict[str, Any]]:
    """Where the bloc lost the most points: code, name, how many units of how many, how much."""
    return [
        {
            "key": row.node.key,
            "code": row.node.code,
            "name": row.node.name,
            "of": _("%(n)d/%(total)d đơn vị") % {"n": len(row.units), "total": units},
            "points": f"−{fixed(row.points)}",
        }
        for row in analysis.lost(result.text, result.official, most=most)
    ]


def groups(result: Result, seats: Sequence[Seat]) -> dict[str, Any]:
    """Groups down to the second level by unit, who leads, and how far the bloc spreads."""
    found = analysis.groups(result.text, result.official, deepest=1)
    units = [str(seat.unit_id) for seat in seats if str(seat.unit_id) in result.official.units]
    names = {str(seat.unit_id): seat.unit.short_name for seat in seats}
    lines = [
        {
            "code": row.node.code,
            "name": row.node.name,
            "depth": row.depth,
            "most": written(row.most),
            "cells": [(fixed(row.points[unit]), unit in row.leaders) for unit in units],
            "leaders": ", ".join(names[unit] for unit in row.leaders if unit in names),
        }
        for row in found
    ]
    tops = [row for row in found if row.depth == 0]
    chart = {
        "kind": "groups",
        "labels": [names[unit] for unit in units],
        "series": [
            {"label": row.node.code or row.node.name, "points": [str(row.points[unit]) for unit in units]} for row in tops
        ],
    }
    return {"units": [names[unit] for unit in units], "lines": lines, "chart": chart}


def against(result: Result, unit: str) -> dict[str, Any]:
    """One unit in each group against the fewest, the middle and the most of its bloc."""
    found = analysis.against_bloc(result.text, result.official, unit, deepest=1)
    lines = [
        {
            "code": row.group.node.code,
            "name": row.group.node.name,
            "depth": row.group.depth,
            "least": fixed(row.group.range.least),
            "median": fixed(row.group.range.median),
            "most": fixed(row.group.range.most),
            "own": fixed(row.own),
            "from_median": f"{'+' if row.from_median > 0 else ''}{fixed(row.from_median)}",
            "is_best": row.is_best,
        }
        for row in found
    ]
    parents = {row.group.node.parent for row in found}
    bars = [row for row in found if row.group.most and row.group.node.key not in parents]
    chart = {
        "kind": "ranges",
        "labels": [row.group.node.code or row.group.node.name for row in bars],
        "least": [_share(row.group.range.least, row.group.most) for row in bars],
        "median": [_share(row.group.range.median, row.group.most) for row in bars],
        "most": [_share(row.group.range.most, row.group.most) for row in bars],
        "own": [_share(row.own, row.group.most) for row in bars],
        "words": {
            "range": _("Thấp nhất đến cao nhất của khối"), "median": _("Trung vị của khối"), "own": _("Đơn vị"),
        },
    }  # fmt: skip
    return {"lines": lines, "chart": chart}


def _share(points: Decimal, most: Decimal) -> str:
    """Points as hundredths of what the group can give, so that large and small groups stand in one picture."""
    return str((points * 100 / most).quantize(Decimal("0.1")))


def years(results_by_year: Mapping[int, Result], seats: Sequence[Seat]) -> dict[str, Any]:
    """Total and rank of each of this year's units in the years that are published, oldest first."""
    numbers = sorted(results_by_year)
    last = results_by_year[numbers[-1]].official.units if numbers else {}
    ordered = sorted(seats, key=lambda seat: _rank(last, seat) or 10_000)
    lines: list[tuple[Seat, list[tuple[str, int | None]]]] = []
    for seat in ordered:
        sheets = [results_by_year[year].official.units.get(str(seat.unit_id)) for year in numbers]
        lines.append((seat, [(fixed(Decimal(sheet.total)), sheet.rank) if sheet else ("", None) for sheet in sheets]))
    chart = {
        "kind": "years",
        "labels": [str(year) for year in numbers],
        "series": [{"label": seat.unit.short_name, "ranks": [rank for _points, rank in cells]} for seat, cells in lines],
        "words": {"rank": _("Hạng")},
    }
    return {"years": numbers, "lines": lines, "chart": chart}


def _rank(units: Mapping[str, UnitStanding], seat: Seat) -> int | None:
    found = units.get(str(seat.unit_id))
    return found.rank if found else None
