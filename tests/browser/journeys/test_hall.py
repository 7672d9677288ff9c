"""In the hall: two units sign at the desk, one of them on behalf, another from its own phone; the projector follows by itself."""

import re

from playwright.sync_api import expect

from blocs.enums import DocumentState
from tests import builders
from tests.browser import steps, steps_hall


def test_the_projector_follows_the_desk(new_context, in_thread, watch):
    made = in_thread(builders.document, DocumentState.SIGNING, n=3)
    deputy_head = in_thread(builders.deputy, made.members[0].unit)
    keeper = in_thread(builders.staff, made.leader.unit)

    projector = new_context(**steps_hall.SCREEN).new_page()
    steps.log_in(projector, made.leader)
    projector.goto(f"/van-ban/{made.pk}/trinh-chieu/")
    signed = projector.locator(".k-hall-seat.k-hall-signed")
    expect(signed).to_have_count(0)

    desk = new_context().new_page()
    steps.log_in(desk, keeper)
    desk.goto(f"/van-ban/{made.pk}/")
    steps_hall.open_desk(desk)
    steps_hall.sign_at_desk(desk, made.leader.unit.name)
    expect(signed).to_have_count(1, timeout=10_000)

    # The network drops: what is shown stays, and comes up to date by itself.
    projector.context.set_offline(True)
    steps_hall.sign_at_desk(desk, made.members[0].unit.name, who=deputy_head.user.full_name)
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
