"""The set as a workbook: download, look at what one holds, take it in."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from blocs.domain.drafts import Conflict
from emulation.lib import vietnamese
from emulation.lib.verdict import Verdict, enforce
from emulation.organisation.access import ActedRequest, acting
from scoring import policies
from scoring.domain import changes, importing
from scoring.domain.enclosing import readable, working_set
from scoring.domain.reading import set_text
from scoring.domain.usual_set import usual_set
from scoring.forms.criteria import WorkbookForm
from scoring.texts import CriteriaText, from_data
from scoring.views import tree
from scoring.views.criteria import find_regulation
from scoring.workbooks.reading import Reading, read
from scoring.workbooks.writing import workbook_of

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SALT = "scoring.workbooks"
# How long a dry run may be looked at.
HOURS = 8


@require_safe
@acting("documents")
def criteria_workbook(request: ActedRequest, pk: int) -> HttpResponse:
    """The set as a workbook; where there is none yet, the usual table as a template to fill in."""
    document = find_regulation(request, pk)
    shown = readable(document, request.actor)
    data = workbook_of(shown.text if shown else usual_set())
    name = f"tieu-chi-{vietnamese.slug(document.bloc_year.name)}-{document.bloc_year.year_id}.xlsx"
    answer = HttpResponse(data, content_type=TYPE)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@acting("documents")
def criteria_import(request: ActedRequest, pk: int) -> HttpResponse:
    """Look at a workbook, then take in what was looked at."""
    document = find_regulation(request, pk)
    working = working_set(document)
    enforce(_may_import(request, pk))
    if "take" in request.POST:
        return _take_in(request, pk)
    form = WorkbookForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"document": document, "bloc": document.bloc_year, "set": working, "form": form}
    status = 200
    if form.is_bound and form.is_valid():
        reading = read(form.cleaned_data["file"])
        old = set_text(working) if working else None
        context |= {"reading": reading, **_found(reading, old, importing.seen_of(working), pk)}
        status = 422 if reading.blocking else 200
    elif form.is_bound:
        status = 422
    return render(request, "scoring/criteria_import.html", context, status=status)


def _may_import(request: ActedRequest, pk: int) -> Verdict:
    document = find_regulation(request, pk)
    working = working_set(document)
    if working is None:
        return policies.may_start_criteria(document, request.actor)
    working.document = document
    return policies.may_edit_criteria(working, request.actor)


def _found(reading: Reading, old: CriteriaText | None, seen: str, pk: int) -> dict[str, Any]:
    """What the workbook would change, and the text itself, signed, to be handed back when it is taken in."""
    if reading.text is None:
        return {}
    found = changes.changes(old, reading.text) if old else []
    packed = signing.dumps({"document": pk, "seen": seen, "text": reading.text.to_data()}, salt=SALT, compress=True)
    return {
        "summary": tree.summary(reading.text),
        "changes": found,
        "same": old is not None and old.sha256 == reading.text.sha256,
        "packed": packed,
    }


def _take_in(request: ActedRequest, pk: int) -> HttpResponse:
    document = find_regulation(request, pk)
    try:
        held = signing.loads(request.POST["take"], salt=SALT, max_age=HOURS * 3600)
    except signing.BadSignature:
        messages.error(request, _("Bản xem trước đã quá hạn. Đồng chí tải tệp lên lại."))
        return redirect("criteria_import", pk)
    if held["document"] != pk:
        messages.error(request, _("Bản xem trước thuộc quy định khác. Đồng chí tải tệp lên lại."))
        return redirect("criteria_import", pk)
    try:
        importing.take_in(document, actor=request.actor, text=from_data(held["text"]), seen=held["seen"])
    except Conflict:
        messages.error(request, _("Bộ tiêu chí vừa được người khác sửa. Đồng chí tải tệp lên lại để xem khác nhau."))
        return redirect("criteria_import", pk)
    messages.success(request, _("Đã nhập bộ tiêu chí từ Excel."))
    return redirect("criteria", pk)
