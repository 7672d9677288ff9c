"""The covenant as a kind of document that can be signed."""

from django.db.models import prefetch_related_objects
from django.urls import reverse

from blocs.domain.snapshots import province_of
from blocs.enums import CovenantState
from blocs.models import Covenant
from blocs.workflow import COVENANT
from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.signing.models import SigningRound

KIND = "covenant"


def bring_together(signing_round: SigningRound, covenant: Covenant) -> SigningRound:
    """Let a round know its covenant, and its slots the units that sit in the bloc, so that pages need not ask for them again.

    Two queries at most, whatever the number of slots.
    """
    bloc_year = covenant.bloc_year
    known = {seat.unit_id: seat.unit for seat in bloc_year.ordered_seats}
    if province := province_of(bloc_year):
        known[province.pk] = province
    signing_round.known_subject = covenant
    slots = list(signing_round.slots.all())
    for slot in slots:
        if slot.unit_id in known:
            slot.unit = known[slot.unit_id]
    # Of a voided round, some units may have left the bloc since.
    prefetch_related_objects([slot for slot in slots if slot.unit_id not in known], "unit__names")
    return signing_round


class CovenantKind:
    """Adapter between a signing round and its covenant."""

    name = KIND
    noun = "giao ước"

    def page(self, subject_id: int) -> str:
        return reverse("covenant", args=[subject_id])

    def leads(self, signing_round: SigningRound, actor: Actor) -> bool:
        """The commander of the leader unit, or the standing office."""
        covenant = signing_round.known_subject
        if not isinstance(covenant, Covenant):
            covenant = Covenant.objects.select_related("bloc_year__bloc").get(pk=signing_round.subject_id)
        if actor.is_office:
            return covenant.bloc_year.bloc.standing_office_id == actor.unit_id
        return actor.is_commander and covenant.bloc_year.leader.unit_id == actor.unit_id

    def on_completed(self, signing_round: SigningRound, actor: Actor) -> None:
        self._move(signing_round, "complete")

    def on_voided(self, signing_round: SigningRound, actor: Actor) -> None:
        self._move(signing_round, "reopen")

    def _move(self, signing_round: SigningRound, verb: str) -> None:
        covenant = Covenant.objects.select_for_update(of=("self",)).get(pk=signing_round.subject_id)
        covenant.state = COVENANT.target(verb)
        covenant.signed_at = clock.now() if covenant.state == CovenantState.SIGNED else None
        covenant.changed_at = clock.now()
        covenant.save(update_fields=["state", "signed_at", "changed_at"])
