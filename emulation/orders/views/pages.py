"""The page of a file that is made in the background, and the file: shared by all kinds of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header

from emulation.lib.file_types import MEDIA_TYPES, PDF
from emulation.orders.enums import OrderState
from emulation.orders.models import FileOrder

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def progress(
    request: HttpRequest, row: FileOrder, template: str, context: Mapping[str, Any], states: Sequence[OrderState]
) -> HttpResponse:
    """How far a file is on its way through `states`. With `?cho` the page's script asks for the state alone, and hears 204 while
    nothing is new.
    """
    tag = f'"{OrderState.FAILED if row.has_failed else row.state}"'
    asks = "cho" in request.GET
    if asks and request.headers.get("If-None-Match") == tag:
        response = HttpResponse(status=204)
    else:
        shown = {"order": row, "steps": _steps(row, states), "tag": tag, **context}
        response = render(request, "orders/state.html" if asks else template, shown)
        response["ETag"] = tag
    patch_cache_control(response, private=True, no_store=True)
    return response


def fetch(row: FileOrder, name: str) -> HttpResponse:
    """The file under this name (without ending), only to be kept; back to its page when there is none."""
    if not row.is_ready:
        return redirect(row.page)
    response = HttpResponse(row.path.read_bytes(), content_type=_XLSX if row.ending == "xlsx" else MEDIA_TYPES[PDF])
    disposition = content_disposition_header(as_attachment=True, filename=f"{name}.{row.ending}")
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, no_store=True)
    return response


def _steps(row: FileOrder, states: Sequence[OrderState]) -> list[dict[str, str]]:
    here = states.index(OrderState(row.state)) if row.state in states else 0

    def state(place: int) -> str:
        return "done" if place < here or row.is_ready else "now" if place == here else "todo"

    return [{"label": str(step.label), "note": "", "state": state(place)} for place, step in enumerate(states)]
