"""A bloc's documents as kinds of document that can be signed."""

from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from blocs.domain import ending
from blocs.domain.snapshots import province_of
from blocs.enums import NOUNS, DocumentKind, DocumentState, SeatRole
from blocs.models import BlocDocument, BlocYear
from blocs.workflow import DOCUMENT
from emulation.lib import clock
from emulation.lib.verdict import ALLOWED, Verdict, refuse
from emulation.organisation.actors import Actor
from emulation.organisation.enums import MandateScope
from emulation.signing.models import SigningRound, Slot

# Rounds of a bloc's documents; their subjects are rows of one table, so a key alone tells which.
KINDS = list(DocumentKind.values)


def bring_together(signing_round: SigningRound, document: BlocDocument) -> SigningRound:
    """Let a round know its document, and its slots the units that sit in the bloc, so that pages need not ask for them again.

    Two queries at most, whatever the number of slots.
    """
    bloc_year = document.bloc_year
    known = {seat.unit_id: seat.unit for seat in bloc_year.ordered_seats}
    if province := province_of(bloc_year):
        known[province.pk] = province
    signing_round.known_subject = document
    slots = list(signing_round.slots.all())
    for slot in slots:
        if slot.unit_id in known:
            slot.unit = known[slot.unit_id]
    # Of a voided round, some units may have left the bloc since.
    prefetch_related_objects([slot for slot in slots if slot.unit_id not in known], "unit__names")
    return signing_round


@dataclass(frozen=True)
class BlocDocumentKind:
    """Adapter between a signing round and its document, one for each kind: all units sign a covenant, the leader signs the others."""

    name: str

    @property
    def noun(self) -> str:
        return NOUNS[DocumentKind(self.name)]

    @property
    def scope(self) -> str:
        return MandateScope.COVENANT if self.name == DocumentKind.COVENANT else MandateScope.REGULATION

    def page(self, subject_id: int) -> str:
        return reverse("document", args=[subject_id])

    def voided_page(self, signing_round: SigningRound) -> str:
        return reverse("voided_round", args=[signing_round.subject_id, signing_round.number])

    def leads(self, signing_round: SigningRound, actor: Actor | None) -> Verdict:
        """The commander of the leader unit, or the standing office."""
        bloc_year = self._bloc_year(signing_round)
        if actor and actor.is_office and bloc_year.bloc.standing_office_id == actor.unit_id:
            return ALLOWED
        if actor and actor.is_commander and bloc_year.leader.unit_id == actor.unit_id:
            return ALLOWED
        return refuse(_("Chỉ chỉ huy đơn vị khối trưởng hoặc cơ quan thường trực được làm việc này."))

    def keeps(self, signing_round: SigningRound, actor: Actor) -> bool:
        """Anybody of the leader unit, a deputy unit or the standing office."""
        return actor.unit_id in self.keepers(signing_round)

    def keepers(self, signing_round: SigningRound) -> list[int]:
        bloc_year = self._bloc_year(signing_round)
        drafting = [seat.unit_id for seat in bloc_year.ordered_seats if seat.role != SeatRole.MEMBER]
        return [*drafting, bloc_year.bloc.standing_office_id]

    def _bloc_year(self, signing_round: SigningRound) -> BlocYear:
        document = signing_round.known_subject
        if not isinstance(document, BlocDocument):
            document = BlocDocument.objects.select_related("bloc_year__bloc").get(pk=signing_round.subject_id)
        return document.bloc_year

    def named_signer(self, slot: Slot) -> int | None:
        """Nobody is named in person: a covenant is signed by whoever commands the unit that day."""
        return None

    def on_completed(self, signing_round: SigningRound, actor: Actor) -> None:
        self._move(signing_round, "complete", actor)

    def on_voided(self, signing_round: SigningRound, actor: Actor) -> None:
        self._move(signing_round, "reopen", actor)

    def _move(self, signing_round: SigningRound, verb: str, actor: Actor) -> None:
        document = BlocDocument.objects.select_for_update(of=("self",)).get(pk=signing_round.subject_id)
        if verb == "complete" and document.replaces_id:
            ending.supersede(document, actor, signing_round)  # first: one document of a kind is in force at a time
        document.state = DOCUMENT.target(verb)
        document.signed_at = clock.now() if document.state == DocumentState.SIGNED else None
        document.changed_at = clock.now()
        document.save(update_fields=["state", "signed_at", "changed_at"])
