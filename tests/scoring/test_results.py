"""Inputs and results as kept: one spelling, read back without loss, and the same bytes whenever they are computed again."""

import json
import random
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.computing import compute
from scoring.results import (
    Cell,
    Inputs,
    OtherEngine,
    inputs_from,
    inputs_of,
    recompute,
    reproduces,
    standings_from,
    standings_of,
)
from scoring.rules import Faulty
from tests.scoring import chances
from tests.scoring.regulations import small

KEYS = {row.code: row.key for row in small().criteria}
FACTS = {"1": {"yes": True}, "2": {"target": "10", "actual": "9.5"}, "3": {"target": "10", "actual": "12"}, "4": {"points": "40"}}
CELLS = {
    "7": {
        KEYS["1"]: Cell("entered", FACTS["1"], layer="self"),
        KEYS["2"]: Cell("entered", FACTS["2"], layer="self", sources={"target": "Giao ước thi đua, chỉ tiêu 3"}),
        KEYS["3"]: Cell("entered", FACTS["3"], layer="consolidated"),
        KEYS["4"]: Cell("entered", {}, points="39.5", layer="appraised"),
    },
    "8": {KEYS["1"]: Cell("not_assigned", layer="self"), KEYS["3"]: Cell("empty")},
}


def inputs(**changes) -> Inputs:
    return replace(inputs_of(small(), CELLS, unranked={"8"}), **changes)


def test_what_a_run_came_to():
    standings = recompute(small(), inputs())
    first, second = standings.units["7"], standings.units["8"]
    assert [first.leaves[KEYS[code]].points for code in "1234"] == ["5", "14.25", "40", "39.5"]
    assert (first.groups[KEYS["I.1"]].points, first.groups[KEYS["I"]].points, first.sections) == (
        "19.25",
        "59.25",
        {"base": "98.75"},
    )
    assert (first.total, first.assigned, first.rank, first.tied, first.is_excluded) == ("98.75", "100", 1, False, False)
    assert (second.total, second.assigned, second.rank, second.is_excluded) == ("0", "95", None, True)
    assert [second.leaves[KEYS[code]].state for code in "123"] == ["not_assigned", "empty", "empty"]
    assert [second.leaves[KEYS[code]].is_open for code in "123"] == [False, True, True]
    assert second.leaves[KEYS["1"]].points == ""
    assert not standings.is_provisional  # what is open belongs to a unit without a rank
    assert recompute(small(), inputs_of(small(), CELLS)).is_provisional
    assert standings.in_order == ["7", "8"]


def test_one_spelling():
    shuffled = {unit: dict(reversed(rows.items())) for unit, rows in reversed(CELLS.items())}
    assert inputs_of(small(), shuffled, unranked=["8"]).to_json() == inputs().to_json()
    without_empty = {**CELLS, "8": {KEYS["1"]: CELLS["8"][KEYS["1"]]}}
    assert inputs_of(small(), without_empty, unranked=["8"]).sha256 == inputs().sha256
    decided = [inputs_of(small(), CELLS, decided=order).sha256 for order in ([["7", "8"], ["5", "6"]], [("5", "6"), ("7", "8")])]
    assert decided[0] == decided[1]
    assert inputs_of(small(), CELLS, decided=[["8", "7"]]).sha256 != inputs_of(small(), CELLS, decided=[["7", "8"]]).sha256


@pytest.mark.parametrize(
    "changed",
    [
        Cell("entered", {"yes": False}, layer="self"),
        Cell("entered", FACTS["1"], layer="appraised"),
        Cell("entered", FACTS["1"], points="4", layer="self"),
        Cell("entered", FACTS["1"], layer="self", sources={"yes": "Báo cáo"}),
        Cell("exempt", layer="self"),
    ],
)
def test_another_input_is_another_hash_and_says_so_in_the_result(changed):
    other = inputs_of(small(), {**CELLS, "7": {**CELLS["7"], KEYS["1"]: changed}}, unranked={"8"})
    assert other.sha256 != inputs().sha256
    assert recompute(small(), other).sha256 != recompute(small(), inputs()).sha256


def test_read_back_without_loss():
    kept, standings = inputs(), recompute(small(), inputs())
    assert inputs_from(json.loads(kept.to_json())).to_json() == kept.to_json()
    assert standings_from(json.loads(standings.to_json())) == standings


