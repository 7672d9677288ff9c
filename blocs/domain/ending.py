"""A document in force that ends: revoked by the standing office, or replaced at the moment at which a new one is brought out.

Nothing of it is taken away: its bytes, signatures and history stay readable, and whoever verifies it is told that it holds no longer.
"""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from blocs import policies
from blocs.enums import ENDED, ISSUED
from blocs.models import BlocDocument
from blocs.workflow import DOCUMENT
from emulation.inbox.domain import notices
from emulation.lib import clock, vietnamese
from emulation.lib.verdict import ALLOWED, Verdict, enforce, first_refusal, refuse
from emulation.organisation.actors import Actor
from emulation.records.domain import audit
from emulation.records.events import Event
from emulation.signing.domain import rounds, standing
from emulation.signing.models import SigningRound

LONGEST_DECISION = 200
# Both stand in one sentence on the verification page, which has room for this much.
LONGEST_REASON = rounds.LONGEST_REASON - LONGEST_DECISION - len(" ()")


@transaction.atomic
def revoke(document: BlocDocument, *, actor: Actor, decision: str, reason: str) -> BlocDocument:
    """Revoke a document in force by a decision; all who signed and all units are told. Raises `Refused`."""
    document = _lock(document)
    decision, reason = vietnamese.nfc(decision).strip(), vietnamese.nfc(reason).strip()
    enforce(first_refusal(policies.may_revoke(document, actor), _decided(decision), _explained(reason)))
    signing_round = standing.completed(document.kind, document.pk)
    document.end_decision = decision
    _end(document, "revoke", reason)
    if signing_round:
        standing.revoked(signing_round, reason=f"{reason} ({decision})")
    _tell(document, signing_round, f"{document.printed_title} đã bị thu hồi theo {decision}: {reason}", document.pk, actor)
    _log(Event.DOCUMENT_REVOKED, document, signing_round, actor, reason=reason, decision=decision)
    return document


def supersede(new: BlocDocument, actor: Actor, successor: SigningRound | None = None) -> None:
    """The new document is being brought out, in its verb's transaction: what it names and what still holds is replaced by it."""
    old = BlocDocument.objects.select_for_update(of=("self",)).full().filter(replaced_by=new, state__in=ISSUED).first()
    if old is None:
        return
    signing_round = standing.completed(old.kind, old.pk)
    _end(old, "replace", new.replace_reason)
    if signing_round:
        standing.replaced(signing_round, reason=new.replace_reason, successor=successor)
    _tell(old, signing_round, f"{old.printed_title} đã được thay thế bằng văn bản mới: {new.replace_reason}", new.pk, actor)
    _log(Event.DOCUMENT_REPLACED, old, signing_round, actor, reason=new.replace_reason, by=new.pk)


def consequences() -> str:
    """What revoking means, for the pages that ask for it."""
    return _(
        "Văn bản hết hiệu lực ngay và không khôi phục được; ai xác minh cũng thấy đã bị thu hồi, vì sao. "
        "Bản đã ký vẫn lưu nguyên vẹn, khối soạn được văn bản mới."
    )


def _decided(decision: str) -> Verdict:
    if len(decision) > LONGEST_DECISION:
        return refuse(_("Số quyết định dài quá %(n)d ký tự.") % {"n": LONGEST_DECISION})
    return ALLOWED if decision else refuse(_("Ghi số, ngày và cơ quan ban hành quyết định thu hồi."))


def _explained(reason: str) -> Verdict:
    if len(reason) > LONGEST_REASON:
        return refuse(_("Lý do dài quá %(n)d ký tự.") % {"n": LONGEST_REASON})
    return rounds.with_reason(reason)


def _lock(document: BlocDocument) -> BlocDocument:
    return BlocDocument.objects.select_for_update(of=("self",)).full().get(pk=document.pk)


def _end(document: BlocDocument, move: str, reason: str) -> None:
    document.state = DOCUMENT.target(move)
    assert document.state in ENDED
    document.ended_at = document.changed_at = clock.now()
    document.end_reason = reason
    document.save(update_fields=["state", "ended_at", "end_reason", "end_decision", "changed_at"])


def _tell(document: BlocDocument, signing_round: SigningRound | None, text: str, page: int, actor: Actor) -> None:
    """Once to each: those who signed in person, then everybody else of the units."""
    path = reverse("document", args=[page])
    signed = signing_round.slots.exclude(signer=None).values_list("signer", flat=True) if signing_round else []
    signers = set(signed) - {actor.user_id}
    notices.tell(signers, text, path=path)
    units = [seat.unit_id for seat in document.bloc_year.ordered_seats]
    notices.tell_units(units, text, path=path, except_users={actor.user_id, *signers})


def _log(event: Event, document: BlocDocument, signing_round: SigningRound | None, actor: Actor, **said: object) -> None:
    number = signing_round.number if signing_round else 0
    audit.log(event, stream=document.stream, actor=actor, round=number, **said)
