"""A bloc is scored: criteria from Excel, four layers by four people, a tie decided, the standings signed by two and verified by anybody.

The unit reports, its peers object, leader and deputy score each other, a unit explains, the office appraises.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from django.core.management import call_command
from PIL import Image
from playwright.sync_api import Page, expect

from blocs.enums import DocumentKind
from emulation.organisation.actors import Actor
from scoring.domain.outlines import set_of
from scoring.workbooks.writing import workbook_of
from tests import builders
from tests.browser import steps, steps_scoring
from tests.browser.steps_scoring import RESULTS, TARGETS
from tests.builders import BlocCast, DocumentCast
from tests.signing import outside

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
CRITERIA = """\
I | Nhiệm vụ chuyên môn | 60
  1 | Ban hành kế hoạch phòng ngừa | 10 | yes_no || m
  2 | Giải quyết tin báo về tội phạm | 20 | percent | %
  3 | Điều tra, khám phá án | 30 | leader_relative | %
II | Phong trào thi đua | 40
  4 | Chất lượng phong trào | 20 | manual // Bước điểm = 0.5
  5 | Chấp hành điều lệnh | 10 | deduct // Các loại vụ việc = nhac-nho: Lượt bị nhắc nhở: 1 | lượt
  6 | Gửi báo cáo đúng hạn | 10 | late // Điểm trừ mỗi ngày chậm = 5 | ngày
!III | Điều kiện loại trừ | 0
  7 | Để xảy ra vụ việc nghiêm trọng do lỗi chủ quan | 0 | disqualifier // Hậu quả = không xếp hạng || k
