"""Everything due for this person: as one agenda, and for other programs at a secret address."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from emulation.inbox import dues
from emulation.organisation.access import ActedRequest, acting
from emulation.organisation.domain import attempts
from emulation.organisation.middleware import address_of
from emulation.reminders.domain import agenda, feeds
from emulation.views import too_many_requests


@require_safe
@acting("home")
def calendar(request: ActedRequest) -> HttpResponse:
    """What waits for the actor's unit and what it looks after; of one bloc only when he asks for it."""
    return render(request, "reminders/calendar.html", _context(request))


@require_POST
@acting("home")
@never_cache
def feed_issue(request: ActedRequest) -> HttpResponse:
    """A new secret address, shown on this very page and never again."""
    token = feeds.issue(actor=request.actor)
    address = f"{settings.PUBLIC_BASE_URL}{reverse('calendar_feed', args=[token])}"
    return render(request, "reminders/calendar.html", {**_context(request), "address": address})


@require_POST
@acting("home")
def feed_revoke(request: ActedRequest) -> HttpResponse:
    """The address opens nothing any more."""
    feeds.revoke(actor=request.actor)
    messages.success(request, _("Đã thu hồi địa chỉ lịch."))
    return redirect("calendar")


@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar of whoever holds this address, for a program that cannot log in."""
    if not attempts.within("calendar feed", address_of(request), limit=settings.FEEDS_PER_MINUTE, minutes=1):
        return too_many_requests(request)
    if (person := feeds.holder(token)) is None:
        raise Http404
    response = HttpResponse(feeds.feed(person), content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, max-age=900"
    response["Content-Disposition"] = 'inline; filename="lich-thi-dua.ics"'
    return response


def _context(request: ActedRequest) -> dict[str, Any]:
    found = dues.of(request.actor)
    blocs = {due.bloc_id: f"{due.bloc_name} ({due.year})" for due in found}
    chosen = next((pk for pk in blocs if str(pk) == request.GET.get("khoi")), None)
    shown = [due for due in found if chosen is None or due.bloc_id == chosen]
    return {
        "sections": agenda.sections(shown, request.actor),
        "blocs": sorted(blocs.items(), key=lambda pair: pair[1]) if len(blocs) > 1 else [],
        "chosen": chosen,
        "shown": shown,
        "late": sum(due.is_past and not due.is_meeting for due in shown),
        "feed": feeds.current(request.actor.user),
    }
