"""One computation over a whole bloc: from the set and every unit's cells to points, totals, grades and ranks.

Pure: the same set and the same cells give the same result, in whatever order units and cells come. A run is provisional while a
cell is open, since one unit's correction may move the others (`leader_relative`).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from emulation.lib import garbage
from scoring.rules import EMPTY, Entry, Outcome, Rule, score, score_all
from scoring.rules.grades import Grade, grade_of
from scoring.rules.marks import CEILING, NO_RANK, ZERO_GROUP
from scoring.rules.numbers import exact, rounded
from scoring.rules.ranking import DESC, Key, Place, Row, rank
from scoring.rules.totals import Bounds, Group, Leaf, Section, Total, total
from scoring.texts import CriteriaText, Node, tree

Cells = Mapping[str, Entry]
Outcomes = Mapping[str, Outcome]


@dataclass(frozen=True)
class UnitResult:
    """What a unit came to: every leaf's outcome and every group's sum by the node's key."""

    outcomes: Outcomes
    total: Total
    grade: Grade | None
    place: Place
    is_excluded: bool

    @property
    def open_leaves(self) -> list[str]:
        """Keys of the leaves that are still to be filled in."""
        return [key for key, outcome in self.outcomes.items() if outcome.is_open]


@dataclass(frozen=True)
class BlocResult:
    """What the whole bloc came to, by unit."""

    units: Mapping[str, UnitResult]

    @property
    def is_provisional(self) -> bool:
        """Whether anything is still open; what a unit without a rank left open moves nobody."""
        return any(result.open_leaves for result in self.units.values() if not result.is_excluded)


def compute(
    text: CriteriaText,
    cells: Mapping[str, Cells],
    *,
    unranked: Collection[str] = (),
    decided: Sequence[Sequence[str]] = (),
) -> BlocResult:
    """Compute a checked set. `cells`: by unit and key of the leaf; a cell that is not there is empty.

    `unranked` are units that keep their points and get no rank (they have left the bloc). `decided` are recorded decisions on ties.
    Raises `Faulty` for a rule or a cell that cannot be read.
    """
    return Computation(text).run(cells, unranked=unranked, decided=decided)


