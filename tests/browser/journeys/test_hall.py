"""In the hall: two units sign at the desk, one of them on behalf, another from its own phone; the projector follows by itself."""

import re
import time

from playwright.sync_api import expect

from blocs.enums import DocumentState
from tests import builders
from tests.browser import steps
from tests.builders import SECRET

SCREEN = {"viewport": {"width": 1920, "height": 1080}, "reduced_motion": "reduce"}


def test_the_projector_follows_the_desk(new_context, in_thread, watch):
    made = in_thread(builders.document, DocumentState.SIGNING, n=3)
    deputy_head = in_thread(builders.deputy, made.members[0].unit)
    keeper = in_thread(builders.staff, made.leader.unit)

    projector = new_context(**SCREEN).new_page()
    steps.log_in(projector, made.leader)
    projector.goto(f"/van-ban/{made.pk}/trinh-chieu/")
    signed = projector.locator(".k-hall-seat.k-hall-signed")
    expect(signed).to_have_count(0)

    desk = new_context().new_page()
    steps.log_in(desk, keeper)
    desk.goto(f"/van-ban/{made.pk}/")
    desk.get_by_role("link", name="Bàn ký").click()
    sign_at_desk(desk, made.leader.unit.name)
    expect(signed).to_have_count(1, timeout=10_000)

    # The network drops: what is shown stays, and comes up to date by itself.
    projector.context.set_offline(True)
    sign_at_desk(desk, made.members[0].unit.name, who=deputy_head.user.full_name)
    expect(signed).to_have_count(1)
    projector.context.set_offline(False)
    expect(signed).to_have_count(2, timeout=20_000)
    watch.complaints = [said for said in watch.complaints if "ERR_INTERNET_DISCONNECTED" not in said]
    expect(projector.get_by_text("(KT.)")).to_be_visible()

    phone = new_context(viewport={"width": 390, "height": 844}).new_page()
    steps.log_in(phone, made.deputy)
    steps.look_and_sign(phone)
    expect(projector.get_by_text(re.compile(r"Đã ký đủ\s*3/3"))).to_be_visible()
    expect(projector.get_by_role("img", name="Mã QR của văn bản")).to_be_visible()
    expect(desk.get_by_role("heading", name="Tất cả đã ký.")).to_be_visible()


def sign_at_desk(page, unit, who=""):
    page.get_by_role("link", name=unit).click()
    if who:
        page.get_by_role("radio", name=who).check()
    page.get_by_label("Mật khẩu của người ký").fill(SECRET)
    page.get_by_role("button", name="Ký giao ước").click()
    expect(page.locator(".k-notice").first).to_contain_text(f"{unit} đã ký.")


def test_four_acts_from_the_last_edit_to_the_first_signature(new_context, in_thread):
    made = in_thread(builders.document, DocumentState.DISCUSSION)
    in_thread(builders.demonstration)
    clause = in_thread(lambda: made.row.clauses.filter(kind="clause")[0])
    leader, deputy = new_context().new_page(), new_context().new_page()
    for page, actor in ((leader, made.leader), (deputy, made.deputy)):
        steps.log_in(page, actor)
    leader.goto(f"/van-ban/{made.pk}/soan/?phan=noi-dung&muc={clause.key}")
    steps.write(leader, "Nội dung", "Sửa lần cuối, tại hội nghị.")
    began = time.monotonic()

    leader.get_by_role("link", name="Thông qua tại hội nghị…").click()
    dialog = leader.get_by_role("dialog")
    dialog.get_by_label("Số đơn vị có mặt").fill("3")
    dialog.get_by_role("button", name="Công bố và thông qua").click()
    steps.told(leader, "được thông qua")
    steps.check(leader, "Nội dung")
    deputy.goto(f"/van-ban/{made.pk}/")
    steps.check(deputy, "Thể thức")
    leader.reload()
    steps.open_signing(leader)

    deputy.goto(f"/van-ban/{made.pk}/ky/")
    steps.give_secret(deputy)
    steps.told(deputy, "Đã ký thay mặt")
    assert time.monotonic() - began < 120
