"""What waits for an actor in the campaigns of his blocs, as tasks for his home page: in every phase somebody has a next step here."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blocs.domain.todo import Overview
from blocs.domain.todo_rows import Task
from blocs.models import BlocYear
from emulation.lib.related import know
from emulation.organisation.actors import Actor
from scoring import campaign_policies as policies
from scoring.domain import campaigns as verbs
from scoring.domain import standings_todo
from scoring.domain.standings_kind import KIND
from scoring.enums import ExplanationState, Layer, Phase, StandingState
from scoring.models import Campaign, CampaignPhase, Explanation, Recusal, Run, Sheet, Snapshot, Withdrawal
from scoring.models.sheets import SUBMITTED

SCORE, EXPLAIN, MOVE = "score", "explain", "move"


@dataclass
class Seen:
    """The campaigns at work, with what is needed to say whose turn it is: sheets counted, and those that the actor's unit fills in."""

    campaigns: list[Campaign]
    counts: dict[int, Counter[tuple[str, str]]] = field(default_factory=dict)
    own: dict[int, list[Sheet]] = field(default_factory=dict)
    ratifying: standings_todo.Seen = field(default_factory=standings_todo.Seen)


def at_work() -> Exists:
    """Whether a bloc has a campaign that is not published: one more condition of a question that is asked anyway."""
    return Exists(Campaign.objects.filter(bloc_year=OuterRef("pk")).exclude(phase=Phase.PUBLISHED))


def signing(blocs: Iterable[BlocYear]) -> Mapping[str, QuerySet[Snapshot, int]]:
    """Of which standings of these blocs (annotated `scores` by `at_work`) the open rounds are wanted."""
    known = [bloc.pk for bloc in blocs if getattr(bloc, "scores", False)]
    return {KIND: standings_todo.subjects(known)} if known else {}


def gather(seen: Overview, actor: Actor) -> Seen:
    """The campaigns of these blocs (annotated `scores` by `at_work`); a fixed number of queries, none when no bloc has one.

    The overview was asked for the rounds of their standings (`signing`).
    """
    known = {bloc.pk: bloc for bloc in seen.blocs if getattr(bloc, "scores", False)}
    if not known:
        return Seen([])
    of = _campaigns(known, actor)
    found = Seen(list(of.values()), defaultdict(Counter), defaultdict(list))
    _bring_sheets(found, of, actor)
    found.ratifying = standings_todo.gather(found.campaigns, seen.other_rounds)
    return found


def _campaigns(known: Mapping[int, BlocYear], actor: Actor) -> dict[int, Campaign]:
    """What is not published, with its dates, how many explanations wait, and the standings that are worked on; one query."""
    campaign = OuterRef("campaign")
    waiting = Explanation.objects.filter(campaign=campaign, state=ExplanationState.OPEN).order_by()
    mine = Sheet.objects.filter(campaign=campaign, layer=Layer.CONSOLIDATED, scorer=actor.unit).order_by()
    mine = mine.filter(Exists(waiting.filter(campaign=OuterRef("campaign"), unit=OuterRef("unit"))))
    at_work = Snapshot.objects.filter(campaign=campaign).exclude(state=StandingState.PUBLISHED).order_by("-number")
    rows = CampaignPhase.objects.filter(campaign__bloc_year__in=known).exclude(campaign__phase=Phase.PUBLISHED)
    rows = rows.select_related("campaign").annotate(
        waiting=_number(waiting),
        to_answer=_number(mine),
        snapshot=Subquery(at_work.values("pk")[:1]),
        standing=Subquery(at_work.values("state")[:1]),
        brought_out=Subquery(at_work.values("run")[:1]),
        newest_run=Subquery(Run.objects.filter(campaign=campaign).order_by("-number").values("pk")[:1]),
    )
    found: dict[int, Campaign] = {}
    dates: dict[int, list[CampaignPhase]] = defaultdict(list)
    for row in rows.order_by("campaign", "pk"):
        one = found.setdefault(row.campaign_id, row.campaign)
        for name in ("waiting", "to_answer", "newest_run"):
            setattr(one, name, getattr(row, name))
        dates[one.pk].append(row)
        work = Snapshot(pk=row.snapshot, campaign=one, state=row.standing, run_id=row.brought_out)
        know(one, "snapshots", [work] if row.snapshot else [])
    for pk, one in found.items():
        one.bloc_year = known[one.bloc_year_id]
        know(one, "dates", dates[pk])
    return found


