"""Files of results: ask for one, watch it being made, fetch it."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from blocs.domain.progress import DONE, NOW, TO_COME, Step
from emulation.lib import vietnamese
from emulation.lib.file_types import MEDIA_TYPES, PDF
from emulation.lib.verdict import enforce
from emulation.organisation.access import ActedRequest, acting
from scoring.domain import exports as verbs
from scoring.enums import ExportKind, ExportState
from scoring.forms.exports import ExportForm
from scoring.models import Campaign, Export
from scoring.views.campaigns import MENU, find

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_STEPS = (ExportState.WAITING, ExportState.COMPUTING, ExportState.PRINTING, ExportState.READY)


def find_export(request: ActedRequest, token: uuid.UUID) -> Export:
    """What this person asked for, while he may see what it is made of; 404 for anybody else, refused with the reason afterwards."""
    rows = Export.objects.visible_to(request.actor).select_related("snapshot", "run", "unit")
    row = get_object_or_404(rows, token=token)
    row.campaign = Campaign.objects.full().prefetch_related("snapshots").get(pk=row.campaign_id)
    enforce(verbs.may_fetch(row, request.actor))
    return row


@require_POST
@acting(MENU)
def export_ask(request: ActedRequest, pk: int) -> HttpResponse:
    """Have a file made; its page shows how far it is."""
    campaign = find(request, pk)
    form = ExportForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Chọn loại tệp và đơn vị cần xuất."))
        return redirect("campaign", pk)
    row = verbs.ask(campaign, actor=request.actor, **form.cleaned_data)
    return redirect("export", row.token)


@require_safe
@acting(MENU)
def export(request: ActedRequest, token: uuid.UUID) -> HttpResponse:
    """How far a file is. With `?cho` the page's script asks for the state alone, and hears 204 while nothing is new."""
    row = find_export(request, token)
    asks = "cho" in request.GET
    if asks and request.headers.get("If-None-Match") == _tag(row):
        response = HttpResponse(status=204)
    else:
        context = {
            "export": row,
            "campaign": row.campaign,
            "bloc": row.campaign.bloc_year,
            "steps": _steps(row),
            "tag": _tag(row),
            "waits": row.state in _STEPS[:-1] and not row.has_failed,
        }
        response = render(request, "scoring/export_state.html" if asks else "scoring/export.html", context)
        response["ETag"] = _tag(row)
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_safe
@acting(MENU)
def export_file(request: ActedRequest, token: uuid.UUID) -> HttpResponse:
    """The file, only to be kept; back to its page when there is none."""
    row = find_export(request, token)
    if not row.is_ready:
        return redirect("export", token)
    response = HttpResponse(row.path.read_bytes(), content_type=_XLSX if row.ending == "xlsx" else MEDIA_TYPES[PDF])
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=_name(row)) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, no_store=True)
    return response


def _tag(row: Export) -> str:
    return f'"{ExportState.FAILED if row.has_failed else row.state}"'


def _steps(row: Export) -> list[Step]:
    here = _STEPS.index(ExportState(row.state)) if row.state in _STEPS else 0
    return [
        Step(label=str(state.label), note="", state=DONE if place < here or row.is_ready else NOW if place == here else TO_COME)
        for place, state in enumerate(_STEPS)
    ]


def _name(row: Export) -> str:
    """Told by kind, unit, campaign and bloc; never translated, since others get the file."""
    whose = row.unit.name if row.unit else row.campaign.bloc_year.full_name
    words = {
        ExportKind.OVERVIEW: "bảng tổng hợp",
        ExportKind.DETAIL: "bảng chi tiết",
        ExportKind.UNIT: "phiếu chấm điểm",
        ExportKind.WORKBOOK: "kết quả chấm điểm",
    }[ExportKind(row.kind)]
    period = row.campaign.title.removeprefix("Chấm điểm ")
    draft = "" if row.snapshot else " dự thảo"
    return f"{vietnamese.slug(f'{words} {period} {whose}{draft}')}.{row.ending}"
