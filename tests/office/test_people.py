"""People as the office keeps them: found without accents, given a link on a slip that is shown once, unlocked."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from emulation.inbox.models import Notice
from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.office.domain import accounts
from emulation.organisation.domain import attempts, secrets
from emulation.organisation.models import SecretLink, User
from emulation.records.events import Event
from emulation.records.models import AuditEntry
from tests import builders

pytestmark = pytest.mark.django_db

PAGE = reverse("people")


@pytest.fixture
def office(client):
    found = builders.staff(builders.office())
    client.force_login(found.user)
    return found


@pytest.fixture
def unit():
    return builders.unit("Đức Hòa")


def named(name, unit):
    return builders.commander(unit, user=builders.person(name))


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("query", ["Đỗ Thị Ước", "do thi uoc", "UOC DO", "ước"])
def test_a_name_is_found_with_and_without_accents_in_any_order(client, office, unit, query):
    named("Đỗ Thị Ước", unit)
    named("Nguyễn Văn An", unit)
    page = text(client.get(PAGE, {"q": query}))
    assert "Đỗ Thị Ước" in page
    assert "Nguyễn Văn An" not in page


def test_the_log_in_name_is_found_too_and_nobody_is_said_kindly(client, office, unit):
    actor = named("Đỗ Thị Ước", unit)
    assert "Đỗ Thị Ước" in text(client.get(PAGE, {"q": actor.user.username}))
    assert "Không tìm thấy ai" in text(client.get(PAGE, {"q": "không có tên này"}))


def test_a_unit_shows_who_serves_there_today(client, office, unit):
    named("Đỗ Thị Ước", unit)
    gone = named("Nguyễn Văn An", unit)
    builders.end_position(gone, last_day=clock.today() - timedelta(days=1))
    page = text(client.get(PAGE, {"unit": unit.pk}))
    assert "Đỗ Thị Ước" in page
    assert "Nguyễn Văn An" not in page


def test_each_state_of_an_account_shows(client, office, unit, settings):
    locked, fresh = named("Đỗ Thị Ước", unit), builders.person("Nguyễn Văn An", own_secret=False)
    closed = builders.person("Lê Văn Ba")
    User.objects.filter(pk=closed.pk).update(is_active=False)
    for _ in range(settings.LOCKOUT_PER_ACCOUNT):
        attempts.record(secrets.ACCOUNT, locked.user.username)
    page = text(client.get(PAGE))
    assert "Tạm khóa vì sai mật khẩu" in page
    assert "Chưa tự đặt mật khẩu" in page
    assert "Đã đóng" in page
    assert f'action="{reverse("unlock", args=[locked.user_id])}"' in page
    assert f'action="{reverse("unlock", args=[fresh.pk])}"' not in page


@pytest.mark.parametrize("count", [1, 12])
def test_the_queries_do_not_grow_with_the_people(client, office, count, django_assert_max_num_queries):
    for _ in range(count):
        builders.commander(builders.unit())
    client.get(PAGE)
    with django_assert_max_num_queries(15):
        client.get(PAGE)


def test_the_slip_is_asked_for_then_shown_once(client, office, unit):
    actor = named("Đỗ Thị Ước", unit)
    page = reverse("reset_slip", args=[actor.user_id])
    assert "hết hiệu lực ngay" in text(client.get(page))
    assert SecretLink.objects.count() == 0
    response = client.post(page)
    assert "no-store" in response["Cache-Control"]
    path = re.search(r"http://testserver(/dat-mat-khau/\w{16}/)", text(response)).group(1)
    code = path.split("/")[2]
    assert " ".join(code[start : start + 4] for start in range(0, 16, 4)) in text(response)
    assert f"{clock.local(SecretLink.objects.get().expires_at):%H:%M %d/%m/%Y}" in text(response)
    assert code not in text(client.get(page))
    client.logout()
    assert client.get(path).status_code == 200


def test_a_reset_is_told_to_the_unit_and_to_nobody_else(office, unit):
    actor, colleague = named("Đỗ Thị Ước", unit), builders.staff(unit)
    stranger = builders.commander(builders.unit())
    slip = accounts.issue_link(actor.user, actor=office)
    told = set(Notice.objects.values_list("recipient", flat=True))
    assert told == {actor.user_id, colleague.user_id}
    assert stranger.user_id not in told
    assert "Đỗ Thị Ước" in Notice.objects.first().text
    assert slip.token not in Notice.objects.first().text
    entry = AuditEntry.objects.get(event=Event.LINK_ISSUED)
    assert (entry.user_id, entry.data) == (office.user_id, {})
    assert not User.objects.get(pk=actor.user_id).secret_is_own


def test_nobody_resets_himself_and_the_office_no_administrator(client, office):
    administrator = builders.administrator()
    for person in (office.user, administrator.user):
        assert client.post(reverse("reset_slip", args=[person.pk])).status_code == 403
        with pytest.raises(Refused):
            accounts.issue_link(person, actor=office)
    assert not SecretLink.objects.exists()
    assert not Notice.objects.exists()
    assert reverse("reset_slip", args=[administrator.user_id]) not in text(client.get(PAGE))


def test_unlocking_ends_the_waiting_and_comes_back_to_the_list(client, office, unit, settings):
    actor = named("Đỗ Thị Ước", unit)
    for _ in range(settings.LOCKOUT_PER_ACCOUNT):
        attempts.record(secrets.ACCOUNT, actor.user.username)
    address = reverse("unlock", args=[actor.user_id])
    assert client.get(address).status_code == 405
    assert client.post(address).url == PAGE
    assert secrets.check(actor.user.username, builders.SECRET, address="") == actor.user
    assert AuditEntry.objects.filter(event=Event.UNLOCKED, user=office.user_id).count() == 1


def test_only_those_who_keep_the_organisation_come_here(client, unit):
    for actor in (named("Đỗ Thị Ước", unit), builders.staff(unit), builders.director()):
        client.force_login(actor.user)
        for address in (PAGE, reverse("reset_slip", args=[actor.user_id])):
            response = client.get(address)
            assert response.status_code == 403
            assert "Chỉ cơ quan thường trực" in text(response)
        assert client.post(reverse("unlock", args=[actor.user_id])).status_code == 403
    client.force_login(builders.administrator().user)
    assert client.get(PAGE).status_code == 200
