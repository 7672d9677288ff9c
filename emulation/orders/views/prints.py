"""A print that is made in the background: watch it, fetch it."""

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from emulation.orders.enums import OrderState
from emulation.orders.models import PrintOrder
from emulation.orders.views import pages
from emulation.organisation.access import ActedRequest, acting

_STATES = (OrderState.WAITING, OrderState.PRINTING, OrderState.READY)


def _find(request: ActedRequest, token: uuid.UUID) -> PrintOrder:
    return get_object_or_404(PrintOrder.objects.visible_to(request.actor).defer("html"), token=token)


@require_safe
@acting()
def print_order(request: ActedRequest, token: uuid.UUID) -> HttpResponse:
    """How far it is."""
    row = _find(request, token)
    context = {
        "title": row.title,
        "file": reverse("print_file", args=[row.token]),
        "back": row.back,
        "back_label": _("Về trang trước"),
    }
    return pages.progress(request, row, "orders/print.html", context, _STATES)


@require_safe
@acting()
def print_file(request: ActedRequest, token: uuid.UUID) -> HttpResponse:
    """The PDF."""
    row = _find(request, token)
    return pages.fetch(row, row.file_name)
