"""Secrets: known to the holder alone, counted when wrong, set anew by a one-time link."""

import unicodedata
from datetime import timedelta

import pytest

from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.organisation.actors import Actor
from emulation.organisation.domain import attempts, secrets
from emulation.organisation.domain.secrets import WrongSecret
from emulation.organisation.models import SecretLink, User
from emulation.records.events import Event
from emulation.records.models import AuditEntry
from tests import builders
from tests.builders import ADDRESS, SECRET

pytestmark = pytest.mark.django_db

NEW = "một mật khẩu khác hẳn"


@pytest.fixture
def user():
    return builders.person()


@pytest.fixture
def office():
    return builders.staff(builders.office())


def check(user, secret, address=ADDRESS):
    return secrets.check(user.username, secret, address=address)


def fail(user, times=1, address=ADDRESS):
    for _ in range(times):
        with pytest.raises(WrongSecret):
            check(user, "sai", address)


def events(user):
    return list(AuditEntry.objects.filter(stream__key=f"user:{user.pk}").order_by("seq").values_list("event", flat=True))


class TestCheck:
    def test_the_right_secret_gives_the_account(self, user):
        assert check(user, SECRET) == user
        assert secrets.check(f" {user.username.upper()} ", SECRET, address=ADDRESS) == user

    def test_a_secret_typed_in_decomposed_letters_is_the_same(self, user):
        assert check(user, unicodedata.normalize("NFD", SECRET)) == user

    def test_unknown_name_and_wrong_secret_say_the_same(self, user):
        with pytest.raises(WrongSecret) as wrong:
            check(user, "sai")
        with pytest.raises(WrongSecret) as unknown:
            secrets.check("khongco", "sai", address=ADDRESS)
        assert str(wrong.value) == str(unknown.value)

    def test_a_closed_account_is_not_let_in(self, user):
        User.objects.filter(pk=user.pk).update(is_active=False)
        with pytest.raises(WrongSecret):
            check(user, SECRET)

    def test_wrong_secrets_lock_the_account_even_for_the_right_one(self, user, settings):
        fail(user, settings.LOCKOUT_PER_ACCOUNT)
        with pytest.raises(Refused, match="tạm khóa"):
            check(user, SECRET, "198.51.100.7")
        assert events(user).count(Event.LOCKED_OUT) == 1

    def test_an_unknown_name_is_locked_without_a_trace_of_an_account(self, settings):
        for _ in range(settings.LOCKOUT_PER_ACCOUNT):
            with pytest.raises(WrongSecret):
                secrets.check("khongco", "sai", address=ADDRESS)
        with pytest.raises(Refused):
            secrets.check("khongco", "sai", address=ADDRESS)
        assert not AuditEntry.objects.filter(event=Event.LOCKED_OUT).exists()

    def test_a_lock_ends_by_itself(self, user, settings):
        fail(user, settings.LOCKOUT_PER_ACCOUNT)
        with clock.at(clock.now() + timedelta(minutes=settings.LOCKOUT_MINUTES + 1)):
            assert check(user, SECRET) == user

    def test_a_success_starts_the_count_again(self, user, settings):
        fail(user, settings.LOCKOUT_PER_ACCOUNT - 1)
        check(user, SECRET)
        fail(user, settings.LOCKOUT_PER_ACCOUNT - 1)
        assert check(user, SECRET) == user

    def test_many_wrong_secrets_lock_the_address_for_everybody(self, user, settings):
        settings.LOCKOUT_PER_ADDRESS = 3
        for number in range(3):
            with pytest.raises(WrongSecret):
                secrets.check(f"nguoi{number}", "sai", address=ADDRESS)
        with pytest.raises(Refused, match="Địa chỉ mạng"):
            check(user, SECRET)
        assert check(user, SECRET, "198.51.100.7") == user


class TestOwnSecret:
    def test_the_holder_sets_his_own(self, user):
        secrets.set_own(user, NEW, actor=Actor(user, None, ADDRESS))
        assert check(user, NEW).secret_is_own
        fail(user)
        assert events(user)[-1] == Event.SECRET_CHANGED

    def test_nobody_sets_anothers_secret(self, user, office):
        with pytest.raises(Refused, match="chủ tài khoản"):
            secrets.set_own(user, NEW, actor=office)
        with pytest.raises(Refused):
            secrets.set_own(user, NEW, actor=builders.administrator())
        assert check(user, SECRET) == user


