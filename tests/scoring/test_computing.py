"""A whole bloc in one computation: what couples units and what does not, totals, ties, effects."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.computing import compute
from scoring.domain.outlines import set_of
from scoring.domain.usual_set import usual_set
from scoring.rules import EMPTY, EXEMPT, NOT_ASSIGNED, Entry
from scoring.rules.grades import Grade
from tests.scoring.regulations import SMALL, small
from tests.scoring.rules.drawing import entries

KEYS = {row.code: row.key for row in small().criteria}
FULL = {"1": {"yes": True}, "2": {"target": "10", "actual": "10"}, "3": {"target": "10", "actual": "12"}, "4": {"points": "40"}}


def cells(**changes):
    """A unit's cells: full marks, but for what is changed; `None` leaves a cell out."""
    values = {**FULL, **{name.removeprefix("c"): value for name, value in changes.items()}}
    return {
        KEYS[code]: value if isinstance(value, Entry) else Entry.of(value) for code, value in values.items() if value is not None
    }


def points(result, unit):
    return result.units[unit].total.points


def test_a_bloc():
    result = compute(small(), {"A": cells(), "B": cells(c1={"yes": False}), "C": cells(c3={"target": "10", "actual": "11"})})
    assert [points(result, unit) for unit in "ABC"] == [Decimal("100.00"), Decimal("95.00"), Decimal("90.00")]
    assert [result.units[unit].place.rank for unit in "ABC"] == [1, 2, 3]
    assert not result.is_provisional
    assert result.units["C"].total.groups[KEYS["I"]].points == 50


def test_one_correction_moves_whom_a_rule_couples_and_nobody_else():
    before = compute(small(), {"A": cells(), "B": cells(c3={"target": "10", "actual": "11"})})
    after = compute(small(), {"A": cells(c3={"target": "10", "actual": "15"}), "B": cells(c3={"target": "10", "actual": "11"})})
    moved = [
        key for key in KEYS.values()
        if key in before.units["B"].outcomes and before.units["B"].outcomes[key] != after.units["B"].outcomes[key]
    ]  # fmt: skip
    assert moved == [KEYS["3"]]


def test_an_empty_cell_keeps_the_run_provisional():
    result = compute(small(), {"A": cells(c1=None), "B": cells()})
    assert result.is_provisional
    assert result.units["A"].open_leaves == [KEYS["1"]]
    assert points(result, "A") == Decimal("95.00")


def test_an_open_cell_is_no_cell_that_was_not_assigned():
    text = small()
    text = replace(text, criteria=[replace(row, rule={"missing": "open"}) if row.code == "2" else row for row in text.criteria])
    assert points(compute(text, {"A": cells(c2=EMPTY)}), "A") == Decimal("85.00")
    assert points(compute(text, {"A": cells(c2=NOT_ASSIGNED)}), "A") == Decimal("100.00")


@pytest.mark.parametrize(
    ("exempt", "expected"), [("full", "100.00"), ("out", "100.00")]
)  # fmt: skip
def test_exempt(exempt, expected):
    result = compute(small(exempt=exempt), {"A": cells(c4=EXEMPT)})
    assert points(result, "A") == Decimal(expected)
    assert result.units["A"].total.assigned == (100 if exempt == "full" else 60)


def test_not_assigned_without_scaling():
    result = compute(small(not_assigned="drop"), {"A": cells(c4=NOT_ASSIGNED)})
    assert (points(result, "A"), result.units["A"].total.assigned) == (Decimal("60.00"), 60)


class TestTies:
    def test_the_keys_of_the_set_settle_them(self):
        less_first = cells(c1={"yes": False})
        less_second = cells(c4={"points": "35"})
        result = compute(small(), {"A": less_first, "B": less_second})
        assert points(result, "A") == points(result, "B")
        assert [result.units[unit].place.rank for unit in "AB"] == [2, 1]
        assert result.units["B"].place.settled_by == "group:I"

    def test_what_is_left_is_shared_until_it_is_decided(self):
        given_ = {"A": cells(), "B": cells()}
        assert [found.place.rank for found in compute(small(), given_).units.values()] == [1, 1]
        decided = compute(small(), given_, decided=[["B", "A"]])
        assert [found.place.rank for found in decided.units.values()] == [2, 1]

    def test_by_sections(self):
        keys = [["base", "desc"], ["bonus", "desc"]]
        result = compute(small(tie_keys=keys), {"A": cells(), "B": cells()})
        assert result.units["A"].place.tied

    def test_fewer_penalty_points(self):
        outline = f"{SMALL}+III | Thưởng | 10 ||| t\n  5 | Giải | 10 | count // Điểm mỗi lần = 5\n"
        outline += "-IV | Trừ | -10..0\n  6 | Lỗi | -10..0 | deduct // Các loại vụ việc = x: Lỗi: 5\n"
        text = replace(set_of(outline, total="100", seed="small"), tie_keys=[["penalty", "asc"]], grades=[])
        own = {row.code: row.key for row in text.criteria}
        good = {**cells(), own["5"]: Entry.of({"count": 0}), own["6"]: Entry.of({"counts": {}})}
        same = {**cells(), own["5"]: Entry.of({"count": 1}), own["6"]: Entry.of({"counts": {"x": 1}})}
        result = compute(text, {"A": same, "B": good})
        assert [points(result, unit) for unit in "AB"] == [Decimal("100.00")] * 2
        assert [result.units[unit].place.rank for unit in "AB"] == [2, 1]


