"""A unit's report from its first word to its acceptance: written, checked, signed, given back, late or not, and what flows from it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from blocs.domain.drafts import Conflict
from emulation.inbox import dues
from emulation.inbox.models import Notice
from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.records.models import AuditEntry
from emulation.reports.domain import material, matrix, periods, presenting, report_kind, reviewing, writing
from emulation.reports.enums import PeriodKind, ReportState
from emulation.reports.models import Report
from emulation.reports.texts import report_of
from emulation.signing.domain import rounds
from emulation.signing.models import SigningRound
from tests import builders
from tests.reports import casts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper")]
HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def test_every_unit_gets_a_report_by_the_adopted_outline():
    made = casts.period()
    assert [row.state for row in made.row.reports.all()] == [ReportState.NOT_STARTED] * 3
    assert made.row.title == f"Sơ kết 6 tháng đầu năm {clock.today().year}"
    assert Notice.objects.filter(recipient=made.members[0].user_id, text__contains="nộp báo cáo đến hết ngày").exists()


def test_a_period_is_opened_once_and_only_by_who_leads():
    made = casts.period()
    with pytest.raises(ValidationError):
        casts.period(of=made.bloc)
    with pytest.raises(Refused, match="Chỉ đơn vị khối trưởng"):
        periods.open_period(made.bloc.bloc_year, actor=made.members[0], kind=PeriodKind.FINAL, days=casts.days())


def test_without_an_adopted_outline_there_is_no_period():
    bloc = builders.bloc()
    with pytest.raises(Refused, match="Chưa có đề cương"):
        periods.open_period(bloc.bloc_year, actor=bloc.leader, kind=PeriodKind.FINAL, days=casts.days())


def test_what_is_missing_keeps_a_report_from_being_presented():
    made = casts.period()
    member = made.members[0]
    made.write(member, "Ưu điểm", "Phong trào có chuyển biến.")
    with pytest.raises(Refused, match="chỗ phải bổ sung"):
        made.present(member)
    assert made.report(member).state == ReportState.DRAFT


def test_a_signature_hands_the_report_in():
    made = casts.period()
    member = made.members[0]
    made.submit(member)
    report = made.report(member)
    assert report.state == ReportState.SUBMITTED
    assert report.days_late == 0
    version = material.signed_version(report)
    assert version is not None
    assert report_of(version.content).section(made.section("Ưu điểm")).text == "Đã thực hiện ưu điểm."
    assert report_of(version.content).sha256 == version.sha256
    assert Notice.objects.filter(recipient=made.leader.user_id, text__contains="đã ký và nộp").exists()
    with pytest.raises(Refused, match="đã nộp"):
        made.write(member, "Ưu điểm", "Sửa sau khi nộp.")


def test_two_people_in_one_section_both_keep_their_words():
    made = casts.period()
    member = made.members[0]
    report, key = made.report(member), made.section("Ưu điểm")
    writing.save_text(report, key, actor=member, seen=0, text="Người thứ nhất")
    with pytest.raises(Conflict) as conflict:
        writing.save_text(report, key, actor=member, seen=0, text="Người thứ hai")
    assert conflict.value.stored.text == "Người thứ nhất"


def test_the_plan_comes_from_the_covenant_and_the_share_is_computed():
    made = casts.period()
    member = made.members[0]
    made.figure(member, "Vụ việc được giải quyết", actual="30")
    figure = next(row for row in made.text(member).figures if row.label == "Vụ việc được giải quyết")
    assert (figure.plan, figure.actual, str(figure.percent)) == ("40", "30", "75.0")


def test_a_repair_is_not_late_and_replaces_what_was_signed():
    made = casts.period()
    member = made.members[0]
    made.submit(member)
    made.give_back(member, **{made.section("Ưu điểm"): "Nêu số liệu chứng minh."})
    report = made.report(member)
    assert (report.state, report.returned_because) == (ReportState.RETURNED, "Số liệu chưa khớp sổ theo dõi.")
    assert report.reviews.get().sections == {made.section("Ưu điểm"): "Nêu số liệu chứng minh."}
    with clock.at(clock.now() + timedelta(days=40)):
        made.write(member, "Ưu điểm", "Đã sửa.")
        made.submit(member, fill=False)
        assert made.report(member).days_late == 0
    first = SigningRound.objects.get(kind=report_kind.KIND, subject_id=report.pk, number=1)
    assert first.successor == rounds.newest(report_kind.KIND, report)


@pytest.mark.parametrize(("hour", "minute", "late"), [(23, 59, 0), (24, 0, 1)])
def test_the_due_day_ends_at_midnight_in_viet_nam(hour, minute, late):
    made = casts.period()
    member = made.members[0]
    made.fill(member)
    made.present(member)
    due = made.row.due_on
    moment = datetime(due.year, due.month, due.day, tzinfo=HERE) + timedelta(hours=hour, minutes=minute)
    with clock.at(moment):
        builders.sign(rounds.newest(report_kind.KIND, made.report(member)).slots.get(), actor=member)
    assert made.report(member).days_late == late


def test_an_extension_moves_the_day_of_one_unit():
    made = casts.period()
    member = made.members[0]
    later = made.row.due_on + timedelta(days=5)
    periods.extend(made.row, member.unit, actor=made.leader, due_on=later, reason="Tham gia chuyên án.")
    assert made.report(member).due_on == later
    assert made.report(made.leader).due_on == made.row.due_on
    with pytest.raises(Refused, match="không tự gia hạn"):
        periods.extend(made.row, made.leader.unit, actor=made.leader, due_on=later, reason="Bận.")


def test_who_had_longer_never_has_less_time_than_everybody():
    made = casts.period()
    member, row = made.members[0], made.row
    periods.extend(row, member.unit, actor=made.leader, due_on=row.due_on + timedelta(days=5), reason="Tham gia chuyên án.")
    later = row.due_on + timedelta(days=8)
    days = {"opens_on": row.opens_on, "due_on": later, "bloc_due_on": row.bloc_due_on}
    periods.set_days(made.row, actor=made.leader, days=days)
    report = made.report(member)
    board = matrix.matrix([made.row.bloc_year])
    at = [column.label for column in board.columns].index("Sơ kết")
    (due,) = [due for due in dues.of(member) if due.key == f"report:{made.pk}:{member.unit_id}"]
    (cell,) = [row.cells[at] for row in board.rows if row.seat.unit_id == member.unit_id]
    assert [report.due_on, report.period.due_of(member.unit_id), due.day, cell.due] == [later] * 4
    with clock.at(clock.now() + timedelta(days=27)):  # seven days after the first day, one before the later one
        assert made.report(member).days_late == 0


def test_nobody_receives_his_own_report():
    made = casts.period()
    made.submit(made.leader)
    with pytest.raises(Refused, match="Chỉ"):
        reviewing.accept(made.report(made.leader), actor=made.leader)
    made.accept(made.leader)
    assert made.report(made.leader).state == ReportState.ACCEPTED


def test_who_may_open_a_report():
    made = casts.period(n=4)
    first, second = made.members
    assert list(Report.objects.visible_to(first)) == [made.report(first)]
    made.submit(first)
    seen = {made.leader: True, made.deputy: True, made.office: True, second: False}
    for actor, sees in seen.items():
        assert Report.objects.visible_to(actor).filter(unit=first.unit).exists() is sees


def test_a_taken_back_report_is_written_on():
    made = casts.period()
    member = made.members[0]
    made.fill(member)
    made.present(member)
    with pytest.raises(Refused, match="chờ chỉ huy ký"):
        made.write(member, "Ưu điểm", "Sửa.")
    rounds.void(rounds.newest(report_kind.KIND, made.report(member)), actor=member, reason="Sửa lại số liệu.")
    made.write(member, "Ưu điểm", "Sửa.")
    assert made.report(member).state == ReportState.DRAFT


def test_every_act_stands_in_the_audit():
    made = casts.period()
    member = made.members[0]
    made.submit(member)
    made.accept(member)
    reviewing.reopen(made.report(member), actor=made.leader, reason="Bổ sung số liệu quý II.")
    events = set(AuditEntry.objects.filter(stream__key=made.report(member).stream).values_list("event", flat=True))
    assert events >= {"report_changed", "report_presented", "report_submitted", "report_accepted", "report_reopened"}


def test_faults_name_the_place():
    made = casts.period()
    found = presenting.faults(made.report(made.members[0]))
    assert any("Ưu điểm" in fault.words for fault in found)
    assert not any(fault.is_hint for fault in found)


def test_a_result_in_hundredths_beyond_a_hundred_is_doubted_and_may_be_signed():
    made = casts.period()
    member = made.commanders[2]
    made.fill(member)
    made.figure(member, "Tỷ lệ điều tra, khám phá án", actual=852)
    (fault,) = presenting.faults(made.report(member))
    assert fault.is_hint
    assert "trên 100" in fault.words
    made.figure(member, "Tỷ lệ điều tra, khám phá án", actual="85.2")
    assert not presenting.faults(made.report(member))
