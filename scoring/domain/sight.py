"""The points of one unit as one actor may see them: layer beside layer, out of the sheets that he may read and of no others.

A rule that measures units by the best of their bloc is computed with the cells in sight. Until every unit's own sheet is in sight
and handed in, its points are provisional, and whoever sees them learns nothing of the units that he may not see.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from django.db.models import Q

from emulation.lib import garbage
from emulation.organisation.actors import Actor
from emulation.records.domain.joining import beside
from scoring.computing import Computation, UnitResult
from scoring.domain import layers
from scoring.domain.facts import Fact, Known
from scoring.domain.layers import Cells, UnitSheets
from scoring.domain.reading import sealed_text
from scoring.enums import COUNTING, EntryState, Layer, Phase, SheetState
from scoring.models import CriteriaSet, Entry, Sheet
from scoring.models.sheets import SUBMITTED
from scoring.peers import advice
from scoring.rules import EMPTY, Faulty, Outcome, Rule, score
from scoring.rules import Entry as Cell
from scoring.texts import CriteriaText

SAID_NOTHING = (EntryState.EMPTY, EntryState.AGREED)
Cohort = Mapping[str, Sequence[Cell]]


@dataclass(frozen=True)
class Opinion:
    """What a peer who handed in sees otherwise in one criterion."""

    scorer_id: int
    entry: Entry
    points: Decimal | None


@dataclass(frozen=True)
class Sight:
    """A sheet with everything about its unit that the actor may see. `results`: by layer, as far as layers are in sight."""

    sheet: Sheet
    text: CriteriaText
    unit: UnitSheets
    known: Known
    results: Mapping[str, UnitResult]
    cells: Mapping[str, Cells]
    cohort: Cohort
    visible: Sequence[Sheet]

    @property
    def own(self) -> Mapping[str, Entry]:
        """The entries of the sheet itself."""
        return self.unit.entries.get(self.sheet.pk, {})

    @property
    def result(self) -> UnitResult:
        """What the unit comes to by this sheet."""
        return self.results[self.sheet.layer]

    @property
    def below(self) -> str:
        """The layer that this sheet looks at: the highest one in sight under its own; "" for a unit's own sheet."""
        at = COUNTING.index(Layer.SELF if self.sheet.layer == Layer.CROSS else Layer(self.sheet.layer))
        lower = COUNTING[at + 1 :] if self.sheet.layer != Layer.CROSS else (Layer.SELF,)
        return next((layer for layer in lower if layer in self.results), "")

    def facts_of(self, key: str) -> Mapping[str, Fact]:
        """What is known of the unit for a criterion without anybody typing it."""
        return self.known.get((key, self.sheet.unit_id), {})

    def is_provisional(self, key: str) -> bool:
        """Whether the points of this criterion depend on units that are not in sight yet."""
        return rules(self.sheet.campaign.criteria_set)[key].couples and self.is_partial

    @cached_property
    def is_partial(self) -> bool:
        """Whether some unit's own sheet is out of sight or not handed in; one query after the first phase."""
        if self.sheet.campaign.phase == Phase.SELF:
            return True
        known = [row.pk for row in self.visible if row.layer == Layer.SELF and row.state in SUBMITTED]
        own = Sheet.objects.filter(campaign=self.sheet.campaign_id, layer=Layer.SELF).exclude(pk__in=known)
        return own.exclude(unit__in=self.sheet.campaign.withdrawals.values("unit")).exists()

    def opinions(self, key: str) -> list[Opinion]:
        """What peers see otherwise, each with the points that it would come to."""
        found = []
        for scorer_id, sheet in self.unit.peers.items():
            entry = self.unit.of_peer(scorer_id).get(key)
            if entry and entry.state not in SAID_NOTHING and _has_spoken(sheet):
                found.append(Opinion(scorer_id, entry, self._peer_points(key, entry)))
        return found

    def advice(self, key: str) -> Decimal | None:
        """The points of all peers who handed in as one, as the set says; who agrees gives what the unit gave itself."""
        own = self.results[Layer.SELF].outcomes[key].points if Layer.SELF in self.results else None
        otherwise = {opinion.scorer_id: opinion.points for opinion in self.opinions(key)}
        given = [otherwise.get(peer, own) for peer, sheet in self.unit.peers.items() if _has_spoken(sheet)]
        return advice(self.text, rules(self.sheet.campaign.criteria_set)[key], given)

    def _peer_points(self, key: str, entry: Entry) -> Decimal | None:
        rule = rules(self.sheet.campaign.criteria_set)[key]
        cell = _over(self.unit, key, entry, self.facts_of(key))
        return _scored(self.text, rule, cell, self.cohort.get(key, ())).points


@dataclass(frozen=True)
class Seen:
    """What was read from the database, before any points are computed."""

    sheet: Sheet
    unit: UnitSheets
    others: Sequence[UnitSheets]
    known: Known
    visible: Sequence[Sheet]

    def facts_of(self, key: str) -> Mapping[str, Fact]:
        """What is known of the unit for a criterion without anybody typing it."""
        return self.known.get((key, self.sheet.unit_id), {})

    def put(self, entry: Entry) -> None:
        """Take in what was saved since."""
        self.unit.entries.setdefault(self.sheet.pk, {})[str(entry.key)] = entry

    def sight(self, only: Iterable[str] = ()) -> Sight:
        """Compute every layer in sight, or `only` these."""
        criteria_set, sheet = self.sheet.campaign.criteria_set, self.sheet
        coupled = coupled_keys(criteria_set)
        shown = [layer for layer in (*reversed(COUNTING), Layer.CROSS) if layer in (*self.unit.sheets, sheet.layer)]
        results, cells = {}, {}
        cohort: dict[str, list[Cell]] = {}
        with garbage.put_off():
            for layer in [layer for layer in shown if not only or layer in only]:
                upto = Layer.SELF if layer == Layer.CROSS else layer
                found = [layers.cells(other, self.known, coupled, upto=upto) for other in self.others]
                cohort = {key: [row[key] for row in found if key in row] for key in coupled}
                cells[layer.value] = _cells(self, rules(criteria_set), layer)
                results[layer.value] = _result(sheet, cells[layer.value], cohort)
        return Sight(sheet, sealed_text(criteria_set), self.unit, self.known, results, cells, cohort, self.visible)


