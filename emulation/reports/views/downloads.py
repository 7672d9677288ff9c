"""A report as a Word file, its numbers as a workbook, its draft as a print, as far as the person may read it."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_POST, require_safe

from blocs.documents.word import MIME as WORD
from blocs.views.conferences import send_file
from emulation.orders.domain import prints as background
from emulation.organisation.access import ActedRequest, acting
from emulation.reports.documents.report import report_html
from emulation.reports.documents.word import word_report
from emulation.reports.documents.workbook import MIME as WORKBOOK
from emulation.reports.documents.workbook import report_workbook
from emulation.reports.domain import prints
from emulation.reports.domain.prints import Copy
from emulation.reports.views.bloc_signing import find_bloc_report
from emulation.reports.views.periods import MENU
from emulation.reports.views.province_signing import find_province_report
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


@require_safe
@acting(MENU)
def province_report_word(request: ActedRequest, pk: int) -> HttpResponse:
    """The province's summary, for Word."""
    return _word(prints.province_copy_of(find_province_report(request, pk)))


@require_safe
@acting(MENU)
def province_report_numbers(request: ActedRequest, pk: int) -> HttpResponse:
    """The province's figures with the blocs side by side, for Excel."""
    return _numbers(prints.province_copy_of(find_province_report(request, pk)))


@require_POST
@acting(MENU)
def report_print(request: ActedRequest, pk: int) -> HttpResponse:
    """Have the draft printed; its page shows how far it is."""
    return _printed(request, prints.copy_of(find_report(request, pk), request.actor), reverse("report", args=[pk]))


@require_POST
@acting(MENU)
def bloc_report_print(request: ActedRequest, pk: int) -> HttpResponse:
    """Have the draft of the bloc's report printed; its page shows how far it is."""
    return _printed(request, prints.bloc_copy_of(find_bloc_report(request, pk)), reverse("bloc_report", args=[pk]))


@require_POST
@acting(MENU)
def province_report_print(request: ActedRequest, pk: int) -> HttpResponse:
    """Have the draft of the province's summary printed; its page shows how far it is."""
    return _printed(request, prints.province_copy_of(find_province_report(request, pk)), reverse("province_report", args=[pk]))


def _printed(request: ActedRequest, copy: Copy | None, back: str) -> HttpResponse:
    """What is signed needs no print: its bytes are there."""
    if copy is None or not copy.mark:
        raise Http404
    html = report_html(copy.text, copy.frame)
    title = f"{copy.text.title} ({copy.mark.lower()})"
    return redirect(background.ask(html, actor=request.actor, title=title, file_name=copy.file_name, back=back).page)


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
