"""Scores against the audit: what stands in the tables is what the audit, which is chained and sealed, last said of it.

A run that is computed anew proves that inputs and result belong together, not that they are the ones of that day; nor would a cell,
a state or a decision that somebody rewrote in the database show by itself. Every function yields one sentence for each break.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC
from decimal import Decimal
from typing import Any, TypeVar

from django.db import transaction

from emulation.records.events import Event
from emulation.records.models import AuditEntry
from scoring.domain import campaigns
from scoring.domain.sheets import lock_in_phase
from scoring.enums import EntryState, ExplanationState, Layer, Phase, SheetState, StandingState
from scoring.models import Campaign, EvidenceFile, Explanation, Sheet

Said = Sequence[tuple[str, Mapping[str, Any]]]
Row = TypeVar("Row", Campaign, Sheet)


def broken() -> Iterator[str]:
    """Every campaign and every sheet that is not what the audit says."""
    for campaign in Campaign.objects.order_by("pk").iterator():
        with transaction.atomic():
            yield from _without_stumbling(f"campaign {campaign.pk}", campaigns.lock(campaign), _campaign)
    for sheet in Sheet.objects.order_by("pk").iterator():
        with transaction.atomic():
            yield from _without_stumbling(f"sheet {sheet.pk}", lock_in_phase(sheet), _sheet)


def _without_stumbling(name: str, row: Row, check: Callable[[Row, Said], Iterator[str]]) -> list[str]:
    """A row so damaged that it cannot be checked is a break like any other, and does not hide those of the next."""
    try:
        said = AuditEntry.objects.filter(stream__key=row.stream).order_by("seq").values_list("event", "data")
        return [f"{name}: {break_}" for break_ in check(row, list(said))]
    except Exception as error:  # noqa: BLE001 - whatever was written into the row, the others are still to be checked
        return [f"{name}: it cannot be checked ({type(error).__name__}: {error})"]


def _campaign(row: Campaign, said: Said) -> Iterator[str]:
    if row.phase != _last_phase(said):
        yield f"it stands in {row.phase}, the audit says {_last_phase(said)}"
    if row.criteria_set.content_sha256 != _last_criteria(said):
        yield "it is scored by another criteria set than the audit says"
    known = row.runs.order_by("number").values_list("number", "inputs_sha256", "result_sha256", "is_provisional")
    if list(known) != _told(said, Event.STANDINGS_COMPUTED, "run", "inputs", "result", "provisional"):
        yield "its runs are not those of the audit"
    if _published(row) != _told(said, Event.STANDINGS_PUBLISHED, "snapshot", "run", "result", "reason", "published_at"):
        yield "its published standings are not those of the audit"
    decided = [(row.units, f"{row.decided_on:%Y-%m-%d}", row.reason) for row in row.tie_decisions.order_by("pk")]
    if decided != _told(said, Event.TIE_DECIDED, "units", "decided_on", "reason"):
        yield "its decisions on equal units are not those of the audit"
    left = [(gone.unit_id, f"{gone.since:%Y-%m-%d}", gone.reason) for gone in row.withdrawals.order_by("pk")]
    if left != _told(said, Event.UNIT_WITHDRAWN, "unit", "since", "reason"):
        yield "the units that left are not those of the audit"
    if list(row.recusals.order_by("pk").values_list("unit", "reason")) != _told(said, Event.SCORER_RECUSED, "unit", "reason"):
        yield "its recusals are not those of the audit"


def _published(row: Campaign) -> list[tuple[Any, ...]]:
    """What everybody may read: which result, when it came out, why it corrects the one before."""
    rows = row.snapshots.filter(state=StandingState.PUBLISHED).select_related("run").order_by("number")
    return [
        (
            published.number,
            published.run.number,
            published.run.result_sha256,
            published.reason,
            published.published_at.astimezone(UTC).isoformat() if published.published_at else "",
        )
        for published in rows
    ]


def _told(said: Said, event: Event, *names: str) -> list[tuple[Any, ...]]:
    """What the audit says of all acts of one kind, in their order."""
    return [tuple(data[name] for name in names) for kind, data in said if kind == event]


def _last_phase(said: Said) -> str:
    after: dict[str, str] = {Event.CAMPAIGN_OPENED: Phase.SELF, Event.STANDINGS_PUBLISHED: Phase.PUBLISHED}
    found = ""
    for kind, data in said:
        found = data["after"] if kind == Event.CAMPAIGN_MOVED else after.get(kind, found)
    return found


def _last_criteria(said: Said) -> str:
    found = ""
    for kind, data in said:
        if kind == Event.CAMPAIGN_OPENED:
            found = data["criteria"]
        elif kind == Event.CAMPAIGN_CHANGED and "criteria" in data:
            found = data["criteria"]["after"]
    return found


def _sheet(row: Sheet, said: Said) -> Iterator[str]:
    yield from _state(row, said)
    known = {str(entry.key): _value(entry.state, entry.value, entry.points, entry.reason) for entry in row.entries.all()}
    last: dict[str, Mapping[str, Any]] = {data["criterion"]: data for kind, data in said if kind == Event.SCORE_ENTERED}
    for key in sorted({*known, *last}):
        after = last[key]["after"] if key in last else None
        if after is None or known.get(key) != _value(after["state"], after["value"], after["points"], last[key]["reason"]):
            yield f"cell {key} does not hold what the audit says"
    there = EvidenceFile.objects.filter(sheet=row, removed_at=None).values_list("key", "name", "revision__sha256")
    if sorted((str(key), name, digest) for key, name, digest in there) != _files(said):
        yield "its files are not those of the audit"
    if row.layer == Layer.CONSOLIDATED and _explained(row) != _explanations(said):
        yield "the explanations about it are not those of the audit"


def _state(row: Sheet, said: Said) -> Iterator[str]:
    """The last of its acts gives the state; in a phase that nobody writes in it is locked whatever it was."""
    after: dict[str, SheetState] = {
        Event.SHEET_SUBMITTED: SheetState.SUBMITTED,
        Event.SHEET_RETURNED: SheetState.RETURNED,
        Event.SHEET_ACCEPTED: SheetState.ACCEPTED,
    }
    acts = [after[kind] for kind, _data in said if kind in after]
    wanted = acts[-1] if acts else SheetState.OPEN
    if row.state not in (SheetState.LOCKED, wanted):
        yield f"it is {row.state}, the audit says {wanted}"
    if bool(row.submitted_at) != (SheetState.SUBMITTED in acts):
        yield "whether it was ever handed in is not what the audit says"
    late = [data["late"] for kind, data in said if kind == Event.SHEET_SUBMITTED]
    if row.is_late != (late[-1] if late else False):
        yield "whether it came late is not what the audit says"
    reasons = [data["reason"] for kind, data in said if kind == Event.SHEET_RETURNED]
    if row.returned_because and row.returned_because != next(reversed(reasons), None):
        yield "why it was given back is not what the audit says"


def _value(state: str, value: Mapping[str, Any], points: Decimal | str | None, reason: str) -> tuple[Any, ...]:
    """A cell; an empty one has no reason that anybody reads, only why it was emptied."""
    kept = "" if state == EntryState.EMPTY else reason
    return state, dict(value), None if points is None else Decimal(points), kept


def _files(said: Said) -> list[tuple[str, str, str]]:
    """The files that were added and not taken off since."""
    found: list[tuple[str, str, str]] = []
    for kind, data in said:
        if kind == Event.EVIDENCE_CHANGED:
            found += [(data["criterion"], file["name"], file["sha256"]) for file in data.get("added", ())]
            if gone := data.get("removed"):
                found.remove((data["criterion"], gone["name"], gone["sha256"]))
    return sorted(found)


def _explained(row: Sheet) -> dict[str, tuple[str, str, str]]:
    rows = Explanation.objects.filter(campaign=row.campaign_id, unit=row.unit_id)
    return {str(told.key): (told.text, told.state, told.answer) for told in rows}


def _explanations(said: Said) -> dict[str, tuple[str, str, str]]:
    found: dict[str, tuple[str, str, str]] = {}
    for kind, data in said:
        if kind == Event.EXPLANATION_SENT:
            found[data["criterion"]] = (data["text"], ExplanationState.OPEN, "")
        elif kind == Event.EXPLANATION_ANSWERED:
            found[data["criterion"]] = (found[data["criterion"]][0], data["outcome"], data["answer"])
    return found
