"""The board of obligations: each state where it belongs, late first, for those who watch; in few questions at a province's size."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from blocs.enums import DocumentState
from blocs.models import BlocYear
from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.reports.domain.matrix import ACCEPTED, DOING, DONE, LATE, WAITING, Cell, matrix
from scoring.enums import Phase
from tests import builders
from tests.pages.test_queries import questions
from tests.reports import casts
from tests.scoring import campaigns

pytestmark = pytest.mark.django_db


def board(pk: int) -> dict[tuple[int, str], Cell]:
    """Cells by unit and the words over the column."""
    found = matrix([BlocYear.objects.full().get(pk=pk)])
    return {
        (row.seat.unit_id, column.label): replace(cell, words="")
        for row in found.rows
        for column, cell in zip(found.columns, row.cells, strict=True)
        if cell
    }


def test_a_report_goes_through_its_states():
    made = casts.period()
    late, writer, done = made.leader, made.deputy, made.members[0]
    made.fill(writer)
    made.submit(done)
    pk, due = made.bloc.bloc_year.pk, made.row.due_on
    assert {unit.unit_id: board(pk)[unit.unit_id, "Sơ kết"].kind for unit in (late, writer, done)} == {
        late.unit_id: WAITING,
        writer.unit_id: DOING,
        done.unit_id: DONE,
    }
    made.accept(done)
    assert board(pk)[done.unit_id, "Sơ kết"] == Cell(ACCEPTED, due, 0, "Sơ kết")
    with clock.at(clock.now() + timedelta(days=(due - clock.today()).days + 2)):
        assert board(pk)[late.unit_id, "Sơ kết"] == Cell(LATE, due, 2, "Sơ kết")
        assert board(pk)[done.unit_id, "Sơ kết"].kind == ACCEPTED
        made.submit(late)
        assert board(pk)[late.unit_id, "Sơ kết"] == Cell(DONE, due, 2, "Sơ kết")
        assert next(iter(matrix([made.row.bloc_year]).rows)).seat.unit_id == writer.unit_id


def test_a_repair_is_not_late_and_is_being_worked_on():
    made = casts.period()
    member = made.members[0]
    made.submit(member)
    made.give_back(member)
    with clock.at(clock.now() + timedelta(days=60)):
        assert board(made.bloc.bloc_year.pk)[member.unit_id, "Sơ kết"].kind == DOING


def test_an_extension_moves_the_day_of_one_unit():
    made = casts.period()
    member = made.members[0]
    day = made.row.due_on + timedelta(days=5)
    casts.periods.extend(made.row, member.unit, actor=made.leader, due_on=day, reason="Bão số 5.")
    cells = board(made.bloc.bloc_year.pk)
    assert cells[member.unit_id, "Sơ kết"].due == day
    assert cells[made.deputy.unit_id, "Sơ kết"].due == made.row.due_on


def test_the_bloc_s_own_report_is_the_leader_s():
    made = casts.period()
    cells = board(made.bloc.bloc_year.pk)
    assert cells[made.leader.unit_id, "Sơ kết của khối"].due == made.row.bloc_due_on
    assert (made.members[0].unit_id, "Sơ kết của khối") not in cells


def test_stands_and_signatures_of_the_covenant():
    made = builders.document(DocumentState.SIGNING)
    member = made.members[0]
    builders.sign(made.slot(member), actor=member)
    cells = board(made.row.bloc_year_id)
    assert cells[member.unit_id, "Ký giao ước"].kind == ACCEPTED
    assert cells[made.leader.unit_id, "Ký giao ước"].kind == WAITING
    assert cells[member.unit_id, "Ý kiến dự thảo"].kind in (DONE, LATE, WAITING)


def test_sheets_by_their_phases():
    made = campaigns.campaign(Phase.CONSOLIDATE)
    cells = board(made.bloc.bloc_year.pk)
    member = made.members[0]
    assert cells[member.unit_id, "Tự chấm"].kind in (DONE, ACCEPTED)
    assert cells[member.unit_id, "Chấm chéo"].kind in (DONE, ACCEPTED)
    assert cells[made.leader.unit_id, "Khối chấm"].kind == WAITING
    assert (member.unit_id, "Khối chấm") not in cells


def client(actor: Actor) -> Client:
    found = Client()
    found.force_login(actor.user)
    return found


def test_the_board_of_the_province_filters_and_its_members_are_turned_away():
    made = casts.period()
    other = builders.bloc()
    address = reverse("obligations")

    def units(query: str) -> set[int]:
        return {row.seat.unit_id for row, _cells in client(made.office).get(f"{address}{query}").context["rows"]}

    member, outsider = made.members[0].unit_id, other.members[0].unit_id
    assert {member, outsider} <= units("")
    assert outsider not in units(f"?khoi={made.bloc.bloc_year.pk}")
    with clock.at(clock.now() + timedelta(days=40)):
        late = units(f"?loc=tre&nam={made.bloc.bloc_year.year_id}")
        assert member in late
        assert outsider not in late
    assert client(made.members[0]).get(address).status_code == 403
    assert client(made.members[0]).get(reverse("bloc_obligations", args=[made.bloc.bloc_year.pk])).status_code == 403
    assert client(made.leader).get(reverse("bloc_obligations", args=[made.bloc.bloc_year.pk])).status_code == 200


@pytest.mark.parametrize("n", [3, 6])
def test_the_board_asks_as_much_for_more_units(n: int) -> None:
    made = casts.period(n=n)
    campaigns.campaign(of=made.bloc)
    assert questions(made.office, reverse("obligations")) == 14
    assert questions(made.leader, reverse("bloc_obligations", args=[made.bloc.bloc_year.pk])) <= 15
