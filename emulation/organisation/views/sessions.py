"""Log in, log out, choose the position to act in."""

from django.conf import settings
from django.contrib import auth
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from emulation.lib.verdict import Refused
from emulation.organisation.access import ActedRequest, acting, next_path
from emulation.organisation.actors import actor_for, positions_of
from emulation.organisation.domain import secrets, units
from emulation.organisation.forms.accounts import LoginForm
from emulation.organisation.middleware import SESSION_KEY, address_of
from emulation.organisation.models import User


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@never_cache
def login(request: HttpRequest) -> HttpResponse:
    """Log in and go on to where one wanted to go. A lock-out is said before any secret is looked at."""
    if request.user.is_authenticated and request.method == "GET":
        return redirect(_wanted(request))
    form = LoginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = secrets.check(form.cleaned_data["username"], form.cleaned_data["password"], address=address_of(request))
        except (secrets.WrongSecret, Refused) as error:
            form.add_error(None, str(error))
        else:
            enter(request, user)
            return redirect(_wanted(request))
    context = {"form": form, "next": _wanted(request, fallback=""), "help_line": settings.HELP_LINE or units.letterhead().office}
    return render(request, "organisation/login.html", context)


def enter(request: HttpRequest, user: User) -> None:
    """Begin the session of somebody whose secret was checked, and leave an entry of it."""
    auth.login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    secrets.note_sign_in(actor_for(user, positions_of(user), chosen=None, address=address_of(request)))


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End the session."""
    auth.logout(request)
    return redirect("login")


@require_POST
@acting()
def choose_position(request: ActedRequest) -> HttpResponse:
    """Act in another of one's own positions from now on."""
    chosen = next((row for row in request.positions if str(row.pk) == request.POST.get("position")), None)
    if chosen is None:
        raise Http404
    request.session[SESSION_KEY] = chosen.pk
    return redirect(next_path(request, resolve_url("home")))


def _wanted(request: HttpRequest, fallback: str | None = None) -> str:
    """Where the person was going, if that is one of our own paths."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if wanted and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return resolve_url(settings.LOGIN_REDIRECT_URL) if fallback is None else fallback
