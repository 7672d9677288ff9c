"""A second opinion on points, written from the regulation's words alone and without the engine's numbers.

Where the engine uses fractions, this uses decimals of sixty figures; where it has classes, this has one function a rule.
"""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from itertools import pairwise

CONTEXT = Context(prec=60, rounding=ROUND_HALF_UP)


def d(value):
    return Decimal(str(value))


def div(over, under):
    return CONTEXT.divide(over, under)


def rounding(value, places):
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=CONTEXT)


def manual(rule, value, bloc):
    return d(value["points"])


def yes_no(rule, value, bloc):
    return d(rule["max"]) if value["yes"] else d(rule.get("no", 0))


def percent(rule, value, bloc):
    target, actual, most = d(value["target"]), d(value["actual"]), d(rule["max"])
    full, zero = d(rule.get("full_at", 1)), d(rule.get("zero_below", 0))
    if rule.get("better") == "lower":
        if actual == 0:
            return most
        over, under = target, actual
    else:
        if target == 0:
            return d(0)
        over, under = actual, target
    if over < zero * under:
        return d(0)
    return most if over >= full * under else div(most * over, under * full)


def step_deduct_percent(rule, value, bloc):
    target, actual, most, least = d(value["target"]), d(value["actual"]), d(rule["max"]), d(rule.get("min", 0))
    lower = rule.get("better") == "lower"
    if target == 0:
        return max(most, least) if lower and actual == 0 else d(0)
    short = max(actual - target if lower else target - actual, d(0)) * 100
    steps = div(short, target * d(rule.get("step", 1)))
    way = ROUND_CEILING if rule.get("count") == "started" else ROUND_FLOOR
    return max(most - steps.to_integral_value(rounding=way) * d(rule["points"]), least)


def tier(rule, value, bloc):
    lower = rule.get("better") == "lower"
    if rule.get("by") == "ratio":
        target, actual = d(value["target"]), d(value["actual"])
        if lower and actual == 0:
            return d(rule["rows"][0]["points"])
        if not lower and target == 0:
            return d(0)
        over, under = (target, actual) if lower else (actual, target)
        holds = lambda bound: over * 100 >= bound * under  # noqa: E731
    else:
        given = d(value["value"])
        holds = (lambda bound: given <= bound) if lower else (lambda bound: given >= bound)
    for row in rule["rows"]:
        if "from" not in row or holds(d(row["from"])):
            return d(row["points"])
    return d(0)


def anchors(rule, value, bloc):
    points = [(d(at), d(share)) for at, share in rule["anchors"]]
    if rule.get("by") == "ratio":
        if d(value["target"]) == 0:
            return d(0)
        over, under = d(value["actual"]) * 100, d(value["target"])
    else:
        over, under = d(value["value"]), d(1)
    sign = 1 if points[0][0] > points[1][0] else -1
    if sign * over >= sign * points[0][0] * under:
        return d(rule["max"]) * points[0][1]
    for (better, high), (worse, low) in pairwise(points):
        if sign * over >= sign * worse * under:
            part = div(over - worse * under, (better - worse) * under)
            return d(rule["max"]) * (low + part * (high - low))
    return d(0)


def deduct(rule, value, bloc):
    left = d(rule["max"])
    for event in rule["events"]:
        off = d(event["points"]) * value["counts"].get(event["key"], 0)
        left -= min(off, d(event["cap"])) if event.get("cap") else off
    return max(left, d(rule.get("min", 0)))


def count(rule, value, bloc):
    return min(d(rule["points"]) * value["count"], d(rule["max"]))


def bonus_penalty(rule, value, bloc):
    net = d(rule["bonus"]) * value["bonus"] - d(rule["penalty"]) * value["penalty"]
    return min(max(net, d(rule["min"])), d(rule["max"]))


def late(rule, value, bloc):
    days = value["days_late"]
    return d(0) if days is None else max(d(rule["max"]) - d(rule["per_day"]) * days, d(0))