class TestEffects:
    OUTLINE = f"{SMALL}!III | Loại trừ | 0\n  5 | Vi phạm | 0 | disqualifier // Hậu quả = EFFECT\n"
    GRADES = (["A", "Xuất sắc", "90"], ["B", "Tốt", "50"], ["C", "Còn lại", ""])

    def result(self, effect, *, happened=True):
        text = replace(set_of(self.OUTLINE.replace("EFFECT", effect), total="100", seed="small"), grades=self.GRADES)
        own = next(row.key for row in text.criteria if row.code == "5")
        bad = {**cells(), own: Entry.of({"happened": happened})}
        return compute(text, {"A": bad, "B": {**cells(c1={"yes": False}), own: Entry.of({"happened": False})}})

    def test_no_rank(self):
        result = self.result("không xếp hạng")
        assert (result.units["A"].place.rank, result.units["A"].is_excluded, points(result, "A")) == (
            None,
            True,
            Decimal("100.00"),
        )
        assert result.units["B"].place.rank == 1

    def test_a_ceiling(self):
        result = self.result("xếp loại không quá: C")
        assert result.units["A"].grade == Grade("C", "Còn lại")
        assert result.units["B"].grade.code == "A"
        assert result.units["A"].place.rank == 1

    def test_a_group_that_does_not_count(self):
        assert points(self.result("không tính điểm nhóm: I"), "A") == Decimal("40.00")

    def test_nothing_when_it_did_not_happen(self):
        assert points(self.result("không tính điểm nhóm: I", happened=False), "A") == Decimal("100.00")


def test_a_unit_that_left_keeps_its_points_without_a_rank():
    result = compute(small(), {"A": cells(), "B": cells(c1={"yes": False})}, unranked={"A"})
    assert (result.units["A"].place.rank, points(result, "A")) == (None, Decimal("100.00"))
    assert result.units["B"].place.rank == 1


@pytest.mark.parametrize(("above", "expected"), [(False, "100.00"), (True, "110.00")])
def test_a_bonus_lifts_above_the_scale_only_if_the_set_says_so(above, expected):
    outline = f"{SMALL}+III | Thưởng | 10 ||| t\n  5 | Giải | 20 | count // Điểm mỗi lần = 5\n"
    text = replace(set_of(outline, total="100", seed="small"), bonus_above_scale=above, grades=[])
    own = next(row.key for row in text.criteria if row.code == "5")
    assert points(compute(text, {"A": {**cells(), own: Entry.of({"count": 4})}}), "A") == Decimal(expected)


USUAL = usual_set()
RULES = {leaf.key: leaf.read_rule() for leaf in USUAL.leaves}


@st.composite
def blocs(draw):
    """Some units with random cells, some of them empty, not assigned or exempt."""
    count = draw(st.integers(1, 4))
    states = st.sampled_from([EMPTY, NOT_ASSIGNED, EXEMPT])
    return {f"unit {number}": {key: draw(entries(rule) | states) for key, rule in RULES.items()} for number in range(count)}


@settings(max_examples=25, deadline=None)
@given(blocs(), st.randoms())
def test_the_order_of_units_and_cells_changes_nothing_and_a_second_run_neither(bloc, chance):
    def shuffled(rows):
        return dict(chance.sample(list(rows.items()), len(rows)))

    once = compute(USUAL, bloc)
    again = compute(USUAL, shuffled({unit: shuffled(rows) for unit, rows in bloc.items()}))
    assert once == again


@settings(max_examples=25, deadline=None)
@given(blocs())
def test_a_total_is_what_its_sections_come_to(bloc):
    for found in compute(USUAL, bloc).units.values():
        assert 0 <= found.total.points <= 1000
        base = sum(found.total.groups[row.key].points for row in USUAL.criteria if row.section == "base")
        assert found.total.sections["base"] == base
        for row in USUAL.criteria:
            if row.is_group and row.is_capped:
                assert found.total.groups[row.key].points <= Decimal(row.max_points)
