"""The periods that an actor's blocs report on, and the page of one: every unit and where its report stands."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from blocs.models import Seat
from emulation.lib.verdict import Verdict
from emulation.organisation.access import ActedRequest, acting
from emulation.organisation.actors import Actor
from emulation.reports import policies
from emulation.reports.domain import following
from emulation.reports.models import BlocReport, Extension, ProvinceReport, Report, ReportPeriod

MENU = "periods"


@dataclass(frozen=True)
class Row:
    """A unit of the bloc in a period."""

    seat: Seat
    report: Report
    extension: Extension | None
    is_mine: bool
    may_open: bool
    may_extend: Verdict


def find_period(request: ActedRequest, pk: int) -> ReportPeriod:
    """The period, if the actor may see its bloc; 404 otherwise."""
    return get_object_or_404(ReportPeriod.objects.visible_to(request.actor).full(), pk=pk)


@require_safe
@acting(MENU)
def periods(request: ActedRequest) -> HttpResponse:
    """The periods of the actor's blocs, one year at a time."""
    visible = ReportPeriod.objects.visible_to(request.actor)
    years = sorted(set(visible.values_list("bloc_year__year", flat=True)), reverse=True)
    chosen = request.GET.get("nam", "")
    year = next((number for number in years if str(number) == chosen), next(iter(years), None))
    rows = list(visible.filter(bloc_year__year=year).full().prefetch_related("reports"))
    context = {
        "rows": [_entry(row, request.actor) for row in rows],
        "years": [{"label": str(number), "url": f"?nam={number}", "active": number == year} for number in years],
        "year": year,
        "of_province": _watches(request.actor) or ProvinceReport.objects.visible_to(request.actor).exists(),
    }
    return render(request, "reports/periods.html", context)


def _watches(actor: Actor) -> bool:
    """Has a province's summaries before him also while none is signed."""
    return actor.is_office or actor.is_provincial_leader


@require_safe
@acting(MENU)
def period(request: ActedRequest, pk: int) -> HttpResponse:
    """Days, outline, and each unit with its own day and where its report stands."""
    row = find_period(request, pk)
    leads = policies.may_change_period(row, request.actor)
    rows = _rows(row, request.actor)
    mine = next((each.report for each in rows if each.is_mine), None)
    handed_in = sum(policies.is_handed_in(each.report) for each in rows)
    context = {
        "period": row,
        "bloc": row.bloc_year,
        "rows": rows,
        "mine": mine,
        "handed_in": handed_in,
        # A unit is told its own day; who has handed in is not told that it is over.
        "due_on": mine.due_on if mine else row.due_on,
        "is_met": policies.is_handed_in(mine) if mine else handed_in == len(rows),
        "leads": leads,
        "bloc_report": BlocReport.objects.visible_to(request.actor).filter(period=row).first(),
        "newer": following.newer(row) if leads else None,
        "extensions": [(each.seat.unit, each.extension) for each in rows if each.extension],
    }
    return render(request, "reports/period.html", context)


def reports_of(period: ReportPeriod) -> list[tuple[Seat, Report]]:
    """The reports in the order of the bloc's seats, with period and unit at hand."""
    known = {report.unit_id: report for report in period.reports.all()}
    found = []
    for seat in period.bloc_year.ordered_seats:
        if report := known.get(seat.unit_id):
            report.period, report.unit = period, seat.unit
            found.append((seat, report))
    return found


def _entry(period: ReportPeriod, actor: Actor) -> dict[str, Any]:
    reports = [report for _seat, report in reports_of(period)]
    mine = next((report for report in reports if report.is_own(actor)), None)
    return {
        "period": period,
        "mine": mine,
        "url": reverse("report", args=[mine.pk]) if mine else reverse("period", args=[period.pk]),
        "handed_in": sum(policies.is_handed_in(report) for report in reports),
        "total": len(reports),
        "late": sum(report.days_late > 0 and report.first_submitted_at is None for report in reports),
    }


def _rows(period: ReportPeriod, actor: Actor) -> list[Row]:
    readable = set(Report.objects.visible_to(actor).filter(period=period).values_list("pk", flat=True))
    newest = {row.unit_id: row for row in sorted(period.extensions.all(), key=lambda row: row.pk)}
    return [
        Row(
            seat,
            report,
            newest.get(seat.unit_id),
            report.is_own(actor),
            report.pk in readable,
            policies.may_extend(period, seat.unit, actor),
        )
        for seat, report in reports_of(period)
    ]
