"""Random rules of every type with facts that fit them, for the property tests."""

from fractions import Fraction

from hypothesis import strategies as st

from scoring.rules import Entry, read_rule
from scoring.rules.numbers import plain


def decimals(least, most, places=2):
    """Numbers as they stand in JSON."""
    scale = 10**places
    return st.integers(int(Fraction(least) * scale), int(Fraction(most) * scale)).map(lambda n: plain(Fraction(n, scale)))


points = decimals(0, 100)
some = decimals("0.01", 20)
facts = decimals(0, 500)
missing = st.sampled_from(["zero", "open"])
better = st.sampled_from(["higher", "lower"])
by = st.sampled_from(["value", "ratio"])


@st.composite
def manual(draw):
    step = draw(st.sampled_from([None, "0.25", "0.5", "1"]))
    most = draw(st.integers(0, 50))
    return {"max": str(most), "min": str(-draw(st.integers(0, 10))), "step": step}


@st.composite
def percent(draw):
    full = draw(decimals("0.01", 2))
    share = draw(st.integers(0, 100))
    zero = plain(Fraction(full) * share / 100)
    return {"max": draw(points), "full_at": full, "zero_below": zero, "better": draw(better)}


@st.composite
def step_deduct(draw):
    counting = draw(st.sampled_from(["complete", "started"]))
    least = plain(-Fraction(draw(points)))
    return {
        "max": draw(points),
        "min": least,
        "step": draw(some),
        "points": draw(some),
        "count": counting,
        "better": draw(better),
    }


@st.composite
def tier(draw):
    way, measured = draw(better), draw(by)
    bounds = sorted(draw(st.lists(st.integers(0, 500), min_size=1, max_size=5, unique=True)))
    given = sorted(draw(st.lists(st.integers(0, 100), min_size=len(bounds), max_size=len(bounds))), reverse=True)
    if way == "higher" or measured == "ratio":
        bounds.reverse()
    rows = [{"from": str(bound), "points": str(value)} for bound, value in zip(bounds, given, strict=True)]
    if draw(st.booleans()):
        rows.append({"points": str(-draw(st.integers(0, 5)))})
    return {"rows": rows, "by": measured, "better": way}


@st.composite
def anchors(draw):
    measured = draw(by)
    values = sorted(draw(st.lists(st.integers(0, 500), min_size=2, max_size=5, unique=True)))
    shares = sorted(draw(st.lists(st.integers(0, 100), min_size=len(values), max_size=len(values))), reverse=True)
    if measured == "ratio" or draw(st.booleans()):
        values.reverse()
    rows = [[str(value), plain(Fraction(share, 100))] for value, share in zip(values, shares, strict=True)]
    return {"max": draw(points), "anchors": rows, "by": measured}


@st.composite
def deduct(draw):
    caps = draw(st.lists(st.none() | some, min_size=1, max_size=3))
    events = [{"key": f"e{at}", "points": draw(some), "cap": cap} for at, cap in enumerate(caps)]
    return {"max": draw(points), "min": plain(-Fraction(draw(points))), "events": events}


RULES = {
    "manual": manual(),
    "yes_no": st.fixed_dictionaries({"max": points, "no": points.map(lambda n: plain(-Fraction(n)))}),
    "percent": percent(),
    "step_deduct_percent": step_deduct(),
    "tier": tier(),
    "anchors": anchors(),
    "deduct": deduct(),
    "count": st.fixed_dictionaries({"max": points, "points": some}),
    "bonus_penalty": st.fixed_dictionaries(
        {"bonus": points, "penalty": points, "max": points, "min": points.map(lambda n: plain(-Fraction(n)))}
    ),
    "late": st.fixed_dictionaries({"max": points, "per_day": some}),
    "leader_relative": st.fixed_dictionaries({"max": points, "at_target": decimals(0, 1), "better": better}),
    "disqualifier": st.just({"effects": [{"effect": "no_rank"}]}),
    "info": st.just({}),
}
SCORING = sorted(set(RULES) - {"disqualifier", "info"})


def rules(kinds=tuple(RULES)):
    """A rule of one of the types."""
    return st.sampled_from(kinds).flatmap(lambda kind: st.tuples(RULES[kind], missing).map(lambda given: _read(kind, *given)))


def _read(kind, given, when_missing):
    spec = {"type": kind, "missing": when_missing, **given}
    return read_rule({name: value for name, value in spec.items() if value is not None})


def entries(rule):
    """Facts that fit the rule."""
    if rule.type == "manual":
        step = rule.step or Fraction(1, 4)
        low, high = -(-rule.min // step), rule.max // step
        return st.integers(low, high).map(lambda n: Entry.of({"points": plain(n * step)}))
    return st.fixed_dictionaries({name: _fact(rule, name) for name in rule.facts}).map(Entry.of)


def _fact(rule, name):
    if name in {"yes", "happened"}:
        return st.booleans()
    if name == "text":
        return st.just("Đã tổ chức")
    if name == "counts":
        return st.fixed_dictionaries({row["key"]: st.integers(0, 40) for row in rule.events})
    if name in {"count", "bonus", "penalty"}:
        return st.integers(0, 60)
    if name == "days_late":
        return st.none() | st.integers(0, 60)
    return facts
