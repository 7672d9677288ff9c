"""What a bloc and a province report is what their units report: for every rule, whatever is handed in, given back and mended in any order.

Every act goes through its verb, with a signature; the arithmetic alone is tried in test_merging.py.
Blocs that send, mend and send anew are in tests/reports/test_province_reports.py.
"""

import uuid
from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from emulation.lib import clock
from emulation.reports.domain import bloc_reports, bloc_signing, bloc_text, province_reports, province_text, reviewing
from emulation.reports.domain.bloc_report_kind import KIND
from emulation.reports.enums import PeriodKind, ReportState
from emulation.reports.models import BlocReport
from emulation.signing.domain import rounds
from scoring.enums import Aggregate
from scoring.report_texts import FigureText, OutlineText, SectionText
from tests import builders
from tests.reports import casts
from tests.reports.casts import PeriodCast
from tests.without_paper import rolled_back

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper"), pytest.mark.any_database]

UNITS = 3
unit = st.integers(0, UNITS - 1)
value = st.decimals(min_value=0, max_value=10**6, places=2, allow_nan=False, allow_infinity=False)
acts = st.lists(
    st.one_of(
        st.tuples(st.just("hand in"), unit, value),
        st.tuples(st.just("hand in"), unit, value),
        st.tuples(st.sampled_from(["give back", "take"]), unit, st.none()),
    ),
    max_size=10,
)
quietly = {"deadline": None, "suppress_health_check": list(HealthCheck)}


def outline() -> OutlineText:
    """One figure for each rule; the same headings and names in every bloc, with keys of its own."""
    part, section = str(uuid.uuid4()), str(uuid.uuid4())
    figures = tuple(FigureText(str(uuid.uuid4()), f"Số liệu {rule}", "vụ", rule) for rule in Aggregate)
    return OutlineText(
        [
            SectionText(part, "", "narrative", "Kết quả"),
            SectionText(section, part, "figures", "Số liệu", merge="", figures=figures),
        ]
    )


class Reporting:
    """A bloc whose units report, and a plain memory of what stands handed in: of each unit when, and which value."""

    def __init__(self, made: PeriodCast) -> None:
        self.made = made
        self.stands: dict[int, tuple[int, Fraction]] = {}
        self.acts = 0

    def do(self, act) -> None:
        verb, place, number = act
        self.acts += 1
        who = self.made.commanders[place]
        with clock.at(clock.now() + timedelta(minutes=self.acts)):
            if verb == "hand in":
                self.take_back(who, place)
                for rule in Aggregate:
                    self.made.figure(who, f"Số liệu {rule}", actual=number)
                self.made.submit(who, fill=False)
                self.stands[place] = (self.acts, Fraction(number))
            elif verb == "give back":
                self.take_back(who, place)
            elif self.made.report(who).state == ReportState.SUBMITTED:
                self.made.accept(who)

    def take_back(self, who, place: int) -> None:
        """It is mended: given back while it waits, opened again once it is taken."""
        report = self.made.report(who)
        if report.state == ReportState.SUBMITTED:
            self.made.give_back(who)
        elif report.state == ReportState.ACCEPTED:
            reviewing.reopen(report, actor=self.made.office, reason="Sai số liệu.")
        self.stands.pop(place, None)

    def send(self) -> None:
        """The bloc's report of what stands, signed and sent, as late as all that came before it."""
        with clock.at(clock.now() + timedelta(minutes=self.acts + 1)):
            report = BlocReport.objects.full().get(period=self.made.pk)
            bloc_reports.gather(report, actor=self.made.leader)
            bloc_reports.check(report, actor=self.made.deputy)
            bloc_signing.open_signing(report, actor=self.made.leader, without_because="Đơn vị đang sáp nhập.")
            signing_round = rounds.newest(KIND, report)
            assert signing_round is not None
            builders.sign(signing_round.slots.get(), actor=self.made.leader)


@pytest.fixture
def periods() -> list[PeriodCast]:
    """Two blocs of a province that are asked for reports; each example begins with them."""
    return [casts.period(of=casts.bloc_with_outline(UNITS, outline())) for _ in range(2)]


def of(stands: list[tuple[int, Fraction]], rule: str) -> Fraction | None:
    """What these values come to, each with its moment."""
    values = [number for _when, number in stands]
    if not values or rule == Aggregate.NONE:
        return None
    if rule == Aggregate.LAST:
        return max(stands)[1]
    return {Aggregate.SUM: sum(values), Aggregate.MAX: max(values), Aggregate.AVERAGE: sum(values) / len(values)}[Aggregate(rule)]


def agrees(shown: str, wanted: Fraction | None, rule: str) -> bool:
    """An average is shown with two decimals."""
    if wanted is None:
        return shown == ""
    return abs(Fraction(shown) - wanted) <= (Fraction(1, 200) if rule == Aggregate.AVERAGE else 0)


@settings(max_examples=12, **quietly)
@given(acts=acts)
def test_a_bloc_reports_what_its_units_report(periods, acts):
    with rolled_back():
        bloc = Reporting(periods[0])
        report = BlocReport.objects.full().get(period=bloc.made.pk)
        names = [actor.unit.name for actor in bloc.made.commanders]
        for act in acts:
            bloc.do(act)
        figures = list(bloc_text.text_of(report).figures)
        assert len(figures) == len(Aggregate)
        for figure in figures:
            assert agrees(figure.actual, of(list(bloc.stands.values()), figure.aggregate), figure.aggregate), figure
            assert {names.index(name): Fraction(told) for name, told in figure.parts} == {
                place: number for place, (_when, number) in bloc.stands.items()
            }
            assert {names.index(name) for name in figure.missing} == set(range(UNITS)) - set(bloc.stands)


@settings(max_examples=5, **quietly)
@given(first=acts, second=acts)
def test_a_province_reports_what_the_units_of_its_blocs_report(periods, first, second):
    with rolled_back():
        blocs = [Reporting(period) for period in periods]
        for bloc, does in zip(blocs, (first, second), strict=True):
            for act in does:
                bloc.do(act)
            if bloc.stands:
                bloc.send()
        made = blocs[0].made
        report = province_reports.start(made.row.bloc_year.year_id, PeriodKind.INTERIM, actor=made.office)
        stands = [stood for bloc in blocs for stood in bloc.stands.values()]
        figures = list(province_text.text_of(report).figures)
        assert len(figures) == (len(Aggregate) if stands else 0)
        # Who of two blocs signed last is a matter of their clocks, which run by themselves here.
        for figure in figures:
            if figure.aggregate != Aggregate.LAST:
                assert agrees(figure.actual, of(stands, figure.aggregate), figure.aggregate), figure
