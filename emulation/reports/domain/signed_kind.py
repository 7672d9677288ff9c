"""What the kinds of report have in common as documents that are signed: one unit makes it, its or another's commander signs it."""

from typing import Generic, TypeVar

from django.db.models import Model
from django.urls import reverse

from emulation.lib.verdict import Verdict
from emulation.organisation.actors import Actor
from emulation.organisation.enums import MandateScope
from emulation.signing.models import SigningRound, Slot

Report = TypeVar("Report", bound=Model)


class SignedKind(Generic[Report]):
    """An adapter between a signing round and the report that it signs, but for what follows a signature."""

    name: str
    noun: str
    address: str
    """The name of the address of the report's own page."""
    scope: str = MandateScope.REPORT

    def found(self, pk: int) -> Report:
        """The report with all that stands around it."""
        raise NotImplementedError

    def may_lead(self, report: Report, actor: Actor | None) -> Verdict:
        """Whether the actor is of those who make it."""
        raise NotImplementedError

    def makers(self, report: Report) -> list[int]:
        """The units whose people those are."""
        raise NotImplementedError

    def page(self, subject_id: int) -> str:
        return reverse(self.address, args=[subject_id])

    def voided_page(self, signing_round: SigningRound) -> str:
        """The report's own page: it can be written again there."""
        return self.page(signing_round.subject_id)

    def leads(self, signing_round: SigningRound, actor: Actor | None) -> Verdict:
        """Anybody of those who make it takes it back before it is signed."""
        return self.may_lead(self.subject_of(signing_round), actor)

    def keeps(self, signing_round: SigningRound, actor: Actor) -> bool:
        """Who leads; another of them confirms what one has recorded, where it may be signed with a pen at all."""
        return bool(self.leads(signing_round, actor))

    def keepers(self, signing_round: SigningRound) -> list[int]:
        return self.makers(self.subject_of(signing_round))

    def named_signer(self, slot: Slot) -> int | None:
        """Any commander of the slot's unit."""
        return None

    def subject_of(self, signing_round: SigningRound) -> Report:
        """The report that a round signs; asked once."""
        if signing_round.known_subject is None:
            signing_round.known_subject = self.found(signing_round.subject_id)
        return signing_round.known_subject  # type: ignore[return-value]  # of the kind by which the round was found
