"""Sums of the bloc are the sums of its units, for every rule and whatever units hand in, take back and correct in any order."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import HealthCheck, given, settings, strategies

from emulation.reports import merging
from emulation.reports.merging import Source
from emulation.reports.texts import FigureLine, ReportSection, ReportText
from scoring.enums import Aggregate

START = datetime(2020, 6, 1, tzinfo=UTC)
UNITS = {1: "An Bình", 2: "Bình Hải", 3: "Cẩm Sơn", 4: "Đông Thành"}
VALUES = strategies.decimals(min_value=0, max_value=10**9, places=3, allow_nan=False, allow_infinity=False)
# What happens one after another: a unit hands in a value (again), or its report is given back.
ACTS = strategies.lists(strategies.tuples(strategies.sampled_from(list(UNITS)), strategies.none() | VALUES), max_size=24)


def asked(rule: str) -> ReportSection:
    figure = FigureLine("k", "Số vụ", "vụ", rule)
    return ReportSection("s", "I.1", 2, "Số liệu", "figures", figures=(figure,))


def standing(acts) -> dict[int, tuple[int, Decimal]]:
    """What stands handed in after all acts, with the place of the act that brought it."""
    now: dict[int, tuple[int, Decimal]] = {}
    for place, (unit, value) in enumerate(acts):
        if value is None:
            now.pop(unit, None)
        else:
            now[unit] = (place, value)
    return now


def source(unit: int, place: int, value: Decimal, rule: str) -> Source:
    line = FigureLine("k", "Số vụ", "vụ", rule, actual=f"{value:f}")
    section = ReportSection("s", "I.1", 2, "Số liệu", "figures", figures=(line,))
    text = ReportText("Báo cáo", UNITS[unit], (), (), (section,))
    return Source(unit, UNITS[unit], unit, 1, START + timedelta(minutes=place), text)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(acts=ACTS, rule=strategies.sampled_from(list(Aggregate)))
def test_the_bloc_is_the_sum_of_its_units_in_any_order(acts, rule):
    now = standing(acts)
    sources = [source(unit, *now[unit], rule) for unit in UNITS if unit in now]
    (figure,) = merging.figures(asked(rule), sources, UNITS)
    values = {unit: Fraction(value) for unit, (_place, value) in now.items()}
    assert [name for name, _value in figure.parts] == [UNITS[unit] for unit in UNITS if unit in now]
    assert set(figure.missing) == {UNITS[unit] for unit in UNITS if unit not in now}
    assert sum((Fraction(value) for _name, value in figure.parts), Fraction()) == sum(values.values(), Fraction())
    if not values or rule == Aggregate.NONE:
        assert figure.actual == ""
        return
    came_last = max(now, key=lambda unit: now[unit][0])
    wanted = {
        Aggregate.SUM: sum(values.values(), Fraction()),
        Aggregate.MAX: max(values.values()),
        Aggregate.LAST: values[came_last],
    }
    if rule in wanted:
        assert Fraction(figure.actual) == wanted[rule]
    else:
        assert abs(Fraction(figure.actual) - sum(values.values(), Fraction()) / len(values)) <= Fraction(1, 200)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(values=strategies.lists(VALUES, min_size=2, max_size=4), lacking=strategies.integers(min_value=0, max_value=3))
def test_a_share_of_the_plan_is_told_only_over_units_that_all_have_one(values, lacking):
    def planned(unit: int, value: Decimal) -> Source:
        made = source(unit, unit, value, Aggregate.SUM)
        plan = "" if unit == lacking + 1 else "10"
        line = FigureLine("k", "Số vụ", "vụ", Aggregate.SUM, plan=plan, actual=f"{value:f}")
        return Source(
            made.unit,
            made.name,
            1,
            1,
            made.signed_at,
            ReportText("", "", (), (), (ReportSection("s", "", 2, "", "figures", figures=(line,)),)),
        )

    sources = [planned(unit, value) for unit, value in zip(UNITS, values, strict=False)]
    (figure,) = merging.figures(asked(Aggregate.SUM), sources, UNITS)
    assert bool(figure.plan) is (lacking >= len(values))
