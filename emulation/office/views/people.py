"""People and their accounts: find them, give a one-time link on a slip, end a lock-out."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from emulation.lib.verdict import enforce
from emulation.office.domain import accounts
from emulation.office.forms.accounts import PeopleFilterForm
from emulation.organisation import policies
from emulation.organisation.access import ActedRequest, keeping_organisation, next_path
from emulation.organisation.actors import positions_of
from emulation.organisation.domain import secrets
from emulation.organisation.models import User

PER_PAGE = 50


@require_safe
@keeping_organisation("people")
def people(request: ActedRequest) -> HttpResponse:
    """Search by name without accents, filter by unit; who is locked and who has no secret of his own yet."""
    form = PeopleFilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    unit = wanted.get("unit")
    found = accounts.find(wanted.get("q", ""), unit=unit.pk if unit else None)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = accounts.rows(list(page), actor=request.actor)
    return render(
        request, "office/people.html", {"form": form, "page": page, "rows": rows, "is_filtered": bool(wanted.get("q") or unit)}
    )


@require_http_methods(["GET", "POST"])
@never_cache
@keeping_organisation("people")
def reset_slip(request: ActedRequest, pk: int) -> HttpResponse:
    """Ask first; then issue the link and show it once, in the answer itself: it is kept nowhere, so it cannot be shown again."""
    person = get_object_or_404(User, pk=pk)
    enforce(policies.may_reset(person, request.actor))
    context = {"person": person, "person_positions": positions_of(person)}
    if request.method == "POST":
        slip = accounts.issue_link(person, actor=request.actor)
        pages = {"link": slip.path, "code_page": reverse("set_secret_code")}
        context |= {"slip": slip, **{name: request.build_absolute_uri(path) for name, path in pages.items()}}
    return render(request, "office/reset_slip.html", context)


@require_POST
@keeping_organisation("people")
def unlock(request: ActedRequest, pk: int) -> HttpResponse:
    """End a lock-out early."""
    person = get_object_or_404(User, pk=pk)
    secrets.unlock(person, actor=request.actor)
    messages.success(request, _("Đã mở khóa tài khoản của đồng chí %(name)s.") % {"name": person.full_name})
    return redirect(next_path(request, "people"))
