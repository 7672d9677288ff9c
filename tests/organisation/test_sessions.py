"""Logging in and out: lock-out for account and address, how long a session lasts, in which position one acts."""

import unicodedata
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from emulation.lib import clock
from emulation.organisation.domain import secrets
from emulation.organisation.enums import Post, Rank
from emulation.organisation.models import User
from emulation.records.events import Event
from emulation.records.models import AuditEntry
from tests import builders

pytestmark = pytest.mark.django_db

LOGIN = reverse("login")


@pytest.fixture
def actor():
    return builders.commander(builders.unit("Đức Hòa"))


def log_in(client, username, password=builders.SECRET, address="192.0.2.7", **data):
    return client.post(LOGIN, {"username": username, "password": password, **data}, REMOTE_ADDR=address)


def text(response):
    return response.content.decode()


def test_the_page_says_whom_to_call_and_warns_of_state_secrets(client, settings):
    office = builders.office()
    page = text(client.get(LOGIN))
    assert office.name in page
    assert "bí mật nhà nước" in page
    settings.HELP_LINE = "Phòng PX03, số 069.123"
    assert "069.123" in text(client.get(LOGIN))


def test_logging_in_leads_on_and_leaves_an_entry(client, actor):
    response = log_in(client, actor.user.username, next="/van-ban/")
    assert (response.status_code, response.url) == (302, "/van-ban/")
    entry = AuditEntry.objects.get(event=Event.SIGNED_IN)
    assert (entry.user_id, entry.address) == (actor.user_id, "192.0.2.7")
    assert "Công an xã Đức Hòa" in entry.person
    assert client.get(LOGIN).url == reverse("home")


@pytest.mark.parametrize("elsewhere", ["https://example.invalid/", "//example.invalid/", "javascript:alert(1)"])
def test_one_is_never_led_to_another_site(client, actor, elsewhere):
    assert log_in(client, actor.user.username, next=elsewhere).url == reverse("home")


def test_name_and_secret_may_arrive_decomposed_and_in_capitals(client):
    user = User.objects.create_user("đức.hòa", None, full_name="Lê Văn Đức")
    secrets.set_own(user, builders.SECRET, actor=builders.Actor(user, None))
    response = log_in(client, unicodedata.normalize("NFD", " ĐỨC.HÒA "), unicodedata.normalize("NFD", builders.SECRET))
    assert response.status_code == 302


@pytest.mark.parametrize(("username", "password"), [("nobody", "x"), (None, "sai"), (None, "")])
def test_a_wrong_name_and_a_wrong_secret_read_alike(client, actor, username, password):
    response = log_in(client, username or actor.user.username, password)
    assert response.status_code == 200
    assert "sessionid" not in response.cookies
    assert ("không đúng" in text(response)) == bool(password)


def test_an_account_waits_after_some_wrong_secrets_also_for_the_right_one(client, actor, settings):
    for place in range(settings.LOCKOUT_PER_ACCOUNT):
        log_in(client, actor.user.username, "sai", address=f"192.0.2.{place}")
    page = text(log_in(client, actor.user.username, address="192.0.2.99"))
    assert "tạm khóa" in page
    with clock.at(clock.now() + timedelta(minutes=settings.LOCKOUT_MINUTES, seconds=1)):
        assert log_in(client, actor.user.username).status_code == 302
    assert AuditEntry.objects.filter(event=Event.LOCKED_OUT).count() == 1


def test_an_address_waits_after_many_wrong_secrets_and_others_do_not(client, actor, settings):
    settings.LOCKOUT_PER_ADDRESS = 4
    for place in range(4):
        log_in(client, f"nobody{place}", "sai")
    assert "Địa chỉ mạng này tạm khóa" in text(log_in(client, actor.user.username))
    assert log_in(client, actor.user.username, address="192.0.2.8").status_code == 302


def test_a_closed_account_and_one_without_a_secret_of_its_own_stay_outside(client, actor):
    newcomer = builders.person(own_secret=False)
    assert log_in(client, newcomer.username, "").status_code == 200
    User.objects.filter(pk=actor.user_id).update(is_active=False)
    assert log_in(client, actor.user.username).status_code == 200


def test_a_session_ends_after_its_hours(client, actor, settings):
    log_in(client, actor.user.username)
    assert client.get(reverse("notices")).status_code == 200
    session = Session.objects.get()
    assert session.expire_date <= timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    response = client.get(reverse("notices"))
    assert (response.status_code, response.url) == (302, f"{LOGIN}?next={reverse('notices')}")


def test_logging_out_is_a_post(client, actor):
    client.force_login(actor.user)
    assert client.get(reverse("logout")).status_code == 405
    assert client.post(reverse("logout")).url == LOGIN
    assert client.get(reverse("notices")).status_code == 302


def test_a_reset_ends_the_sessions_of_the_person(client, actor):
    client.force_login(actor.user)
    secrets.issue_link(actor.user, actor=builders.staff(builders.office()))
    assert client.get(reverse("notices")).status_code == 302


def test_one_chooses_among_ones_own_positions(client, actor):
    second = builders.people.give_position(
        actor.user, actor=None, unit=builders.unit("Kim Sơn"), post=Post.DEPUTY, rank=Rank.TRUNG_TA, valid_from=builders.LONG_AGO
    )
    stranger = builders.commander(builders.unit())
    client.force_login(actor.user)
    response = client.post(reverse("choose_position"), {"position": second.pk, "next": "/khoi/"})
    assert (response.status_code, response.url) == (302, "/khoi/")
    assert client.get(reverse("notices")).wsgi_request.actor.position == second
    for wrong in (stranger.position.pk, "", "x"):
        assert client.post(reverse("choose_position"), {"position": wrong}).status_code == 404
    assert client.get(reverse("notices")).wsgi_request.actor.position == second


@pytest.mark.parametrize(
    ("name", "field", "value", "cookie"),
    [("set_language", "language", "en", "django_language"), ("set_theme", "theme", "dark", "theme")],
)
def test_language_and_look_are_remembered_in_the_browser(client, name, field, value, cookie):
    response = client.post(reverse(name), {field: value, "next": LOGIN})
    assert (response.url, response.cookies[cookie].value) == (LOGIN, value)
    assert cookie not in client.post(reverse(name), {field: "xx"}).cookies
    assert client.get(reverse(name)).status_code == 405


def test_the_page_follows_language_and_look(client, actor):
    client.post(reverse("set_language"), {"language": "en"})
    client.post(reverse("set_theme"), {"theme": "dark"})
    page = text(client.get(LOGIN))
    assert 'lang="en"' in page
    assert 'data-bs-theme="dark"' in page
