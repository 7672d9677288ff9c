"""Random criteria sets with a bloc's cells, for engines to agree on: by a seeded `random.Random`, so that a case can be had again."""

from decimal import Decimal

from scoring.rules import EMPTY, EXEMPT, NOT_ASSIGNED, TYPES, Entry, State
from scoring.texts import CriteriaText, CriterionText
from tests.scoring import oracle

KINDS = sorted({name for name, kind in TYPES.items() if kind.counts})
EFFECTS = [("no_rank", ""), ("ceiling", "C"), ("zero_group", "I"), ("zero_group", "I.1"), ("zero_group", "IV")]


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


def outline(chance):
    """Groups with their leaves as the second engine takes them: two base groups, one with two more inside, a bonus, a penalty, bars."""
    kinds = iter(chance.sample(KINDS, len(KINDS)))

    def leaf(code, kind=""):
        rule = a_rule(chance, kind or next(kinds))
        return {"code": code, "rule": rule, "worth": f"{oracle.most({'rule': rule}):f}"}

    def group(code, children, section="", floor=""):
        worth = sum(Decimal(child["worth"]) for child in children)
        capped = chance.random() < 0.3
        worth = worth * chance.randint(5, 10) / 10 if capped else worth
        worth = f"{worth.quantize(Decimal('0.01')):f}"
        return {"code": code, "section": section, "children": children, "worth": worth, "capped": capped, "floor": floor}

    inner = [group("I.1", [leaf("1"), leaf("2")]), group("I.2", [leaf("3"), leaf("4"), leaf("5")])]
    what, target = chance.choice(EFFECTS)
    bar = {"effect": what, "target": target} if target else {"effect": what}
    return [
        group("I", inner, "base"),
        group("II", [leaf("6"), leaf("7"), leaf("8")], "base"),
        group("III", [leaf("9"), leaf("10", "count")], "bonus"),
        group("IV", [leaf("11", "deduct"), leaf("12", "bonus_penalty")], "penalty", floor=f"-{number(chance, 20)}"),
        group("V", [{"code": "13", "rule": {"type": "disqualifier", "effects": [bar]}, "worth": "0"}], "disqualifier"),
    ]


def leaves_of(group):
    """The leaves under a group, in the order of the paper."""
    for child in group["children"]:
        if "rule" in child:
            yield child
        else:
            yield from leaves_of(child)


def settings(chance):
    """The settings of the computation as the second engine takes them."""
    return {
        "scale": f"{chance.randint(50, 300)}",
        "places": chance.choice([0, 1, 2, 2]),
        "not_assigned": chance.choice(["rescale", "drop"]),
        "exempt": chance.choice(["full", "out"]),
        "above": chance.random() < 0.5,
        "tie_keys": chance.choice([[], [["group:I", "desc"], ["penalty", "asc"]], [["bonus", "desc"], ["base", "asc"]]]),
        "grades": [["A", "", "90"], ["B", "", "60.5"], ["C", "", "20"], *chance.choice([[], [["D", "", ""]]])],
    }


def text_of(groups, rules):
    """The same as a criteria set; the keys are the codes."""
    return CriteriaText(
        total_points=rules["scale"],
        places=rules["places"],
        not_assigned=rules["not_assigned"],
        exempt=rules["exempt"],
        bonus_above_scale=rules["above"],
        method="median",
        tie_keys=rules["tie_keys"],
        grades=rules["grades"],
        criteria=[row for group in groups for row in _rows(group, "")],
    )


def _rows(node, parent):
    code, section = node["code"], node.get("section", "")
    if "rule" in node:
        rule = {name: value for name, value in node["rule"].items() if name not in {"type", "max", "min", "step"}}
        if node["rule"]["type"] != "manual" and "step" in node["rule"]:
            rule["step"] = node["rule"]["step"]
        least, kind = node["rule"].get("min", ""), node["rule"]["type"]
        return [CriterionText(code, parent, "leaf", "", code, code, node["worth"], min_points=least, rule_type=kind, rule=rule)]
    own = CriterionText(
        code, parent, "group", section, code, code, node["worth"], min_points=node["floor"], is_capped=node["capped"]
    )
    return [own, *(row for child in node["children"] for row in _rows(child, code))]


def a_cell(chance, leaf, places):
    """A cell as the second engine takes it: mostly facts, now and then empty, not assigned, exempt, or with points by hand."""
    rule, dice = leaf["rule"], chance.random()
    if dice < 0.15:
        return chance.choice([None, "not_assigned", "exempt"])
    if rule["type"] == "disqualifier":
        return {"happened": chance.random() < 0.1}
    facts = a_value(chance, rule)
    if dice < 0.2:
        hand = Decimal(chance.randint(0, int(oracle.most(leaf) * 10**places))).scaleb(-places)
        return {"by hand": f"{hand:f}"} | (facts if chance.random() < 0.5 else {})
    return {"points": f"{oracle.rounding(Decimal(facts['points']), places):f}"} if rule["type"] == "manual" else facts


def entry_of(cell):
    """The same cell as the engine takes it."""
    if not isinstance(cell, dict):
        return {None: EMPTY, "not_assigned": NOT_ASSIGNED, "exempt": EXEMPT}[cell]
    facts = {name: value for name, value in cell.items() if name != "by hand"}
    return Entry(State.ENTERED, facts, Decimal(cell["by hand"]) if "by hand" in cell else None)
