"""Bases for signing on behalf of a unit's head: list, record, end."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from emulation.lib import clock
from emulation.organisation import policies
from emulation.organisation.access import ActedRequest, acting
from emulation.organisation.domain import mandates as verbs
from emulation.organisation.forms.mandates import MandateForm


@require_http_methods(["GET", "POST"])
@acting()
def mandates(request: ActedRequest) -> HttpResponse:
    """The bases of one's own unit, for the office those of all units; its head and the office record new ones."""
    form = MandateForm(request.POST or None, positions=verbs.to_be_mandated(request.actor), initial={"valid_from": clock.today()})
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            verbs.record(values.pop("position"), actor=request.actor, **values)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Đã ghi căn cứ ký thay."))
            return redirect("mandates")
    page = Paginator(verbs.visible_to(request.actor), 50).get_page(request.GET.get("page"))
    today = clock.today()
    rows = [
        {
            "mandate": row,
            "is_live": row.live_on(today),
            "may_end": not row.ended_at
            and (row.valid_until is None or row.valid_until >= today)
            and policies.may_record_mandate(row.position.unit, request.actor),
        }
        for row in page
    ]
    context = {"page": page, "rows": rows, "form": form, "may_record": policies.may_record_some_mandate(request.actor)}
    return render(request, "organisation/mandates.html", context)


@require_POST
@acting()
def mandate_end(request: ActedRequest, pk: int) -> HttpResponse:
    """End a basis today."""
    mandate = get_object_or_404(verbs.visible_to(request.actor), pk=pk)
    verbs.end(mandate, actor=request.actor)
    messages.success(request, _("Đã kết thúc căn cứ ký thay."))
    return redirect("mandates")
