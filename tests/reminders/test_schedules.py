"""Any schedule of runs: nothing is said twice, nothing that stays undone is passed over, and missed days never become a flood."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from emulation.inbox.dues import Due
from emulation.lib import clock
from emulation.reminders.domain.composing import People, compose, newest
from emulation.reminders.domain.days import USUAL

START = date(2020, 3, 1)
UNIT, LEADER, OFFICE = 1, 2, 3
PEOPLE = People(
    {UNIT: frozenset({10, 11}), LEADER: frozenset({20, 11}), OFFICE: frozenset({30})},
    {UNIT: frozenset({10}), LEADER: frozenset({20})},
)
offsets = st.lists(st.integers(-10, 10), min_size=1, max_size=8, unique=True)
# A run on a day; a clock that goes back is a run on an earlier day; twice the same day is two runs.
steps = st.one_of(
    st.tuples(st.just("run"), st.integers(0, 40)),
    st.tuples(st.just("move"), st.integers(0, 2), st.integers(0, 40)),
    st.tuples(st.just("done"), st.integers(0, 2)),
)


def due(number: int, day: date, **more: object) -> Due:
    return Due(
        f"key:{number}", "key", "Việc", UNIT, day, "/", bloc_id=1, bloc_name="Khối", year=2020, office_id=OFFICE,
        watchers=frozenset({LEADER}), **more,
    )  # fmt: skip


def on(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 1, tzinfo=UTC)


@given(offsets, st.lists(steps, max_size=30))
def test_never_twice_never_passed_over_never_a_flood(days, schedule):
    at = {number: START + timedelta(days=15 + number) for number in range(3)}
    said: list[tuple[str, date, int, int]] = []
    for step in schedule:
        if step[0] == "move" and step[1] in at:
            at[step[1]] = START + timedelta(days=step[2])
        elif step[0] == "done":
            at.pop(step[1], None)
        elif step[0] == "run":
            today = START + timedelta(days=step[1])
            dues = [due(number, day) for number, day in at.items()]
            told: dict[tuple[str, date, int], int] = {}
            for key, day, person, offset in said:
                told[key, day, person] = min(offset, told.get((key, day, person), offset))
            with clock.at(on(today)):
                found = compose(dues, lambda _office, _year: tuple(days), PEOPLE, told)
            # Never a flood: of one thing one person hears once a run.
            assert max(Counter((row.due.key, row.recipient) for row in found).values(), default=0) <= 1
            said += [(row.due.key, row.due.day, row.recipient, row.offset) for row in found]
            # Never passed over: whatever has come for what is not done has been said, or something more pressing of it.
            for row in dues:
                come = [offset for offset in days if (row.day - today).days <= offset]
                for person in PEOPLE.of(row, min(come)) if come else ():
                    heard = [offset for key, day, who, offset in said if (key, day, who) == (row.key, row.day, person)]
                    assert heard
                    assert min(heard) <= min(come)
    assert max(Counter(said).values(), default=0) <= 1


@given(st.lists(st.integers(0, 40), min_size=1, max_size=20))
def test_missed_days_collapse_into_the_most_pressing(runs):
    """However the runs fall, nobody hears of one thing more often than it has days to be reminded of."""
    row, told, heard = due(0, START + timedelta(days=15)), {}, Counter()
    for day in sorted(runs):
        with clock.at(on(START + timedelta(days=day))):
            for wanted in compose([row], lambda _office, _year: USUAL, PEOPLE, told):
                told[row.key, row.day, wanted.recipient] = wanted.offset
                heard[wanted.recipient] += 1
    assert max(heard.values(), default=0) <= min(len(USUAL), len(set(runs)))


def test_after_its_day_leader_and_office_are_told_too_and_each_person_once():
    row = due(0, START)
    assert PEOPLE.of(row, 0) == {10, 11}
    assert PEOPLE.of(row, -1) == {10, 11, 20, 30}
    assert PEOPLE.of(due(0, START, for_signers=True), 0) == {10}


def test_nobody_is_told_of_a_meeting_that_is_over():
    row = due(0, START, is_meeting=True)
    with clock.at(on(START)):
        assert newest(row, USUAL) == 0
    with clock.at(on(START + timedelta(days=2))):
        assert newest(row, USUAL) is None
