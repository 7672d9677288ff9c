"""A unit writes its report: a page for each section with everything that is typed there, and one for the head of the paper."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blocs.domain.drafts import Conflict
from blocs.forms.faults import take_faults
from blocs.views import autosaving
from emulation.lib.verdict import enforce
from emulation.organisation.access import ActedRequest, acting
from emulation.reports import policies
from emulation.reports.domain import writing
from emulation.reports.forms.writing import FilesForm, HeadForm, SectionForm
from emulation.reports.models import Report
from emulation.reports.views import parts
from emulation.reports.views.desk import Desk, desk_of
from emulation.reports.views.periods import MENU
from emulation.reports.views.reports import find_report


@require_http_methods(["GET", "HEAD", "POST"])
@acting(MENU)
def report_section(request: ActedRequest, pk: int, section: str) -> HttpResponse:
    """One section: what is asked, what is written, its files. A POST saves it, live or plainly."""
    report = find_own(request, pk)
    desk = desk_of(report)
    key = str(section)
    if not desk.has(key):
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = desk.form(key, data)
    if data is None:
        return section_page(request, desk, key, form)
    saved = parts.save(desk, key, form, actor=request.actor, sent=request.POST)
    if autosaving.is_live(request):
        return JsonResponse(saved.answer(), status=saved.status)
    enforce(saved.verdict)
    if saved.status == 200:
        messages.success(request, _("Đã lưu."))
        return redirect("report_section", pk, key)
    return section_page(request, desk, key, form, status=saved.status, conflicts=saved.stored, versions=urlencode(saved.versions))


@require_http_methods(["GET", "HEAD", "POST"])
@acting(MENU)
def report_head(request: ActedRequest, pk: int) -> HttpResponse:
    """The head of the paper: number, place, to whom, who gets a copy."""
    report = find_own(request, pk)
    form = HeadForm(request.POST if request.method == "POST" else None, instance=report)
    if request.method != "POST":
        return _head_page(request, report, form)

    def save(seen: int, values: Mapping[str, Any]) -> Report:
        return writing.save_head(report, actor=request.actor, seen=seen, values=values)

    def shown(row: Report) -> Mapping[str, Any]:
        return {name: getattr(row, name) for name in writing.HEAD_FIELDS}

    if autosaving.is_live(request):
        return autosaving.save_live(request, form, autosaving.Saving(report, save, shown))
    stored = None
    if form.is_valid():
        try:
            save(autosaving.seen_version(request), form.cleaned_data)
        except ValidationError as error:
            take_faults(form, error)
        except Conflict as conflict:
            stored = conflict.stored
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("report_head", pk)
    conflicts = [(form[name].label, value) for name, value in shown(stored).items()] if stored else []
    edits = stored.edits if stored else Report.objects.get(pk=pk).edits
    return _head_page(request, report, form, status=409 if stored else 422, conflicts=conflicts, edits=edits)


def find_own(request: ActedRequest, pk: int) -> Report:
    """The report of the actor's own unit; somebody else who may open it is told whose it is. Raises `Refused`."""
    report = find_report(request, pk)
    enforce(policies.may_open_desk(report, request.actor))
    return report


def section_page(
    request: ActedRequest, desk: Desk, key: str, form: SectionForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The page of a section; `more` replaces what a form with faults brings along."""
    may_write = policies.may_write(desk.report, request.actor)
    context = (
        desk.around(key)
        | desk.fields(key, form)
        | {
            "report": desk.report,
            "period": desk.report.period,
            "bloc": desk.report.period.bloc_year,
            "form": form,
            "may_write": may_write,
            "versions": parts.versions(desk, key),
            "files": desk.files(key),
            "files_form": FilesForm(),
            "save_key": f"{request.actor.user_id}-report-{desk.report.pk}-{key}",
        }
    )
    return render(request, "reports/section.html", context | more, status=status)


def _head_page(request: ActedRequest, report: Report, form: HeadForm, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "report": report,
        "period": report.period,
        "bloc": report.period.bloc_year,
        "form": form,
        "may_write": policies.may_write(report, request.actor),
        "edits": report.edits,
        "save_key": f"{request.actor.user_id}-report-{report.pk}-head",
    }
    return render(request, "reports/head.html", context | more, status=status)
