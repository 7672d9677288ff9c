"""A bloc's year begins: the deputy unit drafts three documents, eight units remark, a conference amends, adopts and signs them.

Everybody logs in once, in a browser of his own, and stays logged in to the end; the hall's projector is one more browser.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from blocs.enums import DocumentKind, DocumentState
from emulation.lib import clock
from emulation.organisation.actors import Actor
from tests import builders
from tests.browser import steps, steps_hall, steps_meeting
from tests.browser.steps_hall import Projector
from tests.builders import BlocCast, DocumentCast
from tests.signing import outside

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
COVENANT, SCORING, OUTLINE = "Giao ước thi đua", "Quy định tiêu chí chấm điểm", "Đề cương hướng dẫn báo cáo"
CRIME, SECURITY = "Phòng, chống tội phạm", "Bảo đảm an ninh quốc gia"
WORDING = "Kéo giảm ít nhất 5% số vụ phạm tội về trật tự xã hội so với năm trước."
REASON = "Đã có quy định chung của Công an tỉnh."
AMENDED = "Nắm chắc tình hình từ cơ sở; mỗi tháng giao ban một lần."
DIRECTIVE = "Rà soát các chỉ tiêu trước khi triển khai."
ACTS_TO_SIGNING = 4  # from the last edit to the first signature
SECONDS_TO_SIGNING = 120
SECONDS_TO_PROJECTOR = 2


@dataclass
class Hall:
    """Who is there: everybody's page, who has logged in, and every form that anybody has sent."""

    bloc: BlocCast
    clerk: Actor
    secretary: Actor
    on_behalf: Actor
    open_page: Callable[..., Page]
    pages: dict[int, Page] = field(default_factory=dict)
    log_ins: list[str] = field(default_factory=list)
    acts: list[str] = field(default_factory=list)

    def come(self, person: Actor, **screen) -> Page:
        """At a browser of his own, logged in through the log-in page."""
        page = self.open_page(**screen)
        page.on("request", lambda sent: self._note(sent, person))
        steps.log_in(page, person)
        self.pages[person.user_id] = page
        return page

    def page(self, person: Actor) -> Page:
        """Where this person has been since he came, at his home page."""
        page = self.pages[person.user_id]
        page.goto("/")
        return page

    def at_document(self, person: Actor, title: str) -> Page:
        page = self.pages[person.user_id]
        page.goto("/van-ban/")
        page.get_by_role("main").get_by_role("link", name=title).first.click()
        return page

    def _note(self, sent, person: Actor) -> None:
        if sent.method == "POST" and "/dang-nhap/" in sent.url:
            self.log_ins.append(person.user.username)
        elif sent.method == "POST" and "x-autosave" not in sent.headers:
            self.acts.append(sent.url)


@pytest.fixture
def hall(in_thread, new_context):
    def build():
        builders.demonstration()
        bloc = builders.bloc(8)
        clerk, secretary = builders.staff(bloc.deputies[0].unit), builders.staff(bloc.leader.unit)
        return bloc, clerk, secretary, builders.deputy(bloc.members[-1].unit)

    return Hall(*in_thread(build), open_page=lambda **screen: new_context(**screen).new_page())


def test_a_bloc_drafts_meets_and_signs(hall, in_thread, new_context, tmp_path):
    the_deputy_unit_drafts(hall, in_thread)
    eight_units_are_heard(hall)
    remarks_are_answered(hall)
    the_conference_is_prepared(hall)
    projector = the_conference_is_held(hall)
    the_covenant_is_signed(hall, projector)
    the_other_two_are_signed(hall, in_thread)
    the_minutes_are_signed(hall)
    everything_verifies(hall, in_thread, new_context().new_page(), tmp_path)
    assert sorted(hall.log_ins) == sorted({*hall.log_ins})  # nobody logged in a second time


# --- Before the conference -------------------------------------------------------------------------------------------------------


def the_deputy_unit_drafts(hall: Hall, in_thread) -> None:
    """Each from its template; the outline, with the same clicks as the regulation, by its verbs."""
    clerk = hall.come(hall.clerk)
    clerk.get_by_role("link", name="Soạn dự thảo").click()
    clerk.get_by_role("button", name="Dùng mẫu này").click()
    steps.settle_day(clerk, "Đồng Hới")
    steps.publish(clerk)
    steps.own_bloc(clerk)
    steps.start_from_template(clerk, SCORING)
    steps.settle_day(clerk, "Đồng Hới")
    steps.publish(clerk)
    in_thread(builders.document, DocumentState.DISCUSSION, of=hall.bloc, kind=DocumentKind.OUTLINE)


