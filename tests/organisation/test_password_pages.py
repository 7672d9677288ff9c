"""Changing one's own password, and setting one by link or code: once, in time, and nobody else's."""

from datetime import timedelta

import pytest
from django.urls import reverse

from emulation.lib import clock
from emulation.organisation.domain import secrets
from emulation.organisation.models import User
from emulation.organisation.views import passwords
from emulation.records.events import Event
from emulation.records.models import AuditEntry
from tests import builders

pytestmark = pytest.mark.django_db

NEW = "một mùa xuân nho nhỏ"
CHANGE = reverse("password_change")
CODE = reverse("set_secret_code")


@pytest.fixture
def actor(client):
    found = builders.commander(builders.unit("Đức Hòa"))
    client.force_login(found.user)
    return found


@pytest.fixture
def token(actor, client):
    client.logout()
    return secrets.issue_link(actor.user, actor=builders.staff(builders.office()))


def text(response):
    return response.content.decode()


def change(client, *, old=builders.SECRET, new=NEW, again=None):
    return client.post(CHANGE, {"old": old, "new": new, "again": new if again is None else again})


def test_the_holder_changes_his_password_and_stays_signed_in(client, actor):
    other = type(client)()
    other.force_login(actor.user)
    assert change(client).url == reverse("home")
    assert "Đã đổi mật khẩu" in text(client.get(reverse("notices")))
    assert other.get(CHANGE).status_code == 302
    assert User.objects.get(pk=actor.user_id).check_password(NEW)
    assert AuditEntry.objects.filter(stream__key=f"user:{actor.user_id}").latest("seq").event == Event.SECRET_CHANGED


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"old": "sai"}, "Mật khẩu hiện tại không đúng"),
        ({"again": NEW + "x"}, "Hai lần nhập không giống nhau"),
        ({"new": "ngắn"}, "10 ký tự"),
        ({"new": "1234567890"}, "số"),
        ({"new": "password1234"}, "dễ đoán"),
        ({"new": "Trần Thị Bình"}, "giống"),
    ],
)
def test_what_is_wrong_is_said_in_vietnamese_and_nothing_changes(client, actor, wrong, said):
    User.objects.filter(pk=actor.user_id).update(full_name="Trần Thị Bình")
    response = change(client, **wrong)
    assert response.status_code == 200
    assert said in text(response)
    assert "This password" not in text(response)
    assert User.objects.get(pk=actor.user_id).check_password(builders.SECRET)


def test_a_wrong_old_password_counts_toward_the_lock_out(client, actor, settings):
    for _ in range(settings.LOCKOUT_PER_ACCOUNT):
        change(client, old="sai")
    assert "tạm khóa" in text(change(client))
    assert not User.objects.get(pk=actor.user_id).check_password(NEW)


def test_the_link_sets_a_password_once(client, actor, token):
    page = reverse("set_secret", args=[token])
    assert actor.user.full_name in text(client.get(page))
    assert "no-store" in client.get(page)["Cache-Control"]
    response = client.post(page, {"new": NEW, "again": NEW}, follow=True)
    assert response.redirect_chain[0][0] == reverse("login")
    assert "Đã đặt mật khẩu" in text(response)
    user = User.objects.get(pk=actor.user_id)
    assert (user.check_password(NEW), user.secret_is_own) == (True, True)
    assert client.get(page).status_code == 410
    assert client.post(page, {"new": "một mật khẩu khác", "again": "một mật khẩu khác"}).status_code == 410
    assert user.check_password(NEW)


def test_a_weak_password_leaves_the_link_alive(client, token):
    page = reverse("set_secret", args=[token])
    assert "Hai lần nhập" in text(client.post(page, {"new": NEW, "again": "khác"}))
    assert client.post(page, {"new": NEW, "again": NEW}).status_code == 302


def test_an_expired_a_replaced_and_a_guessed_link_are_gone(client, actor, token):
    page = reverse("set_secret", args=[token])
    with clock.at(clock.now() + secrets.LINK_LIFE + timedelta(seconds=1)):
        assert client.get(page).status_code == 410
    secrets.issue_link(User.objects.get(pk=actor.user_id), actor=builders.staff(builders.office()))
    response = client.get(page)
    assert response.status_code == 410
    assert "48 giờ" in text(response)
    assert client.get(reverse("set_secret", args=["ABCD2345EFGH6789"])).status_code == 410


def test_a_link_that_two_use_at_once_serves_one(client, token, monkeypatch):
    link = secrets.live_link(token)
    secrets.use_link(token, NEW, address="")
    monkeypatch.setattr(secrets, "live_link", lambda _token: link)
    assert client.post(reverse("set_secret", args=[token]), {"new": NEW, "again": NEW}).status_code == 410


def test_the_code_may_be_typed_as_it_is_read_aloud(client, token):
    spoken = " ".join(token[start : start + 4] for start in range(0, 16, 4)).lower()
    assert client.post(CODE, {"code": spoken}).url == reverse("set_secret", args=[token])
    assert "không đúng" in text(client.post(CODE, {"code": "ABCD"}))


def test_guessing_codes_is_limited_by_address(client, token):
    for _ in range(passwords.CODE_TRIES):
        client.post(CODE, {"code": "ABCD"})
    assert "chờ 15 phút" in text(client.post(CODE, {"code": token}))
    assert client.post(CODE, {"code": token}, REMOTE_ADDR="192.0.2.44").status_code == 302


def test_a_reset_blocks_signing_until_the_holder_has_set_his_own(actor, token):
    assert not User.objects.get(pk=actor.user_id).secret_is_own
    secrets.use_link(token, NEW, address="")
    assert User.objects.get(pk=actor.user_id).secret_is_own
