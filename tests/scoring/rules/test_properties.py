"""What holds for every rule and every fact."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scoring.rules import EMPTY, EXEMPT, NOT_ASSIGNED, Entry, score, score_all
from scoring.rules.words import in_points
from tests.scoring.rules.drawing import RULES, SCORING, entries, facts, rules

QUICK = settings(max_examples=60, deadline=None)
EACH = settings(max_examples=12, deadline=None)


def drawn(data, kinds=None):
    """A rule, and entries of a bloc for it."""
    rule = data.draw(rules(tuple(kinds)) if kinds else rules())
    return rule, data.draw(st.lists(entries(rule), min_size=1, max_size=6))


@pytest.mark.parametrize("kind", RULES)
@EACH
@given(data=st.data())
def test_points_lie_within_the_rules_bounds_and_have_two_places(kind, data):
    rule, bloc = drawn(data, [kind])
    least, most = rule.bounds
    for outcome in score_all(rule, [*bloc, EMPTY, EXEMPT, NOT_ASSIGNED]):
        if outcome.points is not None:
            assert least - Fraction(1, 200) <= Fraction(outcome.points) <= most + Fraction(1, 200)
            assert outcome.points.as_tuple().exponent == -2


@pytest.mark.parametrize("kind", RULES)
@EACH
@given(data=st.data())
def test_the_last_step_says_the_points(kind, data):
    rule, bloc = drawn(data, [kind])
    for outcome in score_all(rule, bloc):
        assert outcome.steps
        assert all(step.endswith(".") for step in outcome.steps)
        if outcome.points is not None:
            assert outcome.steps[-1].endswith(f" {in_points(Fraction(outcome.points))}.")


@QUICK
@given(st.data())
def test_every_rule_says_how_it_counts(data):
    rule, _bloc = drawn(data)
    assert rule.sentence()[0].isupper()
    assert rule.sentence().endswith(".")


@QUICK
@given(st.data())
def test_one_cell_and_all_cells_come_to_the_same(data):
    rule, bloc = drawn(data)
    assert [score(rule, entry, bloc).points for entry in bloc] == [outcome.points for outcome in score_all(rule, bloc)]


@QUICK
@given(st.data())
def test_only_a_rule_that_couples_looks_at_the_others(data):
    rule, bloc = drawn(data)
    alone = score(rule, bloc[0]).points
    if not rule.couples:
        assert score_all(rule, bloc)[0].points == alone
    else:
        together = score_all(rule, bloc)[0].points
        assert together <= alone, "the others can only take the lead away"


@QUICK
@given(st.data())
def test_the_order_of_units_does_not_matter(data):
    rule, bloc = drawn(data)
    order = data.draw(st.permutations(range(len(bloc))))
    straight = score_all(rule, bloc)
    assert [outcome.points for outcome in score_all(rule, [bloc[at] for at in order])] == [straight[at].points for at in order]


@QUICK
@given(st.data())
def test_a_better_result_never_costs_points(data):
    """A result that is better, all else equal. What is better, each type says."""
    rule = data.draw(rules(tuple(set(SCORING) - {"manual", "yes_no", "deduct", "bonus_penalty", "late", "anchors"})))
    entry = data.draw(entries(rule))
    name = "actual" if "actual" in rule.facts else next(iter(rule.facts))
    other = data.draw(facts if name in {"actual", "value"} else st.integers(0, 60))
    assume((name == "actual" and entry.value["target"] != "0") or name != "actual")
    low, high = sorted([Fraction(entry.value[name]), Fraction(other)])
    down, up = (score(rule, Entry.of({**entry.value, name: _json(value)})).points for value in (low, high))
    if getattr(rule, "better", "higher") == "lower":
        down, up = up, down
    assert down <= up


@QUICK
@given(st.data())
def test_anchors_follow_the_way_they_point(data):
    rule = data.draw(rules(("anchors",)))
    assume(rule.by == "value")
    low, high = sorted([Fraction(data.draw(facts)), Fraction(data.draw(facts))])
    down, up = (score(rule, Entry.of({"value": _json(value)})).points for value in (low, high))
    assert (down <= up) if rule.anchors[0]["value"] > rule.anchors[1]["value"] else (down >= up)


@QUICK
@given(st.data())
def test_one_more_event_never_adds_points(data):
    rule = data.draw(rules(("deduct",)))
    entry = data.draw(entries(rule))
    key = data.draw(st.sampled_from([row["key"] for row in rule.events]))
    counts = entry.value["counts"]
    worse = Entry.of({"counts": {**counts, key: counts[key] + 1}})
    assert score(rule, worse).points <= score(rule, entry).points


@QUICK
@given(st.data())
def test_zero_empty_not_assigned_and_exempt_are_four_things(data):
    rule, _bloc = drawn(data, SCORING)
    empty, exempt, not_assigned = (score(rule, state) for state in (EMPTY, EXEMPT, NOT_ASSIGNED))
    assert empty.is_open
    assert not exempt.is_open
    assert not not_assigned.is_open
    assert empty.points == (None if rule.missing == "open" else Decimal("0.00"))
    assert not_assigned.points is None
    assert abs(Fraction(exempt.points) - rule.bounds[1]) <= Fraction(1, 200)
    assert score(rule, EXEMPT, exempt="out").points is None
    assert len({outcome.steps[0] for outcome in (empty, exempt, not_assigned)}) == 3


@QUICK
@given(st.data())
def test_rounding_happens_once(data):
    """More places first and then two is another number often enough; the engine never does that."""
    rule, bloc = drawn(data, SCORING)
    for outcome, finer in zip(score_all(rule, bloc), score_all(rule, bloc, places=9), strict=True):
        assert abs(Fraction(outcome.points) - Fraction(finer.points)) <= Fraction(1, 200) + Fraction(1, 10**9)


def _json(value):
    return int(value) if value.denominator == 1 else f"{float(value):.2f}"
