"""The page of a period: every unit of the bloc and where its report stands."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from emulation.organisation.access import ActedRequest, acting
from emulation.reports.models import ReportPeriod

MENU = "periods"


@require_safe
@acting(MENU)
def period(request: ActedRequest, pk: int) -> HttpResponse:
    """Days, outline and units of a period."""
    row = get_object_or_404(ReportPeriod.objects.visible_to(request.actor).full(), pk=pk)
    reports = {report.unit_id: report for report in row.reports.all()}
    units = []
    for seat in row.bloc_year.ordered_seats:
        report = reports.get(seat.unit_id)
        if report:
            report.period, report.unit = row, seat.unit
            units.append(report)
    return render(request, "reports/period.html", {"period": row, "bloc": row.bloc_year, "reports": units})
