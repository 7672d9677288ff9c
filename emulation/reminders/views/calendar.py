"""Everything due for this person, as one agenda."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from emulation.inbox import dues
from emulation.organisation.access import ActedRequest, acting
from emulation.reminders.domain import agenda


@require_safe
@acting("home")
def calendar(request: ActedRequest) -> HttpResponse:
    """What waits for the actor's unit and what it looks after; of one bloc only when he asks for it."""
    found = dues.of(request.actor)
    blocs = {due.bloc_id: f"{due.bloc_name} ({due.year})" for due in found}
    chosen = next((pk for pk in blocs if str(pk) == request.GET.get("khoi")), None)
    shown = [due for due in found if chosen is None or due.bloc_id == chosen]
    context = {
        "sections": agenda.sections(shown, request.actor),
        "blocs": sorted(blocs.items(), key=lambda pair: pair[1]) if len(blocs) > 1 else [],
        "chosen": chosen,
        "shown": shown,
        "late": sum(due.is_past and not due.is_meeting for due in shown),
    }
    return render(request, "reminders/calendar.html", context)
