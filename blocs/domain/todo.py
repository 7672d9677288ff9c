"""What waits for an actor in his blocs, as tasks for his home page: from every state somebody has a next step here."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Q, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blocs import policies
from blocs.domain import conference_todo, form_check, minutes_todo, progress
from blocs.domain.minutes_kind import KIND as MINUTES_KIND
from blocs.domain.signing_kind import KINDS, bring_together
from blocs.domain.snapshots import signing_units
from blocs.domain.todo_rows import (
    ADOPT,
    ANSWER,
    CHECK,
    CONFIRM,
    DIRECTED,
    DRAFT,
    FORM,
    MEET,
    MINUTES,
    OPEN,
    RECORD,
    SIGN,
    SIGN_MINUTES,
    STAND,
    WATCH,
    Task,
)
from blocs.domain.version_rows import bring_versions
from blocs.enums import CLOSED, CheckKind, DocumentKind, DocumentState, Opinion, RemarkState, SeatRole
from blocs.models import BlocDocument, BlocYear, Conference, Seat, Version
from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.organisation.models import Position
from emulation.signing import policies as signing_policies
from emulation.signing.domain import gathering, paper
from emulation.signing.domain.gathering import Subjects
from emulation.signing.enums import SlotState
from emulation.signing.models import SigningRound, Slot

__all__ = [
    "ADOPT", "ANSWER", "CHECK", "CONFIRM", "DIRECTED", "DRAFT", "FORM", "MEET", "MINUTES", "OPEN", "RECORD", "SIGN",
    "SIGN_MINUTES", "STAND", "WATCH", "Overview", "Task", "by_urgency", "overview", "tasks",
]  # fmt: skip


# Of the blocs in sight: of which subjects besides documents and minutes open rounds are wanted, by kind.
Also = Callable[[list[BlocYear]], Mapping[str, Subjects]]


@dataclass(frozen=True)
class Overview:
    """What the actor sees: blocs, their documents by bloc, open rounds by document, conferences with something to do.

    `other_rounds` are the open rounds of kinds that stand above, which were asked for on the way.

    For the office also: the units in which somebody could sign, and those in which somebody could draft.
    """

    blocs: list[BlocYear]
    documents: dict[int, list[BlocDocument]]
    rounds: dict[int, SigningRound]
    able: set[int]
    staffed: set[int]
    conferences: list[Conference]
    other_rounds: list[SigningRound] = field(default_factory=list)

    @property
    def all_documents(self) -> list[BlocDocument]:
        return [document for rows in self.documents.values() for document in rows]

    def covenant_of(self, bloc: BlocYear) -> BlocDocument | None:
        """The bloc's covenant, if it was started: the one in force before the one that is to replace it."""
        found = self.documents.get(bloc.pk, [])
        return next((document for document in found if document.is_covenant and not document.has_ended), None)


def overview(actor: Actor, also: Also | None = None, **marks: Exists) -> Overview:
    """Everything that tasks are made of; a fixed number of queries.

    `marks`: what else is asked of each bloc on the way; `also`: of which subjects besides, by kind, open rounds are wanted.
    """
    rows = BlocYear.objects.visible_to(actor).full().annotate(meets=conference_todo.meets(actor), **marks)
    blocs = {bloc.pk: bloc for bloc in rows}
    waiting = Count("remarks", filter=Q(remarks__state=RemarkState.OPEN))
    found = list(BlocDocument.objects.filter(bloc_year__in=blocs).annotate(remarks_waiting=waiting).order_by("pk"))
    documents: dict[int, list[BlocDocument]] = defaultdict(list)
    for document in found:
        document.bloc_year = blocs[document.bloc_year_id]
        documents[document.bloc_year_id].append(document)
    at_work = [document for document in found if document.state not in CLOSED]
    bring_versions(at_work)
    able, staffed = _manned(at_work) if actor.is_office else (set(), set())
    conferences = conference_todo.gather(blocs, actor)
    rounds, others = _rounds(at_work, conferences, also(list(blocs.values())) if also else {})
    return Overview(list(blocs.values()), documents, rounds, able, staffed, conferences, others)


