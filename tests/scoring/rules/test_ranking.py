"""Ranks, grades and what several scorers come to."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.rules.consolidation import MEAN, MEDIAN, TRIMMED, consolidate, spread, standing
from scoring.rules.grades import Grade, grade_of, in_order
from scoring.rules.ranking import ASC, DECISION, Key, Place, Row, rank, ties

KEYS = [Key("total"), Key("first"), Key("penalty", ASC)]


def row(unit, total, first="0", penalty="0", *, excluded=False):
    values = {"total": Decimal(total), "first": Decimal(first), "penalty": Decimal(penalty)}
    return Row(unit, values, excluded)


def test_one_two_two_four():
    places = rank([row("A", "9"), row("B", "8"), row("C", "8"), row("D", "7")], KEYS)
    assert {unit: place.rank for unit, place in places.items()} == {"A": 1, "B": 2, "C": 2, "D": 4}
    assert ties(places) == [["B", "C"]]


def test_the_key_that_settled_it_is_named():
    rows = [row("A", "9", "5", "1"), row("B", "9", "5", "0"), row("C", "9", "6"), row("D", "8")]
    places = rank(rows, KEYS)
    assert places["C"] == Place(1, tied=False, settled_by="first")
    assert places["B"] == Place(2, tied=False, settled_by="penalty")
    assert places["A"] == Place(3, tied=False, settled_by="penalty")
    assert places["D"] == Place(4, tied=False)
    assert ties(places) == []


def test_a_decision_settles_a_tie_of_exactly_these_units():
    rows = [row("A", "9"), row("B", "9"), row("C", "9")]
    places = rank(rows, KEYS, decided=[["B", "C", "A"]])
    assert [places[unit] for unit in "BCA"] == [Place(number, tied=False, settled_by=DECISION) for number in (1, 2, 3)]


@pytest.mark.parametrize("decided", [[["A", "B"]], [["A", "D"]], [["A"], ["B"]]])
def test_a_decision_on_other_units_settles_nothing(decided):
    places = rank([row("A", "9"), row("B", "9"), row("C", "9"), row("D", "8")], KEYS, decided=decided)
    assert ties(places) == [["A", "B", "C"]]
    assert places["D"].rank == 4


@pytest.mark.parametrize("larger", ["BAC", "ACB"])
@pytest.mark.parametrize("smaller", ["AB", "BA"])
def test_of_decisions_on_some_of_the_same_units_the_exact_one_holds(larger, smaller):
    decided = sorted([list(larger), list(smaller)])
    two = rank([row("A", "9"), row("B", "9"), row("C", "8")], KEYS, decided=decided)
    assert sorted("AB", key=lambda unit: two[unit].rank) == list(smaller)
    three = rank([row("A", "9"), row("B", "9"), row("C", "9")], KEYS, decided=decided)
    assert sorted("ABC", key=lambda unit: three[unit].rank) == list(larger)


def test_larger_decisions_that_contradict_each_other_settle_nothing():
    rows = [row("A", "9"), row("B", "9"), row("C", "8"), row("D", "7")]
    assert ties(rank(rows, KEYS, decided=[["A", "B", "C"], ["B", "A", "D"]])) == [["A", "B"]]
    assert ties(rank(rows, KEYS, decided=[["A", "B", "C"], ["A", "D", "B"]])) == []


def test_who_is_excluded_keeps_no_place_and_takes_none():
    places = rank([row("A", "9", excluded=True), row("B", "8")], KEYS)
    assert places == {"A": Place(None, tied=False), "B": Place(1, tied=False)}
    assert ties(places) == []


totals = st.lists(st.integers(0, 5).map(Decimal), min_size=1, max_size=10)


@settings(max_examples=100, deadline=None)
@given(totals, st.data())
def test_a_rank_is_one_more_than_the_number_of_better_units_whatever_the_order(values, data):
    rows = [row(str(number), value) for number, value in enumerate(values)]
    shuffled = data.draw(st.permutations(rows))
    places = rank(shuffled, [Key("total")])
    for number, value in enumerate(values):
        assert places[str(number)].rank == 1 + sum(other > value for other in values)
        assert places[str(number)].tied == (values.count(value) > 1)


GRADES = [Grade("A", "Xuất sắc", Fraction(900)), Grade("B", "Tốt", Fraction(800)), Grade("C", "Khá")]


@pytest.mark.parametrize(
    ("total", "ceilings", "code"),
    [
        ("900", [], "A"),
        ("899.99", [], "B"),
        ("0", [], "C"),
        ("950", ["B"], "B"),
        ("950", ["B", "C"], "C"),
        ("850", ["A", "x"], "B"),
    ],
)
def test_a_grade_never_above_its_ceiling(total, ceilings, code):
    assert grade_of(Fraction(total), GRADES, ceilings=ceilings).code == code


def test_no_grade_when_none_is_reached():
    assert grade_of(Fraction(5), GRADES[:2]) is None
    assert grade_of(Fraction(5), []) is None


@pytest.mark.parametrize(
    ("grades", "good"),
    [
        (GRADES, True),
        ([], True),
        ([GRADES[0], GRADES[0]], False),
        ([GRADES[2], GRADES[1]], False),
        ([GRADES[1], GRADES[0]], False),
    ],
)
def test_thresholds_go_down(grades, good):
    assert in_order(grades) is good


@pytest.mark.parametrize("method", [MEAN, MEDIAN, TRIMMED])
@settings(max_examples=60, deadline=None)
@given(scores=st.lists(st.none() | st.integers(0, 1000).map(lambda n: Decimal(n).scaleb(-2)), max_size=7))
def test_what_scorers_come_to_lies_between_them(method, scores):
    given_ = [score for score in scores if score is not None]
    value = consolidate(scores, method)
    assert (value is None) == (not given_)
    if given_:
        assert min(given_) <= value <= max(given_)


def test_too_few_scorers_and_unknown_methods():
    assert consolidate([Decimal(8), None], MEAN, fewest=2) is None
    with pytest.raises(ValueError, match="mode"):
        consolidate([Decimal(8)], "mode")


def test_how_far_apart_scorers_are():
    assert spread([Decimal(8), None, Decimal("4.5")]) == Decimal("3.5")
    assert spread([Decimal(8), None]) is None


def test_the_highest_layer_counts_never_the_largest_value():
    assert standing({"self": Decimal(10), "cross": None, "appraised": Decimal(7)}) == ("appraised", Decimal(7))
    assert standing({"self": None}) is None
