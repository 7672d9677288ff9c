"""The page of a report: to its unit what is missing and what comes next, to whoever receives it the signed version."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from blocs.domain import previews
from emulation.lib.verdict import Refused, enforce
from emulation.organisation.access import ActedRequest, acting
from emulation.pdf import pictures
from emulation.reports import policies
from emulation.reports.documents.report import report_html
from emulation.reports.domain import following, material, presenting, reading
from emulation.reports.enums import WRITABLE
from emulation.reports.forms.presenting import PresentForm
from emulation.reports.models import Report
from emulation.reports.texts import report_of
from emulation.reports.views.desk import desk_of
from emulation.reports.views.periods import MENU


def find_report(request: ActedRequest, pk: int) -> Report:
    """The report, if the actor may open it; 404 otherwise."""
    row = get_object_or_404(Report.objects.visible_to(request.actor).in_period(), pk=pk)
    if seat := row.period.bloc_year.seat_of(row.unit_id):
        row.unit = seat.unit  # which knows its names
    return row


def folder(report: Report) -> str:
    """Where previews of this report are kept."""
    return f"report-{report.pk}"


@require_safe
@acting(MENU)
def report(request: ActedRequest, pk: int) -> HttpResponse:
    """What is written so far and what is missing, to the unit that writes; else what is signed, or waits for it."""
    row = find_report(request, pk)
    if row.is_own(request.actor) and row.state in WRITABLE:
        return _desk_page(request, row)
    return signed_page(request, row)


def signed_page(request: ActedRequest, row: Report, *, status: int = 200, **bound: Any) -> HttpResponse:
    """The pages that are signed or wait for it, their text, what was said of it, and who may do what now."""
    from emulation.reports.views.signing import PAGES

    signing_round = reading.readable_round(row, request.actor)
    known = list(row.versions.select_related("signed").order_by("-number"))
    versions = [version for version in known if hasattr(version, "signed")]
    version = next(iter(known if row.is_own(request.actor) else versions), None)
    context = _around(row) | {
        "version": version,
        "text": report_of(version.content) if version else None,
        "round": signing_round,
        "reviews": row.reviews.select_related("version").order_by("-pk"),
        "versions": versions,
        "may_receive": policies.may_receive(row, request.actor),
        "may_reopen": policies.may_reopen(row, request.actor),
        "reviews_it": policies.reviews(row, request.actor),
    }
    if signing_round:
        context |= PAGES.about(row, signing_round, request.actor)
    return render(request, "reports/report.html", context | bound, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@acting(MENU)
def report_present(request: ActedRequest, pk: int) -> HttpResponse:
    """Present the report to the commander, to be signed here or on paper."""
    row = find_report(request, pk)
    enforce(policies.may_present(row, request.actor))
    form = PresentForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            presenting.present(row, actor=request.actor, originals=form.originals)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Đã trình ký; chỉ huy đơn vị được báo."))
            return redirect("report", pk)
    context = _around(row) | {"form": form}
    return render(request, "reports/present.html", context, status=422 if form.errors else 200)


@require_safe
@acting(MENU)
def report_preview(request: ActedRequest, pk: int) -> HttpResponse:
    """The pages as they would print now, as a fragment for the overview."""
    from emulation.reports.views.signing import PAGES

    row = find_report(request, pk)
    enforce(policies.may_open_desk(row, request.actor))
    html = report_html(material.text_of(row), presenting.frame_of(row, draft_label="DỰ THẢO"))
    key, pdf = previews.rendered(folder(row), html)
    pages = PAGES.pages(row, key, pictures.page_count(pdf))
    return render(request, "blocs/preview.html", {"pages": pages, "marked": 0})


def _desk_page(request: ActedRequest, row: Report) -> HttpResponse:
    desk = desk_of(row)
    context = _around(row) | {
        "lines": desk.lines,
        "missing": desk.blocking,
        "hints": [fault for fault in desk.faults if fault.is_hint],
        "dropped": following.dropped(row, desk.outline, desk.text),
        "may_write": policies.may_write(row, request.actor),
        "may_present": _presentable(row, request, desk),
        "review": desk.review,
        "said": [(line, desk.said[line.key]) for line in desk.lines if line.key in desk.said],
        "versions": desk.versions,
        "first": next((line for line in desk.lines if line.level == 2), None),
    }
    return render(request, "reports/desk.html", context)


def _presentable(row: Report, request: ActedRequest, desk: Any) -> Any:
    verdict = policies.may_present(row, request.actor)
    if verdict:
        verdict = presenting.complete(desk.faults)
    return presenting.signable(row) if verdict else verdict


def _around(row: Report) -> dict[str, Any]:
    return {"report": row, "period": row.period, "bloc": row.period.bloc_year}
