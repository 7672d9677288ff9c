"""What is due in reports: those of units that were not handed in yet, each until its own day, and those of their blocs."""

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from blocs.domain.dues import around, visible
from emulation.inbox.dues import Asked, Due
from emulation.lib import clock
from emulation.reports.models import BlocReport, Report
from emulation.reports.models.periods import extended_to


def dues(asked: Asked) -> Iterable[Due]:
    """Reports that were never signed, in periods that are open; a repair is never late. One query for any number of units."""
    blocs = visible(asked)
    asked_for = Report.objects.filter(period__bloc_year__in=blocs, period__opens_on__lte=clock.today())
    # Where the bloc's report was not sent, every period comes with some unit's.
    waiting = asked_for.filter(Q(first_submitted_at=None) | Q(period__bloc_report__first_sent_at=None))
    unsent: dict[int, BlocReport] = {}
    for report in waiting.select_related("period__bloc_report").annotate(extended=extended_to()).order_by("pk"):
        report.period.bloc_year = bloc = blocs[report.period.bloc_year_id]
        if report.period.bloc_report.first_sent_at is None:
            unsent[report.period_id] = report.period.bloc_report
        if report.first_submitted_at or not bloc.seat_of(report.unit_id):  # done, or left the bloc
            continue
        yield Due(
            f"report:{report.period_id}:{report.unit_id}",
            f"report:{report.period_id}",
            _("Nộp báo cáo của đơn vị"),
            report.unit_id,
            getattr(report, "extended", None) or report.period.due_on,
            reverse("report", args=[report.pk]),
            title=report.period.title,
            watch_path=reverse("period", args=[report.period_id]),
            **around(bloc),
        )
    for row in unsent.values():
        bloc = blocs[row.period.bloc_year_id]
        yield Due(
            f"bloc-report:{row.period_id}",
            f"bloc-report:{row.period_id}",
            _("Gửi báo cáo của khối"),
            bloc.leader.unit_id,
            row.due_on,
            reverse("bloc_report", args=[row.pk]),
            title=row.period.title,
            watch_path=reverse("period", args=[row.period_id]),
            **around(bloc),
        )
