"""What is in force ends: a covenant is replaced by a new one that all units sign, and the new one is revoked by a decision."""

import pytest
from playwright.sync_api import Page, expect

from blocs.enums import DocumentState
from blocs.models import BlocDocument
from tests import builders, endings
from tests.browser import steps
from tests.builders import DocumentCast

REASON = "Chỉ tiêu của tỉnh đã thay đổi"
DECISION = "Quyết định số 215/QĐ-CAT ngày 05/06/2020 của Công an tỉnh"


@pytest.fixture
def signed(in_thread):
    return in_thread(builders.document, DocumentState.SIGNED)


def test_a_covenant_is_replaced_and_the_new_one_revoked(new_context, in_thread, signed):
    token = in_thread(lambda: signed.round.token)
    leader, office, stranger = (new_context().new_page() for _ in range(3))
    steps.log_in(leader, signed.leader)
    start_replacement(leader, signed)
    expect(leader.get_by_role("main")).to_contain_text("còn hiệu lực cho đến khi văn bản mới được ký đủ")
    new = in_thread(lambda: DocumentCast(BlocDocument.objects.get(replaces=signed.pk).pk, signed.bloc))
    in_thread(endings.settle_day, new)
    in_thread(endings.bring_to_signing, new)
    verify(stranger, token)
    expect(stranger.locator(".k-verdict")).to_contain_text("đã ký đủ 3/3")  # it holds until the last signature

    in_thread(builders.sign_all, new)
    verify(stranger, token)
    steps.verdict(stranger, "đã được thay thế từ ngày")
    expect(stranger.get_by_role("main")).to_contain_text(REASON)
    stranger.get_by_role("link", name="Giao ước thi đua").click()
    steps.verdict(stranger, "đã ký đủ 3/3")

    steps.log_in(office, signed.office)
    revoke(office, new)
    stranger.reload()
    steps.verdict(stranger, "đã bị thu hồi từ ngày")
    expect(stranger.get_by_role("main")).to_contain_text(DECISION)
    leader.goto(f"/van-ban/{new.pk}/")
    expect(leader.get_by_role("main")).to_contain_text("Trái với chỉ đạo mới")


def start_replacement(page: Page, made: DocumentCast) -> None:
    """From the document's page; without a reason nothing begins."""
    page.goto(f"/van-ban/{made.pk}/")
    page.get_by_role("link", name="Soạn văn bản thay thế…").click()
    page.get_by_role("button", name="Soạn văn bản thay thế").click()
    expect(page.get_by_text("Chưa nhập ô này.")).to_be_visible()
    page.get_by_label("Lý do").fill(REASON)
    page.get_by_role("button", name="Soạn văn bản thay thế").click()
    steps.heading(page, "Dự thảo")
    page.goto(f"/van-ban/{made.pk}/")


def revoke(page: Page, made: DocumentCast) -> None:
    """From the document's page, by the standing office."""
    page.goto(f"/van-ban/{made.pk}/")
    page.get_by_role("link", name="Thu hồi văn bản…").click()
    page.get_by_label("Quyết định thu hồi").fill(DECISION)
    page.get_by_label("Lý do").fill("Trái với chỉ đạo mới")
    page.get_by_role("button", name="Thu hồi văn bản").click()
    steps.told(page, "Đã thu hồi văn bản")


def verify(page: Page, token: str) -> None:
    """As somebody who holds the paper."""
    page.goto(f"/xac-minh/{token}/")
