"""Freeze a text and open a round over it.

The manifest names units, roles and fields, never persons: rank and name come with the signer's stamp, so a commander who falls
ill on the day voids nothing. Its hash is printed in the text that it describes.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from emulation.inbox.domain import notices
from emulation.lib import clock, codes
from emulation.lib.verdict import Refused, enforce, refuse
from emulation.organisation.actors import Actor
from emulation.organisation.domain import units
from emulation.organisation.models import Unit
from emulation.pdf import finish, pictures, qr
from emulation.pdf.frame import Verification
from emulation.pdf.render import render
from emulation.records.domain import audit, documents
from emulation.records.events import Event
from emulation.records.models import Revision
from emulation.signing import kinds, policies
from emulation.signing.domain import authorities
from emulation.signing.enums import SigningMethod, SigningOrder, SlotRole, SlotState
from emulation.signing.models import Authority, SigningRound, Slot

# Secretary and chair sign minutes, where nobody else does.
_GROUPS = {
    SigningOrder.FREE: {role: 2 if role == SlotRole.WITNESS else 1 for role in SlotRole},
    SigningOrder.BY_ROLE: {
        SlotRole.MEMBER: 1,
        SlotRole.SECRETARY: 1,
        SlotRole.DEPUTY: 2,
        SlotRole.CHAIR: 2,
        SlotRole.LEADER: 3,
        SlotRole.WITNESS: 4,
    },
}


@dataclass(frozen=True)
class SlotPlan:
    """A place to sign, in the order of the grid."""

    unit: Unit
    unit_name: str
    role: str
    role_label: str


@dataclass(frozen=True)
class RoundPlan:
    """What is to be signed, how and by whom. `content_sha256` is the hash of the adopted text.

    `originals` is how many papers are signed with pens; None when the round is electronic.
    """

    kind: str
    subject_id: int
    title: str
    body_name: str
    document_date: date
    clause_count: int
    content_sha256: str
    slots: Sequence[SlotPlan]
    order: str = SigningOrder.FREE
    deadline: datetime | None = None
    originals: int | None = None

    @property
    def method(self) -> SigningMethod:
        return SigningMethod.ELECTRONIC if self.originals is None else SigningMethod.PAPER

    @property
    def on_paper(self) -> bool:
        return self.method == SigningMethod.PAPER


Printer = Callable[[list[str], Verification], str]


@transaction.atomic
def open_round(plan: RoundPlan, *, actor: Actor, print_page: Printer) -> SigningRound:
    """Render the final page once, keep its bytes, and open the round with one empty field for each slot; on paper without fields.

    `print_page` gives the HTML for the field names (in slot order) and the block to verify by. The caller has locked the subject
    and enforced its own policy. Raises `Refused`, and `IntegrityError` when the subject has an open round.
    """
    row = _authority_for(plan)
    number = (
        SigningRound.objects.filter(kind=plan.kind, subject_id=plan.subject_id).aggregate(last=Max("number"))["last"] or 0
    ) + 1
    fields = _field_names(plan)
    manifest = _manifest(plan, number, fields)
    signing_round = SigningRound(
        kind=plan.kind,
        subject_id=plan.subject_id,
        number=number,
        method=plan.method,
        originals=plan.originals,
        is_demonstration=plan.on_paper and units.is_demonstration(),
        title=plan.title,
        body_name=plan.body_name,
        document_date=plan.document_date,
        clause_count=plan.clause_count,
        manifest=manifest.decode(),
        manifest_sha256=hashlib.sha256(manifest).hexdigest(),
        token=codes.token(),
        short_code=codes.typing_code(),
        authority=row,
        order=plan.order,
        deadline=plan.deadline,
        opened_by=actor.user,
        opened_at=clock.now(),
    )
    pdf = finish.finish(render(print_page(fields, _verification(signing_round))))
    revision = documents.freeze(plan.kind, pdf)
    signing_round.document, signing_round.current, signing_round.page_count = (
        revision.document,
        revision,
        pictures.page_count(pdf),
    )
    signing_round.save()
    _make_slots(signing_round, plan, fields, pdf)
    _announce(signing_round, revision, actor)
    return signing_round


def _authority_for(plan: RoundPlan) -> Authority | None:
    """Who will certify the keys; a paper needs nobody for that, only an address that its readers can reach."""
    row = None if plan.on_paper else authorities.issuing()[0]
    enforce(policies.may_freeze(row))
    return row


def _field_names(plan: RoundPlan) -> list[str]:
    """A name for each place to sign: opaque in the file; on paper there is no field, and the name is only the manifest's."""
    if plan.on_paper:
        return [f"paper-{number}" for number in range(1, len(plan.slots) + 1)]
    return [f"sig-{codes.typing_code(8).lower()}" for _slot in plan.slots]


