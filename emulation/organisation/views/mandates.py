"""Bases for signing on behalf of a unit's head: list, record, end."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from emulation.lib import clock
from emulation.organisation import policies
from emulation.organisation.access import ActedRequest, acting
from emulation.organisation.actors import Actor
from emulation.organisation.domain import mandates as verbs
from emulation.organisation.forms.mandates import MandateForm
from emulation.organisation.models import Mandate
from emulation.records.domain import documents


@require_http_methods(["GET", "POST"])
@acting()
def mandates(request: ActedRequest) -> HttpResponse:
    """The bases of one's own unit, for the office those of all units; its head and the office record new ones."""
    positions, initial = verbs.to_be_mandated(request.actor), {"valid_from": clock.today()}
    form = MandateForm(request.POST or None, request.FILES or None, positions=positions, initial=initial)
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
    rows = [_row(mandate, request.actor) for mandate in page]
    may_record = policies.may_record_some_mandate(request.actor)
    nobody = bool(may_record) and not form.people and not form.is_bound
    context = {"page": page, "rows": rows, "form": form, "may_record": may_record, "nobody": nobody}
    return render(request, "organisation/mandates.html", context)


@require_safe
@acting()
def mandate_file(request: ActedRequest, pk: int) -> HttpResponse:
    """The copy of the document, for those who see the basis; always to be kept, never shown inside the site."""
    mandate = get_object_or_404(verbs.visible_to(request.actor).select_related("file").exclude(file=None), pk=pk)
    assert mandate.file is not None
    response = HttpResponse(documents.read(mandate.file), content_type=mandate.file_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=mandate.file_name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
@acting()
def mandate_end(request: ActedRequest, pk: int) -> HttpResponse:
    """End a basis today."""
    mandate = get_object_or_404(verbs.visible_to(request.actor), pk=pk)
    verbs.end(mandate, actor=request.actor)
    messages.success(request, _("Đã kết thúc căn cứ ký thay."))
    return redirect("mandates")


def _row(mandate: Mandate, actor: Actor) -> dict[str, object]:
    """A basis as the list shows it: one whose holder has left the post serves nobody any more."""
    today = clock.today()
    is_over = mandate.ended_at or not mandate.position.held_on(today) or (mandate.valid_until and mandate.valid_until < today)
    return {
        "mandate": mandate,
        "is_live": not is_over and mandate.live_on(today),
        "is_over": is_over,
        "may_end": not is_over and policies.may_record_mandate(mandate.position.unit, actor),
    }
