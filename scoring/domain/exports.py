"""Ask for a file of results: a bloc's from a stored run, a unit's own sheet from what may be read of it. A worker makes it.

Who asks gets what he may see at this moment and nothing else: it is settled here, row by row, and asked again when he fetches the file.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from emulation.lib import clock
from emulation.lib.verdict import ALLOWED, Refused, Verdict, enforce, refuse
from emulation.orders.domain import orders
from emulation.organisation.actors import Actor
from emulation.organisation.models import Unit
from emulation.records.domain import audit
from emulation.records.events import Event
from emulation.records.models import AuditEntry
from scoring import campaign_policies as policies
from scoring import results
from scoring.domain import campaigns, layers
from scoring.domain.exporting import make_export
from scoring.domain.reading import sealed_text
from scoring.enums import COUNTING, EntryState, ExportKind, Layer, Phase, StandingState
from scoring.models import Campaign, Entry, Export, Run, Sheet, Snapshot
from scoring.results import Cell, Inputs


@dataclass(frozen=True)
class Source:
    """A stored run that the actor may see: the one of a published snapshot, or the newest one on the way to it."""

    run: Run
    snapshot: Snapshot | None = None


@dataclass(frozen=True)
class Order:
    """What is to be made, and out of what."""

    kind: str
    unit_id: int | None
    source: Source | None
    given: dict[str, Any] = field(default_factory=dict)


def sources(campaign: Campaign, actor: Actor) -> list[Source]:
    """The results that the actor may see now, newest first: what is being prepared, what is published."""
    found, known = [], Run.objects.defer("inputs", "result")
    if campaign.phase != Phase.PUBLISHED and policies.may_see_running(campaign, actor):
        found += [Source(run) for run in known.filter(campaign=campaign).order_by("-number")[:1]]
    published = [row for row in campaign.snapshots.all() if row.state == StandingState.PUBLISHED]
    if published:
        newest = max(published, key=lambda row: row.number)
        found.append(Source(known.get(pk=newest.run_id), newest))
    return found


@transaction.atomic
def ask(campaign: Campaign, *, actor: Actor, kind: str, unit: int | None = None, number: int | None = None) -> Export:
    """Have a file made, or give back the same one asked for before. `number`: of that published snapshot, else of what is newest.

    Raises `Refused`.
    """
    campaign = campaigns.lock(campaign)
    orders.sweep()
    order = _order(campaign, actor, ExportKind(kind), unit, number)
    made_of = _name(campaign, order)
    if known := orders.known(Export.objects.all(), made_of, actor):
        return known
    row = _start(campaign, order, made_of, actor)
    told = {"kind": row.kind, "unit": row.unit_id, "run": row.run and row.run.number}
    audit.log(Event.RESULTS_EXPORTED, stream=campaign.stream, actor=actor, **told)
    return row


def may_fetch(row: Export, actor: Actor) -> Verdict:
    """Whether the actor may still see what the file was made of: a campaign that went back a phase hides it again."""
    campaign = row.campaign
    if not Campaign.objects.visible_to(actor).filter(pk=campaign.pk).exists():
        return refuse(_("Đồng chí không còn được xem đợt chấm điểm này."))
    if row.snapshot:
        return ALLOWED
    needed = set(row.given.get("sheets", ()))
    if needed - set(Sheet.objects.visible_to(actor).filter(campaign=campaign).values_list("pk", flat=True)):
        return refuse(_("Đồng chí không còn được xem bảng chấm điểm mà tệp này lấy số liệu."))
    return policies.may_see_running(campaign, actor) if row.run else ALLOWED


def _start(campaign: Campaign, order: Order, made_of: str, actor: Actor) -> Export:
    row = Export(
        campaign=campaign,
        kind=order.kind,
        unit_id=order.unit_id,
        run=order.source.run if order.source else None,
        snapshot=order.source.snapshot if order.source else None,
        given=order.given,
        made_of=made_of,
        asker=actor.user,
        asked_in=actor.unit,
        asked_at=clock.now(),
    )
    orders.begin(row, make_export)
    return row


def _order(campaign: Campaign, actor: Actor, kind: ExportKind, unit: int | None, number: int | None) -> Order:
    if kind == ExportKind.UNIT:
        return _order_of_unit(campaign, actor, unit, number)
    source = _source(campaign, actor, number)
    if source is None:
        enforce(policies.may_see_results(campaign, actor))
        raise Refused(refuse(_("Khối chưa tính điểm lần nào nên chưa có kết quả để xuất.")))
    return Order(kind, None, source)


def _source(campaign: Campaign, actor: Actor, number: int | None) -> Source | None:
    if number is None:
        return next(iter(sources(campaign, actor)), None)
    snapshot = campaign.snapshots.filter(number=number, state=StandingState.PUBLISHED).first()
    return Source(Run.objects.defer("inputs", "result").get(pk=snapshot.run_id), snapshot) if snapshot else None


def _order_of_unit(campaign: Campaign, actor: Actor, unit: int | None, number: int | None) -> Order:
    visible = list(Sheet.objects.visible_to(actor).filter(campaign=campaign).order_by("pk"))
    own = [sheet for sheet in visible if sheet.unit_id == unit]
    shown = [layer.value for layer in Layer if any(sheet.layer == layer for sheet in own)]
    if unit is None or not set(shown) & set(COUNTING):
        raise Refused(refuse(_("Đồng chí chưa được xem bảng chấm điểm của đơn vị này.")))
    source = _source(campaign, actor, number)
    given: dict[str, Any] = {"layers": shown, "reasons": _reasons(own, source), "sheets": [sheet.pk for sheet in own]}
    if source is None:
        given["layers"] = [layer for layer in shown if layer != Layer.CROSS]
        visible = [sheet for sheet in visible if sheet.layer != Layer.CROSS]
        given["inputs"] = json.loads(results.spelled(_inputs(campaign, visible, unit, given["layers"])))
        given["sheets"] = [sheet.pk for sheet in visible]
    return Order(ExportKind.UNIT, unit, source, given)


def _reasons(sheets: Sequence[Sheet], source: Source | None) -> list[list[str]]:
    """Criterion, layer and why a layer says otherwise: as it stands now, or as it stood when what is exported was published."""
    wanted = [sheet for sheet in sheets if sheet.layer in COUNTING]
    published = source.snapshot.published_at if source and source.snapshot else None
    found = _reasons_at(wanted, published) if published else _reasons_now(wanted)
    return sorted(found, key=lambda row: (row[0], Layer.values.index(row[1])))


def _reasons_now(sheets: Sequence[Sheet]) -> list[list[str]]:
    rows = Entry.objects.filter(sheet__in=sheets).exclude(reason="").exclude(state=EntryState.EMPTY).order_by("pk")
    return [[str(row.key), row.sheet.layer, row.reason] for row in rows.select_related("sheet")]


def _reasons_at(sheets: Sequence[Sheet], moment: datetime) -> list[list[str]]:
    """Out of the audit: what was said last of each cell until then."""
    layers_of = {sheet.stream: sheet.layer for sheet in sheets}
    said = AuditEntry.objects.filter(stream__key__in=layers_of, event=Event.SCORE_ENTERED, at__lte=moment)
    last: dict[tuple[str, str], dict[str, Any]] = {}
    for row in said.select_related("stream").order_by("seq"):
        last[row.data["criterion"], layers_of[row.stream.key]] = row.data
    counting = {place: data for place, data in last.items() if data["after"]["state"] != EntryState.EMPTY}
    return [[key, layer, data["reason"]] for (key, layer), data in counting.items() if data["reason"]]


def _inputs(campaign: Campaign, visible: Sequence[Sheet], unit: int, shown: Sequence[str]) -> dict[str, Inputs]:
    """What the unit's points are computed from in each layer; of other units only what its own are measured by, as far as in sight."""
    text = sealed_text(campaign.criteria_set)
    found = layers.gather(visible)
    known = layers.known_facts(campaign, found)
    keys = {leaf.key: leaf.read_rule().couples for leaf in text.leaves}
    coupled = [key for key, couples in keys.items() if couples]
    made = {}
    for layer in shown:
        cells = {
            str(other): layers.readable(text, layers.cells(sheets, known, keys if other == unit else coupled, upto=layer))
            for other, sheets in found.items()
        }
        kept = {name: {key: Cell.of(cell) for key, cell in rows.items()} for name, rows in cells.items()}
        made[layer] = results.inputs_of(text, kept, unranked=list(cells))
    return made


