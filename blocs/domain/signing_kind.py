"""The covenant as a kind of document that can be signed."""

from django.urls import reverse

from blocs.enums import CovenantState
from blocs.models import Covenant
from blocs.workflow import COVENANT
from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.signing.models import SigningRound

KIND = "covenant"


class CovenantKind:
    """Adapter between a signing round and its covenant."""

    name = KIND
    noun = "giao ước"

    def page(self, subject_id: int) -> str:
        return reverse("covenant", args=[subject_id])

    def leads(self, signing_round: SigningRound, actor: Actor) -> bool:
        """The commander of the leader unit, or the standing office."""
        covenant = Covenant.objects.select_related("bloc_year__bloc", "bloc_year__leader_seat").get(pk=signing_round.subject_id)
        if actor.is_office:
            return covenant.bloc_year.bloc.standing_office_id == actor.unit_id
        return actor.is_commander and covenant.bloc_year.leader_seat.unit_id == actor.unit_id

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
