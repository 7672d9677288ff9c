"""Figures over the years: which are the same indicator, where a series breaks, whose reports tell of it."""

import pytest
from django.test import Client
from django.urls import reverse

from emulation.organisation.actors import Actor
from emulation.reports.domain import bloc_reports, bloc_signing, trends
from emulation.reports.models import BlocReport
from emulation.reports.texts import FigureLine, ReportSection, ReportText
from emulation.reports.trends import MOST_YEARS, Gap, YearReport, drawn, identity, series, spelling
from emulation.signing.domain import rounds
from tests import builders, snapshots
from tests.pages.test_queries import MOST, questions
from tests.reports import casts
from tests.reports.casts import PeriodCast


def line(label: str = "Vụ việc được giải quyết", measure: str = "vụ", aggregate: str = "sum", **more: str) -> FigureLine:
    return FigureLine(f"{label}-{measure}-{aggregate}", label, measure, aggregate, **more)


def year(number: int, *lines: FigureLine, is_final: bool = True) -> YearReport:
    section = ReportSection("a", "1", 2, "Số liệu", "figures", figures=lines)
    return YearReport(number, is_final, ReportText("Báo cáo", "Khối", (), (), (section,)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tỷ lệ khám phá án", "  tỷ lệ   KHÁM PHÁ án."),
        ("1. Tỷ lệ khám phá án", "2.3) Tỷ lệ khám phá án;"),
        ("- Tỷ lệ khám phá án", "Ty\u0309 le\u0323\u0302 khám phá án"),
    ],
)
def test_spellings_of_one_name(one: str, other: str):
    assert spelling(one) == spelling(other) == "tỷ lệ khám phá án"


@pytest.mark.parametrize(
    ("one", "other"), [("Số vụ án", "Số vụ ẩn"), ("Vụ việc", "Vụ việc nghiêm trọng"), ("3 giảm", "giảm"), ("", "a")]
)
def test_other_words_are_other_names(one: str, other: str):
    assert spelling(one) != spelling(other)


def test_a_name_that_tells_its_year_is_the_same_in_the_next():
    label = "Giảm số vụ phạm tội so với năm {}"
    found = series(
        [year(2020, line(label.format(2019), actual="5")), year(2021, line(label.format(2020), actual="6"))], of_bloc=False
    )
    assert [[point.actual for point in row.points] for row in found] == [["5", "6"]]
    assert spelling("Từ năm 2019", 2021) == "từ năm 2019"


def test_the_measure_belongs_to_it_and_in_a_bloc_the_rule_of_the_sum():
    assert identity(line(measure="%"), of_bloc=False) == identity(line(measure="Phần trăm"), of_bloc=False)
    assert identity(line(measure="vụ"), of_bloc=False) != identity(line(measure="người"), of_bloc=False)
    assert identity(line(), of_bloc=False) == identity(line(aggregate="average"), of_bloc=False)
    assert identity(line(), of_bloc=True) != identity(line(aggregate="average"), of_bloc=True)


def test_a_year_without_a_report_and_one_without_a_number_are_gaps():
    found = series(
        [year(2024, line(actual="9", plan="8")), year(2021, line(actual="0")), year(2022, line(actual=""))], of_bloc=True
    )
    (row,) = found
    assert [(point.year, point.actual, point.gap) for point in row.points] == [
        (2021, "0", None),
        (2022, "", Gap.NO_NUMBER),
        (2023, "", Gap.NO_REPORT),
        (2024, "9", None),
    ]
    assert drawn(row) == {
        "labels": ["2021", "2022", "2023", "2024"],
        "plan": [None, None, None, "8"],
        "whole": ["0", None, None, "9"],
        "half": [None] * 4,
    }
    assert row.told == 2


def test_renamed_or_measured_otherwise_it_is_another_series():
    found = series(
        [year(2021, line(actual="5")), year(2022, line("Vụ việc xử lý xong", actual="6"), line(measure="hồ sơ"))], of_bloc=False
    )
    assert [(row.newest.label, row.newest.measure, [point.gap for point in row.points]) for row in found] == [
        ("Vụ việc xử lý xong", "vụ", [Gap.NO_INDICATOR, None]),
        ("Vụ việc được giải quyết", "hồ sơ", [Gap.NO_INDICATOR, Gap.NO_NUMBER]),
        ("Vụ việc được giải quyết", "vụ", [None, Gap.NO_INDICATOR]),
    ]


