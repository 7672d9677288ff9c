"""A covenant from an empty draft to a file that anybody can verify: nine people at nine browsers sign it, after real log-ins."""

import pytest
from django.core.management import call_command

from tests import builders
from tests.blocs import pasted
from tests.browser import steps, steps_paper
from tests.signing import outside

CLICKS_TO_SIGN = 3  # "Đăng nhập", "Xem và ký", "Ký giao ước"


@pytest.fixture
def cast(in_thread):
    """A bloc of eight units, a clerk in the one that will draft, a witness; and an authority that may sign."""

    def build():
        builders.demonstration()
        bloc = builders.bloc(8)
        return bloc, builders.staff(bloc.deputies[0].unit), builders.director()

    return in_thread(build)


@pytest.fixture
def at_desk(new_context):
    """Somebody at a browser of his own, logged in through the log-in page; his clicks are counted."""

    def come(person):
        context = new_context()
        steps.count_clicks(context)
        page = context.new_page()
        steps.log_in(page, person)
        return page

    return come


def test_from_a_pasted_draft_to_a_file_that_a_stranger_verifies(cast, at_desk, new_context, in_thread, tmp_path):
    bloc, clerk, witness = cast
    draft_and_publish(at_desk(clerk))
    for commander, remark in zip(bloc.commanders[1:4], ["", "", "Đề nghị nêu rõ thời gian."], strict=True):
        steps.send_stand(at_desk(commander), remark)
    agree_check_and_open(at_desk(bloc.leader), at_desk(bloc.office))

    pages = []
    for signer in [*bloc.commanders, witness]:
        page = at_desk(signer)
        steps.look_and_sign(page)
        assert steps.clicks(page) <= CLICKS_TO_SIGN
        pages.append(page)
    assert len({id(page.context) for page in pages}) == 9

    pages[0].reload()
    file = steps.download_pdf(pages[0], tmp_path)
    assert outside.pdfsig_verdicts(file.read_bytes(), tmp_path) == [True] * 9
    in_thread(call_command, "verify", str(file))  # anything but the final document ends the command with an error

    stranger = new_context().new_page()
    steps.upload_to_verify(stranger, file)
    steps.verdict(stranger, "đã ký đủ 9/9, không bị thay đổi, đang có hiệu lực")
    stranger.goto(steps_paper.printed_address(steps_paper.photographs(file, tmp_path)[-1]))
    steps.verdict(stranger, "đã ký đủ 9/9")


def draft_and_publish(clerk):
    """Most of the text comes from Word; the clerk mends a clause, adds another one and a target, and settles date and witness."""
    steps.paste_covenant(clerk, pasted.WHOLE)
    clerk.get_by_role("link", name="Phòng, chống tội phạm").click()
    steps.write(clerk, "Nội dung", "Kéo giảm 7% số vụ so với năm trước.")
    clerk.get_by_role("button", name="Thêm nội dung", exact=True).click()
    steps.write(clerk, "Tiêu đề", "Cải cách hành chính")
    steps.write(clerk, "Nội dung", "Trả kết quả đúng hẹn.")
    steps.open_part(clerk, "Chỉ tiêu")
    clerk.locator("summary", has_text="Thêm chỉ tiêu").click()
    clerk.get_by_label("Chỉ tiêu", exact=False).first.fill("Tỷ lệ khám phá")
    clerk.get_by_label("Đơn vị tính").fill("%")
    clerk.get_by_label("Chỉ tiêu của khối").fill("82,5")
    clerk.get_by_role("button", name="Thêm chỉ tiêu").click()
    steps.settle_day(clerk, "Đồng Hới")
    with steps.saving(clerk):
        clerk.get_by_label("ký chứng kiến").check()
    steps.publish(clerk)


def agree_check_and_open(leader, office):
    steps.record_conference(leader, present=8)
    steps.check(leader, "Nội dung")
    office.reload()
    office.get_by_role("link", name="Kiểm tra", exact=True).click()
    steps.check(office, "Thể thức")
    leader.reload()
    steps.open_signing(leader)