def _number(rows: QuerySet[Any]) -> Coalesce:
    """How many rows there are, as part of another question."""
    return Coalesce(
        Subquery(rows.values("campaign").annotate(number=Count("pk")).values("number"), output_field=IntegerField()), 0
    )


def _bring_sheets(seen: Seen, of: Mapping[int, Campaign], actor: Actor) -> None:
    """All but cross-scoring counted; those that the actor's unit fills in, with who recused himself and who left; one query."""
    own = Q(scorer=actor.unit) & ~Q(state__in=SUBMITTED)
    recused = Recusal.objects.filter(campaign=OuterRef("campaign"), unit=OuterRef("unit"), person=actor.user)
    rows = Sheet.objects.filter(own | ~Q(layer=Layer.CROSS), campaign__in=of)
    either = Q(unit=OuterRef("unit")) | Q(unit=OuterRef("scorer"))
    left = Withdrawal.objects.filter(either, campaign=OuterRef("campaign"))
    rows = rows.annotate(recused=Exists(recused), left=Exists(left))
    recusals: dict[int, list[Recusal]] = defaultdict(list)
    withdrawals: dict[int, list[Withdrawal]] = defaultdict(list)
    for sheet in rows.order_by("pk"):
        sheet.campaign = of[sheet.campaign_id]
        if sheet.layer != Layer.CROSS:
            seen.counts[sheet.campaign_id][sheet.layer, sheet.state] += 1
        if sheet.scorer_id != actor.unit_id or sheet.is_handed_in:
            continue
        if seat := sheet.campaign.bloc_year.seat_of(sheet.unit_id):
            sheet.unit = seat.unit  # which knows its names
        seen.own[sheet.campaign_id].append(sheet)
        if sheet.recused:  # type: ignore[attr-defined]  # annotated above
            recusals[sheet.campaign_id].append(Recusal(campaign=sheet.campaign, unit_id=sheet.unit_id, person=actor.user))
        if sheet.left:  # type: ignore[attr-defined]  # who scores it, or who is scored: it is not filled in either way
            withdrawals[sheet.campaign_id].append(Withdrawal(campaign=sheet.campaign, unit_id=sheet.unit_id))
    for pk, campaign in of.items():
        know(campaign, "recusals", recusals[pk])
        know(campaign, "withdrawals", withdrawals[pk])


def tasks(seen: Seen, actor: Actor) -> list[Task]:
    """The actor's tasks in these campaigns; asks nothing more."""
    return [task for campaign in seen.campaigns for task in _of(campaign, seen, actor)]


def _of(campaign: Campaign, seen: Seen, actor: Actor) -> Iterator[Task]:
    open_sheets = [sheet for sheet in seen.own.get(campaign.pk, []) if policies.may_enter(sheet, actor)]
    for layer in (Layer.SELF, Layer.CROSS, Layer.CONSOLIDATED, Layer.APPRAISED):
        if found := [sheet for sheet in open_sheets if sheet.layer == layer]:
            yield _scoring(campaign, layer, found, actor)
    if campaign.phase == Phase.REPLY:
        yield from _explaining(campaign, actor)
    if campaign.phase == Phase.RATIFY:
        yield from standings_todo.tasks(campaign, seen.ratifying, actor)
    else:
        yield from _moving(campaign, seen, actor)


