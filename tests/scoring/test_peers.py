"""What peers say of a unit, as one."""

from dataclasses import replace
from decimal import Decimal

import pytest

from scoring.computing import compute
from scoring.peers import as_one
from scoring.rules import NOT_ASSIGNED, Entry, State
from tests.scoring.regulations import small

KEYS = {row.code: row.key for row in small().criteria}
FULL = {"1": {"yes": True}, "2": {"target": "10", "actual": "10"}, "3": {"target": "10", "actual": "12"}, "4": {"points": "40"}}


def cells(**changes):
    values = {**FULL, **{name.removeprefix("c"): value for name, value in changes.items()}}
    return {KEYS[code]: Entry.of(value) for code, value in values.items() if value is not None}


OWN = {"A": cells(), "B": cells(c3={"target": "10", "actual": "11"}), "C": cells()}


def otherwise(code, value):
    return {KEYS[code]: value if isinstance(value, Entry) else Entry.of(value)}


def test_who_wrote_nothing_agrees():
    result = as_one(small(), OWN, {"A": {"B": {}, "C": {}}})
    assert result.units["A"].outcomes == compute(small(), OWN).units["A"].outcomes


def test_a_unit_without_peers_is_left_out():
    assert list(as_one(small(), OWN, {"A": {"B": {}}, "B": {}}).units) == ["A"]


@pytest.mark.parametrize(("method", "expected"), [("median", "39"), ("mean", "37"), ("trimmed", "39")])
def test_brought_together_as_the_set_says(method, expected):
    peers = {"B": otherwise("4", {"points": "32"}), "C": otherwise("4", {"points": "39"}), "D": {}}
    result = as_one(small(method=method), OWN, {"A": peers})
    outcome = result.units["A"].outcomes[KEYS["4"]]
    assert outcome.points == Decimal(expected)
    assert outcome.steps == ["Các đơn vị chấm: 32; 39; 40."]
    assert result.units["A"].total.points == Decimal(60) + Decimal(expected)


def test_points_by_hand_and_facts_count_alike():
    by_hand = Entry(State.ENTERED, {}, Decimal("7.5"))
    peers = {"B": otherwise("2", by_hand), "C": otherwise("2", {"target": "10", "actual": "9"})}
    assert as_one(small(), OWN, {"A": peers}).units["A"].outcomes[KEYS["2"]].points == Decimal("10.50")


def test_who_sees_nothing_to_count_abstains():
    peers = {"B": otherwise("4", NOT_ASSIGNED), "C": otherwise("4", {"points": "30"})}
    assert as_one(small(), OWN, {"A": peers}).units["A"].outcomes[KEYS["4"]].points == 30
    alone = {"B": otherwise("4", NOT_ASSIGNED)}
    assert as_one(small(), OWN, {"A": alone}).units["A"].outcomes[KEYS["4"]].points == 40


def test_a_criterion_that_is_not_cross_scored_stays_as_it_is():
    text = small()
    text = replace(text, criteria=[replace(row, is_cross_scored=row.code != "4") for row in text.criteria])
    assert as_one(text, OWN, {"A": {"B": otherwise("4", {"points": "1"})}}).units["A"].outcomes[KEYS["4"]].points == 40


def test_another_result_is_measured_against_the_other_units_own():
    """Not against what the unit said of itself, nor against what is said of others."""
    own = {"A": cells(c3={"target": "10", "actual": "20"}), "B": cells(c3={"target": "10", "actual": "12"})}
    peers = {"A": {"B": otherwise("3", {"target": "10", "actual": "11"})}, "B": {"A": {}}}
    result = as_one(small(), own, peers)
    assert result.units["A"].outcomes[KEYS["3"]].points == Decimal("30.00")
    assert result.units["B"].outcomes[KEYS["3"]].points == compute(small(), own).units["B"].outcomes[KEYS["3"]].points


def test_in_the_steps_of_the_criterion():
    """Halfway between 38.5 and 40 is no multiple of a half; what comes of it can be given as points."""
    result = as_one(small(), OWN, {"A": {"B": otherwise("4", {"points": "38.5"}), "C": {}}})
    points = result.units["A"].outcomes[KEYS["4"]].points
    assert points == Decimal("39.5")
    given = {KEYS["4"]: Entry(State.ENTERED, {"points": "40"}, points)}
    assert compute(small(), {**OWN, "A": {**OWN["A"], **given}}).units["A"].outcomes[KEYS["4"]].points == points
