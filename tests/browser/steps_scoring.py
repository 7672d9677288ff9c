"""Scoring: the criteria from Excel, the campaign, the grid by keyboard, the layers, the standings and their signatures."""

import base64
from collections.abc import Iterable, Sequence
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser import steps

TARGETS, RESULTS = "Chỉ tiêu", "Kết quả"
# Lets a file fall on a row, as from a folder of the desktop.
DROP = """(row, [name, content]) => {
    const dragged = new DataTransfer();
    dragged.items.add(new File([Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))], name, { type: "image/png" }));
    row.dispatchEvent(new DragEvent("drop", { dataTransfer: dragged, bubbles: true, cancelable: true }));
}"""


# --- The criteria and the campaign -----------------------------------------------------------------------------------------------


def import_criteria(page: Page, workbook: Path) -> None:
    """From the regulation's draft: look at what the workbook holds, then take it."""
    page.get_by_role("link", name="Nhập từ Excel…").click()
    page.get_by_label("Sổ Excel").set_input_files(workbook)
    page.get_by_role("button", name="Xem trước").click()
    steps.heading(page, "Xem trước")
    page.get_by_role("button", name="Nhận bộ tiêu chí này").click()
    steps.told(page, "Đã nhập bộ tiêu chí từ Excel")


def open_campaign(page: Page) -> None:
    """From the home page, by way of the bloc's: a campaign of the year with all its phases."""
    steps.own_bloc(page)
    page.get_by_role("link", name="Mở đợt chấm điểm").first.click()
    page.get_by_role("button", name="Mở đợt chấm điểm").click()
    steps.told(page, "Đã mở đợt chấm điểm")


def campaign(page: Page) -> None:
    """The page of the only campaign."""
    page.goto("/cham-diem/")
    page.get_by_role("main").get_by_role("rowheader").get_by_role("link").first.click()
    steps.heading(page, "Các đơn vị và bảng chấm điểm")


def move_on(page: Page, phase: str) -> None:
    campaign(page)
    page.get_by_role("button", name=f"Chuyển sang “{phase}”").click()
    steps.told(page, f"Đã chuyển sang bước “{phase}”")


def open_sheet(page: Page, unit: str) -> None:
    """The sheet about a unit that is the person's own to fill in now."""
    campaign(page)
    page.get_by_role("link", name=f"Mở bảng của {unit}").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(unit)
    page.wait_for_load_state()  # the keys of the grid need its scripts


# --- The grid --------------------------------------------------------------------------------------------------------------------


def row(page: Page, code: str) -> Locator:
    """The row of a criterion."""
    return page.locator("tr[data-cell]").filter(has=page.get_by_role("link", name=code, exact=True))


def fill_down(page: Page, kind: str, values: Iterable[str]) -> None:
    """Type a column from its first box down, with Enter after each."""
    place = {TARGETS: "k-c-target", RESULTS: "k-c-result"}[kind]
    page.locator(f"tr[data-cell] .{place} .k-box").first.focus()
    for value in values:
        page.keyboard.type(value)
        page.keyboard.press("Enter")


def saved(page: Page, *codes: str) -> None:
    """These rows say that they are saved, and so does the page."""
    for code in codes:
        expect(row(page, code).locator("[data-state-place]")).to_have_text("Đã lưu")
    steps.save_state(page, "saved")


def correct(page: Page, code: str, label: str, value: str) -> None:
    """Type over one box, and leave it."""
    box = row(page, code).get_by_label(label)
    box.fill(value)
    box.blur()


def refused(page: Page, code: str, words: str) -> None:
    """The row keeps what was typed and says what is wrong with it."""
    expect(row(page, code).get_by_text("Chưa hợp lệ")).to_be_visible()
    expect(row(page, code).locator("[data-faults]")).to_contain_text(words)


def drop_evidence(page: Page, code: str, file: Path) -> None:
    row(page, code).evaluate(DROP, [file.name, base64.b64encode(file.read_bytes()).decode()])
    expect(row(page, code).get_by_role("link", name="1 tệp")).to_be_visible()


def add_evidence(page: Page, code: str, file: Path) -> None:
    """By the criterion's own page, as on a phone; then back to the grid."""
    row(page, code).get_by_role("link", name="Thêm, bắt buộc").click()
    page.get_by_label("Tệp minh chứng").set_input_files(file)
    page.get_by_role("button", name="Thêm minh chứng").click()
    steps.told(page, "Đã thêm minh chứng")
    page.get_by_role("link", name="Về bảng chấm").click()
    expect(row(page, code).get_by_role("link", name="1 tệp")).to_be_visible()


