"""Files of results: ask for one, watch it being made, fetch it."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from emulation.lib import vietnamese
from emulation.lib.verdict import enforce
from emulation.orders.enums import OrderState
from emulation.orders.views import pages
from emulation.organisation.access import ActedRequest, acting
from scoring.domain import exports as verbs
from scoring.enums import ExportKind
from scoring.forms.exports import ExportForm
from scoring.models import Campaign, Export
from scoring.views.campaigns import MENU, find

_STATES = (OrderState.WAITING, OrderState.COMPUTING, OrderState.PRINTING, OrderState.READY)


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
    """How far a file is."""
    row = find_export(request, token)
    context = {
        "export": row,
        "campaign": row.campaign,
        "bloc": row.campaign.bloc_year,
        "file": reverse("export_file", args=[row.token]),
        "back": reverse("campaign", args=[row.campaign_id]),
        "back_label": _("Về đợt chấm điểm"),
        "again": {"url": reverse("export_ask", args=[row.campaign_id]), "fields": _asked(row)},
    }
    return pages.progress(request, row, "scoring/export.html", context, _STATES)


@require_safe
@acting(MENU)
def export_file(request: ActedRequest, token: uuid.UUID) -> HttpResponse:
    """The file, only to be kept; back to its page when there is none."""
    row = find_export(request, token)
    return pages.fetch(row, _name(row))


def _asked(row: Export) -> dict[str, str]:
    """What was asked for, to be asked for again."""
    number = row.snapshot.number if row.snapshot else None
    return {name: str(value) for name, value in (("kind", row.kind), ("unit", row.unit_id), ("number", number)) if value}


def _name(row: Export) -> str:
    """Told by kind, unit, campaign and bloc; never translated, since others get the file; without an ending."""
    whose = row.unit.name if row.unit else row.campaign.bloc_year.full_name
    words = {
        ExportKind.OVERVIEW: "bảng tổng hợp",
        ExportKind.DETAIL: "bảng chi tiết",
        ExportKind.UNIT: "phiếu chấm điểm",
        ExportKind.WORKBOOK: "kết quả chấm điểm",
    }[ExportKind(row.kind)]
    period = row.campaign.title.removeprefix("Chấm điểm ")
    draft = "" if row.snapshot else " dự thảo"
    return vietnamese.slug(f"{words} {period} {whose}{draft}")
