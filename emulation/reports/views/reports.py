"""A unit's report as it stands, and its signing."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from emulation.organisation.access import ActedRequest, acting
from emulation.reports.domain import material
from emulation.reports.domain.report_kind import current_round
from emulation.reports.models import Report
from emulation.reports.texts import report_of
from emulation.reports.views.periods import MENU


def find_report(request: ActedRequest, pk: int) -> Report:
    """The report, if the actor may open it; 404 otherwise."""
    return get_object_or_404(Report.objects.visible_to(request.actor).full(), pk=pk)


@require_safe
@acting(MENU)
def report(request: ActedRequest, pk: int) -> HttpResponse:
    """What is written so far, to the unit itself; the newest signed version to everybody else."""
    row = find_report(request, pk)
    version = material.signed_version(row)
    own = row.is_own(request.actor) or version is None
    text = material.text_of(row) if own else report_of(version.content)  # type: ignore[union-attr]
    return render(request, "reports/report.html", {"report": row, "bloc": row.period.bloc_year, "text": text})


@require_safe
@acting(MENU)
def report_signing(request: ActedRequest, pk: int) -> HttpResponse:
    """The pages that are signed."""
    row = find_report(request, pk)
    return render(request, "reports/report.html", {"report": row, "bloc": row.period.bloc_year, "round": current_round(row)})
