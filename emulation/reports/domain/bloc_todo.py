"""What waits for an actor in the reports of his blocs as a whole, as tasks for his home page: gather, check, open, sign."""

from collections.abc import Iterable, Iterator

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from blocs.domain.todo_rows import SIGN, Task
from blocs.enums import SeatRole
from blocs.models import BlocYear
from emulation.organisation.actors import Actor
from emulation.reports.enums import HANDED_IN, BlocReportState
from emulation.reports.models import BlocReport, Report

BLOC_REPORT = "bloc report"


def gather(blocs: Iterable[BlocYear], actor: Actor) -> list[BlocReport]:
    """The reports of blocs that are being made and have something to be made of; one query, none where no bloc has a period.

    `blocs` are annotated `reports` by `todo.at_work`.
    """
    known = {bloc.pk: bloc for bloc in blocs if getattr(bloc, "reports", False) and _takes_part(bloc, actor)}
    if not known:
        return []
    something = Report.objects.filter(period=OuterRef("period"), state__in=HANDED_IN)
    rows = BlocReport.objects.filter(Exists(something), period__bloc_year__in=known).exclude(state=BlocReportState.SENT)
    found = list(rows.select_related("period").order_by("pk"))
    for row in found:
        row.period.bloc_year = known[row.period.bloc_year_id]
    return found


def tasks(reports: Iterable[BlocReport], actor: Actor) -> list[Task]:
    """The actor's tasks in these reports; asks nothing more."""
    return [task for report in reports for task in _of(report, actor)]


def _of(report: BlocReport, actor: Actor) -> Iterator[Task]:
    bloc_year, page = report.period.bloc_year, reverse("bloc_report", args=[report.pk])
    leader = bloc_year.leader.unit_id
    about = {"title": f"{report.period.title[:1].lower()}{report.period.title[1:]}"}
    note, due = bloc_year.full_name, report.due_on
    if actor.unit_id == leader and report.state in (BlocReportState.GATHERING, BlocReportState.DRAFT):
        yield Task(BLOC_REPORT, _("Tổng hợp báo cáo của khối: %(title)s") % about, note, page, _("Tổng hợp"), due)
    if actor.unit_id == leader and report.state == BlocReportState.RETURNED:
        words = _("Được trả lại để sửa: %(reason)s") % {"reason": report.returned_because}
        yield Task(BLOC_REPORT, _("Sửa báo cáo của khối: %(title)s") % about, words, page, _("Sửa báo cáo"), due)
    if actor.unit_id == leader and report.state == BlocReportState.CHECKED:
        yield Task(BLOC_REPORT, _("Mở ký báo cáo của khối: %(title)s") % about, note, page, _("Mở báo cáo"), due)
    if actor.unit_id == leader and report.state == BlocReportState.SIGNING and actor.is_commander:
        yield Task(SIGN, _("Ký báo cáo của khối: %(title)s") % about, note, page, _("Xem và ký"), due)
    if report.state == BlocReportState.DRAFT and report.period.reviewer_of(leader).pk == actor.unit_id:
        yield Task(BLOC_REPORT, _("Kiểm tra báo cáo của khối: %(title)s") % about, note, page, _("Kiểm tra"), due)


def _takes_part(bloc: BlocYear, actor: Actor) -> bool:
    seat = bloc.seat_of(actor.unit_id)
    return bool(seat and seat.role != SeatRole.MEMBER) or actor.is_office
