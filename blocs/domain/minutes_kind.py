"""The minutes of a conference as a kind of document that can be signed: by its secretary in person, and by the chair's commander."""

from django.urls import reverse

from blocs import conference_policies as policies
from blocs.enums import MinutesState, SeatRole
from blocs.models import Conference, Minutes
from blocs.workflow import MINUTES
from emulation.lib import clock
from emulation.lib.verdict import Verdict
from emulation.organisation.actors import Actor
from emulation.organisation.enums import MandateScope
from emulation.signing.enums import SlotRole
from emulation.signing.models import SigningRound, Slot

KIND = "minutes"


class MinutesKind:
    """Adapter between a signing round and the conference whose minutes it signs."""

    name = KIND
    noun = "biên bản hội nghị"
    scope: str = MandateScope.MINUTES

    def page(self, subject_id: int) -> str:
        return reverse("minutes", args=[subject_id])

    def voided_page(self, signing_round: SigningRound) -> str:
        """The page of the minutes itself: two people sign them, and the draft stands there again."""
        return self.page(signing_round.subject_id)

    def leads(self, signing_round: SigningRound, actor: Actor | None) -> Verdict:
        """Those who organise the conference, or its secretary."""
        return policies.may_lead_minutes(_conference(signing_round), actor)

    def keeps(self, signing_round: SigningRound, actor: Actor) -> bool:
        """Who leads the signing; minutes are signed on the screen only, so there is nothing to record."""
        return bool(self.leads(signing_round, actor))

    def keepers(self, signing_round: SigningRound) -> list[int]:
        """The units of the bloc that organise its conferences."""
        seats = _conference(signing_round).bloc_year.ordered_seats
        return [seat.unit_id for seat in seats if seat.role != SeatRole.MEMBER]

    def named_signer(self, slot: Slot) -> int | None:
        """The secretary signs in person; the chair is whoever commands the unit in the chair."""
        return _conference(slot.round).secretary_id if slot.role == SlotRole.SECRETARY else None

    def on_completed(self, signing_round: SigningRound, actor: Actor) -> None:
        self._move(signing_round, "complete")

    def on_voided(self, signing_round: SigningRound, actor: Actor) -> None:
        self._move(signing_round, "void")

    def _move(self, signing_round: SigningRound, verb: str) -> None:
        minutes = Minutes.objects.select_for_update(of=("self",)).get(conference=signing_round.subject_id)
        minutes.state = MINUTES.target(verb)
        minutes.signed_at = clock.now() if minutes.state == MinutesState.SIGNED else None
        minutes.changed_at = clock.now()
        minutes.save(update_fields=["state", "signed_at", "changed_at"])


def _conference(signing_round: SigningRound) -> Conference:
    known = signing_round.known_subject
    if not isinstance(known, Conference):
        known = Conference.objects.select_related("bloc_year__bloc").get(pk=signing_round.subject_id)
        signing_round.known_subject = known
    return known
