"""Publish versions, take the units' stands, record how the text was agreed."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, OuterRef, QuerySet, Subquery, prefetch_related_objects
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from blocs import enclosing, policies
from blocs.domain import carrying, drafts, votes
from blocs.domain.form_check import unprintable
from blocs.domain.snapshots import draft_text, version_text
from blocs.domain.votes import UNANIMOUS, Vote
from blocs.enums import AdoptionBasis, DocumentState, Opinion, RemarkState
from blocs.models import Adoption, BlocDocument, Stand, Version
from blocs.texts import CovenantText
from blocs.workflow import DOCUMENT
from emulation.inbox.domain import notices
from emulation.lib import clock, vietnamese
from emulation.lib.stored_words import in_vietnamese
from emulation.lib.verdict import Refused, enforce, refuse
from emulation.organisation.actors import Actor
from emulation.records.domain import audit
from emulation.records.events import Event

LAPSE_SENTENCE = "Quá thời hạn trên, đơn vị không có văn bản trả lời được coi là thống nhất với dự thảo."

# What a version says that is agreed in the same moment.
HALL_DEADLINE = timedelta(hours=1)


def latest(document: BlocDocument) -> Version | None:
    """The newest published version."""
    return dated(document.versions.order_by("-number")).first()


def dated(versions: QuerySet[Version]) -> QuerySet[Version]:
    """Each version with the day on which it was last agreed, as `adopted_on`."""
    held_on = Adoption.objects.filter(version=OuterRef("pk")).order_by("-recorded_at").values("held_on")[:1]
    return versions.annotate(adopted_on=Subquery(held_on))


def last_adoption(version: Version | None) -> Adoption | None:
    """How the version was last agreed, if it was."""
    return version.adoptions.select_related("conference__minutes").order_by("-recorded_at").first() if version else None


def minutes_state(adoption: Adoption | None) -> str:
    """The state of the minutes of the conference that adopted; "" without any."""
    minutes = getattr(adoption.conference, "minutes", None) if adoption and adoption.conference else None
    return minutes.state if minutes else ""


def demand_latest(version: Version) -> None:
    """Raises `Refused` unless this is the newest version: nobody acts on a text that he no longer sees."""
    newest = latest(version.document)
    if newest is None or newest.pk != version.pk:
        raise Refused(refuse(_("Đã có bản dự thảo mới hơn. Đồng chí tải lại trang để xem bản mới.")))


@transaction.atomic
def publish(document: BlocDocument, *, actor: Actor, deadline: datetime, lapse_sentence: str = LAPSE_SENTENCE) -> Version:
    """Publish the working draft as the next version with a deadline for the units' stands.

    Publishing the same text again changes nothing and returns the version that stands. Raises `Refused`, `ValidationError`
    (deadline in the past, no clause, characters that cannot be printed, faults in what it encloses).
    """
    document = _lock(document)
    enforce(policies.may_publish(document, actor))
    text = draft_text(document)
    before = latest(document)
    if before and before.content_sha256 == text.sha256 and document.state == DOCUMENT.target("publish"):
        return before
    if deadline <= clock.now():
        raise ValidationError({"deadline": _("Hạn lấy ý kiến phải sau thời điểm công bố.")})
    if not text.clause_count:
        raise ValidationError(_("Dự thảo chưa có nội dung nào để lấy ý kiến."))
    if faults := unprintable(text):
        raise ValidationError([f"{fault.place}: {fault.sentence}" for fault in faults])
    if wrong := enclosing.faults(document.kind, text.enclosed):
        raise ValidationError(wrong)
    number = (document.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    version = Version.objects.create(
        document=document,
        number=number,
        content=text.to_json(),
        content_sha256=text.sha256,
        deadline=deadline,
        lapse_sentence=lapse_sentence,
        carried=_concerned(document, before, text),
        published_by=actor.user,
        published_at=clock.now(),
    )
    _carry_over(before, version)
    _move(document, "publish")
    document.remarks.filter(state=RemarkState.ACCEPTED, entered_version=None).update(entered_version=number)
    _tell_of_version(document, version, actor)
    said = {"content": text.sha256, "deadline": deadline, "carried": version.carried}
    audit.log(Event.VERSION_PUBLISHED, stream=document.stream, actor=actor, version=number, **said)
    return version


@transaction.atomic
def prepare_stand(version: Version, *, actor: Actor, opinion: str, remark: str = "") -> Stand:
    """Prepare the unit's stand for its commander to send. Raises `Refused`, `ValidationError`."""
    document = _lock(version.document)
    enforce(policies.may_prepare_stand(document, actor))
    demand_latest(version)
    stand = _own_stand(version, actor)
    if stand.sent_at:
        raise Refused(refuse(_("Ý kiến của đơn vị đã được gửi; chỉ chỉ huy đơn vị được gửi lại ý kiến khác.")))
    _write(stand, actor, opinion, remark)
    audit.log(
        Event.STAND_PREPARED, stream=document.stream, actor=actor, version=version.number, unit=actor.unit_id, opinion=opinion
    )
    return stand


