"""Who acts when: units and people by the names that the data use, and acts with the clock set to their moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from django.contrib.auth.hashers import get_hasher

from emulation.lib import clock
from emulation.office.demo.cast import OFFICE, PASSWORD, Person, UnitCast
from emulation.organisation.actors import Actor, actor_for, positions_of
from emulation.organisation.domain import mandates, people, secrets, units
from emulation.organisation.enums import Capacity
from emulation.organisation.models import Position, Unit, User

ADDRESS = "127.0.0.1"
CLERK = "px03"
# How little a hash may cost: the parameters of Argon2 and of PBKDF2.
_QUICK = {"time_cost": 1, "memory_cost": 8, "parallelism": 1, "iterations": 1000}


class Stage:
    """The units of the demonstration by their keys, and people by their log-in names."""

    def __init__(self) -> None:
        self.units: dict[str, Unit] = {}

    @contextmanager
    def acting(self, moment: datetime, login: str) -> Iterator[Actor]:
        """This person, in the position that he holds then, with the clock at that moment."""
        with clock.at(moment):
            yield self.actor(login)

    def actor(self, login: str) -> Actor:
        """This person in the position that he holds now."""
        user = User.objects.get(username=login)
        return actor_for(user, positions_of(user), chosen=None, address=ADDRESS)

    def enter(self, cast: UnitCast, *, since: date, in_post_since: date, parent: Unit | None, actor: Actor | None) -> None:
        """Form a unit and give its people their accounts, posts and secrets of their own."""
        unit = units.create(
            actor=actor,
            kind=cast.kind,
            name=cast.name,
            short_name=cast.short_name,
            valid_from=since,
            parent=parent,
            is_emulation_office=cast is OFFICE,
        )
        self.units[cast.key] = unit
        for person in cast.people:
            self._enter_person(person, unit, since=in_post_since, actor=actor)

    def record_mandates(self, cast: UnitCast, *, actor: Actor) -> None:
        """The documents by which deputies of this unit sign for its head."""
        for person in cast.people:
            if person.mandate:
                position = Position.objects.full().get(person__username=person.login)
                mandates.record(position, actor=actor, capacity=Capacity.KT, document=person.mandate, valid_from=clock.today())

    def _enter_person(self, person: Person, unit: Unit, *, since: date, actor: Actor | None) -> None:
        user = people.open_account(actor=actor, username=person.login, full_name=person.name)
        people.give_position(
            user,
            actor=actor,
            unit=unit,
            post=person.post,
            rank=person.rank,
            valid_from=since,
            may_sign=person.may_sign,
        )
        secrets.set_own(user, PASSWORD, actor=Actor(user, None, ADDRESS))


@contextmanager
def quick_secrets() -> Iterator[None]:
    """Everybody here has the same published password, so its hash need not be slow: fifty slow ones would take half a minute.

    Django hashes it anew, with all strength, when somebody logs in.
    """
    hasher = get_hasher()
    strength = {name: value for name, value in vars(type(hasher)).items() if name in _QUICK}
    try:
        for name in strength:
            setattr(hasher, name, _QUICK[name])
        yield
    finally:
        for name, value in strength.items():
            setattr(hasher, name, value)