def leader_relative(rule, value, bloc):
    most, half = d(rule["max"]), d(rule["max"]) * d(rule.get("at_target", "0.5"))
    lower = rule.get("better") == "lower"
    target, actual = d(value["target"]), d(value["actual"])
    if target == 0:
        results = [d(row["actual"]) for row in bloc if d(row["target"]) == 0]
        best = min(results) if lower else max(results)
        if lower:
            return most if actual == best else div(most * best, actual)
        return d(0) if best == 0 else div(most * actual, best)
    beyond = target - actual if lower else actual - target
    if beyond < 0:
        return div(half * target, actual) if lower else div(half * actual, target)
    if beyond == 0:
        return half
    # The leader by cross-multiplication: nobody is furthest by a rounded quotient.
    lead_beyond, lead_target = beyond, target
    for row in bloc:
        other_target, other_actual = d(row["target"]), d(row["actual"])
        if other_target:
            other = other_target - other_actual if lower else other_actual - other_target
            if other * lead_target > lead_beyond * other_target:
                lead_beyond, lead_target = other, other_target
    return half + div((most - half) * beyond * lead_target, target * lead_beyond)


RULES = {
    name: function
    for name, function in globals().items()
    if callable(function)
    and getattr(function, "__module__", "") == __name__
    and name not in {"d", "div", "rounding", "pairwise", "points"}
}


def points(rule, value, bloc):
    """The points of one unit, rounded once."""
    return rounding(RULES[rule["type"]](rule, value, bloc), 2)


def most(leaf):
    """What a leaf can give at best."""
    rule = leaf["rule"]
    return max([d(0), *(d(row["points"]) for row in rule["rows"])]) if rule["type"] == "tier" else d(rule.get("max", 0))


def leaf_points(leaf, cell, bloc, rules):
    """A cell's points; None where nothing counts. A cell is None while empty, "exempt", "not_assigned", points by hand, or facts."""
    if cell == "not_assigned" or leaf["rule"]["type"] in {"info", "disqualifier"}:
        return None
    if cell == "exempt":
        return None if rules["exempt"] == "out" else rounding(most(leaf), rules["places"])
    if cell is None:
        return d(0)
    if "by hand" in cell:
        return d(cell["by hand"])
    others = [row for row in bloc if isinstance(row, dict) and len(row.keys() - {"by hand"})]
    return rounding(RULES[leaf["rule"]["type"]](leaf["rule"], cell, others), rules["places"])


def group_sum(group, points, barred, sums):
    """A group's points and how much of it was assigned; `sums` gathers every group by its code."""
    got, assigned = d(0), d(0)
    for child in group["children"]:
        if "rule" in child:
            if points[child["code"]] is not None:
                got, assigned = got + points[child["code"]], assigned + d(child["worth"])
        else:
            inner = group_sum(child, points, barred, sums)
            got, assigned = got + inner[0], assigned + inner[1]
    if group["capped"]:
        got, assigned = min(got, d(group["worth"])), min(assigned, d(group["worth"]))
    if group["floor"]:
        got = max(got, d(group["floor"]))
    sums[group["code"]] = (d(0) if group["code"] in barred else got), assigned
    return sums[group["code"]]


def sheet(groups, points, barred, rules):
    """One unit's groups, sections and total."""
    sums, sections, assigned = {}, {"base": d(0), "bonus": d(0), "penalty": d(0)}, d(0)
    for group in groups:
        got, out_of = group_sum(group, points, barred, sums)
        if group["section"] != "disqualifier":
            sections[group["section"]] += got
        assigned += out_of if group["section"] == "base" else 0
    base, scale = sections["base"], d(rules["scale"])
    if rules["not_assigned"] == "rescale" and assigned:
        base = rounding(div(base * scale, assigned), rules["places"]) if assigned != scale else base
    whole = max(base + sections["bonus"] + sections["penalty"], d(0))
    return sums, sections, rounding(whole if rules["above"] else min(whole, scale), rules["places"])


def standing(rows, out, decided):
    """Rank and tie of each unit: one more than the number of units that are better by the first key that differs."""

    def better(other, unit):
        return next((one > two for one, two in zip(rows[other], rows[unit], strict=True) if one != two), False)

    found = {}
    for unit in rows:
        if unit in out:
            found[unit] = None, False
            continue
        rank = 1 + sum(better(other, unit) for other in rows if other not in out)
        level = [other for other in rows if other not in out and rows[other] == rows[unit]]
        order = next((group for group in decided if set(level) <= set(group)), None)
        if len(level) > 1 and order:
            found[unit] = rank + sum(order.index(other) < order.index(unit) for other in level), False
        else:
            found[unit] = rank, len(level) > 1
    return found


def grade(total, grades, ceilings):
    """The best grade that the total reaches, or the lowest of the ceilings where that is lower."""
    codes = [code for code, _name, _least in grades]
    reached = [at for at, (_code, _name, least) in enumerate(grades) if not least or total >= d(least)]
    if not reached:
        return ""
    return codes[max([min(reached), *(codes.index(code) for code in ceilings)])]
