"""The pages of a set: what they show, what they answer to bad input, and that nothing typed is lost."""

import pytest
from django.test import Client
from django.urls import reverse

from blocs.enums import DocumentKind, DocumentState
from scoring.domain import criteria
from scoring.domain.reading import set_text
from scoring.enums import SetState
from scoring.workbooks.reading import read
from tests import builders
from tests.scoring.regulations import in_force, regulation, small
from tests.scoring.workbooks.test_workbooks import LARGE

pytestmark = pytest.mark.django_db


def client_of(actor):
    client = Client()
    client.force_login(actor.user)
    return client


def page(cast, name="criteria", *more):
    return reverse(name, args=[cast.made.pk, *more])


def values(cast, code, **changes):
    """What the form of a leaf posts."""
    row = cast.row(code)
    typed_ = {
        "version": row.edits,
        "code": row.code,
        "name": row.name,
        "max_points": "5",
        "rule_type": row.rule_type,
        "is_cross_scored": "on",
    }
    return {**typed_, **changes}


class TestStart:
    def test_where_a_set_may_start(self):
        made = builders.document(kind=DocumentKind.SCORING)
        client = client_of(made.leader)
        shown = client.get(reverse("criteria", args=[made.pk]))
        assert "Lập bộ tiêu chí" in shown.content.decode()
        answer = client.post(reverse("criteria_start", args=[made.pk]))
        assert answer.status_code == 302
        assert "30 tiêu chí" in client.get(answer.url).content.decode()

    def test_as_a_copy(self):
        source = in_force(regulation(state=DocumentState.ADOPTED).made.row)
        other = builders.document(kind=DocumentKind.SCORING)
        client = client_of(other.office)
        assert f'value="{source.pk}"' in client.get(reverse("criteria", args=[other.pk])).content.decode()
        client.post(reverse("criteria_start", args=[other.pk]), {"source": source.pk})
        assert set_text(other.row.criteria_sets.get()) == small()

    def test_other_documents_have_no_such_page(self):
        made = builders.document(kind=DocumentKind.OUTLINE)
        assert client_of(made.leader).get(reverse("criteria", args=[made.pk])).status_code == 404

    def test_who_may_not_start_sees_why(self):
        made = builders.document(DocumentState.DISCUSSION, kind=DocumentKind.SCORING)
        assert "Chỉ đơn vị khối trưởng" in client_of(made.members[0]).get(reverse("criteria", args=[made.pk])).content.decode()


class TestTree:
    def test_sums_and_faults_stand_at_their_rows(self):
        cast = regulation()
        client = client_of(cast.leader)
        assert "Không có lỗi" in client.get(page(cast)).content.decode()
        client.post(page(cast, "criterion_save", cast.row("1").pk), values(cast, "1", max_points="6,5"))
        shown = client.get(page(cast)).content.decode()
        assert "chỗ cần sửa" in shown
        assert "Các tiêu chí cộng lại 21,5 điểm, khác 20 điểm của nhóm." in shown

    def test_a_set_of_real_size_takes_few_questions(self, django_assert_max_num_queries):
        cast = regulation(LARGE)
        client = client_of(cast.leader)
        client.get(page(cast))
        address = f"{page(cast)}?muc={cast.row('20').key}"
        with django_assert_max_num_queries(15):
            shown = client.get(address)
        assert shown.content.decode().count('class="k-node"') == 225
        assert 'name="rule-at_target"' in shown.content.decode()

    def test_an_adopted_set_is_read_only(self):
        cast = regulation(state=DocumentState.ADOPTED)
        shown = client_of(cast.leader).get(page(cast)).content.decode()
        assert "không sửa được nữa" in shown
        assert "criterion_save" not in shown
        assert 'data-autosave="' not in shown

    def test_members_see_the_published_one_without_tools(self):
        cast = regulation(state=DocumentState.DISCUSSION)
        shown = client_of(cast.made.members[0]).get(page(cast)).content.decode()
        assert "Khám phá án" in shown
        assert "Bản 1, đang lấy ý kiến" in shown
        assert "Đạt chỉ tiêu được 50% của 40 điểm" in shown
        assert "Thêm nhóm lớn" not in shown

    def test_nobody_else_sees_what_is_still_being_written(self):
        cast = regulation(state=DocumentState.DISCUSSION)
        criteria.save(cast.row("1"), actor=cast.leader, seen=0, values={"name": "Chưa công bố"})
        member = client_of(cast.made.members[0])
        shown = member.get(page(cast)).content.decode()
        assert "Ban hành kế hoạch" in shown
        assert "Chưa công bố" not in shown
        assert read(member.get(page(cast, "criteria_workbook")).content).text == small()
        assert "Chưa công bố" in client_of(cast.made.deputy).get(page(cast)).content.decode()

    def test_a_first_draft_is_not_shown_to_the_province(self):
        cast = regulation()
        director = client_of(builders.director())
        assert "chưa có bộ tiêu chí" in director.get(page(cast)).content.decode()
        assert len(read(director.get(page(cast, "criteria_workbook")).content).text.leaves) == 30, "the usual table"

    def test_a_live_page_gets_the_tree_alone(self):
        cast = regulation()
        shown = client_of(cast.leader).get(page(cast), headers={"X-Live": "1"}).content.decode()
        assert "<html" not in shown
        assert shown.count('class="k-node"') == 8


