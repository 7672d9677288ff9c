"""A commander signs on a phone: 390 px, upright, with a finger."""

import pytest
from playwright.sync_api import expect

from blocs.enums import DocumentState
from emulation.signing.enums import SlotState
from tests import builders
from tests.browser import steps

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
SMALLEST_TARGET = 44  # CSS pixels


@pytest.mark.browser_sqlite
def test_three_taps_and_one_secret(in_thread, new_context):
    made = in_thread(builders.document, DocumentState.SIGNING)
    signer = made.members[0]
    context = new_context(**PHONE)
    steps.count_clicks(context)
    page = context.new_page()
    steps.log_in(page, signer)
    steps.nothing_sticks_out(page)

    steps.touch(page.get_by_role("link", name="Xem và ký"))
    expect(page.get_by_role("img", name="Trang 1 trên")).to_be_visible()
    steps.nothing_sticks_out(page)
    for target in (page.get_by_label("Mật khẩu của đồng chí"), page.get_by_role("button", name="Ký giao ước")):
        assert target.bounding_box()["height"] >= SMALLEST_TARGET
    steps.give_secret(page)
    steps.told(page, "Đã ký thay mặt")
    steps.nothing_sticks_out(page)
    assert steps.clicks(page) <= 3
    assert in_thread(lambda: made.slot(signer).state) == SlotState.SIGNED
