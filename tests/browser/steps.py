"""What people do in the browser, one function an act: it is done when the page that shows its result is open.

Everything is found by the words a person reads. Nothing waits by the clock.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, Locator, Page, expect

from emulation.lib import clock
from emulation.organisation.actors import Actor
from tests.builders import SECRET

SIGN = re.compile("^Ký (giao ước|quy định|đề cương|biên bản|bảng xếp hạng|báo cáo)")

# Counts what a hand does; a click that a key causes has no detail.
COUNT_CLICKS = "addEventListener('click', e => { if (e.isTrusted && e.detail) sessionStorage.clicks = clicks() + 1 }, true);"
CLICKS = "globalThis.clicks = () => Number(sessionStorage.clicks ?? 0);"


# --- Coming and going ------------------------------------------------------------------------------------------------------------


def log_in(page: Page, person: Actor) -> None:
    """Through the log-in page, as everybody; then the person is at what waits for him."""
    page.goto("/dang-nhap/")
    fill_in(page, person.user.username)
    heading(page, "Việc cần làm")


def fill_in(page: Page, username: str, secret: str = SECRET) -> None:
    page.get_by_label("Tên đăng nhập").fill(username)
    page.locator("[name=password]").fill(secret)
    touch(page.get_by_role("button", name="Đăng nhập"))


def log_out(page: Page) -> None:
    page.locator("[data-menu]:visible > summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    heading(page, "Đăng nhập")


def count_clicks(context: BrowserContext) -> None:
    """Count the clicks and taps of this person from now on; `clicks` tells them."""
    context.add_init_script(CLICKS + COUNT_CLICKS)


def clicks(page: Page) -> int:
    return page.evaluate("clicks()")


# --- The draft -------------------------------------------------------------------------------------------------------------------


def paste_covenant(page: Page, text: str) -> None:
    """From the home page: start the covenant with a text copied from Word, after a look at how it was split."""
    page.get_by_role("link", name="Soạn dự thảo").click()
    page.get_by_label("Toàn văn").fill(text)
    page.get_by_role("button", name="Tách và xem trước").click()
    heading(page, "Hệ thống đã tách như sau")
    page.get_by_role("button", name="Dùng bản đã tách").click()
    heading(page, "Dự thảo")


def start_from_template(page: Page, kind: str) -> None:
    """From the bloc's page: start another document of the bloc with the text that is usual for its kind."""
    page.get_by_role("link", name=f"Soạn {kind}").click()
    page.get_by_role("button", name="Dùng mẫu này").click()
    heading(page, "Dự thảo")


def own_bloc(page: Page) -> None:
    """From the home page to the page of the bloc."""
    page.goto("/")
    page.get_by_role("link", name="Mở trang khối").click()


def settle_day(page: Page, place: str) -> None:
    """Where and on which day the document is signed: today."""
    open_part(page, "Ngày ký")
    write(page, "Địa danh", place)
    write(page, "Ngày ký", clock.today().strftime("%d/%m/%Y"))


def open_part(page: Page, name: str) -> None:
    """Another tab of the drafting room."""
    page.get_by_role("navigation", name="Các phần của dự thảo").get_by_role("link", name=name).click()
    expect(page.locator(".k-tabs [aria-current=page]")).to_contain_text(name)


def write(page: Page, label: str, text: str) -> None:
    """Type into a field of the draft; it is saved by itself."""
    with saving(page):
        field(page, label).fill(text)


def field(page: Page, label: str) -> Locator:
    return page.get_by_role("textbox", name=label)


@contextmanager
def saving(page: Page) -> Iterator[None]:
    """What is done inside is saved by the page itself."""
    with page.expect_response(lambda answer: answer.ok and "x-autosave" in answer.request.headers):
        yield
    save_state(page, "saved")


def save_state(page: Page, state: str) -> None:
    expect(page.locator("[data-save-state]")).to_have_attribute("data-state", state)


def publish(page: Page) -> None:
    page.get_by_role("link", name="Công bố bản").click()
    page.get_by_role("dialog").get_by_role("button", name="Công bố", exact=True).click()
    told(page, "Đã công bố bản")


# --- Discussion and checks -------------------------------------------------------------------------------------------------------


def send_stand(page: Page, remark: str = "", about: str = "") -> None:
    """From the home page: agree in one click, or agree with a remark; about the document of that title, when several wait."""
    task(page, about).get_by_role("link", name="Xem và gửi").click()
    if remark:
        page.get_by_label("Thống nhất, bảo lưu ý kiến").check()
        page.get_by_label("Nội dung bảo lưu").fill(remark)
    page.get_by_role("button", name="Gửi ý kiến", exact=True).click()
    told(page, "Đã gửi ý kiến")