class TestSave:
    def test_a_plain_form(self):
        cast = regulation()
        client = client_of(cast.leader)
        answer = client.post(page(cast, "criterion_save", cast.row("1").pk), values(cast, "1", name="Tên mới"))
        assert answer.status_code == 302
        assert cast.row("1").name == "Tên mới"

    def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(self):
        cast = regulation()
        given = values(cast, "2", name="Chữ vừa gõ", max_points="1e9", **{"rule-full_at": "nhiều"})
        answer = client_of(cast.leader).post(page(cast, "criterion_save", cast.row("2").pk), given)
        shown = answer.content.decode()
        assert answer.status_code == 422
        assert "Chữ vừa gõ" in shown
        assert "nhập một số, ví dụ 12.5." in shown
        assert "Nhập số" in shown or "không có nhiều hơn" in shown or "chữ số" in shown
        assert cast.row("2").name == "Giải quyết tin báo"

    def test_two_clerks(self):
        cast = regulation()
        criteria.save(cast.row("1"), actor=cast.made.office, seen=0, values={"name": "Của người khác"})
        answer = client_of(cast.leader).post(
            page(cast, "criterion_save", cast.row("1").pk), values(cast, "1", version="0", name="Của tôi")
        )
        assert answer.status_code == 409
        assert "Của tôi" in answer.content.decode()
        assert "Của người khác" in answer.content.decode()

    @pytest.mark.parametrize("version", ["", "x", "9" * 12, "-1", "²"])
    def test_nonsense_for_a_version_overwrites_nothing(self, version):
        cast = regulation()
        answer = client_of(cast.leader).post(page(cast, "criterion_save", cast.row("1").pk), values(cast, "1", version=version))
        assert answer.status_code == 409

    def live(self, cast, code, changed, /, **given):
        client = client_of(cast.leader)
        data = {"version": cast.row(code).edits, "changed": changed, **given}
        return client.post(page(cast, "criterion_save", cast.row(code).pk), data, headers={"X-Autosave": "1"})

    def test_live_only_what_changed(self):
        cast = regulation()
        answer = self.live(cast, "1", ["max_points"], max_points="7,25")
        assert answer.json()["version"] == 1
        assert (cast.row("1").name, str(cast.row("1").max_points)) == ("Ban hành kế hoạch", "7.25")

    def test_live_the_good_ones_are_saved_beside_the_bad(self):
        cast = regulation()
        answer = self.live(cast, "1", ["max_points", "name"], max_points="bảy", name="Mới")
        assert (answer.status_code, list(answer.json()["errors"])) == (422, ["max_points"])
        assert cast.row("1").name == "Mới"

    def test_live_a_conflict_brings_theirs(self):
        cast = regulation()
        criteria.save(
            cast.row("2"), actor=cast.made.office, seen=0, values={"rule": {"full_at": "0.9"}, "name": "Của người khác"}
        )
        client = client_of(cast.leader)
        data = {"version": "0", "changed": ["name", "rule-full_at"], "name": "Của tôi", "rule-full_at": "95%"}
        answer = client.post(page(cast, "criterion_save", cast.row("2").pk), data, headers={"X-Autosave": "1"})
        assert answer.status_code == 409
        who = cast.made.office.label.split(",")[0]
        assert {found["who"] for found in answer.json()["conflicts"].values()} == {who}
        theirs = {name: found["theirs"] for name, found in answer.json()["conflicts"].items()}
        assert theirs == {"name": "Của người khác", "rule-full_at": "0,9"}

    def test_live_after_adoption(self):
        cast = regulation(state=DocumentState.ADOPTED)
        answer = self.live(cast, "1", ["name"], name="Mới")
        assert (answer.status_code, "thông qua" in answer.json()["reason"]) == (403, True)

    def test_live_what_the_verb_refuses(self):
        cast = regulation()
        answer = self.live(cast, "1", ["code"], code="x" * 30)
        assert list(answer.json()["errors"]) == ["code"]

    def test_another_rule_asks_for_its_own_parameters(self):
        cast = regulation()
        assert self.live(cast, "2", ["rule_type"], rule_type="tier").status_code == 200
        shown = client_of(cast.leader).get(f"{page(cast)}?muc={cast.row('2').key}").content.decode()
        assert 'name="rule-rows"' in shown
        answer = self.live(cast, "2", ["rule-rows"], **{"rule-rows": "95: 15\n80: 10\ncòn lại: 0"})
        assert answer.status_code == 200
        assert cast.row("2").rule["rows"][2] == {"points": "0"}
        assert criteria.check(cast.set, actor=cast.leader) == []

    def test_a_parameter_that_is_emptied_is_gone(self):
        cast = regulation()
        self.live(cast, "2", ["rule-full_at"], **{"rule-full_at": "95%"})
        assert cast.row("2").rule == {"full_at": "0.95"}
        self.live(cast, "2", ["rule-full_at"], **{"rule-full_at": ""})
        assert cast.row("2").rule == {}