def test_half_a_year_is_drawn_apart():
    (row,) = series([year(2021, line(actual="40")), year(2022, line(actual="-2.5"), is_final=False)], of_bloc=False)
    assert (drawn(row)["whole"], drawn(row)["half"]) == (["40", None], [None, "-2.5"])


def test_a_year_that_only_the_next_one_tells_of():
    said = line(actual="9", last_year="7")
    (row,) = series([year(2022, said)], of_bloc=False)
    assert [(point.year, point.actual, point.is_retold) for point in row.points] == [(2021, "7", True), (2022, "9", False)]
    (row,) = series([year(2022, said), year(2021, line(actual="8"))], of_bloc=False)
    assert [point.actual for point in row.points] == ["8", "9"]


def test_two_figures_of_one_name_stay_two():
    two = (line(actual="1"), FigureLine("other", "Vụ việc được giải quyết", "vụ", "sum", actual="2"))
    found = series([year(2021, *two), year(2022, *two)], of_bloc=True)
    assert [[point.actual for point in row.points] for row in found] == [["1", "1"], ["2", "2"]]


def test_no_report_no_series_and_never_more_than_so_many_years():
    assert series([], of_bloc=True) == []
    (row,) = series([year(2000, line("Cũ", actual="1")), year(2020, line(actual="2"))], of_bloc=True)
    assert (len(row.points), row.newest.label) == (MOST_YEARS, "Vụ việc được giải quyết")


@snapshots.once
def sent() -> PeriodCast:
    """An interim report of a bloc, made of those of all its units, is sent."""
    made = casts.handed_in(0, 1, 2)
    bloc_reports.gather(report(made), actor=made.leader)
    bloc_reports.check(report(made), actor=made.deputy)
    bloc_signing.open_signing(report(made), actor=made.leader)
    signing_round = rounds.newest("bloc_report", report(made))
    assert signing_round is not None
    builders.sign(signing_round.slots.get(), actor=made.leader)
    return made


def report(made: PeriodCast) -> BlocReport:
    return BlocReport.objects.full().get(period=made.pk)


def page(actor: Actor, **chosen: int):
    client = Client()
    client.force_login(actor.user)
    return client.get(reverse("report_trends"), {name.replace("_", "-"): value for name, value in chosen.items()})


def number_of(answer, label: str) -> str:
    return next(row.series.points[-1].actual for row in answer.context["shown"] if row.series.newest.label == label)


@pytest.mark.django_db
def test_the_bloc_s_sum_for_everybody_in_it_and_each_unit_s_number_for_who_may_read_it():
    made = sent()
    member, other = made.members[0], made.deputy
    solved = "Vụ việc được giải quyết"
    assert {number_of(page(actor), solved) for actor in (made.leader, member, made.office)} == {"6"}
    assert page(member).context["interim"] == [str(made.bloc.bloc_year.year_id)]
    assert [row.pk for row in page(member).context["units"]] == [member.unit_id]
    assert number_of(page(member, don_vi=member.unit_id), solved) == "3"
    # Another unit's numbers are not offered, and not shown when asked for.
    assert page(member, don_vi=other.unit_id).context["unit"] is None
    assert number_of(page(made.leader, don_vi=other.unit_id), solved) == "2"
    assert {row.pk for row in page(made.office).context["units"]} == {actor.unit_id for actor in made.commanders}


@pytest.mark.django_db
def test_a_stranger_sees_nothing_and_what_was_given_back_tells_nothing():
    made = sent()
    stranger = builders.bloc().leader
    answer = page(stranger, khoi=made.bloc.bloc_year.bloc_id, don_vi=made.leader.unit_id)
    assert (answer.status_code, answer.context["blocs"], answer.context["shown"]) == (200, [], [])
    bloc_reports.give_back(report(made), actor=made.office, reason="Bổ sung số liệu.")
    assert trends.of_bloc(made.leader, made.bloc.bloc_year.bloc_id) == []


@pytest.mark.django_db
def test_the_page_asks_few_questions():
    made = sent()
    address = reverse("report_trends")
    assert questions(made.office, address) <= MOST
    assert questions(made.leader, f"{address}?don-vi={made.deputy.unit_id}") <= MOST
