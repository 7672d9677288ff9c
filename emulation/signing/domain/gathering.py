"""Open rounds of several kinds at once, for pages that show whatever waits for somebody."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from emulation.lib.related import know
from emulation.signing.enums import RoundState
from emulation.signing.models import SigningRound, Slot

# Keys of subjects, or a question that gives them.
Subjects = Collection[int] | QuerySet[Any, Any]


def open_rounds(wanted: Mapping[str, Subjects]) -> list[SigningRound]:
    """The open rounds of these subjects by kind, each with its newest revision and its slots; one query, none without subjects."""
    about = Q()
    for kind, subjects in wanted.items():
        if isinstance(subjects, QuerySet) or subjects:
            about |= Q(round__kind=kind, round__subject_id__in=subjects)
    if not about:
        return []
    rows = Slot.objects.filter(about, round__state=RoundState.OPEN).select_related("round__current").order_by("round", "number")
    rounds: dict[int, SigningRound] = {}
    slots: dict[int, list[Slot]] = {}
    for slot in rows:
        slot.round = rounds.setdefault(slot.round_id, slot.round)
        slots.setdefault(slot.round_id, []).append(slot)
    for pk, signing_round in rounds.items():
        know(signing_round, "slots", slots[pk])
    return list(rounds.values())
