"""Runs of the reminders on the database: notices and mail, once each, in the person's language, with nothing confidential."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import DatabaseError, transaction

from blocs.enums import DocumentState
from blocs.models import BlocYear
from emulation.inbox.models import Notice
from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.organisation.domain import units
from emulation.organisation.models import User
from emulation.records.events import Event
from emulation.records.models import AuditEntry
from emulation.reminders.domain import choices, days, letters, running
from emulation.reminders.enums import Frequency
from emulation.reminders.models import Letter, Reminder, ReminderDays, Waiting
from tests import builders

pytestmark = pytest.mark.django_db


def wants(actor, frequency=Frequency.DAILY, language="vi"):
    choices.choose(
        actor=actor, email=f"canbo{actor.user_id}@thidua.example", by_mail=True, frequency=frequency, language=language
    )


@pytest.fixture
def made():
    found = builders.document(DocumentState.DISCUSSION)
    Notice.objects.all().delete()
    return found


def days_before(made, number):
    """A moment so many days before (below zero: after) the deadline of the stands."""
    return clock.at(made.version.deadline - timedelta(days=number, minutes=5))


def notices_of(actor):
    return list(Notice.objects.filter(recipient=actor.user_id).order_by("pk").values_list("text", flat=True))


def test_each_once_however_often_it_runs(made):
    member = made.members[0]
    with days_before(made, 3):
        assert {row.offset for row in running.remind()} == {3}
        assert running.remind() == []
    (text,) = notices_of(member)
    assert "Gửi ý kiến về dự thảo" in text
    with days_before(made, 2):
        assert running.remind() == []
    assert AuditEntry.objects.filter(event=Event.REMINDED).count() == 1


def test_missed_days_are_made_good_once(made):
    with days_before(made, 7):
        running.remind()
    with days_before(made, 0):
        assert {row.offset for row in running.remind()} == {0}
    assert len(notices_of(made.members[0])) == 2


def test_who_has_done_it_hears_nothing_and_after_the_day_leader_and_office_do(made):
    member = made.members[0]
    builders.agree(made, made.leader, made.deputy)
    with days_before(made, 0):
        running.remind()
    assert [len(notices_of(actor)) for actor in (member, made.leader, made.office)] == [1, 0, 0]
    with days_before(made, -1):
        running.remind()
    assert [len(notices_of(actor)) for actor in (member, made.leader, made.office)] == [2, 1, 1]


def test_several_things_are_one_notice(made):
    other = builders.bloc(year=clock.today().year + 1)
    other.bloc_year.seats.filter(role="member").update(unit=made.members[0].unit)
    builders.document(DocumentState.DISCUSSION, of=other)
    Notice.objects.all().delete()
    with days_before(made, 1):
        running.remind()
    (text,) = notices_of(made.members[0])
    assert text.startswith("Nhắc việc: 2 việc")


def test_whose_position_has_ended_hears_nothing_and_a_new_name_changes_nothing(made):
    member = made.members[0]
    with days_before(made, 3):
        running.remind()
    units.rename(member.unit, actor=made.office, name="Công an xã Mới", short_name="Mới", valid_from=clock.today())
    builders.end_position(member, last_day=clock.today() - timedelta(days=1))
    with days_before(made, 1):
        running.remind()
    assert len(notices_of(member)) == 1


def test_a_moved_day_starts_anew_and_back_again_does_not():
    cast = builders.bloc()
    today = clock.today()
    BlocYear.objects.update(draft_due=today + timedelta(days=3))
    assert {row.offset for row in running.remind()} == {3}
    BlocYear.objects.update(draft_due=today + timedelta(days=7))
    assert {row.offset for row in running.remind()} == {7}
    BlocYear.objects.update(draft_due=today + timedelta(days=3))
    assert running.remind() == []
    assert {row.recipient_id for row in Reminder.objects.all()} == {cast.leader.user_id, cast.deputies[0].user_id}


def test_one_mail_with_links_only_and_the_way_out_of_it(made, settings):
    member = made.members[0]
    wants(member)
    with days_before(made, 1):
        call_command("remind", verbosity=0)
        call_command("remind", verbosity=0)
    (message,) = mail.outbox
    assert message.to == [f"canbo{member.user_id}@thidua.example"]
    assert "Gửi ý kiến về dự thảo" in message.body
    assert f"{settings.PUBLIC_BASE_URL}/" in message.body
    assert made.row.printed_title not in message.body
    assert message.extra_headers["List-Unsubscribe"] == f"<{settings.PUBLIC_BASE_URL}/nhac-viec/>"
    assert Waiting.objects.count() == 0


def test_mail_in_english(made):
    wants(made.members[0], language="en")
    with days_before(made, 1):
        call_command("remind", verbosity=0)
    assert "Send the unit's stand on the draft" in mail.outbox[0].body
    assert "Gửi ý kiến" in notices_of(made.members[0])[0]


def test_weekly_and_urgent(made):
    weekly, urgent = made.members[0], made.deputy
    wants(weekly, Frequency.WEEKLY)
    wants(urgent, Frequency.URGENT)
    for number in (7, 3, 1):
        with days_before(made, number):
            call_command("remind", verbosity=0)
    sent = [message.to[0] for message in mail.outbox]
    assert sent == [f"canbo{weekly.user_id}@thidua.example", f"canbo{urgent.user_id}@thidua.example"]
    with days_before(made, 0):
        call_command("remind", verbosity=0)
    assert len(mail.outbox) == 4


def test_a_failed_mail_is_tried_again_and_never_doubles(made, monkeypatch):
    wants(made.members[0])

    def fail(*_given):
        raise ConnectionRefusedError

    with days_before(made, 1):
        running.remind()
        with monkeypatch.context() as broken:
            broken.setattr(EmailBackend, "send_messages", fail)
            assert letters.send() == letters.Sent(0, 1)
        assert (Letter.objects.count(), Waiting.objects.filter(letter=None).count()) == (0, 1)
        assert letters.send() == letters.Sent(1, 0)
        assert letters.send() == letters.Sent(0, 0)
    assert len(mail.outbox) == 1


def test_a_letter_that_somebody_has_claimed_is_left_alone(made):
    """A run that died in between: rather one mail less than one twice."""
    member = made.members[0]
    wants(member)
    with days_before(made, 1):
        running.remind()
        Waiting.objects.update(letter=Letter.objects.create(recipient=member.user, on=clock.today()))
        assert letters.send() == letters.Sent(0, 0)
    assert mail.outbox == []


def test_what_was_done_meanwhile_is_not_mailed(made):
    wants(made.members[0])
    with days_before(made, 1):
        running.remind()
        builders.agree(made, made.members[0])
        letters.send()
    assert mail.outbox == []
    assert Waiting.objects.count() == 0


def test_who_stops_the_mail_gets_none_that_was_waiting(made):
    member = made.members[0]
    wants(member)
    with days_before(made, 1):
        running.remind()
        choices.choose(actor=member, email="", by_mail=False, frequency=Frequency.DAILY, language="vi")
        letters.send()
    assert mail.outbox == []


@pytest.mark.parametrize("how", ["closed", "left"])
def test_who_has_gone_since_he_was_reminded_gets_no_mail(made, how):
    """His address is his own, and the work no longer is."""
    member = made.members[0]
    wants(member)
    with days_before(made, 1):
        running.remind()
        if how == "closed":
            User.objects.filter(pk=member.user_id).update(is_active=False)
        else:
            builders.end_position(member, last_day=clock.today())
    with days_before(made, 0):
        letters.send()
    assert mail.outbox == []
    assert Waiting.objects.count() == 0


def test_mail_needs_an_address(made):
    with pytest.raises(ValidationError, match="Nhập địa chỉ"):
        choices.choose(actor=made.members[0], email="", by_mail=True, frequency=Frequency.DAILY, language="vi")


def test_the_office_says_when(made):
    year = made.row.bloc_year.year_id
    days.set_days([2], actor=made.office, year=year)
    days.set_days([5], actor=made.office)
    assert (days.chosen(made.office.unit_id, year), days.chosen(made.office.unit_id)) == ((2,), (5,))
    with days_before(made, 2):
        assert {row.offset for row in running.remind()} == {2}
    with pytest.raises(Refused, match="cơ quan thường trực"):
        days.set_days([1], actor=made.leader)
    assert ReminderDays.objects.count() == 2


@pytest.mark.parametrize("text", ["", "abc", "1, x", "99", ",".join(map(str, range(20)))])
def test_days_that_are_none(text):
    with pytest.raises(ValidationError):
        days.read(text)


def test_days_as_they_are_typed():
    assert days.read("3; 7,−1 0") == [7, 3, 0, -1]


def test_what_was_said_stays(made):
    with days_before(made, 1):
        running.remind()
    with pytest.raises(DatabaseError), transaction.atomic():
        Reminder.objects.update(offset=5)
