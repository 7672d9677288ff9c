"""From a run to published standings: decide ties, bring out a snapshot, open it for signatures, correct what was published."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from blocs.domain import form_check
from blocs.enums import SeatRole
from emulation.inbox.domain import notices
from emulation.lib import clock
from emulation.lib.verdict import ALLOWED, Refused, Verdict, enforce, refuse
from emulation.organisation.actors import Actor
from emulation.organisation.enums import MandateScope
from emulation.pdf import frame as page
from emulation.pdf.frame import Verification
from emulation.records.domain import audit
from emulation.records.events import Event
from emulation.signing.domain import freezing
from emulation.signing.domain.freezing import RoundPlan, SlotPlan
from emulation.signing.enums import SlotRole
from emulation.signing.models import SigningRound
from scoring import campaign_policies as policies
from scoring.documents.overview import overview_html
from scoring.domain import campaigns, deciding, printing, runs
from scoring.domain.runs import Result
from scoring.domain.standings_kind import KIND
from scoring.enums import Phase, StandingState
from scoring.models import Campaign, Snapshot, TieDecision
from scoring.workflow import STANDING


@transaction.atomic
def decide_tie(campaign: Campaign, *, actor: Actor, order: Sequence[int], decided_on: date, reason: str) -> TieDecision:
    """Write down in which order units that are equal on every key stand, best first; the bloc is computed anew.

    Until the result is signed the bloc may decide again: the last word counts, and what it replaces stays written down.
    Raises `Refused`, `ValidationError` ("order", "decided_on", "reason").
    """
    campaign = campaigns.lock(campaign)
    enforce(policies.may_decide_tie(campaign, actor))
    text = campaigns.said(reason)
    tied = runs.tied(runs.run(campaign, actor))
    given = [str(unit) for unit in order]
    if len(set(given)) != len(given) or set(given) not in [set(group) for group in tied]:
        words = _("Xếp đủ các đơn vị đang bằng điểm nhau, mỗi đơn vị một lần; đơn vị không bằng điểm thì không xếp.")
        raise ValidationError({"order": words})
    if decided_on > clock.today():
        raise ValidationError({"decided_on": _("Ngày quyết định không được sau hôm nay.")})
    before = deciding.of_campaign(campaign).get(frozenset(given), [])
    row = TieDecision.objects.create(
        campaign=campaign, units=list(order), reason=text[:2000], decided_on=decided_on, at=clock.now(), label=actor.label[:300]
    )
    told = {"units": list(order), "decided_on": decided_on, "reason": row.reason}
    if before:
        told["replaces"] = {"units": before[0].units, "decided_on": before[0].decided_on, "reason": before[0].reason}
    audit.log(Event.TIE_DECIDED, stream=campaign.stream, actor=actor, **told)
    runs.run(campaign, actor)
    return row


@transaction.atomic
def prepare(campaign: Campaign, *, actor: Actor) -> Snapshot:
    """Bring out the standings of what stands there now; a snapshot that nobody signs yet takes the newest run. Raises `Refused`."""
    campaign = campaigns.lock(campaign)
    enforce(policies.may_prepare_standings(campaign, actor))
    run = runs.run(campaign, actor)
    enforce(publishable(Result(run)))
    known = campaign.snapshots.order_by("-number")
    last = known.first()
    if last and last.state == StandingState.DRAFT:
        if last.run_id == run.pk:
            return last
        last.run, last.made_at = run, clock.now()
        last.save(update_fields=["run", "made_at"])
        snapshot = last
    else:
        reason = campaign.correction if last else ""
        number = last.number + 1 if last else 1
        snapshot = Snapshot(campaign=campaign, number=number, run=run, supersedes=last, reason=reason, made_at=clock.now())
        snapshot.full_clean(exclude=[] if last else ["supersedes"])
        snapshot.save()
    told = {"snapshot": snapshot.number, "run": run.number, "result": run.result_sha256}
    audit.log(Event.STANDINGS_PREPARED, stream=campaign.stream, actor=actor, **told)
    return snapshot


def publishable(result: Result) -> Verdict:
    """Whether a run may be signed: everything is in, and no two units share a rank."""
    if result.run.is_provisional:
        return refuse(_("Kết quả còn tạm tính: chưa nhập đủ hoặc chưa nộp đủ bảng chấm."))
    if shared := runs.shared_ranks(result.official):
        words = _("Còn %(n)d nhóm đơn vị bằng điểm; ghi quyết định của khối về thứ hạng rồi mới lập bảng xếp hạng.")
        return refuse(words % {"n": len(shared)})
    return ALLOWED


@transaction.atomic
def open_signing(snapshot: Snapshot, *, actor: Actor) -> SigningRound:
    """Freeze the standings and open them for leader and deputy. Raises `Refused`, also when something changed since."""
    campaign = campaigns.lock(snapshot.campaign)  # before the snapshot, as `prepare` does, so that neither waits for the other
    snapshot = Snapshot.objects.select_for_update(of=("self",)).select_related("run", "supersedes").get(pk=snapshot.pk)
    snapshot.campaign = campaign
    enforce(policies.may_open_standings(snapshot, actor))
    if runs.run(campaign, actor).pk != snapshot.run_id:
        raise Refused(refuse(_("Số liệu đã thay đổi sau khi lập bảng xếp hạng; lập lại bảng rồi mở ký.")))
    enforce(signable(campaign))
    result, day = Result(snapshot.run), clock.today()
    results = printing.results_of(campaign, result, day, snapshot)
    slots = slots_of(campaign, day)

    def print_page(fields: list[str], verification: Verification) -> str:
        seats = [
            page.Seat(str(slot.unit.pk), slot.unit_name, slot.role_label, field)
            for slot, field in zip(slots, fields, strict=True)
        ]
        return overview_html(results, printing.frame_of(campaign, day, seats=seats, verification=verification))

    snapshot.state = STANDING.target("open_signing")
    snapshot.save(update_fields=["state"])
    plan = RoundPlan(
        kind=KIND,
        subject_id=snapshot.pk,
        title=title_of(snapshot),
        body_name=campaign.bloc_year.full_name,
        document_date=day,
        clause_count=len(result.official.units),
        content_sha256=snapshot.run.result_sha256,
        slots=slots,
    )
    return freezing.open_round(plan, actor=actor, print_page=print_page)


def title_of(snapshot: Snapshot) -> str:
    """ "Kết quả xếp hạng thi đua năm 2020", of a correction with its number."""
    period = snapshot.campaign.title.removeprefix("Chấm điểm ")
    return f"Kết quả xếp hạng thi đua {period}" + (f", bản {snapshot.number}" if snapshot.number > 1 else "")


def slots_of(campaign: Campaign, day: date) -> list[SlotPlan]:
    """Who signs: the leader, and the first deputy or, without one, the standing office."""
    bloc_year = campaign.bloc_year
    leader = bloc_year.leader
    second = campaign.consolidator_of(leader.unit_id)
    seat = bloc_year.seat_of(second.pk)
    label = bloc_year.role_name(SeatRole.DEPUTY) if seat else "Cơ quan thường trực"
    return [
        SlotPlan(leader.unit, leader.unit.name_on(day), SlotRole.LEADER, bloc_year.role_name(SeatRole.LEADER)),
        SlotPlan(second, second.name_on(day), SlotRole.DEPUTY, label),
    ]


def signable(campaign: Campaign) -> Verdict:
    """Whether both units have a commander who can sign."""
    for slot in slots_of(campaign, clock.today()):
        if not form_check.signers_of([slot.unit.pk], MandateScope.STANDINGS).exists():
            return refuse(_("%(unit)s chưa có chỉ huy nào được ký.") % {"unit": slot.unit_name})
    return ALLOWED


@transaction.atomic
def correct(campaign: Campaign, *, actor: Actor, reason: str) -> Campaign:
    """Reopen the appraisal of a published result, with a reason; members keep seeing what is published.

    Raises `Refused`, `ValidationError`.
    """
    campaign = campaigns.lock(campaign)
    enforce(policies.may_correct(campaign, actor))
    campaign.correction = campaigns.said(reason)[:2000]
    campaign.save(update_fields=["correction"])
    campaigns.enter(campaign, Phase.APPRAISE, actor, campaign.correction)
    units = [seat.unit_id for seat in campaign.bloc_year.ordered_seats]
    words = f"{campaign.title}: mở đính chính kết quả đã công bố. Lý do: {campaign.correction}"
    notices.tell_units(units, words, path=reverse("standings", args=[campaign.pk]), except_users={actor.user_id})
    audit.log(Event.CORRECTION_OPENED, stream=campaign.stream, actor=actor, reason=campaign.correction)
    return campaign
