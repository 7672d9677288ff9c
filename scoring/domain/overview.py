"""What the page of a campaign shows: the phases as a line, and who has handed in what. Never a point, and no state that would tell one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from blocs.domain.progress import DONE, LATE, NOW, TO_COME, Step
from blocs.models import Seat
from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.organisation.models import Unit
from scoring import campaign_policies as policies
from scoring.domain.campaigns import WRITABLE
from scoring.enums import Layer, Period, Phase, SheetState
from scoring.models import Campaign, Explanation, Recusal, Sheet

# The last day of each phase that has one.
LastDays = Mapping[str, date | None]
OfUnit = TypeVar("OfUnit", Sheet, Recusal, Explanation)


def steps(campaign: Campaign) -> list[Step]:
    """The phases of the campaign with their last days."""
    phases = campaign.phases
    here = phases.index(Phase(campaign.phase))
    found = []
    for place, phase in enumerate(phases):
        day = campaign.closes_on(phase)
        late = place == here and day is not None and day < clock.today()
        state = (
            DONE if place < here or campaign.phase == Phase.PUBLISHED else (LATE if late else NOW) if place == here else TO_COME
        )
        note = _("đến %(day)s") % {"day": f"{day:%d/%m}"} if day else ""
        found.append(Step(label=campaign.name_of(phase), note=note, state=state))
    return found


def known(campaign: Campaign, rows: QuerySet[OfUnit]) -> list[OfUnit]:
    """Rows about units of the bloc, in the order of its seats, each with campaign and unit at hand and no question asked for them."""
    units = {seat.unit_id: (place, seat.unit) for place, seat in enumerate(campaign.bloc_year.ordered_seats)}
    found = list(rows)
    for row in found:
        row.campaign = campaign
        if row.unit_id in units:
            row.unit = units[row.unit_id][1]
    return sorted(found, key=lambda row: (units.get(row.unit_id, (len(units), None))[0], row.pk))


# The steps of a year in which a campaign stands, each with the phases that it takes in.
_YEAR_STEPS = (
    ((Phase.SELF,), pgettext_lazy("step", "Tự chấm")),
    ((Phase.CROSS, Phase.CONSOLIDATE, Phase.REPLY), pgettext_lazy("step", "Khối chấm")),
    ((Phase.APPRAISE, Phase.RATIFY), pgettext_lazy("step", "Thẩm định")),
    ((Phase.PUBLISHED,), pgettext_lazy("step", "Công bố điểm")),
)


def year_steps(campaigns: Mapping[Campaign, LastDays]) -> list[Step]:
    """The scoring among the steps of a bloc's year: one for the half-year, several for the year."""
    found: list[Step] = []
    for campaign in sorted(campaigns, key=lambda row: row.period != Period.INTERIM):
        own = _year_steps(campaign, campaigns[campaign])
        if campaign.period == Period.INTERIM:
            standing = next((step for step in own if step["state"] in (NOW, LATE)), own[-1])
            own = [
                Step(label=pgettext("step", "Chấm 6 tháng"), note=standing["note"], state=standing["state"], day=own[-1]["day"])
            ]
        page = reverse("campaign", args=[campaign.pk])
        found += [Step(**step, url=page) for step in own]
    return found


def _year_steps(campaign: Campaign, last_days: LastDays) -> list[Step]:
    order, found = list(Phase), []
    here = order.index(Phase(campaign.phase))
    for phases, label in _YEAR_STEPS:
        last = order.index(phases[-1])
        days = [day for phase in phases if (day := last_days.get(phase))]
        due = max(days) if days else None
        if here > last or campaign.phase == Phase.PUBLISHED:
            state = DONE
        else:
            state = _standing(last_days.get(campaign.phase)) if Phase(campaign.phase) in phases else TO_COME
        found.append(Step(label=str(label), note=f"{due:%d/%m}" if due else "", state=state, day=due))
    return found


def _standing(day: date | None) -> str:
    return LATE if day and day < clock.today() else NOW


@dataclass(frozen=True)
class State:
    """What may be said of a sheet: a badge in words, and the page for who may read it."""

    kind: str
    words: str
    is_late: bool = False
    url: str = ""


