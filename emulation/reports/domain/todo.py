"""What waits for an actor in the reports of his blocs, as tasks for his home page: write, mend, sign, receive."""

from collections.abc import Iterable, Iterator

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blocs.domain.todo_rows import SIGN, Task
from blocs.models import BlocYear
from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.reports.enums import WRITABLE, ReportState
from emulation.reports.models import Report, ReportPeriod
from emulation.reports.models.periods import extended_to

REPORT, RECEIVE = "report", "receive report"


def at_work() -> Exists:
    """Whether a bloc has a period: one more condition of a question that is asked anyway."""
    return Exists(ReportPeriod.objects.filter(bloc_year=OuterRef("pk")))


def gather(blocs: Iterable[BlocYear], actor: Actor) -> list[Report]:
    """The reports that the actor's unit writes or receives next, with period and bloc; one query, none where no bloc has a period.

    `blocs` are annotated `reports` by `at_work`.
    """
    known = {bloc.pk: bloc for bloc in blocs if getattr(bloc, "reports", False)}
    if not known:
        return []
    own = Q(unit=actor.unit_id, period__opens_on__lte=clock.today(), state__in=[*WRITABLE, ReportState.SIGNING])
    rows = Report.objects.filter(own | Q(state=ReportState.SUBMITTED), period__bloc_year__in=known)
    rows = rows.select_related("period").annotate(last_day=extended_to()).order_by("period", F("first_submitted_at"), "pk")
    found = []
    for report in rows:
        report.period.bloc_year = bloc = known[report.period.bloc_year_id]
        if seat := bloc.seat_of(report.unit_id):
            report.unit = seat.unit  # which knows its names
        found.append(report)
    return found


def tasks(reports: Iterable[Report], actor: Actor) -> list[Task]:
    """The actor's tasks in these reports; asks nothing more."""
    found: list[Task] = []
    waiting: dict[int, list[Report]] = {}
    for report in reports:
        if report.state != ReportState.SUBMITTED:
            found += _of_own(report, actor)
        elif report.period.reviewer_of(report.unit_id).pk == actor.unit_id:
            waiting.setdefault(report.period_id, []).append(report)
    return found + [_receiving(rows) for rows in waiting.values()]


def _of_own(report: Report, actor: Actor) -> Iterator[Task]:
    page = reverse("report", args=[report.pk])
    due = getattr(report, "last_day", None) or report.period.due_on
    about = {"title": _title(report.period)}
    note = report.period.bloc_year.full_name
    if report.state == ReportState.SIGNING:
        if actor.is_commander:
            yield Task(SIGN, _("Ký báo cáo %(title)s") % about, note, page, _("Xem và ký"), due)
    elif report.state == ReportState.RETURNED:
        words = _("Được trả lại để sửa: %(reason)s") % {"reason": report.returned_because}
        yield Task(REPORT, _("Sửa báo cáo %(title)s") % about, words, page, _("Sửa báo cáo"))
    else:
        yield Task(REPORT, _("Viết báo cáo %(title)s") % about, note, page, _("Viết báo cáo"), due)


def _receiving(reports: list[Report]) -> Task:
    one, n = reports[0], len(reports)
    page = reverse("report", args=[one.pk]) if n == 1 else reverse("period", args=[one.period_id])
    title = ngettext("Tiếp nhận báo cáo của %(n)d đơn vị", "Tiếp nhận báo cáo của %(n)d đơn vị", n) % {"n": n}
    names = ", ".join(report.unit.short_name for report in reports[:6])
    note = f"{one.period.title}. {names}{'…' if n > 6 else ''}"  # as many names as stand in a line
    return Task(RECEIVE, title, note, page, _("Đọc và tiếp nhận"), one.period.bloc_due_on)


def _title(period: ReportPeriod) -> str:
    return f"{period.title[:1].lower()}{period.title[1:]}"
