"""Who is to be reminded of what, now: pure, so that any schedule of runs can be tried.

The rule: of all the days on which somebody was to be reminded and which have passed, the newest counts. He is told of it unless he was
told of that one or of a later one already. So a missed run is made good by the next one, several missed ones collapse into one
reminder, the most pressing, and nothing is ever said twice. A day that was moved starts anew; one that was moved back does not.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from emulation.inbox.dues import Due
from emulation.reminders.domain.days import Days

# By due key, day and person: the least number of days before (below zero: after) of which he was told.
Told = Mapping[tuple[str, date, int], int]


@dataclass(frozen=True)
class People:
    """Who holds a position in each unit today, and who of them signs for it."""

    everybody: Mapping[int, frozenset[int]]
    signers: Mapping[int, frozenset[int]]

    def of(self, due: Due, offset: int) -> set[int]:
        """Who is reminded: the unit, or its signers; once its day has passed also the leader of the bloc and the standing office."""
        own = self.signers if due.for_signers else self.everybody
        found = set(own.get(due.unit_id, ()))
        if offset < 0:
            for unit in (*due.watchers, due.office_id):
                found |= self.everybody.get(unit, frozenset())
        return found


@dataclass(frozen=True)
class Wanted:
    """Somebody is to be told of something, so many days before its day."""

    due: Due
    offset: int
    recipient: int


def compose(dues: Iterable[Due], days: Days, people: People, told: Told) -> list[Wanted]:
    """Everything that is to be said now."""
    return [wanted for due in dues for wanted in _of(due, days(due.office_id, due.year), people, told)]


def newest(due: Due, days: Iterable[int]) -> int | None:
    """The newest of these days that has come; of a meeting none after it."""
    come = [offset for offset in days if offset >= due.days_left and not (due.is_meeting and (offset < 0 or due.is_past))]
    return min(come, default=None)


def _of(due: Due, days: Iterable[int], people: People, told: Told) -> Iterator[Wanted]:
    offset = newest(due, days)
    if offset is None:
        return
    for person in sorted(people.of(due, offset)):
        last = told.get((due.key, due.day, person))
        if last is None or offset < last:
            yield Wanted(due, offset, person)