class TestProof:
    def test_the_kept_inputs_come_to_the_kept_result(self):
        assert reproduces(small(), inputs().to_json(), recompute(small(), inputs()).to_json())

    def test_a_changed_point_shows(self):
        kept = recompute(small(), inputs()).to_json()
        assert kept.count('"98.75"') == 2
        assert not reproduces(small(), inputs().to_json(), kept.replace('"98.75"', '"98.76"'))

    def test_a_changed_input_shows(self):
        kept = recompute(small(), inputs()).to_json()
        changed = inputs().to_json().replace('"9.5"', '"9.6"')
        assert changed != inputs().to_json()
        assert not reproduces(small(), changed, kept)

    def test_another_spelling_is_no_proof(self):
        assert not reproduces(small(), inputs().to_json() + " ", recompute(small(), inputs()).to_json())

    def test_another_set_or_engine_is_refused(self):
        with pytest.raises(OtherEngine):
            recompute(small(places=1), inputs())
        with pytest.raises(OtherEngine):
            recompute(small(), inputs(engine="0"))

    def test_a_float_is_refused(self):
        cells = {"7": {KEYS["2"]: Cell("entered", {"target": 10.0, "actual": "9"})}}
        with pytest.raises(Faulty):
            recompute(small(), inputs_of(small(), cells))


class TestWhateverTheSet:
    """Random sets of every rule type, with a bloc's cells in every state."""

    MANY = settings(max_examples=40, deadline=None)
    CASES = st.integers(0, 10**9)

    @staticmethod
    def case(seed):
        chance = random.Random(seed)
        groups, rules = chances.outline(chance), chances.settings(chance)
        text = chances.text_of(groups, rules)
        leaves = {leaf["code"]: leaf for group in groups for leaf in chances.leaves_of(group)}
        bloc = {
            unit: {code: chances.entry_of(chances.a_cell(chance, leaf, rules["places"])) for code, leaf in leaves.items()}
            for unit in "ABCDE"
        }
        return chance, text, bloc

    @staticmethod
    def kept(text, bloc, **others):
        cells = {unit: {key: Cell.of(entry) for key, entry in rows.items()} for unit, rows in bloc.items()}
        return inputs_of(text, cells, **others)

    @MANY
    @given(CASES)
    def test_computing_again_gives_the_same_bytes(self, seed):
        _chance, text, bloc = self.case(seed)
        kept = self.kept(text, bloc, unranked="B", decided=[["C", "A"]])
        once = recompute(text, kept).to_json()
        assert reproduces(text, kept.to_json(), once)
        assert standings_of(compute(text, bloc, unranked="B", decided=[["C", "A"]]), kept).to_json() == once

    @MANY
    @given(CASES)
    def test_the_order_of_units_changes_nothing(self, seed):
        chance, text, bloc = self.case(seed)
        units = chance.sample(list(bloc), len(bloc))
        assert compute(text, {unit: bloc[unit] for unit in units}) == compute(text, bloc)

    @MANY
    @given(CASES)
    def test_other_names_of_units_change_only_names(self, seed):
        """Nothing hangs on how units are called, not even between equals."""
        chance, text, bloc = self.case(seed)
        names = dict(zip(bloc, chance.sample("ABCDE", 5), strict=True))
        before, after = compute(text, bloc), compute(text, {names[unit]: rows for unit, rows in bloc.items()})
        assert {names[unit]: found for unit, found in before.units.items()} == after.units

    @MANY
    @given(CASES)
    def test_only_leaves_that_look_at_the_bloc_couple_units(self, seed):
        chance, text, bloc = self.case(seed)
        moved = {key: entry for key, entry in bloc["E"].items() if chance.random() < 0.5}
        other = {**bloc, "A": {**bloc["A"], **moved}}
        coupled = {leaf.key for leaf in text.leaves if leaf.read_rule().couples}
        before, after = compute(text, bloc), compute(text, other)
        for unit in "BCDE":
            for key, outcome in before.units[unit].outcomes.items():
                assert key in coupled or after.units[unit].outcomes[key] == outcome

    @MANY
    @given(CASES)
    def test_more_points_on_a_leaf_never_lower_a_total(self, seed):
        chance, text, bloc = self.case(seed)
        leaf = chance.choice([leaf for leaf in text.leaves if leaf.read_rule().counts])
        least, most = leaf.read_rule().bounds
        grid = 10**text.places
        low, high = sorted(chance.randint(-int(-least * grid), int(most * grid)) for _end in "ab")
        totals = []
        for points in (low, high):
            cell = replace(chances.entry_of({}), points=Decimal(points).scaleb(-text.places))
            totals.append(compute(text, {**bloc, "A": {**bloc["A"], leaf.key: cell}}).units["A"].total.points)
        assert totals[0] <= totals[1]

    @MANY
    @given(CASES)
    def test_every_leaf_stays_within_its_bounds(self, seed):
        _chance, text, bloc = self.case(seed)
        rules = {leaf.key: leaf.read_rule() for leaf in text.leaves}
        half = Fraction(1, 2 * 10**text.places)
        for found in compute(text, bloc).units.values():
            for key, outcome in found.outcomes.items():
                least, most = rules[key].bounds
                assert outcome.points is None or least - half <= Fraction(outcome.points) <= most + half
