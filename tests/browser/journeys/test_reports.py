"""A bloc agrees on its outline; eight units report, one with more time, one late, one after a repair; the bloc's report is made of
theirs, signed, and verified.

Figures reach the score sheet, and a joint activity the bloc's final report, without anybody typing them again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.reports.enums import PeriodKind
from emulation.reports.models import BlocReport, Report, ReportPeriod
from scoring.enums import Period
from tests.browser import steps, steps_reports
from tests.builders import BlocCast
from tests.reports import casts
from tests.reports.casts import PeriodCast
from tests.reports.test_numbers_flow import told_by_reports
from tests.scoring import campaigns
from tests.scoring.campaigns import CampaignCast
from tests.signing import outside

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
SOLVED = "Vụ việc được giải quyết"
GIFT = "Tặng quà học sinh vượt khó vùng lũ"


@dataclass
class Bloc:
    """Everybody in the bloc, each at a browser of his own from his log-in to the end."""

    cast: BlocCast
    open_page: Callable[..., Page]
    pages: dict[int, Page] = field(default_factory=dict)
    period: PeriodCast | None = None
    campaign: CampaignCast | None = None

    @property
    def made(self) -> PeriodCast:
        assert self.period is not None
        return self.period

    def page(self, person: Actor, **screen) -> Page:
        """Where this person is; the first time he logs in through the log-in page."""
        if person.user_id not in self.pages:
            self.pages[person.user_id] = self.open_page(**screen)
            steps.log_in(self.pages[person.user_id], person)
        return self.pages[person.user_id]

    def report_of(self, person: Actor) -> str:
        return f"/bao-cao/{self.made.report(person).pk}/"


@pytest.fixture
def bloc(in_thread, new_context) -> Bloc:
    """Eight units whose covenant with its targets is in force."""
    return Bloc(in_thread(casts.bloc_with_targets, 8), open_page=lambda **screen: new_context(**screen).new_page())


def test_a_bloc_reports(bloc, in_thread, new_context, tmp_path):
    the_outline_is_agreed_on(bloc)
    the_period_is_opened(bloc, in_thread)
    six_units_write_and_sign(bloc)
    one_unit_gets_more_time(bloc)
    the_last_day_passes(bloc, in_thread)
    the_last_two_sign(bloc)
    one_report_is_given_back_and_mended(bloc, in_thread)
    what_was_typed_stands_in_the_score_sheet(bloc, in_thread)
    the_report_of_the_bloc_is_made(bloc, in_thread)
    everybody_verifies_it(bloc, in_thread, new_context(**PHONE).new_page(), tmp_path)
    an_activity_reaches_the_final_report(bloc, in_thread)


# --- The outline and the period --------------------------------------------------------------------------------------------------


def the_outline_is_agreed_on(bloc: Bloc) -> None:
    """From the template, with its frame of sections; agreed on at a conference of all eight."""
    page = bloc.page(bloc.cast.leader)
    steps.own_bloc(page)
    steps.start_from_template(page, "Đề cương báo cáo sơ kết, tổng kết")
    steps.settle_day(page, "Quảng Ninh")
    page.get_by_role("link", name="Khung báo cáo").first.click()
    page.get_by_role("button", name="Dùng mẫu").click()
    expect(page.get_by_role("main")).to_contain_text("Ưu điểm")
    page.go_back()
    page.go_back()
    steps.publish(page)
    page.locator("summary", has_text="Ghi nhận thống nhất").click()
    page.get_by_label("Thống nhất tại hội nghị").check()
    page.get_by_label("Số đơn vị có mặt").fill("8")
    page.get_by_role("button", name="Ghi nhận thống nhất").click()
    steps.told(page, "được thông qua")


def the_period_is_opened(bloc: Bloc, in_thread) -> None:
    """By the leader, for the half-year; at the same time the bloc begins to score by criteria that reports feed."""
    page = bloc.page(bloc.cast.leader)
    steps.own_bloc(page)
    steps_reports.open_period(page, "Sơ kết", last=clock.today() + timedelta(days=19))

    def found():
        row = ReportPeriod.objects.get()
        cast = bloc.cast
        campaign = campaigns.campaign(of=cast, text=told_by_reports(cast.bloc_year), period=Period.INTERIM)
        made = PeriodCast(row.pk, cast)
        for actor in made.commanders:  # what is alike in all of them; each types what is his own
            made.fill(actor)
        return made, campaign

    bloc.period, bloc.campaign = in_thread(found)


def the_last_day_passes(bloc: Bloc, in_thread) -> None:
    """Three weeks later: the six signed in time, the last day was the day before yesterday."""

    def pass_by():
        first, signed = clock.today() - timedelta(days=21), clock.now() - timedelta(days=4)
        period = ReportPeriod.objects.filter(pk=bloc.made.pk)
        period.update(opens_on=first, due_on=first + timedelta(days=19), bloc_due_on=first + timedelta(days=40))
        Report.objects.filter(period__in=period, first_submitted_at__isnull=False).update(first_submitted_at=signed)

    in_thread(pass_by)


# --- Units -----------------------------------------------------------------------------------------------------------------------


def six_units_write_and_sign(bloc: Bloc) -> None:
    """What is missing keeps a report from being presented; a share is computed while its number is typed."""
    first, *others = bloc.made.commanders[:5] + bloc.made.commanders[7:]
    page = bloc.page(first)
    steps_reports.own_report(page, bloc.made.pk)
    steps_reports.open_section(page, "Ưu điểm")
    steps_reports.write(page, "")
    page.reload()
    expect(page.get_by_role("main")).to_contain_text("mục bắt buộc, chưa viết")
    steps_reports.open_section(page, "Kết quả theo từng chỉ tiêu")
    steps_reports.enter(page, SOLVED, "37")
    expect(page.locator("tr", has_text=SOLVED).locator("[data-percent]")).to_contain_text("92,5")
    for person in (first, *others):
        write_and_sign(bloc, person)
    page = bloc.page(bloc.made.leader)
    page.goto(f"/bao-cao/ky/{bloc.made.pk}/")
    expect(page.get_by_role("main")).to_contain_text("đã nộp 6/8")


def write_and_sign(bloc: Bloc, person: Actor) -> None:
    page = bloc.page(person)
    steps_reports.own_report(page, bloc.made.pk)
    address = page.url
    steps_reports.open_section(page, "Ưu điểm")
    steps_reports.write(page, f"{person.unit.name}: phá 3 chuyên án, 100% tin báo được phân loại đúng hạn.")
    page.goto(address)
    steps_reports.present(page)
    steps_reports.sign(page)


def one_unit_gets_more_time(bloc: Bloc) -> None:
    extended, page = bloc.made.commanders[6], bloc.page(bloc.made.leader)
    page.goto(f"/bao-cao/ky/{bloc.made.pk}/")
    day = f"{clock.today() + timedelta(days=25):%d/%m/%Y}"
    steps_reports.extend(page, extended.unit.name, day, "Đơn vị tham gia chuyên án.")


def the_last_two_sign(bloc: Bloc) -> None:
    """One late, one in the time that was added."""
    late, extended = bloc.made.commanders[5:7]
    for person in (late, extended):
        write_and_sign(bloc, person)
    page = bloc.page(bloc.made.leader)
    page.goto(f"/bao-cao/ky/{bloc.made.pk}/")
    expect(page.get_by_role("main")).to_contain_text("đã nộp 8/8")
    expect(page.locator("tr", has_text=late.unit.name)).to_contain_text("trễ")
    expect(page.locator("tr", has_text=extended.unit.name)).not_to_contain_text("trễ")


def one_report_is_given_back_and_mended(bloc: Bloc, in_thread) -> None:
    member = bloc.made.commanders[4]
    address = in_thread(bloc.report_of, member)
    page = bloc.page(bloc.made.leader)
    page.goto(address)
    steps_reports.give_back(page, "Bổ sung số liệu chứng minh.", "VI.1 Ưu điểm", "Nêu rõ số vụ đã giải quyết.")
    page = bloc.page(member)
    page.goto(address)
    expect(page.get_by_role("main")).to_contain_text("Bổ sung số liệu chứng minh.")
    steps_reports.open_section(page, "Ưu điểm")
    expect(page.get_by_role("main")).to_contain_text("Nêu rõ số vụ đã giải quyết.")
    steps_reports.write(page, "Giải quyết 41 vụ việc, vượt kế hoạch.")
    page.goto(address)
    steps_reports.present(page)
    steps_reports.sign(page)
    page.goto(f"/bao-cao/ky/{bloc.made.pk}/")
    expect(page.locator("tr", has_text=member.unit.name)).not_to_contain_text("trễ")


def what_was_typed_stands_in_the_score_sheet(bloc: Bloc, in_thread) -> None:
    first = bloc.made.commanders[0]
    sheet = in_thread(lambda: bloc.campaign.sheet(first).pk)
    page = bloc.page(first)
    page.goto(f"/cham-diem/bang/{sheet}/")
    row = page.locator("tr", has_text="Giải quyết tin báo").first
    expect(row).to_contain_text("37")
    expect(row).to_contain_text("Báo cáo sơ kết")


# --- The bloc --------------------------------------------------------------------------------------------------------------------


def the_report_of_the_bloc_is_made(bloc: Bloc, in_thread) -> None:
    """The leader gathers and edits, the deputy checks, the leader signs for the bloc."""
    address = f"/bao-cao/khoi/{in_thread(_bloc_report, bloc.made.pk)}/"
    page = bloc.page(bloc.made.leader)
    page.goto(address)
    page.get_by_role("button", name="Tổng hợp từ báo cáo đơn vị").click()
    page.get_by_role("link", name="Ưu điểm").click()
    own = page.locator("section", has_text="Lời của khối").get_by_label("Nội dung")
    with steps.saving(page):
        own.fill("Khối hoàn thành nhiệm vụ sáu tháng đầu năm.")
    page.get_by_role("button", name="Chọn làm điển hình").last.click()
    deputy = bloc.page(bloc.made.deputy)
    deputy.goto(address)
    deputy.get_by_role("button", name="Kiểm tra xong").click()
    page.goto(address)
    page.get_by_role("button", name="Mở ký").click()
    page.get_by_role("link", name="Xem và ký").first.click()
    steps.give_secret(page)
    steps.told(page, "Đã ký báo cáo của khối")
    office = bloc.page(bloc.made.office)
    office.goto(address)
    expect(office.get_by_role("main")).to_contain_text("Đã gửi cơ quan thường trực")


def everybody_verifies_it(bloc: Bloc, in_thread, stranger: Page, folder: Path) -> None:
    page = bloc.page(bloc.made.members[0])
    page.goto(f"/bao-cao/khoi/{in_thread(_bloc_report, bloc.made.pk)}/")
    file = steps.download_pdf(page, folder)
    assert outside.pdfsig_verdicts(file.read_bytes(), folder) == [True]
    steps.upload_to_verify(stranger, file)
    steps.verdict(stranger, "đã ký đủ 1/1, không bị thay đổi, đang có hiệu lực")
    steps.nothing_sticks_out(stranger)


def an_activity_reaches_the_final_report(bloc: Bloc, in_thread) -> None:
    """Entered once by the unit that hosted it."""
    member = bloc.made.members[0]
    page = bloc.page(member)
    steps_reports.enter_activity(page, bloc.made.bloc.bloc_year.pk, GIFT, "35.000.000")

    def hand_in_final() -> int:
        final = casts.period(PeriodKind.FINAL, of=bloc.made.bloc)
        final.submit(member)
        return _bloc_report(final.pk)

    leader = bloc.page(bloc.made.leader)
    leader.goto(f"/bao-cao/khoi/{in_thread(hand_in_final)}/")
    leader.get_by_role("button", name="Tổng hợp từ báo cáo đơn vị").click()
    leader.get_by_role("link", name="V.1. Hoạt động chung").click()
    expect(leader.get_by_role("main")).to_contain_text(GIFT)
    expect(leader.get_by_role("main")).to_contain_text("35.000.000")


def _bloc_report(period: int) -> int:
    return BlocReport.objects.get(period=period).pk
