"""What waits for the office and the provincial leaders in the province's summaries, as tasks for their home page."""

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from blocs.domain.todo_rows import SIGN, Task
from blocs.models import BlocYear
from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.reports.domain import province_reports
from emulation.reports.domain.province_reports import Offer
from emulation.reports.enums import ProvinceReportState
from emulation.reports.models import ProvinceReport

PROVINCE_REPORT = "province report"


def tasks(blocs: Iterable[BlocYear], actor: Actor) -> list[Task]:
    """The office's and the leaders'; two queries, none where no bloc has a period. `blocs` are annotated `reports` by `todo.at_work`."""
    if not (actor.is_office or actor.is_provincial_leader) or not any(getattr(bloc, "reports", False) for bloc in blocs):
        return []
    known = {(row.year_id, row.kind, row.name): row for row in ProvinceReport.objects.visible_to(actor)}
    if actor.is_provincial_leader:
        return [task for row in known.values() for task in _of_leader(row, actor)]
    # What nobody summed up in the year after is history.
    recent = [offer for offer in province_reports.offers(actor) if offer.sent and offer.year >= clock.today().year - 1]
    return [task for offer in recent for task in _of_office(offer, known.get((offer.year, offer.kind, offer.name)))]


def _of_leader(report: ProvinceReport, actor: Actor) -> Iterator[Task]:
    if report.state == ProvinceReportState.SIGNING and actor.is_commander:
        page = reverse("province_report", args=[report.pk])
        yield Task(SIGN, _("Ký báo cáo tổng hợp của tỉnh"), report.period_title, page, _("Xem và ký"))


def _of_office(offer: Offer, report: ProvinceReport | None) -> Iterator[Task]:
    if report and report.state != ProvinceReportState.DRAFT:
        return
    title = _("Bản tổng hợp của tỉnh: %(n)d khối đã gửi") % {"n": offer.sent}
    if report:
        yield Task(PROVINCE_REPORT, title, offer.title, reverse("province_report", args=[report.pk]), _("Mở báo cáo"))
    else:
        yield Task(PROVINCE_REPORT, title, offer.title, reverse("province_reports"), _("Lập báo cáo"))