def tasks(seen: Overview, actor: Actor) -> list[Task]:
    """All that waits for the actor around documents and conferences; asks nothing more."""
    found: list[Task] = []
    for bloc in seen.blocs:
        if seen.covenant_of(bloc) is None:
            found += _without_covenant(bloc, actor)
        for document in seen.documents.get(bloc.pk, []):
            if document.state not in CLOSED:
                found += _of_document(document, seen, actor)
    found += conference_todo.tasks(seen.conferences, actor)
    return found


def by_urgency(tasks: Iterable[Task]) -> list[Task]:
    """What waits for a signature first, then by the day until which it is to be done."""
    return sorted(tasks, key=_urgency)


def _rounds(
    documents: list[BlocDocument], conferences: list[Conference], others: Mapping[str, Subjects]
) -> tuple[dict[int, SigningRound], list[SigningRound]]:
    """The open rounds by document, conferences brought together with theirs, and those of other kinds; one query."""
    signing = {document.pk: document for document in documents if document.state == DocumentState.SIGNING}
    wanted: dict[str, list[int]] = defaultdict(list)
    for document in signing.values():
        wanted[document.kind].append(document.pk)
    concluded = minutes_todo.signing(conferences)
    rows = gathering.open_rounds({**wanted, MINUTES_KIND: list(concluded), **others})
    minutes_todo.know_rounds(concluded, rows)
    found = [row for row in rows if row.kind in KINDS]
    if on_paper := [row for row in found if row.on_paper]:
        paper.bring_records(on_paper)
    return {row.subject_id: bring_together(row, signing[row.subject_id]) for row in found}, [
        row for row in rows if row.kind in others
    ]


def _manned(documents: list[BlocDocument]) -> tuple[set[int], set[int]]:
    """Among the units of adopted documents those with a signer, among the drafting units of drafts those with anybody; one query."""
    adopted = [document for document in documents if document.state == DocumentState.ADOPTED]
    drafts = [document for document in documents if document.state == DocumentState.DRAFT]
    signing = form_check.signers_of(seat.unit_id for document in adopted for seat in signing_units(document))
    drafting = [seat.unit_id for document in drafts for seat in _drafting_seats(document)]
    anybody = Position.objects.on(clock.today()).filter(unit__in=drafting)
    found: dict[str, set[int]] = {"sign": set(), "draft": set()}
    for work, unit in _units_for(signing, "sign").union(_units_for(anybody, "draft")):
        found[work].add(unit)
    return found["sign"], found["draft"]


def _units_for(positions: QuerySet[Position], work: str) -> QuerySet[Position, tuple[str, int]]:
    return positions.order_by().annotate(work=Value(work)).values_list("work", "unit_id")


def _drafting_seats(document: BlocDocument) -> list[Seat]:
    return [seat for seat in document.bloc_year.ordered_seats if seat.role != SeatRole.MEMBER]


def _without_covenant(bloc: BlocYear, actor: Actor) -> Iterator[Task]:
    if bloc.year_id < clock.today().year:
        return
    verdict = policies.may_start_draft_in_empty(bloc, actor)
    if verdict or actor.is_office:
        yield Task(
            DRAFT,
            _("Soạn dự thảo giao ước thi đua năm %(year)d") % {"year": bloc.year_id},
            bloc.full_name,
            reverse("document_start", args=[bloc.pk, DocumentKind.COVENANT]) if verdict else reverse("bloc", args=[bloc.pk]),
            _("Soạn dự thảo") if verdict else _("Xem khối"),
            due=bloc.draft_due,
        )


def _of_document(document: BlocDocument, seen: Overview, actor: Actor) -> Iterator[Task]:
    signing_round = seen.rounds.get(document.pk)
    version = next(iter(document.versions.all()), None)
    if version:
        version.document = document
    yield from _remarks_waiting(document, actor)
    if document.state == DocumentState.DRAFT:
        yield from _in_draft(document, actor, seen.staffed)
    elif document.state == DocumentState.DISCUSSION and version:
        yield from _in_discussion(document, version, actor)
    elif document.state == DocumentState.ADOPTED and version:
        yield from _when_adopted(document, version, actor, seen.able)
    elif signing_round:
        yield from _in_signing(document, signing_round, actor)


def _remarks_waiting(document: BlocDocument, actor: Actor) -> Iterator[Task]:
    count = getattr(document, "remarks_waiting", 0)
    if count and policies.may_answer_remarks(document, actor):
        title = ngettext("%(n)d ý kiến chờ trả lời", "%(n)d ý kiến chờ trả lời", count) % {"n": count}
        page = f"{reverse('remarks', args=[document.pk])}?trang-thai={RemarkState.OPEN}"
        yield Task(ANSWER, title, document.printed_title, page, _("Xem và trả lời"), document=document)


