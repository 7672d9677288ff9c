"""A province's summary: made of what blocs sent, edited, overtaken by its sources, signed by a provincial leader, mended."""

import random
from decimal import Decimal

import pytest
from django.urls import reverse

from blocs.domain.drafts import Conflict
from blocs.models import BlocYear
from emulation.inbox.models import Notice
from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.organisation.domain import units
from emulation.reports.documents.compared import compared
from emulation.reports.domain import bloc_reports, bloc_signing, province_reports, province_text, reviewing
from emulation.reports.domain.bloc_report_kind import KIND as BLOC_KIND
from emulation.reports.domain.province_kind import KIND
from emulation.reports.enums import ProvinceReportState
from emulation.reports.models import BlocReport, ProvinceReport
from emulation.signing.domain import rounds
from emulation.signing.enums import Standing
from emulation.signing.models import SigningRound
from tests import builders, snapshots
from tests.builders import LONG_AGO
from tests.reports import casts
from tests.reports.casts import PeriodCast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper")]
SOLVED = "Vụ việc được giải quyết"


def send(made: PeriodCast, *numbers: int) -> PeriodCast:
    """The first units of a bloc hand in these numbers, and the bloc sends its report."""
    for actor, number in zip(made.commanders, numbers, strict=False):
        made.fill(actor, number=number)
        made.submit(actor, fill=False)
    return of_bloc(made)


def of_bloc(made: PeriodCast) -> PeriodCast:
    report = BlocReport.objects.full().get(period=made.pk)
    bloc_reports.gather(report, actor=made.leader)
    bloc_reports.check(report, actor=made.deputy)
    bloc_signing.open_signing(report, actor=made.leader, without_because="Đơn vị đang sáp nhập.")
    signing_round = rounds.newest(BLOC_KIND, report)
    assert signing_round is not None
    builders.sign(signing_round.slots.get(), actor=made.leader)
    return made


@pytest.mark.parametrize("year", ["9" * 5000, "²", "-1", "", "1" * 30])
def test_a_year_that_is_none_has_no_summary(year, client):
    made = casts.period()
    client.force_login(made.office.user)
    assert client.post(reverse("province_report_start"), {"year": year, "kind": "interim"}).status_code == 404


def again(made: PeriodCast, place: int, number: int) -> None:
    """The bloc's report is given back, one unit mends its own, and the bloc sends anew."""
    report = BlocReport.objects.full().get(period=made.pk)
    bloc_reports.give_back(report, actor=made.office, reason="Bổ sung số liệu.")
    actor = made.commanders[place]
    reviewing.reopen(made.report(actor), actor=made.office, reason="Bổ sung số liệu.")
    made.figure(actor, SOLVED, actual=number)
    made.submit(actor, fill=False)
    of_bloc(made)


def start(made: PeriodCast) -> ProvinceReport:
    row = made.row
    return province_reports.start(row.bloc_year.year_id, row.kind, actor=made.office)


def figure(report: ProvinceReport, label: str = SOLVED):
    return next(row for row in province_text.text_of(report).figures if row.label == label)


def signing_round(report: ProvinceReport) -> SigningRound:
    found = rounds.newest(KIND, report)
    assert found is not None
    return found


def sign(report: ProvinceReport, made: PeriodCast, by=None) -> None:
    leader = by or builders.director()
    province_reports.open_signing(report, actor=made.office)
    builders.sign(signing_round(report).slots.get(), actor=leader)


@snapshots.once
def two_blocs() -> tuple[PeriodCast, PeriodCast]:
    """Two blocs of one province, of which the second sends with a unit missing."""
    return send(casts.period(), 3, 4, 5), send(casts.period(), 10, 20)


@pytest.fixture
def two() -> tuple[PeriodCast, PeriodCast]:
    return two_blocs()


def test_figures_are_those_of_all_units_with_a_part_for_each_bloc(two):
    report = start(two[0])
    solved = figure(report)
    assert (solved.actual, [value for _name, value in solved.parts]) == ("42", ["12", "30"])
    share = figure(report, "Tỷ lệ điều tra, khám phá án")
    assert share.actual == "8.4"  # of five units, not of two averages
    assert two[1].members[0].unit.name in solved.missing


def test_it_begins_with_place_addressee_and_recipients(two):
    report = start(two[0])
    assert report.place == report.province.short_name_on(clock.today())
    text = province_text.text_of(report)
    assert text.addressed_to[0].startswith("Bộ Công an")
    assert text.recipients[0] == "Như trên"


