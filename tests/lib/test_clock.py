"""The one clock: its moment, its calendar day in Việt Nam, and moving it in tests."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from emulation.lib import clock

LATE_EVENING_IN_LONDON = datetime(2020, 3, 3, 18, 30, tzinfo=UTC)


def test_now_is_now_and_has_a_time_zone():
    assert abs(clock.now() - timezone.now()) < timedelta(seconds=5)
    assert timezone.is_aware(clock.now())


def test_the_day_is_that_of_viet_nam():
    with clock.at(LATE_EVENING_IN_LONDON):
        assert clock.today() == date(2020, 3, 4)
        assert clock.local(clock.now()).hour == 1


def test_a_moved_clock_goes_back():
    with clock.at(LATE_EVENING_IN_LONDON):
        with clock.at(LATE_EVENING_IN_LONDON + timedelta(days=1)):
            assert clock.today() == date(2020, 3, 5)
        assert clock.now() == LATE_EVENING_IN_LONDON
    assert clock.today() > date(2020, 3, 5)


def test_a_moved_clock_goes_back_after_a_mistake():
    with pytest.raises(RuntimeError), clock.at(LATE_EVENING_IN_LONDON):
        raise RuntimeError
    assert clock.now() > LATE_EVENING_IN_LONDON + timedelta(days=365)


def test_a_moment_needs_a_time_zone():
    with pytest.raises(ValueError, match="time zone"), clock.at(datetime(2020, 3, 4)):  # noqa: DTZ001
        pass