@dataclass(frozen=True)
class Computation:
    """A set made ready to be computed several times: for one layer of sheets after the other.

    A cell that was computed once is not computed again, unless its rule couples units: layers share most of their cells.
    """

    text: CriteriaText
    _known: dict[object, Outcome] = field(default_factory=dict)

    def run(
        self, cells: Mapping[str, Cells], *, unranked: Collection[str] = (), decided: Sequence[Sequence[str]] = ()
    ) -> BlocResult:
        """The whole bloc once; see `compute`."""
        with garbage.put_off():
            return self.sum_up(self.outcomes(cells), unranked=unranked, decided=decided)

    def outcomes(self, cells: Mapping[str, Cells]) -> dict[str, dict[str, Outcome]]:
        """Every leaf for all units at once, since a rule may couple them."""
        units = sorted(cells)
        found: dict[str, dict[str, Outcome]] = {unit: {} for unit in units}
        for key, rule in self._rules.items():
            entries = [cells[unit].get(key, EMPTY) for unit in units]
            for unit, outcome in zip(units, self._scored(key, rule, entries), strict=True):
                found[unit][key] = outcome
        return found

    def sum_up(
        self, outcomes: Mapping[str, Outcomes], *, unranked: Collection[str] = (), decided: Sequence[Sequence[str]] = ()
    ) -> BlocResult:
        """Totals, grades and ranks out of what the leaves came to, by unit."""
        totals = {unit: self._total(outcomes[unit]) for unit in sorted(outcomes)}
        excluded = {unit for unit in totals if unit in unranked or _targets(outcomes[unit], NO_RANK)}
        places = self._places(totals, excluded, decided)
        return BlocResult(
            {
                unit: UnitResult(
                    outcomes[unit],
                    totals[unit],
                    grade_of(Fraction(totals[unit].points), self._grades, ceilings=_targets(outcomes[unit], CEILING)),
                    places[unit],
                    is_excluded=unit in excluded,
                )
                for unit in totals
            }
        )

    @cached_property
    def _rules(self) -> dict[str, Rule]:
        return {leaf.key: leaf.read_rule() for leaf in self.text.leaves}

    @cached_property
    def _tops(self) -> list[Node]:
        return tree(self.text.criteria)

    @cached_property
    def _codes(self) -> dict[str, str]:
        return {row.code: row.key for row in self.text.criteria if row.is_group}

    @cached_property
    def _most(self) -> dict[str, Fraction]:
        return {row.key: exact(row.max_points) for row in self.text.leaves}

    @cached_property
    def _grades(self) -> list[Grade]:
        return [Grade(code, name, exact(least) if least else None) for code, name, least in self.text.grades]

    def _scored(self, key: str, rule: Rule, entries: Sequence[Entry]) -> Sequence[Outcome]:
        if rule.couples:
            return score_all(rule, entries, places=self.text.places, exempt=self.text.exempt)
        found = []
        for entry in entries:
            same = key, entry.state, entry.points, repr(entry.value)
            if same not in self._known:
                self._known[same] = score(rule, entry, places=self.text.places, exempt=self.text.exempt)
            found.append(self._known[same])
        return found

    def _total(self, outcomes: Outcomes) -> Total:
        scale = exact(self.text.total_points)
        bounds = Bounds(
            not_assigned=self.text.not_assigned,
            scale=scale,
            floor=Fraction(0),
            cap=None if self.text.bonus_above_scale else scale,
            places=self.text.places,
        )
        voided = [self._codes[code] for code in _targets(outcomes, ZERO_GROUP) if code in self._codes]
        return total([self._group(top, Section(top.text.section), outcomes) for top in self._tops], bounds, voided=voided)

    def _group(self, node: Node, section: Section, outcomes: Outcomes) -> Group:
        row = node.text
        return Group(
            row.key,
            section,
            cap=exact(row.max_points) if row.is_capped else None,
            floor=exact(row.min_points) if row.min_points else None,
            leaves=[self._leaf(child.text.key, outcomes) for child in node.children if not child.text.is_group],
            groups=[self._group(child, section, outcomes) for child in node.children if child.text.is_group],
        )

    def _leaf(self, key: str, outcomes: Outcomes) -> Leaf:
        """A leaf that is open counts as 0 for now, and in the total: only what was not assigned leaves it."""
        outcome = outcomes[key]
        points = Decimal(0) if outcome.points is None and outcome.is_open else outcome.points
        return Leaf(points, self._most[key])

    def _places(
        self, totals: Mapping[str, Total], excluded: Collection[str], decided: Sequence[Sequence[str]]
    ) -> dict[str, Place]:
        keys = [Key("total", DESC), *(Key(name, direction) for name, direction in self.text.tie_keys)]
        rows = [Row(unit, self._values(found, keys), excluded=unit in excluded) for unit, found in totals.items()]
        return rank(rows, keys, decided=decided)

    def _values(self, found: Total, keys: Iterable[Key]) -> dict[str, Decimal]:
        """What is compared: sums before they were scaled, and what was taken off as a positive number."""
        values = {"total": found.points}
        for key in keys:
            kind, _colon, code = key.name.partition(":")
            if kind == "group":
                values[key.name] = rounded(found.groups[self._codes[code]].points, self.text.places)
            elif kind in (Section.BASE, Section.BONUS, Section.PENALTY):
                points = found.sections.get(Section(kind), Fraction(0))
                values[key.name] = rounded(-points if kind == Section.PENALTY else points, self.text.places)
        return values


def _targets(outcomes: Outcomes, what: str) -> list[str]:
    """Whom the effects of a kind hit: codes of grades or groups; for a lost rank one empty word for each."""
    return [effect.target for outcome in outcomes.values() for effect in outcome.effects if effect.what == what]
