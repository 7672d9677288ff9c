"""Results beside each other: layers, groups, losses, one unit against its bloc, years."""

import random
import statistics
from dataclasses import replace
from decimal import Decimal

import pytest

from scoring import analysis
from scoring.domain.outlines import set_of
from scoring.results import Cell, inputs_of, recompute
from scoring.texts import CriteriaText
from tests.scoring import chances

OUTLINE = """\
I | Chuyên môn | 60
  I.1 | Phòng ngừa | 20
    1 | Ban hành kế hoạch | 5 | yes_no
    2 | Giải quyết tin báo | 15 | percent
  I.2 | Điều tra | 40
    3 | Chất lượng điều tra | 40 | manual
II | Phong trào | 40
  4 | Chất lượng | 40 | manual // Bước điểm = 0.5
+III | Thưởng | 10 ||| t
  5 | Giải | 10 | count // Điểm mỗi lần = 5
-IV | Trừ | -10..0
  6 | Lỗi | -10..0 | deduct // Các loại vụ việc = x: Lỗi: 5
!V | Loại trừ | 0
  7 | Vi phạm | 0 | disqualifier // Hậu quả = không xếp hạng
"""
TEXT = replace(set_of(OUTLINE, total="100", seed="small"), grades=[], bonus_above_scale=True)
KEYS = {row.code: row.key for row in TEXT.criteria}
FULL = {
    "1": {"yes": True},
    "2": {"target": "10", "actual": "10"},
    "3": {"points": "40"},
    "4": {"points": "40"},
    "5": {"count": 0},
    "6": {"counts": {}},
    "7": {"happened": False},
}


def standings(units: dict, text: CriteriaText = TEXT):
    """Results of units with full marks but for what is changed; `None` leaves a cell empty."""
    cells = {
        unit: {
            KEYS[code]: value if isinstance(value, Cell) else Cell("entered", value)
            for code, value in {**FULL, **{name[1:]: value for name, value in changes.items()}}.items()
            if value is not None
        }
        for unit, changes in units.items()
    }
    return recompute(text, inputs_of(text, cells))


def d(*values):
    return [Decimal(value) for value in values]


OFFICIAL = {
    "A": {"c2": {"target": "10", "actual": "9"}, "c4": {"points": "35.5"}},
    "B": {"c1": {"yes": False}, "c6": {"counts": {"x": 1}}},
    "C": {"c4": Cell("not_assigned"), "c5": {"count": 1}},
}


class TestLayers:
    LAYERS = {
        "self": standings({"A": {}, "B": {}, "C": {"c5": {"count": 2}}}),
        "consolidated": standings({"A": {}, "B": {"c1": {"yes": False}}, "C": {"c5": {"count": 1}}}),
        "official": standings(OFFICIAL),
    }

    def test_in_the_order_of_the_highest(self):
        rows = analysis.layers_of_units(self.LAYERS)
        assert [row.unit for row in rows] == ["C", "A", "B"]
        assert [list(row.totals.values()) for row in rows] == [
            d("110", "105", "105"),
            d("100", "100", "94"),
            d("100", "95", "90"),
        ]

    def test_the_gap_is_what_a_unit_gave_itself_too_much(self):
        assert [row.gap for row in analysis.layers_of_units(self.LAYERS)] == d("5", "6", "10")

    def test_no_gap_while_there_is_nothing_official(self):
        rows = analysis.layers_of_units({"self": self.LAYERS["self"]})
        assert [row.gap for row in rows] == [None] * 3

    def test_a_unit_that_a_layer_does_not_know(self):
        layers = {"self": standings({"A": {}}), "official": self.LAYERS["official"]}
        rows = {row.unit: row for row in analysis.layers_of_units(layers)}
        assert (rows["A"].gap, rows["B"].gap, list(rows["B"].totals)) == (Decimal(6), None, ["official"])

    def test_one_unit_line_by_line(self):
        rows = {row.node.code: row for row in analysis.layers_of_unit(TEXT, "C", self.LAYERS)}
        assert list(rows) == [row.code for row in TEXT.criteria]
        assert list(rows["4"].points.values()) == [*d("40", "40"), None]
        assert list(rows["5"].points.values()) == d("10", "5", "5")
        assert [code for code, row in rows.items() if row.differs] == ["II", "4", "III", "5"]
        assert (rows["I.1"].depth, rows["1"].depth) == (1, 2)


