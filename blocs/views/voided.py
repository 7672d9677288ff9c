"""The page that explains a voided round to those who had signed in it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from blocs.domain import progress
from blocs.domain.signing_kind import bring_together
from blocs.views.documents import find
from emulation.organisation.access import ActedRequest, acting
from emulation.records.events import Event
from emulation.records.models import AuditEntry
from emulation.signing.enums import RoundState
from emulation.signing.models import SigningRound


@require_safe
@acting("documents")
def voided_round(request: ActedRequest, pk: int, number: int) -> HttpResponse:
    """What was voided, why, by whom, whose signatures lost their meaning, and what happens next; the old file stays readable."""
    document = find(request, pk)
    rows = SigningRound.objects.prefetch_related("slots").select_related("current")
    signing_round = get_object_or_404(rows, kind=document.kind, subject_id=pk, number=number, state=RoundState.VOIDED)
    bring_together(signing_round, document)
    entry = AuditEntry.objects.filter(stream__key=document.stream, event=Event.ROUND_VOIDED, data__round=number).first()
    slots = [row for row in progress.slot_rows(signing_round, request.actor) if row.slot.signed_at]
    context = {
        "document": document,
        "bloc": document.bloc_year,
        "round": signing_round,
        "by": entry.person if entry else "",
        "slots": slots,
        "had_signed": any(row.slot.signer_id == request.actor.user_id for row in slots),
    }
    return render(request, "blocs/voided_round.html", context)
