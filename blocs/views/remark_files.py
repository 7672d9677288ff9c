"""What leaves the house about remarks: their attachments, and the table of all of them with their answers."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from blocs.documents.remarks_docx import remarks_docx as word_file
from blocs.documents.remarks_table import RemarkRow, remarks_html
from blocs.domain import comparisons, discussion, places, previews
from blocs.domain.snapshots import document_frame
from blocs.models import BlocDocument, Remark, RemarkAttachment
from blocs.views.documents import find
from blocs.views.remarks import named
from emulation.lib import clock, vietnamese
from emulation.lib.file_types import DOCX, MEDIA_TYPES, PDF
from emulation.organisation.access import ActedRequest, acting
from emulation.pdf.frame import DocumentFrame
from emulation.records.domain import documents


@require_safe
@acting("documents")
def remark_file(request: ActedRequest, pk: int, number: int, order: int) -> HttpResponse:
    """An attachment, for those who may see the document; always to be kept, never shown inside the site."""
    document = find(request, pk)
    wanted = RemarkAttachment.objects.filter(remark__document=document, remark__number=number).select_related("revision")
    file = get_object_or_404(wanted, order=order)
    return _download(documents.read(file.revision), file.name, file.media_type)


def _download(data: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@acting("documents")
def remarks_pdf(request: ActedRequest, pk: int) -> HttpResponse:
    """The table of all remarks with their answers, as an official page."""
    document = find(request, pk)
    html = remarks_html(_rows(document), _frame(document), subject=comparisons.title(document))
    return _download(previews.printed(document.pk, html), _name(document, "pdf"), MEDIA_TYPES[PDF])


@require_safe
@acting("documents")
def remarks_docx(request: ActedRequest, pk: int) -> HttpResponse:
    """The same table as a Word file."""
    document = find(request, pk)
    data = word_file(_rows(document), _frame(document), subject=comparisons.title(document))
    return _download(data, _name(document, "docx"), MEDIA_TYPES[DOCX])


def _frame(document: BlocDocument) -> DocumentFrame:
    """Dated by the day on which the document was agreed, when no answer can change any more; before, by today."""
    adoption = discussion.last_adoption(discussion.latest(document))
    return replace(
        document_frame(document), date=adoption.held_on if adoption else clock.today(), seats=[], witness=None, number=""
    )


def _name(document: BlocDocument, ending: str) -> str:
    return f"{vietnamese.slug(f'tổng hợp ý kiến {document.printed_title}')}.{ending}"


def _rows(document: BlocDocument) -> list[RemarkRow]:
    """All remarks in words. Names are those of today; nothing here is translated, since others read it."""
    with translation.override("vi"):
        return [
            RemarkRow(
                number=row.number,
                unit=row.unit.name,
                place=places.label(row.place, row.quoted_number, row.quoted_heading),
                version=row.version.number,
                text=row.text,
                proposed=row.proposed,
                state=row.state,
                answer=row.answer,
                where=_where(row),
            )
            for row in named(document, document.remarks.select_related("version", "unit"))
        ]


def _where(remark: Remark) -> str:
    if remark.entered_version:
        return f"Có trong bản dự thảo {remark.entered_version}"
    return "Có trong bản công bố kế tiếp" if remark.awaits_version else ""