class TestLinks:
    def test_a_link_stops_the_old_secret_and_blocks_signing(self, user, office):
        secrets.issue_link(user, actor=office)
        fail(user)
        with pytest.raises(WrongSecret):
            check(user, SECRET)
        user.refresh_from_db()
        assert not user.secret_is_own
        assert events(user)[-1] == Event.LINK_ISSUED

    def test_the_token_itself_is_kept_nowhere(self, user, office):
        token = secrets.issue_link(user, actor=office)
        assert token not in str(SecretLink.objects.values())
        assert token not in str(AuditEntry.objects.values())
        assert secrets.live_link(token).user == user

    def test_the_holder_sets_his_own_by_the_link_once(self, user, office):
        token = secrets.issue_link(user, actor=office)
        assert secrets.use_link(token, NEW, address=ADDRESS).secret_is_own
        assert check(user, NEW) == user
        assert secrets.live_link(token) is None
        with pytest.raises(Refused, match="không còn dùng được"):
            secrets.use_link(token, "một cái khác nữa", address=ADDRESS)
        assert check(user, NEW) == user
        entry = AuditEntry.objects.filter(event=Event.SECRET_CHANGED, user=user).latest("pk")
        assert entry.address == ADDRESS

    def test_a_new_link_ends_the_earlier_one(self, user, office):
        first = secrets.issue_link(user, actor=office)
        second = secrets.issue_link(user, actor=office)
        with pytest.raises(Refused):
            secrets.use_link(first, NEW, address=ADDRESS)
        assert secrets.live_link(second).user == user

    def test_a_link_lives_two_days(self, user, office):
        token = secrets.issue_link(user, actor=office)
        with clock.at(clock.now() + timedelta(hours=47)):
            assert secrets.live_link(token)
        with clock.at(clock.now() + timedelta(hours=49)):
            assert secrets.live_link(token) is None
            with pytest.raises(Refused):
                secrets.use_link(token, NEW, address=ADDRESS)

    def test_a_guessed_token_opens_nothing(self, user, office):
        secrets.issue_link(user, actor=office)
        assert secrets.live_link("guessed") is None
        with pytest.raises(Refused):
            secrets.use_link("guessed", NEW, address=ADDRESS)

    def test_a_closed_account_cannot_use_its_link(self, user, office):
        token = secrets.issue_link(user, actor=office)
        User.objects.filter(pk=user.pk).update(is_active=False)
        assert secrets.live_link(token) is None
        with pytest.raises(Refused):
            secrets.use_link(token, NEW, address=ADDRESS)

    def test_who_may_issue_a_link(self, user, office):
        administrator = builders.administrator()
        with pytest.raises(Refused, match="tự đổi mật khẩu"):
            secrets.issue_link(office.user, actor=office)
        with pytest.raises(Refused, match="quản trị"):
            secrets.issue_link(administrator.user, actor=office)
        with pytest.raises(Refused):
            secrets.issue_link(user, actor=builders.commander(builders.unit()))
        assert check(user, SECRET) == user
        secrets.issue_link(builders.administrator().user, actor=administrator)

    def test_a_link_ends_a_lock_out(self, user, office, settings):
        fail(user, settings.LOCKOUT_PER_ACCOUNT)
        token = secrets.issue_link(user, actor=office)
        secrets.use_link(token, NEW, address=ADDRESS)
        assert check(user, NEW) == user


class TestUnlock:
    def test_the_office_ends_a_lock_out(self, user, office, settings):
        fail(user, settings.LOCKOUT_PER_ACCOUNT)
        secrets.unlock(user, actor=office)
        assert check(user, SECRET) == user
        assert events(user)[-1] == Event.UNLOCKED

    def test_nobody_unlocks_himself(self, office, settings):
        with pytest.raises(Refused):
            secrets.unlock(office.user, actor=office)
        with pytest.raises(Refused):
            secrets.unlock(office.user, actor=builders.commander(builders.unit()))


def test_a_wrong_secret_is_counted_although_the_verb_fails(user):
    fail(user, 2)
    assert attempts.count(secrets.ACCOUNT, user.username, minutes=15) == 2
    assert attempts.count(secrets.ADDRESS, ADDRESS, minutes=15) == 2
