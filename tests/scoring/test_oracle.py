"""Two engines agree: the project's own and a second one that was written from the words of the rules."""

import random
from decimal import Decimal
from fractions import Fraction

import pytest
from scipy.stats import rankdata

from scoring.rules import TYPES, Entry, read_rule, score_all
from scoring.rules.ranking import Key, Row, rank
from scoring.rules.totals import Group, Leaf, total
from tests.scoring import oracle

SHEETS, BLOC = 10_000, 8
KINDS = sorted(set(TYPES) - {"disqualifier", "info"})


def number(chance, most, places=2):
    return f"{Decimal(chance.randint(0, most * 10**places)).scaleb(-places):f}"


def some(chance):
    return f"{Decimal(chance.randint(1, 2000)).scaleb(-2):f}"


def falling(chance, most, count):
    return sorted(chance.sample(range(most), count), reverse=True)


def a_rule(chance, kind):
    """A rule as JSON."""
    most, way = number(chance, 50), chance.choice(["higher", "lower"])
    return {"type": kind} | {
        "manual": lambda: {"max": "50"},
        "yes_no": lambda: {"max": most, "no": f"-{number(chance, 5)}"},
        "percent": lambda: {"max": most, "full_at": f"{Decimal(chance.randint(1, 200)).scaleb(-2):f}", "zero_below": "0.01", "better": way},
        "step_deduct_percent": lambda: {
            "max": most, "step": some(chance), "points": some(chance), "better": way,
            "count": chance.choice(["complete", "started"]), "min": f"-{number(chance, 9)}",
        },
        "tier": lambda: tier(chance, way),
        "anchors": lambda: anchors(chance, most),
        "deduct": lambda: {
            "max": most, "min": f"-{number(chance, 9)}",
            "events": [{"key": "a", "points": some(chance)}, {"key": "b", "points": some(chance), "cap": some(chance)}],
        },
        "count": lambda: {"max": most, "points": some(chance)},
        "bonus_penalty": lambda: {"bonus": some(chance), "penalty": some(chance), "min": f"-{most}", "max": most},
        "late": lambda: {"max": most, "per_day": some(chance)},
        "leader_relative": lambda: {"max": most, "at_target": number(chance, 1), "better": way},
    }[kind]()  # fmt: skip


def tier(chance, way):
    bounds, points, by = falling(chance, 200, 3), falling(chance, 50, 3), chance.choice(["value", "ratio"])
    if way == "lower" and by == "value":
        bounds.reverse()
    rows = [{"from": str(bound), "points": str(value)} for bound, value in zip(bounds, points, strict=True)]
    return {"rows": rows + ([{"points": "0"}] if chance.random() < 0.5 else []), "by": by, "better": way}


def anchors(chance, most):
    values, shares, by = falling(chance, 200, 4), falling(chance, 101, 4), chance.choice(["value", "ratio"])
    if by == "value" and chance.random() < 0.5:
        values.reverse()
    rows = [[str(value), f"{Decimal(share).scaleb(-2):f}"] for value, share in zip(values, shares, strict=True)]
    return {"max": most, "anchors": rows, "by": by}


def a_value(chance, rule):
    """Facts as JSON; zeros come often, since they are where engines differ."""
    figure = lambda: chance.choice(["0", number(chance, 200), str(chance.randint(1, 20))])  # noqa: E731
    if rule["type"] in {"percent", "step_deduct_percent", "leader_relative"} or rule.get("by") == "ratio":
        return {"target": figure(), "actual": figure()}
    return {
        "manual": lambda: {"points": number(chance, 50)},
        "yes_no": lambda: {"yes": chance.random() < 0.5},
        "tier": lambda: {"value": figure()},
        "anchors": lambda: {"value": figure()},
        "deduct": lambda: {"counts": {"a": chance.randint(0, 5), "b": chance.randint(0, 5)}},
        "count": lambda: {"count": chance.randint(0, 20)},
        "bonus_penalty": lambda: {"bonus": chance.randint(0, 9), "penalty": chance.randint(0, 9)},
        "late": lambda: {"days_late": chance.choice([None, 0, chance.randint(0, 40)])},
    }[rule["type"]]()


def test_the_second_engine_knows_every_rule_that_gives_points():
    assert set(oracle.RULES) >= set(KINDS)


def test_ten_thousand_random_sheets():
    """Each sheet: one criterion of every type, eight units beside each other; points and total."""
    chance = random.Random(2020)
    for _round in range(SHEETS // BLOC):
        sheets = [[] for _unit in range(BLOC)]
        wanted = [Decimal(0)] * BLOC
        for kind in KINDS:
            rule = a_rule(chance, kind)
            values = [a_value(chance, rule) for _unit in range(BLOC)]
            found = [outcome.points for outcome in score_all(read_rule(rule), [Entry.of(value) for value in values])]
            expected = [oracle.points(rule, value, values) for value in values]
            assert found == expected, (rule, values)
            for unit, points in enumerate(expected):
                sheets[unit].append(Leaf(points, Fraction(50)))
                wanted[unit] += points
        assert [total([Group("I", leaves=leaves)]).points for leaves in sheets] == wanted


@pytest.mark.parametrize("seed", range(20))
def test_ranks_as_a_statistics_package_gives_them(seed):
    chance = random.Random(seed)
    totals = [chance.randint(0, 12) for _unit in range(chance.randint(1, 40))]
    places = rank([Row(str(at), {"total": Decimal(value)}) for at, value in enumerate(totals)], [Key("total")])
    assert [places[str(at)].rank for at in range(len(totals))] == list(rankdata([-value for value in totals], method="min"))
