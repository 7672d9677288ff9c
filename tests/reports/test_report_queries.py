"""How many questions the pages of reports ask the database, with everything written."""

import pytest
from django.urls import reverse

from emulation.lib import clock
from emulation.reports.domain import activities
from tests.pages.test_queries import MOST, questions
from tests.reports import casts

pytestmark = pytest.mark.django_db


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
