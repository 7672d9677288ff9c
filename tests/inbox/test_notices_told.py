"""Notices: each person once, units by who serves there today."""

from datetime import timedelta

import pytest

from emulation.inbox.domain import notices
from emulation.inbox.models import Notice
from emulation.lib import clock
from tests import builders

pytestmark = pytest.mark.django_db


def told(actor):
    return list(Notice.objects.filter(recipient=actor.user).values_list("text", flat=True))


def test_each_person_is_told_once():
    actor = builders.commander(builders.unit())
    notices.tell([actor.user_id, actor.user_id], "Đến lượt ký.", path="/van-ban/1/")
    assert told(actor) == ["Đến lượt ký."]
    assert str(Notice.objects.get()) == "Đến lượt ký."


def test_all_who_serve_in_a_unit_today_are_told():
    unit, other = builders.unit(), builders.unit()
    head, staff, gone, stranger = builders.commander(unit), builders.staff(unit), builders.staff(unit), builders.staff(other)
    builders.end_position(gone, last_day=clock.today() - timedelta(days=1))
    notices.tell_units([unit.pk], "Tin", path="/", except_users={head.user_id})
    assert (told(head), told(staff), told(gone), told(stranger)) == ([], ["Tin"], [], [])


def test_a_long_sentence_is_cut_not_lost():
    actor = builders.commander(builders.unit())
    notices.tell([actor.user_id], "x" * 900, path="/")
    assert told(actor) == ["x" * 400]


def test_what_was_read_is_no_longer_new():
    actor = builders.commander(builders.unit())
    notices.tell([actor.user_id], "một", path="/")
    notices.tell([actor.user_id], "hai", path="/")
    assert notices.unread(actor.user) == 2
    notices.mark_read(actor.user)
    first = Notice.objects.values_list("read_at", flat=True)
    assert notices.unread(actor.user) == 0
    before = list(first)
    notices.mark_read(actor.user)
    assert list(Notice.objects.values_list("read_at", flat=True)) == before
