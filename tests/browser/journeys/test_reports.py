"""Eight units report, one with more time, one late, one after a repair; their bloc's report is made of theirs, signed, and verified.

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
from emulation.reports.domain import periods
from emulation.reports.enums import PeriodKind
from emulation.reports.models import BlocReport
from scoring.enums import Period
from tests.browser import steps, steps_reports
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

    made: PeriodCast
    campaign: CampaignCast
    open_page: Callable[..., Page]
    pages: dict[int, Page] = field(default_factory=dict)

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
    """Eight units with an adopted outline. The period ended the day before yesterday; five have handed in."""

    def build():
        cast = casts.bloc_with_outline(8)
        campaign = campaigns.campaign(of=cast, text=told_by_reports(cast.bloc_year), period=Period.INTERIM)
        with clock.at(clock.now() - timedelta(days=21)):
            first = clock.today()
            days = {"opens_on": first, "due_on": first + timedelta(days=19), "bloc_due_on": first + timedelta(days=40)}
            row = periods.open_period(cast.bloc_year, actor=cast.leader, kind=PeriodKind.INTERIM, days=days)
        made = PeriodCast(row.pk, cast)
        with clock.at(clock.now() - timedelta(days=4)):
            for actor in made.commanders[:5]:
                made.submit(actor)
        for actor in made.commanders[5:]:
            made.fill(actor)
        return made, campaign

    return Bloc(*in_thread(build), open_page=lambda **screen: new_context(**screen).new_page())


def test_a_bloc_reports(bloc, in_thread, new_context, tmp_path):
    one_unit_gets_more_time(bloc)
    a_unit_writes_and_signs_late(bloc, in_thread)
    the_others_sign(bloc)
    one_report_is_given_back_and_mended(bloc, in_thread)
    what_was_typed_stands_in_the_score_sheet(bloc, in_thread)
    the_report_of_the_bloc_is_made(bloc, in_thread)
    everybody_verifies_it(bloc, in_thread, new_context(**PHONE).new_page(), tmp_path)
    an_activity_reaches_the_final_report(bloc, in_thread)


# --- Units -----------------------------------------------------------------------------------------------------------------------


def one_unit_gets_more_time(bloc: Bloc) -> None:
    extended, page = bloc.made.commanders[6], bloc.page(bloc.made.leader)
    page.goto(f"/bao-cao/ky/{bloc.made.pk}/")
    expect(page.get_by_role("main")).to_contain_text("đã nộp 5/8")
    day = f"{clock.today() + timedelta(days=5):%d/%m/%Y}"
    steps_reports.extend(page, extended.unit.name, day, "Đơn vị tham gia chuyên án.")


def a_unit_writes_and_signs_late(bloc: Bloc, in_thread) -> None:
    """The last sections are typed in the browser; what is missing keeps the report from being presented before."""
    late = bloc.made.commanders[5]
    page = bloc.page(late)
    steps_reports.own_report(page, bloc.made.pk)
    steps_reports.open_section(page, "Ưu điểm")
    steps_reports.write(page, "")
    page.reload()
    expect(page.get_by_role("main")).to_contain_text("mục bắt buộc, chưa viết")
    steps_reports.write(page, "Phá 3 chuyên án, 100% tin báo được phân loại đúng hạn.")
    steps_reports.open_section(page, "Kết quả theo từng chỉ tiêu")
    steps_reports.enter(page, SOLVED, "37")
    expect(page.locator("tr", has_text=SOLVED).locator("[data-percent]")).to_contain_text("92,5")
    page.goto(in_thread(bloc.report_of, late))
    steps_reports.present(page)
    steps_reports.sign(page)
    page.goto(f"/bao-cao/ky/{bloc.made.pk}/")
    expect(page.locator("tr", has_text=late.unit.name)).to_contain_text("trễ")


def the_others_sign(bloc: Bloc) -> None:
    """One in the time that was added, so not late, and one more."""
    for person in bloc.made.commanders[6:]:
        page = bloc.page(person)
        steps_reports.own_report(page, bloc.made.pk)
        steps_reports.present(page)
        steps_reports.sign(page)
    page = bloc.page(bloc.made.leader)
    page.goto(f"/bao-cao/ky/{bloc.made.pk}/")
    expect(page.get_by_role("main")).to_contain_text("đã nộp 8/8")
    expect(page.locator("tr", has_text=bloc.made.commanders[6].unit.name)).not_to_contain_text("trễ")


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
    late = bloc.made.commanders[5]
    sheet = in_thread(lambda: bloc.campaign.sheet(late).pk)
    page = bloc.page(late)
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
