"""The signing desk: one computer in the hall at which the units sign one after the other. Who may sign there; changes nothing."""

from dataclasses import dataclass

from emulation.lib import clock
from emulation.lib.verdict import Verdict
from emulation.organisation.actors import Actor
from emulation.organisation.domain import mandates
from emulation.organisation.enums import COMMANDING_POSTS
from emulation.organisation.models import Position
from emulation.signing import policies
from emulation.signing.models import Slot


@dataclass(frozen=True)
class DeskSigner:
    """A commander of the slot's unit, in the capacity in which he would sign, or with the reason why he may not."""

    actor: Actor
    name: str
    title: str
    capacity: str
    basis: str
    verdict: Verdict

    @property
    def key(self) -> str:
        """What the form sends for this person."""
        assert self.actor.position is not None
        return str(self.actor.position.pk)


def signers(slot: Slot, *, address: str) -> list[DeskSigner]:
    """The commanders whom the slot's unit has today, heads first, each asked whether he may sign; three questions.

    `address` is the desk's network address: the signers have no session of their own from which it could be read.
    """
    rows = Position.objects.on(clock.today()).filter(unit=slot.unit_id, post__in=COMMANDING_POSTS, person__is_superuser=False)
    rows = rows.full().prefetch_related("mandates").order_by("-post", "pk")
    return [_signer(slot, row, address) for row in rows]


def _signer(slot: Slot, position: Position, address: str) -> DeskSigner:
    actor = Actor(position.person, position, address)
    capacity = policies.capacity_of(actor, slot.round.kind)
    mandate = capacity[1] if capacity else None
    return DeskSigner(
        actor=actor,
        name=position.ranked_name,
        title=position.title,
        capacity=f"{capacity[0].upper()}." if capacity and mandate else "",
        basis=mandates.describe(mandate) if mandate else "",
        verdict=policies.may_sign(slot, actor),
    )
