"""A stranger verifies a paper and a file, on a phone and at a desk: no log-in, one sentence, nothing out of the page."""

import io

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from blocs.enums import DocumentState
from emulation.records.domain import documents
from emulation.signing.domain import uploads
from emulation.signing.models import VerificationJob
from tests import builders
from tests.signing import attacks, papers

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


@pytest.fixture
def made(server, in_thread):
    return in_thread(builders.document, DocumentState.SIGNED, witness=True)


@pytest.fixture(autouse=True)
def uploads_folder(settings, tmp_path):
    settings.UPLOADS_DIR = tmp_path / "uploads"


def inspect_what_waits() -> None:
    for job in VerificationJob.objects.filter(finished_at=None):
        uploads.inspect_upload.call(str(job.token))


def choose(page: Page, pdf: bytes) -> None:
    page.goto("/xac-minh/")
    page.get_by_label("Tệp PDF").set_input_files({"name": "giao-uoc.pdf", "mimeType": "application/pdf", "buffer": pdf})
    page.get_by_role("button", name="Xác minh tệp").click()


def assert_accessible(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert [
        (row["id"], [node["html"] for node in row["nodes"]]) for row in found if row["impact"] in {"serious", "critical"}
    ] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", [PHONE, {}], ids=["phone", "desk"])
def test_a_code_is_typed_from_the_paper(new_context, made, in_thread, screen, scheme):
    row = in_thread(lambda: made.round)
    page = new_context(color_scheme=scheme, **screen).new_page()
    page.goto("/xac-minh/")
    assert_accessible(page)
    page.get_by_label("Mã tra cứu in trên trang ký").fill(f"{row.short_code[:5].lower()} {row.short_code[5:]}")
    page.get_by_role("button", name="Xác minh theo mã").click()
    expect(page.get_by_role("heading", level=2).first).to_contain_text("đã ký đủ 4/4.")
    expect(page.get_by_text("Đối chiếu với tờ giấy")).to_be_visible()
    expect(page.get_by_text("Trang này không xác nhận được bản giấy.")).to_be_visible()
    for slot in in_thread(lambda: made.slots):
        expect(page.get_by_text(slot.ranked_signer).first).to_be_visible()
    expect(page.get_by_text("SHA-256").first).to_be_hidden()
    assert_accessible(page)
    page.get_by_text("Chi tiết kỹ thuật").click()
    expect(page.get_by_text("SHA-256").first).to_be_visible()
    assert_accessible(page)


def test_a_file_is_answered_at_once_or_after_a_wait(new_context, made, in_thread):
    final = in_thread(lambda: documents.read(made.round.current))
    page = new_context(**PHONE).new_page()
    choose(page, final)
    expect(page.locator(".k-verdict.k-ok")).to_contain_text("đã ký đủ 4/4, không bị thay đổi, đang có hiệu lực.")
    assert_accessible(page)
    choose(page, in_thread(attacks.flip_a_byte_of_a_page, final))
    expect(page.get_by_role("heading", name="Đang kiểm tra tệp…")).to_be_visible()
    assert_accessible(page)
    in_thread(inspect_what_waits)
    # Nobody presses anything: the page asks by itself.
    expect(page.locator(".k-verdict.k-late")).to_contain_text("không còn nguyên vẹn", timeout=15_000)


def test_without_scripts_the_page_is_loaded_again_by_hand(new_context, made, in_thread):
    page = new_context(java_script_enabled=False).new_page()
    choose(page, in_thread(papers.paper))
    in_thread(inspect_what_waits)
    page.get_by_role("link", name="Tải lại").click()
    expect(page.locator(".k-verdict")).to_contain_text("Hệ thống không lưu tệp này")


def test_the_code_of_a_printed_page_opens_its_document(new_context, made, in_thread):
    """The address in the QR of the signature page, read back from a grey picture of it."""
    import zxingcpp
    from PIL import Image

    from emulation.pdf import pictures

    def read_codes() -> list[str]:
        pdf = documents.read(made.round.current)
        pages = [pictures.page_picture(pdf, number + 1, width=1654) for number in range(pictures.page_count(pdf))]
        return [found.text for page in pages for found in zxingcpp.read_barcodes(Image.open(io.BytesIO(page)).convert("L"))]

    [address] = in_thread(read_codes)
    page = new_context(**PHONE).new_page()
    page.goto(address)
    assert page.url.endswith(in_thread(lambda: reverse("verify_token", args=[made.round.token])))
    expect(page.locator(".k-verdict.k-info")).to_contain_text("đã ký đủ 4/4.")
