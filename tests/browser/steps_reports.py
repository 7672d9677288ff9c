"""What people do with reports in the browser, one function an act."""

import re
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.browser import steps


def own_report(page: Page, period: int) -> None:
    """From the page of a period to the report of one's own unit."""
    page.goto(f"/bao-cao/ky/{period}/")
    page.get_by_role("link", name=re.compile("^(Viết báo cáo|Báo cáo) của đơn vị")).click()


def open_section(page: Page, heading: str) -> None:
    """From any page of the report to one of its sections."""
    page.locator(".k-write-tree a:visible", has_text=heading).first.click()
    steps.heading(page, heading)


def write(page: Page, text: str) -> None:
    """Type into the section's box, and see it saved."""
    with steps.saving(page):
        page.get_by_label(re.compile("^Nội dung")).fill(text)


def enter(page: Page, figure: str, value: str) -> None:
    """Type a result into the table, and see it saved."""
    with steps.saving(page):
        page.get_by_label(f"Kết quả: {figure}").fill(value)


def present(page: Page) -> None:
    """From the report to the commander."""
    page.get_by_role("link", name="Trình chỉ huy ký").click()
    page.get_by_role("button", name="Trình ký").click()


def sign(page: Page) -> None:
    """From the report: read the pages, give the secret."""
    page.get_by_role("link", name="Xem và ký").first.click()
    expect(page.get_by_role("img", name="Trang 1 trên")).to_be_visible()
    steps.give_secret(page)
    steps.told(page, "Đã ký báo cáo")


def give_back(page: Page, reason: str, section: str, words: str) -> None:
    page.get_by_role("link", name="Trả lại để sửa").click()
    page.get_by_label("Lý do trả lại").fill(reason)
    page.get_by_label(section).fill(words)
    page.get_by_role("button", name="Trả lại để sửa").click()


def extend(page: Page, unit: str, day: str, reason: str) -> None:
    """From the page of the period."""
    page.get_by_role("link", name=f"Gia hạn cho {unit}").click()
    page.get_by_label("Gia hạn đến hết ngày").fill(day)
    page.get_by_label("Lý do").fill(reason)
    page.get_by_role("main").get_by_role("button", name="Gia hạn").click()
    expect(page.get_by_role("main")).to_contain_text("được gia hạn")


def enter_activity(page: Page, bloc: int, title: str, money: str) -> None:
    """A joint activity that the person's own unit hosted."""
    page.goto(f"/hoat-dong-chung/khoi/{bloc}/")
    page.get_by_role("link", name="Ghi hoạt động").click()
    page.get_by_label("Tên hoạt động").fill(title)
    page.get_by_label("Kinh phí (đồng)").fill(money)
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("main")).to_contain_text(title)


def open_period(page: Page, kind: str, *, last: date) -> None:
    """From the bloc's page: ask the units for a report until that day."""
    page.get_by_role("link", name="Mở kỳ báo cáo").click()
    page.get_by_label(kind).check()
    page.get_by_label("Đơn vị nộp đến hết ngày").fill(f"{last:%d/%m/%Y}")
    page.get_by_label("Khối nộp đến hết ngày").fill(f"{last + timedelta(days=20):%d/%m/%Y}")
    page.get_by_role("button", name="Mở kỳ báo cáo").click()
    steps.told(page, "Đã mở kỳ báo cáo")
