"""Another criteria set under a campaign that is still self-scoring: the bloc adopted a newer version of its regulation.

Criteria keep their keys through versions, so what was entered goes on wherever it still fits its rule, in every layer: after a step
back there is more than what units gave themselves. What does not fit is emptied, and the audit of the sheet keeps it; a sheet that
was handed in comes back to who wrote it when something of it has to be looked at again. Nothing is lost that was not named before.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

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
from scoring.domain import completeness, explanations, facts
from scoring.domain.campaigns import adopted_set, lock, said
from scoring.domain.changes import Change, changes
from scoring.domain.reading import sealed_text
from scoring.domain.sheets import shown
from scoring.enums import EntryState, ExplanationState, Layer
from scoring.models import Campaign, CriteriaSet, Entry, Explanation, Sheet
from scoring.rules import Faulty
from scoring.texts import CriteriaText, CriterionText
from scoring.workflow import SHEET


@dataclass(frozen=True)
class Touched:
    """What the new set means for one sheet: criteria (by code) whose points may change, and cells that are emptied or count no longer."""

    sheet: Sheet
    rescored: list[str]
    emptied: list[str]
    comes_back: bool

    @property
    def unit(self) -> Unit:
        return self.sheet.unit

    @property
    def is_own(self) -> bool:
        return self.sheet.layer == Layer.SELF


@dataclass(frozen=True)
class Renewal:
    """What a change to the new set brings: every difference in words, the sheets that it touches, explanations without a criterion."""

    new_set: CriteriaSet
    changes: list[Change]
    touched: list[Touched]
    ended: list[Explanation]


@dataclass(frozen=True)
class Fitting:
    """The measure for what stands in the cells: both sets, and what is known from elsewhere under the new one."""

    old: CriteriaText
    new: CriteriaText
    known: facts.Known

    def fits(self, entry: Entry, leaf: CriterionText) -> bool:
        """Whether a cell can still be read: its facts by the criterion's rule, its points within what the rule can give."""
        if entry.sheet.layer == Layer.CROSS and not leaf.is_cross_scored:
            return entry.state not in completeness.FILLED
        rule = leaf.read_rule()
        told = self.known.get((leaf.key, entry.sheet.unit_id), {})
        value: Mapping[str, object] = {**entry.value, **{name: fact.value for name, fact in told.items()}}
        given = {name: one for name, one in value.items() if name in rule.facts}
        try:
            if entry.points is not None:
                rule.read_points(entry.points, self.new.places)
            if entry.state == EntryState.ENTERED and (entry.points is None or entry.value):
                rule.read_facts(given)
        except Faulty:
            return False
        return set(entry.value) <= set(rule.facts)

    def misfits(self, sheet: Sheet) -> list[Entry]:
        """The cells of a sheet that the new set cannot read, in its order; of a criterion that is no more, none."""
        cells = {str(entry.key): entry for entry in sheet.entries.all() if entry.value or entry.state in completeness.FILLED}
        return [cells[leaf.key] for leaf in self.new.leaves if leaf.key in cells and not self.fits(cells[leaf.key], leaf)]

    def lost(self, sheet: Sheet) -> list[str]:
        """The codes of criteria that were filled in and are no more."""
        filled = {str(entry.key) for entry in sheet.entries.all() if entry.state in completeness.FILLED}
        return [leaf.code for leaf in self.old.leaves if leaf.key in filled and leaf.key not in self.new.leaf_of]

    @cached_property
    def changes(self) -> list[Change]:
        return changes(self.old, self.new)


def is_overtaken(campaign: Campaign) -> bool:
    """Whether the bloc has adopted another set since the campaign was opened; one query."""
    newest = adopted_set(campaign.bloc_year)
    return newest is not None and newest.content_sha256 != campaign.criteria_set.content_sha256


def renewal(campaign: Campaign) -> Renewal | None:
    """What the newest adopted set would change in this campaign; None when it is scored by that set already."""
    newest = adopted_set(campaign.bloc_year)
    if newest is None or newest.content_sha256 == campaign.criteria_set.content_sha256:
        return None
    sheets = _sheets(campaign)
    fitting = _fitting(campaign, newest, sheets)
    rows = [row for sheet in sheets if (row := _touched(sheet, fitting))]
    waiting = Explanation.objects.filter(campaign=campaign, state=ExplanationState.OPEN).select_related("unit")
    ended = [row for row in waiting if str(row.key) not in fitting.new.leaf_of]
    return Renewal(newest, fitting.changes, rows, ended)


@transaction.atomic
def renew(campaign: Campaign, *, actor: Actor, reason: str, seen_sha256: str) -> Campaign:
    """Score by the newest set from now on. `seen_sha256`: the set whose changes were shown. Raises `Refused`, `ValidationError`."""
    campaign = lock(campaign)
    enforce(policies.may_renew(campaign, actor))
    why = said(reason)
    list(campaign.sheets.select_for_update().order_by("pk"))  # nobody saves a cell by the old set meanwhile
    wanted = renewal(campaign)
    if wanted is None or wanted.new_set.content_sha256 != seen_sha256:
        raise Refused(refuse(_("Bộ tiêu chí vừa thay đổi; đồng chí xem lại các thay đổi trước khi áp dụng.")))
    before = campaign.criteria_set
    fitting = _fitting(campaign, wanted.new_set, [row.sheet for row in wanted.touched])
    campaign.criteria_set = wanted.new_set
    campaign.save(update_fields=["criteria_set"])
    for row in wanted.touched:
        _empty_misfits(row.sheet, fitting, actor=actor, reason=why)
    _give_back(campaign, wanted, actor, why)
    _end(wanted.ended, fitting, actor, why)
    audit.log(
        Event.CAMPAIGN_CHANGED,
        stream=campaign.stream,
        actor=actor,
        criteria={"before": before.content_sha256, "after": wanted.new_set.content_sha256},
        reason=why,
    )
    return campaign


