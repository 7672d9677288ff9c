"""Results as files: ask for one, watch it being made, fetch it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from blocs.views.conferences import send_file
from emulation.lib import vietnamese
from emulation.organisation.access import ActedRequest, acting
from scoring.domain import exports as verbs
from scoring.domain import standing_view
from scoring.enums import ExportKind
from scoring.models import Export
from scoring.views.campaigns import MENU, find

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_POST
@acting(MENU)
def export_start(request: ActedRequest, pk: int) -> HttpResponse:
    """Have a file made of the result that the actor is shown."""
    campaign = find(request, pk)
    shown = standing_view.shown(campaign, request.actor, request.POST.get("ban", ""))
    kind, given = request.POST.get("kind", ""), request.POST.get("don-vi", "")
    if shown.result is None or kind not in ExportKind.values:
        raise Http404
    unit = standing_view.chosen_unit(campaign, shown.result, request.actor, given)
    row = verbs.ask(campaign, shown, kind, actor=request.actor, unit=unit)
    return redirect("export", row.token)


@require_safe
@acting(MENU)
def export(request: ActedRequest, token: UUID) -> HttpResponse:
    """Being made, ready, or failed. A poll is answered with "nothing new" until it is one of the last two."""
    row = _own(request, token)
    if "cho" in request.GET and row.finished_at is None:
        return HttpResponse(status=204)
    context = {"export": row, "campaign": row.campaign, "bloc": row.campaign.bloc_year}
    return render(request, "scoring/export.html", context)


@require_safe
@acting(MENU)
def export_file(request: ActedRequest, token: UUID) -> HttpResponse:
    """The file, for who asked for it and may still see the result."""
    row = _own(request, token)
    data = verbs.read(row) if row.finished_at and not row.has_failed else None
    if data is None:
        raise Http404
    words = [str(row.kind), row.campaign.title, row.unit.name if row.unit else ""]
    ending, media = ("xlsx", WORKBOOK) if row.kind == ExportKind.EXCEL else ("pdf", "application/pdf")
    return send_file(data, f"{vietnamese.slug(' '.join(words))}.{ending}", media)


def _own(request: ActedRequest, token: UUID) -> Export:
    """The export of who asked, as long as he is shown that result; 404 otherwise."""
    row = get_object_or_404(Export.objects.select_related("unit", "snapshot"), token=token, asked_by=request.actor.user)
    row.campaign = find(request, row.campaign_id)
    version = str(row.snapshot.number) if row.snapshot else ""
    shown = standing_view.shown(row.campaign, request.actor, version)
    if shown.result is None or (row.snapshot is None and not shown.verdict):
        raise Http404
    return row