def look(sheet: Sheet, actor: Actor) -> Sight:
    """Everything of the sheet's unit that the actor may see; four queries."""
    return see(sheet, actor).sight()


def see(sheet: Sheet, actor: Actor) -> Seen:
    """Read what the sheets in sight hold: of the sheet's own unit all, of the others what its points are measured by."""
    visible = list(Sheet.objects.visible_to(actor).filter(campaign=sheet.campaign_id))
    return _seen(sheet, visible, layers.gather(visible, _wanted(sheet)))


def glance(sheet: Sheet, actor: Actor) -> Seen:
    """The same with one query less, for a cell that is saved: a row for each entry, and one for a sheet that says nothing.

    Those are needed too: a unit whose figures come from its report may have entered none itself.
    """
    wanted = Q(unit=sheet.unit_id) | Q(entries__key__in=coupled_keys(sheet.campaign.criteria_set))
    rows = beside(Sheet.objects.visible_to(actor).filter(campaign=sheet.campaign_id), "entries", Entry, wanted)
    found = {row.pk: row for row, _entry in rows} | {sheet.pk: sheet}
    entries = [entry for _row, entry in rows if entry]
    return _seen(sheet, list(found.values()), layers.arrange(found.values(), entries))


def _wanted(sheet: Sheet) -> Q:
    return Q(sheet__unit=sheet.unit_id) | Q(key__in=coupled_keys(sheet.campaign.criteria_set))


def _seen(sheet: Sheet, visible: Sequence[Sheet], units: Mapping[int, UnitSheets]) -> Seen:
    known = layers.known_facts(sheet.campaign, units)
    others = [found for unit_id, found in units.items() if unit_id != sheet.unit_id]
    return Seen(sheet, units[sheet.unit_id], others, known, visible)


@lru_cache(maxsize=64)
def _rules(pk: int, sha256: str) -> dict[str, Rule]:
    return {leaf.key: leaf.read_rule() for leaf in sealed_text(CriteriaSet(pk=pk, content_sha256=sha256)).leaves}


@lru_cache(maxsize=64)
def _sums(pk: int, sha256: str) -> Computation:
    """Only used to sum up, which keeps nothing of what it is given."""
    return Computation(sealed_text(CriteriaSet(pk=pk, content_sha256=sha256)))


def rules(criteria_set: CriteriaSet) -> Mapping[str, Rule]:
    """The rules of an adopted set by the keys of its leaves, read once for each process."""
    return _rules(criteria_set.pk, criteria_set.content_sha256)


def _has_spoken(sheet: Sheet) -> bool:
    """Whether a peer has handed in: what was locked half filled in does not count."""
    return sheet.submitted_at is not None and sheet.state != SheetState.RETURNED


def coupled_keys(criteria_set: CriteriaSet) -> set[str]:
    """The criteria in which one unit's points depend on the others."""
    return {key for key, rule in rules(criteria_set).items() if rule.couples}


def _cells(seen: Seen, keys: Iterable[str], layer: Layer) -> Cells:
    if layer != Layer.CROSS:
        return layers.cells(seen.unit, seen.known, keys, upto=layer)
    found = layers.cells(seen.unit, seen.known, keys, upto=Layer.SELF)
    for key, entry in seen.unit.entries.get(seen.sheet.pk, {}).items():
        if entry.state not in SAID_NOTHING:
            found[key] = _over(seen.unit, key, entry, seen.facts_of(key))
    return found


def _over(unit: UnitSheets, key: str, entry: Entry, known: Mapping[str, Fact]) -> Cell:
    """A peer's entry over what the unit entered itself."""
    own = unit.of(Layer.SELF).get(key)
    typed: Mapping[str, Any] = entry.value or (own.value if own and entry.points is not None else {})
    return layers.as_cell(entry, typed, known)


def _result(sheet: Sheet, cells: Cells, cohort: Cohort) -> UnitResult:
    criteria_set, name = sheet.campaign.criteria_set, str(sheet.unit_id)
    text = sealed_text(criteria_set)
    outcomes = {key: _scored(text, rule, cells.get(key, EMPTY), cohort.get(key, ())) for key, rule in rules(criteria_set).items()}
    summed = _sums(criteria_set.pk, criteria_set.content_sha256).sum_up({name: outcomes}).units[name]
    return replace(summed, outcomes=outcomes)


def _scored(text: CriteriaText, rule: Rule, cell: Cell, cohort: Sequence[Cell]) -> Outcome:
    """A cell whose facts are no longer complete, as when the covenant behind them ended, counts as empty."""
    try:
        return score(rule, cell, cohort, places=text.places, exempt=text.exempt)
    except Faulty:
        return score(rule, EMPTY, cohort, places=text.places, exempt=text.exempt)
