"""The page of notices: one's own, newest first, fifty a page; what was shown is read."""

import pytest
from django.urls import reverse

from emulation.inbox.domain import notices
from emulation.inbox.models import Notice
from tests import builders

pytestmark = pytest.mark.django_db

PAGE = reverse("notices")


@pytest.fixture
def actor(client):
    found = builders.commander(builders.unit())
    client.force_login(found.user)
    return found


def test_one_reads_ones_own_and_they_count_as_read(client, actor):
    stranger = builders.commander(builders.unit())
    notices.tell([actor.user_id], "Đến lượt đơn vị ký.", path="/van-ban/1/")
    notices.tell([stranger.user_id], "Không phải của đồng chí.", path="/van-ban/2/")
    page = client.get(PAGE).content.decode()
    assert "Đến lượt đơn vị ký." in page
    assert "/van-ban/1/" in page
    assert "k-unread" in page
    assert "Không phải" not in page
    assert "k-unread" not in client.get(PAGE).content.decode()
    assert notices.unread(stranger.user) == 1


def test_fifty_a_page_and_only_those_shown_are_read(client, actor):
    for number in range(53):
        notices.tell([actor.user_id], f"Tin {number}.", path="/")
    page = client.get(PAGE).content.decode()
    assert "Tin 52." in page
    assert "Tin 2." not in page
    assert notices.unread(actor.user) == 3
    assert "Tin 2." in client.get(PAGE, {"page": 2}).content.decode()
    assert notices.unread(actor.user) == 0


def test_all_are_marked_at_once(client, actor):
    for number in range(53):
        notices.tell([actor.user_id], f"Tin {number}.", path="/")
    assert client.post(PAGE).url == PAGE
    assert not Notice.objects.filter(read_at=None).exists()


def test_looking_ahead_reads_nothing(client, actor):
    notices.tell([actor.user_id], "Tin", path="/")
    assert client.head(PAGE).status_code == 200
    assert notices.unread(actor.user) == 1


def test_nothing_yet_and_nobody_signed_in(client, actor):
    assert "Chưa có thông báo nào" in client.get(PAGE).content.decode()
    client.logout()
    assert client.get(PAGE).status_code == 302
