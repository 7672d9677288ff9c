"""Make remarks, talk about them, decide on them. None is lost: not with its place, and not with a new version."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from blocs import policies
from blocs.domain import attachments as files
from blocs.domain import discussion, drafts, places
from blocs.domain.attachments import Upload
from blocs.domain.snapshots import version_text
from blocs.enums import UNDECIDED, RemarkPlace, RemarkState, SeatRole
from blocs.models import BlocDocument, Clause, Remark, RemarkReply, Version
from emulation.inbox.domain import notices
from emulation.lib import clock, vietnamese
from emulation.lib.verdict import Refused, enforce, refuse
from emulation.organisation.actors import Actor
from emulation.records.domain import audit
from emulation.records.events import Event

LONGEST = 10_000
LONGEST_WORDING = 60_000
_ANSWERED = {
    RemarkState.ACCEPTED: "tiếp thu",
    RemarkState.REJECTED: "không tiếp thu",
    RemarkState.PARKED: "để lại bàn tại hội nghị",
}


class WordingChanged(Exception):
    """The clause says something else than when the wording was proposed. `clause` is its row now, None when it was taken out."""

    def __init__(self, remark: Remark, clause: Clause | None) -> None:
        super().__init__(_("Nội dung mục này đã thay đổi sau khi góp ý."))
        self.remark, self.clause = remark, clause


@transaction.atomic
def raise_remark(
    version: Version,
    *,
    actor: Actor,
    place: str = RemarkPlace.WHOLE,
    key: str = "",
    text: str,
    proposed: str = "",
    attachments: Sequence[Upload] = (),
) -> Remark:
    """Make a remark on a place of the newest version; it may propose another wording for a clause.

    Raises `Refused`, `ValidationError` (no such place, nothing said, files that are not what they are called).
    """
    document = _lock(version.document)
    enforce(policies.may_remark(document, actor))
    discussion.demand_latest(version)
    meant = _meant(version, place, key)
    wording = _wording(meant, proposed)
    examined = files.examine(attachments)
    assert actor.unit is not None
    remark = Remark(
        document=document,
        version=version,
        number=(document.remarks.aggregate(last=Max("number"))["last"] or 0) + 1,
        unit=actor.unit,
        place=meant.kind,
        key=meant.key or None,
        quoted_number=meant.number,
        quoted_heading=meant.heading[:300],
        quoted_text=meant.text,
        text=_clean(text, LONGEST, "text"),
        proposed=wording,
        author=actor.user,
        author_label=actor.label[:300],
        at=clock.now(),
    )
    remark.save()
    kept = files.keep(remark, examined)
    _tell_leaders(document, f"{actor.unit} góp ý về bản dự thảo {version.number}: {remark.text}", remark, actor)
    said = {"place": meant.code, "text": remark.text, "proposed": wording, "files": [row.revision.sha256 for row in kept]}
    audit.log(Event.REMARK_RAISED, stream=document.stream, actor=actor, remark=remark.number, version=version.number, **said)
    return remark


@transaction.atomic
def reply(remark: Remark, *, actor: Actor, text: str) -> RemarkReply:
    """Add to the thread of a remark. Raises `Refused`, `ValidationError`."""
    document, remark = _locked(remark)
    enforce(policies.may_remark(document, actor))
    assert actor.unit is not None
    row = RemarkReply(
        remark=remark,
        unit=actor.unit,
        author=actor.user,
        author_label=actor.label[:300],
        text=_clean(text, LONGEST, "text"),
        at=clock.now(),
    )
    row.save()
    units = {remark.unit_id, *_leading(document)}
    words = f"{actor.unit} trao đổi về ý kiến số {remark.number}: {row.text}"
    notices.tell_units(units, words, path=page(remark), except_users={actor.user_id})
    audit.log(Event.REMARK_REPLIED, stream=document.stream, actor=actor, remark=remark.number, text=row.text)
    return row


@transaction.atomic
def accept(remark: Remark, *, actor: Actor, answer: str = "", wording: str | None = None, seen: int | None = None) -> Remark:
    """Accept a remark; a proposed wording enters the working draft at once.

    When the clause has changed since, nothing is applied blindly: `WordingChanged` brings back what it says now, and the leader
    chooses a `wording`, having seen the clause's counter `seen`. Raises `Refused`, `WordingChanged`, `drafts.Conflict`.
    """
    document, remark = _locked(remark)
    enforce(policies.may_answer_remarks(document, actor))
    if remark.state == RemarkState.ACCEPTED:
        return remark
    _demand_undecided(remark)
    remark.entered_text = _enter(document, remark, wording, seen, actor) if remark.proposed else ""
    return _answer(document, remark, RemarkState.ACCEPTED, answer, actor)


@transaction.atomic
def reject(remark: Remark, *, actor: Actor, answer: str) -> Remark:
    """Decline a remark with the reason. Raises `Refused`, `ValidationError` (no reason)."""
    document, remark = _locked(remark)
    enforce(policies.may_answer_remarks(document, actor))
    if remark.state == RemarkState.REJECTED:
        return remark
    _demand_undecided(remark)
    if not answer.strip():
        raise ValidationError({"answer": _("Nêu lý do không tiếp thu.")})
    return _answer(document, remark, RemarkState.REJECTED, answer, actor)


@transaction.atomic
def park(remark: Remark, *, actor: Actor, answer: str = "") -> Remark:
    """Leave a remark for the conference, where it is accepted or declined. Raises `Refused`."""
    document, remark = _locked(remark)
    enforce(policies.may_answer_remarks(document, actor))
    if remark.state == RemarkState.PARKED:
        return remark
    _demand_undecided(remark)
    return _answer(document, remark, RemarkState.PARKED, answer, actor)


@transaction.atomic
def withdraw(remark: Remark, *, actor: Actor) -> Remark:
    """Take a remark back, by its own unit; it stays readable. Raises `Refused`."""
    document, remark = _locked(remark)
    if remark.state == RemarkState.WITHDRAWN and actor.unit_id == remark.unit_id:
        return remark
    enforce(policies.may_withdraw_remark(remark, actor))
    _close(remark, RemarkState.WITHDRAWN, remark.answer, actor)
    _tell_leaders(document, f"{actor.unit} rút ý kiến số {remark.number}.", remark, actor)
    audit.log(Event.REMARK_WITHDRAWN, stream=document.stream, actor=actor, remark=remark.number)
    return remark


def page(remark: Remark) -> str:
    """Where a remark is read and answered."""
    return reverse("remark", args=[remark.document_id, remark.number])


def clause_of(document: BlocDocument, remark: Remark) -> Clause | None:
    """The clause of the working draft on which the remark was made, unless it was taken out."""
    return document.clauses.filter(key=remark.key, removed_at=None).first() if remark.key else None


def _meant(version: Version, kind: str, key: str) -> places.Place:
    for place in places.places(version_text(version), version.document.kind):
        if (place.kind, place.key) == (kind, key):
            return place
    raise ValidationError(_("Không có mục này trong bản dự thảo %(n)d.") % {"n": version.number})


def _wording(meant: places.Place, proposed: str) -> str:
    """The proposed wording, or "" when it is what the clause says already."""
    wording = _clean(proposed, LONGEST_WORDING, "proposed", required=False)
    if wording and meant.kind != RemarkPlace.CLAUSE:
        raise ValidationError({"proposed": _("Chỉ đề xuất câu chữ cho một mục của văn bản.")})
    return "" if wording == meant.text else wording


def _enter(document: BlocDocument, remark: Remark, wording: str | None, seen: int | None, actor: Actor) -> str:
    """Bring the wording into the working draft; what entered, "" when its clause is gone and the leader knows."""
    clause = clause_of(document, remark)
    if wording is None:
        if clause is None or clause.text not in (remark.quoted_text, remark.proposed):
            raise WordingChanged(remark, clause)
        wording, seen = remark.proposed, clause.edits
    if clause is None:
        return ""
    if seen is None:
        raise WordingChanged(remark, clause)
    return drafts.save_clause(clause, actor=actor, seen=seen, values={"text": wording}).text


def _answer(document: BlocDocument, remark: Remark, state: RemarkState, answer: str, actor: Actor) -> Remark:
    _close(remark, state, _clean(answer, LONGEST, "answer", required=False), actor)
    words = f"Ý kiến số {remark.number} của đơn vị: {_ANSWERED[state]}. {remark.answer}".strip()
    notices.tell_units([remark.unit_id], words, path=page(remark), except_users={actor.user_id})
    audit.log(
        Event.REMARK_ANSWERED,
        stream=document.stream,
        actor=actor,
        remark=remark.number,
        state=state,
        answer=remark.answer,
        place=f"{remark.place} {remark.key}",
        entered=remark.entered_text,
    )
    return remark


def _close(remark: Remark, state: RemarkState, answer: str, actor: Actor) -> None:
    remark.state, remark.answer = state, answer
    remark.answered_by, remark.answered_label, remark.answered_at = actor.user, actor.label[:300], clock.now()
    remark.save(update_fields=["state", "answer", "answered_by", "answered_label", "answered_at", "entered_text"])


def _demand_undecided(remark: Remark) -> None:
    if remark.state not in UNDECIDED:
        raise Refused(refuse(_("Ý kiến này đã được trả lời hoặc đã rút.")))


def _clean(text: str, longest: int, field: str, *, required: bool = True) -> str:
    clean = vietnamese.nfc(text).replace("\r\n", "\n").strip()
    if required and not clean:
        raise ValidationError({field: _("Ghi nội dung góp ý.")})
    if len(clean) > longest:
        raise ValidationError({field: _("Dài quá %(n)d ký tự.") % {"n": longest}})
    return clean


def _lock(document: BlocDocument) -> BlocDocument:
    return BlocDocument.objects.select_for_update(of=("self",)).full().get(pk=document.pk)


def _locked(remark: Remark) -> tuple[BlocDocument, Remark]:
    """The document and the remark as they are now, locked in this order by everybody."""
    document = _lock(remark.document)
    fresh = Remark.objects.select_for_update(of=("self",)).select_related("unit", "version").get(pk=remark.pk)
    fresh.document = document
    return document, fresh


def _leading(document: BlocDocument) -> list[int]:
    return [seat.unit_id for seat in document.bloc_year.ordered_seats if seat.role != SeatRole.MEMBER]


def _tell_leaders(document: BlocDocument, words: str, remark: Remark, actor: Actor) -> None:
    notices.tell_units(_leading(document), words, path=page(remark), except_users={actor.user_id})
