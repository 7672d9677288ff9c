"""Units, people, bases for signing and the audit trail in the admin."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.organisation.domain import people, units
from emulation.organisation.enums import Capacity
from emulation.organisation.models import Mandate, Position, Unit, User
from emulation.records.models import AuditEntry
from tests import builders
from tests.forms import submitted

pytestmark = pytest.mark.django_db


def at(name, *keys):
    return reverse(f"admin:organisation_{name}", args=keys)


@pytest.fixture
def clerk():
    return builders.staff(builders.office())


@pytest.fixture
def office(client, clerk):
    client.force_login(clerk.user)
    return client


def events(stream):
    return list(AuditEntry.objects.filter(stream__key=stream).order_by("seq").values_list("event", flat=True))


def add_row(data, prefix, values):
    place = int(data[f"{prefix}-TOTAL_FORMS"])
    data[f"{prefix}-TOTAL_FORMS"] = str(place + 1)
    return data | {f"{prefix}-{place}-{name}": value for name, value in values.items()}


# --- Units -------------------------------------------------------------------------------------------------------------------------


def test_a_unit_is_formed_with_its_first_name(office):
    data = {
        "name": "Công an xa\u0303 Mới",
        "short_name": "Mới",
        "kind": "commune",
        "parent": builders.province().pk,
        "valid_from": "01/07/2025",
    }
    response = office.post(at("unit_add"), data)
    made = Unit.objects.latest("pk")
    assert response["Location"] == at("unit_change", made.pk)
    assert (made.name, made.parent_id, made.valid_from) == ("Công an xã Mới", builders.province().pk, date(2025, 7, 1))
    assert events(f"unit:{made.pk}") == ["unit_created"]


def test_a_unit_gets_a_new_name_and_keeps_the_old_one_for_old_documents(office):
    unit = builders.unit("An Bình")
    data = submitted(office.get(at("unit_change", unit.pk)), "unit_form")
    data = add_row(data, "names", {"name": "Công an phường An Bình", "short_name": "An Bình", "valid_from": "01/07/2024"})
    assert office.post(at("unit_change", unit.pk), data).status_code == 302
    unit = Unit.objects.get(pk=unit.pk)
    assert (unit.name_on(date(2024, 6, 30)), unit.name) == ("Công an xã An Bình", "Công an phường An Bình")
    assert events(f"unit:{unit.pk}") == ["unit_created", "unit_changed"]


def test_two_names_from_one_day_are_refused_at_the_form(office):
    unit = builders.unit("An Bình")
    data = submitted(office.get(at("unit_change", unit.pk)), "unit_form")
    data = add_row(data, "names", {"name": "Tên khác", "short_name": "Khác", "valid_from": f"{builders.LONG_AGO:%d/%m/%Y}"})
    response = office.post(at("unit_change", unit.pk), data)
    assert response.status_code == 200
    assert "Đơn vị đã có tên khác dùng từ ngày này." in response.content.decode()
    assert "Tên khác" in response.content.decode()


def test_a_name_that_was_used_is_not_rewritten(office):
    unit = builders.unit("An Bình")
    data = submitted(office.get(at("unit_change", unit.pk)), "unit_form")
    office.post(at("unit_change", unit.pk), data | {"names-0-name": "Tên giả mạo", "names-0-valid_from": "01/01/2020"})
    assert Unit.objects.get(pk=unit.pk).name == "Công an xã An Bình"


def test_a_unit_ends_and_the_list_says_so(office, clerk):
    unit = builders.unit("An Bình")
    office.post(
        at("unit_change", unit.pk), submitted(office.get(at("unit_change", unit.pk)), "unit_form") | {"valid_to": "28/02/2025"}
    )
    assert Unit.objects.get(pk=unit.pk).valid_to == date(2025, 2, 28)
    assert "An Bình" in office.get(at("unit_changelist"), {"con": "cu"}).content.decode()
    assert "An Bình" not in office.get(at("unit_changelist"), {"con": "nay"}).content.decode()
    before = events(f"unit:{unit.pk}")
    units.end(unit, actor=clerk, last_day=date(2025, 2, 28))
    assert events(f"unit:{unit.pk}") == before
    with pytest.raises(Refused):
        units.end(unit, actor=builders.commander(unit), last_day=None)
    early = office.post(
        at("unit_change", unit.pk), {"valid_to": "01/01/2000", "names-TOTAL_FORMS": "0", "names-INITIAL_FORMS": "0"}
    )
    assert "Ngày kết thúc phải từ ngày thành lập trở đi." in early.content.decode()


@pytest.mark.parametrize("words", ["đồng thành", "Dong Thanh", "ĐỒNG"])
def test_units_are_found_with_or_without_accents(office, words):
    builders.unit("Đông Thành" if words != "đồng thành" else "Đồng Thành")
    builders.unit("An Bình")
    text = office.get(at("unit_changelist"), {"q": words}).content.decode()
    assert "Thành" in text
    assert "An Bình" not in text


# --- People ------------------------------------------------------------------------------------------------------------------------


def test_an_account_is_opened_without_a_secret(office):
    response = office.post(at("user_add"), {"username": "Nguyen.A", "full_name": "Nguyễn Văn A"})
    made = User.objects.get(username="nguyen.a")
    assert response["Location"] == at("user_change", made.pk)
    assert not made.has_usable_password()
    assert events(f"user:{made.pk}") == ["user_created"]
    again = office.post(at("user_add"), {"username": "nguyen.a", "full_name": "Người Khác"})
    assert again.status_code == 200
    assert User.objects.filter(username="nguyen.a").count() == 1


def test_no_secret_is_on_a_person_s_page(office):
    person = builders.person()
    text = office.get(at("user_change", person.pk)).content.decode()
    assert person.password not in text
    assert 'type="password"' not in text


def test_positions_are_given_and_ended_never_rewritten(office):
    person, unit = builders.person(), builders.unit()
    data = submitted(office.get(at("user_change", person.pk)), "user_form")
    given = {
        "unit": unit.pk,
        "post": "head",
        "rank": "thuong_ta",
        "title": "",
        "may_sign": "on",
        "valid_from": "01/01/2020",
        "valid_until": "",
    }
    assert office.post(at("user_change", person.pk), add_row(data, "positions", given)).status_code == 302
    position = Position.objects.get(person=person)
    assert (position.title, position.may_sign) == ("Trưởng Công an xã", True)
    data = submitted(office.get(at("user_change", person.pk)), "user_form")
    forged = data | {
        "positions-0-rank": "dai_tuong",
        "positions-0-unit": builders.unit().pk,
        "positions-0-valid_until": "31/12/2025",
    }
    assert office.post(at("user_change", person.pk), forged).status_code == 302
    position.refresh_from_db()
    assert (position.rank, position.unit_id, position.valid_until) == ("thuong_ta", unit.pk, date(2025, 12, 31))
    assert events(f"user:{person.pk}")[-2:] == ["position_given", "position_changed"]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"post": "staff", "may_sign": "on"}, "Chỉ chỉ huy đơn vị (cấp trưởng, cấp phó) được ký."),
        ({"valid_until": "01/01/2019"}, "Ngày kết thúc phải từ ngày bắt đầu trở đi."),
        ({"unit": ""}, "Chưa nhập ô này."),
    ],
)
def test_a_position_that_cannot_be_is_refused_at_the_form(office, changed, says):
    person = builders.person()
    data = submitted(office.get(at("user_change", person.pk)), "user_form")
    given = {
        "unit": builders.unit().pk,
        "post": "head",
        "rank": "dai_uy",
        "title": "",
        "valid_from": "01/01/2020",
        "valid_until": "",
    }
    response = office.post(at("user_change", person.pk), add_row(data, "positions", given | changed))
    assert response.status_code == 200
    assert says in response.content.decode()
    assert not Position.objects.filter(person=person).exists()


def test_a_name_is_corrected_and_an_account_closed(office):
    person = builders.person("Nguyễn Văn A")
    data = submitted(office.get(at("user_change", person.pk)), "user_form")
    office.post(at("user_change", person.pk), data | {"full_name": "Nguyễn Văn An"})
    data = submitted(office.get(at("user_change", person.pk)), "user_form")
    del data["is_active"]
    office.post(at("user_change", person.pk), data)
    person.refresh_from_db()
    assert (person.full_name, person.is_active) == ("Nguyễn Văn An", False)
    assert events(f"user:{person.pk}")[-2:] == ["user_changed", "user_changed"]
    assert "Đã đóng" in office.get(at("user_changelist")).content.decode()


def test_nobody_locks_himself_out(office, clerk):
    data = submitted(office.get(at("user_change", clerk.user_id)), "user_form")
    del data["is_active"]
    response = office.post(at("user_change", clerk.user_id), data)
    assert "Đồng chí không tự đóng tài khoản của mình được." in response.content.decode()
    assert User.objects.get(pk=clerk.user_id).is_active


def test_administrators_accounts_are_read_only_for_the_office(office, client):
    administrator = builders.administrator()
    page = office.get(at("user_change", administrator.user_id))
    assert "Tài khoản quản trị hệ thống chỉ do quản trị hệ thống sửa." in page.content.decode()
    assert office.post(at("user_change", administrator.user_id), {"full_name": "x"}).status_code == 403
    with pytest.raises(Refused):
        people.change_account(administrator.user, actor=builders.staff(builders.office()), full_name="x")


def test_the_same_account_again_changes_nothing(clerk):
    person = builders.person("Nguyễn Văn A")
    before = events(f"user:{person.pk}")
    people.change_account(person, actor=clerk, full_name=" Nguyễn Văn A ", is_active=True)
    people.change_account(person, actor=clerk)
    assert events(f"user:{person.pk}") == before


# --- Bases for signing ---------------------------------------------------------------------------------------------------------------


def test_a_basis_is_recorded_and_ended(office):
    deputy = builders.deputy(builders.unit(), mandate=False)
    data = {
        "position": deputy.position.pk,
        "capacity": "kt",
        "document": "Giấy ủy quyền số 7",
        "scope": "covenant",
        "valid_from": f"{clock.today():%d/%m/%Y}",
        "valid_until": "",
    }
    response = office.post(at("mandate_add"), data)
    made = Mandate.objects.get()
    assert response["Location"] == at("mandate_change", made.pk)
    assert (made.capacity, made.scope, made.position_id) == (Capacity.KT, "covenant", deputy.position.pk)
    assert office.post(at("mandate_change", made.pk), data | {"document": "khác"}).status_code == 403
    assert office.post(at("mandate_end", made.pk)).status_code == 302
    made.refresh_from_db()
    assert made.valid_until == clock.today()
    assert events(f"unit:{deputy.unit_id}")[-2:] == ["mandate_recorded", "mandate_ended"]


def test_a_basis_that_is_over_cannot_be_ended_again(office):
    deputy = builders.deputy(builders.unit())
    made = deputy.position.mandates.get()
    Mandate.objects.filter(pk=made.pk).update(
        valid_from=clock.today() - timedelta(days=9), valid_until=clock.today() - timedelta(days=2)
    )
    assert "Căn cứ này đã kết thúc." in office.get(at("mandate_change", made.pk)).content.decode()


def test_only_deputies_who_may_sign_are_offered(office):
    unit = builders.unit()
    head, deputy, staff = builders.commander(unit), builders.deputy(unit, mandate=False), builders.staff(unit)
    text = office.get(at("mandate_add")).content.decode()
    offered = [f'value="{actor.position.pk}"' in text for actor in (head, deputy, staff)]
    assert offered == [False, True, False]


# --- The audit trail -------------------------------------------------------------------------------------------------------------------


def test_the_trail_is_searched_by_stream_and_person_and_read_whole(office, clerk):
    unit = builders.unit("An Bình")
    units.rename(unit, actor=clerk, name="Công an phường An Bình", short_name="An Bình", valid_from=clock.today())
    found = office.get(reverse("admin:records_auditentry_changelist"), {"q": f"unit:{unit.pk}"}).content.decode()
    assert "Công an phường An Bình" in found
    assert "user:" not in found.split("<tbody>")[1]
    assert "Sửa đơn vị" in office.get(reverse("admin:records_auditentry_changelist"), {"event": "unit_changed"}).content.decode()
    entry = AuditEntry.objects.filter(stream__key=f"unit:{unit.pk}").latest("seq")
    page = office.get(reverse("admin:records_auditentry_change", args=[entry.pk])).content.decode()
    assert entry.hash in page
    assert office.post(reverse("admin:records_auditentry_change", args=[entry.pk]), {"person": "x"}).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"),
    [("organisation_unit", 8), ("organisation_user", 8), ("organisation_mandate", 9), ("records_auditentry", 8)],
)
def test_lists_ask_the_same_number_of_questions_for_one_row_and_three(office, django_assert_num_queries, rows, name, queries):
    for _number in range(rows):
        builders.deputy(builders.unit())
    office.get(reverse(f"admin:{name}_changelist"))
    with django_assert_num_queries(queries):
        office.get(reverse(f"admin:{name}_changelist"))


@pytest.mark.parametrize("rows", [1, 3])
def test_a_person_s_form_asks_the_same_number_of_questions_for_one_position_and_three(office, django_assert_num_queries, rows):
    person = builders.person()
    for _number in range(rows):
        builders.commander(builders.unit(), user=person)
    office.get(at("user_change", person.pk))
    with django_assert_num_queries(11):
        office.get(at("user_change", person.pk))


def test_a_lost_secret_leads_to_the_slip_on_its_own_page(office, clerk):
    person = builders.person()
    assert reverse("reset_slip", args=[person.pk]) in office.get(at("user_change", person.pk)).content.decode()
    own = office.get(at("user_change", clerk.user_id)).content.decode()
    assert reverse("reset_slip", args=[clerk.user_id]) not in own
    assert "Đồng chí tự đổi mật khẩu của mình" in own
