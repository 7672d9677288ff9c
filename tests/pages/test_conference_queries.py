"""How many questions the pages of a conference ask: as many for six units and three rows as for three units and one."""

import pytest
from django.urls import reverse

from blocs.domain import conferences, decisions, directives, minutes
from blocs.domain.decisions import Vote
from blocs.domain.directives import Wanted
from blocs.enums import ConferenceState
from emulation.lib import clock
from tests import builders, meetings
from tests.pages.test_queries import MOST, questions

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def held(units: int):
    cast = builders.bloc(units)
    made = meetings.conference(ConferenceState.HELD, of=cast)
    everybody = [seat.unit_id for seat in cast.bloc_year.ordered_seats]
    for number in range(units // 3):
        item = decisions.lay(made, actor=cast.leader, title=f"Tài liệu {number}")
        decisions.decide(made, Vote(f"Thông qua {number}", units, about=item), actor=cast.leader)
        directives.give(made, Wanted(f"Việc {number}", everybody, clock.today()), actor=cast.leader)
    return cast, made


@pytest.mark.parametrize("units", [3, 6])
@pytest.mark.parametrize("section", ["chuong-trinh", "thanh-phan", "tai-lieu", "bieu-quyet", "chi-dao", "anh"])
def test_a_section_asks_as_much_for_six_units_as_for_three(section, units):
    cast, made = held(units)
    assert questions(cast.leader, f"{reverse('conference', args=[made.pk])}?phan={section}") == _NUMBERS[section] <= MOST


_NUMBERS = {"chuong-trinh": 9, "thanh-phan": 9, "tai-lieu": 11, "bieu-quyet": 11, "chi-dao": 11, "anh": 10}


@pytest.mark.parametrize("units", [3, 6])
def test_the_home_page_of_who_has_to_do_something(units):
    cast, _made = held(units)
    assert questions(cast.members[0], reverse("home")) == 10 <= MOST


@pytest.mark.parametrize("units", [3, 6])
def test_the_pages_of_minutes_and_the_home_page_of_who_signs_them(units):
    builders.demonstration()
    cast, made = held(units)
    conferences.close(made, actor=cast.leader, ended_at=clock.now())
    page, sign = reverse("minutes", args=[made.pk]), reverse("minutes_sign", args=[made.pk])
    drafted = minutes.draft(made, actor=cast.leader)
    assert questions(cast.leader, page) == 11 <= MOST
    minutes.open_signing(drafted, actor=cast.leader)
    assert [questions(cast.leader, path) for path in (page, sign, reverse("home"))] == [10, 11, 11]


@pytest.mark.parametrize("units", [3, 6])
def test_the_page_of_a_bloc_with_a_conference(units):
    cast, _made = held(units)
    assert questions(cast.leader, reverse("bloc", args=[cast.bloc_year.pk])) == 10 <= MOST
