"""A covenant's draft in the admin: one form for the whole of it, saved by the verbs, and never over somebody else's text."""

from decimal import Decimal

import pytest
from django.urls import reverse

from blocs.domain import drafts
from blocs.enums import ClausePart, DocumentState, Title
from emulation.lib import clock
from emulation.records.models import AuditEntry
from tests import builders
from tests.forms import submitted

pytestmark = pytest.mark.django_db
FORM = "blocdocument_form"


def page(made):
    return reverse("admin:blocs_blocdocument_change", args=[made.pk])


@pytest.fixture
def made():
    return builders.document()


@pytest.fixture
def office(client, made):
    client.force_login(made.office.user)
    return client


def opened(client, made):
    """The page's form as a browser would send it back untouched."""
    response = client.get(page(made))
    assert response.status_code == 200
    return submitted(response, FORM)


def texts(made, part=ClausePart.BODY):
    rows = made.row.clauses.filter(part=part, removed_at=None).order_by("order")
    return [row.heading or row.text for row in rows]


def add_row(data, prefix, values):
    """A row that the page's script has added."""
    place = int(data[f"{prefix}-TOTAL_FORMS"])
    data[f"{prefix}-TOTAL_FORMS"] = str(place + 1)
    data.update({f"{prefix}-{place}-{name}": value for name, value in values.items()})


def events(made):
    return list(AuditEntry.objects.filter(stream__key=f"covenant:{made.pk}").order_by("seq").values_list("event", flat=True))


def test_the_whole_draft_is_one_form(office, made):
    data = opened(office, made)
    assert data["title"] == made.row.title
    headings = [data[f"clauses-{number}-heading"] for number in range(int(data["clauses-TOTAL_FORMS"]))]
    assert headings == [row.heading for row in made.row.clauses.filter(part=ClausePart.BODY).order_by("order")]


def test_saving_an_untouched_form_changes_nothing(office, made):
    before = events(made), made.row.edits, made.row.changed_at
    response = office.post(page(made), opened(office, made))
    assert response.status_code == 302
    assert (events(made), made.row.edits, made.row.changed_at) == before


def test_the_frame_is_saved_by_its_verbs(office, made):
    data = opened(office, made) | {
        "opening": "Các đơn vị thống nhất:",
        "place": "Đồng Hới",
        "has_witness": "on",
        "date": "04/03/2027",
    }
    assert office.post(page(made), data).status_code == 302
    row = made.row
    assert (row.opening, row.place, row.has_witness) == ("Các đơn vị thống nhất:", "Đồng Hới", True)
    assert f"{row.date:%d/%m/%Y}" == "04/03/2027"
    assert events(made)[-2:] == ["draft_changed", "draft_changed"]


def test_typed_text_is_stored_in_composed_form(office, made):
    decomposed = "Nga\u0300nh Co\u0302ng an"
    office.post(page(made), opened(office, made) | {"opening": decomposed})
    assert made.row.opening == "Ngành Công an"


def test_clauses_are_changed_taken_out_put_back_and_moved(office, made):
    before = texts(made)
    data = opened(office, made) | {"clauses-1-heading": "Nội dung mới", "clauses-2-removed": "on", "clauses-4-place": "2"}
    assert office.post(page(made), data).status_code == 302
    assert texts(made) == [before[0], before[4], "Nội dung mới", before[3], *before[5:]]
    removed = made.row.clauses.get(removed_at__isnull=False)
    assert removed.heading == before[2]
    data = opened(office, made)
    number = next(number for number in range(20) if data.get(f"clauses-{number}-id") == str(removed.pk))
    del data[f"clauses-{number}-removed"]
    assert office.post(page(made), data).status_code == 302
    assert before[2] in texts(made)


