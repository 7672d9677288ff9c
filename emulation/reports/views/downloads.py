"""A report as a Word file and its numbers as a workbook, as far as the person may read it."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from blocs.documents.word import MIME as WORD
from emulation.lib import vietnamese
from emulation.organisation.access import ActedRequest, acting
from emulation.reports.documents.word import word_report
from emulation.reports.documents.workbook import report_workbook
from emulation.reports.domain import prints
from emulation.reports.domain.prints import Readable
from emulation.reports.models import Report
from emulation.reports.views.periods import MENU
from emulation.reports.views.reports import find_report

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@acting(MENU)
def report_word(request: ActedRequest, pk: int) -> HttpResponse:
    """The text with its tables, for Word."""
    report = find_report(request, pk)
    return _sent(request, report, "docx", WORD, lambda found: word_report(found.text, prints.frame(report, found.mark)))


@require_safe
@acting(MENU)
def report_numbers(request: ActedRequest, pk: int) -> HttpResponse:
    """The figures and tables, for Excel."""
    report = find_report(request, pk)
    return _sent(request, report, "xlsx", _WORKBOOK, lambda found: report_workbook(found.text, mark=found.mark))


def _sent(request: ActedRequest, report: Report, ending: str, media_type: str, make: Callable[[Readable], bytes]) -> HttpResponse:
    try:
        found = prints.readable(report, request.actor)
    except Report.DoesNotExist:
        raise Http404 from None
    name = vietnamese.slug(f"{found.mark.lower()} {found.text.title} {found.text.author}".strip())
    response = HttpResponse(make(found), content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{name}.{ending}") or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, no_store=True)
    return response
