"""Sheets: fill in a cell, hand in, give back, accept. No value is ever lost: the audit of a sheet holds every one that stood in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from emulation.inbox.domain import notices
from emulation.lib import clock, vietnamese
from emulation.lib.verdict import Refused, enforce, refuse
from emulation.organisation.actors import Actor
from emulation.records.domain import audit
from emulation.records.events import Event
from scoring import campaign_policies as policies
from scoring.domain import completeness, facts
from scoring.domain.campaigns import said
from scoring.domain.reading import sealed_text
from scoring.enums import EntryState, Layer, Phase
from scoring.models import Campaign, Entry, Sheet
from scoring.rules import Faulty
from scoring.rules.inputs import Unfit
from scoring.texts import CriterionText
from scoring.workflow import SHEET

FIELDS = ("state", "value", "points", "reason")


class Conflict(Exception):
    """Somebody else filled in this cell in between. `stored` is what stands there now."""

    def __init__(self, stored: Entry) -> None:
        super().__init__(_("Ô này vừa được người khác nhập."))
        self.stored = stored


@dataclass(frozen=True)
class Filled:
    """What a person puts into a cell: facts of the rule as JSON, or points given directly in a layer above the unit's own."""

    state: str
    value: Mapping[str, Any] = field(default_factory=dict)
    points: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True)
class Beside:
    """A cell as it is stored, and what another source knows of it."""

    stored: Entry | None
    known: Mapping[str, facts.Fact]


@transaction.atomic
def save_cell(sheet: Sheet, key: str, *, actor: Actor, seen: int, filled: Filled) -> Entry:
    """Fill in one cell. `seen`: the `edits` that the cell was opened with, 0 for one that was never filled in.

    Raises `Refused`, `Conflict`, `ValidationError` by name of the fact, "points", "reason" or "state".
    """
    sheet = lock(sheet)
    enforce(policies.may_enter(sheet, actor))
    return put(sheet, key, actor=actor, seen=seen, filled=filled)


def put(sheet: Sheet, key: str, *, actor: Actor, seen: int, filled: Filled, beside: Beside | None = None) -> Entry:
    """The same for a verb that has locked the sheet and asked a question of its own: an explanation changes a sheet that is in.

    `beside`: what the verb has read since it locked.
    """
    leaf = sealed_text(sheet.campaign.criteria_set).leaf_of.get(key)
    if leaf is None:
        raise Refused(refuse(_("Bộ tiêu chí không có tiêu chí này.")))
    if sheet.layer == Layer.CROSS and not leaf.is_cross_scored:
        raise Refused(refuse(_("Tiêu chí này không chấm chéo.")))
    found = beside or Beside(Entry.objects.filter(sheet=sheet, key=key).first(), _known(sheet, leaf))
    entry = found.stored or Entry(sheet=sheet, key=key)
    if entry.edits != seen:
        raise Conflict(entry)
    wanted = _checked(sheet, leaf, filled, found.known)
    before = shown(entry)
    if {name: getattr(wanted, name) for name in FIELDS} == {name: getattr(entry, name) for name in FIELDS}:
        return entry
    for name in FIELDS:
        setattr(entry, name, getattr(wanted, name))
    entry.edits += 1
    entry.changed_at, entry.changed_label = clock.now(), actor.label[:300]
    entry.save()
    said_now = {"criterion": key, "code": leaf.code, "before": before, "after": shown(entry), "reason": entry.reason}
    audit.log(Event.SCORE_ENTERED, stream=sheet.stream, actor=actor, **said_now)
    return entry


@transaction.atomic
def submit(sheet: Sheet, *, actor: Actor) -> Sheet:
    """Hand a sheet in. A unit's own is late after the last day of its phase. Raises `Refused`, `ValidationError` by criterion."""
    sheet = lock(sheet)
    enforce(policies.may_submit(sheet, actor))
    if holes := completeness.holes(sheet):
        raise ValidationError({hole.key: hole.sentence for hole in holes})
    first = sheet.submitted_at is None
    sheet.state, sheet.returned_because = SHEET.target("submit"), ""
    if first:  # a return for repair makes nothing late
        sheet.is_late = sheet.layer == Layer.SELF and is_late(sheet)
        sheet.submitted_at = clock.now()
    sheet.submitted_label = actor.label[:300]
    _store(sheet, "is_late", "submitted_at", "submitted_label", "returned_because")
    audit.log(Event.SHEET_SUBMITTED, stream=sheet.stream, actor=actor, late=sheet.is_late)
    return sheet


def is_late(sheet: Sheet) -> bool:
    """Whether the last day of the unit's own phase has passed, or the campaign has gone on without it."""
    campaign = sheet.campaign
    closes = campaign.closes_on(Phase.SELF)
    return campaign.phase != Phase.SELF or bool(closes and clock.today() > closes)