def eight_units_are_heard(hall: Hall) -> None:
    """One proposes a wording from a phone, one makes a remark, one agrees with a reservation, the others agree."""
    proposing, asking, reserving, *others = hall.bloc.members
    phone = hall.come(proposing, **PHONE)
    steps.task(phone, COVENANT).get_by_role("link", name="Xem và gửi").tap()
    steps.heading(phone, "Giao ước thi đua")
    steps.nothing_sticks_out(phone)
    steps.make_remark(phone, CRIME, "Đề nghị có con số.", WORDING)
    steps.nothing_sticks_out(phone)
    hall.come(asking)
    page = hall.at_document(asking, COVENANT)
    steps.make_remark(page, SECURITY, "Đề nghị nêu rõ từng mục tiêu phải bảo vệ.")
    steps.send_stand(hall.come(reserving), "Xin thêm thời gian.", about=COVENANT)
    for commander in [*others, hall.bloc.leader, *hall.bloc.deputies]:
        steps.send_stand(hall.come(commander), about=COVENANT)


def remarks_are_answered(hall: Hall) -> None:
    """The accepted wording stands in the next version; whoever asked reads why nothing came of it."""
    proposing, asking, *_others = hall.bloc.members
    deputy = hall.page(hall.bloc.deputies[0])
    steps.answer_remark(deputy, CRIME, "Tiếp thu", "Khối trưởng thống nhất.")
    steps.answer_remark(deputy, SECURITY, "Không tiếp thu", REASON)
    clerk = hall.at_document(hall.clerk, COVENANT)
    clerk.get_by_role("link", name="Sửa dự thảo").click()
    steps.publish(clerk)

    phone = hall.at_document(proposing, COVENANT)
    phone.get_by_role("link", name="Xem cả 2 ý kiến").tap()
    steps.heading(phone, "Góp ý")
    expect(phone.locator("tr", has_text=CRIME)).to_contain_text("vào bản 2")
    steps.nothing_sticks_out(phone)
    asked = hall.at_document(asking, COVENANT)
    asked.get_by_role("link", name="Xem cả 2 ý kiến").click()
    asked.get_by_role("link", name=SECURITY).click()
    expect(asked.get_by_role("main")).to_contain_text(REASON)


# --- The conference --------------------------------------------------------------------------------------------------------------


def the_conference_is_prepared(hall: Hall) -> None:
    leader = hall.pages[hall.bloc.leader.user_id]
    steps.own_bloc(leader)
    begins = clock.local(clock.now()) - timedelta(hours=2)
    steps_meeting.plan(leader, starts_at=begins, secretary=hall.secretary.position.ranked_name)
    steps_meeting.lay_on_table(leader, COVENANT, SCORING, OUTLINE)
    steps_meeting.invite(leader)
    leader.get_by_role("link", name="Kiểm tra trước hội nghị").click()
    expect(leader.locator("tr", has_text=hall.on_behalf.position.ranked_name)).to_contain_text("Chưa đăng nhập lần nào")
    guest = hall.pages[hall.bloc.members[0].user_id]
    guest.goto("/thong-bao/")
    expect(guest.get_by_role("main")).to_contain_text("Giấy mời dự hội nghị ký giao ước")


def the_conference_is_held(hall: Hall) -> Projector:
    """The secretary writes down what is decided, the leader amends a clause and has all three documents adopted at once."""
    secretary = hall.come(hall.secretary)
    steps.own_bloc(secretary)
    secretary.get_by_role("link", name="Hội nghị ký giao ước").click()
    steps_meeting.hold(secretary)
    steps_meeting.decide(secretary, "Thông qua giao ước thi đua.", about=COVENANT, votes_for=8)
    steps_meeting.direct(secretary, DIRECTIVE, hall.bloc.members[0].unit.short_name)

    hall.come(hall.bloc.office, **steps_hall.SCREEN)
    projector = hall.at_document(hall.bloc.office, COVENANT)
    projector.goto(f"{projector.url}trinh-chieu/")
    expect(projector.get_by_text("Chờ mở ký")).to_be_visible()
    return Projector(projector)


