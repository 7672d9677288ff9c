"""One run of the reminders. Safe at any time, any number of times, twice in the same moment, and after days without one."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import translation

from emulation.inbox import dues
from emulation.inbox.domain import notices
from emulation.inbox.dues import Due
from emulation.lib import clock
from emulation.organisation.models import Position
from emulation.records.domain import audit
from emulation.records.events import Event
from emulation.reminders.domain import days, wording
from emulation.reminders.domain.composing import People, Wanted, compose
from emulation.reminders.enums import Frequency
from emulation.reminders.models import Choice, Reminder, Waiting

# Somebody who wants only what is urgent hears nothing earlier by mail.
URGENT_FROM = 1
_AT_ONCE = 500


@transaction.atomic
def remind() -> list[Reminder]:
    """Tell everybody what is due and was not said yet, once; keep what is to go out by mail. Returns what was said.

    The rows decide: what another run has written in the same moment is not written again, and only what was written is told.
    """
    found = dues.everything()
    people, units = _people()
    wanted = compose(found, days.known(), people, _told(found))
    fresh = _write(wanted)
    of = {(due.key, due.day): due for due in found}
    _tell(fresh, of, units)
    _queue(fresh)
    if fresh:
        audit.log(
            Event.REMINDED, stream="reminders", actor=None, said=len(fresh), people=len({row.recipient_id for row in fresh})
        )
    return fresh


def units_of_people() -> dict[int, frozenset[int]]:
    """The units in which each person holds a position today."""
    return _people()[1]


def _people() -> tuple[People, dict[int, frozenset[int]]]:
    everybody: dict[int, set[int]] = defaultdict(set)
    signers: dict[int, set[int]] = defaultdict(set)
    units: dict[int, set[int]] = defaultdict(set)
    rows = Position.objects.on(clock.today()).filter(person__is_superuser=False).order_by()
    for unit, person, may_sign in rows.values_list("unit", "person", "may_sign"):
        everybody[unit].add(person)
        units[person].add(unit)
        if may_sign:
            signers[unit].add(person)
    return People(_frozen(everybody), _frozen(signers)), _frozen(units)


def _frozen(found: dict[int, set[int]]) -> dict[int, frozenset[int]]:
    return {key: frozenset(values) for key, values in found.items()}


def _told(found: list[Due]) -> dict[tuple[str, date, int], int]:
    told: dict[tuple[str, date, int], int] = {}
    if found:
        rows = Reminder.objects.filter(due_on__gte=min(due.day for due in found)).order_by()
        for key, on, person, offset in rows.values_list("key", "due_on", "recipient", "offset"):
            told[key, on, person] = min(offset, told.get((key, on, person), offset))
    return told


def _write(wanted: list[Wanted]) -> list[Reminder]:
    """The rows that this run has written, in one order, so that two runs never wait for each other in a circle."""
    run, moment = uuid.uuid4(), clock.now()
    rows = [
        Reminder(key=row.due.key, due_on=row.due.day, offset=row.offset, recipient_id=row.recipient, run=run, at=moment)
        for row in wanted
    ]
    rows.sort(key=lambda row: (row.key, row.due_on, row.offset, row.recipient_id))
    Reminder.objects.bulk_create(rows, ignore_conflicts=True, batch_size=_AT_ONCE)
    return list(Reminder.objects.filter(run=run).order_by("pk")) if rows else []


def _tell(fresh: Iterable[Reminder], of: dict[tuple[str, date], Due], units: dict[int, frozenset[int]]) -> None:
    """One notice a person, however much there is to say. It is stored, so it is Vietnamese."""
    said: dict[int, list[Due]] = defaultdict(list)
    for row in fresh:
        said[row.recipient_id].append(of[row.key, row.due_on])
    told: dict[tuple[str, str], list[int]] = defaultdict(list)
    with translation.override("vi"):
        for person, about in said.items():
            told[wording.notice(about, units.get(person, frozenset()))].append(person)
    for (text, path), recipients in told.items():
        notices.tell(recipients, text, path=path)


def _queue(fresh: Iterable[Reminder]) -> None:
    """Keep what is to go out by mail, for those who want any."""
    wishes = dict(Choice.objects.filter(by_mail=True).values_list("person", "frequency"))
    rows = [
        Waiting(reminder=row, recipient_id=row.recipient_id)
        for row in fresh
        if row.recipient_id in wishes and (wishes[row.recipient_id] != Frequency.URGENT or row.offset <= URGENT_FROM)
    ]
    Waiting.objects.bulk_create(rows, batch_size=_AT_ONCE)