def _scoring(campaign: Campaign, layer: Layer, sheets: list[Sheet], actor: Actor) -> Task:
    """Fill in one sheet, or several; a commander also hands them in."""
    one = sheets[0]
    page = reverse("sheet", args=[one.pk]) if len(sheets) == 1 else reverse("campaign", args=[campaign.pk])
    due_of = {Layer.SELF: Phase.SELF, Layer.CROSS: Phase.CROSS, Layer.APPRAISED: Phase.APPRAISE}
    due = campaign.closes_on(due_of.get(layer, Phase.CONSOLIDATE))
    returned = next((sheet.returned_because for sheet in sheets if sheet.returned_because), "")
    note = _note(campaign)
    if returned:
        note = _("Được trả lại để sửa: %(reason)s") % {"reason": returned}
    elif len(sheets) > 1:
        note = f"{note}. {', '.join(sheet.unit.short_name for sheet in sheets[:6])}{'…' if len(sheets) > 6 else ''}"
    button = _("Chấm điểm") if not actor.is_commander and not actor.is_office else _("Chấm và nộp")
    return Task(SCORE, _scoring_title(campaign, layer, sheets), note, page, button, due)


def _scoring_title(campaign: Campaign, layer: Layer, sheets: list[Sheet]) -> str:
    said = {"n": len(sheets), "unit": sheets[0].unit.name, "year": campaign.bloc_year.year_id}
    if layer == Layer.SELF:
        return _("Tự chấm điểm năm %(year)d") % said
    if layer == Layer.CROSS:
        return (_("Chấm chéo %(unit)s") if len(sheets) == 1 else _("Chấm chéo %(n)d đơn vị")) % said
    if layer == Layer.CONSOLIDATED:
        return (_("Chấm cho khối: %(unit)s") if len(sheets) == 1 else _("Chấm cho khối: %(n)d đơn vị")) % said
    return (_("Thẩm định điểm của %(unit)s") if len(sheets) == 1 else _("Thẩm định điểm của %(n)d đơn vị")) % said


def _explaining(campaign: Campaign, actor: Actor) -> Iterator[Task]:
    page, due = reverse("explanations", args=[campaign.pk]), campaign.closes_on(Phase.REPLY)
    if to_answer := campaign.to_answer:  # type: ignore[attr-defined]  # annotated by `gather`
        title = ngettext("Trả lời giải trình của %(n)d đơn vị", "Trả lời giải trình của %(n)d đơn vị", to_answer) % {
            "n": to_answer
        }
        yield Task(EXPLAIN, title, _note(campaign), page, _("Xem và trả lời"), due)
    if campaign.bloc_year.seat_of(actor.unit_id):
        title = _("Xem điểm khối chấm, giải trình nếu cần")
        yield Task(EXPLAIN, title, _note(campaign), page, _("Xem điểm"), due)


def _moving(campaign: Campaign, seen: Seen, actor: Actor) -> Iterator[Task]:
    """Who leads moves it on, or sees for what it waits."""
    if not policies.may_move_on(campaign, actor) or campaign.next_phase is None:
        return
    page, due = reverse("campaign", args=[campaign.pk]), campaign.closes_on(campaign.phase)
    counts = seen.counts.get(campaign.pk, Counter())
    verdict = verbs.ended(campaign, counts, campaign.waiting)  # type: ignore[attr-defined]  # annotated by `gather`
    said = {"phase": campaign.name_of(campaign.next_phase)}
    if verdict:
        missing = sum(number for (layer, state), number in counts.items() if layer == Layer.SELF and state in verbs.WRITABLE)
        note = _note(campaign)
        if missing and campaign.phase == Phase.SELF:
            note += ". " + _("Còn %(n)d đơn vị chưa nộp bảng tự chấm.") % {"n": missing}
        title = _("Chuyển sang bước “%(phase)s”") % said
        yield Task(MOVE, title, note, page, _("Xem và chuyển bước"), due)
    else:
        yield Task(MOVE, _("Theo dõi bước “%(phase)s”") % {"phase": campaign.phase_name}, verdict.reason, page, _("Xem"), due)


def _note(campaign: Campaign) -> str:
    return f"{campaign.title}, {campaign.bloc_year.name}"