def the_covenant_is_signed(hall: Hall, projector: Projector) -> None:
    amend(hall)
    began, acts = time.monotonic(), len(hall.acts)
    adopt_check_and_open(hall)
    assert len(hall.acts) - acts <= ACTS_TO_SIGNING, hall.acts[acts:]
    signs(hall, hall.bloc.deputies[0], projector)
    assert time.monotonic() - began < SECONDS_TO_SIGNING

    desk = hall.at_document(hall.secretary, COVENANT)
    steps_hall.open_desk(desk)
    *own, head, absent = hall.bloc.members
    steps_hall.sign_at_desk(desk, head.unit.name)
    projector.signature()
    steps_hall.sign_at_desk(desk, absent.unit.name, who=hall.on_behalf.user.full_name)
    projector.signature()
    expect(projector.page.get_by_text("(KT.)")).to_be_visible()
    for signer in [*own, hall.bloc.leader]:
        signs(hall, signer, projector)
    assert max(projector.delays()) < SECONDS_TO_PROJECTOR
    expect(projector.page.locator("[data-poll]")).to_have_count(0)  # it looks no more


def amend(hall: Hall) -> None:
    leader = hall.at_document(hall.bloc.leader, COVENANT)
    leader.get_by_role("link", name="Sửa dự thảo").click()
    leader.get_by_role("link", name=SECURITY).click()
    steps.write(leader, "Nội dung", AMENDED)


def adopt_check_and_open(hall: Hall) -> None:
    """All three documents are adopted at once; the covenant is checked by two persons and opened."""
    leader, deputy = hall.pages[hall.bloc.leader.user_id], hall.bloc.deputies[0]
    steps.adopt_in_hall(leader, present=8, also=[SCORING, OUTLINE])
    steps.check(leader, "Nội dung")
    steps.check(hall.at_document(deputy, COVENANT), "Thể thức")
    leader.reload()
    steps.open_signing(leader)


def signs(hall: Hall, signer: Actor, projector: Projector) -> None:
    """From his home page, where it waits."""
    page = hall.page(signer)
    steps.look_and_sign(page)
    projector.signature()
    steps.nothing_sticks_out(page)


def the_other_two_are_signed(hall: Hall, in_thread) -> None:
    """For the bloc by its leader. What was clicked for the covenant and the regulation is done for the outline by its verbs."""
    leader, deputy = hall.bloc.leader, hall.bloc.deputies[0]
    steps.check(hall.at_document(leader, SCORING), "Nội dung")
    steps.check(hall.at_document(deputy, SCORING), "Thể thức")
    page = hall.at_document(leader, SCORING)
    steps.open_signing(page)
    steps.look_and_sign(page)
    outline = in_thread(lambda: hall.bloc.bloc_year.documents.get(kind=DocumentKind.OUTLINE).pk)
    in_thread(builders.open_signing, DocumentCast(outline, hall.bloc))
    steps.look_and_sign(hall.page(leader))


def the_minutes_are_signed(hall: Hall) -> None:
    secretary, leader = hall.pages[hall.secretary.user_id], hall.pages[hall.bloc.leader.user_id]
    for page in (secretary, leader):
        steps.own_bloc(page)
        page.get_by_role("main").get_by_role("link", name="Hội nghị ký giao ước").last.click()
    steps_meeting.conclude(secretary, ended_at=clock.local(clock.now()))
    steps_meeting.write_minutes(secretary, "Biên bản đã được thông qua tại hội nghị.")
    steps_meeting.sign_minutes(secretary, "thư ký")
    leader.reload()
    leader.get_by_role("link", name="Biên bản hội nghị").click()
    steps_meeting.sign_minutes(leader, "chủ trì")


# --- Afterwards ------------------------------------------------------------------------------------------------------------------


def everything_verifies(hall: Hall, in_thread, stranger: Page, folder: Path) -> None:
    """Each file by poppler, by the command of this installation, and by a stranger on the public page."""
    for title, signatures in {COVENANT: 8, SCORING: 1, OUTLINE: 1}.items():
        file = steps.download_pdf(hall.at_document(hall.bloc.leader, title), folder)
        verifies(file, signatures, in_thread, stranger)
    verifies(steps.download_pdf(hall.pages[hall.secretary.user_id], folder), 2, in_thread, stranger)


def verifies(file: Path, signatures: int, in_thread, stranger: Page) -> None:
    assert outside.pdfsig_verdicts(file.read_bytes(), file.parent) == [True] * signatures
    in_thread(call_command, "verify", str(file))  # anything but the final document ends the command with an error
    steps.upload_to_verify(stranger, file)
    steps.verdict(stranger, f"đã ký đủ {signatures}/{signatures}, không bị thay đổi, đang có hiệu lực")
