"""What waits for an actor while a result is ratified: compute, decide ties, bring out the standings, open them, sign, watch."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from blocs.domain.todo_rows import WATCH, Task
from emulation.organisation.actors import Actor
from emulation.signing import policies as signing_policies
from emulation.signing.enums import SlotState
from emulation.signing.models import SigningRound, Slot
from scoring import campaign_policies as policies
from scoring.domain import runs
from scoring.domain.runs import Result
from scoring.domain.standings_kind import KIND
from scoring.enums import Phase, StandingState
from scoring.models import Campaign, Run, Snapshot

RATIFY, SIGN_STANDINGS = "ratify", "sign standings"


@dataclass
class Seen:
    """Of campaigns that are being ratified: the newest run, and the open signing round, each by campaign."""

    runs: dict[int, Run] = field(default_factory=dict)
    rounds: dict[int, SigningRound] = field(default_factory=dict)


def subjects(blocs: Collection[int]) -> QuerySet[Snapshot, int]:
    """The snapshots of these blocs that are being signed."""
    return (
        Snapshot.objects.filter(campaign__bloc_year__in=blocs, state=StandingState.SIGNING)
        .order_by()
        .values_list("pk", flat=True)
    )


def gather(campaigns: Iterable[Campaign], rounds: Iterable[SigningRound]) -> Seen:
    """The runs of those that wait to be brought out, and of these rounds whose they are; asks nothing when there are none."""
    ratifying = {campaign.pk: campaign for campaign in campaigns if campaign.phase == Phase.RATIFY}
    seen = Seen()
    # What was brought out was complete, and no two shared a rank: only another run since has to be looked at.
    newest = {pk: campaign.newest_run for pk, campaign in ratifying.items()}  # type: ignore[attr-defined]  # as `todo` annotates
    wanted = [run for pk, run in newest.items() if run and not ((work := _in_work(ratifying[pk])) and work.run_id == run)]
    for run in Run.objects.filter(pk__in=wanted).defer("inputs") if wanted else []:
        run.campaign = ratifying[run.campaign_id]
        seen.runs[run.campaign_id] = run
    signing = {row.pk: row for campaign in ratifying.values() if (row := _in_work(campaign))}
    for signing_round in rounds:
        if signing_round.kind == KIND:
            signing_round.known_subject = snapshot = signing[signing_round.subject_id]
            seen.rounds[snapshot.campaign_id] = signing_round
    return seen


def tasks(campaign: Campaign, seen: Seen, actor: Actor) -> Iterator[Task]:
    """The actor's tasks until the result is published; asks nothing more."""
    if signing_round := seen.rounds.get(campaign.pk):
        yield from _in_signing(campaign, signing_round, actor)
        return
    if not policies.may_prepare_standings(campaign, actor):
        return
    page, due = reverse("standings", args=[campaign.pk]), campaign.closes_on(Phase.RATIFY)
    note = f"{campaign.title}, {campaign.bloc_year.name}"
    run, snapshot = seen.runs.get(campaign.pk), _in_work(campaign)
    if snapshot and run is None:
        page = reverse("standings_signing", args=[snapshot.pk])
        yield Task(RATIFY, _("Mở ký bảng xếp hạng"), note, page, _("Xem và mở ký"), due)
    elif run is None or run.is_provisional:
        yield Task(RATIFY, _("Tính điểm toàn khối"), note, page, _("Mở kết quả"), due)
    elif tied := runs.shared_ranks(Result(run).official):
        title = _("Ghi quyết định thứ hạng: %(n)d nhóm đơn vị bằng điểm") % {"n": len(tied)}
        yield Task(RATIFY, title, note, page, _("Ghi quyết định"), due)
    else:
        yield Task(RATIFY, _("Lập bảng xếp hạng để ký"), note, page, _("Mở kết quả"), due)


def _in_signing(campaign: Campaign, signing_round: SigningRound, actor: Actor) -> Iterator[Task]:
    slots = sorted(signing_round.slots.all(), key=lambda slot: slot.number)
    due = campaign.closes_on(Phase.RATIFY)
    for slot in slots:
        yield from _own(campaign, signing_round, slot, actor)
    if policies.leading(campaign.bloc_year, actor):
        waiting = ", ".join(slot.unit_name for slot in slots if slot.state != SlotState.SIGNED)
        refused = next((slot for slot in slots if slot.state == SlotState.REFUSED), None)
        note = _("Chờ %(units)s ký.") % {"units": waiting}
        if refused:
            note = _("%(unit)s từ chối ký: %(reason)s") % {"unit": refused.unit_name, "reason": refused.refusal_reason}
        page = reverse("standings_signing", args=[signing_round.subject_id])
        yield Task(WATCH, _("Theo dõi ký bảng xếp hạng"), note, page, _("Xem"), due)


def _own(campaign: Campaign, signing_round: SigningRound, slot: Slot, actor: Actor) -> Iterator[Task]:
    page, due = reverse("standings_sign", args=[signing_round.subject_id]), campaign.closes_on(Phase.RATIFY)
    title = _("Ký bảng xếp hạng năm %(year)d") % {"year": campaign.bloc_year.year_id}
    if signing_policies.may_withdraw_refusal(slot, actor):
        note = _("Đã từ chối ký: %(reason)s") % {"reason": slot.refusal_reason}
        yield Task(SIGN_STANDINGS, title, note, page, _("Xem lại"), due)
    elif signing_policies.may_refuse(slot, actor):
        verdict = signing_policies.may_sign(slot, actor)
        yield Task(SIGN_STANDINGS, title, campaign.bloc_year.full_name, page, _("Xem và ký"), due, verdict)


def _in_work(campaign: Campaign) -> Snapshot | None:
    return next((row for row in campaign.snapshots.all() if row.state != StandingState.PUBLISHED), None)
