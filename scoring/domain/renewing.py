"""Another criteria set under a campaign that is still self-scoring: the bloc adopted a newer version of its regulation.

Criteria keep their keys through versions, so what was entered goes on wherever it still fits its rule. What does not fit is emptied,
and the audit of the sheet keeps it; a sheet that was handed in comes back to its unit when something of it has to be looked at again.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from emulation.inbox.domain import notices
from emulation.lib import clock
from emulation.lib.verdict import Refused, enforce, refuse
from emulation.organisation.actors import Actor
from emulation.organisation.models import Unit
from emulation.records.domain import audit
from emulation.records.events import Event
from scoring import campaign_policies as policies
from scoring.domain import facts
from scoring.domain.campaigns import adopted_set, lock, said
from scoring.domain.changes import Change, changes
from scoring.domain.reading import sealed_text
from scoring.enums import EntryState, Layer, SheetState
from scoring.models import Campaign, CriteriaSet, Entry, Sheet
from scoring.rules import Faulty
from scoring.texts import CriteriaText, CriterionText
from scoring.workflow import SHEET


@dataclass(frozen=True)
class Touched:
    """What the new set means for one unit: criteria (by code) whose points may change, and cells that have to be filled in anew."""

    unit: Unit
    rescored: list[str]
    emptied: list[str]
    comes_back: bool


@dataclass(frozen=True)
class Renewal:
    """What a change to the new set brings: every difference in words, and whom it touches."""

    new_set: CriteriaSet
    changes: list[Change]
    touched: list[Touched]


def is_overtaken(campaign: Campaign) -> bool:
    """Whether the bloc has adopted another set since the campaign was opened; one query."""
    newest = adopted_set(campaign.bloc_year)
    return newest is not None and newest.content_sha256 != campaign.criteria_set.content_sha256


def renewal(campaign: Campaign) -> Renewal | None:
    """What the newest adopted set would change in this campaign; None when it is scored by that set already."""
    newest = adopted_set(campaign.bloc_year)
    if newest is None or newest.content_sha256 == campaign.criteria_set.content_sha256:
        return None
    old, new = sealed_text(campaign.criteria_set), sealed_text(newest)
    found = changes(old, new)
    return Renewal(newest, found, _touched(campaign, newest, found))


@transaction.atomic
def renew(campaign: Campaign, *, actor: Actor, reason: str, seen_sha256: str) -> Campaign:
    """Score by the newest set from now on. `seen_sha256`: the set whose changes were shown. Raises `Refused`, `ValidationError`."""
    campaign = lock(campaign)
    enforce(policies.may_renew(campaign, actor))
    why = said(reason)
    wanted = renewal(campaign)
    if wanted is None or wanted.new_set.content_sha256 != seen_sha256:
        raise Refused(refuse(_("Bộ tiêu chí vừa thay đổi; đồng chí xem lại các thay đổi trước khi áp dụng.")))
    before = campaign.criteria_set
    old, new = sealed_text(before), sealed_text(wanted.new_set)
    campaign.criteria_set = wanted.new_set
    campaign.save(update_fields=["criteria_set"])
    known = facts.known(wanted.new_set, new, [row.unit.pk for row in wanted.touched])
    for sheet in campaign.sheets.filter(layer=Layer.SELF).select_related("unit"):
        _empty_misfits(sheet, old, new, known, actor=actor, reason=why)
    _give_back(campaign, wanted, actor, why)
    audit.log(
        Event.CAMPAIGN_CHANGED,
        stream=campaign.stream,
        actor=actor,
        criteria={"before": before.content_sha256, "after": wanted.new_set.content_sha256},
        reason=why,
    )
    return campaign


def _touched(campaign: Campaign, newest: CriteriaSet, found: list[Change]) -> list[Touched]:
    old, new = sealed_text(campaign.criteria_set), sealed_text(newest)
    rescoring = {change.key for change in found if change.scores}
    sheets = list(campaign.sheets.filter(layer=Layer.SELF).select_related("unit").prefetch_related("unit__names", "entries"))
    known = facts.known(newest, new, [sheet.unit_id for sheet in sheets])
    rows = []
    for sheet in sheets:
        entered = {str(entry.key): entry for entry in sheet.entries.all() if entry.state == EntryState.ENTERED}
        misfits = [leaf.code for leaf in new.leaves if leaf.key in entered and not fits(entered[leaf.key], leaf, known)]
        lost = [leaf.code for leaf in old.leaves if leaf.key in entered and leaf.key not in new.leaf_of]
        missing = any(leaf.key not in old.leaf_of for leaf in new.leaves)
        rescored = [leaf.code for leaf in new.leaves if leaf.key in rescoring and leaf.key in entered]
        if "" in rescoring:
            rescored = [_("tổng điểm"), *rescored]
        back = sheet.state == SheetState.SUBMITTED and bool(misfits or missing)
        if rescored or misfits or lost or back:
            rows.append(Touched(sheet.unit, rescored, [*misfits, *lost], back))
    return rows


def fits(entry: Entry, leaf: CriterionText, known: facts.Known) -> bool:
    """Whether what was entered can still be read by the criterion's rule."""
    told = known.get((leaf.key, entry.sheet.unit_id), {})
    names = leaf.read_rule().facts
    value: Mapping[str, object] = {**entry.value, **{name: fact.value for name, fact in told.items()}}
    try:
        leaf.read_rule().read_facts({name: given for name, given in value.items() if name in names})
    except Faulty:
        return False
    return set(entry.value) <= set(names)


def _empty_misfits(sheet: Sheet, old: CriteriaText, new: CriteriaText, known: facts.Known, *, actor: Actor, reason: str) -> None:
    for entry in sheet.entries.filter(state=EntryState.ENTERED).select_related("sheet"):
        leaf = new.leaf_of.get(str(entry.key))
        if leaf is None or fits(entry, leaf, known):
            continue  # a cell of a criterion that is no more stays as it was, and is looked at by nobody
        before = {"state": entry.state, "value": entry.value, "points": None}
        entry.state, entry.value, entry.edits, entry.changed_at = EntryState.EMPTY, {}, entry.edits + 1, clock.now()
        entry.save(update_fields=["state", "value", "edits", "changed_at"])
        after: dict[str, object] = {"state": entry.state, "value": {}, "points": None}
        said_now = {"criterion": leaf.key, "code": old.leaf_of[leaf.key].code, "before": before, "after": after}
        audit.log(Event.SCORE_ENTERED, stream=sheet.stream, actor=actor, reason=reason, **said_now)


def _give_back(campaign: Campaign, wanted: Renewal, actor: Actor, reason: str) -> None:
    back = {row.unit.pk for row in wanted.touched if row.comes_back}
    for sheet in campaign.sheets.filter(layer=Layer.SELF, unit__in=back):
        sheet.state, sheet.returned_because = SHEET.target("return"), reason[:1000]
        sheet.save(update_fields=["state", "returned_because"])
        audit.log(Event.SHEET_RETURNED, stream=sheet.stream, actor=actor, reason=sheet.returned_because)
    path = reverse("campaign", args=[campaign.pk])
    units = [seat.unit_id for seat in campaign.bloc_year.ordered_seats]
    words = f"{campaign.title}: chấm theo bộ tiêu chí mới đã thông qua. Đồng chí xem lại bảng tự chấm của đơn vị."
    notices.tell_units(units, words, path=path, except_users={actor.user_id})