def test_a_new_clause_goes_where_its_place_says(office, made):
    before = texts(made, ClausePart.IMPLEMENTATION)
    data = opened(office, made)
    add_row(data, "clauses-2", {"kind": "clause", "heading": "", "text": "Thực hiện từ ngày ký.", "place": "2"})
    add_row(data, "clauses-2", {"kind": "clause", "heading": "", "text": "Điều cuối.", "place": ""})
    assert office.post(page(made), data).status_code == 302
    assert texts(made, ClausePart.IMPLEMENTATION) == [before[0], "Thực hiện từ ngày ký.", *before[1:], "Điều cuối."]


def test_a_blank_new_row_is_no_clause(office, made):
    before = made.row.clauses.count()
    data = opened(office, made)
    add_row(data, "clauses", {"kind": "clause", "heading": "", "text": "", "place": ""})
    assert office.post(page(made), data).status_code == 302
    assert made.row.clauses.count() == before


def test_targets_with_their_values_for_units(office, made):
    unit = made.members[0].unit_id
    data = opened(office, made)
    add_row(
        data,
        "indicators",
        {"name": "Tỷ lệ khám phá án", "measure": "%", "direction": "higher", "bloc_value": "80,5", f"unit_{unit}": "1.234,5"},
    )
    assert office.post(page(made), data).status_code == 302
    row = made.row.indicators.get()
    assert (row.bloc_value, row.targets.get().value) == (Decimal("80.5"), Decimal("1234.5"))
    data = opened(office, made)
    assert (data["indicators-0-bloc_value"], data[f"indicators-0-unit_{unit}"]) == ("80,5", "1234,5")
    data |= {"indicators-0-measure": "vụ", f"indicators-0-unit_{unit}": ""}
    assert office.post(page(made), data).status_code == 302
    row.refresh_from_db()
    assert (row.measure, row.targets.count()) == ("vụ", 0)
    assert office.post(page(made), opened(office, made) | {"indicators-0-removed": "on"}).status_code == 302
    assert not made.row.indicators.exists()


def test_targets_change_places(office, made):
    for name in ("một", "hai", "ba"):
        drafts.add_indicator(made.row, actor=made.leader, values={"name": name, "measure": "vụ", "direction": "lower"})
    assert office.post(page(made), opened(office, made) | {"indicators-2-place": "1"}).status_code == 302
    assert [row.name for row in made.row.indicators.order_by("order")] == ["ba", "một", "hai"]


def test_titles_of_each_unit(office, made):
    leader, member = made.leader.unit_id, made.members[0].unit_id
    data = opened(office, made) | {
        f"titles_{leader}": [Title.VICTORY_UNIT, Title.MINISTRY_FLAG],
        f"titles_{member}": Title.ADVANCED_UNIT,
    }
    assert office.post(page(made), data).status_code == 302
    rows = set(made.row.registrations.values_list("unit_id", "title"))
    assert rows == {(leader, "victory_unit"), (leader, "ministry_flag"), (member, "advanced_unit")}
    assert office.post(page(made), opened(office, made) | {f"titles_{member}": []}).status_code == 302
    assert made.row.registrations.count() == 2


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [("title", "", "Chưa nhập ô này."), ("date", "32/13/2027", "ngày"), ("clauses-1-heading", "dài " * 90, "300 ký tự")],
)
def test_what_is_not_valid_is_said_at_its_field_and_saves_nothing(office, made, name, value, says):
    before = events(made)
    response = office.post(page(made), opened(office, made) | {name: value, "opening": "không được lưu"})
    assert response.status_code == 200
    assert says in response.content.decode()
    assert "không được lưu" in response.content.decode()
    assert events(made) == before


def test_a_refusal_of_a_verb_comes_back_at_the_form_with_everything_typed(office, made, monkeypatch):
    monkeypatch.setattr(drafts, "MOST_CLAUSES", 3)
    data = opened(office, made) | {"opening": "Lời mở đầu đã gõ"}
    add_row(data, "clauses", {"kind": "clause", "heading": "Nội dung quá số", "text": "", "place": ""})
    response = office.post(page(made), data)
    assert response.status_code == 200
    text = response.content.decode()
    assert all(part in text for part in ("Văn bản có nhiều nhất 3 mục.", "Lời mở đầu đã gõ", "Nội dung quá số"))
    assert made.row.opening != "Lời mở đầu đã gõ"


