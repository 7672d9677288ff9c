"""Key figures over the years, of a bloc or of one unit: a picture and a table for each indicator."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from emulation.organisation.access import ActedRequest, acting
from emulation.reports.domain import trends
from emulation.reports.trends import Series, YearReport, drawn, series


@dataclass(frozen=True)
class Shown:
    """A series with its place among the pictures; None where nothing can be drawn."""

    series: Series
    place: int | None


@require_safe
@acting("periods")
def report_trends(request: ActedRequest) -> HttpResponse:
    """The indicators of the chosen bloc, or of the chosen unit in it; what is not to be read is not offered."""
    blocs = trends.blocs(request.actor)
    bloc = next((row for row in blocs if str(row.pk) == request.GET.get("khoi")), next(iter(blocs), None))
    units = trends.units(request.actor, bloc.pk) if bloc else []
    unit = next((row for row in units if str(row.pk) == request.GET.get("don-vi")), None)
    reports: Sequence[YearReport] = []
    if bloc:
        reports = trends.of_unit(request.actor, bloc.pk, unit.pk) if unit else trends.of_bloc(request.actor, bloc.pk)
    found = series(reports, of_bloc=unit is None)
    drawable = [row for row in found if row.told]
    context = {
        "blocs": blocs,
        "bloc": bloc,
        "units": units,
        "unit": unit,
        "reports": sorted(reports, key=lambda row: row.year),
        "interim": [str(row.year) for row in reports if not row.is_final],
        "shown": [Shown(row, drawable.index(row) if row.told else None) for row in found],
        "pictures": [_picture(row) for row in drawable],
    }
    return render(request, "reports/trends.html", context)


def _picture(row: Series) -> dict[str, Any]:
    words = {"plan": _("Kế hoạch"), "whole": _("Kết quả cả năm"), "half": _("Kết quả 6 tháng đầu năm")}
    return {"kind": "trend", "words": words, **drawn(row)}