def _sheets(campaign: Campaign) -> list[Sheet]:
    """Every sheet, a unit's own before what others say of it."""
    rows = campaign.sheets.select_related("unit", "scorer").prefetch_related(
        "unit__names", "scorer__names", "entries", "evidence"
    )
    order = {seat.unit_id: place for place, seat in enumerate(campaign.bloc_year.ordered_seats)}
    return sorted(rows, key=lambda row: (order.get(row.unit_id, len(order)), Layer.values.index(row.layer), row.pk))


def _fitting(campaign: Campaign, newest: CriteriaSet, sheets: Sequence[Sheet]) -> Fitting:
    new = sealed_text(newest)
    return Fitting(sealed_text(campaign.criteria_set), new, facts.known(campaign, new, {sheet.unit_id for sheet in sheets}))


def _touched(sheet: Sheet, fitting: Fitting) -> Touched | None:
    new = fitting.new
    misfits = {str(entry.key) for entry in fitting.misfits(sheet)}
    emptied = [leaf.code for leaf in new.leaves if leaf.key in misfits] + fitting.lost(sheet)
    rescored = _rescored(sheet, fitting)
    back = sheet.is_handed_in and bool(misfits or (sheet.layer == Layer.SELF and _has_holes(sheet, new, misfits)))
    return Touched(sheet, rescored, emptied, back) if rescored or emptied or back else None


def _rescored(sheet: Sheet, fitting: Fitting) -> list[str]:
    """The criteria that are counted otherwise now; points given directly stay what they are."""
    rescoring = {change.key for change in fitting.changes if change.scores}
    counted = {str(row.key) for row in sheet.entries.all() if row.state == EntryState.ENTERED and row.points is None}
    found = [leaf.code for leaf in fitting.new.leaves if leaf.key in rescoring & counted]
    return [_("tổng điểm"), *found] if "" in rescoring and sheet.layer == Layer.SELF else found


def _has_holes(sheet: Sheet, new: CriteriaText, misfits: set[str]) -> bool:
    """Whether a unit's own sheet would lack something by the new set."""
    filled = {key: row.state for row in sheet.entries.all() if (key := str(row.key)) not in misfits}
    shown = {str(row.key) for row in sheet.evidence.all() if row.removed_at is None}
    return bool(completeness.own_holes(new.leaves, filled, shown))


def _empty_misfits(sheet: Sheet, fitting: Fitting, *, actor: Actor, reason: str) -> None:
    codes = {leaf.key: leaf.code for leaf in fitting.old.leaves}
    for entry in fitting.misfits(sheet):
        before = shown(entry)
        entry.state, entry.value, entry.points, entry.edits = EntryState.EMPTY, {}, None, entry.edits + 1
        entry.changed_at, entry.changed_label = clock.now(), actor.label[:300]
        entry.save(update_fields=["state", "value", "points", "edits", "changed_at", "changed_label"])
        said_now = {"criterion": str(entry.key), "code": codes[str(entry.key)], "before": before, "after": shown(entry)}
        audit.log(Event.SCORE_ENTERED, stream=sheet.stream, actor=actor, reason=reason, **said_now)


def _give_back(campaign: Campaign, wanted: Renewal, actor: Actor, reason: str) -> None:
    others: dict[int, list[str]] = defaultdict(list)
    for row in wanted.touched:
        if row.comes_back:
            sheet = row.sheet
            sheet.state, sheet.returned_because = SHEET.target("reopen"), reason[:1000]
            sheet.save(update_fields=["state", "returned_because"])
            audit.log(Event.SHEET_RETURNED, stream=sheet.stream, actor=actor, reason=sheet.returned_because)
        if row.emptied and not row.is_own:
            others[row.sheet.scorer_id].append(f"{row.unit.name} ({', '.join(row.emptied)})")
    path = reverse("campaign", args=[campaign.pk])
    units = [seat.unit_id for seat in campaign.bloc_year.ordered_seats]
    words = f"{campaign.title}: chấm theo bộ tiêu chí mới đã thông qua. Đồng chí xem lại bảng tự chấm của đơn vị."
    notices.tell_units(units, words, path=path, except_users={actor.user_id})
    for scorer, named in others.items():
        words = f"{campaign.title}: bộ tiêu chí mới, phải chấm lại hoặc không còn tính ở {'; '.join(named)}."
        notices.tell_units([scorer], words, path=path, except_users={actor.user_id})


def _end(rows: Sequence[Explanation], fitting: Fitting, actor: Actor, reason: str) -> None:
    """Answer the explanations of criteria that are no more: nobody could, and the campaign would wait for it."""
    for row in rows:
        leaf = fitting.old.leaf_of[str(row.key)]
        row.state, row.answer = ExplanationState.KEPT, f"Tiêu chí {leaf.code} không còn trong bộ tiêu chí mới. {reason}"[:4000]
        row.answered_at, row.answered_label = clock.now(), actor.label[:300]
        row.save(update_fields=["state", "answer", "answered_at", "answered_label"])
        path = reverse("campaign", args=[row.campaign_id])
        notices.tell_units([row.unit_id], f"{row.campaign.title}: {row.answer}", path=path, except_users={actor.user_id})
        told = {"criterion": leaf.key, "code": leaf.code, "outcome": row.state, "answer": row.answer}
        audit.log(Event.EXPLANATION_ANSWERED, stream=explanations.sheet_of(row).stream, actor=actor, **told)