class TestActs:
    @pytest.mark.parametrize(
        ("act", "codes"),
        [
            ("len", "I -I.1 --2 --1 -I.2 --3 II -4"),
            ("ra", "I -I.1 --1 -2 -I.2 --3 II -4"),
            ("nhan-ban", "I -I.1 --1 --2 --2-2 -I.2 --3 II -4"),
            ("go", "I -I.1 --1 -I.2 --3 II -4"),
        ],
    )
    def test_plain_and_live(self, act, codes):
        for headers in ({}, {"X-Live": "1"}):
            cast = regulation()
            client = client_of(cast.leader)
            answer = client.post(page(cast, "criterion_act", cast.row("2").pk, act), headers=headers)
            assert answer.status_code == (200 if headers else 302)
            assert cast.codes() == codes
            if headers:
                assert "X-Row" in answer
                assert "<html" not in answer.content.decode()

    def test_back_again(self):
        cast = regulation()
        client = client_of(cast.leader)
        client.post(page(cast, "criterion_act", cast.row("2").pk, "go"))
        assert "Đã gỡ “Giải quyết tin báo”." in client.get(page(cast)).content.decode()
        client.post(page(cast, "criteria_put_back"))
        assert set_text(cast.set) == small()

    def test_adding(self):
        cast = regulation()
        client = client_of(cast.leader)
        client.post(page(cast, "criterion_add"), {"kind": "group", "name": "Nhóm mới"})
        client.post(page(cast, "criterion_add"), {"kind": "leaf", "after": cast.row("1").pk})
        client.post(page(cast, "criterion_add"), {"kind": "leaf", "parent": cast.row("II").pk})
        assert cast.codes() == "I -I.1 --1 --5 --2 -I.2 --3 II -4 -6 III"
        assert client.post(page(cast, "criterion_add"), {"kind": "leaf"}).status_code == 403
        assert client.post(page(cast, "criterion_add"), {"kind": "leaf", "after": 999_999}).status_code == 404

    def test_a_live_page_hears_why_not(self):
        cast = regulation()
        answer = client_of(cast.leader).post(page(cast, "criterion_act", cast.row("4").pk, "ra"), headers={"X-Live": "1"})
        assert (answer.status_code, answer.content.decode()) == (403, "Tiêu chí phải nằm trong một nhóm.")
        plain = client_of(cast.leader).post(page(cast, "criterion_act", cast.row("4").pk, "ra"))
        assert "<html" in plain.content.decode()

    def test_an_unknown_act_and_another_sets_row(self):
        cast, other = regulation(), regulation()
        client = client_of(cast.leader)
        assert client.post(page(cast, "criterion_act", cast.row("1").pk, "bay")).status_code == 404
        assert client.post(page(cast, "criterion_act", other.row("1").pk, "go")).status_code == 404


class TestSettingsAndCheck:
    def posted(self, cast, **changes):
        given = {
            "version": cast.set.edits,
            "total_points": "100",
            "places": "2",
            "not_assigned": "drop",
            "exempt": "full",
            "method": "mean",
            "tie_1": "penalty",
            "tie_2": "group:I",
            "grades": "A: Xuất sắc: 90\nB: Khá",
        }
        return client_of(cast.leader).post(page(cast, "criteria_settings"), {**given, **changes})

    def test_saved(self):
        cast = regulation()
        assert self.posted(cast).status_code == 302
        found = cast.set
        assert found.tie_keys == [["penalty", "asc"], ["group:I", "desc"]]
        assert found.grades == [["A", "Xuất sắc", "90"], ["B", "Khá", ""]]
        assert "Xuất sắc: 90" in client_of(cast.leader).get(page(cast, "criteria_settings")).content.decode()

    @pytest.mark.parametrize(
        ("changes", "status", "sentence"),
        [
            ({"grades": "A: Tốt: cao"}, 422, "điểm không phải là số"),
            ({"grades": "A"}, 422, "viết dạng mã: tên: từ điểm"),
            ({"grades": "A:B:1:2"}, 422, "viết dạng mã: tên: từ điểm"),
            ({"total_points": ""}, 422, "Nhập tổng điểm chính."),
            ({"places": "9"}, 422, "places"),
            ({"version": "7"}, 409, "vừa được người khác sửa"),
        ],
    )
    def test_refused(self, changes, status, sentence):
        cast = regulation()
        answer = self.posted(cast, **changes)
        assert (answer.status_code, sentence in answer.content.decode()) == (status, True)

    def test_the_check(self):
        cast = regulation()
        client = client_of(cast.leader)
        assert client.post(page(cast, "criteria_check")).status_code == 302
        assert cast.set.state == SetState.CHECKED
        client.post(page(cast, "criterion_save", cast.row("1").pk), values(cast, "1", max_points="6"))
        shown = client.post(page(cast, "criteria_check")).content.decode()
        assert "Cần sửa trước khi công bố" in shown
        assert f"?muc={cast.row('I.1').key}" in shown
