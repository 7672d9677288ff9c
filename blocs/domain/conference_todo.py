"""What waits for an actor around the conferences of his blocs: to prepare, to attend, to conclude, to do as was directed, minutes."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from blocs import conference_policies as policies
from blocs.domain import minutes_todo
from blocs.domain.todo_rows import DIRECTED, MEET, Task
from blocs.enums import ConferenceState, MinutesState
from blocs.models import BlocYear, Conference, DirectiveTask
from emulation.lib import clock
from emulation.organisation.actors import Actor

# A bloc may do without minutes; who wants none is not reminded for ever.
REMINDED_OF_MINUTES = timedelta(days=60)


def at_work(actor: Actor) -> QuerySet[Conference]:
    """The conferences with which the actor, or somebody of his, still has something to do."""
    closed = Q(state=ConferenceState.CLOSED)
    unwritten = Q(closed_at__gt=clock.now() - REMINDED_OF_MINUTES) & ~Q(minutes__state=MinutesState.SIGNED)
    unsigned = Q(minutes__state=MinutesState.SIGNING)
    undone = DirectiveTask.objects.filter(unit=actor.unit, done_at=None, directive__conference=OuterRef("pk"))
    return Conference.objects.filter(~closed | unwritten | unsigned | Exists(undone)).order_by("starts_at", "pk")


def meets(actor: Actor) -> Exists:
    """Whether a bloc has any such conference: one more condition of a question that is asked anyway."""
    return Exists(at_work(actor).filter(bloc_year=OuterRef("pk")))


def gather(blocs: dict[int, BlocYear], actor: Actor) -> list[Conference]:
    """These conferences of the blocs, with what the actor's unit was asked to do; asks nothing when no bloc has one."""
    meeting = [pk for pk, bloc in blocs.items() if getattr(bloc, "meets", False)]
    if not meeting:
        return []
    own = DirectiveTask.objects.filter(unit=actor.unit, done_at=None).select_related("directive").order_by("directive__order")
    rows = list(at_work(actor).filter(bloc_year__in=meeting).select_related("minutes"))
    tasks = own.filter(directive__conference__in=[row.pk for row in rows if row.state != ConferenceState.PLANNED])
    by_conference: dict[int, list[DirectiveTask]] = {}
    for task in tasks if actor.unit_id and not actor.is_office else []:
        by_conference.setdefault(task.directive.conference_id, []).append(task)
    for row in rows:
        row.bloc_year = blocs[row.bloc_year_id]
        row.asked_of_me = by_conference.get(row.pk, [])
    return rows


def tasks(conferences: list[Conference], actor: Actor) -> Iterator[Task]:
    """The actor's tasks around these conferences; asks nothing more."""
    for conference in conferences:
        for task in conference.asked_of_me:
            task.directive.conference = conference
            yield _directed(task)
        if conference.state == ConferenceState.PLANNED:
            yield from _planned(conference, actor)
        elif conference.state == ConferenceState.HELD and policies.may_close(conference, actor):
            note = _("Điểm danh, ghi biểu quyết và ý kiến chỉ đạo, rồi kết thúc.")
            yield _about(conference, _("Ghi kết quả hội nghị"), note, _("Ghi kết quả"))
        elif conference.state == ConferenceState.CLOSED:
            yield from minutes_todo.tasks(conference, actor)


def _directed(task: DirectiveTask) -> Task:
    directive = task.directive
    held = clock.local(directive.conference.starts_at)
    return Task(
        DIRECTED,
        directive.text if len(directive.text) <= 160 else f"{directive.text[:157]}…",
        _("Theo chỉ đạo tại hội nghị ngày %(day)s.") % {"day": f"{held:%d/%m/%Y}"},
        reverse("conference", args=[directive.conference_id]) + f"?phan=chi-dao#muc-{directive.pk}",
        _("Báo kết quả"),
        due=directive.due,
        conference=directive.conference,
        directed=task,
    )


def _planned(conference: Conference, actor: Actor) -> Iterator[Task]:
    day = clock.local(conference.starts_at).date()
    if policies.may_hold(conference, actor):
        yield _about(conference, _("Ghi nhận hội nghị đã họp"), conference.title, _("Mở hội nghị"))
    elif policies.may_invite(conference, actor):
        if conference.invited_at:
            yield _about(conference, _("Chuẩn bị hội nghị"), conference.title, _("Xem"))
        else:
            yield _about(conference, _("Chuẩn bị hội nghị và gửi giấy mời"), conference.title, _("Chuẩn bị"))
    elif conference.invited_at and day >= clock.today() and conference.bloc_year.seat_of(actor.unit_id):
        note = _("%(title)s, tại %(venue)s.") % {"title": conference.title, "venue": conference.venue}
        yield _about(conference, _("Dự hội nghị của khối"), note, _("Xem chương trình"))


def _about(conference: Conference, title: str, note: str, button: str) -> Task:
    page = reverse("conference", args=[conference.pk])
    return Task(MEET, title, note, page, button, conference.starts_at, conference=conference)
