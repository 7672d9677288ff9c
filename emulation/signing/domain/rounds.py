"""The acts of a round: sign, refuse, take a refusal back, open the next group early, void.

Each locks the round's row first, so that simultaneous signers queue and no signature is ever based on stale bytes.
"""

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from emulation.inbox.domain import notices
from emulation.lib import clock, vietnamese
from emulation.lib.verdict import ALLOWED, Verdict, enforce, first_refusal, refuse
from emulation.organisation.actors import Actor
from emulation.organisation.domain import secrets
from emulation.organisation.models import Mandate
from emulation.records.domain import audit, documents, seals
from emulation.records.events import Event
from emulation.signing import kinds, policies, workflow
from emulation.signing.domain import authorities, signatures
from emulation.signing.enums import PaperState, SlotState
from emulation.signing.models import SigningRound, Slot

LONGEST_REASON = 500


def newest(kind: str, subject: Model, **which: str) -> SigningRound | None:
    """The newest round in which this subject is signed as that kind, whatever its state unless that is asked for, with its slots."""
    found = SigningRound.objects.filter(kind=kind, subject_id=subject.pk, **which).select_related(
        "document", "current", "authority"
    )
    signing_round = found.prefetch_related("slots__unit").order_by("-number").first()
    if signing_round:
        signing_round.known_subject = subject
        for slot in signing_round.slots.all():
            slot.round = signing_round
    return signing_round


def sign(slot: Slot, *, actor: Actor, secret: str, digest_shown: str, keeper: Actor | None = None) -> Slot:
    """Sign in this slot with the actor's secret. `digest_shown` is the SHA-256 of the frozen text that he was shown.

    At a signing desk somebody else's session is open: `keeper` is that person, who proves nothing and is only written down.
    Raises `WrongSecret`, `Refused` (wrong person, state or time, locked out, or another text than the one shown).
    """
    secrets.check(actor.user.username, secret, address=actor.address)
    with transaction.atomic():
        return _sign(_lock(slot), actor=actor, digest_shown=digest_shown, keeper=keeper)


def _sign(slot: Slot, *, actor: Actor, digest_shown: str, keeper: Actor | None) -> Slot:
    enforce(policies.may_sign(slot, actor))
    row, authority = authorities.issuing()
    enforce(policies.may_freeze(row))
    signing_round = slot.round
    enforce(_as_shown(signing_round, digest_shown))
    found = policies.capacity_in(slot, actor)
    assert found is not None
    capacity, mandate = found
    _describe(slot, actor, capacity, mandate)
    moment = clock.now()
    before = documents.read(signing_round.current)
    signature = signatures.make(
        slot,
        before,
        actor=actor,
        digest_shown=digest_shown,
        moment=moment,
        authority=authority,
        method=signatures.DESK_METHOD if keeper else signatures.METHOD,
    )
    slot.revision = signing_round.current = documents.append(signing_round.current, signature.pdf, before=before)
    slot.certificate_sha256, slot.act, slot.signed_at = signature.certificate_sha256, signature.act, moment
    slot.state = workflow.SLOT.target("sign")
    slot.save()
    signing_round.save(update_fields=["current"])
    audit.log(
        Event.SIGNED,
        stream=signing_round.stream,
        actor=actor,
        round=signing_round.number,
        slot=slot.number,
        unit=slot.unit_id,
        capacity=capacity,
        act=signature.act.sha256,
        certificate=signature.certificate_sha256,
        revision=slot.revision.sha256,
        **({"desk": keeper.label} if keeper else {}),
    )
    go_on(signing_round, actor)
    return slot


@transaction.atomic
def refuse_to_sign(slot: Slot, *, actor: Actor, reason: str) -> Slot:
    """Refuse, with a reason that everybody is told. The others' signatures stay. Raises `Refused`."""
    slot, reason = _lock(slot), vietnamese.nfc(reason).strip()
    enforce(first_refusal(policies.may_refuse(slot, actor), with_reason(reason)))
    slot.state, slot.refused_at, slot.refusal_reason = workflow.SLOT.target("refuse"), clock.now(), reason
    slot.save()
    _tell_all(slot.round, f"{slot.unit_name} từ chối ký: {reason}", actor)
    audit.log(
        Event.SIGNING_REFUSED, stream=slot.round.stream, actor=actor, round=slot.round.number, slot=slot.number, reason=reason
    )
    return slot


@transaction.atomic
def withdraw_refusal(slot: Slot, *, actor: Actor) -> Slot:
    """Take the unit's refusal back: the slot is ready again. Raises `Refused`."""
    slot = _lock(slot)
    enforce(policies.may_withdraw_refusal(slot, actor))
    slot.state, slot.refused_at, slot.refusal_reason = workflow.SLOT.target("withdraw_refusal"), None, ""
    slot.save()
    _tell_all(slot.round, f"{slot.unit_name} rút lại lời từ chối ký.", actor)
    audit.log(Event.REFUSAL_WITHDRAWN, stream=slot.round.stream, actor=actor, round=slot.round.number, slot=slot.number)
    return slot


@transaction.atomic
def open_next_group(signing_round: SigningRound, *, actor: Actor, reason: str) -> SigningRound:
    """Open the next group before all of the earlier ones have signed; those may sign afterwards. Raises `Refused`."""
    signing_round, reason = lock_round(signing_round), vietnamese.nfc(reason).strip()
    enforce(first_refusal(policies.may_open_next_group(signing_round, actor), with_reason(reason)))
    _open_group_after(signing_round)
    audit.log(
        Event.GROUP_OPENED,
        stream=signing_round.stream,
        actor=actor,
        round=signing_round.number,
        group=signing_round.open_group,
        reason=reason,
    )
    return signing_round


