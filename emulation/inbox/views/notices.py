"""What this person was told, newest first."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from emulation.inbox.domain import notices as verbs
from emulation.inbox.models import Notice
from emulation.organisation.access import ActedRequest, acting

PER_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@acting("notices")
def notices(request: ActedRequest) -> HttpResponse:
    """The notices, fifty a page. What was shown counts as read; by POST all are marked at once."""
    if request.method == "POST":
        verbs.mark_read(request.actor.user)
        return redirect("notices")
    page = Paginator(Notice.objects.filter(recipient=request.actor.user), PER_PAGE).get_page(request.GET.get("page"))
    shown = list(page)
    if request.method == "GET":
        verbs.mark_read(request.actor.user, shown=[notice.pk for notice in shown if notice.read_at is None])
    return render(request, "inbox/notices.html", {"notices": page})
