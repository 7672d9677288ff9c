"""A second opinion on points, written from the regulation's words alone and without the engine's numbers.

Where the engine uses fractions, this uses decimals of sixty figures; where it has classes, this has one function a rule.
"""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from itertools import pairwise

CONTEXT = Context(prec=60, rounding=ROUND_HALF_UP)
CENT = Decimal("0.01")


def d(value):
    return Decimal(str(value))


def div(over, under):
    return CONTEXT.divide(over, under)


def cents(value):
    return value.quantize(CENT, rounding=ROUND_HALF_UP, context=CONTEXT)


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
    and name not in {"d", "div", "cents", "pairwise", "points"}
}


def points(rule, value, bloc):
    """The points of one unit, rounded once."""
    return cents(RULES[rule["type"]](rule, value, bloc))