@transaction.atomic
def void(signing_round: SigningRound, *, actor: Actor, reason: str) -> SigningRound:
    """Void the round: every signature in it loses its meaning, everybody who had signed is told, the bytes stay readable.

    Raises `Refused`.
    """
    signing_round, reason = lock_round(signing_round), vietnamese.nfc(reason).strip()
    enforce(first_refusal(policies.may_void(signing_round, actor), with_reason(reason)))
    had_signed = [slot.signer_id for slot in signing_round.slots.all() if slot.signer_id]
    signing_round.state, signing_round.voided_at, signing_round.void_reason = workflow.ROUND.target("void"), clock.now(), reason
    signing_round.save(update_fields=["state", "voided_at", "void_reason"])
    signing_round.slots.update(state=workflow.SLOT.target("void"))
    signing_round.paper_records.filter(state=PaperState.PENDING).update(state=workflow.PAPER.target("void"))
    kind = kinds.get(signing_round.kind)
    kind.on_voided(signing_round, actor)
    text = f"Bản đồng chí đã ký bị hủy, dự thảo được mở lại: {reason}"
    notices.tell(had_signed, text, path=kind.voided_page(signing_round))
    _tell_all(signing_round, f"Vòng ký bị hủy, dự thảo được mở lại: {reason}", actor, except_users=had_signed)
    audit.log(
        Event.ROUND_VOIDED,
        stream=signing_round.stream,
        actor=actor,
        round=signing_round.number,
        reason=reason,
        signatures=len(had_signed),
    )
    return signing_round


def go_on(signing_round: SigningRound, actor: Actor) -> None:
    """After a signature: complete the round, or open the next group when all before it have signed."""
    slots = list(signing_round.slots.all())
    if all(slot.state == SlotState.SIGNED for slot in slots):
        signing_round.state, signing_round.completed_at = workflow.ROUND.target("complete"), clock.now()
        signing_round.save(update_fields=["state", "completed_at"])
        kinds.get(signing_round.kind).on_completed(signing_round, actor)
        _tell_all(signing_round, f"Đã ký đủ {len(slots)}/{len(slots)}: {signing_round.title}.", actor)
        audit.log(
            Event.ROUND_COMPLETED,
            stream=signing_round.stream,
            actor=actor,
            round=signing_round.number,
            final=signing_round.current.sha256,
        )
        # At once, not only with the next minute's seal. A seal that fails is made up for then, and never undoes a signature.
        transaction.on_commit(seals.seal_new_heads, robust=True)
    elif all(slot.state == SlotState.SIGNED for slot in slots if slot.group <= signing_round.open_group):
        _open_group_after(signing_round)


def _as_shown(signing_round: SigningRound, digest_shown: str) -> Verdict:
    """Only the frozen text that the signer was shown: never one that took its place after his page had opened."""
    if digest_shown == signing_round.document.revisions.get(number=0).sha256:
        return ALLOWED
    return refuse(_("Văn bản không còn là bản đồng chí đã mở. Đồng chí tải lại trang và đọc lại trước khi ký."))


def with_reason(reason: str) -> Verdict:
    """A reason of a length that can be kept."""
    if len(reason) > LONGEST_REASON:
        return refuse(_("Lý do dài quá %(n)d ký tự.") % {"n": LONGEST_REASON})
    return ALLOWED if reason else refuse(_("Phải nêu lý do."))


def _lock(slot: Slot) -> Slot:
    signing_round = lock_round(slot.round)
    fresh = Slot.objects.select_for_update(of=("self",)).select_related("unit").get(pk=slot.pk)
    fresh.round = signing_round
    return fresh


def lock_round(signing_round: SigningRound) -> SigningRound:
    """The round as it is now, locked first by every verb that changes it."""
    # Without a join: whoever has waited for the lock gets the new row, which PostgreSQL then no longer finds joined to the revision
    # that was current before, and so finds no row at all.
    return SigningRound.objects.select_for_update(of=("self",)).get(pk=signing_round.pk)


def _describe(slot: Slot, actor: Actor, capacity: str, mandate: Mandate | None) -> None:
    position = actor.position
    assert position is not None
    slot.signer, slot.signer_name = actor.user, actor.user.full_name
    slot.signer_rank, slot.signer_title = str(position.get_rank_display()), position.title
    slot.capacity, slot.mandate = capacity, mandate


def _open_group_after(signing_round: SigningRound) -> None:
    waiting = [slot for slot in signing_round.slots.all() if slot.state == SlotState.WAITING]
    if not waiting:
        return
    signing_round.open_group = min(slot.group for slot in waiting)
    signing_round.save(update_fields=["open_group"])
    opened = [slot for slot in waiting if slot.group == signing_round.open_group]
    Slot.objects.filter(pk__in=[slot.pk for slot in opened]).update(state=workflow.SLOT.target("open"))
    text = f"Đến lượt đơn vị ký: {signing_round.title}."
    notices.tell_units((slot.unit_id for slot in opened), text, path=kinds.get(signing_round.kind).page(signing_round.subject_id))


def _tell_all(signing_round: SigningRound, text: str, actor: Actor, *, except_users: list[int] | None = None) -> None:
    units = [slot.unit_id for slot in signing_round.slots.all()]
    path = kinds.get(signing_round.kind).page(signing_round.subject_id)
    notices.tell_units(units, text, path=path, except_users={actor.user_id, *(except_users or [])})
