"""The office in the admin: the draft in one form, the check, the opening, the voiding; and a forged order to void."""

import pytest
from playwright.sync_api import expect

from blocs.domain import signing
from blocs.enums import CheckKind, DocumentState
from emulation.signing.enums import RoundState
from tests import builders
from tests.browser import steps

REASON = "Thiếu một chỉ tiêu đã thống nhất."


@pytest.fixture
def made(in_thread):
    def build():
        builders.demonstration()
        return builders.document(DocumentState.DISCUSSION)

    return in_thread(build)


@pytest.fixture
def office(made, new_context):
    """Somebody of the standing office, at the covenant in the admin."""
    page = new_context().new_page()
    steps.log_in(page, made.office)
    page.locator(".k-person-menu > summary").click()
    page.get_by_role("link", name="Trang quản trị", exact=True).click()
    page.get_by_role("main").get_by_role("link", name="Văn bản", exact=True).click()
    page.get_by_role("main").get_by_role("rowheader").get_by_role("link").click()
    return page


def test_edit_check_open_and_void(made, office, in_thread):
    edit_inline(office)
    clause = in_thread(lambda: made.row.clauses.filter(heading="Chuyển đổi số").get())
    assert clause.text == "Giải quyết thủ tục hành chính trên môi trường mạng."
    in_thread(publish_adopt_and_check_content, made)

    office.reload()
    office.get_by_role("link", name="Kiểm tra", exact=True).click()
    steps.check(office, "Thể thức")
    office.get_by_role("link", name=made.row.bloc_year.full_name).click()
    office.get_by_role("link", name="Mở ký", exact=True).click()
    office.get_by_role("button", name="Mở ký", exact=True).click()
    steps.told(office, "Đã mở ký")
    steps.heading(office, "Theo dõi ký")

    office.get_by_role("link", name="Hủy vòng ký…").click()
    forged_orders_are_refused(office)
    assert in_thread(lambda: made.round.state) == RoundState.OPEN
    office.get_by_label("Lý do").fill(REASON)
    office.get_by_role("button", name="Hủy vòng ký", exact=True).click()
    steps.told(office, "Vòng ký đã hủy")
    voided = in_thread(lambda: made.round)
    assert (voided.state, voided.void_reason) == (RoundState.VOIDED, REASON)


def edit_inline(office):
    """A new clause below the others and a better place name, saved in one go."""
    office.get_by_label("Địa danh").fill("Hải Ninh")
    group = office.locator("section", has=office.get_by_role("heading", name="Nội dung (giao ước"))
    group.get_by_role("button", name="Thêm mục").click()
    group.get_by_label("Tiêu đề").last.fill("Chuyển đổi số")
    group.get_by_label("Nội dung").last.fill("Giải quyết thủ tục hành chính trên môi trường mạng.")
    office.get_by_role("button", name="Lưu", exact=True).click()
    steps.told(office, "Đã lưu")
    expect(office.get_by_label("Địa danh")).to_have_value("Hải Ninh")


def publish_adopt_and_check_content(made):
    builders.publish(made)
    builders.adopt(made)
    signing.check(made.version, CheckKind.CONTENT, actor=made.leader)


def forged_orders_are_refused(office):
    """The session's own cookies, but a token that is missing or was made up."""
    for token in ({}, {"csrfmiddlewaretoken": "x" * 64}):
        answer = office.request.post(office.url, form={"reason": "Giả mạo", **token})
        assert answer.status == 403
        assert "được gửi từ nơi khác" in answer.text()
