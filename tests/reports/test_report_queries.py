"""How many questions the pages of reports ask the database, with everything written."""

import pytest
from django.urls import reverse

from tests.pages.test_queries import MOST, questions
from tests.reports import casts

pytestmark = pytest.mark.django_db
# These read the whole report with all that fills it: covenant, last year, joint activities, points.
WHOLE = {"desk": 19, "section": 16}


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
    assert {name: asked for name, asked in found.items() if asked > WHOLE.get(name, MOST)} == {}
