"""Blocs: formed and changed by their office, one leader, no more deputies than allowed, also against the database itself."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction

from blocs.domain import blocs
from blocs.domain.blocs import SeatPlan
from blocs.enums import BlocWord, DocumentState, SeatRole
from blocs.models import Bloc, BlocDocument, BlocYear, Seat, Year
from emulation.inbox.models import Notice
from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.records.events import Event
from emulation.records.models import AuditEntry
from tests import builders

pytestmark = pytest.mark.django_db

YEAR = clock.today().year
LEADER, DEPUTY, MEMBER = SeatRole.LEADER, SeatRole.DEPUTY, SeatRole.MEMBER


@pytest.fixture
def office():
    return builders.staff(builders.office())


def seats(*roles):
    return [SeatPlan(builders.unit(), role) for role in roles]


def form(office, *roles, year=YEAR, **more):
    return blocs.form(year, builders.plan(seats(*roles), **more), actor=office)


def roles(bloc_year):
    return [seat.role for seat in BlocYear.objects.get(pk=bloc_year.pk).ordered_seats]


def events(bloc_year):
    return list(AuditEntry.objects.filter(stream__key=f"bloc:{bloc_year.pk}").order_by("seq").values_list("event", flat=True))


class TestForm:
    def test_a_bloc_has_its_seats_in_the_order_of_the_decision(self, office):
        bloc_year = form(office, MEMBER, LEADER, DEPUTY, name="Công an các phường")
        assert [seat.order for seat in bloc_year.ordered_seats] == [1, 2, 3]
        assert roles(bloc_year) == [MEMBER, LEADER, DEPUTY]
        assert bloc_year.leader_seat == bloc_year.leader
        assert bloc_year.leader.order == 2
        assert bloc_year.standing_office == office.unit
        assert bloc_year.full_name == "Khối thi đua Công an các phường"
        assert str(bloc_year) == f"Khối thi đua Công an các phường năm {YEAR}"
        assert events(bloc_year) == [Event.BLOC_FORMED]

    def test_its_units_are_told(self, office):
        cast = builders.bloc()
        staff = builders.staff(cast.leader.unit)
        plan = builders.plan([SeatPlan(cast.leader.unit, LEADER), *seats(MEMBER, MEMBER)], name="Khối hai")
        blocs.form(YEAR, plan, actor=office)
        assert Notice.objects.filter(recipient=staff.user, text__contains="Khối hai").count() == 1

    def test_the_bloc_has_its_word_for_roles(self, office):
        names = {}
        for word in BlocWord.values:
            bloc_year = form(office, LEADER, DEPUTY, MEMBER, word=word)
            names[word] = [seat.role_name for seat in bloc_year.ordered_seats]
        assert names == {"khoi": ["Khối trưởng", "Khối phó", "Thành viên"], "cum": ["Cụm trưởng", "Cụm phó", "Thành viên"]}

    def test_only_an_office_forms_a_bloc(self):
        unit = builders.unit()
        for actor in (builders.commander(unit), builders.staff(unit), builders.director(), builders.administrator()):
            with pytest.raises(Refused, match="cơ quan thường trực"):
                form(actor, LEADER, MEMBER, MEMBER)
        assert Seat.objects.count() == BlocYear.objects.count() == 0

    @pytest.mark.parametrize(
        ("chosen", "said"),
        [
            ([LEADER, MEMBER], "từ 3 đến 20"),
            ([LEADER, *[MEMBER] * 20], "từ 3 đến 20"),
            ([MEMBER, MEMBER, MEMBER], "đúng một"),
            ([LEADER, LEADER, MEMBER], "đúng một"),
            ([LEADER, DEPUTY, DEPUTY], "nhiều nhất 1 khối phó"),
        ],
    )
    def test_an_impossible_composition_is_refused_with_its_reason(self, office, chosen, said):
        with pytest.raises(ValidationError, match=said):
            form(office, *chosen)
        assert BlocYear.objects.count() == 0

    def test_a_unit_sits_once(self, office):
        unit = builders.unit()
        plan = builders.plan([SeatPlan(unit, LEADER), SeatPlan(unit), *seats(MEMBER)])
        with pytest.raises(ValidationError, match="hai lần"):
            blocs.form(YEAR, plan, actor=office)

    @pytest.mark.parametrize("year", [1999, 2101])
    def test_a_year_is_plausible(self, office, year):
        with pytest.raises(ValidationError, match="2000 đến 2100"):
            form(office, LEADER, MEMBER, MEMBER, year=year)

    def test_the_same_bloc_goes_on_in_the_next_year_and_once_only(self, office):
        first = form(office, LEADER, MEMBER, MEMBER)
        again = blocs.form(YEAR + 1, builders.plan(seats(LEADER, MEMBER, MEMBER)), actor=office, bloc=first.bloc)
        assert again.bloc == first.bloc
        assert Year.objects.count() == 2
        with pytest.raises(ValidationError, match="đã được lập"):
            blocs.form(YEAR, builders.plan(seats(LEADER, MEMBER, MEMBER)), actor=office, bloc=first.bloc)
        assert BlocYear.objects.count() == 2
        assert str(first.bloc) == f"khối {first.bloc.pk}"


class TestChange:
    def test_everything_of_the_decision_can_be_replaced(self, office):
        bloc_year = form(office, LEADER, DEPUTY, MEMBER)
        plan = builders.plan(seats(MEMBER, DEPUTY, DEPUTY, LEADER), deputies=2, name="Tên khác")
        changed = blocs.change(bloc_year, plan, actor=office)
        assert roles(changed) == [MEMBER, DEPUTY, DEPUTY, LEADER]
        assert changed.name == "Tên khác"
        assert Seat.objects.count() == 4
        assert [seat.deputy_number for seat in changed.ordered_seats] == [None, 1, 2, None]
        assert events(bloc_year) == [Event.BLOC_FORMED, Event.BLOC_CHANGED]
        entry = AuditEntry.objects.get(event=Event.BLOC_CHANGED)
        assert (len(entry.data["before"]), len(entry.data["after"])) == (3, 4)

    def test_the_leader_can_swap_with_a_member(self, office):
        first, second, third = seats(LEADER, MEMBER, MEMBER)
        bloc_year = blocs.form(YEAR, builders.plan([first, second, third]), actor=office)
        swapped = [SeatPlan(first.unit), SeatPlan(second.unit, LEADER), third]
        assert blocs.change(bloc_year, builders.plan(swapped), actor=office).leader.unit == second.unit

    def test_an_impossible_change_changes_nothing(self, office):
        bloc_year = form(office, LEADER, DEPUTY, MEMBER)
        with pytest.raises(ValidationError):
            blocs.change(bloc_year, builders.plan(seats(LEADER, LEADER, MEMBER)), actor=office)
        assert roles(bloc_year) == [LEADER, DEPUTY, MEMBER]
        assert events(bloc_year) == [Event.BLOC_FORMED]

    def test_another_office_does_not_change_it(self, office):
        bloc_year = form(office, LEADER, DEPUTY, MEMBER)
        plan = builders.plan(seats(LEADER, MEMBER, MEMBER))
        with pytest.raises(Refused, match="cơ quan thường trực khác"):
            blocs.change(bloc_year, plan, actor=builders.staff(builders.another_office()))
        with pytest.raises(Refused):
            blocs.change(bloc_year, plan, actor=builders.commander(bloc_year.leader.unit))

    @pytest.mark.parametrize(
        ("state", "allowed"),
        [
            (DocumentState.DRAFT, True),
            (DocumentState.DISCUSSION, True),
            (DocumentState.ADOPTED, False),
            (DocumentState.SIGNING, False),
            (DocumentState.SIGNED, False),
        ],
    )
    def test_what_the_units_have_agreed_is_not_given_to_other_units(self, state, allowed):
        made = builders.document(state)
        plan = builders.plan(seats(LEADER, MEMBER, MEMBER))
        if allowed:
            assert roles(blocs.change(made.bloc.bloc_year, plan, actor=made.office)) == [LEADER, MEMBER, MEMBER]
            return
        with pytest.raises(Refused):
            blocs.change(made.bloc.bloc_year, plan, actor=made.office)


class TestDatabase:
    """What holds even when something writes rows without asking."""

    def seat(self, bloc_year, role, *, order=9, deputy_number=None, unit=None):
        return Seat.objects.create(
            bloc_year=bloc_year, unit=unit or builders.unit(), role=role, order=order, deputy_number=deputy_number
        )

    @pytest.mark.parametrize(
        "row",
        [
            {"role": LEADER},
            {"role": MEMBER, "order": 1},
            {"role": DEPUTY, "deputy_number": 1},
            {"role": DEPUTY, "deputy_number": 2},
            {"role": DEPUTY, "deputy_number": 4},
            {"role": DEPUTY},
            {"role": MEMBER, "deputy_number": 2},
        ],
    )
    def test_an_impossible_seat_is_refused(self, office, row):
        bloc_year = form(office, LEADER, DEPUTY, MEMBER)
        with pytest.raises(DatabaseError), transaction.atomic():
            self.seat(bloc_year, **row)
        assert roles(bloc_year) == [LEADER, DEPUTY, MEMBER]

    def test_a_unit_sits_once(self, office):
        bloc_year = form(office, LEADER, DEPUTY, MEMBER)
        with pytest.raises(IntegrityError), transaction.atomic():
            self.seat(bloc_year, MEMBER, unit=bloc_year.leader.unit)

    def test_a_member_cannot_be_made_a_deputy_too_many(self, office):
        bloc_year = form(office, LEADER, DEPUTY, MEMBER)
        with pytest.raises(DatabaseError, match="too many deputies"), transaction.atomic():
            bloc_year.seats.filter(role=MEMBER).update(role=DEPUTY, deputy_number=2)

    def test_a_bloc_cannot_be_without_its_leaders_seat(self, office):
        bloc = Bloc.objects.create(standing_office=office.unit)
        Year.objects.get_or_create(number=YEAR)
        row = BlocYear(bloc=bloc, year_id=YEAR, name="x", decision_number="1", decision_date=clock.today())
        row.leader_seat_id = uuid.uuid4()

        def save_and_commit():
            with transaction.atomic():
                row.save()
                connection.check_constraints()

        with pytest.raises(IntegrityError):
            save_and_commit()


class TestVisibility:
    def test_who_sees_a_bloc(self, office):
        cast = builders.bloc()
        seen = {
            "its office": cast.office,
            "its leader": cast.leader,
            "staff of a member": builders.staff(cast.members[0].unit),
            "the director": builders.director(),
            "another office": builders.staff(builders.another_office()),
            "a stranger": builders.commander(builders.unit()),
            "an administrator": builders.administrator(),
            "nobody": None,
        }
        found = {who: cast.bloc_year in BlocYear.objects.visible_to(actor) for who, actor in seen.items()}
        expected = {"its office", "its leader", "staff of a member", "the director"}
        assert {who for who, sees in found.items() if sees} == expected

    def test_who_sees_a_first_draft(self):
        made = builders.document()
        seen = [made.office, made.leader, made.deputy, builders.director()]
        assert all(made.row in BlocDocument.objects.visible_to(actor) for actor in seen)
        assert made.row not in BlocDocument.objects.visible_to(made.members[0])
        builders.publish(made)
        assert made.row in BlocDocument.objects.visible_to(made.members[0])
        assert BlocDocument.objects.visible_to(None).count() == 0

    def test_many_blocs_cost_as_many_queries_as_one(self, office, django_assert_num_queries):
        counts = []
        for number in (1, 3):
            while BlocYear.objects.count() < number:
                form(office, LEADER, DEPUTY, MEMBER)
            with django_assert_num_queries(3):
                rows = list(BlocYear.objects.visible_to(office).full())
                counts.append([[seat.unit.name for seat in row.ordered_seats] for row in rows])
        assert [len(rows) for rows in counts] == [1, 3]
