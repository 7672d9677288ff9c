"""What results say beside each other: layers, groups, years, one unit against its bloc, and where points were lost.

Pure and exact; from results as they are kept (`scoring.results`). Whoever calls hands in only layers that the reader may see.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from scoring.results import Standings, UnitStanding
from scoring.rules.numbers import added, exact, plain
from scoring.texts import CriteriaText, CriterionText, Node, tree

SELF, OFFICIAL = "self", "official"


@dataclass(frozen=True)
class Range:
    """The fewest, the middle and the most of several points."""

    least: Decimal
    median: Decimal
    most: Decimal


@dataclass(frozen=True)
class UnitLayers:
    """One unit's total in each layer, and by how much its own was above the official one (below zero: below it)."""

    unit: str
    totals: Mapping[str, Decimal]
    gap: Decimal | None


@dataclass(frozen=True)
class NodeLayers:
    """One group or leaf of one unit in each layer; None where nothing counts. `depth` is that of the tree."""

    node: CriterionText
    depth: int
    points: Mapping[str, Decimal | None]

    @property
    def differs(self) -> bool:
        """Whether the layers do not all say the same."""
        return len(set(self.points.values())) > 1


@dataclass(frozen=True)
class GroupRow:
    """What every unit came to in a group, who leads in it, and how far the bloc spreads."""

    node: CriterionText
    depth: int
    most: Decimal
    points: Mapping[str, Decimal]
    leaders: Sequence[str]
    range: Range


@dataclass(frozen=True)
class Loss:
    """How many points the bloc lost in a leaf, and which units lost some, most first."""

    node: CriterionText
    points: Decimal
    units: Mapping[str, Decimal]


@dataclass(frozen=True)
class Comparison:
    """One unit in one group against its bloc."""

    group: GroupRow
    own: Decimal

    @property
    def is_best(self) -> bool:
        return self.own == self.group.range.most

    @property
    def from_median(self) -> Decimal:
        """By how much the unit is above the middle of the bloc (below zero: below it)."""
        return self.own - self.group.range.median


@dataclass(frozen=True)
class YearRow:
    """One unit last year and this year; `climbed` counts the places that it went up (below zero: down)."""

    unit: str
    before: Decimal | None
    now: Decimal | None
    rank_before: int | None
    rank_now: int | None

    @property
    def climbed(self) -> int | None:
        return None if self.rank_before is None or self.rank_now is None else self.rank_before - self.rank_now

    @property
    def gained(self) -> Decimal | None:
        return None if self.before is None or self.now is None else self.now - self.before


def layers_of_units(layers: Mapping[str, Standings]) -> list[UnitLayers]:
    """Every unit's total in each layer, in the order of the highest layer. `layers` go from the lowest to the highest."""
    highest = list(layers.values())[-1]
    return [_unit_layers(unit, layers) for unit in highest.in_order]


def layers_of_unit(text: CriteriaText, unit: str, layers: Mapping[str, Standings]) -> list[NodeLayers]:
    """One unit's groups and leaves in the order of the paper, with its points in each layer."""
    sheets = {name: found.units[unit] for name, found in layers.items() if unit in found.units}
    return [
        NodeLayers(node.text, node.depth, {name: points_of(sheet, node.text) for name, sheet in sheets.items()})
        for node in _walk(text)
    ]


def groups(text: CriteriaText, standings: Standings, *, deepest: int = 0) -> list[GroupRow]:
    """The groups down to a depth (0: only the top ones) that can give or take points, in the order of the paper."""
    if not standings.units:
        return []
    return [
        _group_row(node, standings)
        for node in _walk(text)
        if node.text.is_group and node.depth <= deepest and _gives_points(node)
    ]


def lost(text: CriteriaText, standings: Standings, *, most: int = 10) -> list[Loss]:
    """The leaves in which the bloc lost the most points. What is still open, not assigned or only a bonus is no loss."""
    found = [
        _loss(node.text, standings) for top in tree(text.criteria) if _can_lose(top) for node in top.walk() if _is_leaf(node)
    ]
    losses = sorted((row for row in found if row.points), key=lambda row: -row.points)
    return losses[:most]


def against_bloc(text: CriteriaText, standings: Standings, unit: str, *, deepest: int = 0) -> list[Comparison]:
    """One unit against the fewest, the middle and the most of its bloc, group by group."""
    return [Comparison(row, row.points[unit]) for row in groups(text, standings, deepest=deepest)]


def years(before: Standings | None, now: Standings) -> list[YearRow]:
    """Every unit of this year beside its last year, in this year's order; then who is no longer in the bloc."""
    old = before.units if before else {}
    gone = [unit for unit in before.in_order if unit not in now.units] if before else []
    return [_year_row(unit, old.get(unit), now.units.get(unit)) for unit in [*now.in_order, *gone]]


def range_of(points: Sequence[Decimal]) -> Range:
    """The fewest, the exact middle and the most. Raises `ValueError` for no points at all."""
    if not points:
        raise ValueError("no points")
    row = sorted(points)
    middle = added(row[(len(row) - 1) // 2 : len(row) // 2 + 1]) / (2 - len(row) % 2)
    return Range(row[0], _decimal(middle), row[-1])


def points_of(sheet: UnitStanding, row: CriterionText) -> Decimal | None:
    """What a unit got in a group or leaf; None where nothing counts."""
    found = sheet.groups[row.key].points if row.is_group else sheet.leaves[row.key].points
    return Decimal(found) if found else None


def _walk(text: CriteriaText) -> list[Node]:
    return [node for top in tree(text.criteria) for node in top.walk()]


def _unit_layers(unit: str, layers: Mapping[str, Standings]) -> UnitLayers:
    totals = {name: Decimal(found.units[unit].total) for name, found in layers.items() if unit in found.units}
    gap = totals[SELF] - totals[OFFICIAL] if SELF in totals and OFFICIAL in totals else None
    return UnitLayers(unit, totals, gap)


def _group_row(node: Node, standings: Standings) -> GroupRow:
    key = node.text.key
    points = {unit: Decimal(standings.units[unit].groups[key].points) for unit in standings.in_order}
    spread = range_of(list(points.values()))
    leaders = [unit for unit, value in points.items() if value == spread.most] if spread.least < spread.most else []
    return GroupRow(node.text, node.depth, node.most, points, leaders, spread)


def _loss(leaf: CriterionText, standings: Standings) -> Loss:
    most = max(exact(leaf.max_points), Fraction(0))
    missed = {}
    for unit, sheet in standings.units.items():
        cell = sheet.leaves[leaf.key]
        if cell.points and not cell.is_open and (short := most - exact(cell.points)) > 0:
            missed[unit] = _decimal(short)
    units = dict(sorted(missed.items(), key=lambda row: (-row[1], row[0])))
    return Loss(leaf, _decimal(added(missed.values())), units)


def _can_lose(top: Node) -> bool:
    return top.text.section in ("base", "penalty")


def _is_leaf(node: Node) -> bool:
    return not node.text.is_group and _counts(node.text)


def _counts(leaf: CriterionText) -> bool:
    return leaf.rule_type not in ("info", "disqualifier")


def _gives_points(node: Node) -> bool:
    return any(_is_leaf(inner) for inner in node.walk())


def _year_row(unit: str, old: UnitStanding | None, new: UnitStanding | None) -> YearRow:
    return YearRow(
        unit,
        Decimal(old.total) if old else None,
        Decimal(new.total) if new else None,
        old.rank if old else None,
        new.rank if new else None,
    )


def _decimal(value: Fraction) -> Decimal:
    return Decimal(plain(value))
