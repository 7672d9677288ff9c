"""The figures of a report: by keyboard alone, straight to the box that is missing, pasted at once; what is wrong stands at its box."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from scoring.domain.usual_outline import usual_outline
from tests.browser import steps, steps_reports
from tests.reports import casts

TARGETS = "Kết quả theo từng chỉ tiêu"
PASTE = """(text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""

# Nothing of what was typed is hidden by the box, and what stands below a box covers no other box and is as wide as it may be.
HIDES = "(box) => box.scrollWidth > box.clientWidth"
COVERS = """(said) => [...document.querySelectorAll("[data-figures] input")].some((box) => {
  const [a, b] = [said.getBoundingClientRect(), box.getBoundingClientRect()];
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
})"""


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
        page.evaluate(PASTE, "4\t3\tTăng 1\n5\n6\n")
    expect(box(page, "Tập thể được Giám đốc Công an tỉnh khen")).to_have_value("5")
    expect(box(page, "Cá nhân được Giám đốc Công an tỉnh khen")).to_be_focused()
    page.reload()
    expect(second).to_have_value("4")
    expect(page.get_by_label("Cùng kỳ năm trước: Cá nhân được khen cấp Bộ trở lên")).to_have_value("3")
    expect(page.get_by_label("Ghi chú: Cá nhân được khen cấp Bộ trở lên")).to_have_value("Tăng 1")
    expect(box(page, "Cá nhân được Giám đốc Công an tỉnh khen")).to_have_value("6")
    expect(page.locator("[data-gap]")).to_have_text(re.compile("Khen thưởng đột xuất"))
    place = page.locator(".k-write-whole [aria-current] [data-line-state]")
    expect(place).to_have_text(re.compile("còn thiếu"))
    with steps.saving(page):
        box(page, "Khen thưởng đột xuất").fill("0")
    expect(page.get_by_role("heading", name="Cần xem ở mục này")).to_be_hidden()
    expect(place).to_have_text("đã viết")


def test_with_the_last_gap_filled_in_a_hint_remains(new_context, in_thread):
    def begun():
        usual = usual_outline()
        asked = [replace(row, is_required=row.is_required or row.heading == TARGETS) for row in usual.sections]
        made = casts.period(of=casts.bloc_with_outline(3, replace(usual, sections=asked)))
        made.figure(made.members[0], "Tỷ lệ điều tra, khám phá án", actual=852)
        return made

    made = in_thread(begun)
    page = new_context().new_page()
    steps.log_in(page, made.members[0])
    steps_reports.own_report(page, made.pk)
    page.get_by_role("link", name="chưa nhập “Vụ việc được giải quyết”").click()
    steps.heading(page, TARGETS)
    place = page.locator(".k-write-whole [aria-current] [data-line-state]")
    expect(place).to_have_text("còn thiếu")
    with steps.saving(page):
        box(page, "Vụ việc được giải quyết").fill("3")
    expect(page.locator("[data-faults] li:visible")).to_have_text(re.compile("trên 100"))
    expect(place).to_have_text("nên xem lại")
    page.reload()
    expect(place).to_have_text("nên xem lại")


@pytest.mark.parametrize("width", [1376, 390])
def test_what_is_wrong_stands_below_its_box_and_hides_nothing(new_context, in_thread, width):
    made = in_thread(casts.period)
    figures = in_thread(made.section, "Kết quả theo từng chỉ tiêu")
    page, other = (new_context(viewport={"width": width, "height": 844}).new_page() for _ in range(2))
    for each in (page, other):
        steps.log_in(each, made.members[0])
        each.goto(f"/bao-cao/{in_thread(made.report, made.members[0]).pk}/muc/{figures}/")
    first, second = page.locator("[name^=actual-]").all()
    first.fill("12 vụ")
    said = page.locator("td", has=page.locator("[name^=actual-]")).locator(".invalid-feedback")
    expect(said).to_contain_text("Nhập số")
    assert not first.evaluate(HIDES)
    assert not said.evaluate(COVERS)
    with steps.saving(other):
        other.locator("[name^=actual-]").nth(1).fill("7")
    second.fill("8")
    choice = page.get_by_role("group", name="Hai người sửa một ô")
    expect(choice).to_be_visible()
    assert not choice.evaluate(COVERS)
    steps.nothing_sticks_out(page)