"""
GRADES = [["A", "Hoàn thành xuất sắc nhiệm vụ", "90"], ["B", "Hoàn thành tốt nhiệm vụ", ""]]
CODES = [str(number) for number in range(1, 8)]
TARGET = ["100", "80"]
# Down the column of results; the yes and no of a list are chosen by their first letter.
LEADING = ["C", "97", "88", "20", "0", "0", "K"]
EQUAL = ["C", "95,5", "84", "18", "0", "0", "K"]
REASON = "Biên bản hội nghị tổng kết khối, đã biểu quyết."


@dataclass
class Office:
    """Who takes part, each at a browser of his own from his log-in to the end."""

    bloc: BlocCast
    document: DocumentCast
    open_page: Callable[..., Page]
    pages: dict[int, Page] = field(default_factory=dict)

    def page(self, person: Actor, **screen) -> Page:
        """Where this person is; the first time he logs in through the log-in page."""
        if person.user_id not in self.pages:
            self.pages[person.user_id] = self.open_page(**screen)
            steps.log_in(self.pages[person.user_id], person)
        return self.pages[person.user_id]

    @property
    def leader(self) -> Page:
        return self.page(self.bloc.leader)

    @property
    def deputy(self) -> Page:
        return self.page(self.bloc.deputies[0])

    @property
    def member(self) -> Page:
        return self.page(self.bloc.members[0])

    @property
    def standing_office(self) -> Page:
        return self.page(self.bloc.office)

    @property
    def units(self) -> list[str]:
        """The names of leader, deputy and member unit."""
        return [actor.unit.name for actor in self.bloc.commanders]


@pytest.fixture
def office(in_thread, new_context):
    """A bloc of three units that drafts its scoring regulation."""

    def build():
        builders.demonstration()
        bloc = builders.bloc(3)
        return bloc, builders.document(kind=DocumentKind.SCORING, of=bloc)

    return Office(*in_thread(build), open_page=lambda **screen: new_context(**screen).new_page())


def test_a_bloc_is_scored(office, in_thread, new_context, tmp_path):
    the_criteria_come_from_excel(office, in_thread, tmp_path)
    the_campaign_is_opened(office)
    units_score_themselves(office, tmp_path)
    peers_object(office)
    the_bloc_consolidates(office)
    a_unit_explains(office)
    the_office_appraises(office)
    the_tie_is_decided(office)
    the_standings_are_signed(office)
    everybody_sees_and_verifies(office, in_thread, new_context(**PHONE).new_page(), tmp_path)


# --- Before anybody scores -------------------------------------------------------------------------------------------------------


def the_criteria_come_from_excel(office: Office, in_thread, folder: Path) -> None:
    """Publishing and adopting the regulation has journeys of its own."""
    workbook = folder / "tieu-chi.xlsx"
    workbook.write_bytes(workbook_of(replace(set_of(CRITERIA, total="100"), grades=GRADES)))
    page = office.leader
    page.goto(f"/tieu-chi/{office.document.pk}/")
    steps_scoring.import_criteria(page, workbook)
    for words in ("Điều tra, khám phá án", "Để xảy ra vụ việc nghiêm trọng"):
        expect(page.get_by_role("main")).to_contain_text(words)
    in_thread(builders.publish, office.document)
    in_thread(builders.adopt, office.document)


def the_campaign_is_opened(office: Office) -> None:
    steps_scoring.open_campaign(office.leader)


# --- Layer over layer ------------------------------------------------------------------------------------------------------------


def units_score_themselves(office: Office, folder: Path) -> None:
    leader, deputy, member = office.units
    evidence = folder / "ke-hoach.png"
    Image.new("RGB", (60, 80), "white").save(evidence)
    score_itself(office.leader, leader, LEADING, evidence)
    steps_scoring.hand_in(office.leader)
    score_itself(office.deputy, deputy, EQUAL, evidence)
    steps_scoring.hand_in(office.deputy)
    the_member_goes_wrong_first(office, member, evidence)
    steps_scoring.move_on(office.leader, "Chấm chéo")


def score_itself(page: Page, unit: str, results: list[str], evidence: Path) -> None:
    """The whole grid by keyboard; the evidence is dropped on its row."""
    steps_scoring.open_sheet(page, unit)
    steps_scoring.fill_down(page, TARGETS, TARGET)
    steps_scoring.fill_down(page, RESULTS, results)
    steps_scoring.saved(page, *CODES)
    steps_scoring.drop_evidence(page, "1", evidence)


def the_member_goes_wrong_first(office: Office, unit: str, evidence: Path) -> None:
    """Words where a figure belongs, a sheet without its evidence; then right, with one box corrected from a phone."""
    page = office.member
    steps_scoring.open_sheet(page, unit)
    steps_scoring.fill_down(page, TARGETS, TARGET)
    steps_scoring.fill_down(page, RESULTS, [*EQUAL[:3], "mười tám", *EQUAL[4:]])
    steps_scoring.refused(page, "4", "“mười tám” không phải là số")
    steps.save_state(page, "invalid")
    steps_scoring.correct(page, "4", "Điểm", "18,5")
    steps_scoring.saved(page, *CODES)
    page.get_by_role("button", name="Nộp bảng").click()
    expect(page.get_by_role("main")).to_contain_text("1: bắt buộc có minh chứng.")
    steps_scoring.add_evidence(page, "1", evidence)

    phone = office.open_page(**PHONE)
    steps.log_in(phone, office.bloc.members[0])
    steps_scoring.open_sheet(phone, unit)
    steps_scoring.correct(phone, "5", "Lượt bị nhắc nhở", "1")
    steps_scoring.saved(phone, "5")
    expect(steps_scoring.row(phone, "5").locator("[data-points]")).to_have_text("9,00")
    steps.nothing_sticks_out(phone)
    steps_scoring.correct(phone, "5", "Lượt bị nhắc nhở", "0")
    steps_scoring.saved(phone, "5")

    page.reload()
    steps_scoring.hand_in(page)


def peers_object(office: Office) -> None:
    """By exception: a sheet without a word agrees."""
    leader, deputy, member = office.units
    for page, about in ((office.leader, deputy), (office.leader, member), (office.deputy, leader), (office.member, deputy)):
        steps_scoring.open_sheet(page, about)
        if (page, about) == (office.member, deputy):
            steps_scoring.see_otherwise(page, "4", "17,00", "Còn một xã chưa có mô hình.")
        steps_scoring.hand_in(page)
    for page, about in ((office.deputy, member), (office.member, leader)):
        steps_scoring.open_sheet(page, about)
        steps_scoring.see_otherwise(page, "4", "16,00", "Hai mô hình chưa hoạt động.")
        steps_scoring.hand_in(page)
    steps_scoring.move_on(office.leader, "Khối chấm")


def the_bloc_consolidates(office: Office) -> None:
    """The leader scores deputy and member, the deputy the leader: what peers said is kept away, taken over, or replaced."""
    leader, deputy, member = office.units
    steps_scoring.open_sheet(office.leader, deputy)
    steps_scoring.keep(office.leader, "4")
    steps_scoring.hand_in(office.leader)
    steps_scoring.open_sheet(office.leader, member)
    steps_scoring.take_median(office.leader, "4", "17,50")
    steps_scoring.see_otherwise(office.leader, "5", "9,00", "Một lượt bị nhắc nhở.")
    steps_scoring.hand_in(office.leader)
    steps_scoring.open_sheet(office.deputy, leader)
    steps_scoring.see_otherwise(office.deputy, "4", "19,00", "Một mô hình mới hoạt động từ tháng mười.")
    steps_scoring.hand_in(office.deputy)
    steps_scoring.move_on(office.leader, "Giải trình")


def a_unit_explains(office: Office) -> None:
    steps_scoring.explain(office.member, "5", "Lượt nhắc nhở là của đơn vị khác, có biên bản.")
    steps_scoring.answer(office.leader, "10", "Đã đối chiếu biên bản, thống nhất.")
    office.member.reload()
    expect(office.member.get_by_role("main")).to_contain_text("Đã đối chiếu biên bản, thống nhất.")
    steps_scoring.move_on(office.leader, "Thẩm định")


def the_office_appraises(office: Office) -> None:
    """With its word on the member's fourth criterion two units are equal in everything."""
    leader, deputy, member = office.units
    page = office.standing_office
    for unit in (leader, deputy, member):
        steps_scoring.open_sheet(page, unit)
        if unit == member:
            steps_scoring.see_otherwise(page, "4", "18,00", "Đã kiểm tra thực tế.")
        steps_scoring.hand_in(page)
    steps_scoring.move_on(page, "Xác nhận kết quả")


