"""What people do around a conference in the browser, from its plan to the signed minutes; like steps.py."""

import re
from datetime import datetime

from playwright.sync_api import Page, expect

from tests.browser import steps


def plan(page: Page, *, starts_at: datetime, secretary: str) -> None:
    """From the bloc's page: a conference to sign the covenant, with what is usual for it."""
    page.get_by_role("link", name="Chuẩn bị hội nghị…").click()
    page.get_by_role("listitem").filter(has_text="Hội nghị ký giao ước").get_by_role("link", name="Chọn").click()
    page.get_by_label("Bắt đầu").fill(f"{starts_at:%d/%m/%Y %H:%M}")
    choose(page, "Thư ký", secretary)
    page.get_by_role("button", name="Lưu", exact=True).click()
    steps.told(page, "Đã lập hội nghị")


def choose(page: Page, label: str, words: str) -> None:
    """The option of a list that has these words."""
    found = page.get_by_label(label, exact=True)
    found.select_option(found.locator("option", has_text=words).get_attribute("value"))


def section(page: Page, name: str) -> None:
    """Another section of the conference's page."""
    page.get_by_role("navigation", name="Các phần của hội nghị").get_by_role("link", name=name).click()
    expect(page.locator(".k-tabs [aria-current=page]")).to_contain_text(name)


def lay_on_table(page: Page, *titles: str) -> None:
    """Documents of the bloc, by words of their titles."""
    section(page, "Tài liệu")
    for title in titles:
        choose(page, "Văn bản của khối", title)
        page.get_by_role("button", name="Thêm tài liệu").click()
        expect(page.get_by_role("link", name=title)).to_be_visible()


def invite(page: Page) -> None:
    page.get_by_role("button", name="Gửi giấy mời").click()
    steps.told(page, "Đã gửi giấy mời")


def hold(page: Page) -> None:
    """It is being held, and everybody is there."""
    page.get_by_role("button", name="Hội nghị đã họp").click()
    steps.told(page, "Đã ghi nhận hội nghị họp")
    page.get_by_role("button", name="Lưu, ai chưa ghi là có mặt").click()
    steps.told(page, "Đã lưu thành phần dự")


def decide(page: Page, text: str, *, about: str, votes_for: int) -> None:
    section(page, "Biểu quyết")
    page.locator("summary", has_text="Ghi biểu quyết").click()
    page.get_by_label("Nội dung biểu quyết").fill(text)
    choose(page, "Về tài liệu", about)
    page.get_by_role("textbox", name=re.compile("^Đồng ý")).fill(str(votes_for))
    page.get_by_role("button", name="Ghi biểu quyết").click()
    expect(page.get_by_role("main")).to_contain_text(f"{votes_for} đồng ý, 0 không đồng ý")


def direct(page: Page, text: str, *units: str) -> None:
    """What the presiding leader asks these units to do."""
    section(page, "Chỉ đạo")
    page.locator("summary", has_text="Ghi nội dung chỉ đạo").click()
    page.get_by_label("Nội dung chỉ đạo").fill(text)
    for unit in units:
        page.get_by_label(unit, exact=True).check()
    page.get_by_role("button", name="Ghi nội dung chỉ đạo").click()
    expect(page.locator(".k-tasks")).to_contain_text("Chưa xong")


def conclude(page: Page, *, ended_at: datetime) -> None:
    page.get_by_label("Kết thúc lúc").fill(f"{ended_at:%d/%m/%Y %H:%M}")
    page.get_by_role("button", name="Kết thúc hội nghị").click()
    steps.told(page, "Hội nghị đã kết thúc")


def write_minutes(page: Page, addition: str) -> None:
    """From the conference's page: the draft that was written from the records, with a sentence of the secretary's own."""
    page.get_by_role("button", name="Lập biên bản").click()
    text = steps.field(page, "Nội dung biên bản")
    steps.write(page, "Nội dung biên bản", f"{text.input_value()}\n{addition}")
    page.get_by_role("button", name="Mở ký biên bản").click()
    steps.heading(page, "Biên bản hội nghị")
    expect(page.get_by_text("Chữ ký", exact=True)).to_be_visible()


def sign_minutes(page: Page, role: str) -> None:
    """From the page of the minutes."""
    page.get_by_role("link", name="Xem và ký").first.click()
    steps.give_secret(page)
    steps.told(page, f"Đã ký biên bản với tư cách {role}")
