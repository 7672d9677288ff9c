"""Checking, opening, watching, voiding and signing in the admin: the verbs of the pages, behind the same verdicts."""

import pytest
from django.test import Client
from django.urls import reverse

from blocs.domain import signing
from blocs.enums import CheckKind, DocumentState, SeatRole
from emulation.lib import clock
from emulation.organisation.models import UnitName
from emulation.signing.domain import paper
from emulation.signing.enums import RoundState, SigningOrder, SlotState
from tests import builders
from tests.forms import submitted
from tests.signing import scanned

pytestmark = pytest.mark.django_db
ACTS = ["check", "open", "watch", "void", "group"]


def at(name, made, *keys):
    return reverse(f"admin:blocs_blocdocument_{name}", args=[made.pk, *keys])


def enter(client, actor):
    client.force_login(actor.user)
    return client


def test_the_check_shows_what_the_computer_found(client):
    made = builders.document(DocumentState.ADOPTED)
    text = enter(client, made.office).get(at("check", made)).content.decode()
    assert "Chưa có chỉ tiêu nào để chấm điểm cuối năm." in text
    assert text.count("Xác nhận đã kiểm tra") == 2


def test_two_persons_check_and_the_same_one_reads_why_not_both(client):
    made = builders.document(DocumentState.ADOPTED)
    enter(client, made.office)
    data = {"kind": CheckKind.FORM, "version": made.version.number}
    assert client.post(at("check", made), data)["Location"] == at("check", made)
    assert "hai phần phải do hai người kiểm tra" in client.get(at("check", made)).content.decode()
    refused = client.post(at("check", made), data | {"kind": CheckKind.CONTENT})
    assert refused.status_code == 403
    assert made.version.checks.count() == 1
    assert client.post(at("check", made), data).status_code == 403


@pytest.mark.parametrize("data", [{}, {"kind": "form"}, {"kind": "form", "version": "7"}, {"kind": "all", "version": "1"}])
def test_a_check_names_its_kind_and_the_version_that_was_shown(client, data):
    made = builders.document(DocumentState.ADOPTED)
    assert enter(client, made.office).post(at("check", made), data).status_code == 403
    assert not made.version.checks.exists()


def test_a_draft_cannot_be_checked_or_opened_and_says_why(client):
    made = builders.document()
    enter(client, made.office)
    refused = client.get(at("check", made))
    assert refused.status_code == 403
    assert "Dự thảo chưa được công bố" in refused.content.decode()
    page = client.get(at("open", made))
    assert "Dự thảo chưa được công bố" in page.content.decode()
    assert client.post(at("open", made)).status_code == 403
    assert client.get(at("watch", made)).status_code == 403


def test_opening_freezes_what_was_agreed(client):
    made = builders.document(DocumentState.ADOPTED, witness=True)
    builders.demonstration()
    builders.check(made)
    page = enter(client, made.office).get(at("open", made))
    assert page.content.decode().count('class="k-role') == 4
    deadline = clock.local(clock.now()).replace(year=clock.today().year + 1)
    response = client.post(at("open", made), {"deadline": f"{deadline:%d/%m/%Y %H:%M}"})
    assert response["Location"] == at("watch", made)
    assert made.row.state == DocumentState.SIGNING
    assert f"{clock.local(made.round.deadline):%d/%m/%Y %H:%M}" == f"{deadline:%d/%m/%Y %H:%M}"


def test_opening_on_paper_is_chosen_here_too_and_nothing_is_signed_on_the_screen(client):
    made = builders.document(DocumentState.ADOPTED)
    builders.demonstration()
    builders.check(made)
    enter(client, made.office)
    assert client.post(at("open", made), {"method": "paper", "originals": "0"}).status_code == 422
    assert client.post(at("open", made), {"method": "paper", "originals": "4"})["Location"] == at("watch", made)
    assert (made.round.on_paper, made.round.originals) == (True, 4)
    assert "Chưa ghi nhận đã ký giấy." in client.get(at("watch", made)).content.decode()


