"""Years and blocs in the admin: the decision and the seats are saved together by the verb, or not at all."""

import pytest
from django.urls import reverse

from blocs.domain import blocs, years
from blocs.domain.blocs import SeatPlan
from blocs.enums import DocumentState, SeatRole
from blocs.models import BlocYear, Year
from emulation.lib.verdict import Refused
from emulation.records.models import AuditEntry
from tests import builders
from tests.forms import submitted

pytestmark = pytest.mark.django_db
FORM = "blocyear_form"


@pytest.fixture
def cast():
    return builders.bloc(n=4)


@pytest.fixture
def office(client, cast):
    client.force_login(cast.office.user)
    return client


def page(cast):
    return reverse("admin:blocs_blocyear_change", args=[cast.bloc_year.pk])


def fresh(cast):
    return BlocYear.objects.full().get(pk=cast.bloc_year.pk)


def composition(bloc_year):
    return [(seat.unit_id, seat.role) for seat in bloc_year.ordered_seats]


def formed(units, **changed):
    roles = [SeatRole.LEADER, SeatRole.DEPUTY, *[SeatRole.MEMBER] * 20]
    data = {
        "number": "2031", "word": "cum", "name": "Công an các phường", "decision_number": "9/QĐ", "decision_date": "05/01/2031",
        "decision_by": "Giám đốc", "deputies_allowed": "1", "leaders_place": "first", "presiding_leader": "", "draft_due": "",
        "sign_due": "", "seats-TOTAL_FORMS": len(units), "seats-INITIAL_FORMS": "0",
    }  # fmt: skip
    for place, unit in enumerate(units):
        data |= {f"seats-{place}-unit": unit.pk, f"seats-{place}-role": roles[place], f"seats-{place}-order": ""}
    return data | changed


def test_a_bloc_is_formed_with_its_seats_in_the_order_of_the_rows(office):
    units = [builders.unit() for _number in range(3)]
    response = office.post(reverse("admin:blocs_blocyear_add"), formed(units))
    made = BlocYear.objects.full().get(year=2031)
    assert response["Location"] == reverse("admin:blocs_blocyear_change", args=[made.pk])
    assert [unit for unit, _role in composition(made)] == [unit.pk for unit in units]
    assert (made.leader.unit_id, made.full_name, f"{made.decision_date:%d/%m/%Y}") == (
        units[0].pk,
        "Cụm thi đua Công an các phường",
        "05/01/2031",
    )
    assert AuditEntry.objects.filter(event="bloc_formed", stream__key=f"bloc:{made.pk}").exists()


def test_a_bloc_continues_one_of_an_earlier_year(office, cast):
    units = [seat.unit for seat in cast.bloc_year.ordered_seats]
    office.post(reverse("admin:blocs_blocyear_add"), formed(units, earlier=cast.bloc_year.pk))
    assert BlocYear.objects.get(year=2031).bloc_id == cast.bloc_year.bloc_id


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"seats-0-role": "member"}, "Chọn đúng một đơn vị làm khối trưởng; hiện có 0."),
        ({"seats-2-role": "leader"}, "Chọn đúng một đơn vị làm khối trưởng; hiện có 2."),
        ({"seats-2-role": "deputy"}, "Khối có nhiều nhất 1 khối phó"),
        ({"seats-2-unit": ""}, "Khối có từ 3 đến 20 đơn vị"),
        ({"name": ""}, "Chưa nhập ô này."),
        ({"number": "1999"}, "Nhập từ 2000 trở lên."),
        ({"decision_date": "hôm qua"}, "ngày/tháng/năm"),
    ],
)
def test_what_is_wrong_with_the_list_is_said_at_the_form_and_nothing_is_kept(office, changed, says):
    units = [builders.unit() for _number in range(3)]
    response = office.post(reverse("admin:blocs_blocyear_add"), formed(units, **changed))
    assert response.status_code == 200
    assert says in response.content.decode()
    assert submitted(response, FORM)["decision_number"] == "9/QĐ"
    assert not BlocYear.objects.filter(year=2031).exists()


def test_seats_change_places_by_their_numbers(office, cast):
    before = composition(fresh(cast))
    data = submitted(office.get(page(cast)), FORM)
    assert [data[f"seats-{place}-unit"] for place in range(4)] == [str(unit) for unit, _role in before]
    office.post(page(cast), data | {"seats-2-order": "4", "seats-3-order": "3", "name": "Tên mới"})
    assert composition(fresh(cast)) == [before[0], before[1], before[3], before[2]]
    assert fresh(cast).name == "Tên mới"


