"""Puts `request.actor` (an Actor, or None when nobody is signed in) and `request.positions` on each request."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from emulation.organisation.actors import actor_for, positions_of

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
        request.actor, request.positions = None, []
        if request.user.is_authenticated:
            request.positions = positions_of(request.user)
            request.actor = actor_for(
                request.user, request.positions, chosen=request.session.get(SESSION_KEY), address=address_of(request)
            )
        return self.get_response(request)
