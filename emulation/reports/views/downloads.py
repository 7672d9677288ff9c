"""A report as a Word file and its numbers as a workbook, as far as the person may read it."""

from django.http import Http404, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from blocs.documents.word import MIME as WORD
from blocs.views.conferences import send_file
from emulation.organisation.access import ActedRequest, acting
from emulation.reports.documents.word import word_report
from emulation.reports.documents.workbook import MIME as WORKBOOK
from emulation.reports.documents.workbook import report_workbook
from emulation.reports.domain import prints
from emulation.reports.domain.prints import Copy
from emulation.reports.views.bloc_signing import find_bloc_report
from emulation.reports.views.periods import MENU
from emulation.reports.views.reports import find_report


@require_safe
@acting(MENU)
def report_word(request: ActedRequest, pk: int) -> HttpResponse:
    """The text with its tables, for Word."""
    return _word(prints.copy_of(find_report(request, pk), request.actor))


@require_safe
@acting(MENU)
def report_numbers(request: ActedRequest, pk: int) -> HttpResponse:
    """The figures and tables, for Excel."""
    return _numbers(prints.copy_of(find_report(request, pk), request.actor))


@require_safe
@acting(MENU)
def bloc_report_word(request: ActedRequest, pk: int) -> HttpResponse:
    """The bloc's report, for Word."""
    return _word(prints.bloc_copy_of(find_bloc_report(request, pk)))


@require_safe
@acting(MENU)
def bloc_report_numbers(request: ActedRequest, pk: int) -> HttpResponse:
    """The bloc's figures with the units side by side, for Excel."""
    return _numbers(prints.bloc_copy_of(find_bloc_report(request, pk)))


def _word(copy: Copy | None) -> HttpResponse:
    return _sent(word_report(copy.text, copy.frame), f"{copy.file_name}.docx", WORD) if copy else _nothing()


def _numbers(copy: Copy | None) -> HttpResponse:
    return _sent(report_workbook(copy.text, mark=copy.mark), f"{copy.file_name}.xlsx", WORKBOOK) if copy else _nothing()


def _sent(content: bytes, name: str, media_type: str) -> HttpResponse:
    response = send_file(content, name, media_type)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _nothing() -> HttpResponse:
    raise Http404