def test_blocs_of_one_name_are_told_apart(two):
    for made in two:
        BlocYear.objects.filter(pk=made.bloc.bloc_year.pk).update(name="Công an các xã")
    report = start(two[0])
    name = BlocYear.objects.get(pk=two[0].bloc.bloc_year.pk).full_name
    assert figure(report).parts == ((name, "12"), (f"{name} (2)", "30"))
    side_by_side = compared(province_text.text_of(report))
    assert side_by_side is not None
    assert list(side_by_side.units) == [name, f"{name} (2)"]


def test_who_is_missing_is_said_plainly(two):
    third = casts.period()
    text = province_text.text_of(start(two[0]))
    said = text.sections[-1].text
    assert "2/3 khối" in said
    assert f"Chưa có báo cáo của khối: {third.bloc.bloc_year.full_name}" in said
    assert two[1].members[0].unit.name in said
    assert f"Báo cáo của {two[1].bloc.bloc_year.full_name} (2) chưa có số liệu của" in said  # of one name with the first
    assert said.count("chưa có số liệu của") == 1


def test_blocs_words_stand_under_one_heading(two):
    report = start(two[0])
    section = next(row for row in province_text.text_of(report).sections if row.heading == "Ưu điểm")
    assert [item.heading for item in section.items] == [made.bloc.bloc_year.full_name for made in two]
    assert two[0].leader.unit.name in section.items[0].text


def test_a_bloc_that_sent_anew_is_told_and_settled_before_signing(two):
    report = start(two[0])
    made = two[0]
    bloc = BlocReport.objects.full().get(period=made.pk)
    bloc_reports.give_back(bloc, actor=made.office, reason="Viết rõ hơn.")
    bloc_reports.DESK.save_own(bloc, made.section("Ưu điểm"), actor=made.leader, seen=0, text="Khối vượt chỉ tiêu.")
    of_bloc(made)
    (moved,) = province_reports.DESK.moved(report)
    assert (moved.text.startswith("Khối vượt chỉ tiêu."), moved.number) == (True, 2)
    with pytest.raises(Refused, match="nguồn đã thay đổi"):
        province_reports.open_signing(report, actor=made.office)
    province_reports.DESK.settle(moved.passage, actor=made.office, version=moved.version, take=True)
    assert province_reports.DESK.moved(report) == []
    sign(report, made)


def test_two_who_edit_one_passage_both_keep_their_words(two):
    passage = start(two[0]).passages.first()
    province_reports.DESK.save_passage(passage, actor=two[0].office, seen=0, values={"text": "Thứ nhất.", "is_example": True})
    with pytest.raises(Conflict):
        province_reports.DESK.save_passage(passage, actor=two[0].office, seen=0, values={"text": "Thứ hai."})


def test_a_leader_signs_it_and_every_unit_of_the_province_may_read_it_then(two):
    made = two[0]
    report, leader = start(made), builders.director()
    member = made.members[0]
    assert not ProvinceReport.objects.visible_to(member).exists()
    sign(report, made, by=leader)
    report.refresh_from_db()
    assert report.state == ProvinceReportState.SIGNED
    assert ProvinceReport.objects.visible_to(member).get() == report
    assert Notice.objects.filter(recipient=leader.user_id, text__contains="chờ lãnh đạo").exists()
    assert Notice.objects.filter(recipient=member.user_id, text__contains="các khối thi đua").exists()
    with pytest.raises(Refused, match="mở lại"):
        province_reports.gather(report, actor=made.office)
    province_reports.reopen(report, actor=made.office, reason="Sai số liệu.")
    assert not ProvinceReport.objects.visible_to(member).exists()
    sign(report, made, by=leader)
    first = SigningRound.objects.get(kind=KIND, subject_id=report.pk, number=1)
    assert (first.standing, first.successor) == (Standing.REPLACED, signing_round(report))


def test_nothing_is_opened_for_signing_before_a_bloc_has_sent():
    made = casts.period()
    with pytest.raises(Refused, match="Chưa khối nào"):
        province_reports.open_signing(start(made), actor=made.office)


def test_there_is_one_for_a_kind_and_year(two):
    assert start(two[0]) == start(two[1])
    with pytest.raises(Refused, match="Chưa khối nào"):
        province_reports.start(two[0].row.bloc_year.year_id, "final", actor=two[0].office)
    with pytest.raises(Refused, match="cơ quan thường trực"):
        province_reports.start(two[0].row.bloc_year.year_id, "interim", actor=two[0].leader)