def _in_draft(document: BlocDocument, actor: Actor, staffed: Collection[int]) -> Iterator[Task]:
    if policies.may_publish(document, actor):
        page = reverse("draft", args=[document.pk])
        yield Task(
            DRAFT,
            _("Soạn và công bố dự thảo"),
            document.printed_title,
            page,
            _("Soạn tiếp"),
            _due(document, document.bloc_year.draft_due),
            document=document,
        )
    elif actor.is_office and not any(seat.unit_id in staffed for seat in _drafting_seats(document)):
        names = ", ".join(seat.unit.short_name for seat in _drafting_seats(document))
        note = _("Các đơn vị được soạn chưa có cán bộ nào: %(units)s.") % {"units": names}
        button, due = _("Mở danh sách cán bộ"), _due(document, document.bloc_year.draft_due)
        yield Task(WATCH, _("Cử người soạn dự thảo"), note, reverse("people"), button, due, document=document)


def _in_discussion(document: BlocDocument, version: Version, actor: Actor) -> Iterator[Task]:
    page = reverse("document", args=[document.pk])
    stands = {stand.unit_id: stand for stand in version.stands.all()}
    mine = stands.get(actor.unit_id or 0)
    if policies.may_prepare_stand(document, actor) and not (mine and mine.sent_at):
        note = document.printed_title
        if mine:
            note = _("%(person)s đã soạn sẵn: %(opinion)s.") % {
                "person": mine.prepared_label.split(",")[0],
                "opinion": mine.get_opinion_display(),
            }
        if actor.is_commander or not mine:
            title = _("Gửi ý kiến về bản dự thảo %(n)d") if actor.is_commander else _("Soạn ý kiến về bản dự thảo %(n)d")
            button = _("Xem và gửi") if actor.is_commander else _("Xem và soạn")
            yield Task(STAND, title % {"n": version.number}, note, page, button, version.deadline, document=document)
    if policies.may_adopt(document, actor):
        sent = {unit: stand.opinion for unit, stand in stands.items() if stand.sent_at}
        seats = document.bloc_year.ordered_seats
        silent = [seat.unit.short_name for seat in seats if seat.unit_id not in sent]
        remarks = [seat.unit.short_name for seat in seats if sent.get(seat.unit_id) == Opinion.REMARK]
        note = _missing(silent, len(seats)) if silent else _("Tất cả đơn vị đã gửi ý kiến.")
        if remarks:
            note += " " + _("Có ý kiến: %(units)s.") % {"units": ", ".join(remarks)}
        title = _("Ghi nhận thống nhất bản dự thảo %(n)d") % {"n": version.number}
        yield Task(ADOPT, title, _about(document, note), page, _("Xem ý kiến"), version.deadline, document=document)


def _when_adopted(document: BlocDocument, version: Version, actor: Actor, able: Collection[int]) -> Iterator[Task]:
    page = reverse("document", args=[document.pk])
    done = {check.kind for check in version.checks.all()}
    due = _due(document, document.bloc_year.sign_due)
    for kind in CheckKind.values:
        if kind not in done and policies.may_record_check(version, kind, actor):
            said = {"part": str(CheckKind(kind).label).lower(), "noun": _(document.noun)}
            title = _("Kiểm tra %(part)s %(noun)s trước khi ký") % said
            yield Task(CHECK, title, document.printed_title, page, _("Kiểm tra"), due, document=document)
    if policies.may_open_signing(document, actor, done):
        title = _("Mở ký %(noun)s") % {"noun": _(document.noun)}
        yield Task(OPEN, title, document.printed_title, page, _("Mở ký"), due, document=document)
    if actor.is_office and (without := form_check.units_without_signer(document, able=able)):
        note = _("Chưa có ai được ký: %(units)s.") % {"units": ", ".join(without)}
        yield Task(WATCH, _("Cử người ký cho đơn vị"), note, reverse("people"), _("Mở danh sách cán bộ"), due, document=document)


