"""What a conference came to: documents on the table, votes, directives as tasks, photographs."""

import io
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from PIL import Image

from blocs import policies
from blocs.domain import conferences, decisions, directives, photos
from blocs.domain.conference_rows import Changed
from blocs.domain.decisions import Vote
from blocs.domain.directives import Wanted
from blocs.enums import ConferenceState, VoteRule
from blocs.models import Decision, DirectiveTask, Photo
from emulation.inbox.models import Notice
from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.records.domain import documents
from emulation.records.models import AuditEntry
from tests import builders, meetings

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return builders.bloc()


@pytest.fixture
def held(cast):
    return meetings.conference(ConferenceState.HELD, of=cast)


def last_event(conference):
    return AuditEntry.objects.filter(stream__key=conference.stream).order_by("-seq")[0]


@pytest.mark.parametrize(
    ("rule", "present", "votes_for", "taken"),
    [
        (VoteRule.ALL, 8, 8, True),
        (VoteRule.ALL, 8, 7, False),
        (VoteRule.TWO_THIRDS, 6, 4, True),
        (VoteRule.TWO_THIRDS, 8, 5, False),
        (VoteRule.TWO_THIRDS, 8, 6, True),
        (VoteRule.MAJORITY, 8, 4, False),
        (VoteRule.MAJORITY, 8, 5, True),
        (VoteRule.MAJORITY, 0, 0, False),
    ],
)
def test_votes_are_counted_among_those_present(rule, present, votes_for, taken):
    assert bool(policies.rule_holds(rule, present=present, votes_for=votes_for)) is taken


class TestTable:
    def test_a_document_of_the_bloc_or_any_other(self, cast, held):
        made = builders.document("discussion", of=cast)
        item = decisions.lay(held, actor=cast.leader, document=made.row)
        decisions.lay(held, actor=cast.leader, title="Quy định tiêu chí chấm điểm")
        assert item.title == made.row.printed_title
        assert [row.order for row in held.table.all()] == [1, 2]
        with pytest.raises(ValidationError, match="đã có"):
            decisions.lay(held, actor=cast.leader, document=made.row)

    def test_not_of_another_bloc_and_not_by_members(self, cast, held):
        with pytest.raises(ValidationError, match="không thuộc khối"):
            decisions.lay(held, actor=cast.leader, document=builders.document("draft").row)
        with pytest.raises(Refused):
            decisions.lay(held, actor=cast.members[0], title="Tài liệu")

    def test_what_was_decided_about_stays(self, cast, held):
        item = decisions.lay(held, actor=cast.leader, title="Đề cương")
        other = decisions.lay(held, actor=cast.leader, title="Khác")
        decisions.decide(held, Vote("Thông qua đề cương", 3, about=item), actor=cast.leader)
        with pytest.raises(Refused, match="Đã có biểu quyết"), transaction.atomic():
            decisions.take_away(item, actor=cast.leader)
        decisions.take_away(other, actor=cast.leader)
        assert list(held.table.all()) == [item]


class TestDecisions:
    def test_votes_add_up_to_who_was_present(self, cast, held):
        made = decisions.decide(held, Vote("Thông qua giao ước", 2, 0, 1, reservations="Xã A bảo lưu"), actor=cast.leader)
        assert (made.present, made.total, decisions.is_taken(made)) == (3, 3, True)
        assert last_event(held).data["votes"] == [2, 0, 1]

    def test_not_more_voices_than_units(self, cast, held):
        with pytest.raises(ValidationError):
            decisions.decide(held, Vote("Thông qua", 4), actor=cast.leader)
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.create(conference=held, order=1, text="x", votes_for=2, present=3, total=3)

    def test_no_more_voices_than_the_roll_when_it_ends(self, cast, held):
        decisions.decide(held, Vote("Thông qua", 3), actor=cast.leader)
        meetings.call_roll(held, actor=cast.leader, absent=1)
        with pytest.raises(Refused, match="Biểu quyết số 1 ghi 3 đơn vị có mặt, nhưng phần Thành phần mới ghi nhận 2"):
            conferences.close(held, actor=cast.leader, ended_at=clock.now())
        meetings.call_roll(held, actor=cast.leader)
        assert conferences.close(held, actor=cast.leader, ended_at=clock.now()).state == ConferenceState.CLOSED

    def test_corrected_struck_and_never_from_a_stale_form(self, cast, held):
        made = decisions.decide(held, Vote("Thông qua", 3), actor=cast.leader)
        decisions.correct(made, Vote("Thông qua giao ước", 3), actor=cast.leader, seen=1)
        with pytest.raises(Changed):
            decisions.correct(made, Vote("Khác", 3), actor=cast.leader, seen=1)
        decisions.strike(made, actor=cast.leader)
        assert not held.decisions.exists()

    @pytest.mark.parametrize("state", [ConferenceState.PLANNED, ConferenceState.CLOSED])
    def test_only_while_it_is_held(self, state):
        cast = builders.bloc()
        made = meetings.conference(state, of=cast)
        with pytest.raises(Refused):
            decisions.decide(made, Vote("Thông qua", 3), actor=cast.leader)