@transaction.atomic
def send_stand(version: Version, *, actor: Actor, opinion: str, remark: str = "") -> Stand:
    """Send the unit's stand; sending another one later replaces it until the text is adopted. Raises `Refused`, `ValidationError`."""
    document = _lock(version.document)
    enforce(policies.may_send_stand(document, actor))
    demand_latest(version)
    stand = _own_stand(version, actor)
    if stand.sent_at and (stand.opinion, stand.remark) == (opinion, _clean(opinion, remark)):
        return stand
    stand.sent_by, stand.sent_label, stand.sent_at = actor.user, actor.label[:200], clock.now()
    _write(stand, actor, opinion, remark)
    leaders = [seat.unit_id for seat in document.bloc_year.ordered_seats if seat.role != "member"]
    if opinion != Opinion.AGREE:
        said = in_vietnamese(Opinion(opinion).label).lower()
        text = f"{actor.unit}: {said} về bản dự thảo {version.number}."
        notices.tell_units(leaders, text, path=_page(document), except_users={actor.user_id})
    audit.log(
        Event.STAND_SENT,
        stream=document.stream,
        actor=actor,
        version=version.number,
        unit=actor.unit_id,
        opinion=opinion,
        remark=stand.remark,
    )
    return stand


@transaction.atomic
def adopt(
    version: Version,
    *,
    actor: Actor,
    basis: str,
    held_on: date,
    present: int | None = None,
    note: str = "",
    vote: Vote = UNANIMOUS,
    also: Iterable[Version] = (),
) -> Adoption:
    """Record that the version was agreed, for all units in one act. Raises `Refused`, `ValidationError`.

    `basis` says how; a conference counts heads (`present` of all units) and votes, and notes the reservations. Without a word on
    the vote, all present were in favour. `also` are versions of other documents agreed on at once: each is recorded, or none.
    """
    also = list(also)
    _lock_together(version.document_id, also)
    document = _lock(version.document)
    enforce(policies.may_adopt(document, actor))
    demand_latest(version)
    _demand_published(document, version)
    enforce(policies.adoption_open(version, basis))
    if held_on > clock.today():
        raise ValidationError({"held_on": _("Ngày thông qua không thể ở tương lai.")})
    total = len(document.bloc_year.ordered_seats)
    agreed = votes.Agreed(None, {})
    if basis == AdoptionBasis.CONFERENCE:
        agreed = votes.agree(document, held_on=held_on, present=present or 0, vote=vote, note=note, actor=actor)
    adoption = Adoption.objects.create(
        version=version,
        basis=basis,
        conference=agreed.conference,
        held_on=held_on,
        total=total,
        **agreed.numbers,
        note=vietnamese.nfc(note).strip(),
        recorded_by=actor.user,
        recorded_at=clock.now(),
    )
    _move(document, "adopt")
    enclosing.adopted(version, version_text(version).enclosed, actor=actor)
    how = in_vietnamese(AdoptionBasis(basis).label).lower()
    _tell_members(document, f"Bản dự thảo {version.number} đã được thông qua: {how}.", actor)
    said = {"version": version.number, "basis": basis, "total": total, "note": adoption.note, **agreed.numbers}
    audit.log(Event.DOCUMENT_ADOPTED, stream=document.stream, actor=actor, conference=adoption.conference_id, **said)
    _adopt_others(also, basis, actor=actor, held_on=held_on, present=present, note=note, vote=vote)
    return adoption


def _adopt_others(others: Iterable[Version], basis: str, **conference: Any) -> None:
    for other in others:
        if basis != AdoptionBasis.CONFERENCE:
            raise Refused(refuse(_("Chỉ hội nghị mới thông qua cùng lúc nhiều văn bản.")))
        adopt(other, basis=basis, **conference)


def ready_for_conference(document: BlocDocument, actor: Actor) -> list[Version]:
    """Newest versions of the bloc's other documents that the actor may adopt and whose drafts have not moved on since."""
    newest = Version.objects.filter(document=OuterRef("document")).order_by("-number").values("number")[:1]
    others = Version.objects.filter(document__bloc_year=document.bloc_year, document__state=DocumentState.DISCUSSION)
    found = list(
        others.exclude(document=document.pk).filter(number=Subquery(newest)).select_related("document").order_by("document")
    )
    prefetch_related_objects([version.document for version in found], "clauses")
    for version in found:
        version.document.bloc_year = document.bloc_year
    return [
        version
        for version in found
        if policies.may_adopt(version.document, actor) and draft_text(version.document).sha256 == version.content_sha256
    ]


