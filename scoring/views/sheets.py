"""The page of a score sheet: its grid, and what is done with the whole sheet."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from blocs.forms.discussion import ReasonForm
from emulation.organisation.access import ActedRequest, acting
from scoring import campaign_policies as policies
from scoring.domain import campaigns as campaign_verbs
from scoring.domain import completeness
from scoring.domain import sheets as verbs
from scoring.domain.marks import marks
from scoring.domain.sight import look
from scoring.enums import Layer
from scoring.models import Sheet
from scoring.views import grid


def find(request: ActedRequest, pk: int) -> Sheet:
    """The sheet, if the actor may read its points now; 404 otherwise."""
    return get_object_or_404(Sheet.objects.visible_to(request.actor).full(), pk=pk)


@require_safe
@acting("campaigns")
def sheet(request: ActedRequest, pk: int) -> HttpResponse:
    """The criteria with what the scorer entered, and with what others say of it as far as the actor may see that."""
    return render_page(request, find(request, pk))


def render_page(request: ActedRequest, row: Sheet, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page; `more` brings holes that keep it from being handed in, or a form that came back."""
    sight = look(row, request.actor)
    names_of = grid.names(sight)
    found = grid.lines(sight, grid.evidence(sight), names_of)
    grid.mark_provisional(sight, found)
    summary, told = grid.summary(sight, found), marks(sight)
    context = {
        "sheet": row,
        "campaign": row.campaign,
        "unit_name": names_of[row.unit_id],
        "scorer_name": names_of[row.scorer_id],
        "layer_name": grid.layer_name(sight, row.layer),
        "is_own": row.layer == Layer.SELF,
        "lines": found,
        "sections": grid.sections(found),
        "summary": summary,
        "filters": grid.filters(summary, row.layer),
        "other_layers": [grid.layer_name(sight, layer) for layer in grid.other_layers(sight)],
        "closes_on": row.campaign.closes_on(policies.WRITTEN_IN[Layer(row.layer)][0]),
        "own_is_hidden": row.layer != Layer.SELF and Layer.SELF not in sight.results,
        "saved_at": max((entry.changed_at for entry in sight.own.values()), default=None),
        "marks": [(line.text, told[line.text.key]) for line in found if line.text.key in told],
        "may_enter": policies.may_enter(row, request.actor),
        "may_attach": policies.may_attach_evidence(row, request.actor),
        "is_scorer": request.actor.unit_id == row.scorer_id,
        **acts(row, request),
    }
    return render(request, "scoring/sheet.html", context | more, status=status)


def acts(row: Sheet, request: ActedRequest) -> dict[str, Any]:
    """The verdicts on handing in, giving back and accepting, for the people to whom they are of use."""
    actor = request.actor
    return {
        "may_submit": policies.may_submit(row, actor),
        "may_return": policies.may_return(row, actor),
        "may_accept": policies.may_accept(row, actor),
        "may_explain": policies.may_explain(row, actor),
        "may_recuse": policies.may_recuse(row, actor),
        "return_form": ReasonForm(prefix="tra-lai"),
        "recuse_form": ReasonForm(prefix="tu-choi"),
    }


@require_POST
@acting("campaigns")
def sheet_submit(request: ActedRequest, pk: int) -> HttpResponse:
    """Hand it in, or say what is missing."""
    row = find(request, pk)
    try:
        verbs.submit(row, actor=request.actor)
    except ValidationError:
        return render_page(request, row, status=422, holes=completeness.holes(row))
    messages.success(request, _("Đã nộp bảng chấm điểm."))
    return redirect("sheet", pk)


@require_POST
@acting("campaigns")
def sheet_accept(request: ActedRequest, pk: int) -> HttpResponse:
    """Accept a unit's own sheet."""
    verbs.accept(find(request, pk), actor=request.actor)
    messages.success(request, _("Đã tiếp nhận bảng tự chấm."))
    return redirect("sheet", pk)


@require_POST
@acting("campaigns")
def sheet_return(request: ActedRequest, pk: int) -> HttpResponse:
    """Give it back for repair, with a reason."""
    row = find(request, pk)
    form = ReasonForm(request.POST, prefix="tra-lai")
    if not form.is_valid():
        return render_page(request, row, status=422, return_form=form)
    verbs.send_back(row, actor=request.actor, reason=form.cleaned_data["reason"])
    messages.success(request, _("Đã trả lại bảng chấm điểm để sửa."))
    return redirect("sheet", pk)


@require_POST
@acting("campaigns")
def sheet_recuse(request: ActedRequest, pk: int) -> HttpResponse:
    """Do not score this unit, with a reason."""
    row = find(request, pk)
    form = ReasonForm(request.POST, prefix="tu-choi")
    if not form.is_valid():
        return render_page(request, row, status=422, recuse_form=form)
    campaign_verbs.recuse(row, actor=request.actor, reason=form.cleaned_data["reason"])
    messages.success(request, _("Đã ghi nhận đồng chí không chấm đơn vị này."))
    return redirect("sheet", pk)
