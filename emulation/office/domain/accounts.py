"""Accounts as the office keeps them: find a person, issue a one-time link and tell his unit, unlock."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from emulation.inbox.domain import notices
from emulation.lib import clock, vietnamese
from emulation.lib.verdict import Verdict
from emulation.organisation import policies
from emulation.organisation.actors import Actor, positions_of
from emulation.organisation.domain import secrets
from emulation.organisation.models import Position, User


@dataclass(frozen=True)
class Slip:
    """What the holder gets, once: the link's address and the same code for typing, and until when it serves."""

    person: User
    token: str
    path: str
    expires_at: datetime

    @property
    def spaced_code(self) -> str:
        """In groups of four, for reading aloud."""
        return " ".join(self.token[start : start + 4] for start in range(0, len(self.token), 4))


@dataclass(frozen=True)
class PersonRow:
    """A person in the list, with the posts he holds today."""

    person: User
    positions: list[Position] = field(default_factory=list)
    is_locked: bool = False
    may_reset: Verdict = field(default_factory=Verdict)


@transaction.atomic
def issue_link(person: User, *, actor: Actor) -> Slip:
    """Issue a one-time link and tell the person's units, so that nobody's secret is reset behind his back. Raises `Refused`."""
    token = secrets.issue_link(person, actor=actor)
    held = [position.unit_id for position in positions_of(person)]
    told = (
        f"Mật khẩu của đồng chí {person.full_name} được {actor.label} cấp lại; đồng chí ấy tự đặt mật khẩu mới rồi mới ký được."
    )
    notices.tell_units(held, told, path=reverse("notices"), except_users={actor.user_id})
    link = person.secret_links.latest("pk")
    return Slip(person, token, reverse("set_secret", args=[token]), link.expires_at)


def find(query: str, *, unit: int | None) -> QuerySet[User]:
    """People whose name or log-in name holds all the words, typed with or without accents, in the order of the alphabet."""
    rows = User.objects.order_by("full_name_key", "pk").prefetch_related(_positions_today())
    if unit is not None:
        rows = rows.filter(positions__in=Position.objects.on(clock.today()).filter(unit=unit)).distinct()
    words = vietnamese.search_key(query).split()
    if not words:
        return rows
    # A province has some hundred accounts: reading all names costs less than a column that would have to follow every change.
    names = User.objects.values_list("pk", "full_name", "username")
    keys = ((pk, vietnamese.search_key(f"{name} {username}")) for pk, name, username in names)
    return rows.filter(pk__in=[pk for pk, key in keys if all(word in key for word in words)])


def rows(people: Sequence[User], *, actor: Actor) -> list[PersonRow]:
    """The people of one page of the list; one query however many."""
    locked = secrets.locked_accounts([person.username for person in people])
    return [
        PersonRow(person, person.positions_today, person.username in locked, policies.may_reset(person, actor))  # type: ignore[attr-defined]  # prefetched under this name
        for person in people
    ]


def _positions_today() -> Prefetch[str, QuerySet[Position], str]:
    today = Position.objects.on(clock.today()).select_related("unit").prefetch_related("unit__names")
    return Prefetch("positions", queryset=today, to_attr="positions_today")
