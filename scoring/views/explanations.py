"""What units explain in a campaign, and the answers."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from blocs.forms.faults import take_faults
from emulation.lib.verdict import enforce
from emulation.organisation.access import ActedRequest, acting
from scoring import campaign_policies as policies
from scoring.domain import explanations as verbs
from scoring.domain import overview
from scoring.domain.reading import sealed_text
from scoring.enums import Layer
from scoring.forms.campaigns import AnswerForm
from scoring.models import Explanation, Sheet
from scoring.views.campaigns import MENU, find


@require_safe
@acting(MENU)
def explanations(request: ActedRequest, pk: int) -> HttpResponse:
    """The explanations about sheets that the actor may read, each with its answer or the way to answer it."""
    campaign, actor = find(request, pk), request.actor
    readable = Sheet.objects.visible_to(actor).filter(campaign=campaign, layer=Layer.CONSOLIDATED)
    sheets = {sheet.unit_id: sheet for sheet in overview.known(campaign, readable)}
    text = sealed_text(campaign.criteria_set)
    rows = []
    for row in overview.known(campaign, Explanation.objects.filter(campaign=campaign, unit__in=sheets)):
        sheet = sheets[row.unit_id]
        sheet.campaign = campaign
        if leaf := text.leaf_of.get(str(row.key)):  # a criterion may have gone with an older set
            rows.append((row, leaf, sheet, policies.may_answer(row, sheet, actor)))
    own = sheets.get(actor.unit_id or 0)
    if own:
        own.campaign = campaign
    context = {
        "campaign": campaign,
        "bloc": campaign.bloc_year,
        "rows": rows,
        "own": own,
        "may_explain": policies.may_explain(own, actor) if own else None,
    }
    return render(request, "scoring/explanations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@acting(MENU)
def explanation_answer(request: ActedRequest, pk: int, row: int) -> HttpResponse:
    """Keep the points or adjust them, with the reason."""
    campaign = find(request, pk)
    readable = Sheet.objects.visible_to(request.actor).filter(campaign=campaign, layer=Layer.CONSOLIDATED)
    found = get_object_or_404(Explanation, pk=row, campaign=campaign, unit__in=readable.values("unit"))
    sheet = verbs.sheet_of(found)
    enforce(policies.may_answer(found, sheet, request.actor))
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            verbs.answer(found, actor=request.actor, text=given["text"], points=given["points"])
        except ValidationError as error:
            take_faults(form, error)
        else:
            messages.success(request, _("Đã trả lời giải trình; đơn vị được báo."))
            return redirect(f"{reverse('explanations', args=[pk])}#giai-trinh-{row}")
    leaf = sealed_text(campaign.criteria_set).leaf_of[str(found.key)]
    context = {"campaign": campaign, "bloc": campaign.bloc_year, "row": found, "leaf": leaf, "sheet": sheet, "form": form}
    return render(request, "scoring/explanation.html", context, status=422 if form.errors else 200)
