"""The library in the drafting room: look at the office's clauses as they would read here, take the chosen ones."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from blocs import policies
from blocs.domain import library as verbs
from blocs.domain import placeholders
from blocs.models import BlocDocument, LibraryClause
from blocs.views.documents import find
from blocs.views.room import part_of, room_path
from emulation.lib.verdict import enforce
from emulation.organisation.access import ActedRequest, acting


@require_http_methods(["GET", "HEAD", "POST"])
@acting("documents")
def library(request: ActedRequest, pk: int) -> HttpResponse:
    """Choose clauses for this draft."""
    document = find(request, pk)
    enforce(policies.may_edit(document, request.actor))
    rows = list(LibraryClause.objects.for_bloc(document.bloc_year))
    if request.method == "POST":
        wanted = set(request.POST.getlist("chon"))
        taken = verbs.take(document, [row for row in rows if str(row.pk) in wanted], actor=request.actor)
        if not taken:
            messages.warning(request, _("Chưa chọn mục nào."))
            return redirect("library", pk)
        said = ngettext("Đã thêm %(n)d mục từ thư viện.", "Đã thêm %(n)d mục từ thư viện.", len(taken))
        messages.success(request, said % {"n": len(taken)})
        return redirect(room_path(document, part_of(taken[0]), taken[0]))
    context = {"document": document, "bloc": document.bloc_year, "parts": _parts(document, rows)}
    return render(request, "blocs/library.html", context)


def _parts(document: BlocDocument, rows: list[LibraryClause]) -> list[tuple[str, list[tuple[LibraryClause, str, str]]]]:
    """The clauses as they would read in this document, by the part into which they go; only a covenant has two."""
    known = placeholders.values(document.bloc_year, document)
    shown: dict[str, list[tuple[LibraryClause, str, str]]] = {}
    for row in rows:
        part = row.get_part_display() if document.is_covenant else ""
        shown.setdefault(part, []).append((row, placeholders.fill(row.heading, known), placeholders.fill(row.text, known)))
    return list(shown.items())
