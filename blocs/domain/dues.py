"""What is due in blocs: drafts, stands, the opening of signing, signatures, conferences, what leaders directed."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from blocs.domain.signing_kind import KINDS
from blocs.enums import ConferenceState, DocumentState, SeatRole
from blocs.models import BlocDocument, BlocYear, Conference, DirectiveTask, Seat, Version
from emulation.inbox.dues import Asked, Due
from emulation.lib import clock
from emulation.signing.enums import RoundState, SlotState
from emulation.signing.models import Slot

AT_WORK = (DocumentState.DRAFT, DocumentState.DISCUSSION, DocumentState.ADOPTED, DocumentState.SIGNING)


def dues(asked: Asked) -> Iterable[Due]:
    """Everything of these blocs; seven queries for any number of them."""
    blocs = visible(asked)
    documents = list(BlocDocument.objects.filter(bloc_year__in=blocs).order_by("pk"))
    for document in documents:
        document.bloc_year = blocs[document.bloc_year_id]
    at_work = [document for document in documents if document.state in AT_WORK]
    started = {document.bloc_year_id for document in documents if document.is_covenant}
    yield from (due for bloc in blocs.values() if bloc.pk not in started for due in _draft(bloc))
    yield from _of_documents(at_work)
    yield from _of_rounds([document for document in at_work if document.state == DocumentState.SIGNING])
    if meeting := {pk: bloc for pk, bloc in blocs.items() if getattr(bloc, "meets", False)}:
        yield from _conferences(meeting)
        yield from _directives(meeting)


# What else is asked of a bloc in the same question, by the name that it has on the row.
_conditions: dict[str, Callable[[], Exists]] = {}


def register_condition(name: str, condition: Callable[[], Exists]) -> None:
    """Let a room above ask something of every bloc together with the bloc itself."""
    _conditions[name] = condition


def visible(asked: Asked) -> dict[int, BlocYear]:
    """The blocs that the actor may see, for nobody all, with their seats; asked for once."""
    known: dict[int, BlocYear] | None = asked.kept.get("blocs")
    if known is None:
        rows = BlocYear.objects.visible_to(asked.actor) if asked.actor else BlocYear.objects.all()
        asked_too = {name: condition() for name, condition in _conditions.items()}
        met = rows.annotate(meets=Exists(Conference.objects.filter(bloc_year=OuterRef("pk"))), **asked_too)
        seated = met.select_related("bloc").prefetch_related(Prefetch("seats", Seat.objects.order_by("order")))
        known = asked.kept["blocs"] = {bloc.pk: bloc for bloc in seated}
    return known


def around(bloc: BlocYear) -> dict[str, Any]:
    """What every due of a bloc says of it: the leader and the office look after it."""
    return {
        "bloc_id": bloc.pk,
        "bloc_name": bloc.full_name,
        "year": bloc.year_id,
        "office_id": bloc.bloc.standing_office_id,
        "watchers": frozenset({bloc.leader.unit_id}),
    }


def _drafters(bloc: BlocYear) -> list[Seat]:
    return [seat for seat in bloc.ordered_seats if seat.role != SeatRole.MEMBER]


def _draft(bloc: BlocYear, document: BlocDocument | None = None) -> Iterator[Due]:
    if bloc.draft_due is None or bloc.year_id < clock.today().year:
        return
    page = reverse("document", args=[document.pk]) if document else reverse("bloc", args=[bloc.pk])
    subject = f"draft:{bloc.pk}"
    for seat in _drafters(bloc):
        yield Due(
            f"{subject}:{seat.unit_id}", subject, _("Công bố dự thảo giao ước"), seat.unit_id, bloc.draft_due, page, **around(bloc)
        )  # fmt: skip


def _of_documents(documents: list[BlocDocument]) -> Iterator[Due]:
    discussed = [document.pk for document in documents if document.state == DocumentState.DISCUSSION]
    newest, sent = _sent(discussed)
    for document in documents:
        if document.state == DocumentState.DRAFT and document.has_bloc_days:
            yield from _draft(document.bloc_year, document)
        elif document.pk in newest:
            yield from _stands(document, *newest[document.pk], sent[newest[document.pk][0]])
        elif document.state == DocumentState.ADOPTED and document.has_bloc_days:
            yield from _opening(document)


def _sent(documents: list[int]) -> tuple[dict[int, tuple[int, datetime]], dict[int, set[int]]]:
    """By document its newest version with its deadline, by version the units that have sent their stand; one query."""
    newest: dict[int, tuple[int, datetime]] = {}
    sent: dict[int, set[int]] = defaultdict(set)
    rows = Version.objects.filter(document__in=documents).order_by("number")
    for document, version, deadline, unit, at in rows.values_list(
        "document", "pk", "deadline", "stands__unit", "stands__sent_at"
    ):
        newest[document] = (version, deadline)
        if at:
            sent[version].add(unit)
    return newest, sent


def _stands(document: BlocDocument, version: int, deadline: datetime, sent: set[int]) -> Iterator[Due]:
    page, subject = reverse("document", args=[document.pk]), f"stand:{version}"
    for seat in document.bloc_year.ordered_seats:
        if seat.unit_id not in sent:
            yield Due(
                f"{subject}:{seat.unit_id}",
                subject,
                _("Gửi ý kiến về dự thảo"),
                seat.unit_id,
                deadline,
                page,
                title=document.printed_title,
                **around(document.bloc_year),
            )


def _opening(document: BlocDocument) -> Iterator[Due]:
    bloc = document.bloc_year
    if bloc.sign_due is None:
        return
    page, subject = reverse("document", args=[document.pk]), f"open:{document.pk}"
    for seat in _drafters(bloc):
        key = f"{subject}:{seat.unit_id}"
        work = _("Kiểm tra và mở ký giao ước")
        yield Due(key, subject, work, seat.unit_id, bloc.sign_due, page, title=document.printed_title, **around(bloc))


def _of_rounds(documents: list[BlocDocument]) -> Iterator[Due]:
    signing = {document.pk: document for document in documents}
    waiting = Slot.objects.exclude(state__in=[SlotState.SIGNED, SlotState.VOID])
    wanted = waiting.filter(round__kind__in=KINDS, round__subject_id__in=signing, round__state=RoundState.OPEN).order_by("pk")
    for pk, unit, row, subject_id, deadline in wanted.values_list("pk", "unit", "round", "round__subject_id", "round__deadline"):
        document = signing[subject_id]
        moment = deadline or (document.bloc_year.sign_due if document.has_bloc_days else None)
        if moment is not None:
            yield Due(
                f"sign:{row}:{pk}",
                f"sign:{row}",
                _("Ký văn bản của khối"),
                unit,
                moment,
                reverse("document", args=[subject_id]),
                title=document.printed_title,
                for_signers=True,
                **around(document.bloc_year),
            )


def _conferences(blocs: dict[int, BlocYear]) -> Iterator[Due]:
    """A meeting until its hour, for those who are to be there; after it what came of it, which the leader unit writes down."""
    rows = Conference.objects.filter(bloc_year__in=blocs).exclude(state=ConferenceState.CLOSED)
    for row in rows.order_by("starts_at", "pk"):
        bloc = blocs[row.bloc_year_id]
        page, subject = reverse("conference", args=[row.pk]), f"meet:{row.pk}"
        if row.starts_at < clock.now():
            key, work, day = f"record:{row.pk}", _("Ghi kết quả, kết thúc hội nghị"), clock.local(row.starts_at).date()
            yield Due(key, key, work, bloc.leader.unit_id, day, page, title=row.title, **around(bloc))
            continue
        asked = bloc.ordered_seats if row.invited_at else _drafters(bloc)
        for seat in asked:
            yield Due(
                f"{subject}:{seat.unit_id}",
                subject,
                _("Dự hội nghị của khối"),
                seat.unit_id,
                row.starts_at,
                page,
                title=row.title,
                is_meeting=True,
                **around(bloc),
            )


def _directives(blocs: dict[int, BlocYear]) -> Iterator[Due]:
    undone = DirectiveTask.objects.filter(done_at=None, directive__due__isnull=False, directive__conference__bloc_year__in=blocs)
    told = undone.exclude(directive__conference__state=ConferenceState.PLANNED)
    for task in told.select_related("directive__conference").order_by("pk"):
        directive = task.directive
        assert directive.due is not None
        page = reverse("conference", args=[directive.conference_id]) + f"?phan=chi-dao#muc-{directive.pk}"
        subject = f"directive:{directive.pk}"
        yield Due(
            f"{subject}:{task.unit_id}",
            subject,
            _("Thực hiện chỉ đạo tại hội nghị"),
            task.unit_id,
            directive.due,
            page,
            title=directive.text[:160],
            **around(blocs[directive.conference.bloc_year_id]),
        )
