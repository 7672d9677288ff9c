"""A bloc that signs with pens: drafted and adopted on the screen, printed, signed by hand, photographed, recorded by two persons."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from tests import builders
from tests.browser import steps, steps_paper

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


@pytest.fixture
def cast(in_thread):
    """A bloc of three units, with a clerk in the deputy's."""

    def build():
        builders.demonstration()
        bloc = builders.bloc(3)
        return bloc, builders.staff(bloc.deputies[0].unit)

    return in_thread(build)


@pytest.fixture
def come(new_context):
    """Somebody at a browser of his own, logged in through the log-in page."""

    def log_in(person, **screen):
        page = new_context(**screen).new_page()
        steps.log_in(page, person)
        return page

    return log_in


def test_from_a_draft_to_recorded_on_paper(cast, come, new_context, in_thread, tmp_path):
    bloc, clerk = cast
    leader, deputy = come(bloc.leader), come(bloc.deputies[0])
    draft_and_adopt(leader)
    check_and_open(leader, deputy)

    paper = steps_paper.print_for_signing(leader, tmp_path)
    stranger = new_context(**PHONE).new_page()
    *_others, signature_page = pictures = steps_paper.photographs(paper, tmp_path)
    stranger.goto(steps_paper.printed_address(signature_page))
    steps.verdict(stranger, "hệ thống chưa ghi nhận đã ký đủ, chưa có hiệu lực")

    phone = come(clerk, **PHONE)
    steps_paper.hand_in(phone, pictures)
    steps.nothing_sticks_out(phone)
    steps_paper.record(phone, [actor.unit.name for actor in bloc.commanders])
    steps.nothing_sticks_out(phone)
    expect(phone.get_by_role("button", name="Xác nhận đã ký đủ trên giấy")).to_be_disabled()  # by the same person: never
    stranger.reload()
    steps.verdict(stranger, "chưa có hiệu lực")

    steps_paper.confirm(come(bloc.office))
    stranger.reload()
    steps.verdict(stranger, "Đã ký trên giấy 3/3; hệ thống lưu bản chụp.")
    steps.nothing_sticks_out(stranger)
    for actor in bloc.commanders:
        expect(stranger.get_by_text(actor.position.ranked_name)).to_be_visible()
    steps.upload_to_verify(stranger, paper)
    steps.verdict(stranger, "chưa có chữ ký nào; giao ước đã ký trên giấy")
    in_thread(call_command, "verify_records")


def draft_and_adopt(leader):
    leader.get_by_role("link", name="Soạn dự thảo").click()
    leader.get_by_role("button", name="Dùng mẫu này").click()
    steps.settle_day(leader, "Đồng Hới")
    steps.adopt_in_hall(leader, present=3)


def check_and_open(leader, deputy):
    steps.check(leader, "Nội dung")
    deputy.reload()
    deputy.get_by_role("link", name="Kiểm tra", exact=True).click()
    steps.check(deputy, "Thể thức")
    leader.reload()
    steps_paper.open_on_paper(leader)
