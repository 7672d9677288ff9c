"""Totals: caps and floors at every level, the scale, voided groups."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.rules.totals import RESCALE, Bounds, Group, Leaf, Section, total

F = Fraction


def leaf(points, most="10"):
    return Leaf(None if points is None else Decimal(points), F(most))


def test_a_cap_holds_where_it_stands_and_the_sum_goes_on_upward():
    inner = Group("I.1", cap=F(5), leaves=[leaf("4.00"), leaf("3.00")])
    found = total([Group("I", leaves=[leaf("1.50")], groups=[inner])])
    assert found.points == Decimal("6.50")
    assert found.groups["I.1"].points == 5
    assert found.groups["I.1"].assigned == 5
    assert found.groups["I"].assigned == 15


def test_a_floor_holds_a_penalty():
    found = total([Group("T", Section.PENALTY, floor=F(-5), leaves=[leaf("-3.00", "0"), leaf("-4.00", "0")])])
    assert found.points == Decimal("-5.00")
    assert found.sections == {Section.PENALTY: -5}


def test_a_voided_group_counts_nothing():
    groups = [Group("I", groups=[Group("I.1", leaves=[leaf("4.00")]), Group("I.2", leaves=[leaf("3.00")])])]
    assert total(groups, voided=["I.1"]).points == Decimal("3.00")
    assert total(groups, voided=["I"]).points == Decimal("0.00")


def test_not_assigned_shortens_what_it_is_measured_by():
    found = total([Group("I", leaves=[leaf("8.00"), leaf(None)])], Bounds(RESCALE, scale=F(20)))
    assert found.points == Decimal("16.00")
    assert found.assigned == 10
    assert found.steps == [
        "Quy đổi phần điểm chính theo thang đầy đủ: 8 : 10 × 20 ≈ 16.",
        "16 + 0 + (0) = 16.",
        "Tổng điểm: 16 điểm.",
    ]


@pytest.mark.parametrize("leaves", [[], [leaf(None)], [leaf("8.00", "20")]])
def test_nothing_to_scale(leaves):
    found = total([Group("I", leaves=leaves)], Bounds(RESCALE, scale=F(20)))
    assert len(found.steps) == 2


def test_bonus_is_not_scaled():
    groups = [Group("I", leaves=[leaf("8.00"), leaf(None)]), Group("C", Section.BONUS, leaves=[leaf("1.00")])]
    assert total(groups, Bounds(RESCALE, scale=F(20))).points == Decimal("17.00")


def test_the_total_is_held_and_says_so():
    found = total([Group("I", leaves=[leaf("8.00")])], Bounds(cap=F(5)))
    assert (found.points, found.steps[-2]) == (Decimal("5.00"), "Giữ trong khung điểm: 5 điểm.")


cents = st.integers(-2000, 2000).map(lambda n: Decimal(n).scaleb(-2))


@settings(max_examples=100, deadline=None)
@given(st.lists(cents, min_size=1, max_size=12), st.data())
def test_more_points_on_a_leaf_never_lower_the_total(scores, data):
    at = data.draw(st.integers(0, len(scores) - 1))
    more = [*scores]
    more[at] += data.draw(st.integers(0, 500).map(lambda n: Decimal(n).scaleb(-2)))
    bounds = Bounds(RESCALE, scale=F(1000), floor=F(0), cap=F(900))
    assert _total(scores, bounds) <= _total(more, bounds)


@settings(max_examples=100, deadline=None)
@given(st.lists(cents, min_size=1, max_size=12))
def test_a_plain_total_is_the_sum_of_its_leaves(scores):
    assert _total(scores, Bounds()) == sum(scores)


def _total(scores, bounds):
    half = len(scores) // 2
    inner = Group("I.1", leaves=[Leaf(points, F(20)) for points in scores[half:]])
    return total([Group("I", leaves=[Leaf(points, F(20)) for points in scores[:half]], groups=[inner])], bounds).points