@transaction.atomic
def publish_and_adopt(document: BlocDocument, *, actor: Actor, held_on: date, **conference: Any) -> Adoption:
    """In the hall: publish the draft as the conference amended it, and record that it agreed. Raises `Refused`, `ValidationError`.

    Two acts as ever, in one go: either both happen or neither. Nobody is waited for, so no sentence about silence is printed. A
    document without a day of signing gets that of the conference, since it is signed in the same hall. `conference` is what
    `adopt` takes: present, vote, note, and other documents adopted at once.
    """
    _lock_together(document.pk, conference.get("also", []))
    document = _lock(document)
    enforce(policies.may_publish_and_adopt(document, actor))
    if document.date is None and held_on <= clock.today():
        drafts.save_signing_details(document, actor=actor, seen=document.edits, values={"date": held_on})
    version = publish(document, actor=actor, deadline=clock.now() + HALL_DEADLINE, lapse_sentence="")
    return adopt(version, actor=actor, basis=AdoptionBasis.CONFERENCE, held_on=held_on, **conference)


@transaction.atomic
def redraft(document: BlocDocument, *, actor: Actor, reason: str) -> BlocDocument:
    """Bring an adopted text back to discussion; the next version is adopted anew. Raises `Refused`."""
    document = _lock(document)
    enforce(policies.may_redraft(document, actor))
    if not reason.strip():
        raise Refused(refuse(_("Phải nêu lý do.")))
    _move(document, "redraft")
    _tell_members(document, f"{document.noun.capitalize()} được đưa về lấy ý kiến lại: {reason}", actor)
    audit.log(Event.DRAFT_CHANGED, stream=document.stream, actor=actor, changed=["redraft"], reason=reason)
    return document


def _lock(document: BlocDocument) -> BlocDocument:
    return BlocDocument.objects.select_for_update(of=("self",)).full().get(pk=document.pk)


def _lock_together(document: int, others: Iterable[Version]) -> None:
    """All documents of one act, in the same order whoever acts: of two who adopt the same ones, one waits for the other."""
    keys = {document, *(other.document_id for other in others)}
    list(BlocDocument.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))


def _move(document: BlocDocument, verb: str) -> None:
    document.state = DOCUMENT.target(verb)
    document.changed_at = clock.now()
    document.save(update_fields=["state", "changed_at"])


def _demand_published(document: BlocDocument, version: Version) -> None:
    if draft_text(document).sha256 != version.content_sha256:
        words = _("Bản đang soạn đã khác bản %(n)d: công bố bản mới, hoặc đưa nội dung về như bản đã công bố.")
        raise Refused(refuse(words % {"n": version.number}))


def _concerned(document: BlocDocument, before: Version | None, text: CovenantText) -> dict[str, list[str]]:
    """By unit whose stand stood on the version before: why it is reset, nothing where it is carried over."""
    if before is None:
        return {}
    members = {seat.unit_id for seat in document.bloc_year.ordered_seats}
    sent = before.stands.filter(sent_at__isnull=False, unit__in=members).values_list("unit_id", flat=True)
    return carrying.reasons(version_text(before), text, sent)


def _carry_over(before: Version | None, version: Version) -> None:
    kept = [int(unit) for unit, reasons in version.carried.items() if not reasons]
    for stand in before.stands.filter(unit__in=kept) if before else []:
        stand.carried_from = stand.carried_from or before.number if before else None
        stand.pk, stand.version = None, version
        stand._state.adding = True  # noqa: SLF001  # Django's own way to copy a row
        stand.save()


def _tell_of_version(document: BlocDocument, version: Version, actor: Actor) -> None:
    """Each unit hears whether it has to give its stand, to give it again and why, or has nothing to do."""
    with translation.override("vi"):
        for seat in document.bloc_year.ordered_seats:
            reasons = version.carried.get(str(seat.unit_id))
            text = f"Bản dự thảo {version.number} chờ ý kiến của đơn vị: {document.printed_title}."
            if reasons:
                text = f"Bản dự thảo {version.number} chờ đơn vị gửi lại ý kiến, vì {carrying.words(reasons)}."
            elif reasons is not None:
                text = f"Bản dự thảo {version.number}: ý kiến của đơn vị được giữ, vì phần liên quan đến đơn vị không đổi."
            notices.tell_units([seat.unit_id], text, path=_page(document), except_users={actor.user_id})


def _own_stand(version: Version, actor: Actor) -> Stand:
    return Stand.objects.select_for_update(of=("self",)).filter(version=version, unit=actor.unit).first() or Stand(
        version=version, unit=actor.unit
    )


def _write(stand: Stand, actor: Actor, opinion: str, remark: str) -> None:
    stand.opinion, stand.remark, stand.carried_from = opinion, _clean(opinion, remark), None
    stand.prepared_by, stand.prepared_label, stand.prepared_at = actor.user, actor.label[:200], clock.now()
    stand.full_clean(exclude=["sent_by", "sent_at", "carried_from"])
    stand.save()


def _clean(opinion: str, remark: str) -> str:
    return "" if opinion == Opinion.AGREE else vietnamese.nfc(remark).strip()


def _page(document: BlocDocument) -> str:
    return reverse("document", args=[document.pk])


def _tell_members(document: BlocDocument, text: str, actor: Actor) -> None:
    notices.tell_units(
        (seat.unit_id for seat in document.bloc_year.ordered_seats), text, path=_page(document), except_users={actor.user_id}
    )
