"""In the hall: what the projector shows, and what it asks every second."""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.crypto import salted_hmac
from django.views.decorators.http import condition, require_safe

from blocs import policies
from blocs.domain import hall
from blocs.domain import signing as verbs
from blocs.models import BlocDocument
from blocs.views.documents import find
from emulation.lib.verdict import enforce
from emulation.organisation.access import ActedRequest, acting, polled
from emulation.organisation.middleware import bring_actor
from emulation.pdf.qr import qr_data_uri


@require_safe
@acting("documents")
def hall_page(request: ActedRequest, pk: int) -> HttpResponse:
    """The seats of all units in very large type, for the projector; it looks again by itself."""
    tag = tag_of(request, pk)  # before the picture: what changes in between is found by the next look
    return _show(request, find(request, pk), tag, "blocs/hall.html")


def tag_of(request: HttpRequest, pk: int) -> str:
    """The tag of what this person was shown. It is keyed, so that only who was allowed to see a picture can ask whether it is new."""
    shown = f"{request.session[SESSION_KEY]}:{pk}:{hall.tag(pk)}"
    return f'"{salted_hmac("blocs.hall", shown).hexdigest()}"'


def _tag_to_ask_with(request: HttpRequest, pk: int) -> str | None:
    """None for who is not signed in: his answer carries no tag, or he could ask with it whether somebody has signed."""
    return tag_of(request, pk) if SESSION_KEY in request.session else None


@require_safe
@polled
@condition(etag_func=_tag_to_ask_with)
def hall_poll(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The seats alone, or 304 while nothing is new: two questions, for the session and for the state of the seats."""
    bring_actor(request)
    return _newest(request, pk)


@acting("documents")
def _newest(request: ActedRequest, pk: int) -> HttpResponse:
    tag = tag_of(request, pk)
    response = _show(request, find(request, pk), tag, "blocs/hall_seats.html")
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _show(request: ActedRequest, document: BlocDocument, tag: str, template: str) -> HttpResponse:
    enforce(policies.may_present(document, request.actor))
    signing_round = verbs.current_round(document)
    picture = hall.picture(signing_round)
    context: dict[str, Any] = {
        "document": document,
        "bloc": document.bloc_year,
        "round": signing_round,
        "hall": picture,
        "tag": tag,
        "qr": qr_data_uri(picture.address) if picture.stage == hall.COMPLETE else "",
    }
    return render(request, template, context)