def address_of(signing_round: SigningRound) -> str:
    """The address behind the QR."""
    return address_of_token(signing_round.token)


def address_of_token(token: str) -> str:
    """The address at which the document of this token is verified."""
    return f"{settings.PUBLIC_BASE_URL}{reverse('verify_token', args=[token])}"


def _verification(signing_round: SigningRound) -> Verification:
    address = address_of(signing_round)
    code = signing_round.short_code
    return Verification(
        address=settings.PUBLIC_BASE_URL + reverse("verify"),
        qr=qr.qr_data_uri(address),
        short_code=f"{code[:5]} {code[5:]}",
        short_hash=signing_round.short_hash,
    )


def _manifest(plan: RoundPlan, number: int, fields: list[str]) -> bytes:
    return audit.canonical(
        {
            "kind": plan.kind,
            "subject": plan.subject_id,
            "round": number,
            "title": plan.title,
            "of": plan.body_name,
            "date": plan.document_date,
            "content_sha256": plan.content_sha256,
            "method": plan.method,
            "originals": plan.originals,
            "order": plan.order,
            "slots": [
                {"unit": slot.unit.pk, "name": slot.unit_name, "role": slot.role, "field": field}
                for slot, field in zip(plan.slots, fields, strict=True)
            ],
        }
    )


def _make_slots(signing_round: SigningRound, plan: RoundPlan, fields: list[str], pdf: bytes) -> None:
    boxes = {box.name: box for box in finish.signature_fields(pdf)}
    if sorted(boxes) != ([] if plan.on_paper else sorted(fields)):
        raise Refused(refuse(_("Không dựng được đủ ô ký trên bản in. Đồng chí báo cơ quan thường trực.")))
    groups = _GROUPS[SigningOrder(plan.order)]
    first = min(groups[SlotRole(slot.role)] for slot in plan.slots)
    signing_round.open_group = first
    signing_round.save(update_fields=["open_group"])
    for number, (slot, field) in enumerate(zip(plan.slots, fields, strict=True), start=1):
        # At a ceremony with pens nobody waits for anybody.
        group = first if plan.on_paper else groups[SlotRole(slot.role)]
        box = boxes.get(field)
        Slot.objects.create(
            round=signing_round,
            method=plan.method,
            number=number,
            group=group,
            unit=slot.unit,
            unit_name=slot.unit_name,
            role=slot.role,
            role_label=slot.role_label,
            field_name=field,
            **({"page": box.page, "width_pt": box.width, "height_pt": box.height} if box else {}),
            state=SlotState.READY if group == first else SlotState.WAITING,
        )


def _announce(signing_round: SigningRound, revision: Revision, actor: Actor) -> None:
    ready = [slot.unit_id for slot in signing_round.slots.all() if slot.state == SlotState.READY]
    path = kinds.get(signing_round.kind).page(signing_round.subject_id)
    text = f"Mở ký trên giấy: {signing_round.title}." if signing_round.on_paper else f"Đến lượt đơn vị ký: {signing_round.title}."
    notices.tell_units(ready, text, path=path, except_users={actor.user_id})
    audit.log(
        Event.ROUND_OPENED,
        stream=signing_round.stream,
        actor=actor,
        round=signing_round.number,
        method=signing_round.method,
        frozen=revision.sha256,
        manifest=signing_round.manifest_sha256,
        slots=signing_round.slots.count(),
    )
