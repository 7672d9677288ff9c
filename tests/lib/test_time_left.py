"""Deadlines in words."""

from datetime import UTC, date, datetime, timedelta

import pytest

from emulation.lib import clock
from emulation.lib.time_left import time_left

NOON = datetime(2020, 3, 4, 5, 0, tzinfo=UTC)  # 12:00 in Việt Nam


@pytest.mark.parametrize(
    ("deadline", "words", "is_today", "is_past"),
    [
        (NOON + timedelta(minutes=5), "còn 5 phút", True, False),
        (NOON + timedelta(hours=3), "còn 3 giờ", True, False),
        (NOON + timedelta(hours=3, minutes=20), "còn 3 giờ 20 phút", True, False),
        (NOON + timedelta(hours=13), "còn 1 ngày", False, False),
        (NOON - timedelta(hours=2), "trễ 2 giờ", False, True),
        (NOON - timedelta(days=2), "trễ 2 ngày", False, True),
        (date(2020, 3, 4), "hết hôm nay", True, False),
        (date(2020, 3, 14), "còn 10 ngày", False, False),
        (date(2020, 3, 1), "trễ 3 ngày", False, True),
    ],
)
def test_a_deadline_in_words(deadline, words, is_today, is_past):
    with clock.at(NOON):
        left = time_left(deadline)
    assert (left.words, left.is_today, left.is_past) == (words, is_today, is_past)
    assert left.is_pressing == (is_today or is_past)
