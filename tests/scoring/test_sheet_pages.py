"""The pages of a sheet: the grid, one cell saved live and plainly, bad input, handing in."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from blocs.domain import drafts
from emulation.records.models import AuditEntry
from scoring.domain.usual_set import usual_set
from scoring.enums import EntryState, Layer, Phase, SheetState
from scoring.models import Entry
from tests import builders
from tests.scoring import campaigns

pytestmark = pytest.mark.django_db


def client_of(actor):
    client = Client()
    client.force_login(actor.user)
    return client


def page(actor, sheet):
    return client_of(actor).get(reverse("sheet", args=[sheet.pk]))


def save(actor, sheet, leaf, **values):
    """Post a cell as the grid does."""
    known = Entry.objects.filter(sheet=sheet, key=leaf.key).first()
    values = {"version": str(known.edits if known else 0), **values}
    address = reverse("sheet_cell", args=[sheet.pk, leaf.key])
    return client_of(actor).post(address, values, headers={"X-Autosave": "1"})


def entry(sheet, leaf):
    return Entry.objects.get(sheet=sheet, key=leaf.key)


def test_the_grid_has_a_row_for_every_criterion():
    made = campaigns.campaign()
    answer = page(made.leader, made.sheet(made.leader))
    html = answer.content.decode()
    assert answer.status_code == 200
    for leaf in made.text.leaves:
        assert f'id="tc-{leaf.key}"' in html
    assert "Nộp bảng tự chấm" in html
    assert "Đạt từ 100% chỉ tiêu được 15 điểm" in html


def test_a_saved_cell_answers_with_points_sums_and_what_is_missing():
    made = campaigns.campaign()
    sheet, leaf = made.sheet(made.leader), made.leaf("2")
    answer = save(made.leader, sheet, leaf, **{"f-target": "1.000", "f-actual": "949,5"})
    data = answer.json()
    assert answer.status_code == 200
    assert entry(sheet, leaf).value == {"target": "1000", "actual": "949.5"}
    assert data["cell"] == {"points": "14,24", "tags": "", "save": "saved", "state": "entered", "evidence": 0}
    assert data["total"] == "14,24"
    assert data["values"]["f-actual"] == "949,5"
    assert (data["version"], data["filled"], data["counts"]["missing"]) == (1, 1, 3)
    group = next(row.key for row in made.text.criteria if row.code == "I")
    assert data["groups"][group] == ["14,24", "2 trống", True]


def test_a_value_that_is_kept_comes_back_as_people_type_it():
    made = campaigns.campaign()
    sheet = made.sheet(made.leader)
    made.fill(sheet, "2", target="100", actual="93.5")
    assert 'value="93,5"' in page(made.leader, sheet).content.decode()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("93,5", "93.5"),
        ("93.5", "93.5"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1 234", "1234"),
        (" 12 ", "12"),
        ("0", "0"),
    ],
)
def test_numbers_as_people_type_them(typed, kept):
    made = campaigns.campaign()
    sheet, leaf = made.sheet(made.leader), made.leaf("2")
    assert save(made.leader, sheet, leaf, **{"f-target": "100", "f-actual": typed}).status_code == 200
    assert entry(sheet, leaf).value["actual"] == kept


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("11,x", "không phải là số"),
        ("NaN", "không phải là số"),
        ("1e9", "không phải là số"),
        ("1.2.3", "không phải là số"),
        ("9" * 10_000, "không phải là số"),
        ("9" * 30, "nhập một số"),
        ("-3", "không nhỏ hơn 0"),
        ("0,12345678", "nhập một số"),
        ("<script>", "không phải là số"),
    ],
)
def test_what_is_no_number_is_said_at_its_box_and_the_old_value_stays(typed, sentence):
    made = campaigns.campaign()
    sheet, leaf = made.sheet(made.leader), made.leaf("2")
    made.fill(sheet, "2", target="100", actual="10")
    answer = save(made.leader, sheet, leaf, **{"f-target": "100", "f-actual": typed})
    assert answer.status_code == 422
    told = " ".join(answer.json()["errors"]["f-actual"])
    assert sentence in told
    assert "Giá trị đã lưu trước đó: 10." in told
    assert entry(sheet, leaf).value["actual"] == "10"


def test_points_finer_than_the_step_are_refused():
    made = campaigns.campaign()
    answer = save(made.leader, made.sheet(made.leader), made.leaf("4"), **{"f-points": "39,3"})
    assert answer.status_code == 422
    assert "bội số của 0,5" in answer.json()["errors"]["f-points"][0]


def test_a_target_of_zero_is_a_target():
    made = campaigns.campaign()
    answer = save(made.leader, made.sheet(made.leader), made.leaf("2"), **{"f-target": "0", "f-actual": "3"})
    assert (answer.status_code, answer.json()["cell"]["state"]) == (200, "entered")


def test_half_a_cell_is_kept_and_counts_as_empty():
    made = campaigns.campaign()
    sheet, leaf = made.sheet(made.leader), made.leaf("2")
    answer = save(made.leader, sheet, leaf, **{"f-actual": "3"})
    assert (answer.json()["cell"]["state"], answer.json()["cell"]["tags"]) == ("empty", "missing")
    assert entry(sheet, leaf).value == {"actual": "3"}


def test_two_people_in_one_cell_the_second_gets_both_values():
    made = campaigns.campaign()
    sheet, leaf = made.sheet(made.leader), made.leaf("2")
    other = builders.staff(made.leader.unit)
    made.fill(sheet, "2", other, target="100", actual="80")
    answer = save(made.leader, sheet, leaf, version="0", **{"f-target": "100", "f-actual": "90"})
    assert answer.status_code == 409
    found = answer.json()
    assert (found["version"], found["conflicts"]["f-actual"]["theirs"]) == (1, "80")
    assert found["conflicts"]["f-actual"]["who"] == other.label.split(",")[0]
    assert entry(sheet, leaf).value["actual"] == "80"


@pytest.mark.parametrize("version", ["", "-1", "x", "9" * 50])
def test_a_version_that_never_was_is_a_conflict(version):
    made = campaigns.campaign()
    answer = save(made.leader, made.sheet(made.leader), made.leaf("1"), **{"version": version, "f-yes": "yes"})
    assert answer.status_code == 409


def test_a_sheet_that_is_in_is_locked():
    made = campaigns.campaign()
    sheet = made.sheet(made.leader)
    made.fill_all(sheet)
    made.submit(sheet)
    answer = save(made.leader, sheet, made.leaf("1"), **{"f-yes": "no"})
    assert (answer.status_code, answer.json()["reason"]) == (403, "Bảng đã nộp; muốn sửa phải được trả lại.")
    html = page(made.leader, sheet).content.decode()
    assert 'name="f-yes"' not in html
    assert "Bảng đã nộp; muốn sửa phải được trả lại." in html


def test_others_do_not_find_the_cell():
    made = campaigns.campaign()
    sheet, leaf = made.sheet(made.leader), made.leaf("1")
    for actor in (made.members[0], made.office, builders.commander(builders.unit())):
        assert save(actor, sheet, leaf, **{"f-yes": "yes"}).status_code == 404
    assert not Entry.objects.filter(sheet=sheet).exists()


def test_a_criterion_of_no_set_is_not_found():
    made = campaigns.campaign()
    address = reverse("sheet_cell", args=[made.sheet(made.leader).pk, "00000000-0000-0000-0000-000000000000"])
    client = client_of(made.leader)
    assert client.get(address).status_code == 404
    assert client.post(address, {"version": "0"}, headers={"X-Autosave": "1"}).status_code == 404


def test_without_scripts_a_cell_is_corrected_on_its_own_page():
    made = campaigns.campaign()
    sheet, leaf = made.sheet(made.leader), made.leaf("2")
    address = reverse("sheet_cell", args=[sheet.pk, leaf.key])
    client = client_of(made.leader)
    assert "Lưu ô này" in client.get(address).content.decode()
    values = {"version": "0", "state": "entered", "f-target": "100", "f-actual": "12,5"}
    answer = client.post(address, values)
    assert answer["Location"] == f"{reverse('sheet', args=[sheet.pk])}#tc-{leaf.key}"
    wrong = client.post(address, {**values, "version": "1", "f-actual": "mười hai"})
    assert wrong.status_code == 422
    assert "mười hai" in wrong.content.decode()
    stale = client.post(address, {**values, "f-actual": "13"})
    assert stale.status_code == 409
    assert "12,5" in stale.content.decode()
    assert entry(sheet, leaf).value["actual"] == "12.5"


def test_not_assigned_and_exempt_need_a_reason():
    made = campaigns.campaign()
    sheet, leaf = made.sheet(made.leader), made.leaf("2")
    address = reverse("sheet_cell", args=[sheet.pk, leaf.key])
    client = client_of(made.leader)
    assert client.post(address, {"version": "0", "state": "not_assigned"}).status_code == 422
    client.post(address, {"version": "0", "state": "not_assigned", "reason": "Khối không giao."})
    assert entry(sheet, leaf).state == EntryState.NOT_ASSIGNED
    html = page(made.leader, sheet).content.decode()
    assert "Khối không giao." in html
    assert "Không tính" in html


def test_every_usual_criterion_has_its_boxes_and_takes_what_they_hold():
    made = campaigns.campaign(text=campaigns.without_evidence(usual_set()))
    sheet = made.sheet(made.leader)
    html = page(made.leader, sheet).content.decode()
    posts = {
        "3": {"f-counts-bi-dong": "1", "f-counts-phuc-tap": ""},
        "12": {"f-count": "3"},
        "20": {"f-days_late": "2"},
        "26": {"f-bonus": "0", "f-penalty": "1"},
        "28": {"f-happened": "no"},
        "30": {"f-text": "Ghi chú"},
    }
    for code, values in posts.items():
        for name in values:
            assert f'name="{name}"' in html
        assert save(made.leader, sheet, made.leaf(code), **values).json()["cell"]["state"] == "entered", code
    assert entry(sheet, made.leaf("3")).value == {"counts": {"bi-dong": "1"}}
    assert entry(sheet, made.leaf("28")).value == {"happened": False}


def test_a_commander_hands_in_and_is_told_what_is_missing():
    made = campaigns.campaign()
    sheet = made.sheet(made.leader)
    client, address = client_of(made.leader), reverse("sheet_submit", args=[sheet.pk])
    made.fill(sheet, "1", yes=True)
    answer = client.post(address)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert f'<a href="#tc-{made.leaf("2").key}">2: chưa nhập.</a>' in html
    assert f'<a href="#tc-{made.leaf("1").key}">' not in html.split("Chưa nộp được")[1].split("</section>")[0]
    made.fill_all(sheet)
    assert client.post(address).status_code == 302
    assert made.sheet(made.leader).state == SheetState.SUBMITTED


def test_staff_see_who_hands_in():
    made = campaigns.campaign()
    html = page(builders.staff(made.leader.unit), made.sheet(made.leader)).content.decode()
    assert "Chỉ chỉ huy đơn vị được nộp bảng chấm điểm." in html


def test_given_back_with_a_reason_and_accepted():
    made = campaigns.campaign()
    sheet = made.sheet(made.members[0])
    made.fill_all(sheet)
    made.submit(sheet)
    client, address = client_of(made.office), reverse("sheet_return", args=[sheet.pk])
    assert client.post(address, {"tra-lai-reason": "  "}).status_code == 422
    assert client.post(address, {"tra-lai-reason": "Thiếu vụ án tháng 10."}).status_code == 302
    assert "Thiếu vụ án tháng 10." in page(made.members[0], sheet).content.decode()
    made.submit(sheet)
    client.post(reverse("sheet_accept", args=[sheet.pk]))
    assert made.sheet(made.members[0]).state == SheetState.ACCEPTED


def test_the_cell_page_tells_rule_facts_steps_and_history():
    made = campaigns.campaign()
    sheet, leaf = made.sheet(made.leader), made.leaf("2")
    made.fill(sheet, "2", target="100", actual="50")
    made.fill(sheet, "2", target="100", actual="95")
    html = client_of(made.leader).get(reverse("sheet_cell", args=[sheet.pk, leaf.key])).content.decode()
    for words in (
        "Đạt từ 100% chỉ tiêu được 15 điểm",
        "14,25",
        "đơn vị nhập",
        "<b>95</b>",
        "Chỉ tiêu 100, Kết quả 50",
        made.leader.label,
    ):
        assert words in html, words
    assert AuditEntry.objects.filter(stream__key=sheet.stream, event="score_entered").count() == 2


def test_the_bloc_scores_otherwise_with_a_reason_or_keeps():
    made = campaigns.campaign(Phase.CROSS)
    unit, peer = made.members[0], made.leader
    leaf = made.leaf("2")
    cross = made.sheet(unit, Layer.CROSS, by=peer)
    assert save(peer, cross, leaf, state="entered", points="9").status_code == 422
    answer = save(peer, cross, leaf, state="entered", points="9", reason="Thống kê thiếu.")
    assert answer.json()["cell"]["points"] == "9,00"
    campaigns.leave(made)
    bloc = made.sheet(unit, Layer.CONSOLIDATED)
    html = page(made.leader, bloc).content.decode()
    for words in ("Thống kê thiếu.", "Giữ", "Lấy trung vị", peer.unit.name):
        assert words in html, words
    assert "có đơn vị chấm khác" in client_of(made.leader).post(reverse("sheet_submit", args=[bloc.pk])).content.decode()
    assert save(made.leader, bloc, leaf, state="agreed").json()["cell"]["state"] == "agreed"
    assert client_of(made.leader).post(reverse("sheet_submit", args=[bloc.pk])).status_code == 302


def test_what_peers_come_to_says_how_it_was_rounded():
    """Criterion 4 is given by hand in half points, 2 is counted by a rule."""
    made = campaigns.campaign(Phase.CROSS)
    unit, peer = made.members[0], made.leader
    cross = made.sheet(unit, Layer.CROSS, by=peer)
    for code, points in (("4", "30"), ("2", "9")):
        made.fill(cross, code, given_points=points)
    made.submit(cross)
    campaigns.leave(made)
    bloc = made.sheet(unit, Layer.CONSOLIDATED)
    grid = page(made.leader, bloc).content.decode()
    assert "làm tròn theo bước 0,5, nửa bước lên" in grid
    assert grid.count("Theo điểm chấm chéo: Trung vị các điểm đã chấm, làm tròn") == 2
    by_hand, by_rule = (cell(made.leader, bloc, made.leaf(code)) for code in ("4", "2"))
    assert "Trung vị các điểm đã chấm, làm tròn theo bước 0,5 điểm, nửa bước làm tròn lên." in by_hand
    assert "Trung vị các điểm đã chấm, làm tròn đến 2 chữ số thập phân." in by_rule


def cell(actor, sheet, leaf) -> str:
    return client_of(actor).get(reverse("sheet_cell", args=[sheet.pk, leaf.key])).content.decode()


def test_who_recused_himself_does_not_score():
    made = campaigns.campaign(Phase.CROSS)
    sheet = made.sheet(made.members[0], Layer.CROSS, by=made.leader)
    client, address = client_of(made.leader), reverse("sheet_recuse", args=[sheet.pk])
    assert client.post(address, {"tu-choi-reason": ""}).status_code == 422
    assert client.post(address, {"tu-choi-reason": "Người nhà."}).status_code == 302
    answer = save(made.leader, sheet, made.leaf("2"), state="entered", points="9", reason="Khác.")
    assert "đã từ chối chấm" in answer.json()["reason"]
    other = builders.staff(made.leader.unit)
    assert save(other, sheet, made.leaf("2"), state="entered", points="9", reason="Khác.").status_code == 200


def test_an_unit_explains_on_the_page_of_the_cell():
    made = campaigns.campaign(Phase.REPLY)
    unit, leaf = made.members[0], made.leaf("2")
    sheet = made.sheet(unit, Layer.CONSOLIDATED)
    client = client_of(unit)
    assert "bấm “Giải trình” ở dòng của tiêu chí" in page(unit, sheet).content.decode()
    assert "bấm “Giải trình”" not in page(made.leader, sheet).content.decode()
    assert "Gửi giải trình" in client.get(reverse("sheet_cell", args=[sheet.pk, leaf.key])).content.decode()
    address = reverse("sheet_explain", args=[sheet.pk, leaf.key])
    assert client.post(address, {"text": " "}).status_code == 422
    assert client.post(address, {"text": "Có quyết định khen thưởng."}).status_code == 302
    html = client.get(reverse("sheet_cell", args=[sheet.pk, leaf.key])).content.decode()
    assert "Có quyết định khen thưởng." in html
    assert "Gửi giải trình" not in html


def test_a_target_of_the_covenant_is_shown_with_its_source_and_not_typed():
    made = linked_to_the_covenant()
    sheet, leaf = made.sheet(made.leader), made.leaf("2")
    html = page(made.leader, sheet).content.decode()
    row = html.split(f'id="tc-{leaf.key}"')[1].split("</tr>")[0]
    assert 'name="f-target"' not in row
    assert "Giao ước thi đua, chỉ tiêu 1" in row
    answer = save(made.leader, sheet, leaf, **{"f-actual": "40"})
    assert (answer.json()["cell"]["points"], entry(sheet, leaf).value) == ("7,50", {"actual": "40"})
    save(made.leader, sheet, leaf, **{"f-actual": "41"})
    client = client_of(made.leader)
    address = reverse("sheet_cell", args=[sheet.pk, leaf.key])
    with CaptureQueriesContext(connection) as asked:
        assert client.post(address, {"version": "2", "f-actual": "42"}, headers={"X-Autosave": "1"}).status_code == 200
    assert sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE")) for query in asked.captured_queries) == 11
    assert "Giao ước thi đua, chỉ tiêu 1" in client.get(address).content.decode()


def linked_to_the_covenant():
    """A campaign whose second criterion takes its target, 80, from the covenant that the bloc adopted."""
    covenant = builders.document()
    values = {"name": "Tỷ lệ", "measure": "%", "direction": "higher", "bloc_value": 80}
    indicator = drafts.add_indicator(covenant.row, actor=covenant.leader, values=values)
    builders.publish(covenant)
    builders.adopt(covenant)
    text = campaigns.without_evidence(campaigns.small())
    rows = [campaigns.replace(row, indicator_key=str(indicator.key)) if row.code == "2" else row for row in text.criteria]
    return campaigns.campaign(of=covenant.bloc, text=campaigns.replace(text, criteria=rows))
