"""Thousands of reminders at once: composed, told and queued; then two runs in the same moment, which say nothing more."""

import threading
from datetime import timedelta

from django.core import mail
from django.db import connection
from django.test.utils import override_settings

from benchmarks import figures, timing
from benchmarks.figures import Figure
from blocs.domain import directives
from blocs.domain.directives import Wanted
from blocs.enums import ConferenceState
from emulation.lib import clock
from emulation.office.demo.stage import quick_secrets
from emulation.organisation.models import Position
from emulation.reminders.domain import letters, running
from emulation.reminders.models import Choice, Reminder
from tests import builders, meetings

DIRECTIVES, UNITS, PEOPLE = 25, 20, 10
WANTED = DIRECTIVES * UNITS * PEOPLE


def measure() -> list[Figure]:
    """Twenty units with ten people each have 25 things to do until tomorrow; everybody is told of all, and wants mail."""
    with quick_secrets():
        _fill()
    before = Reminder.objects.count()
    lap = timing.lap(running.remind)
    said = Reminder.objects.count() - before
    again: list[int] = []
    threads = [threading.Thread(target=_run, args=[again]) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        sending = timing.lap(letters.send)
        sent = len(mail.outbox)
    return [
        figures.demand("reminders composed and told", str(said), f">= {WANTED}", kept=said >= WANTED),
        figures.at_most("… in", lap.wall, 20, "s", digits=1, note=f"{lap.cpu:.1f} s of processor time"),
        figures.demand("said again by two more runs at once", str(sum(again)), "0", kept=sum(again) == 0),
        figures.beside("letters composed and handed over", str(sent), note=f"in {sending.wall:.1f} s, one a person"),
    ]


def _run(said: list[int]) -> None:
    try:
        said.append(len(running.remind()))
    finally:
        connection.close()


def _fill() -> None:
    """Through the verbs; what was given is due tomorrow, so everybody is told at once."""
    cast = builders.bloc(UNITS)
    units = [actor.unit for actor in cast.commanders if actor.unit]
    for unit in units:
        for _ in range(PEOPLE - 1):
            builders.staff(unit)
    held = meetings.conference(ConferenceState.HELD, of=cast)
    for number in range(DIRECTIVES):
        wanted = Wanted(f"Việc thứ {number + 1}.", [unit.pk for unit in units], clock.today() + timedelta(days=1))
        directives.give(held, wanted, actor=cast.leader)
    wishes = Position.objects.filter(unit__in=units).values_list("person", flat=True)
    Choice.objects.bulk_create(Choice(person_id=pk, email=f"{pk}@thidua.example", by_mail=True) for pk in set(wishes))
