"""The computation over a whole bloc as it is kept: its inputs and results in every layer, each in one spelling with its hash.

The same inputs give the same bytes, so they are run once; `broken` runs every stored one anew and compares.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from django.db import transaction

from emulation.lib import clock
from emulation.lib.verdict import enforce
from emulation.organisation.actors import Actor
from emulation.records.domain import audit
from emulation.records.events import Event
from scoring import campaign_policies as policies
from scoring import results
from scoring.domain import campaigns, layers, peers
from scoring.domain.layers import UnitSheets
from scoring.domain.reading import sealed_text
from scoring.enums import COUNTING, EntryState, Layer, Phase
from scoring.models import Campaign, CriteriaSet, Run, Sheet
from scoring.results import Cell, Inputs, Standings
from scoring.rules import ENGINE, Entry
from scoring.rules.ranking import Place, ties
from scoring.texts import CriteriaText

OFFICIAL = "official"
# From the lowest to what counts.
LAYERS = (*Layer.values, OFFICIAL)
# Every sheet that this phase waits for is in.
_COMPLETE = (Phase.RATIFY, Phase.PUBLISHED)

Cells = dict[str, dict[str, Entry]]


@dataclass(frozen=True)
class Result:
    """A stored run as it is read: each layer's standings are brought out of the bytes when they are asked for."""

    run: Run

    @cached_property
    def _data(self) -> Mapping[str, Mapping[str, object]]:
        return json.loads(self.run.result)  # type: ignore[no-any-return]  # as `_spelled` wrote it

    @property
    def names(self) -> list[str]:
        """The layers that there were, from the lowest to what counts."""
        return [name for name in LAYERS if name in self._data]

    @cached_property
    def official(self) -> Standings:
        """What counts."""
        return self.layer(OFFICIAL)

    def layer(self, name: str) -> Standings:
        """One layer's standings."""
        return results.standings_from(self._data[name])

    def totals(self, name: str) -> dict[str, Decimal]:
        """One layer's totals by unit, without bringing out the rest of it."""
        units = self._data[name]["units"]
        assert isinstance(units, Mapping)
        return {unit: Decimal(row["total"]) for unit, row in units.items()}

    @cached_property
    def text(self) -> CriteriaText:
        """The criteria that it was computed by."""
        return _text_of(self.run.campaign, self.official.criteria_sha256)


@transaction.atomic
def compute(campaign: Campaign, *, actor: Actor) -> Run:
    """Compute every layer of the bloc over what stands there now; the same inputs as last time make no other run. Raises `Refused`."""
    campaign = campaigns.lock(campaign)
    enforce(policies.may_compute(campaign, actor))
    return run(campaign, actor)


def run(campaign: Campaign, actor: Actor) -> Run:
    """The same for a verb that has locked the campaign and asked a question of its own."""
    text = sealed_text(campaign.criteria_set)
    found = inputs(campaign, text)
    spelled = _spelled({"complete": campaign.phase in _COMPLETE, "layers": found})
    digest = _sha256(spelled)
    last = latest(campaign)
    if last and last.inputs_sha256 == digest:
        return last
    result, is_provisional = _computed(text, spelled)
    row = Run.objects.create(
        campaign=campaign,
        number=last.number + 1 if last else 1,
        engine=ENGINE,
        inputs=spelled,
        inputs_sha256=digest,
        result=result,
        result_sha256=_sha256(result),
        is_provisional=is_provisional,
        at=clock.now(),
        label=actor.label[:300],
    )
    told = {"run": row.number, "inputs": digest, "result": row.result_sha256, "provisional": is_provisional}
    audit.log(Event.STANDINGS_COMPUTED, stream=campaign.stream, actor=actor, **told)
    return row


def latest(campaign: Campaign) -> Run | None:
    """The newest run."""
    return campaign.runs.order_by("-number").first()