@dataclass(frozen=True)
class UnitRow:
    """A unit with what it has handed in of its own, how much of its cross-scoring is in, and how far those above it are."""

    seat: Seat
    left_on: date | None
    own: State | None
    crossed: tuple[int, int]
    consolidated: State | None
    appraised: State | None
    is_mine: bool


def rows(campaign: Campaign, sheets: Sequence[Sheet], readable: set[int], actor: Actor | None) -> list[UnitRow]:
    """A row for each unit. Others learn only what is in and what is not; that something was given back, who has to do with it."""
    left = {row.unit_id: row.since for row in campaign.withdrawals.all()}
    by_place = {(sheet.unit_id, sheet.layer): sheet for sheet in sheets if sheet.layer != Layer.CROSS}
    scored: dict[int, list[Sheet]] = {}
    for sheet in sheets:
        if sheet.layer == Layer.CROSS:
            scored.setdefault(sheet.scorer_id, []).append(sheet)

    def state(unit_id: int, layer: Layer) -> State | None:
        sheet = by_place.get((unit_id, layer))
        return _state(sheet, readable, actor) if sheet else None

    found = []
    for seat in campaign.bloc_year.ordered_seats:
        own = scored.get(seat.unit_id, [])
        found.append(
            UnitRow(
                seat,
                left.get(seat.unit_id),
                state(seat.unit_id, Layer.SELF),
                (sum(sheet.submitted_at is not None for sheet in own), len(own)),
                state(seat.unit_id, Layer.CONSOLIDATED),
                state(seat.unit_id, Layer.APPRAISED),
                is_mine=bool(actor and actor.unit_id == seat.unit_id),
            )
        )
    return found


def outstanding(campaign: Campaign, sheets: Iterable[Sheet]) -> list[Unit]:
    """The units that would leave the phase without having handed in what they write in it, in the order of the bloc.

    Only their own scoring and that of their peers may be left behind; for the rest the phase waits (`campaigns.ended`).
    """
    left_behind = {Phase.SELF: Layer.SELF, Phase.CROSS: Layer.CROSS}.get(Phase(campaign.phase))
    gone = {row.unit_id for row in campaign.withdrawals.all()}
    waiting = {sheet.scorer_id for sheet in sheets if sheet.layer == left_behind and sheet.state in WRITABLE} - gone
    return [seat.unit for seat in campaign.bloc_year.ordered_seats if seat.unit_id in waiting]


def _state(sheet: Sheet, readable: set[int], actor: Actor | None) -> State:
    url = reverse("sheet", args=[sheet.pk]) if sheet.pk in readable else ""
    knows_more = bool(actor and actor.unit_id == sheet.scorer_id) or bool(policies.may_follow(sheet, actor))
    if sheet.state == SheetState.RETURNED and knows_more:
        return State("refused", str(sheet.get_state_display()), url=url)
    if sheet.state == SheetState.ACCEPTED and knows_more:
        return State("ok", str(sheet.get_state_display()), sheet.is_late, url)
    if sheet.submitted_at and sheet.state != SheetState.RETURNED:
        return State("ok", _("Đã nộp"), sheet.is_late, url)
    return State("wait", _("Chưa nộp"), url=url)


@dataclass(frozen=True)
class OwnWork:
    """A sheet that the actor's unit fills in now."""

    sheet: Sheet
    may_enter: bool


def own_work(campaign: Campaign, sheets: Iterable[Sheet], actor: Actor) -> list[OwnWork]:
    """The sheets of the actor's unit that belong to this phase: its own, those of its peers, those that it consolidates."""
    found = []
    for sheet in sheets:
        if sheet.scorer_id != actor.unit_id or Phase(campaign.phase) not in policies.WRITTEN_IN[Layer(sheet.layer)]:
            continue
        if sheet.layer == Layer.SELF and campaign.phase != Phase.SELF and sheet.is_handed_in:
            continue
        found.append(OwnWork(sheet, bool(policies.may_enter(sheet, actor))))
    return found
