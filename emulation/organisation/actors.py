"""The actor: a person acting in one of his positions. Policies ask the actor, never the account."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.db.models import prefetch_related_objects

from emulation.lib import clock
from emulation.organisation.enums import UnitKind
from emulation.organisation.models import Position, Unit, User


@dataclass(frozen=True)
class Actor:
    """A signed-in person, the position in which he acts (None: an administrator without one) and his network address."""

    user: User
    position: Position | None
    address: str = ""

    @property
    def user_id(self) -> int:
        return self.user.pk

    @property
    def unit(self) -> Unit | None:
        return self.position.unit if self.position else None

    @property
    def unit_id(self) -> int | None:
        return self.position.unit_id if self.position else None

    @cached_property
    def label(self) -> str:
        """As the audit names him: rank, name, title, unit."""
        if self.position is None:
            return f"{self.user.full_name} (quản trị hệ thống)" if self.user.is_superuser else self.user.full_name
        return f"{self.position.ranked_name}, {self.position.title}, {self.position.unit.name}"

    @property
    def is_office(self) -> bool:
        """Works in the standing office for emulation."""
        return bool(self.unit and self.unit.is_emulation_office)

    @property
    def is_administrator(self) -> bool:
        """Keeps accounts and units, and nothing else."""
        return self.user.is_superuser

    @property
    def is_commander(self) -> bool:
        """Head or deputy head of a unit who may sign for it."""
        return bool(self.position and self.position.is_commander and self.position.may_sign and not self.user.is_superuser)

    @property
    def is_provincial_leader(self) -> bool:
        """Director or deputy director of the provincial police."""
        return bool(self.position and self.position.is_commander and self.position.unit.kind == UnitKind.PROVINCE)


def positions_of(user: User) -> list[Position]:
    """The positions that the person holds today, commanding ones first."""
    rows = list(Position.objects.on(clock.today()).filter(person=user).full()) if user.held_today is None else user.held_today
    prefetch_related_objects(rows, "unit__names")
    return sorted(rows, key=lambda row: (not row.is_commander, row.pk))


def actor_for(user: User, positions: list[Position], *, chosen: int | None, address: str) -> Actor:
    """The actor in the chosen position when it is still held, else in the first."""
    held = next((row for row in positions if row.pk == chosen), positions[0] if positions else None)
    return Actor(user, held, address)
