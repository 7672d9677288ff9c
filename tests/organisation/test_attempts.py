"""Counting attempts within a window."""

from datetime import timedelta

import pytest

from emulation.lib import clock
from emulation.organisation.domain import attempts
from emulation.organisation.models import Attempt

pytestmark = pytest.mark.django_db


def test_attempts_count_by_scope_and_key():
    attempts.record("account", "a")
    attempts.record("account", "a")
    attempts.record("account", "b")
    attempts.record("address", "a")
    assert attempts.count("account", "a", minutes=15) == 2
    attempts.forget("account", "a")
    assert attempts.count("account", "a", minutes=15) == 0
    assert attempts.count("address", "a", minutes=15) == 1


def test_only_the_last_minutes_count():
    attempts.record("account", "a")
    with clock.at(clock.now() + timedelta(minutes=14)):
        assert attempts.count("account", "a", minutes=15) == 1
    with clock.at(clock.now() + timedelta(minutes=16)):
        assert attempts.count("account", "a", minutes=15) == 0


def test_old_attempts_are_forgotten():
    attempts.record("account", "a")
    with clock.at(clock.now() + timedelta(days=2)):
        attempts.record("account", "a")
    assert Attempt.objects.count() == 1


def test_a_limit_lets_so_many_through():
    assert [attempts.within("verify", "192.0.2.1", limit=3, minutes=1) for _ in range(5)] == [True, True, True, False, False]
    assert attempts.within("verify", "192.0.2.2", limit=3, minutes=1)
    with clock.at(clock.now() + timedelta(minutes=2)):
        assert attempts.within("verify", "192.0.2.1", limit=3, minutes=1)


def test_a_long_key_still_counts():
    attempts.record("account", "x" * 500)
    assert attempts.count("account", "x" * 500, minutes=15) == 1
