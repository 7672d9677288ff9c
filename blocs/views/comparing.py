"""Compare two texts of a document: on the screen, and as a printed page."""

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from blocs import enclosing
from blocs.documents.comparison import Side, changes, comparison_html
from blocs.domain import comparisons, previews
from blocs.domain.snapshots import document_frame
from blocs.forms.comparing import CompareForm
from blocs.models import BlocDocument
from blocs.views.documents import find, pdf_response
from emulation.lib import clock, vietnamese
from emulation.organisation.access import ActedRequest, acting


@require_safe
@acting("documents")
def compare_page(request: ActedRequest, pk: int) -> HttpResponse:
    """What changed between two published versions, or since one of them in the working draft."""
    document = find(request, pk)
    form, chosen = _chosen(request, document)
    context = {"document": document, "bloc": document.bloc_year, "form": form, "chosen": chosen}
    if chosen:
        groups = changes(chosen[0].text, chosen[1].text, comparisons.unit_names(document), kind=document.kind)
        count = sum(len(group.changes) for group in groups)
        enclosed = enclosing.changes(document.kind, chosen[0].text.enclosed, chosen[1].text.enclosed)
        context |= {"groups": groups, "count": count, "query": urlencode(form.cleaned_data), "enclosed": enclosed}
    return render(request, "blocs/compare.html", context, status=422 if form.errors else 200)


@require_safe
@acting("documents")
def compare_pdf(request: ActedRequest, pk: int) -> HttpResponse:
    """The same as an official page: what was added underlined, what was taken out struck through."""
    document = find(request, pk)
    _form, chosen = _chosen(request, document)
    if chosen is None:
        raise Http404(_("Không có hai bản để so sánh."))
    old, new = chosen
    html = comparison_html(
        old,
        new,
        replace(document_frame(document, draft_label="DỰ THẢO"), date=clock.today(), seats=[], witness=None),
        subject=comparisons.title(document),
        unit_names=comparisons.unit_names(document),
        kind=document.kind,
    )
    name = vietnamese.slug(f"so sánh {old.label} {new.label} {document.printed_title}")
    return pdf_response(previews.printed(document.pk, html), f"{name}.pdf")


def _chosen(request: ActedRequest, document: BlocDocument) -> tuple[CompareForm, tuple[Side, Side] | None]:
    """The form as it was asked for, and both texts when there are two to compare."""
    found = comparisons.choices(document, request.actor)
    data = request.GET.copy()
    if "tu" not in data and "den" not in data:
        data["tu"], data["den"] = comparisons.usual(found)
    form = CompareForm(data, found=found)
    if len(found) < 2:
        return CompareForm(found=found), None
    if not form.is_valid():
        return form, None
    by_code = {choice.code: choice for choice in found}
    return form, (
        comparisons.side(document, by_code[form.cleaned_data["tu"]]),
        comparisons.side(document, by_code[form.cleaned_data["den"]]),
    )