# --- Two windows -------------------------------------------------------------------------------------------------------------------


def test_two_people_on_one_clause_the_second_gets_both_texts_and_chooses(office, made):
    mine = opened(office, made) | {"clauses-1-text": "Bản của cơ quan thường trực"}
    clause = made.row.clauses.filter(part=ClausePart.BODY).order_by("order")[1]
    drafts.save_clause(clause, actor=made.leader, seen=clause.edits, values={"text": "Bản của khối trưởng"})
    response = office.post(page(made), mine)
    text = response.content.decode()
    assert response.status_code == 200
    assert "Người khác vừa lưu: “Bản của khối trưởng”" in text
    assert "Bản của cơ quan thường trực" in text
    clause.refresh_from_db()
    assert clause.text == "Bản của khối trưởng"
    assert office.post(page(made), submitted(response, FORM)).status_code == 302
    clause.refresh_from_db()
    assert clause.text == "Bản của cơ quan thường trực"


def test_what_somebody_else_changed_and_i_did_not_touch_stays_his(office, made):
    mine = opened(office, made) | {"opening": "Lời của tôi", "clauses-2-heading": "Nội dung của tôi"}
    clause = made.row.clauses.filter(part=ClausePart.BODY).order_by("order")[1]
    drafts.save_clause(clause, actor=made.leader, seen=clause.edits, values={"text": "Bản của khối trưởng"})
    drafts.save_text(made.row, actor=made.leader, seen=made.row.edits, values={"recipients": "Nơi nhận mới"})
    drafts.register_titles(made.row, made.members[0].unit, [Title.ADVANCED_UNIT], actor=made.members[0])
    assert office.post(page(made), mine).status_code == 302
    clause.refresh_from_db()
    assert clause.text == "Bản của khối trưởng"
    assert (made.row.opening, made.row.recipients) == ("Lời của tôi", "Nơi nhận mới")
    assert made.row.registrations.get().title == Title.ADVANCED_UNIT


def test_a_conflict_names_dates_choices_and_boxes_as_people_read_them(office, made):
    mine = opened(office, made) | {
        "date": "05/05/2027",
        "signing_order": "by_role",
        f"titles_{made.leader.unit_id}": "advanced_unit",
    }
    values = {"date": clock.today().replace(month=3, day=4)}
    drafts.save_signing_details(made.row, actor=made.leader, seen=made.row.edits, values=values)
    drafts.register_titles(made.row, made.leader.unit, [Title.VICTORY_UNIT], actor=made.leader)
    text = office.post(page(made), mine).content.decode()
    assert f"Người khác vừa lưu: “{values['date']:%d/%m/%Y}”" in text
    assert "Người khác vừa lưu: “Đơn vị Quyết thắng”" in text


def test_a_row_that_somebody_took_away_keeps_what_was_typed_into_it(office, made):
    row = drafts.add_indicator(made.row, actor=made.leader, values={"name": "Chỉ tiêu", "measure": "vụ", "direction": "lower"})
    mine = opened(office, made) | {"indicators-0-name": "Chỉ tiêu viết lại"}
    drafts.remove_indicator(row, actor=made.leader)
    response = office.post(page(made), mine)
    assert response.status_code == 200
    assert "Chỉ tiêu viết lại" in response.content.decode()
    assert "vừa bị người khác bỏ" in response.content.decode()


def test_saved_in_the_very_moment_is_a_conflict_too(office, made, monkeypatch):
    """Between reading the row and locking it somebody else saves: the verb notices, and the form shows both texts."""
    mine = opened(office, made) | {"opening": "Lời của tôi"}
    save_text = drafts.save_text

    def late(document, **given):
        if given["actor"].user_id == made.office.user_id:
            monkeypatch.setattr(drafts, "save_text", save_text)
            type(document).objects.filter(pk=document.pk).update(opening="Lời chen ngang", edits=document.edits + 1)
            raise drafts.Conflict(made.row)
        return save_text(document, **given)

    monkeypatch.setattr(drafts, "save_text", late)
    response = office.post(page(made), mine)
    assert response.status_code == 200
    assert "vừa được người khác sửa" in response.content.decode()
    assert "Lời của tôi" in response.content.decode()