def see_otherwise(page: Page, code: str, points: str, reason: str) -> None:
    """Give other points than the layer below, and say why."""
    given, why = row(page, code).get_by_label("Điểm chấm khác"), row(page, code).get_by_label("Lý do")
    given.fill(points)
    why.fill(reason)
    why.blur()
    expect(row(page, code).locator("[data-points]")).to_have_text(points)
    steps.save_state(page, "saved")


def keep(page: Page, code: str) -> None:
    """Peers see it otherwise; the unit's own points stay."""
    button = row(page, code).get_by_role("button", name="Giữ")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")


def take_median(page: Page, code: str, points: str) -> None:
    row(page, code).get_by_role("button", name="Lấy trung vị").click()
    expect(row(page, code).locator("[data-points]")).to_have_text(points)
    steps.save_state(page, "saved")


def hand_in(page: Page) -> None:
    page.get_by_role("button", name="Nộp bảng").click()
    steps.told(page, "Đã nộp bảng chấm điểm")


# --- Explanations ----------------------------------------------------------------------------------------------------------------


def explain(page: Page, code: str, text: str) -> None:
    """From the home page: what the bloc made of a criterion, and the unit's word on it."""
    page.goto("/")
    page.get_by_role("link", name="Xem điểm", exact=True).click()
    page.get_by_role("link", name="Xem điểm khối chấm và giải trình").click()
    row(page, code).get_by_role("link", name=code, exact=True).click()
    page.get_by_label("Nội dung giải trình").fill(text)
    page.get_by_role("button", name="Gửi giải trình").click()
    steps.told(page, "Đã gửi giải trình")


def answer(page: Page, points: str, text: str) -> None:
    """From the home page: adjust what was explained."""
    page.goto("/")
    steps.task(page, "Trả lời giải trình").get_by_role("link", name="Xem và trả lời").click()
    page.get_by_role("link", name="Trả lời", exact=True).click()
    page.get_by_label("Điều chỉnh điểm").check()
    page.get_by_label("Điểm sau điều chỉnh").fill(points)
    page.get_by_label("Trả lời đơn vị").fill(text)
    page.get_by_role("button", name="Gửi trả lời").click()
    steps.told(page, "Đã trả lời giải trình")


# --- The standings ---------------------------------------------------------------------------------------------------------------


def standings(page: Page) -> None:
    """From the campaign's page."""
    campaign(page)
    page.get_by_role("link", name="Kết quả xếp hạng").first.click()
    steps.heading(page, "Kết quả xếp hạng")


def compute(page: Page) -> None:
    page.get_by_role("button", name="Tính điểm toàn khối").click()
    steps.told(page, "Đã tính điểm toàn khối")


def ranks(page: Page) -> list[list[str]]:
    """Rank, unit and official points, from the first row down."""
    rows = page.locator(".k-standings tbody tr")
    parts: Sequence[str] = (".k-rank", "th a", ".k-sunk-cell")
    return [[rows.nth(place).locator(part).inner_text() for part in parts] for place in range(rows.count())]


def decide_tie(page: Page, order: Sequence[str], reason: str) -> None:
    """Write down what the bloc decided on equal units, the first first."""
    page.get_by_role("link", name="Ghi quyết định của khối").click()
    for place, unit in enumerate(order, start=1):
        page.get_by_label(unit).select_option(str(place))
    page.get_by_label("Căn cứ quyết định").fill(reason)
    page.get_by_role("button", name="Ghi quyết định").click()
    steps.told(page, "Đã ghi quyết định của khối")


def bring_out(page: Page) -> None:
    """The standings, ready to be signed by two units."""
    page.get_by_role("button", name="Lập bảng xếp hạng").click()
    steps.told(page, "Đã lập bảng xếp hạng")
    page.get_by_role("button", name="Mở ký bảng xếp hạng").click()
    steps.told(page, "Đã mở ký bảng xếp hạng")


def sign(page: Page) -> None:
    """From the home page: read the pages, give the secret."""
    page.goto("/")
    steps.task(page, "Ký bảng xếp hạng").get_by_role("link", name="Xem và ký").click()
    expect(page.get_by_role("img", name="Trang 1 trên")).to_be_visible()
    steps.give_secret(page)
    steps.told(page, "Đã ký bảng xếp hạng")
