"""What happens in the hall: the projector's view, the signing desk."""

import time

from playwright.sync_api import Page, expect

from tests.browser import steps

SCREEN = {"viewport": {"width": 1920, "height": 1080}, "reduced_motion": "reduce"}
# Notes when each signature appeared: the moment at which so many seats were filled, in milliseconds as the machine counts them.
NOTE_SEATS = """() => {
    globalThis.shown = [];
    const look = () => {
        const seats = document.querySelectorAll(".k-hall-seat").length;
        const filled = document.querySelector(".k-hall-qr") ? globalThis.seats : document.querySelectorAll(".k-hall-signed").length;
        globalThis.seats = seats || globalThis.seats;
        while (shown.length < filled) shown.push(Date.now());
    };
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
}"""


class Projector:
    """The page on the hall's screen, and when it showed each signature."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.signed: list[float] = []
        page.evaluate(NOTE_SEATS)

    def signature(self) -> None:
        """Somebody has just been told that he has signed."""
        self.signed.append(time.time() * 1000)

    def delays(self) -> list[float]:
        """How long after its signer was told the screen showed each signature, in seconds; waits for the last one."""
        expect(self.page.get_by_role("img", name="Mã QR của văn bản")).to_be_visible()
        shown = self.page.evaluate("shown")
        assert len(shown) == len(self.signed)
        return [(there - told) / 1000 for there, told in zip(shown, self.signed, strict=True)]


def open_desk(page: Page) -> None:
    """From the document's page."""
    page.get_by_role("link", name="Bàn ký").click()
    steps.heading(page, "Bàn ký")


def sign_at_desk(page: Page, unit: str, *, who: str = "") -> None:
    """The unit's head, or who is named, types his own secret; the desk is back at the units."""
    page.get_by_role("link", name=unit).click()
    if who:
        page.get_by_role("radio", name=who).check()
    page.get_by_label("Mật khẩu của người ký").fill(steps.SECRET)
    page.get_by_role("button", name="Ký giao ước").click()
    expect(page.locator(".k-notice").first).to_contain_text(f"{unit} đã ký.")
