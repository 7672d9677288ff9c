"""From the adopted text to the open signing: two checks, then the freezing of exactly what was agreed."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from blocs import policies
from blocs.documents.printing import document_html
from blocs.domain import annexes, discussion, ending, form_check
from blocs.domain.conference_rows import lock
from blocs.domain.signing_kind import bring_together
from blocs.domain.snapshots import document_frame, province_of, signing_units, version_text
from blocs.enums import CheckKind
from blocs.models import BlocDocument, Check, Version
from blocs.workflow import DOCUMENT
from emulation.inbox.domain import notices
from emulation.lib import clock
from emulation.lib.verdict import Refused, enforce, refuse
from emulation.organisation.actors import Actor
from emulation.pdf.frame import Verification
from emulation.records.domain import audit
from emulation.records.events import Event
from emulation.signing.domain import freezing, paper
from emulation.signing.domain.freezing import RoundPlan, SlotPlan
from emulation.signing.enums import SlotRole
from emulation.signing.models import SigningRound

MOST_ORIGINALS = 99


def usual_originals(document: BlocDocument) -> int:
    """One for each unit, and one for the standing office."""
    return len(document.bloc_year.ordered_seats) + 1


@transaction.atomic
def check(version: Version, kind: str, *, actor: Actor) -> Check:
    """Record that this person checked content or form of the adopted version. Raises `Refused`.

    The form check is computed: while it finds a fault that blocks, nobody can vouch for the form.
    """
    document = BlocDocument.objects.select_for_update(of=("self",)).full().get(pk=version.document_id)
    version.document = document
    discussion.demand_latest(version)
    enforce(policies.may_record_check(version, kind, actor))
    if kind == CheckKind.FORM and (faults := form_check.blocking(document, version_text(version), dated=document.is_covenant)):
        raise Refused(
            refuse(
                _("Thể thức còn lỗi: %(faults)s") % {"faults": " ".join(f"{fault.place}: {fault.sentence}" for fault in faults)}
            )
        )
    row = Check.objects.create(version=version, kind=kind, person=actor.user, label=actor.label, at=clock.now())
    _tell_if_ready(version, actor)
    audit.log(
        Event.DOCUMENT_CHECKED,
        stream=document.stream,
        actor=actor,
        version=version.number,
        kind=kind,
        content=version.content_sha256,
    )
    return row


@transaction.atomic
def open_signing(
    document: BlocDocument, *, actor: Actor, deadline: datetime | None = None, originals: int | None = None
) -> SigningRound:
    """Freeze the adopted version and open it for signing; on paper when a number of `originals` is given.

    Raises `Refused`, `ValidationError` (faults of form, deadline past, too few or too many originals).
    """
    document = BlocDocument.objects.select_for_update(of=("self",)).full().get(pk=document.pk)
    version = discussion.latest(document)
    checked = set(version.checks.values_list("kind", flat=True)) if version else set()
    enforce(policies.may_open_signing(document, actor, checked))
    assert version is not None
    text = version_text(version)
    if faults := form_check.blocking(document, text):
        raise ValidationError([f"{fault.place}: {fault.sentence}" for fault in faults])
    if deadline is not None and deadline <= clock.now():
        raise ValidationError({"deadline": _("Hạn ký phải sau thời điểm mở ký.")})
    if originals is not None and not 1 <= originals <= MOST_ORIGINALS:
        raise ValidationError({"originals": _("Số bản gốc từ 1 đến %(n)d.") % {"n": MOST_ORIGINALS}})
    assert document.date is not None
    slots = slot_plans(document)
    holders = paper.holders((slot.unit for slot in slots), clock.today(), document.kind) if originals else None

    def print_page(fields: list[str], verification: Verification) -> str:
        frame = document_frame(document, fields=fields, verification=verification, originals=originals or 0, holders=holders)
        return document_html(document.kind, text, frame)

    plan = RoundPlan(
        kind=document.kind,
        subject_id=document.pk,
        title=document.printed_title,
        body_name=document.bloc_year.full_name,
        document_date=document.date,
        clause_count=text.clause_count,
        content_sha256=version.content_sha256,
        slots=slots,
        order=document.signing_order,
        deadline=deadline,
        originals=originals,
    )
    document.state, document.changed_at = DOCUMENT.target("open_signing"), clock.now()
    document.save(update_fields=["state", "changed_at"])
    return freezing.open_round(plan, actor=actor, print_page=print_page)


@transaction.atomic
def attach(document: BlocDocument, *, actor: Actor) -> BlocDocument:
    """Bring an adopted regulation or outline out as an annex of the conference's minutes, dated on its day. Raises `Refused`."""
    document = BlocDocument.objects.select_for_update(of=("self",)).full().get(pk=document.pk)
    version = discussion.latest(document)
    checked = set(version.checks.values_list("kind", flat=True)) if version else set()
    adoption = discussion.last_adoption(version)
    if adoption and adoption.conference:
        lock(adoption.conference)  # its minutes are not frozen meanwhile
        adoption = discussion.last_adoption(version)
    basis, minutes = adoption.basis if adoption else "", discussion.minutes_state(adoption)
    enforce(policies.may_attach(document, actor, checked, basis, minutes))
    assert version is not None
    assert adoption is not None
    if document.replaces_id:
        ending.supersede(document, actor)
    document.state, document.changed_at = DOCUMENT.target("attach"), clock.now()
    version.document, document.date = document, adoption.held_on
    document.annex = annexes.keep(version, adoption.held_on)
    document.save(update_fields=["state", "changed_at", "date", "annex"])
    units = [seat.unit_id for seat in document.bloc_year.ordered_seats]
    text = f"{document.printed_title}: ban hành kèm theo biên bản hội nghị ngày {adoption.held_on:%d/%m/%Y}."
    notices.tell_units(units, text, path=reverse("document", args=[document.pk]), except_users={actor.user_id})
    audit.log(
        Event.DOCUMENT_ATTACHED,
        stream=document.stream,
        actor=actor,
        version=version.number,
        content=version.content_sha256,
        bytes=document.annex.sha256,
    )
    return document


def slot_plans(document: BlocDocument) -> list[SlotPlan]:
    """The places to sign in the order of the grid, the witness last; names valid on the document's date.

    All units of the bloc sign a covenant; the other kinds have one place, the leader unit's.
    """
    day = document.date or clock.today()
    plans = [SlotPlan(seat.unit, seat.unit.name_on(day), seat.role, seat.role_name) for seat in signing_units(document)]
    province = province_of(document.bloc_year)
    if document.is_covenant and document.has_witness and province:
        plans.append(SlotPlan(province, province.name_on(day), SlotRole.WITNESS, "Chứng kiến"))
    return plans


def current_round(document: BlocDocument, *, with_records: bool = True) -> SigningRound | None:
    """The newest signing round of the document, whatever its state; of a paper with its records, unless only its places are wanted."""
    found = SigningRound.objects.filter(kind=document.kind, subject_id=document.pk).select_related(
        "document", "current", "authority"
    )
    newest = found.prefetch_related("slots").order_by("-number").first()
    if newest is None:
        return None
    if newest.on_paper and with_records:
        paper.bring_records([newest])
    return bring_together(newest, document)


def _tell_if_ready(version: Version, actor: Actor) -> None:
    if version.checks.count() == len(CheckKind.values):
        leader = version.document.bloc_year.leader.unit_id
        text = f"{version.document.noun.capitalize()} đã kiểm tra xong, chờ mở ký."
        notices.tell_units([leader], text, path=reverse("document", args=[version.document_id]), except_users={actor.user_id})
