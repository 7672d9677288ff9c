"""Two engines agree: the project's own and a second one that was written from the words of the rules."""

import random
from decimal import Decimal

import pytest
from scipy.stats import rankdata

from scoring.computing import compute
from scoring.rules.ranking import Key, Row, rank
from tests.scoring import chances, oracle

SHEETS, BLOC = 10_000, 8


def test_the_second_engine_knows_every_rule_that_gives_points():
    assert set(oracle.RULES) >= set(chances.KINDS)


def test_ten_thousand_random_sheets():
    """Whole sheets, eight units beside each other: points of every leaf, groups, sections, totals, grades, ranks and ties."""
    chance = random.Random(2020)
    for _round in range(SHEETS // BLOC):
        groups, rules = chances.outline(chance), chances.settings(chance)
        leaves = {leaf["code"]: leaf for group in groups for leaf in chances.leaves_of(group)}
        cells = {
            unit: {code: chances.a_cell(chance, leaf, rules["places"]) for code, leaf in leaves.items()} for unit in "ABCDEFGH"
        }
        if chance.random() < 0.3:
            cells["B"] = cells["A"]
        unranked = chance.sample("ABCDEFGH", chance.choice([0, 0, 1]))
        decided = [chance.sample("ABCDEFGH", 8)] if chance.random() < 0.3 else []
        expected = second_opinion(groups, rules, cells, unranked=unranked, decided=decided)
        entries = {unit: {code: chances.entry_of(cell) for code, cell in row.items()} for unit, row in cells.items()}
        result = compute(chances.text_of(groups, rules), entries, unranked=unranked, decided=decided)
        assert {unit: summary(found) for unit, found in result.units.items()} == expected, (groups, rules, cells)


def second_opinion(groups, rules, cells, *, unranked, decided):
    leaves = {leaf["code"]: leaf for group in groups for leaf in chances.leaves_of(group)}
    points, sheets, bars = {}, {}, {}
    for unit, row in cells.items():
        points[unit] = {
            code: oracle.leaf_points(leaf, row[code], [other[code] for other in cells.values()], rules)
            for code, leaf in leaves.items()
        }
        happened = isinstance(row["13"], dict) and row["13"]["happened"]
        bars[unit] = {
            (effect["effect"], effect.get("target", "")) for effect in leaves["13"]["rule"]["effects"] if happened
        }  # fmt: skip
        barred = {target for what, target in bars[unit] if what == "zero_group"}
        sheets[unit] = oracle.sheet(groups, points[unit], barred, rules)
    out = {unit for unit in cells if unit in unranked or ("no_rank", "") in bars[unit]}
    places = oracle.standing({unit: keys(sheets[unit], rules) for unit in cells}, out, decided)
    return {
        unit: (
            points[unit],
            {code: found[0] for code, found in sheets[unit][0].items()},
            sheets[unit][2],
            oracle.grade(sheets[unit][2], rules["grades"], [target for what, target in bars[unit] if what == "ceiling"]),
            places[unit],
        )
        for unit in cells
    }


def keys(sheet, rules):
    """What is compared, first the total; what is better when it is less stands negative."""
    sums, sections, total = sheet
    values = [total]
    for name, way in rules["tie_keys"]:
        value = sums[name[6:]][0] if name.startswith("group:") else sections[name] * (-1 if name == "penalty" else 1)
        value = oracle.rounding(value, rules["places"])
        values.append(value if way == "desc" else -value)
    return values


def summary(found):
    """A unit's result as the second opinion says it; what is open counts as 0."""
    leaves = {
        key: Decimal(0) if outcome.points is None and outcome.is_open else outcome.points
        for key, outcome in found.outcomes.items()
    }
    leaves["13"] = None
    groups = {key: row.points for key, row in found.total.groups.items()}
    return leaves, groups, found.total.points, found.grade.code if found.grade else "", (found.place.rank, found.place.tied)


@pytest.mark.parametrize("seed", range(20))
def test_ranks_as_a_statistics_package_gives_them(seed):
    chance = random.Random(seed)
    totals = [chance.randint(0, 12) for _unit in range(chance.randint(1, 40))]
    places = rank([Row(str(at), {"total": Decimal(value)}) for at, value in enumerate(totals)], [Key("total")])
    assert [places[str(at)].rank for at in range(len(totals))] == list(rankdata([-value for value in totals], method="min"))