def _in_signing(document: BlocDocument, signing_round: SigningRound, actor: Actor) -> Iterator[Task]:
    page = reverse("document", args=[document.pk])
    slots = list(signing_round.slots.all())
    if signing_round.on_paper:
        yield from _on_paper(document, signing_round, actor)
        return
    for slot in slots:
        yield from _own_slot(document, signing_round, slot, actor)
    if signing_policies.may_void(signing_round, actor):
        open_slots = [slot for slot in slots if slot.state != SlotState.SIGNED]
        title = _("Theo dõi ký: %(done)d/%(total)d đã ký") % {"done": len(slots) - len(open_slots), "total": len(slots)}
        yield Task(
            WATCH,
            title,
            _about(document, _unsigned(open_slots)),
            page,
            _("Xem"),
            signing_round.deadline,
            document=document,
            signing_round=signing_round,
        )


def _unsigned(slots: list[Slot]) -> str:
    """Who has not signed yet, and who has refused and why."""
    waiting = [progress.slot_label(slot) for slot in slots if slot.state != SlotState.REFUSED]
    said = [_("Chưa ký: %(units)s.") % {"units": ", ".join(waiting)}] if waiting else []
    refused = [slot for slot in slots if slot.state == SlotState.REFUSED]
    words = _("%(unit)s từ chối ký: %(reason)s")
    said += [words % {"unit": progress.slot_label(slot), "reason": slot.refusal_reason} for slot in refused]
    return " ".join(said)


def _on_paper(document: BlocDocument, signing_round: SigningRound, actor: Actor) -> Iterator[Task]:
    """Record what was signed with pens, confirm it as a second person; who could void watches."""
    page, due, title = reverse("paper", args=[document.pk]), signing_round.deadline, document.printed_title
    record = paper.pending(signing_round)
    more: dict[str, Any] = {"document": document, "signing_round": signing_round}
    if record and signing_policies.may_decide_paper(record, actor):
        note = _("%(title)s. %(person)s đã ghi.") % {"title": title, "person": record.recorded_label.split(",")[0]}
        yield Task(CONFIRM, _("Xác nhận đã ký giấy"), note, page, _("Xem và xác nhận"), due, **more)
    elif signing_policies.may_record_paper(signing_round, actor):
        yield Task(RECORD, _("In để ký, rồi ghi nhận đã ký giấy"), title, page, _("Ghi nhận"), due, **more)
    if signing_policies.may_void(signing_round, actor):
        words = _("Bản ghi chờ người thứ hai xác nhận.") if record else _("Chưa ghi nhận đã ký giấy.")
        yield Task(WATCH, _("Theo dõi ký trên giấy"), words, reverse("document", args=[document.pk]), _("Xem"), due, **more)


def _own_slot(document: BlocDocument, signing_round: SigningRound, slot: Slot, actor: Actor) -> Iterator[Task]:
    if slot.unit_id != actor.unit_id or not actor.is_commander or slot.state not in (SlotState.READY, SlotState.REFUSED):
        return
    page = reverse("sign", args=[document.pk])
    if slot.state == SlotState.REFUSED:
        note = _("Đơn vị đã từ chối ký: %(reason)s") % {"reason": slot.refusal_reason}
        yield Task(
            SIGN,
            document.printed_title,
            note,
            page,
            _("Xem lại"),
            signing_round.deadline,
            document=document,
            signing_round=signing_round,
        )
        return
    verdict = signing_policies.may_sign(slot, actor)
    yield Task(
        SIGN,
        document.printed_title,
        document.bloc_year.full_name,
        page,
        _("Xem và ký"),
        signing_round.deadline,
        verdict,
        document,
        signing_round,
    )


def _due(document: BlocDocument, day: date | None) -> date | None:
    """The bloc's days, for the document that has them."""
    return day if document.has_bloc_days else None


def _about(document: BlocDocument, note: str) -> str:
    """Beside a covenant a bloc has other documents at work: their tasks say which."""
    return note if document.is_covenant else f"{document.printed_title}. {note}"


def _missing(names: list[str], total: int) -> str:
    return _("Còn %(n)d/%(total)d đơn vị chưa gửi ý kiến: %(units)s.") % {
        "n": len(names),
        "total": total,
        "units": ", ".join(names),
    }


def _urgency(task: Task) -> tuple[int, str]:
    first = 0 if task.kind in (SIGN, SIGN_MINUTES) else 1
    due = task.due
    moment = due.isoformat() if due else "9999"
    return (first, moment)
