"""Drafts as Word files, for offices that circulate them in Word: the working draft, and any published version."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from blocs import policies
from blocs.documents.word import MIME, word_file
from blocs.domain import previews
from blocs.domain.snapshots import document_frame, draft_text, version_text
from blocs.models import Version
from blocs.views.documents import find
from emulation.lib import vietnamese
from emulation.lib.verdict import enforce
from emulation.organisation.access import ActedRequest, acting


@require_safe
@acting("documents")
def draft_word(request: ActedRequest, pk: int) -> HttpResponse:
    """The working draft as it stands now, for those who write it."""
    document = find(request, pk)
    enforce(policies.may_edit(document, request.actor))
    file = word_file(draft_text(document), document_frame(document, draft_label="DỰ THẢO"))
    return _answer(file, f"du-thao-{vietnamese.slug(document.printed_title)}.docx")


@require_safe
@acting("documents")
def version_word(request: ActedRequest, pk: int, number: int) -> HttpResponse:
    """A published version, for everybody who may read it."""
    document = find(request, pk)
    version = get_object_or_404(Version, document=pk, number=number)
    version.document = document
    file = word_file(version_text(version), previews.version_frame(version))
    return _answer(file, f"du-thao-{number}-{vietnamese.slug(document.printed_title)}.docx")


def _answer(file: bytes, name: str) -> HttpResponse:
    response = HttpResponse(file, content_type=MIME)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
