"""Published versions: each stays readable, with its pages, its file, and what the units said about it."""

from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from blocs.domain import discussion, previews, progress
from blocs.domain.snapshots import version_text
from blocs.models import BlocDocument, Version
from blocs.views.documents import find, pdf_response, preview_pages, text_html
from emulation.lib import clock, vietnamese
from emulation.organisation.access import ActedRequest, acting


@require_safe
@acting("documents")
def version_page(request: ActedRequest, pk: int, number: int) -> HttpResponse:
    """A published version as it was, whatever came after it."""
    document = find(request, pk)
    version = _version(document, number)
    prefetch_related_objects([version], "stands")
    newest = discussion.latest(document)
    preview = previews.version_preview(version)
    context = {
        "document": document,
        "bloc": document.bloc_year,
        "version": version,
        "newest": newest,
        "is_newest": newest is not None and newest.pk == version.pk,
        "facts": _facts(version),
        "stands": progress.stand_rows(
            document.bloc_year, version.stands.all(), request.actor, adopted=getattr(version, "adopted_on", None) is not None
        ),
        "pages": preview_pages(document, preview.key, preview.pages),
        "text_html": text_html(document, version_text(version)),
    }
    return render(request, "blocs/version.html", context)


@require_safe
@acting("documents")
def version_pdf(request: ActedRequest, pk: int, number: int) -> HttpResponse:
    """The file of a published version, as its draft was printed."""
    document = find(request, pk)
    preview = previews.version_preview(_version(document, number))
    name = f"du-thao-{number}-{vietnamese.slug(document.printed_title)}.pdf"
    return pdf_response(previews.preview_pdf(document.pk, preview.key) or b"", name)


def _version(document: BlocDocument, number: int) -> Version:
    found: Version = get_object_or_404(discussion.dated(document.versions.select_related("published_by")), number=number)
    found.document = document
    return found


def _facts(version: Version) -> list[tuple[str, str]]:
    adopted = getattr(version, "adopted_on", None)
    return [
        (_("Công bố lúc"), f"{clock.local(version.published_at):%H:%M %d/%m/%Y}"),
        (_("Người công bố"), version.published_by.full_name),
        (_("Hạn lấy ý kiến"), f"{clock.local(version.deadline):%H:%M %d/%m/%Y}"),
        (_("Câu in kèm thời hạn"), version.lapse_sentence),
        (_("Thông qua ngày"), f"{adopted:%d/%m/%Y}" if adopted else ""),
        (_("Mã nội dung"), version.content_sha256[:16]),
    ]