def inputs(campaign: Campaign, text: CriteriaText) -> dict[str, Inputs]:
    """What every layer is computed from, by layer; a fixed number of queries."""
    units = [seat.unit_id for seat in campaign.bloc_year.ordered_seats]
    sheets = list(Sheet.objects.filter(campaign=campaign))
    found = layers.gather(sheets)
    known = layers.known_facts(campaign, found)
    keys = [leaf.key for leaf in text.leaves]
    cells = {
        layer: {
            str(unit): layers.readable(text, layers.cells(found.get(unit) or UnitSheets(unit), known, keys, upto=layer))
            for unit in units
        }
        for layer in COUNTING
    }
    made: dict[str, Cells] = {Layer.SELF: cells[Layer.SELF]}
    there = {sheet.layer for sheet in sheets}
    if Layer.CROSS in there:
        made[Layer.CROSS] = peers.crossed(text, cells[Layer.SELF], found, known)
    made |= {layer: cells[layer] for layer in (Layer.CONSOLIDATED, Layer.APPRAISED) if layer in there}
    made[OFFICIAL] = cells[Layer.APPRAISED]
    unranked = [str(row.unit_id) for row in campaign.withdrawals.all()]
    decided = decisions(campaign)

    def kept(unit: str, key: str, entry: Entry, layer: str) -> Cell:
        sources = {name: fact.source for name, fact in known.get((key, int(unit)), {}).items()}
        of = _layer_of(found.get(int(unit)), key) if layer == OFFICIAL else layer
        return Cell.of(entry, of, sources)

    return {
        layer: results.inputs_of(
            text,
            {unit: {key: kept(unit, key, entry, layer) for key, entry in rows.items()} for unit, rows in of_layer.items()},
            unranked=unranked,
            decided=decided if layer == OFFICIAL else (),
        )
        for layer, of_layer in made.items()
    }


def tied(row: Run) -> list[list[str]]:
    """The units that are equal on every key, best first, whatever was decided about them."""
    given = results.inputs_from(json.loads(row.inputs)["layers"][OFFICIAL])
    found = results.recompute(_text_of(row.campaign, given.criteria_sha256), replace(given, decided=[]))
    return shared_ranks(found)


def shared_ranks(standings: Standings) -> list[list[str]]:
    """The groups of units that share a rank, best first."""
    return ties({unit: Place(row.rank, row.tied) for unit, row in standings.units.items()})


def decisions(campaign: Campaign) -> list[list[str]]:
    """What the bloc decided about equal units, best first; of several about the same units the last."""
    found: dict[frozenset[str], list[str]] = {}
    for row in campaign.tie_decisions.order_by("pk"):
        order = [str(unit) for unit in row.units]
        found[frozenset(order)] = order
    return list(found.values())


def broken() -> Iterator[str]:
    """Every stored run that does not come about again from its inputs, byte for byte."""
    for row in Run.objects.select_related("campaign__criteria_set").order_by("pk").iterator(chunk_size=20):
        if (_sha256(row.inputs), _sha256(row.result)) != (row.inputs_sha256, row.result_sha256):
            yield f"run {row.campaign_id}/{row.number}: stored bytes do not have their hash"
            continue
        try:
            again, _provisional = _computed(None, row.inputs, row.campaign)
        except Exception as error:  # noqa: BLE001 - whatever was written into it, the others are still to be run
            yield f"run {row.campaign_id}/{row.number}: cannot be run again: {error!r}"
            continue
        if again != row.result:
            yield f"run {row.campaign_id}/{row.number}: the inputs do not give the stored result"


def _computed(text: CriteriaText | None, spelled: str, campaign: Campaign | None = None) -> tuple[str, bool]:
    """Results of inputs as they are kept, and whether they are provisional."""
    data = json.loads(spelled)
    found: dict[str, Standings] = {}
    for layer, row in data["layers"].items():
        given = results.inputs_from(row)
        if text is None:
            assert campaign is not None
            text = _text_of(campaign, given.criteria_sha256)
        found[layer] = results.recompute(text, given)
    official = found[OFFICIAL]
    return _spelled(found), not data["complete"] or official.is_provisional


def _text_of(campaign: Campaign, sha256: str) -> CriteriaText:
    """The criteria of this hash: those of the campaign, or those that it was scored by before it took over newer ones."""
    known = campaign.criteria_set
    if known.content_sha256 != sha256:
        known = CriteriaSet.objects.get(content_sha256=sha256, document=known.document_id, is_sealed=True)
    return sealed_text(known)


def _layer_of(unit: UnitSheets | None, key: str) -> str:
    """Of which layer the value is that counts."""
    for layer in COUNTING:
        entry = unit.of(layer).get(key) if unit else None
        if entry and entry.state not in (EntryState.EMPTY, EntryState.AGREED):
            return layer.value
    return Layer.SELF.value


def _spelled(given: object) -> str:
    return results.spelled(given)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
