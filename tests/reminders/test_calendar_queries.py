"""How many questions the calendar asks of who has everything in it: documents, directives, campaigns in every phase, reports."""

import pytest
from django.urls import reverse

from emulation.organisation.actors import Actor
from tests.pages import test_home_queries as home
from tests.pages.test_queries import MOST, questions
from tests.reports import casts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper"), pytest.mark.any_database]


def of_the_office(rows: int) -> Actor:
    """Also so many blocs that report, a unit's report being mended."""
    office = home.of_the_office(rows)
    for _ in range(rows):
        made = casts.period()
        made.submit(made.members[0])
        made.give_back(made.members[0])
    return office


@pytest.mark.parametrize("rows", [1, 2])
@pytest.mark.parametrize("made_of", [of_the_office, home.of_a_leader])
def test_the_calendar_with_everything_in_it(made_of, rows):
    assert questions(made_of(rows), reverse("calendar")) == 15 <= MOST
