"""The calendar: what has passed first, then by week and month; one's own, and what one looks after."""

from datetime import timedelta

import pytest
from django.urls import reverse

from blocs.enums import DocumentState
from emulation.lib import clock
from tests import builders
from tests.pages.test_queries import questions

pytestmark = pytest.mark.django_db

PAGE = reverse("calendar")


def page_of(client, actor, **asked):
    client.force_login(actor.user)
    return client.get(PAGE, asked).content.decode()


def test_nothing_is_due(client):
    assert "Không có thời hạn nào phía trước." in page_of(client, builders.commander(builders.unit()))


def test_a_member_sees_his_own_and_the_leader_who_is_missing(client):
    made = builders.document(DocumentState.DISCUSSION)
    member = made.members[0]
    mine = page_of(client, member)
    assert "Gửi ý kiến về dự thảo" in mine
    assert "Việc của đơn vị" in mine
    assert "Chưa xong:" not in mine
    theirs = page_of(client, made.office)
    assert "Chưa xong:" in theirs
    assert member.unit.short_name in theirs


def test_what_has_passed_comes_first(client):
    made = builders.document(DocumentState.DISCUSSION)
    deadline = made.version.deadline
    with clock.at(deadline + timedelta(days=1)):
        page = page_of(client, made.members[0])
    assert "1 việc quá hạn" in page
    assert "Quá hạn" in page


def test_the_office_asks_for_one_bloc(client):
    first, other = builders.document(DocumentState.DISCUSSION), builders.document(DocumentState.DISCUSSION)
    page = page_of(client, first.office, khoi=str(first.row.bloc_year_id))
    assert reverse("document", args=[first.pk]) in page
    assert reverse("document", args=[other.pk]) not in page
    assert reverse("document", args=[other.pk]) in page_of(client, first.office, khoi="abc")


def test_more_rows_ask_no_more():
    made = builders.document(DocumentState.DISCUSSION)
    once = questions(made.office, PAGE)
    builders.document(DocumentState.SIGNING)
    builders.document(DocumentState.DISCUSSION)
    assert questions(made.office, PAGE) <= 15
    assert once <= 15