def make_remark(page: Page, heading_of_clause: str, text: str, wording: str = "") -> None:
    """From the document's page: a remark on a clause, with another wording for it or none."""
    page.get_by_role("main").get_by_role("link", name="Góp ý", exact=True).last.click()
    clause = page.get_by_label("Góp ý về").locator("option", has_text=heading_of_clause)
    page.get_by_label("Góp ý về").select_option(clause.get_attribute("value"))
    page.get_by_role("button", name="Chọn mục").click()
    heading(page, heading_of_clause)
    page.get_by_label("Nội dung góp ý").fill(text)
    if wording:
        page.get_by_label("Câu chữ đề xuất").fill(wording)
    touch(page.get_by_role("button", name="Gửi góp ý"))
    told(page, "Đã gửi ý kiến số")


def answer_remark(page: Page, heading_of_clause: str, act: str, reason: str = "") -> None:
    """From the home page: decide on the remark about this clause."""
    page.goto("/")
    page.get_by_role("link", name="Xem và trả lời").click()
    page.get_by_role("link", name=heading_of_clause).click()
    page.get_by_label("Trả lời, giải trình").fill(reason)
    page.get_by_role("button", name=act, exact=True).click()
    told(page, "Đã trả lời ý kiến số")


def record_conference(page: Page, *, present: int) -> None:
    """From the home page: all agreed at the conference."""
    page.get_by_role("link", name="Xem ý kiến").click()
    page.locator("summary", has_text="Ghi nhận thống nhất").click()
    page.get_by_label("Thống nhất tại hội nghị").check()
    page.get_by_label("Số đơn vị có mặt").fill(str(present))
    page.get_by_role("button", name="Ghi nhận thống nhất").click()
    told(page, "được thông qua")


def adopt_in_hall(page: Page, *, present: int, also: Iterable[str] = ()) -> None:
    """From the drafting room: what was amended is published and adopted at once, other documents of these titles with it."""
    page.get_by_role("link", name="Thông qua tại hội nghị…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Số đơn vị có mặt").fill(str(present))
    for title in also:
        dialog.get_by_label(title).check()
    dialog.get_by_role("button", name="Công bố và thông qua").click()
    told(page, "được thông qua")


def check(page: Page, part: str) -> None:
    """Confirm one of the two checks on the covenant's page."""
    page.get_by_role("listitem").filter(has_text=part).get_by_role("button", name="Xác nhận đã kiểm tra").click()
    told(page, "Đã ghi nhận kiểm tra")


def open_signing(page: Page) -> None:
    page.get_by_role("button", name="Mở ký", exact=True).click()
    told(page, "Đã mở ký")


# --- Signing ---------------------------------------------------------------------------------------------------------------------


def look_and_sign(page: Page) -> None:
    """From the home page, or from the document's: open what waits, read the pages, give the secret."""
    touch(page.get_by_role("link", name="Xem và ký").first)
    expect(page.get_by_role("img", name="Trang 1 trên")).to_be_visible()
    give_secret(page)
    told(page, "Đã ký thay mặt")


def give_secret(page: Page, secret: str = SECRET) -> None:
    page.get_by_label("Mật khẩu của đồng chí").fill(secret)
    touch(page.locator(".k-sign-panel").get_by_role("button", name=SIGN))


def task(page: Page, about: str) -> Locator:
    """A row of the home page, by words in it."""
    return page.get_by_role("main").locator("tr", has_text=about)


def touch(button: Locator) -> None:
    """A tap where there are fingers, a click elsewhere."""
    if button.page.evaluate("navigator.maxTouchPoints"):
        button.tap()
    else:
        button.click()


# --- Files -----------------------------------------------------------------------------------------------------------------------


def download_pdf(page: Page, folder: Path) -> Path:
    return download(page, "Tải PDF", folder)


def download(page: Page, name: str, folder: Path) -> Path:
    """What the link of this name gives."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name).first.click()
    file = folder / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return file


def upload_to_verify(page: Page, file: Path) -> None:
    """As a stranger, on the public page."""
    page.goto("/xac-minh/")
    page.get_by_label("Tệp PDF").set_input_files(file)
    page.get_by_role("button", name="Xác minh tệp").click()


# --- What the page says ----------------------------------------------------------------------------------------------------------


def heading(page: Page, words: str) -> None:
    """The page with this heading is there, with its scripts."""
    expect(page.get_by_role("heading", name=words).first).to_be_visible()
    page.wait_for_load_state()


def told(page: Page, words: str) -> None:
    """The strip under the page's head says so."""
    expect(page.locator(".k-notices")).to_contain_text(words)


def verdict(page: Page, words: str) -> None:
    """The one sentence of the verification page."""
    expect(page.locator(".k-verdict")).to_contain_text(words)


def nothing_sticks_out(page: Page) -> None:
    """No page is wider than the window."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