# --- The standings ---------------------------------------------------------------------------------------------------------------


def the_tie_is_decided(office: Office) -> None:
    leader, deputy, member = office.units
    page = office.leader
    steps_scoring.standings(page)
    steps_scoring.compute(page)
    assert steps_scoring.ranks(page) == [["1", leader, "98,40"], ["2", deputy, "89,60"], ["2", member, "89,60"]]
    steps_scoring.decide_tie(page, [member, deputy], REASON)
    assert [row[:2] for row in steps_scoring.ranks(page)] == [["1", leader], ["2", member], ["3", deputy]]


def the_standings_are_signed(office: Office) -> None:
    """Before the second signature a member sees no result."""
    steps_scoring.bring_out(office.leader)
    steps_scoring.sign(office.leader)
    steps_scoring.campaign(office.member)
    expect(office.member.get_by_role("link", name="Kết quả xếp hạng")).to_have_count(0)
    steps_scoring.sign(office.deputy)


def everybody_sees_and_verifies(office: Office, in_thread, stranger: Page, folder: Path) -> None:
    """The member on his page; a stranger by the code on the paper and with the file; whoever has the installation, by its commands."""
    leader, deputy, member = office.units
    page = office.member
    steps_scoring.standings(page)
    assert [row[:2] for row in steps_scoring.ranks(page)] == [["1", leader], ["2", member], ["3", deputy]]
    page.get_by_role("link", name="Bản đã ký").click()
    code = page.locator("dt", has_text="Mã tra cứu").locator("+ dd").inner_text()
    file = steps.download_pdf(page, folder)

    assert outside.pdfsig_verdicts(file.read_bytes(), folder) == [True, True]
    in_thread(call_command, "verify", str(file))
    stranger.goto("/xac-minh/")
    stranger.get_by_label("Mã tra cứu").fill(code)
    steps.touch(stranger.get_by_role("button", name="Xác minh theo mã"))
    expect(stranger.get_by_role("heading", level=2).first).to_contain_text("đã ký đủ 2/2")
    steps.upload_to_verify(stranger, file)
    steps.verdict(stranger, "đã ký đủ 2/2, không bị thay đổi, đang có hiệu lực")
    steps.nothing_sticks_out(stranger)
    in_thread(call_command, "verify_records")
