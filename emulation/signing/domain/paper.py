"""A round that is signed with pens: record who signed the paper, have a second person confirm it, and so complete the round.

Nothing here is an electronic signature: what the system keeps is a scan by its hash and the word of two persons.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch, Q, prefetch_related_objects
from django.utils.translation import gettext as _

from emulation.inbox.domain import notices
from emulation.lib import clock, vietnamese
from emulation.lib.verdict import enforce, first_refusal
from emulation.organisation.actors import Actor
from emulation.organisation.domain import mandates
from emulation.organisation.enums import Post, usual_title
from emulation.organisation.models import Mandate, Position, Unit
from emulation.records.domain import audit
from emulation.records.events import Event
from emulation.signing import kinds, policies, workflow
from emulation.signing.domain import rounds, signatures
from emulation.signing.enums import PaperState
from emulation.signing.models import PaperRecord, PaperTick, Scan, SigningRound, Slot


def possible_signers(slots: Sequence[Slot], *, since: date) -> dict[int, list[Position]]:
    """Of each slot's unit the positions in which somebody may have signed between that day and today, the head first; two queries."""
    held = Q(valid_from__lte=clock.today()) & (Q(valid_until=None) | Q(valid_until__gte=since))
    rows = Position.objects.signers().filter(held, unit__in={slot.unit_id for slot in slots}, post__in=[Post.HEAD, Post.DEPUTY])
    rows = rows.select_related("person", "unit").prefetch_related(
        Prefetch("mandates", Mandate.objects.order_by("-valid_from", "-pk"))
    )
    found: dict[int, list[Position]] = {slot.unit_id: [] for slot in slots}
    for position in sorted(rows, key=_head_first):
        found[position.unit_id].append(position)
    return found


@dataclass(frozen=True)
class Holder:
    """Who is printed in a place to sign: the lines over the free space, and rank and name under it."""

    position: tuple[str, ...]
    name: str


def holders(units: Iterable[Unit], day: date, kind: str) -> dict[int, Holder]:
    """For each unit who is to sign on that day: its head, else a deputy with a basis; the head's title alone when there is nobody.

    Two queries.
    """
    units = list(units)
    rows = Position.objects.on(day).signers().filter(unit__in=units, post__in=[Post.HEAD, Post.DEPUTY])
    found: dict[int, Holder] = {}
    for position in sorted(rows.select_related("person", "unit").prefetch_related("mandates"), key=_head_first):
        if (capacity := policies.capacity_on(position, day, kind)) and position.unit_id not in found:
            lines = signatures.lines_over(position.title, capacity[0], position.unit.kind)
            found[position.unit_id] = Holder(tuple(lines), position.ranked_name)
    return {unit.pk: found.get(unit.pk) or Holder((usual_title(unit.kind, Post.HEAD),), "") for unit in units}


@transaction.atomic
def record(
    scan: Scan, *, actor: Actor, signed_on: date, signers: Mapping[int, Position], no_code_reason: str = ""
) -> PaperRecord:
    """Record that the paper was signed on that day: `signers` names for each slot the position in which somebody signed.

    Raises `Refused`, and `ValidationError` with the fields "signed_on", "no_code_reason" and "slot-<pk>".
    """
    signing_round = rounds.lock_round(scan.round)
    enforce(policies.may_record_paper(signing_round, actor))
    reason = vietnamese.nfc(no_code_reason).strip()
    slots = list(signing_round.slots.order_by("number"))
    _demand_sound(signing_round, scan, slots, signed_on=signed_on, signers=signers, reason=reason)
    row = PaperRecord.objects.create(
        round=signing_round,
        scan=scan,
        signed_on=signed_on,
        no_code_reason="" if scan.has_code else reason,
        recorded_by=actor.user,
        recorded_label=actor.label,
        recorded_at=clock.now(),
    )
    ticks = [_tick(row, slot, signers[slot.pk]) for slot in slots]
    _tell_keepers(signing_round, "Bản ghi đã ký giấy chờ người thứ hai xác nhận", actor)
    audit.log(
        Event.PAPER_RECORDED,
        stream=signing_round.stream,
        actor=actor,
        round=signing_round.number,
        record=row.pk,
        scan=scan.number,
        signed_on=signed_on,
        signers=[[tick.slot.number, tick.signer_id, tick.capacity] for tick in ticks],
        no_code_reason=row.no_code_reason,
    )
    return row


@transaction.atomic
def confirm(paper: PaperRecord, *, actor: Actor) -> PaperRecord:
    """The second person has looked at the scan: every slot is signed, and the round is complete. Raises `Refused`."""
    paper = _lock(paper)
    enforce(policies.may_decide_paper(paper, actor))
    _decide(paper, "confirm", actor)
    paper.save()
    for tick in paper.ticks.select_related("slot"):
        _sign(tick, paper)
    audit.log(
        Event.PAPER_CONFIRMED,
        stream=paper.round.stream,
        actor=actor,
        round=paper.round.number,
        record=paper.pk,
        scan=list(paper.scan.files.values_list("revision__sha256", flat=True)),
    )
    rounds.go_on(paper.round, actor)
    return paper


