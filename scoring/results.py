"""What a run was made of and what it came to, as plain values in one spelling: kept, hashed, published, printed. No database in here.

From the kept inputs and the set the same bytes come about again, whoever asks and whenever (`recompute`): that is how a published
result proves itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from scoring.computing import BlocResult, UnitResult, compute
from scoring.rules import ENGINE, Entry, Outcome, State
from scoring.rules.numbers import plain
from scoring.texts import CriteriaText


class OtherEngine(ValueError):
    """The inputs were computed by another engine, or for another set: nothing that is computed now would prove anything."""


@dataclass(frozen=True)
class Cell:
    """What stood in a cell, of which layer it was, where each fact comes from, and points by hand ("" for none)."""

    state: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    points: str = ""
    layer: str = ""
    sources: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, entry: Entry, layer: str = "", sources: Mapping[str, str] | None = None) -> Cell:
        """The cell as it is kept."""
        points = "" if entry.points is None else plain(entry.points)
        return cls(entry.state.value, entry.value, points, layer, sources or {})

    def entry(self) -> Entry:
        """The cell as the engine takes it."""
        return Entry(State(self.state), self.facts, Decimal(self.points) if self.points else None)


@dataclass(frozen=True)
class Inputs:
    """Everything that a run depends on besides the set itself, which its hash names."""

    engine: str
    criteria_sha256: str
    cells: Mapping[str, Mapping[str, Cell]]
    unranked: Sequence[str] = ()
    decided: Sequence[Sequence[str]] = ()

    def entries(self) -> dict[str, dict[str, Entry]]:
        """The cells as the engine takes them."""
        return {unit: {key: cell.entry() for key, cell in rows.items()} for unit, rows in self.cells.items()}

    def to_json(self) -> str:
        """One spelling, so that equal inputs have equal hashes."""
        return spelled(self)

    @property
    def sha256(self) -> str:
        return _hashed(self.to_json())


@dataclass(frozen=True)
class LeafPoints:
    """What a cell came to. `points` is "" where nothing counts; `is_open` where something is still to come.

    `effects` are what a disqualifier that happened does besides: "no_rank", "ceiling B", "zero_group I".
    """

    state: str
    points: str
    is_open: bool = False
    effects: Sequence[str] = ()


@dataclass(frozen=True)
class GroupPoints:
    """What a group came to, and out of how much as far as it was assigned."""

    points: str
    assigned: str


@dataclass(frozen=True)
class UnitStanding:
    """What a unit came to. Numbers are canonical decimals ("12.5"); sections are sums before they were scaled."""

    leaves: Mapping[str, LeafPoints]
    groups: Mapping[str, GroupPoints]
    sections: Mapping[str, str]
    total: str
    assigned: str
    grade: str
    rank: int | None
    tied: bool
    settled_by: str
    is_excluded: bool


@dataclass(frozen=True)
class Standings:
    """What a whole bloc came to, by unit."""

    engine: str
    criteria_sha256: str
    inputs_sha256: str
    is_provisional: bool
    units: Mapping[str, UnitStanding]

    @property
    def in_order(self) -> list[str]:
        """The units from first to last; those without a rank at the end.."""
        return sorted(self.units, key=lambda unit: (self.units[unit].rank is None, self.units[unit].rank or 0, unit))

    def to_json(self) -> str:
        """One spelling, so that equal results have equal hashes."""
        return spelled(self)

    @property
    def sha256(self) -> str:
        return _hashed(self.to_json())


def inputs_of(
    text: CriteriaText,
    cells: Mapping[str, Mapping[str, Cell]],
    *,
    unranked: Collection[str] = (),
    decided: Sequence[Sequence[str]] = (),
) -> Inputs:
    """The inputs of a run in their one spelling: an empty cell is the same as none, and order says nothing but in a decision."""
    filled = {unit: {key: cell for key, cell in rows.items() if cell.state != State.EMPTY} for unit, rows in cells.items()}
    return Inputs(ENGINE, text.sha256, filled, sorted(unranked), sorted(list(group) for group in decided))


def recompute(text: CriteriaText, inputs: Inputs) -> Standings:
    """The result of these inputs. Raises `OtherEngine`, and `Faulty` for a cell that cannot be read."""
    if inputs.engine != ENGINE or inputs.criteria_sha256 != text.sha256:
        raise OtherEngine(inputs.engine)
    result = compute(text, inputs.entries(), unranked=inputs.unranked, decided=inputs.decided)
    return standings_of(result, inputs)


def standings_of(result: BlocResult, inputs: Inputs) -> Standings:
    """The result of a run over these inputs as plain values."""
    units = {unit: _standing(found, inputs.cells[unit]) for unit, found in result.units.items()}
    return Standings(inputs.engine, inputs.criteria_sha256, inputs.sha256, result.is_provisional, units)


def reproduces(text: CriteriaText, inputs_json: str, standings_json: str) -> bool:
    """Whether the kept inputs come to the kept result again, byte for byte. Raises as `recompute` does."""
    inputs = inputs_from(json.loads(inputs_json))
    return inputs.to_json() == inputs_json and recompute(text, inputs).to_json() == standings_json


def inputs_from(data: Mapping[str, Any]) -> Inputs:
    """The inputs that `to_json` wrote."""
    cells = {unit: {key: Cell(**cell) for key, cell in rows.items()} for unit, rows in data["cells"].items()}
    return Inputs(**{**data, "cells": cells})


def standings_from(data: Mapping[str, Any]) -> Standings:
    """The result that `to_json` wrote."""
    return Standings(**{**data, "units": {unit: _standing_from(row) for unit, row in data["units"].items()}})


def spelled(given: object) -> str:
    """Plain values, or a dataclass of them, as JSON in one spelling."""
    return json.dumps(given, default=vars, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _standing(found: UnitResult, cells: Mapping[str, Cell]) -> UnitStanding:
    total = found.total
    return UnitStanding(
        leaves={key: _leaf(outcome, cells.get(key)) for key, outcome in found.outcomes.items()},
        groups={key: GroupPoints(plain(row.points), plain(row.assigned)) for key, row in total.groups.items()},
        sections={section.value: plain(points) for section, points in total.sections.items()},
        total=plain(total.points),
        assigned=plain(total.assigned),
        grade=found.grade.code if found.grade else "",
        rank=found.place.rank,
        tied=found.place.tied,
        settled_by=found.place.settled_by,
        is_excluded=found.is_excluded,
    )


def _leaf(outcome: Outcome, cell: Cell | None) -> LeafPoints:
    points = "" if outcome.points is None else plain(outcome.points)
    effects = [f"{effect.what} {effect.target}".strip() for effect in outcome.effects]
    return LeafPoints(cell.state if cell else State.EMPTY.value, points, outcome.is_open, effects)


def _standing_from(row: Mapping[str, Any]) -> UnitStanding:
    leaves = {key: LeafPoints(**leaf) for key, leaf in row["leaves"].items()}
    groups = {key: GroupPoints(**group) for key, group in row["groups"].items()}
    return UnitStanding(**{**row, "leaves": leaves, "groups": groups})
