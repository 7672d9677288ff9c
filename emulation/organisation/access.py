"""Who may open a page at all: signed in, acting in a position, working in the office. What he may do there, policies say."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme

from emulation.lib.verdict import enforce
from emulation.organisation import policies
from emulation.organisation.actors import Actor
from emulation.organisation.models import Position


class ActedRequest(HttpRequest):
    """A request of somebody signed in."""

    actor: Actor
    positions: list[Position]


View = Callable[..., HttpResponseBase]


def acting(menu: str = "") -> Callable[[View], View]:
    """For people signed in; anybody else is led to the log-in. `menu` marks the menu word the page belongs to."""

    def decorate(view: View) -> View:
        @wraps(view)
        @login_required
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return view(request, *args, **kwargs)

        guarded.menu = menu  # type: ignore[attr-defined]  # read by the navigation
        return guarded

    return decorate


def keeping_organisation(menu: str = "") -> Callable[[View], View]:
    """For the standing office and administrators; others get the reason."""

    def decorate(view: View) -> View:
        @wraps(view)
        @acting(menu)
        def guarded(request: ActedRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            enforce(policies.may_keep_organisation(request.actor))
            return view(request, *args, **kwargs)

        guarded.menu = menu  # type: ignore[attr-defined]  # read by the navigation
        return guarded

    return decorate


def polled(view: View) -> View:
    """For what a page asks every second: who asks is looked up only when there is something new, by the view itself
    (`middleware.bring_actor`), before it calls one that is `acting`.
    """

    @wraps(view)
    def light(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    light.is_polled = True  # type: ignore[attr-defined]  # read by the middleware
    return light


def next_path(request: HttpRequest, fallback: str) -> str:
    """Where a small form leads back to: the path it names, if that is one of ours."""
    wanted = request.POST.get("next", "")
    return wanted if wanted and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else fallback
