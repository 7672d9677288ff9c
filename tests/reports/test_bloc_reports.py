"""The report of a bloc: gathered, edited, overtaken by its sources, checked, signed, sent, given back."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from blocs.domain.drafts import Conflict
from blocs.models import BlocYear
from emulation.inbox.models import Notice
from emulation.lib.verdict import Refused
from emulation.reports.domain import bloc_reports, bloc_signing, bloc_text, bloc_todo, reviewing, todo
from emulation.reports.enums import BlocReportState, ReportState
from emulation.reports.models import BlocReport, Passage
from emulation.signing.domain import rounds
from emulation.signing.enums import Standing
from emulation.signing.models import SigningRound
from tests import builders
from tests.reports import casts
from tests.reports.casts import PeriodCast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper")]


def client_of(actor) -> Client:
    client = Client()
    client.force_login(actor.user)
    return client


def report(made: PeriodCast) -> BlocReport:
    return BlocReport.objects.full().get(period=made.pk)


def gather(made: PeriodCast) -> None:
    bloc_reports.gather(report(made), actor=made.leader)


def passage(made: PeriodCast, heading: str, of) -> Passage:
    return Passage.objects.select_related("report").get(report__period=made.pk, section=made.section(heading), unit=of.unit)


def signing_round(made: PeriodCast) -> SigningRound:
    found = rounds.newest("bloc_report", report(made))
    assert found is not None
    return found


def send(made: PeriodCast, **given: str) -> None:
    bloc_reports.check(report(made), actor=made.deputy)
    bloc_signing.open_signing(report(made), actor=made.leader, **given)
    builders.sign(signing_round(made).slots.get(), actor=made.leader)


def test_figures_are_summed_and_who_is_missing_is_named():
    made = casts.handed_in(0, 1)
    gather(made)
    figures = {row.label: row for row in bloc_text.text_of(report(made)).figures}
    solved = figures["Vụ việc được giải quyết"]
    assert (solved.actual, solved.plan, [value for _name, value in solved.parts]) == ("3", "80", ["1", "2"])
    assert solved.missing == (made.members[0].unit.name,)
    share = figures["Tỷ lệ điều tra, khám phá án"]
    assert (share.actual, share.plan) == ("1.5", "80")


def test_what_units_wrote_is_gathered_in_the_order_of_their_seats():
    made = casts.handed_in(1, 0)
    gather(made)
    section = bloc_text.text_of(report(made)).section(made.section("Ưu điểm"))
    assert [item.heading for item in section.items] == [made.leader.unit.name, made.deputy.unit.name]


def test_a_later_report_is_added_and_edited_words_stay():
    made = casts.handed_in(0, 1)
    gather(made)
    own = passage(made, "Ưu điểm", made.deputy)
    bloc_reports.DESK.save_passage(own, actor=made.leader, seen=own.edits, values={"text": "Gọn lại.", "is_example": True})
    made.submit(made.members[0])
    gather(made)
    section = bloc_text.text_of(report(made)).section(made.section("Ưu điểm"))
    assert section.items[0].text == "Gọn lại."
    assert len(section.items) == 3
    assert "điển hình" in section.items[0].heading


def test_two_who_edit_one_passage_both_keep_their_words():
    made = casts.handed_in(0)
    gather(made)
    own = passage(made, "Ưu điểm", made.leader)
    bloc_reports.DESK.save_passage(own, actor=made.leader, seen=0, values={"text": "Thứ nhất."})
    with pytest.raises(Conflict):
        bloc_reports.DESK.save_passage(own, actor=made.leader, seen=0, values={"text": "Thứ hai."})


def test_a_source_that_moved_on_is_told_and_settled_before_signing():
    made = casts.handed_in(0, 1, 2)
    gather(made)
    member = made.members[0]
    made.give_back(member)
    made.write(member, "Ưu điểm", "Đã sửa theo ý kiến khối.")
    made.submit(member, fill=False)
    (moved,) = bloc_reports.DESK.moved(report(made))
    assert (moved.text, moved.number) == ("Đã sửa theo ý kiến khối.", 2)
    bloc_reports.check(report(made), actor=made.deputy)
    with pytest.raises(Refused, match="nguồn đã thay đổi"):
        bloc_signing.open_signing(report(made), actor=made.leader)
    bloc_reports.DESK.settle(moved.passage, actor=made.leader, version=moved.version, take=True)
    assert bloc_reports.DESK.moved(report(made)) == []
    assert passage(made, "Ưu điểm", member).text == "Đã sửa theo ý kiến khối."
    assert report(made).state == BlocReportState.DRAFT


def test_words_that_are_new_in_a_section_are_taken_in_before_signing():
    """Nothing stood there before, so no passage can have moved on."""
    made = casts.handed_in(0, 1, 2)
    gather(made)
    member, heading = made.members[0], "Các đợt thi đua"
    made.give_back(member)
    made.write(member, heading, "Đợt cao điểm quý II.")
    made.submit(member, fill=False)
    bloc_reports.check(report(made), actor=made.deputy)
    with pytest.raises(Refused, match=f"nội dung mới nộp của {member.unit.name} chưa đưa vào"):
        bloc_signing.open_signing(report(made), actor=made.leader)
    page = client_of(made.leader).get(reverse("bloc_report", args=[report(made).pk])).content.decode()
    assert "Có báo cáo mới nộp chưa đưa vào" in page
    gather(made)
    assert passage(made, heading, member).text == "Đợt cao điểm quý II."
    send(made)
    assert report(made).state == BlocReportState.SENT


def test_no_report_is_taken_back_from_under_the_signature_of_the_bloc():
    made = casts.handed_in(0, 1, 2)
    made.accept(made.deputy)
    gather(made)
    bloc_reports.check(report(made), actor=made.deputy)
    bloc_signing.open_signing(report(made), actor=made.leader)
    member = made.members[0]
    with pytest.raises(Refused, match="chờ khối trưởng ký"):
        made.give_back(member)
    with pytest.raises(Refused, match="chờ khối trưởng ký"):
        reviewing.reopen(made.report(made.deputy), actor=made.office, reason="Sai số.")
    asked = client_of(made.leader).get(reverse("report_return", args=[made.report(member).pk]))
    assert asked.status_code == 403  # before anything was typed
    rounds.void(signing_round(made), actor=made.leader, reason="Đơn vị sửa số.")
    made.give_back(member)
    assert made.report(member).state == ReportState.RETURNED


def test_signed_by_the_leader_for_the_bloc_it_goes_to_the_office_and_locks_what_it_is_made_of():
    made = casts.handed_in(0, 1, 2)
    gather(made)
    bloc_reports.DESK.save_own(report(made), made.section("Ưu điểm"), actor=made.leader, seen=0, text="Khối hoàn thành nhiệm vụ.")
    send(made)
    sent = report(made)
    assert (sent.state, sent.days_late) == (BlocReportState.SENT, 0)
    assert {row.state for row in made.row.reports.all()} == {ReportState.LOCKED}
    assert Notice.objects.filter(recipient=made.office.user_id, text__contains="ký và gửi báo cáo").exists()
    with pytest.raises(Refused, match="đã ký và gửi"):
        bloc_reports.gather(sent, actor=made.leader)
    with pytest.raises(Refused, match="cơ quan thường trực"):
        bloc_reports.give_back(sent, actor=made.deputy, reason="Sửa.")
    bloc_reports.give_back(sent, actor=made.office, reason="Bổ sung số liệu quý II.")
    send(made)
    first = SigningRound.objects.get(kind="bloc_report", subject_id=sent.pk, number=1)
    assert (first.standing, first.successor) == (Standing.REPLACED, signing_round(made))


def test_what_goes_out_with_units_missing_needs_a_reason():
    made = casts.handed_in(0, 1)
    gather(made)
    bloc_reports.check(report(made), actor=made.deputy)
    with pytest.raises(ValidationError, match="Còn thiếu báo cáo"):
        bloc_signing.open_signing(report(made), actor=made.leader)
    bloc_signing.open_signing(report(made), actor=made.leader, without_because="Đơn vị đang sáp nhập.")
    assert report(made).state == BlocReportState.SIGNING


def test_whoever_edits_has_it_checked_again():
    made = casts.handed_in(0, 1, 2)
    gather(made)
    bloc_reports.check(report(made), actor=made.deputy)
    bloc_reports.DESK.save_own(report(made), made.section("Ưu điểm"), actor=made.leader, seen=0, text="Thêm.")
    with pytest.raises(Refused, match="chưa được kiểm tra"):
        bloc_signing.open_signing(report(made), actor=made.leader)


def test_who_checks_may_give_it_back_instead():
    made = casts.handed_in(0, 1, 2)
    gather(made)
    with pytest.raises(ValidationError, match="lý do"):
        bloc_reports.give_back(report(made), actor=made.deputy, reason=" ")
    bloc_reports.give_back(report(made), actor=made.deputy, reason="Số liệu mục I chưa khớp.")
    back = report(made)
    assert (back.state, back.returned_because, back.first_sent_at) == (BlocReportState.RETURNED, "Số liệu mục I chưa khớp.", None)
    assert made.deputy.user.full_name in back.returned_label
    assert Notice.objects.filter(recipient=made.leader.user_id, text__contains="Số liệu mục I chưa khớp.").exists()
    kinds = {actor: [task.title for task in home_tasks(made, actor)] for actor in (made.leader, made.deputy)}
    assert kinds[made.leader][0].startswith("Sửa báo cáo của khối")
    assert kinds[made.deputy] == []
    with pytest.raises(Refused, match="đã trả lại"):
        bloc_reports.give_back(back, actor=made.deputy, reason="Lần nữa.")
    with pytest.raises(Refused, match="đã trả lại"):
        bloc_signing.open_signing(back, actor=made.leader)
    bloc_reports.DESK.save_own(back, made.section("Ưu điểm"), actor=made.leader, seen=0, text="Đã khớp số liệu.")
    assert report(made).state == BlocReportState.DRAFT
    send(made)
    assert (report(made).state, report(made).returned_because) == (BlocReportState.SENT, "")


def test_what_was_given_back_may_be_found_right_after_all():
    made = casts.handed_in(0, 1, 2)
    gather(made)
    bloc_reports.check(report(made), actor=made.deputy)
    bloc_reports.give_back(report(made), actor=made.deputy, reason="Sai số.")
    send(made)
    assert report(made).state == BlocReportState.SENT


def home_tasks(made: PeriodCast, actor) -> list:
    blocs = list(BlocYear.objects.full().annotate(reports=todo.at_work()))
    return bloc_todo.tasks(bloc_todo.gather(blocs, actor), actor)


def test_who_does_what():
    made = casts.handed_in(0, 1)
    with pytest.raises(Refused, match="tổng hợp"):
        bloc_reports.gather(report(made), actor=made.deputy)
    gather(made)
    with pytest.raises(Refused, match="kiểm tra"):
        bloc_reports.check(report(made), actor=made.leader)
    with pytest.raises(Refused, match="kiểm tra"):
        bloc_reports.give_back(report(made), actor=made.office, reason="Sửa.")


def test_members_see_the_report_when_it_is_sent():
    made = casts.handed_in(0, 1, 2)
    gather(made)
    seen = {made.leader: True, made.deputy: True, made.office: True, made.members[0]: False}
    assert {actor: BlocReport.objects.visible_to(actor).exists() for actor in seen} == seen
    send(made)
    assert BlocReport.objects.visible_to(made.members[0]).exists()


def test_what_comes_in_after_the_check_is_checked_again():
    made = casts.handed_in(0, 1)
    gather(made)
    bloc_reports.check(report(made), actor=made.deputy)
    made.submit(made.members[0])
    with pytest.raises(Refused, match="kiểm tra lại"):
        bloc_signing.open_signing(report(made), actor=made.leader)
    gather(made)
    assert (report(made).state, report(made).checked_label) == (BlocReportState.DRAFT, "")
    bloc_reports.check(report(made), actor=made.deputy)
    bloc_signing.open_signing(report(made), actor=made.leader)
    assert report(made).state == BlocReportState.SIGNING


def test_what_a_unit_said_waits_while_its_report_is_given_back():
    made = casts.handed_in(0, 1, 2)
    gather(made)
    member = made.members[0]
    made.give_back(member)
    section = bloc_text.text_of(report(made)).section(made.section("Ưu điểm"))
    assert member.unit.name not in [item.heading for item in section.items]
    made.submit(member, fill=False)
    section = bloc_text.text_of(report(made)).section(made.section("Ưu điểm"))
    assert member.unit.name in [item.heading for item in section.items]
    assert bloc_reports.DESK.moved(report(made)) == []


def test_words_about_what_nobody_promised_are_refused_before_they_get_lost():
    made = casts.handed_in(0)
    gather(made)
    key = made.section("Kết quả theo từng nội dung")
    with pytest.raises(Refused, match="không còn mục này"):
        bloc_reports.DESK.save_own(report(made), key, "khong-co", actor=made.leader, seen=0, text="Lời của khối.")
    item = bloc_text.text_of(report(made)).section(key).items[0].key
    bloc_reports.DESK.save_own(report(made), key, item, actor=made.leader, seen=0, text="Lời của khối.")
    assert "Lời của khối." in bloc_text.text_of(report(made)).section(key).items[0].text
