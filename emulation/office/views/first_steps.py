"""The first page of an empty system: make the first administrator, then see what is still missing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from emulation.lib.verdict import Refused, enforce
from emulation.office.domain import first_start
from emulation.office.domain.first_steps import steps
from emulation.office.forms.accounts import FirstAdministratorForm
from emulation.organisation import policies
from emulation.organisation.actors import Actor
from emulation.organisation.middleware import address_of
from emulation.organisation.views.sessions import enter


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@never_cache
def first_steps(request: HttpRequest) -> HttpResponse:
    """Without any account: the form. Afterwards the steps, for those who keep the organisation."""
    if first_start.is_needed():
        return _first_administrator(request)
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return redirect("login")
    enforce(policies.may_keep_organisation(actor))
    rows = steps(actor)
    next_step = next((step for step in rows if step.url and not step.done), None)
    context = {"steps": rows, "next_step": next_step, "is_done": all(step.done for step in rows)}
    return render(request, "office/first_steps.html", context)


first_steps.menu = "home"  # type: ignore[attr-defined]  # read by the navigation


def _first_administrator(request: HttpRequest) -> HttpResponse:
    form = FirstAdministratorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            user = first_start.create_administrator(
                values["code"],
                username=values["username"],
                full_name=values["full_name"],
                secret=values["new"],
                address=address_of(request),
            )
        except Refused as error:
            form.add_error("code", str(error))
        else:
            enter(request, user)
            return redirect("first_steps")
    context = {"form": form, "may_start": first_start.may_start(), "code_path": first_start.code_path()}
    return render(request, "office/first_administrator.html", context)
