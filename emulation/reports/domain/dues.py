"""What is due in reports: those of units that were not handed in yet, each until its own day, and those of their blocs."""

from collections.abc import Iterable

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from blocs.domain.dues import around, visible
from emulation.inbox.dues import Asked, Due
from emulation.lib import clock
from emulation.reports.models import BlocReport, Extension, Report


def dues(asked: Asked) -> Iterable[Due]:
    """Reports that were never signed, in periods that are open; a repair is never late. Two queries for any number of units."""
    blocs = visible(asked)
    newest = Extension.objects.filter(period=OuterRef("period"), unit=OuterRef("unit")).order_by("-pk").values("due_on")[:1]
    unsigned = Report.objects.filter(period__bloc_year__in=blocs, period__opens_on__lte=clock.today(), first_submitted_at=None)
    for report in unsigned.select_related("period").annotate(extended=Subquery(newest)).order_by("pk"):
        report.period.bloc_year = bloc = blocs[report.period.bloc_year_id]
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
    unsent = BlocReport.objects.filter(period__bloc_year__in=blocs, period__opens_on__lte=clock.today(), first_sent_at=None)
    for row in unsent.select_related("period").order_by("pk"):
        row.period.bloc_year = bloc = blocs[row.period.bloc_year_id]
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