def test_watching_a_paper_shows_each_record_and_changes_none(client):
    made = builders.on_paper()
    row = builders.record_paper(made, scanned.scan_of(made))
    paper.decline(row, actor=made.leader, reason="Thiếu chữ ký ở ô 3")
    text = enter(client, made.office).get(at("watch", made)).content.decode()
    assert row.recorded_label in text
    assert "Thiếu chữ ký ở ô 3" in text
    assert client.post(reverse("admin:blocs_blocdocument_sign", args=[made.pk, 1])).status_code == 403


def test_a_deadline_in_the_past_is_said_at_the_form(client):
    made = builders.document(DocumentState.ADOPTED)
    builders.demonstration()
    builders.check(made)
    response = enter(client, made.office).post(at("open", made), {"deadline": "01/01/2020 08:00"})
    assert response.status_code == 422
    assert "Hạn ký phải sau thời điểm mở ký." in response.content.decode()
    assert made.row.state == DocumentState.ADOPTED


def test_watching_shows_who_signed_when_and_what_is_refused(client):
    made = builders.document(DocumentState.SIGNING)
    builders.sign(made.slot(made.leader), actor=made.leader)
    text = enter(client, made.office).get(at("watch", made)).content.decode()
    assert made.leader.position.ranked_name in text
    assert "1/3" in text
    assert "Tất cả các lượt ký đã được mở." in text


def test_voiding_needs_its_reason(client):
    made = builders.document(DocumentState.SIGNING)
    builders.sign(made.slot(made.leader), actor=made.leader)
    enter(client, made.office)
    assert "Đã có 1 chữ ký." in client.get(at("void", made)).content.decode()
    assert client.post(at("void", made), {"reason": "  "}).status_code == 422
    assert made.round.state == RoundState.OPEN
    assert client.post(at("void", made), {"reason": "Sai số liệu"})["Location"] == at("change", made)
    assert (made.round.state, made.row.state) == (RoundState.VOIDED, DocumentState.DRAFT)
    assert made.round.void_reason == "Sai số liệu"
    again = client.post(at("void", made), {"reason": "Lần nữa"})
    assert again.status_code == 403
    assert "Vòng ký này đã kết thúc." in again.content.decode()
    assert "Sai số liệu" in client.get(at("watch", made)).content.decode()


def test_the_next_group_is_opened_early_with_a_reason(client):
    made = builders.document(DocumentState.SIGNING, order=SigningOrder.BY_ROLE)
    assert made.slot(made.leader).state == SlotState.WAITING
    response = enter(client, made.office).post(at("group", made), {"reason": "Khối phó đi công tác"})
    assert response.status_code == 302
    assert made.slot(made.deputy).state == SlotState.READY


# --- Signing at this desk ----------------------------------------------------------------------------------------------------------


def two_posts(made):
    """A member's commander who also works in the office: he acts for the office, and holds a slot."""
    person = made.members[0]
    return builders.commander(builders.office(), user=person.user)


def in_the_office(client, actor):
    enter(client, actor)
    client.post(reverse("choose_position"), {"position": actor.position.pk})
    return client


def test_who_commands_a_unit_signs_its_slot_with_his_own_secret(client):
    made = builders.document(DocumentState.SIGNING)
    desk = in_the_office(client, two_posts(made))
    slot = made.slot(made.members[0])
    assert desk.get(at("watch", made)).content.decode().count(at("sign", made, slot.number)) == 1
    page = desk.get(at("sign", made, slot.number))
    assert slot.unit_name in page.content.decode()
    data = submitted(page)
    assert data["digest"] == builders.frozen_digest(made.round)
    wrong = desk.post(at("sign", made, slot.number), {"digest": data["digest"], "secret": "không phải mật khẩu"})
    assert wrong.status_code == 422
    assert "Mật khẩu không đúng." in wrong.content.decode()
    stale = desk.post(at("sign", made, slot.number), {"digest": "0" * 64, "secret": builders.SECRET})
    assert stale.status_code == 422
    assert "tải lại trang và đọc lại trước khi ký" in stale.content.decode()
    done = desk.post(at("sign", made, slot.number), {"digest": data["digest"], "secret": builders.SECRET})
    assert done["Location"] == at("watch", made)
    slot = made.slot(made.members[0])
    assert (slot.state, slot.signer_id) == (SlotState.SIGNED, made.members[0].user_id)
    again = desk.post(at("sign", made, slot.number), {"digest": data["digest"], "secret": builders.SECRET})
    assert again.status_code == 403
    assert "đã ký lúc" in again.content.decode()


