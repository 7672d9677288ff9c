"""Two runs in the same moment, on PostgreSQL with real locks: everything once."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command

from blocs.models import BlocYear
from emulation.inbox.models import Notice
from emulation.lib import clock
from emulation.reminders.domain import choices, running
from emulation.reminders.enums import Frequency
from emulation.reminders.models import Letter, Reminder
from tests import builders
from tests.signing.test_concurrency import together

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_two_runs_at_once_say_everything_once():
    cast = builders.bloc(6, deputies=3)
    Notice.objects.all().delete()
    BlocYear.objects.update(draft_due=clock.today() + timedelta(days=1))
    found = together(running.remind, running.remind, running.remind)
    assert sorted(len(rows) for rows in found) == [0, 0, 4]
    assert Reminder.objects.count() == Notice.objects.count() == 4
    assert {row.recipient_id for row in Reminder.objects.all()} <= {actor.user_id for actor in cast.commanders}


def test_two_runs_at_once_send_one_mail():
    cast = builders.bloc()
    BlocYear.objects.update(draft_due=clock.today())
    choices.choose(actor=cast.leader, email="a@thidua.example", by_mail=True, frequency=Frequency.DAILY, language="vi")
    together(*[lambda: call_command("remind", verbosity=0)] * 3)
    call_command("remind", verbosity=0)
    assert Letter.objects.count() == len(mail.outbox) == 1