def _name(campaign: Campaign, order: Order) -> str:
    """The hash of everything that the file says: the same order on the same day has the same name."""
    day, source = clock.today(), order.source
    snapshot = source.snapshot if source else None
    made_of = {
        "what": [order.kind, order.unit_id],
        "campaign": [campaign.pk, campaign.title, campaign.appraisal_name, campaign.phase],
        "run": [source and source.run.pk, snapshot and snapshot.number],
        "day": day.isoformat(),
        "names": [seat.unit.name_on(day) for seat in campaign.bloc_year.ordered_seats],
        "given": order.given,
    }
    return hashlib.sha256(results.spelled(made_of).encode()).hexdigest()


@dataclass(frozen=True)
class Offer:
    """What can be exported from a page: kinds for the whole bloc, units whose own sheets may be read, of which standings."""

    kinds: list[tuple[str, str]]
    units: list[Unit]
    number: int | None
    is_draft: bool

    def __bool__(self) -> bool:
        return bool(self.kinds or self.units)


def offer(campaign: Campaign, actor: Actor, readable: Sequence[Sheet], snapshot: Snapshot | None = None) -> Offer:
    """What the actor may have made now: of this published snapshot, or of what is newest. `readable`: the sheets in his sight."""
    if snapshot is None and (newest := next(iter(sources(campaign, actor)), None)):
        snapshot, is_draft = newest.snapshot, newest.snapshot is None
    else:
        is_draft = False
    kinds = [(kind.value, str(kind.label)) for kind in ExportKind if kind != ExportKind.UNIT] if snapshot or is_draft else []
    known = {sheet.unit_id for sheet in readable if sheet.layer in COUNTING}
    units = [seat.unit for seat in campaign.bloc_year.ordered_seats if seat.unit_id in known]
    return Offer(kinds, units, snapshot.number if snapshot else None, is_draft)
