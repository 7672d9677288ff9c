"""Where two people, two windows or two moments meet: nothing typed is lost, nothing is signed that was not read."""

import pytest
from playwright.sync_api import expect

from blocs.enums import DocumentState
from blocs.models import Clause
from emulation.signing.domain import rounds
from tests import builders
from tests.browser import steps

HEADING = "Phòng, chống tội phạm"


@pytest.fixture
def signing(in_thread):
    return in_thread(builders.document, DocumentState.SIGNING)


@pytest.fixture
def window(new_context):
    """One more window in which this person is logged in, at that address."""

    def open_at(person, address):
        page = new_context().new_page()
        steps.log_in(page, person)
        page.goto(address)
        return page

    return open_at


def signed_units(made):
    return [slot.unit for slot in made.slots if slot.signed_at]


# --- A draft in two windows ------------------------------------------------------------------------------------------------------


@pytest.fixture
def draft(in_thread):
    return in_thread(builders.document, DocumentState.DRAFT)


@pytest.fixture
def clause(draft, in_thread):
    return in_thread(lambda: Clause.objects.get(document=draft.pk, heading=HEADING))


@pytest.fixture
def at_clause(draft, clause, window):
    return lambda person: window(person, f"/van-ban/{draft.pk}/soan/?phan=noi-dung&muc={clause.key}")


def stored(clause):
    return Clause.objects.get(pk=clause.pk).text


def test_the_second_of_two_windows_is_shown_both_texts(draft, clause, at_clause, in_thread):
    first, second = at_clause(draft.leader), at_clause(draft.deputy)
    steps.write(first, "Nội dung", "Bản của khối trưởng.")
    steps.field(second, "Nội dung").fill("Bản của khối phó.")
    steps.save_state(second, "conflict")
    chooser = second.get_by_role("group", name="Hai người sửa một ô")
    expect(chooser).to_contain_text("Bản của khối phó.")
    expect(chooser).to_contain_text("Bản của khối trưởng.")
    assert in_thread(stored, clause) == "Bản của khối trưởng."
    with steps.saving(second):
        chooser.get_by_role("button", name="Giữ của tôi").click()
    assert in_thread(stored, clause) == "Bản của khối phó."


def test_text_typed_after_log_out_is_there_after_the_next_log_in(draft, clause, at_clause, in_thread):
    page = at_clause(draft.leader)
    elsewhere = page.context.new_page()
    elsewhere.goto("/")
    steps.log_out(elsewhere)
    steps.field(page, "Nội dung").fill("Gõ khi phiên đã hết.")
    steps.save_state(page, "signed-out")
    assert in_thread(stored, clause) != "Gõ khi phiên đã hết."
    page.get_by_role("link", name="Đăng nhập lại").click()
    with steps.saving(page):
        steps.fill_in(page, draft.leader.user.username)
    expect(steps.field(page, "Nội dung")).to_have_value("Gõ khi phiên đã hết.")
    assert in_thread(stored, clause) == "Gõ khi phiên đã hết."


# --- Signing ---------------------------------------------------------------------------------------------------------------------


def test_a_text_that_was_voided_and_opened_anew_is_not_signed_from_the_old_page(signing, window, in_thread):
    page = window(signing.members[0], f"/van-ban/{signing.pk}/ky/")
    in_thread(void_and_open_anew, signing)
    steps.give_secret(page)
    expect(page.get_by_role("main")).to_contain_text("không còn là bản đồng chí đã mở")
    assert in_thread(signed_units, signing) == []


def void_and_open_anew(made):
    rounds.void(made.round, actor=made.leader, reason="Sửa một số liệu.")
    builders.publish(made)
    builders.adopt(made)
    builders.open_signing(made)


def test_the_same_commander_in_two_windows_signs_once(signing, window, in_thread):
    signer = signing.members[0]
    first, second = (window(signer, f"/van-ban/{signing.pk}/ky/") for _ in range(2))
    steps.give_secret(first)
    steps.told(first, "Đã ký thay mặt")
    steps.give_secret(second)
    expect(second).to_have_url(first.url)
    assert in_thread(signed_units, signing) == [signer.unit]
    assert in_thread(lambda: len(signing.round.document.revisions.all())) == 2


def test_a_wrong_secret_signs_nothing_and_the_right_one_does(signing, window, in_thread):
    signer = signing.members[0]
    page = window(signer, f"/van-ban/{signing.pk}/ky/")
    steps.give_secret(page, "không phải mật khẩu này")
    expect(page.get_by_text("Mật khẩu không đúng.")).to_be_in_viewport()
    expect(page.get_by_label("Mật khẩu của đồng chí")).to_be_focused()
    assert in_thread(signed_units, signing) == []
    steps.give_secret(page)
    steps.told(page, "Đã ký thay mặt")
    assert in_thread(signed_units, signing) == [signer.unit]