@transaction.atomic
def decline(paper: PaperRecord, *, actor: Actor, reason: str) -> PaperRecord:
    """The second person gives the record back with a reason: a new one has to be made. Raises `Refused`."""
    paper, reason = _lock(paper), vietnamese.nfc(reason).strip()
    enforce(first_refusal(policies.may_decide_paper(paper, actor), rounds.with_reason(reason)))
    _decide(paper, "decline", actor)
    paper.decline_reason = reason
    paper.save()
    path = kinds.get(paper.round.kind).page(paper.round.subject_id)
    notices.tell([paper.recorded_by_id], f"Bản ghi đã ký giấy bị trả lại: {reason}", path=path)
    audit.log(
        Event.PAPER_DECLINED, stream=paper.round.stream, actor=actor, round=paper.round.number, record=paper.pk, reason=reason
    )
    return paper


def bring_records(rounds_on_paper: Sequence[SigningRound]) -> None:
    """Bring the records of these rounds, each knowing its round, in one query; an electronic round has none to ask for."""
    prefetch_related_objects(rounds_on_paper, "paper_records")


def pending(signing_round: SigningRound) -> PaperRecord | None:
    """The record that waits for its second person; of a round whose records are at hand it asks nothing."""
    return next((row for row in signing_round.paper_records.all() if row.state == PaperState.PENDING), None)


def confirmed(signing_round: SigningRound) -> PaperRecord | None:
    """The record that completed the round."""
    return next((row for row in signing_round.paper_records.all() if row.state == PaperState.CONFIRMED), None)


def _demand_sound(
    signing_round: SigningRound,
    scan: Scan,
    slots: Sequence[Slot],
    *,
    signed_on: date,
    signers: Mapping[int, Position],
    reason: str,
) -> None:
    faults: dict[str, str] = {}
    if not clock.local(signing_round.opened_at).date() <= signed_on <= clock.today():
        faults["signed_on"] = _("Ngày ký phải từ ngày mở ký (%(day)s) đến hôm nay.") % {
            "day": f"{clock.local(signing_round.opened_at):%d/%m/%Y}"
        }
    if not scan.has_code and not reason:
        faults["no_code_reason"] = _("Không đọc được mã QR trên bản chụp: ghi lý do và cách đồng chí đã đối chiếu.")
    if len(reason) > rounds.LONGEST_REASON:
        faults["no_code_reason"] = _("Lý do dài quá %(n)d ký tự.") % {"n": rounds.LONGEST_REASON}
    people: set[int] = set()
    for slot in slots:
        if fault := _slot_fault(slot, signers.get(slot.pk), signed_on, people):
            faults[f"slot-{slot.pk}"] = fault
    if faults:
        raise ValidationError(faults)


def _slot_fault(slot: Slot, position: Position | None, day: date, people: set[int]) -> str:
    """What is wrong with this signer, or nothing; remembers whom it has seen."""
    if position is None or position.unit_id != slot.unit_id:
        return _("Chọn người đã ký thay mặt %(unit)s.") % {"unit": slot.unit_name}
    if position.person_id in people:
        return _("Mỗi người chỉ ký một ô.")
    people.add(position.person_id)
    if not position.held_on(day):
        return _("Người này không giữ chức vụ đó trong ngày ký.")
    if policies.capacity_on(position, day, slot.round.kind) is None:
        return _no_basis(position, day, slot.round.kind)
    return ""


def _no_basis(position: Position, day: date, kind: str) -> str:
    if why := mandates.why_not(position, kinds.get(kind).scope, day):
        return _("%(why)s Ghi căn cứ mới rồi chọn lại.") % {"why": why}
    return _("Người này là cấp phó, chưa có căn cứ ký thay trong ngày ký. Ghi căn cứ ở trang “Căn cứ ký thay” rồi chọn lại.")


def _tick(row: PaperRecord, slot: Slot, position: Position) -> PaperTick:
    found = policies.capacity_on(position, row.signed_on, slot.round.kind)
    assert found is not None
    capacity, mandate = found
    return PaperTick.objects.create(
        record=row,
        slot=slot,
        signer=position.person,
        signer_name=position.person.full_name,
        signer_rank=str(position.get_rank_display()),
        signer_title=position.title,
        capacity=capacity,
        mandate=mandate,
    )


def _sign(tick: PaperTick, paper: PaperRecord) -> None:
    slot = tick.slot
    slot.signer, slot.signer_name = tick.signer, tick.signer_name
    slot.signer_rank, slot.signer_title = tick.signer_rank, tick.signer_title
    slot.capacity, slot.mandate, slot.paper_record = tick.capacity, tick.mandate, paper
    # The paper names a day and no hour: it stands for the day's beginning, and pages show the day alone.
    slot.signed_at = datetime.combine(paper.signed_on, time(), tzinfo=clock.local(clock.now()).tzinfo)
    slot.state = workflow.SLOT.target("sign")
    slot.save()


def _head_first(position: Position) -> tuple[bool, int]:
    return position.post != Post.HEAD, position.pk


def _lock(paper: PaperRecord) -> PaperRecord:
    signing_round = rounds.lock_round(paper.round)
    fresh = PaperRecord.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    fresh.round = signing_round
    return fresh


def _decide(paper: PaperRecord, verb: str, actor: Actor) -> None:
    paper.state = workflow.PAPER.target(verb)
    paper.decided_by, paper.decided_label, paper.decided_at = actor.user, actor.label, clock.now()


def _tell_keepers(signing_round: SigningRound, text: str, actor: Actor) -> None:
    kind = kinds.get(signing_round.kind)
    path = kind.page(signing_round.subject_id)
    units = kind.keepers(signing_round)
    notices.tell_units(units, f"{text}: {signing_round.title}.", path=path, except_users={actor.user_id})
