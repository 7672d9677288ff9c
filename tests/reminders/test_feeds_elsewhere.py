"""The calendar as another program reads it: `icalendar`, which has nothing to do with how we write it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.test import Client
from django.urls import reverse

from blocs.enums import DocumentState
from blocs.models import BlocYear
from emulation.lib import clock
from emulation.lib.icalendar import ZONE, CalendarEvent, calendar
from emulation.reminders.domain import feeds
from tests import builders, meetings

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
# Everything that a text value must keep apart, and more than a line holds.
AWKWARD = "Khối 1; 2, 3 \\ “Vì An ninh Tổ quốc”: dòng một\ndòng hai, " + "rất dài " * 30 + "hết"


def events(written: bytes) -> list[icalendar.Event]:
    """The events of the one calendar in the file."""
    (found,) = icalendar.Calendar.from_ical(written, multiple=True)
    assert found.get("VERSION") == "2.0"
    assert all(not part.errors for part in found.walk())
    return list(found.walk("VEVENT"))


def asked(token: str) -> list[icalendar.Event]:
    return events(Client().get(reverse("calendar_feed", args=[token])).content)


def test_awkward_texts_come_back_as_they_were():
    moment = datetime(2026, 6, 30, 17, 30, tzinfo=HERE)
    given = CalendarEvent(
        "một@khoi", 3, moment, moment, moment + timedelta(hours=2), AWKWARD, AWKWARD, AWKWARD, "https://x.vn/a?b=1,2;3"
    )
    (found,) = events(calendar(given, product="Công an tỉnh; phòng, ban", name=AWKWARD))
    assert [str(found.get(name)) for name in ("SUMMARY", "LOCATION", "DESCRIPTION")] == [AWKWARD] * 3
    assert (str(found.get("UID")), found.get("SEQUENCE"), str(found.get("URL"))) == ("một@khoi", 3, "https://x.vn/a?b=1,2;3")


def test_hours_are_those_of_viet_nam_and_days_are_whole():
    moment = datetime(2026, 6, 30, 10, 30, tzinfo=ZoneInfo("UTC"))
    rows = [
        CalendarEvent("a", 1, moment, moment, moment + timedelta(minutes=30), "Giờ"),
        CalendarEvent("b", 1, moment, date(2026, 2, 28), date(2026, 3, 1), "Ngày"),
    ]
    hour, day = events(calendar(*rows, product="P"))
    assert (hour.start, hour.end) == (moment, moment + timedelta(minutes=30))
    assert (hour["DTSTART"].params["TZID"], hour.start.utcoffset(), hour.start.hour) == (ZONE, timedelta(hours=7), 17)
    assert (day.start, day.end, day.duration) == (date(2026, 2, 28), date(2026, 3, 1), timedelta(days=1))


@pytest.mark.django_db
def test_what_is_due_reads_back_and_keeps_its_name_when_it_is_moved():
    cast = builders.bloc()
    day = clock.today() + timedelta(days=4)
    BlocYear.objects.update(draft_due=day)
    token = feeds.issue(actor=cast.deputies[0])
    (before,) = asked(token)
    assert (before.start, before.end) == (day, day + timedelta(days=1))
    BlocYear.objects.update(draft_due=day + timedelta(days=3))
    with clock.at(clock.now() + timedelta(days=1)):
        (after,) = asked(token)
    assert (after.start, str(after["UID"])) == (day + timedelta(days=3), str(before["UID"]))
    assert after["SEQUENCE"] > before["SEQUENCE"]


@pytest.mark.django_db
def test_a_meeting_and_a_deadline_at_their_hours():
    made = builders.document(DocumentState.DISCUSSION)
    meeting = meetings.conference(of=made.bloc, days=3)
    found = asked(feeds.issue(actor=made.leader))
    assert len({str(event["UID"]) for event in found}) == len(found)
    starts = {event.start for event in found if isinstance(event.start, datetime)}
    ends = {event.end for event in found if isinstance(event.end, datetime)}
    assert meeting.starts_at in starts
    assert made.row.versions.get().deadline.replace(microsecond=0) in ends
    assert {start.utcoffset() for start in starts} == {timedelta(hours=7)}
