"""The campaigns of one's blocs, and the page of one: where it stands, whose sheets are in."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from emulation.organisation.access import ActedRequest, acting
from scoring.models import Campaign, Sheet


def find(request: ActedRequest, pk: int) -> Campaign:
    """The campaign, if the actor may see it; 404 otherwise."""
    return get_object_or_404(Campaign.objects.visible_to(request.actor).full(), pk=pk)


@require_safe
@acting("campaigns")
def campaigns(request: ActedRequest) -> HttpResponse:
    """All campaigns that the actor may see, the newest first."""
    rows = Campaign.objects.visible_to(request.actor).full()
    return render(request, "scoring/campaigns.html", {"campaigns": rows})


@require_safe
@acting("campaigns")
def campaign(request: ActedRequest, pk: int) -> HttpResponse:
    """Where a campaign stands, and the sheets that the actor may open."""
    row = find(request, pk)
    sheets = Sheet.objects.visible_to(request.actor).filter(campaign=row).select_related("unit", "scorer")
    return render(request, "scoring/campaign.html", {"campaign": row, "bloc": row.bloc_year, "sheets": sheets})
