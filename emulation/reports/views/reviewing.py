"""Receiving a signed report: take it, give it back section by section, open it again; compare two signed versions."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blocs.forms.faults import take_faults
from emulation.lib.verdict import enforce, first_refusal
from emulation.organisation.access import ActedRequest, acting
from emulation.reports import comparing, policies
from emulation.reports.domain import material, reviewing
from emulation.reports.forms.presenting import ReopenForm, ReturnForm
from emulation.reports.models import Report, ReportVersion
from emulation.reports.texts import report_of
from emulation.reports.views.periods import MENU
from emulation.reports.views.reports import find_report


@require_POST
@acting(MENU)
def report_accept(request: ActedRequest, pk: int) -> HttpResponse:
    """Take the report for the bloc."""
    report = reviewing.accept(find_report(request, pk), actor=request.actor)
    messages.success(request, _("Đã tiếp nhận báo cáo của %(unit)s; đơn vị được báo.") % {"unit": report.unit.name})
    return redirect("report", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@acting(MENU)
def report_return(request: ActedRequest, pk: int) -> HttpResponse:
    """Give the report back with what is to be mended, as a whole and by section."""
    report = find_report(request, pk)
    enforce(first_refusal(policies.may_receive(report, request.actor), reviewing.may_be_mended(report)))
    version = material.signed_version(report)
    sections = [row for row in report_of(version.content).sections if row.level == 2] if version else []
    form = ReturnForm(request.POST if request.method == "POST" else None, sections=sections)
    if form.is_bound and form.is_valid():
        given = {"reason": form.cleaned_data["reason"], "sections": form.said}
        try:
            reviewing.give_back(report, actor=request.actor, **given)
        except ValidationError as error:
            take_faults(form, error)
        else:
            messages.warning(request, _("Đã trả lại báo cáo để sửa; đơn vị được báo."))
            return redirect("period", report.period_id)
    context = _around(report) | {"form": form}
    return render(request, "reports/return.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@acting(MENU)
def report_reopen(request: ActedRequest, pk: int) -> HttpResponse:
    """Open a report again that was taken already."""
    report = find_report(request, pk)
    enforce(first_refusal(policies.may_reopen(report, request.actor), reviewing.may_be_mended(report)))
    form = ReopenForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            reviewing.reopen(report, actor=request.actor, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            take_faults(form, error)
        else:
            messages.warning(request, _("Đã mở lại báo cáo; đơn vị được báo."))
            return redirect("period", report.period_id)
    context = _around(report) | {"form": form}
    return render(request, "reports/reopen.html", context, status=422 if form.errors else 200)


@require_safe
@acting(MENU)
def report_compare(request: ActedRequest, pk: int) -> HttpResponse:
    """Two signed versions section by section; without a choice the newest against the one before."""
    report = find_report(request, pk)
    versions = list(material.signed_versions(report))
    if len(versions) < 2:  # two are compared
        raise Http404
    old, new = _chosen(versions, request.GET.get("tu", ""), request.GET.get("den", ""))
    context = _around(report) | {
        "versions": versions,
        "old": old,
        "new": new,
        "entries": comparing.compare(report_of(old.content), report_of(new.content)),
    }
    return render(request, "reports/compare.html", context)


def _chosen(versions: list[ReportVersion], first: str, last: str) -> tuple[ReportVersion, ReportVersion]:
    """`versions` has the newest first."""
    by_number = {str(row.number): row for row in versions}
    return by_number.get(first, versions[1]), by_number.get(last, versions[0])


def _around(report: Report) -> dict[str, Any]:
    return {"report": report, "period": report.period, "bloc": report.period.bloc_year}
