"""The calendar for other programs: at a secret address, with nothing confidential, until it is taken back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from blocs.enums import DocumentState
from blocs.models import BlocYear
from emulation.lib import clock
from emulation.organisation.models import User
from emulation.records.events import Event
from emulation.records.models import AuditEntry
from emulation.reminders.domain import choices, feeds
from emulation.reminders.enums import Frequency
from emulation.reminders.models import FeedAddress
from tests import builders

pytestmark = pytest.mark.django_db


def ask(client, token):
    return client.get(reverse("calendar_feed", args=[token]))


def lines(response):
    return response.content.decode().replace("\r\n ", "").split("\r\n")


def test_shown_once_and_only_its_hash_is_kept(client):
    member = builders.document(DocumentState.DISCUSSION).members[0]
    client.force_login(member.user)
    page = client.post(reverse("feed_issue"))
    assert ".ics</code>" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    token = page.context["address"].rsplit("/", 1)[1].removesuffix(".ics")
    assert token not in str(FeedAddress.objects.values().get())
    assert token not in client.get(reverse("calendar")).content.decode()
    client.logout()
    assert ask(client, token).status_code == 200


def test_what_it_says(client, settings):
    made = builders.document(DocumentState.DISCUSSION)
    response = ask(client, feeds.issue(actor=made.members[0]))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    found = lines(response)
    assert found.count("BEGIN:VEVENT") == 1
    assert (
        f"SUMMARY:Gửi ý kiến về dự thảo: {made.row.bloc_year.full_name} {made.row.bloc_year.year_id}".replace(",", "\\,") in found
    )
    assert f"URL:{settings.PUBLIC_BASE_URL}{reverse('document', args=[made.pk])}" in found
    assert made.row.printed_title not in response.content.decode()


def test_a_plain_day_is_a_whole_day_and_keeps_its_name_when_it_is_moved(client):
    cast = builders.bloc()
    day = clock.today() + timedelta(days=4)
    BlocYear.objects.update(draft_due=day)
    token = feeds.issue(actor=cast.leader)
    before = lines(ask(client, token))
    assert f"DTSTART;VALUE=DATE:{day:%Y%m%d}" in before
    assert f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}" in before
    BlocYear.objects.update(draft_due=day + timedelta(days=3))
    after = lines(ask(client, token))
    assert [row for row in before if row.startswith("UID")] == [row for row in after if row.startswith("UID")]


def test_the_office_gets_one_event_for_the_same_work_of_many(client):
    made = builders.document(DocumentState.DISCUSSION)
    assert lines(ask(client, feeds.issue(actor=made.office))).count("BEGIN:VEVENT") == 1


def test_two_positions_of_one_person_are_one_calendar(client):
    first, other = builders.document(DocumentState.DISCUSSION), builders.document(DocumentState.DISCUSSION)
    actor = builders.commander(other.members[0].unit, user=User.objects.get(pk=first.members[0].user_id))
    assert lines(ask(client, feeds.issue(actor=actor))).count("BEGIN:VEVENT") == 2


def test_a_newer_address_ends_the_one_before(client):
    actor = builders.commander(builders.unit())
    first = feeds.issue(actor=actor)
    second = feeds.issue(actor=actor)
    assert [ask(client, token).status_code for token in (first, second)] == [404, 200]


def test_taken_back(client):
    actor = builders.commander(builders.unit())
    token = feeds.issue(actor=actor)
    client.force_login(actor.user)
    assert client.post(reverse("feed_revoke")).url == reverse("calendar")
    client.post(reverse("feed_revoke"))
    assert ask(client, token).status_code == 404
    assert AuditEntry.objects.filter(event=Event.FEED_REVOKED).count() == 1


def test_nothing_for_who_has_no_position_any_more(client):
    actor = builders.commander(builders.unit())
    token = feeds.issue(actor=actor)
    builders.end_position(actor, last_day=clock.today() - timedelta(days=1))
    assert ask(client, token).status_code == 404


def test_guessing_is_slow(client, settings):
    settings.FEEDS_PER_MINUTE = 3
    assert [ask(client, "guessed").status_code for _ in range(4)] == [404, 404, 404, 429]


def test_in_english(client):
    made = builders.document(DocumentState.DISCUSSION)
    member = made.members[0]
    choices.choose(actor=member, email="", by_mail=False, frequency=Frequency.DAILY, language="en")
    assert "SUMMARY:Send the unit's stand on the draft" in ask(client, feeds.issue(actor=member)).content.decode().replace(
        "\r\n ", ""
    )
