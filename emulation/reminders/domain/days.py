"""When people are reminded: so many days before and after a day, as the standing office says for a year or for all."""

import re
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from emulation.lib.verdict import enforce
from emulation.organisation.actors import Actor
from emulation.records.domain import audit
from emulation.records.events import Event
from emulation.reminders import policies
from emulation.reminders.models import ALL_YEARS, ReminderDays

USUAL = (7, 3, 1, 0, -1, -3, -7)
MOST, FARTHEST = 12, 60

Days = Callable[[int, int], tuple[int, ...]]


def read(text: str) -> list[int]:
    """The days as typed: "7, 3, 1, 0, -1". Raises `ValidationError`."""
    words = [word for word in re.split(r"[\s,;]+", text.replace("−", "-").replace("–", "-")) if word]
    if not words or not all(re.fullmatch(r"[+-]?\d{1,3}", word) for word in words):
        raise ValidationError(_("Nhập các số ngày cách nhau bằng dấu phẩy, ví dụ 7, 3, 1, 0, -1, -3, -7."))
    days = sorted({int(word) for word in words}, reverse=True)
    if len(days) > MOST or max(map(abs, days)) > FARTHEST:
        raise ValidationError(_("Nhiều nhất %(most)d mốc, mỗi mốc không quá %(far)d ngày.") % {"most": MOST, "far": FARTHEST})
    return days


def chosen(office_id: int, year: int = ALL_YEARS) -> tuple[int, ...]:
    """The days of an office for a year."""
    return known()(office_id, year)


def known() -> Days:
    """The days by office and year, for any number of questions; one query."""
    rows = {(office, year): tuple(days) for office, year, days in ReminderDays.objects.values_list("office", "year", "days")}

    def of(office_id: int, year: int) -> tuple[int, ...]:
        return rows.get((office_id, year)) or rows.get((office_id, ALL_YEARS)) or USUAL

    return of


@transaction.atomic
def set_days(days: list[int], *, actor: Actor, year: int = ALL_YEARS) -> ReminderDays:
    """Say when people of the actor's blocs are reminded. Raises `Refused`."""
    enforce(policies.may_set_days(actor))
    row, _made = ReminderDays.objects.update_or_create(office=actor.unit, year=year, defaults={"days": days})
    audit.log(Event.REMINDER_DAYS_SET, stream=f"unit:{actor.unit_id}", actor=actor, year=year, days=days)
    return row


def spelled(days: tuple[int, ...]) -> str:
    """The days as they are typed."""
    return ", ".join(map(str, days))


def of_office(office_id: int | None) -> list[tuple[int, str]]:
    """What an office has set, by year; the year 0 is every year without its own."""
    rows = ReminderDays.objects.filter(office=office_id).order_by("year").values_list("year", "days")
    return [(year, spelled(tuple(days))) for year, days in rows]
