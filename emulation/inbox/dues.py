"""What is due: a plain value, and a register in which each app says what of its own is still to be done.

    dues.register(source)       in the app's `ready()`

A source is asked for an actor (what is due around all that he may see) or for nobody (everything, for the reminders). It answers
with what is not done yet, in a fixed number of queries however many units there are; what several sources need is kept in `Asked`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.functional import Promise

from emulation.lib import clock
from emulation.organisation.actors import Actor


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that one unit has to do until a day.

    `key` names it for good: it never holds the day, which may be moved. `subject` is the same for all units that have to do the same.
    `work` says what is to be done in words that name nothing confidential: it goes into mail and calendars, so it is lazy and takes
    the reader's language. `title` is what it is about, for pages only. A moment that is a plain date lasts until its end in Việt Nam.
    `watchers` are the units that see it too, and are told when its day has passed; the standing office always does.
    """

    key: str
    subject: str
    work: str | Promise
    unit_id: int
    moment: date | datetime
    path: str
    bloc_id: int
    bloc_name: str
    year: int
    office_id: int
    title: str = ""
    # Where the watchers look, when it is another page than that of the unit.
    watch_path: str = ""
    watchers: frozenset[int] = frozenset()
    # A signature: only those may give it who sign for the unit.
    for_signers: bool = False
    # An hour to be somewhere: nobody is late for it afterwards.
    is_meeting: bool = False

    @property
    def day(self) -> date:
        """The day on Việt Nam's calendar, whatever the server's own zone is."""
        return clock.local(self.moment).date() if isinstance(self.moment, datetime) else self.moment

    @property
    def days_left(self) -> int:
        """Whole days until its day; below zero when that has passed."""
        return (self.day - clock.today()).days

    @property
    def is_past(self) -> bool:
        """Whether its day, or its hour, has passed."""
        return self.moment < clock.now() if isinstance(self.moment, datetime) else self.day < clock.today()

    def path_for(self, unit_id: int | None) -> str:
        """The page for somebody of this unit."""
        return self.path if unit_id == self.unit_id else self.watch_path or self.path

    def concerns(self, unit_id: int | None) -> bool:
        """Whether this unit does it or looks after it."""
        return unit_id is not None and (unit_id in (self.unit_id, self.office_id) or unit_id in self.watchers)


@dataclass(frozen=True)
class Asked:
    """For whom the sources are asked (None: for everybody), and what one of them has found out for the others."""

    actor: Actor | None
    kept: dict[str, Any] = field(default_factory=dict)


Source = Callable[[Asked], Iterable[Due]]
_sources: list[Source] = []
# What was due longer ago is history: nobody is reminded of it, no calendar shows it.
FORGOTTEN = timedelta(days=400)


def register(source: Source) -> None:
    """Let an app say what of its own is due. Registering twice does it once."""
    if source not in _sources:
        _sources.append(source)


def everything() -> list[Due]:
    """All that is due of everybody, by day, for the reminders."""
    return _gathered(None)


def of(actor: Actor | None) -> list[Due]:
    """What this actor has to do or looks after, by day; nothing for somebody without a position."""
    if actor is None or actor.unit is None:
        return []
    found = _gathered(actor)
    return found if actor.is_provincial_leader else [due for due in found if due.concerns(actor.unit_id)]


def _gathered(actor: Actor | None) -> list[Due]:
    since = clock.today() - FORGOTTEN
    asked = Asked(actor)
    found = [due for source in _sources for due in source(asked)]
    return sorted((due for due in found if due.day >= since), key=lambda due: (due.day, due.subject, due.key))