@transaction.atomic
def send_back(sheet: Sheet, *, actor: Actor, reason: str) -> Sheet:
    """Give a sheet back for repair, with a reason. Raises `Refused`, `ValidationError`."""
    sheet = lock_in_phase(sheet)
    enforce(policies.may_return(sheet, actor))
    sheet.state, sheet.returned_because = SHEET.target("return"), said(reason)[:1000]
    _store(sheet, "returned_because")
    page = reverse("sheet", args=[sheet.pk])
    words = f"{sheet.campaign.title}: bảng chấm điểm được trả lại để sửa: {sheet.returned_because}"
    notices.tell_units([sheet.scorer_id], words, path=page, except_users={actor.user_id})
    audit.log(Event.SHEET_RETURNED, stream=sheet.stream, actor=actor, reason=sheet.returned_because)
    return sheet


@transaction.atomic
def accept(sheet: Sheet, *, actor: Actor) -> Sheet:
    """Accept a unit's own sheet: it is not given back any more. Raises `Refused`."""
    sheet = lock(sheet)
    enforce(policies.may_accept(sheet, actor))
    sheet.state = SHEET.target("accept")
    _store(sheet)
    audit.log(Event.SHEET_ACCEPTED, stream=sheet.stream, actor=actor)
    return sheet


def lock(sheet: Sheet) -> Sheet:
    """The sheet as it stands now, locked, with its campaign."""
    return Sheet.objects.select_for_update(of=("self",)).full().get(pk=sheet.pk)


def lock_in_phase(sheet: Sheet) -> Sheet:
    """The same for what a phase waits for: its campaign is locked first, as who moves it on does, so that neither overtakes the other."""
    Campaign.objects.select_for_update(of=("self",)).get(pk=sheet.campaign_id)
    return lock(sheet)


def _store(sheet: Sheet, *fields: str) -> None:
    sheet.changed_at = clock.now()
    sheet.save(update_fields=["state", "changed_at", *fields])


def _checked(sheet: Sheet, leaf: CriterionText, filled: Filled, known: Mapping[str, facts.Fact]) -> Filled:
    """What may be kept: facts in their one spelling, without those that are known from elsewhere."""
    is_own = sheet.layer == Layer.SELF
    state, reason = filled.state, vietnamese.nfc(filled.reason).strip()
    if state == EntryState.AGREED and is_own:
        raise ValidationError({"state": _("Bảng tự chấm không có lớp điểm trước để giữ.")})
    if state in (EntryState.EMPTY, EntryState.AGREED) and not filled.value:
        return Filled(state, reason=reason)
    value: dict[str, Any] = {}
    points: Decimal | None = None
    faults: dict[str, Any] = {}
    if state in (EntryState.ENTERED, EntryState.EMPTY):
        value, faults = _facts(leaf, filled.value, known)
        points = None if is_own else filled.points
        complete = points is not None or set(leaf.read_rule().facts) <= {*value, *known}
        state = EntryState.ENTERED if complete and not faults else EntryState.EMPTY
    if points is not None:
        faults |= _unfit_points(leaf, points, sheet.campaign.criteria_set.places)
    needs_reason = state in (EntryState.NOT_ASSIGNED, EntryState.EXEMPT) or (not is_own and state == EntryState.ENTERED)
    if needs_reason and not reason:
        faults["reason"] = _("Ghi lý do.")
    if faults:
        raise ValidationError(faults)
    return Filled(state, value, points, reason[:1000])


def _facts(
    leaf: CriterionText, given: Mapping[str, Any], known: Mapping[str, facts.Fact]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The facts that were typed, and what is wrong with them by name. What another source knows is not typed again."""
    inputs = leaf.read_rule().facts
    value: dict[str, Any] = {}
    faults: dict[str, Any] = {}
    for name, wanted in inputs.items():
        typed = given.get(name)
        if name in known or typed is None or typed == "":
            continue
        try:
            wanted.read(typed)
            value[name] = typed
        except Unfit as error:
            faults[name] = str(error)
        except Faulty as error:
            faults[name] = [fault.sentence for fault in error.faults]
    return value, faults


def _known(sheet: Sheet, leaf: CriterionText) -> Mapping[str, facts.Fact]:
    if not facts.may_be_told(leaf):
        return {}
    text = sealed_text(sheet.campaign.criteria_set)
    return facts.known(sheet.campaign, text, [sheet.unit_id]).get((leaf.key, sheet.unit_id), {})


def _unfit_points(leaf: CriterionText, points: Decimal, places: int) -> dict[str, list[str]]:
    """Points given directly stay within what the rule can give."""
    try:
        leaf.read_rule().read_points(points, places)
    except Faulty as error:
        return {"points": [fault.sentence for fault in error.faults]}
    return {}


def shown(entry: Entry) -> dict[str, Any]:
    """A cell as the audit keeps it."""
    points = None if entry.points is None else str(entry.points)
    return {"state": entry.state, "value": entry.value, "points": points}
