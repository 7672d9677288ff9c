"""Puts `request.actor` (an Actor, or None when nobody is signed in) and `request.positions` on each request that has a page."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from emulation.organisation.actors import Actor, actor_for, positions_of
from emulation.organisation.models import Position, User

SESSION_KEY = "position"


def address_of(request: HttpRequest) -> str:
    """The person's network address; X-Forwarded-For counts only as far as our own proxies wrote it."""
    peer = request.META.get("REMOTE_ADDR", "")
    if not settings.TRUSTED_PROXIES:
        return peer
    chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    return chain[-settings.TRUSTED_PROXIES] if len(chain) >= settings.TRUSTED_PROXIES else peer


class ActorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # The attributes that `access.ActedRequest` declares for views behind a log-in.
        request.__dict__.update(actor=None, positions=[])
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: tuple[Any, ...], _kwargs: Mapping[str, Any]
    ) -> None:
        """Look up who acts, unless the view is asked every second and does so itself (`access.polled`)."""
        if not getattr(view, "is_polled", False):
            bring_actor(request)


def bring_actor(request: HttpRequest) -> None:
    """Look up in which position the person who is signed in acts."""
    if isinstance(request.user, User):
        positions: list[Position] = positions_of(request.user)
        actor: Actor = actor_for(request.user, positions, chosen=request.session.get(SESSION_KEY), address=address_of(request))
        request.__dict__.update(actor=actor, positions=positions)
