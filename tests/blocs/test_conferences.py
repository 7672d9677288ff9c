"""A conference from its plan to its end: who may, when, what is told, and what it leaves in the audit."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from blocs.domain import agendas, attendance, conferences
from blocs.domain.attendance import AttendanceRow
from blocs.domain.conference_rows import Changed
from blocs.enums import AttendanceRole, ConferenceKind, ConferenceState
from blocs.models import Attendance, Conference
from emulation.inbox.models import Notice
from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.records.models import AuditEntry
from tests import builders, meetings

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return builders.bloc()


def events(conference):
    return list(AuditEntry.objects.filter(stream__key=conference.stream).order_by("seq").values_list("event", flat=True))


def plan_of(cast, **changes):
    usual = conferences.usual_plan(cast.bloc_year, ConferenceKind.SIGNING, clock.now() + timedelta(days=3))
    return replace(usual, **changes)


class TestPlan:
    def test_it_starts_with_the_usual_agenda_and_everybody_on_the_roll(self, cast):
        made = conferences.plan(cast.bloc_year, ConferenceKind.SIGNING, plan_of(cast), actor=cast.leader)
        assert (made.state, made.chair_unit) == (ConferenceState.PLANNED, cast.leader.unit)
        assert made.agenda.all()[0].presenter == cast.leader.unit.name
        roll = list(made.attendance.all())
        assert [(row.unit_id, row.role) for row in roll[:2]] == [
            (builders.province().pk, AttendanceRole.CHAIR),
            (cast.leader.unit_id, AttendanceRole.CHAIR),
        ]
        assert roll[2].representative.startswith("Thượng tá ")
        assert events(made) == ["conference_planned"]

    @pytest.mark.parametrize("kind", ConferenceKind.values)
    def test_every_kind_has_a_title_and_an_agenda(self, cast, kind):
        wanted = replace(plan_of(cast), title=conferences.usual_title(cast.bloc_year, kind))
        made = conferences.plan(cast.bloc_year, kind, wanted, actor=cast.leader)
        assert str(cast.bloc_year.year_id) in made.title
        assert made.agenda.count() == len(agendas.TEMPLATES[kind])

    def test_members_and_strangers_do_not_plan(self, cast):
        for actor in (cast.members[0], builders.commander(builders.unit()), builders.staff(builders.another_office())):
            with pytest.raises(Refused, match="tổ chức hội nghị"):
                conferences.plan(cast.bloc_year, ConferenceKind.SIGNING, plan_of(cast), actor=actor)
        assert not Conference.objects.exists()

    def test_one_of_a_kind_is_planned_at_a_time(self, cast):
        conferences.plan(cast.bloc_year, ConferenceKind.SIGNING, plan_of(cast), actor=cast.leader)
        with pytest.raises(ValidationError, match="cùng loại"):
            conferences.plan(cast.bloc_year, ConferenceKind.SIGNING, plan_of(cast), actor=cast.deputies[0])
        conferences.plan(cast.bloc_year, ConferenceKind.INTERIM, plan_of(cast), actor=cast.office)

    @pytest.mark.parametrize("field", ["chair_unit", "host_unit", "secretary", "starts_at"])
    def test_host_chair_secretary_and_day_belong_to_the_bloc(self, cast, field):
        stranger = builders.commander(builders.unit())
        wrong = {"secretary": stranger.position, "starts_at": clock.now() + timedelta(days=800)}
        wanted = plan_of(cast, **{field: wrong.get(field, stranger.unit)})
        with pytest.raises(ValidationError) as refused:
            conferences.plan(cast.bloc_year, ConferenceKind.SIGNING, wanted, actor=cast.leader)
        assert list(refused.value.message_dict) == [field]


class TestChange:
    def test_another_time_is_told_to_those_who_were_invited(self, cast):
        made = conferences.plan(cast.bloc_year, ConferenceKind.SIGNING, plan_of(cast), actor=cast.leader)
        conferences.invite(made, actor=cast.leader)
        Notice.objects.all().delete()
        conferences.change(made, plan_of(cast, venue="Hội trường B"), actor=cast.leader, seen=1)
        told = Notice.objects.filter(recipient=cast.members[0].user).get()
        assert "Thay đổi thời gian, địa điểm" in told.text
        assert "Hội trường B" in told.text
        assert events(made)[-1] == "conference_changed"

    def test_a_stale_form_is_not_written(self, cast):
        made = conferences.plan(cast.bloc_year, ConferenceKind.SIGNING, plan_of(cast), actor=cast.leader)
        conferences.change(made, plan_of(cast, venue="A"), actor=cast.leader, seen=1)
        with pytest.raises(Changed) as changed:
            conferences.change(made, plan_of(cast, venue="B"), actor=cast.deputies[0], seen=1)
        assert changed.value.stored.venue == "A"

    def test_the_secretary_changes_it_too_and_nobody_after_its_end(self, cast):
        made = meetings.conference(of=cast)
        secretary = next(row for row in [made.secretary])
        actor = builders.again(builders.Actor(secretary.person, secretary))
        agendas.add(made, actor=actor, title="Văn nghệ chào mừng")
        closed = meetings.conference(ConferenceState.CLOSED)
        leader = builders.commander(closed.chair_unit)
        with pytest.raises(Refused, match="đã kết thúc"):
            agendas.add(closed, actor=leader, title="Muộn")


class TestInvite:
    def test_every_unit_is_told_once(self, cast):
        made = meetings.conference(of=cast, days=2)
        conferences.invite(made, actor=cast.leader)
        conferences.invite(made, actor=cast.leader)
        told = Notice.objects.filter(text__startswith="Giấy mời dự hội nghị ký giao ước")
        assert {notice.recipient_id for notice in told} >= {cast.deputies[0].user_id, cast.members[0].user_id}
        assert told.filter(recipient=cast.members[0].user).count() == 1
        assert events(made).count("conference_invited") == 1

    def test_not_by_members_and_not_when_it_was_held(self, cast):
        made = meetings.conference(of=cast)
        with pytest.raises(Refused):
            conferences.invite(made, actor=cast.members[0])
        conferences.hold(made, actor=cast.leader)
        with pytest.raises(Refused, match="đã họp"):
            conferences.invite(made, actor=cast.leader)


class TestCallOff:
    def test_it_goes_with_what_was_prepared_and_those_invited_are_told_why(self, cast):
        made = meetings.conference(of=cast, days=2)
        stream = made.stream
        conferences.invite(made, actor=cast.leader)
        conferences.call_off(made, actor=cast.leader, reason="Trùng lịch họp của Công an tỉnh")
        assert not Conference.objects.exists()
        assert Notice.objects.filter(recipient=cast.members[0].user, text__contains="Trùng lịch họp").count() == 1
        last = AuditEntry.objects.filter(stream__key=stream).order_by("-seq")[0]
        assert (last.event, last.data["reason"]) == ("conference_called_off", "Trùng lịch họp của Công an tỉnh")

    def test_not_without_a_reason_and_not_once_it_was_held(self, cast):
        made = meetings.conference(of=cast)
        with pytest.raises(Refused, match="lý do"):
            conferences.call_off(made, actor=cast.leader, reason=" ")
        conferences.hold(made, actor=cast.leader)
        with pytest.raises(Refused):
            conferences.call_off(made, actor=cast.leader, reason="Nhầm")


class TestHoldAndClose:
    def test_not_before_its_day(self, cast):
        made = meetings.conference(of=cast, days=2)
        with pytest.raises(Refused, match="Chưa đến ngày họp"):
            conferences.hold(made, actor=cast.leader)

    def test_held_twice_is_held_once(self, cast):
        made = meetings.conference(of=cast)
        conferences.hold(made, actor=cast.leader)
        conferences.hold(made, actor=cast.leader)
        assert events(made).count("conference_held") == 1

    @pytest.mark.parametrize(("units", "absent", "enough"), [(3, 1, True), (3, 2, False), (4, 2, False), (4, 1, True)])
    def test_without_more_than_half_of_the_units_it_cannot_be_concluded(self, units, absent, enough):
        cast = builders.bloc(units)
        made = meetings.conference(of=cast)
        conferences.hold(made, actor=cast.leader)
        meetings.call_roll(made, actor=cast.leader, absent=absent)
        if enough:
            assert conferences.close(made, actor=cast.leader, ended_at=clock.now()).state == ConferenceState.CLOSED
            return
        with pytest.raises(Refused, match=f"{units - absent}/{units} đơn vị có mặt, chưa quá nửa"):
            conferences.close(made, actor=cast.leader, ended_at=clock.now())
        assert Conference.objects.get().state == ConferenceState.HELD

    @pytest.mark.parametrize("hours", [-5, 5])
    def test_its_end_lies_after_its_beginning_and_not_ahead(self, cast, hours):
        made = meetings.conference(ConferenceState.HELD, of=cast)
        with pytest.raises(ValidationError) as refused:
            conferences.close(made, actor=cast.leader, ended_at=clock.now() + timedelta(hours=hours))
        assert list(refused.value.message_dict) == ["ended_at"]

    def test_what_was_recorded_can_be_corrected_afterwards(self, cast):
        made = meetings.conference(ConferenceState.CLOSED, of=cast)
        with pytest.raises(Refused):
            conferences.reopen(made, actor=cast.members[0])
        assert conferences.reopen(made, actor=cast.deputies[0]).state == ConferenceState.HELD
        with pytest.raises(Refused, match="chưa kết thúc"):
            conferences.reopen(made, actor=cast.deputies[0])
        assert events(made)[-2:] == ["conference_closed", "conference_reopened"]

    def test_an_impossible_end_is_refused_by_the_database(self, cast):
        made = meetings.conference(ConferenceState.CLOSED, of=cast)
        with pytest.raises(IntegrityError), transaction.atomic():
            Conference.objects.filter(pk=made.pk).update(ended_at=made.starts_at)


class TestAgenda:
    def test_items_are_added_changed_moved_and_taken_out(self, cast):
        made = meetings.conference(of=cast)
        item = agendas.add(made, actor=cast.leader, title="Văn nghệ", minutes=5)
        agendas.move(item, actor=cast.leader, by=-1)
        item.refresh_from_db()
        assert item.order == made.agenda.count() - 1
        agendas.change(item, actor=cast.leader, seen=item.edits, title="Văn nghệ chào mừng", presenter="Đoàn Thanh niên")
        with pytest.raises(Changed):
            agendas.change(item, actor=cast.leader, seen=1, title="Khác")
        agendas.remove(item, actor=cast.leader)
        orders = list(made.agenda.values_list("order", flat=True))
        assert orders == list(range(1, len(orders) + 1))

    def test_moving_past_an_end_changes_nothing(self, cast):
        made = meetings.conference(of=cast)
        first = made.agenda.first()
        before = events(made)
        agendas.move(first, actor=cast.leader, by=-1)
        assert events(made) == before

    def test_times_are_known_as_long_as_all_before_say_how_long_they_take(self, cast):
        made = meetings.conference(of=cast)
        third = made.agenda.all()[2]
        agendas.change(third, actor=cast.leader, seen=0, title=third.title)
        times = [time for time, _item in agendas.times(Conference.objects.get(pk=made.pk))]
        assert times[1] == made.starts_at + timedelta(minutes=10)
        assert times[3] is None

    def test_a_cluster_is_not_called_a_bloc(self):
        cast = builders.bloc(word="cum")
        made = meetings.conference(of=cast)
        assert "khối" not in " ".join(item.title for item in made.agenda.all())


class TestRoll:
    def test_two_people_call_the_roll_from_two_ends(self, cast):
        made = meetings.conference(of=cast)
        first, *_others, last = made.attendance.order_by("order")
        attendance.record(made, [AttendanceRow(first.pk, is_present=True)], actor=cast.leader)
        attendance.record(made, [AttendanceRow(last.pk, is_present=False, reason="Ốm")], actor=cast.office)
        assert [Attendance.objects.get(pk=row.pk).is_present for row in (first, last)] == [True, False]
        assert events(made)[-2:] == ["attendance_recorded"] * 2

    def test_guests_come_and_go(self, cast):
        made = meetings.conference(of=cast)
        attendance.record(made, [AttendanceRow(None, body="Báo Quảng Bình", role="guest", is_present=True)], actor=cast.leader)
        guest = made.attendance.get(body="Báo Quảng Bình")
        attendance.record(made, [AttendanceRow(guest.pk)], actor=cast.leader)
        assert not made.attendance.filter(pk=guest.pk).exists()
        said = AuditEntry.objects.filter(stream__key=made.stream).order_by("-seq")[0].data["rows"]
        assert said == [{"removed": guest.pk, "who": ["Báo Quảng Bình", ""]}]

    def test_guests_make_no_quorum(self, cast):
        made = meetings.conference(of=cast)
        rows = [AttendanceRow(None, body=f"Cơ quan {n}", is_present=True) for n in range(5)]
        attendance.record(made, rows, actor=cast.leader)
        assert attendance.present_units(made) == set()
        assert not attendance.quorum(made)

    def test_who_is_absent_has_a_reason(self, cast):
        made = meetings.conference(of=cast)
        row = made.attendance.first()
        with pytest.raises(ValidationError, match="lý do vắng"):
            attendance.record(made, [AttendanceRow(row.pk, is_present=False)], actor=cast.leader)

    def test_members_do_not_call_it(self, cast):
        made = meetings.conference(of=cast)
        with pytest.raises(Refused):
            attendance.record(made, [], actor=cast.members[0])