def test_saving_an_untouched_bloc_changes_nothing(office, cast):
    before = AuditEntry.objects.count(), list(cast.bloc_year.seats.values_list("pk", flat=True))
    assert office.post(page(cast), submitted(office.get(page(cast)), FORM)).status_code == 302
    assert (AuditEntry.objects.count(), list(cast.bloc_year.seats.values_list("pk", flat=True))) == before


def test_two_windows_the_second_sees_the_other_list_and_chooses(office, cast):
    data = submitted(office.get(page(cast)), FORM) | {"seats-0-role": "deputy", "seats-1-role": "leader"}
    seats = [SeatPlan(seat.unit, seat.role) for seat in reversed(fresh(cast).ordered_seats)]
    blocs.change(cast.bloc_year, builders.plan(seats), actor=cast.office)
    stored, second = composition(fresh(cast)), int(data["seats-1-unit"])
    response = office.post(page(cast), data)
    assert "Người khác vừa đổi thành phần khối" in response.content.decode()
    assert composition(fresh(cast)) == stored
    assert office.post(page(cast), submitted(response, FORM)).status_code == 302
    assert fresh(cast).leader.unit_id == second


@pytest.mark.parametrize("state", [DocumentState.ADOPTED, DocumentState.SIGNING, DocumentState.SIGNED])
def test_a_bloc_whose_text_is_agreed_is_read_only_with_the_reason(client, state):
    made = builders.document(state)
    client.force_login(made.office.user)
    response = client.get(page(made.bloc))
    fields = {name for name in submitted(response, FORM) if not name.endswith(("FORMS", "-id", "-bloc_year", "token"))}
    assert fields == set()
    assert "Giao ước của khối" in response.content.decode()
    assert client.post(page(made.bloc), {"name": "Tên khác"}).status_code == 403
    assert fresh(made.bloc).name == "Công an các xã ven biển"


def test_a_bloc_of_another_office_is_not_there(client, cast):
    other = builders.staff(builders.another_office())
    client.force_login(other.user)
    for name in ("change", "history"):
        assert client.get(reverse(f"admin:blocs_blocyear_{name}", args=[cast.bloc_year.pk])).status_code == 404
    assert client.post(page(cast), {"name": "Tên khác"}).status_code == 404
    assert "Công an các xã" not in client.get(reverse("admin:blocs_blocyear_changelist")).content.decode()


def test_a_year_and_its_bases(office):
    add = reverse("admin:blocs_year_add")
    assert office.post(add, {"number": "2031", "legal_bases": " Căn cứ A \n\nCăn cứ B"}).status_code == 302
    assert Year.objects.get(pk=2031).legal_bases == "Căn cứ A\nCăn cứ B"
    page = reverse("admin:blocs_year_change", args=[2031])
    data = submitted(office.get(page), "year_form")
    years.set_bases(2031, "Căn cứ C", actor=builders.staff(builders.office()))
    response = office.post(page, data | {"legal_bases": "Căn cứ D"})
    assert "Người khác vừa lưu: “Căn cứ C”" in response.content.decode()
    assert office.post(page, submitted(response, "year_form")).status_code == 302
    assert Year.objects.get(pk=2031).legal_bases == "Căn cứ D"
    assert "year_changed" in office.get(reverse("admin:blocs_year_history", args=[2031])).context["entries"][0].event


def test_bases_of_a_year(cast):
    years.set_bases(2032, "Căn cứ", actor=cast.office)
    entries = AuditEntry.objects.filter(stream__key="year:2032")
    assert entries.count() == 1
    years.set_bases(2032, "Căn cứ\n", actor=cast.office)
    assert entries.count() == 1
    with pytest.raises(Refused, match="Chỉ cơ quan thường trực"):
        years.set_bases(2032, "Khác", actor=cast.leader)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("blocyear", 9), ("year", 6)])
def test_lists_ask_the_same_number_of_questions_for_one_row_and_three(client, django_assert_num_queries, rows, name, queries):
    casts = [builders.bloc(year=2030 + number) for number in range(rows)]
    client.force_login(casts[0].office.user)
    client.get(reverse(f"admin:blocs_{name}_changelist"))
    with django_assert_num_queries(queries):
        client.get(reverse(f"admin:blocs_{name}_changelist"))


@pytest.mark.parametrize("seats", [3, 6])
def test_the_form_asks_the_same_number_of_questions_for_any_number_of_seats(client, django_assert_num_queries, seats):
    cast = builders.bloc(n=seats)
    client.force_login(cast.office.user)
    client.get(page(cast))
    with django_assert_num_queries(10):
        client.get(page(cast))