# --- What is frozen ----------------------------------------------------------------------------------------------------------------


def test_an_adopted_text_is_read_only_but_for_date_and_place(client):
    made = builders.document(DocumentState.ADOPTED)
    client.force_login(made.office.user)
    data = opened(client, made)
    assert {"title", "bases"}.isdisjoint(data)
    assert not [name for name in data if name.startswith(("clauses", "indicators", "titles"))]
    before = made.row
    clause = before.clauses.order_by("order")[1]
    rows = {
        "TOTAL_FORMS": "1",
        "INITIAL_FORMS": "1",
        "0-id": clause.pk,
        "0-document": made.pk,
        "0-text": "khác",
        "0-seen": "text:x",
    }
    forged = data | {"place": "Lệ Thủy", "title": "Văn bản khác"} | {f"clauses-{name}": value for name, value in rows.items()}
    assert client.post(page(made), forged).status_code == 302
    row = made.row
    assert (row.place, row.title) == ("Lệ Thủy", before.title)
    assert row.clauses.get(pk=clause.pk).text == clause.text


@pytest.mark.parametrize("state", [DocumentState.SIGNING, DocumentState.SIGNED])
def test_a_frozen_covenant_is_text_with_the_reason(client, state):
    made = builders.document(state)
    client.force_login(made.office.user)
    response = client.get(page(made))
    fields = {name for name in submitted(response, FORM) if not name.endswith(("FORMS", "-id", "-document", "token"))}
    assert fields == set()
    assert ("đang ký" if state == DocumentState.SIGNING else "đã ký đủ") in response.content.decode()
    refused = client.post(page(made), {"place": "Lệ Thủy", "title": "Văn bản khác"})
    assert refused.status_code == 403
    assert made.row.title == "Giao ước thi đua"


def test_the_page_of_a_draft_says_what_may_not_be_done_yet(office, made):
    text = office.get(page(made)).content.decode()
    assert "Dự thảo chưa được công bố để lấy ý kiến." in text
    assert "Không soạn thảo, đăng tải thông tin thuộc bí mật nhà nước" in text


def test_nothing_is_deleted_or_added_here(office, made):
    assert office.get(reverse("admin:blocs_blocdocument_delete", args=[made.pk])).status_code == 403
    assert office.post(reverse("admin:blocs_blocdocument_delete", args=[made.pk]), {"post": "yes"}).status_code == 403
    assert office.get(reverse("admin:blocs_blocdocument_add")).status_code == 403


@pytest.mark.parametrize("blocs", [1, 3])
def test_the_list_asks_the_same_number_of_questions_for_one_row_and_three(client, django_assert_num_queries, blocs):
    made = [builders.document(DocumentState.SIGNING) for _number in range(blocs)]
    client.force_login(made[0].office.user)
    client.get(reverse("admin:blocs_blocdocument_changelist"))
    with django_assert_num_queries(7):
        response = client.get(reverse("admin:blocs_blocdocument_changelist"))
    assert response.content.decode().count("0/3") == blocs


@pytest.mark.parametrize("targets", [1, 3])
def test_the_form_asks_the_same_number_of_questions_for_one_target_and_three(office, made, django_assert_num_queries, targets):
    for number in range(targets):
        row = drafts.add_indicator(
            made.row, actor=made.leader, values={"name": f"số {number}", "measure": "vụ", "direction": "lower"}
        )
        drafts.save_indicator(row, actor=made.leader, seen=0, values={}, targets={made.leader.unit_id: Decimal(3)})
    office.get(page(made))
    with django_assert_num_queries(14):
        office.get(page(made))