class TestGroups:
    def test_subtotals_with_their_leaders(self):
        rows = {row.node.code: row for row in analysis.groups(TEXT, standings(OFFICIAL))}
        assert list(rows) == ["I", "II", "III", "IV"], "what only bars has no points to compare"
        assert rows["I"].points == {"C": Decimal(60), "A": Decimal("58.5"), "B": Decimal(55)}
        assert list(rows["I"].points) == ["C", "A", "B"], "in the order of rank"
        assert (rows["I"].leaders, rows["III"].leaders, rows["IV"].leaders) == (["C"], ["C"], ["C", "A"])
        assert rows["I"].most == 60

    def test_nobody_leads_where_all_are_equal(self):
        assert analysis.groups(TEXT, standings({"A": {}, "B": {}}))[0].leaders == []

    def test_deeper_groups(self):
        found = analysis.groups(TEXT, standings(OFFICIAL), deepest=1)
        assert [(row.node.code, row.depth) for row in found][:3] == [("I", 0), ("I.1", 1), ("I.2", 1)]

    def test_the_spread_of_the_bloc_and_where_a_unit_stands(self):
        first, second, *_rest = analysis.against_bloc(TEXT, standings(OFFICIAL), "A")
        assert (first.group.range, first.own) == (analysis.Range(*d("55", "58.5", "60")), Decimal("58.5"))
        assert (first.is_best, first.from_median) == (False, 0)
        assert (second.own, second.group.range.most, second.from_median) == (*d("35.5", "40"), 0)

    def test_nothing_without_units(self):
        assert analysis.groups(TEXT, standings({})) == []


class TestLost:
    def test_most_first_with_who_lost_them(self):
        rows = analysis.lost(TEXT, standings(OFFICIAL))
        assert [(row.node.code, row.points, row.units) for row in rows] == [
            ("1", Decimal(5), {"B": Decimal(5)}),
            ("6", Decimal(5), {"B": Decimal(5)}),
            ("4", Decimal("4.5"), {"A": Decimal("4.5")}),
            ("2", Decimal("1.5"), {"A": Decimal("1.5")}),
        ]

    def test_what_is_open_or_a_bonus_is_not_lost(self):
        assert analysis.lost(TEXT, standings({"A": {"c1": None, "c3": None}})) == []

    def test_only_the_worst(self):
        assert [row.node.code for row in analysis.lost(TEXT, standings(OFFICIAL), most=2)] == ["1", "6"]

    def test_units_in_the_order_of_their_loss(self):
        found = analysis.lost(TEXT, standings({"A": {"c3": {"points": "30"}}, "B": {"c3": {"points": "5"}}}))
        assert list(found[0].units.items()) == [("B", Decimal(35)), ("A", Decimal(10))]


class TestYears:
    def test_beside_each_other(self):
        before = standings({"A": {"c1": {"yes": False}}, "B": {}, "X": {"c3": {"points": "1"}}})
        rows = {row.unit: row for row in analysis.years(before, standings(OFFICIAL))}
        assert list(rows) == ["C", "A", "B", "X"]
        assert (rows["A"].rank_before, rows["A"].rank_now, rows["A"].climbed, rows["A"].gained) == (2, 2, 0, Decimal(-1))
        assert (rows["B"].climbed, rows["B"].gained) == (-2, Decimal(-10))
        assert (rows["C"].before, rows["C"].climbed, rows["C"].gained) == (None, None, None)
        assert (rows["X"].now, rows["X"].rank_now, rows["X"].climbed) == (None, None, None)

    def test_a_first_year(self):
        assert [row.before for row in analysis.years(None, standings(OFFICIAL))] == [None] * 3

    def test_without_a_rank_nobody_climbs(self):
        now = standings({"A": {"c7": {"happened": True}}, "B": {}})
        row = next(row for row in analysis.years(standings({"A": {}}), now) if row.unit == "A")
        assert (row.rank_before, row.rank_now, row.climbed) == (1, None, None)


@pytest.mark.parametrize("seed", range(10))
def test_the_middle_as_a_statistics_package_gives_it(seed):
    chance = random.Random(seed)
    points = [Decimal(chance.randint(-5000, 100_000)).scaleb(-2) for _unit in range(chance.randint(1, 20))]
    found = analysis.range_of(points)
    assert (found.least, found.median, found.most) == (min(points), statistics.median(points), max(points))


def test_there_is_no_middle_of_nothing():
    with pytest.raises(ValueError, match="no points"):
        analysis.range_of([])


@pytest.mark.parametrize("seed", range(20))
def test_whatever_the_set_the_top_groups_are_the_sections(seed):
    chance = random.Random(seed)
    groups, rules = chances.outline(chance), chances.settings(chance)
    text = chances.text_of(groups, rules)
    cells = {
        unit: {
            leaf["code"]: Cell.of(chances.entry_of(chances.a_cell(chance, leaf, rules["places"])))
            for group in groups
            for leaf in chances.leaves_of(group)
        }
        for unit in "ABC"
    }
    found = recompute(text, inputs_of(text, cells))
    rows = analysis.groups(text, found)
    for unit in "ABC":
        base = sum(row.points[unit] for row in rows if row.node.section == "base")
        assert base == Decimal(found.units[unit].sections["base"])
