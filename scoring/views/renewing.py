"""The page on which a campaign takes over a newer criteria set: what differs, whom it touches, and the act."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blocs.forms.discussion import ReasonForm
from emulation.lib.verdict import enforce
from emulation.organisation.access import ActedRequest, acting
from scoring import campaign_policies as policies
from scoring.domain import renewing
from scoring.models import Sheet
from scoring.views.campaigns import find


@require_http_methods(["GET", "HEAD", "POST"])
@acting("campaigns")
def campaign_renew(request: ActedRequest, pk: int) -> HttpResponse:
    """Show what the newest adopted set changes; take it over with a reason."""
    campaign = find(request, pk)
    enforce(policies.may_renew(campaign, request.actor))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        seen, reason = request.POST.get("set", ""), form.cleaned_data["reason"]
        renewing.renew(campaign, actor=request.actor, reason=reason, seen_sha256=seen)
        messages.success(request, _("Từ nay chấm theo bộ tiêu chí mới."))
        return redirect("campaign", campaign.pk)
    context = {
        "campaign": campaign,
        "bloc": campaign.bloc_year,
        "renewal": renewing.renewal(campaign),
        # In which criteria another layer differs is told to who may read that sheet; to others, in how many.
        "readable": set(Sheet.objects.visible_to(request.actor).filter(campaign=campaign).values_list("pk", flat=True)),
        "form": form,
    }
    return render(request, "scoring/campaign_renew.html", context, status=422 if form.errors else 200)
