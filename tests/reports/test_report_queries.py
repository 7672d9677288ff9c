"""How many questions the pages of reports ask the database, with everything written."""

import pytest
from django.urls import reverse

from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.reports.domain import activities, province_reports, province_text
from emulation.reports.models import ProvinceReport
from tests import builders
from tests.pages.test_queries import MOST, questions
from tests.reports import casts
from tests.reports.test_province_reports import again, send, signing_round, start

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper"), pytest.mark.any_database]


def test_the_pages_of_reports_ask_few_questions() -> None:
    made = casts.period()
    member, leader = made.members[0], made.leader
    made.fill(member)
    pk = made.report(member).pk
    found = {
        "periods": questions(member, reverse("periods")),
        "period": questions(leader, reverse("period", args=[made.pk])),
        "desk": questions(member, reverse("report", args=[pk])),
        "section": questions(member, reverse("report_section", args=[pk, made.section("Ưu điểm")])),
        "head": questions(member, reverse("report_head", args=[pk])),
    }
    made.submit(member, fill=False)
    found["signed"] = questions(leader, reverse("report", args=[pk]))
    made.give_back(member)
    values = {"kind": "charity", "title": "Tặng quà", "held_on": clock.today().replace(month=1), "host": member.unit}
    activities.enter(made.bloc.bloc_year, actor=leader, values=values, units=[leader.unit_id])
    found["mended"] = questions(member, reverse("report", args=[pk]))
    found["mended section"] = questions(member, reverse("report_section", args=[pk, made.section("Ưu điểm")]))
    assert {name: asked for name, asked in found.items() if asked > MOST} == {}


def of_province(actor: Actor, report: ProvinceReport) -> list[int]:
    """What the list, the overview, a section with words and one with figures, and the home page ask."""
    sections = province_text.text_of(report).sections
    words = next(row.key for row in sections if row.heading == "Ưu điểm")
    figures = next(row.key for row in sections if row.figures)
    pages = [("province_reports", []), ("province_report", [report.pk]), ("home", [])]
    pages += [("province_report_section", [report.pk, key]) for key in (words, figures)]
    return [questions(actor, reverse(name, args=args)) for name, args in pages]


def test_a_summary_of_the_province_asks_as_much_for_two_blocs_as_for_one() -> None:
    made, leader = send(casts.period(), 3, 4, 5), builders.director()
    report = start(made)
    one = [of_province(actor, report) for actor in (made.office, leader)]
    send(casts.period(), 10, 20)
    province_reports.gather(report, actor=made.office)
    assert one == [of_province(actor, report) for actor in (made.office, leader)]
    assert one == [[6, 14, 14, 13, 13], [6, 14, 11, 13, 13]]
    # A source that moved on is compared with what it said before: one question more, however many passages it has.
    again(made, 0, 7)
    assert max(of_province(made.office, report)) <= MOST
    for moved in province_reports.DESK.moved(report):
        province_reports.DESK.settle(moved.passage, actor=made.office, version=moved.version, take=True)
    province_reports.open_signing(report, actor=made.office)
    address = reverse("province_report", args=[report.pk])
    assert [questions(actor, address) for actor in (made.office, leader)] == [9, 9]
    builders.sign(signing_round(report).slots.get(), actor=leader)
    assert [questions(actor, address) for actor in (made.office, leader, made.members[0])] == [9, 9, 10]
