"""The page of a score sheet."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from emulation.organisation.access import ActedRequest, acting
from scoring.domain.reading import sealed_text
from scoring.models import Sheet
from scoring.texts import tree


def find(request: ActedRequest, pk: int) -> Sheet:
    """The sheet, if the actor may read its points now; 404 otherwise."""
    return get_object_or_404(Sheet.objects.visible_to(request.actor).full(), pk=pk)


@require_safe
@acting("campaigns")
def sheet(request: ActedRequest, pk: int) -> HttpResponse:
    """The criteria with what the scorer entered."""
    row = find(request, pk)
    entries = {str(entry.key): entry for entry in row.entries.all()}
    nodes = [node for top in tree(sealed_text(row.campaign.criteria_set).criteria) for node in top.walk()]
    context = {"sheet": row, "campaign": row.campaign, "nodes": [(node, entries.get(node.text.key)) for node in nodes]}
    return render(request, "scoring/sheet.html", context)
