"""Take the pictures in docs/pictures/ of a fresh demonstration, served as `make run` does, in folders of its own.

Usage: screenshots.py [names of pictures]
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
PASSWORD = "thi-dua-2020"  # noqa: S105  # the demonstration's, which `make run` prints
START_SECONDS = 300
SCREEN = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
COLOURS = 256  # of a picture: the files stay small, and nobody sees what is missing
# Links to follow, as selectors.
TO_SIGN = 'a[href$="/ky/"]'
TO_DOCUMENT = 'th a[href^="/van-ban/"]'
TO_DRAFT = 'a[href$="/soan/"]'
TO_BLOC = 'main a[href^="/khoi/"]'
TO_CHANGES = 'a[href*="/so-sanh/"]'
TO_HALL = 'a[href$="/trinh-chieu/"]'
TO_CAMPAIGN = 'main td a[href^="/cham-diem/"], main th a[href^="/cham-diem/"]'
TO_SHEET = 'main a[href^="/cham-diem/bang/"]'
TO_STANDINGS = 'a[href$="/ket-qua/"]'
TO_OWN_REPORT = 'main td a[href^="/bao-cao/"]'
TO_FIGURES = '.k-write-tree li:has-text("III.1") a'
CLAUSE = "Phòng, chống tội phạm"
MORE_WORDS = " Kéo giảm ít nhất 5% số vụ phạm tội về trật tự xã hội so với năm trước."


def write_a_clause(page: Page, _folder: Path) -> None:
    """Open a clause and type; the preview beside shows where."""
    page.get_by_role("link", name=CLAUSE).click()
    text = page.get_by_role("textbox", name="Nội dung")
    text.fill(text.input_value() + MORE_WORDS)
    page.evaluate("scrollTo(0, 0)")
    page.locator("[data-marked] img").evaluate("image => image.decode()")


def type_secret(page: Page, _folder: Path) -> None:
    page.get_by_label("Mật khẩu của đồng chí").fill(PASSWORD)


def verify_signed_covenant(page: Page, folder: Path) -> None:
    """Upload the signed covenant of 2020 as a stranger."""
    page.get_by_label("Tệp PDF").set_input_files(next((folder / "demo").glob("*.pdf")))
    page.get_by_role("button", name="Xác minh tệp").click()
    page.locator(".k-verdict").wait_for()


@dataclass(frozen=True)
class Shot:
    """Who looks at what: an address, then links to follow, then something to do there."""

    file: str
    login: str
    address: str = "/"
    follow: tuple[str, ...] = ()
    size: str = "screen"
    colours: str = "light"
    act: Callable[[Page, Path], None] | None = None


SHOTS = [
    Shot("home", "hangdua.truong"),
    Shot("home-dark", "hangdua.truong", colours="dark"),
    Shot("sign", "hangdua.truong", follow=(TO_SIGN,), act=type_secret),
    Shot("sign-phone", "hangdua.truong", follow=(TO_SIGN,), size="phone"),
    Shot("draft", "suoimay.canbo", "/van-ban/", follow=(TO_DOCUMENT, TO_DRAFT), act=write_a_clause),
    Shot("bloc", "hangdua.truong", "/khoi/", follow=(TO_BLOC,)),
    Shot("board", "px03", "/theo-doi/"),
    Shot("compare", "px03", "/van-ban/?nam=2020", follow=(TO_DOCUMENT, TO_CHANGES)),
    Shot("hall", "songxanh.truong", "/van-ban/", follow=(TO_DOCUMENT, TO_HALL)),
    Shot("sheet", "dongang.canbo", "/cham-diem/", follow=(TO_CAMPAIGN, TO_SHEET)),
    Shot("standings", "px03", "/cham-diem/?nam=2020", follow=(TO_CAMPAIGN, TO_STANDINGS)),
    Shot("report", "conlau.canbo", "/bao-cao/", follow=(TO_OWN_REPORT, TO_FIGURES)),
    Shot("verify", "", "/xac-minh/", act=verify_signed_covenant),
]


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    chosen = set(sys.argv[1:])
    with served_demonstration() as (address, folder), sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if os.getuid() == 0 else []
        quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=[*quiet, *sandbox])
        for shot in SHOTS:
            if not chosen or shot.file in chosen:
                take(browser, address, folder, shot)
        browser.close()


@contextmanager
def served_demonstration() -> Iterator[tuple[str, Path]]:
    """The address of a server with a demonstration of its own, and its folder; stopped and removed in the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tempfile.mkdtemp(prefix="emulation-pictures-")
    kept = {name: value for name, value in os.environ.items() if name in {"HOME", "PATH", "LANG"}}
    environment = {**kept, "PORT": str(port), "VAR_DIR": folder, "WEB_CONCURRENCY": "1", "LOG_LEVEL": "WARNING"}
    server = subprocess.Popen([sys.executable, ROOT / "deploy" / "serve.py"], env=environment)
    try:
        wait_for(server, port)
        yield f"http://127.0.0.1:{port}", Path(folder)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def wait_for(server: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    sys.exit("the server did not start")


def take(browser: Browser, address: str, folder: Path, shot: Shot) -> None:
    phone = shot.size == "phone"
    context = browser.new_context(
        base_url=address, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", color_scheme=shot.colours,
        viewport=PHONE if phone else SCREEN, device_scale_factor=2 if phone else 1, has_touch=phone,
    )  # fmt: skip
    page = context.new_page()
    if shot.login:
        log_in(page, shot.login)
    page.goto(shot.address)
    for link in shot.follow:
        page.goto(page.locator(link).first.get_attribute("href"))
    if shot.act:
        shot.act(page, folder)
    page.wait_for_load_state("networkidle")
    file = PICTURES / f"{shot.file}.png"
    page.screenshot(path=file)
    context.close()
    with Image.open(file) as picture:
        small = picture.convert("RGB").quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    small.save(file, optimize=True)


def log_in(page: Page, login: str) -> None:
    page.goto("/dang-nhap/")
    page.locator("[name=username]").fill(login)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(lambda url: "/dang-nhap/" not in url)


if __name__ == "__main__":
    main()