class TestDirectives:
    def test_each_unit_has_its_task_and_is_told(self, cast, held):
        member = cast.members[0]
        due = clock.today() + timedelta(days=10)
        made = directives.give(held, Wanted("Rà soát chỉ tiêu", [member.unit_id], due), actor=cast.leader)
        assert [task.unit_id for task in made.tasks.all()] == [member.unit_id]
        assert "Rà soát chỉ tiêu" in Notice.objects.get(recipient=member.user, text__startswith="Việc theo chỉ đạo").text

    def test_a_report_says_what_was_done_and_may_be_corrected_by_the_unit(self, cast, held):
        member = cast.members[0]
        made = directives.give(held, Wanted("Rà soát", [member.unit_id]), actor=cast.leader)
        task = made.tasks.get()
        done = directives.report(task, actor=member, text="Đã rà soát 12 chỉ tiêu")
        first = done.done_at
        directives.report(task, actor=builders.staff(member.unit), text="Đã rà soát 13 chỉ tiêu")
        task.refresh_from_db()
        assert (task.report, task.done_at) == ("Đã rà soát 13 chỉ tiêu", first)
        assert last_event(held).event == "directive_reported"
        for other in (cast.leader, cast.office):
            with pytest.raises(Refused, match="đơn vị được giao"):
                directives.report(task, actor=other, text="Xong")

    def test_reporting_the_same_again_changes_nothing(self, cast, held):
        member = cast.members[0]
        task = directives.give(held, Wanted("Rà soát", [member.unit_id]), actor=cast.leader).tasks.get()
        directives.report(task, actor=member, text="Xong")
        before = AuditEntry.objects.count()
        directives.report(task, actor=member, text=" Xong ")
        assert AuditEntry.objects.count() == before

    def test_correcting_keeps_the_reports_of_units_that_stay(self, cast, held):
        one, two = cast.members[0], cast.deputies[0]
        made = directives.give(held, Wanted("Rà soát", [one.unit_id, two.unit_id]), actor=cast.leader)
        directives.report(made.tasks.get(unit=one.unit), actor=one, text="Xong")
        directives.correct(made, Wanted("Rà soát lại", [one.unit_id]), actor=cast.leader, seen=made.edits)
        assert [task.report for task in made.tasks.all()] == ["Xong"]
        with pytest.raises(Changed):
            directives.correct(made, Wanted("Khác"), actor=cast.leader, seen=1)

    def test_late_is_what_has_passed_its_day_undone(self, cast, held):
        made = directives.give(held, Wanted("Rà soát", [cast.leader.unit_id], clock.today()), actor=cast.leader)
        with clock.at(clock.now() + timedelta(days=3)):
            task = DirectiveTask.objects.select_related("directive").get(directive=made)
            assert (task.is_late, task.days_late) == (True, 3)

    @pytest.mark.parametrize(("wanted", "field"), [({"units": [0]}, "units"), ({"due": True}, "due")])
    def test_only_for_units_of_the_bloc_and_not_before_its_day(self, cast, held, wanted, field):
        values = {"due": clock.today() - timedelta(days=9)} if field == "due" else wanted
        with pytest.raises(ValidationError) as refused:
            directives.give(held, Wanted("Rà soát", **values), actor=cast.leader)
        assert list(refused.value.message_dict) == [field]

    def test_a_unit_named_twice_has_one_task(self, cast, held):
        unit = cast.members[0].unit_id
        assert directives.give(held, Wanted("Rà soát", [unit, unit]), actor=cast.leader).tasks.count() == 1

    def test_struck_with_its_tasks(self, cast, held):
        made = directives.give(held, Wanted("Nhầm", [cast.leader.unit_id]), actor=cast.leader)
        directives.strike(made, actor=cast.leader)
        assert not DirectiveTask.objects.exists()


def picture(size=(60, 40), kind="JPEG"):
    stream = io.BytesIO()
    Image.new("RGB", size, "navy").save(stream, kind)
    return stream.getvalue()


class TestPhotos:
    def test_added_twice_is_there_once_and_its_bytes_are_no_orphans(self, cast, held):
        added = photos.add(held, actor=cast.leader, data=picture(), caption="Toàn cảnh")
        assert photos.add(held, actor=cast.leader, data=picture()) == added
        assert photos.read(added, small=True).startswith(b"\xff\xd8")
        assert not {added.sha256, added.small_sha256} & set(documents.orphans())
        photos.take_away(added, actor=cast.leader)
        assert not Photo.objects.exists()

    @pytest.mark.parametrize("data", [b"", b"%PDF-1.7", picture()[:60], b"<svg/>"])
    def test_what_is_no_picture_is_refused(self, cast, held, data):
        with pytest.raises(ValidationError) as refused:
            photos.add(held, actor=cast.leader, data=data)
        assert list(refused.value.message_dict) == ["photos"]

    def test_members_add_none(self, cast, held):
        with pytest.raises(Refused):
            photos.add(held, actor=cast.members[0], data=picture())
