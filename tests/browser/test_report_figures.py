"""The figures of a report by keyboard alone: from what is missing straight to its box, down the column, a column pasted at once."""

import re

from playwright.sync_api import Page, expect

from tests.browser import steps, steps_reports
from tests.reports import casts

PASTE = """(text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def box(page: Page, figure: str):
    return page.get_by_label(f"Kết quả: {figure}")


def test_from_a_gap_to_its_box_and_down_the_column(new_context, in_thread):
    made = in_thread(casts.period)
    page = new_context().new_page()
    steps.log_in(page, made.members[0])
    steps_reports.own_report(page, made.pk)
    page.get_by_role("link", name="chưa nhập “Tập thể được khen cấp Bộ trở lên”").click()
    steps.heading(page, "Số liệu khen thưởng")
    first, second = box(page, "Tập thể được khen cấp Bộ trở lên"), box(page, "Cá nhân được khen cấp Bộ trở lên")
    expect(first).to_be_focused()
    page.keyboard.type("2")
    with steps.saving(page):
        page.keyboard.press("Enter")
    expect(second).to_be_focused()
    gaps = page.locator("[data-gap]")
    expect(gaps.filter(has_text="“Tập thể được khen cấp Bộ trở lên”")).to_be_hidden()
    expect(gaps.filter(has_text="“Cá nhân được khen cấp Bộ trở lên”")).to_be_visible()
    page.keyboard.press("ArrowUp")
    expect(first).to_be_focused()
    page.keyboard.press("ArrowDown")
    with steps.saving(page):
        page.evaluate(PASTE, "4\n5\n6\n")
    expect(box(page, "Tập thể được Giám đốc Công an tỉnh khen")).to_have_value("5")
    expect(box(page, "Cá nhân được Giám đốc Công an tỉnh khen")).to_be_focused()
    page.reload()
    expect(second).to_have_value("4")
    expect(box(page, "Cá nhân được Giám đốc Công an tỉnh khen")).to_have_value("6")
    expect(page.locator("[data-gap]")).to_have_text(re.compile("Khen thưởng đột xuất"))