def test_sums_are_those_of_the_units_whatever_the_order_of_sending_and_mending():
    dice = random.Random(20201231)
    blocs = [casts.period() for _ in range(3)]
    numbers = {(at, place): dice.randint(0, 99) for at in range(3) for place in range(3)}
    for at in dice.sample(range(3), 3):
        send(blocs[at], *(numbers[at, place] for place in range(3)))
        report = start(blocs[at])
    for _ in range(3):
        at, place = dice.randrange(3), dice.randrange(3)
        numbers[at, place] = dice.randint(0, 99)
        again(blocs[at], place, numbers[at, place])
        province_reports.gather(report, actor=blocs[0].office)
        solved = figure(report)
        assert Decimal(solved.actual) == sum(numbers.values())
        assert [int(value) for _name, value in solved.parts] == [sum(numbers[one, two] for two in range(3)) for one in range(3)]


class TestPages:
    def test_units_are_told_that_what_they_have_read_is_being_mended(self, client, two):
        made, leader = two[0], builders.director()
        report = start(made)
        page = reverse("province_report", args=[report.pk])
        client.force_login(made.members[0].user)
        assert client.get(page).status_code == 404
        sign(report, made, by=leader)
        assert client.get(page).status_code == 200
        province_reports.reopen(report, actor=made.office, reason="Sai số liệu.")
        refused = client.get(page)
        assert refused.status_code == 403
        said = refused.content.decode()
        assert "đang được mở lại để sửa" in said
        assert "Sai số liệu" not in said
        client.force_login(made.office.user)
        signed = reverse("province_report_pdf", args=[report.pk])
        assert f'href="{signed}">Mở bản đã ký trước đó' in client.get(page).content.decode()
        assert client.get(signed).headers["Content-Type"] == "application/pdf"

    def test_the_office_makes_it_and_opens_it(self, client, two):
        made, leader = two[0], builders.director()
        client.force_login(made.office.user)
        assert "2/2 khối đã gửi" in client.get(reverse("province_reports")).content.decode()
        row = made.row
        given = {"year": row.bloc_year.year_id, "kind": row.kind, "name": ""}
        answer = client.post(reverse("province_report_start"), given)
        report = ProvinceReport.objects.get()
        assert answer.headers["Location"] == reverse("province_report", args=[report.pk])
        page = client.get(answer.headers["Location"]).content.decode()
        assert "Mở ký" in page
        assert two[1].members[0].unit.name in page
        section = next(row.key for row in province_text.text_of(report).sections if row.heading == "Ưu điểm")
        shown = client.get(reverse("province_report_section", args=[report.pk, section])).content.decode()
        assert made.bloc.bloc_year.full_name in shown
        own = reverse("province_report_own", args=[report.pk, section])
        assert client.post(own, {"version": "0", "text": "Tỉnh hoàn thành."}).status_code == 302
        assert client.post(own, {"version": "0", "text": "Chữ khác."}).status_code == 409
        assert client.get(reverse("province_report_numbers", args=[report.pk])).status_code == 200
        assert client.post(reverse("province_report_open", args=[report.pk])).status_code == 302
        client.force_login(leader.user)
        assert client.get(reverse("province_report_sign", args=[report.pk])).status_code == 200

    def test_a_unit_is_shown_the_way_there_once_one_is_signed(self, client, two):
        report, way = start(two[0]), reverse("province_reports")
        client.force_login(two[0].members[0].user)
        assert way not in client.get(reverse("periods")).content.decode()
        sign(report, two[0])
        assert way in client.get(reverse("periods")).content.decode()

    def test_of_another_province_nothing_is_seen(self, client, two):
        report = start(two[0])
        sign(report, two[0])
        other = units.create(actor=None, kind="province", name="Công an tỉnh Khác", short_name="Khác", valid_from=LONG_AGO)
        named = {"name": "Phòng Công tác Đảng tỉnh Khác", "short_name": "PX03", "valid_from": LONG_AGO}
        office = builders.staff(units.create(actor=None, kind="department", parent=other, is_emulation_office=True, **named))
        client.force_login(office.user)
        assert client.get(reverse("province_report", args=[report.pk])).status_code == 404
        passage = report.passages.first()
        assert client.post(reverse("province_passage_choose", args=[passage.pk]), {"is_example": "1"}).status_code == 404
        assert report.period_title not in client.get(reverse("province_reports")).content.decode()
        client.force_login(builders.commander(other).user)
        assert client.get(reverse("province_report_pdf", args=[report.pk])).status_code == 404
