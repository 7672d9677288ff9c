"""The library in the drafting room: look at the office's clauses as they would read here, take the chosen ones."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from blocs import policies
from blocs.domain import library as verbs
from blocs.domain import placeholders
from blocs.models import LibraryClause
from blocs.views.documents import find
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
        if taken:
            said = ngettext("Đã thêm %(n)d mục từ thư viện.", "Đã thêm %(n)d mục từ thư viện.", len(taken))
            messages.success(request, said % {"n": len(taken)})
        return redirect(f"{reverse('draft', args=[pk])}?phan=noi-dung")
    known = placeholders.values(document.bloc_year, document)
    shown = [(row, placeholders.fill(row.heading, known), placeholders.fill(row.text, known)) for row in rows]
    return render(request, "blocs/library.html", {"document": document, "bloc": document.bloc_year, "rows": shown})
