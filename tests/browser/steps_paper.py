"""Signing on paper: open it so, print, take pictures of the pages, hand them in, record and confirm what was signed."""

import subprocess
from pathlib import Path

import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser import steps


def open_on_paper(page: Page) -> None:
    """From the adopted document's page: the same act as for an electronic round, with the other choice."""
    page.get_by_role("radio", name="Ký trên giấy").check()
    steps.open_signing(page)


def print_for_signing(page: Page, folder: Path) -> Path:
    """From the document's page: the file that is printed and signed with pens."""
    return steps.download(page, "Tải bản in để ký", folder)


def photographs(file: Path, folder: Path) -> list[Path]:
    """Each page as a phone would take it."""
    subprocess.run(["pdftoppm", "-r", "150", "-gray", "-jpeg", str(file), str(folder / file.stem)], check=True, timeout=60)
    return sorted(folder.glob(f"{file.stem}-*.jpg"))


def printed_address(picture: Path) -> str:
    """Where the QR code on the page leads, as a camera reads it."""
    with Image.open(picture) as opened:
        (found,) = zxingcpp.read_barcodes(opened)
    return found.text


def hand_in(page: Page, pictures: list[Path]) -> None:
    """From the home page: all pages of one signed original."""
    steps.touch(page.get_by_role("link", name="Ghi nhận", exact=True))
    page.get_by_label("Bản chụp một bản gốc đã ký").set_input_files(pictures)
    steps.touch(page.get_by_role("button", name="Tải bản chụp"))
    steps.told(page, "mã QR khớp với văn bản")


def record(page: Page, units: list[str]) -> None:
    """Each unit's signature was seen on the paper; who signed is proposed already."""
    for unit in units:
        page.get_by_role("checkbox", name=unit).check()
    steps.touch(page.get_by_role("button", name="Ghi nhận đã ký giấy"))
    steps.told(page, "Đã ghi nhận")
    expect(page.get_by_role("main")).to_contain_text("Chờ người thứ hai xác nhận")


def confirm(page: Page) -> None:
    """From the home page of the second person."""
    page.get_by_role("link", name="Xem và xác nhận").click()
    page.get_by_role("button", name="Xác nhận đã ký đủ trên giấy").click()
    steps.told(page, "Đã xác nhận")
