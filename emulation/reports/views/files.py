"""Files of a report's sections: added, taken off, and sent to whoever may read them; always to be kept, never shown inside the site."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from blocs.forms.faults import take_faults
from emulation.lib.verdict import enforce
from emulation.organisation.access import ActedRequest, acting
from emulation.records.domain import documents
from emulation.reports import policies
from emulation.reports.domain import files as verbs
from emulation.reports.forms.writing import FilesForm
from emulation.reports.views.desk import desk_of
from emulation.reports.views.periods import MENU
from emulation.reports.views.reports import find_report
from emulation.reports.views.writing import find_own, section_page
from scoring.domain.evidence import examine


@require_POST
@acting(MENU)
def report_file_add(request: ActedRequest, pk: int, section: str) -> HttpResponse:
    """Add files to a section."""
    report, key = find_own(request, pk), str(section)
    form = FilesForm(request.POST, request.FILES)
    form.is_valid()
    enforce(policies.may_write(report, request.actor))
    try:
        verbs.attach(report, key, examine(form.cleaned_data["attached"]), actor=request.actor)
    except ValidationError as error:
        take_faults(form, error)
        desk = desk_of(report)
        if not desk.has(key):
            raise Http404 from error
        return section_page(request, desk, key, desk.form(key), status=422, files_form=form)
    messages.success(request, _("Đã thêm tệp."))
    return redirect(f"{reverse('report_section', args=[pk, key])}#tep")


@require_POST
@acting(MENU)
def report_file_remove(request: ActedRequest, pk: int, file: int) -> HttpResponse:
    """Take a file off."""
    report = find_own(request, pk)
    found = get_object_or_404(report.files.select_related("revision"), pk=file)
    found.report = report
    verbs.remove(found, actor=request.actor)
    messages.success(request, _("Đã gỡ “%(name)s”.") % {"name": found.name})
    return redirect(f"{reverse('report_section', args=[pk, found.section])}#tep")


@require_safe
@acting(MENU)
def report_file(request: ActedRequest, pk: int, sha256: str) -> HttpResponse:
    """A file, to those who may read the version that it belongs to."""
    report = find_report(request, pk)
    found = verbs.readable(report, sha256, request.actor)
    if found is None:
        raise Http404
    response = HttpResponse(documents.read(found.revision), content_type=found.media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=found.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