def test_the_office_signs_for_nobody(client):
    made = builders.document(DocumentState.SIGNING)
    enter(client, made.office)
    slot = made.slots[0]
    page = client.get(at("sign", made, slot.number)).content.decode()
    assert "Ô ký này dành cho chỉ huy" in page
    assert 'name="secret"' not in page
    data = {"digest": builders.frozen_digest(made.round), "secret": builders.SECRET}
    assert client.post(at("sign", made, slot.number), data).status_code == 403
    assert made.slots[0].state == SlotState.READY
    assert client.get(at("sign", made, 99)).status_code == 404


# --- No second way round a rule ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", ACTS)
def test_the_bloc_of_another_office_is_not_there(client, act):
    made = builders.document(DocumentState.SIGNING)
    enter(client, builders.staff(builders.another_office()))
    assert client.get(at(act, made)).status_code == 404
    assert client.post(at(act, made), {"reason": "x", "kind": "form", "version": "1"}).status_code == 404


@pytest.mark.parametrize("act", ACTS)
def test_a_unit_of_the_bloc_does_its_acts_elsewhere(client, act):
    made = builders.document(DocumentState.SIGNING)
    enter(client, made.leader)
    refused = client.get(at(act, made))
    assert refused.status_code == 403
    assert "Chỉ cơ quan thường trực thi đua hoặc quản trị hệ thống" in refused.content.decode()
    assert client.post(at(act, made), {"reason": "x"}).status_code == 403


def test_a_forged_post_is_refused():
    made = builders.document(DocumentState.SIGNING)
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(made.office.user)
    for name, data in [("void", {"reason": "giả mạo"}), ("change", {"place": "giả mạo"}), ("group", {"reason": "giả mạo"})]:
        assert forged.post(at(name, made), data).status_code == 403
    assert made.round.state == RoundState.OPEN


def test_opening_a_page_changes_nothing(client, django_assert_max_num_queries):
    made = builders.document(DocumentState.SIGNING)
    enter(client, made.office)
    for act in ("void", "group", "watch", "open"):
        client.get(at(act, made), {"reason": "bằng GET", "deadline": ""})
    assert made.round.state == RoundState.OPEN


@pytest.mark.parametrize("units", [3, 6])
@pytest.mark.parametrize(
    "asked",
    [
        ("check", DocumentState.ADOPTED, 10),
        ("open", DocumentState.ADOPTED, 10),
        ("watch", DocumentState.SIGNING, 9),
        ("void", DocumentState.SIGNING, 9),
        ("change", DocumentState.ADOPTED, 10),
        ("change", DocumentState.SIGNING, 10),
    ],
)
def test_acts_ask_the_same_number_of_questions_for_any_number_of_units(client, django_assert_num_queries, asked, units):
    act, state, queries = asked
    made = builders.document(state, n=units)
    enter(client, made.office)
    client.get(at(act, made))
    with django_assert_num_queries(queries):
        client.get(at(act, made))


def test_names_are_those_of_the_day_of_the_document(client):
    made = builders.document(DocumentState.SIGNING)
    unit = made.leader.unit
    signed_as = unit.name
    UnitName.objects.create(
        unit=unit,
        name="Công an phường Tên Mới",
        short_name="Tên Mới",
        valid_from=clock.today().replace(year=clock.today().year + 1),
    )
    assert signed_as in enter(client, made.office).get(at("watch", made)).content.decode()
    assert signing.slot_plans(made.row)[0].role == SeatRole.LEADER
