"""The working set: starting, editing, moving, taking out, checking; what it leaves in the audit; who may."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from blocs.domain.drafts import Conflict
from blocs.enums import DocumentKind, DocumentState
from emulation.lib.verdict import Refused
from emulation.records.events import Event
from emulation.records.models import AuditEntry
from scoring import policies
from scoring.domain import criteria, moving
from scoring.domain.reading import set_text
from scoring.domain.usual_set import usual_set
from scoring.enums import NodeKind, SetState
from scoring.models import CriteriaSet
from tests import builders
from tests.scoring.regulations import regulation, small

pytestmark = pytest.mark.django_db

START = "I -I.1 --1 --2 -I.2 --3 II -4"


def events(cast):
    return list(AuditEntry.objects.filter(stream__key=cast.made.row.stream).order_by("seq").values_list("event", flat=True))


class TestStart:
    def test_the_text_becomes_rows_and_reads_the_same(self):
        cast = regulation()
        assert cast.codes() == START
        assert set_text(cast.set) == small()
        assert events(cast)[-1] == Event.CRITERIA_STARTED

    def test_the_usual_table_has_no_fault(self):
        cast = regulation(usual_set())
        assert criteria.check(cast.set, actor=cast.leader) == []

    def test_one_at_a_time(self):
        cast = regulation()
        with pytest.raises(Refused, match="đã có bộ tiêu chí đang soạn"):
            criteria.start(cast.made.row, actor=cast.leader, text=small())

    def test_only_for_a_scoring_regulation(self):
        made = builders.document(kind=DocumentKind.REGULATION)
        with pytest.raises(Refused, match="đi kèm quy định tiêu chí"):
            criteria.start(made.row, actor=made.leader, text=small())

    def test_only_by_who_drafts(self):
        made = builders.document(kind=DocumentKind.SCORING)
        with pytest.raises(Refused):
            criteria.start(made.row, actor=made.members[0], text=small())

    def test_a_target_of_the_covenant_is_found_again_by_its_words(self):
        from blocs.domain import drafts
        from blocs.models import Indicator

        covenant = builders.document()
        values = {"name": "Tỷ lệ khám phá", "measure": "%", "direction": "higher", "bloc_value": 80}
        ours = drafts.add_indicator(covenant.row, actor=covenant.leader, values=values)
        elsewhere = builders.document()
        theirs = drafts.add_indicator(elsewhere.row, actor=elsewhere.leader, values=values | {"name": "tỷ lệ  khám phá"})
        assert Indicator.objects.count() == 2
        regulation_row = drafts.start(covenant.bloc.bloc_year, actor=covenant.leader, kind=DocumentKind.SCORING)
        text = small()
        from dataclasses import replace

        linked = [replace(row, indicator_key=str(theirs.key)) if row.code == "2" else row for row in text.criteria]
        made = criteria.start(regulation_row, actor=covenant.leader, text=replace(text, criteria=linked))
        assert made.criteria.get(code="2").indicator_key == ours.key


class TestSave:
    def test_fields_are_saved_once(self):
        cast = regulation()
        row = criteria.save(
            cast.row("1"), actor=cast.leader, seen=0, values={"name": " Kế  hoạch ", "max_points": Decimal("6.5")}
        )
        assert (row.name, row.max_points, row.edits) == ("Kế  hoạch", Decimal("6.50"), 1)
        before = events(cast)
        criteria.save(cast.row("1"), actor=cast.leader, seen=1, values={"name": "Kế  hoạch"})
        assert events(cast) == before

    def test_a_stale_form_loses_nothing(self):
        cast = regulation()
        criteria.save(cast.row("1"), actor=cast.leader, seen=0, values={"name": "Tên mới"})
        with pytest.raises(Conflict) as raised:
            criteria.save(cast.row("1"), actor=cast.leader, seen=0, values={"name": "Tên khác"})
        assert raised.value.stored.name == "Tên mới"

    def test_parameters_get_one_spelling(self):
        cast = regulation()
        given = {"rule_type": "tier", "rule": {"rows": [["95.0", "15.00"], {"points": "0"}], "by": "value"}}
        row = criteria.save(cast.row("2"), actor=cast.leader, seen=0, values=given)
        assert row.rule == {"rows": [{"from": "95", "points": "15"}, {"points": "0"}]}

    def test_what_cannot_be_read_is_refused_at_its_field(self):
        cast = regulation()
        with pytest.raises(ValidationError) as raised:
            criteria.save(cast.row("2"), actor=cast.leader, seen=0, values={"rule": {"full_at": "nhiều"}})
        assert list(raised.value.message_dict) == ["rule-full_at"]
        assert cast.row("2").rule == {}

    def test_a_rule_that_lacks_parameters_waits_for_them(self):
        cast = regulation()
        row = criteria.save(cast.row("2"), actor=cast.leader, seen=0, values={"rule_type": "tier"})
        assert row.rule == {}
        assert any("Các bậc" in fault.sentence for fault in criteria.check(cast.set, actor=cast.leader))

    @pytest.mark.parametrize(
        "values", [{"max_points": Decimal(-1)}, {"min_points": Decimal(1)}, {"name": ""}, {"step": Decimal(0)}]
    )
    def test_what_can_never_be_is_refused(self, values):
        cast = regulation()
        with pytest.raises(ValidationError):
            criteria.save(cast.row("4"), actor=cast.leader, seen=0, values=values)

    def test_a_group_takes_no_rule(self):
        cast = regulation()
        row = criteria.save(cast.row("I.1"), actor=cast.leader, seen=0, values={"rule_type": "percent", "is_capped": True})
        assert (row.rule_type, row.is_capped) == ("", True)

    def test_settings(self):
        cast = regulation()
        changed = criteria.save_settings(cast.set, actor=cast.leader, seen=0, values={"total_points": Decimal(1000)})
        assert changed.edits == 1
        with pytest.raises(Conflict):
            criteria.save_settings(cast.set, actor=cast.leader, seen=0, values={"places": 1})
        with pytest.raises(ValidationError):
            criteria.save_settings(cast.set, actor=cast.leader, seen=1, values={"places": 3})


class TestAdd:
    def test_after_a_node_inside_a_group_and_at_the_top(self):
        cast = regulation()
        after = criteria.add(cast.set, actor=cast.leader, kind=NodeKind.LEAF, after=cast.row("1"))
        inside = criteria.add(cast.set, actor=cast.leader, kind=NodeKind.GROUP, parent=cast.row("II"), name="Nhóm con")
        top = criteria.add(cast.set, actor=cast.leader, kind=NodeKind.GROUP, after=cast.row("I"))
        assert cast.codes() == "I -I.1 --1 --5 --2 -I.2 --3 III II -4 -II.1"
        assert [after.code, inside.code, top.code, top.section] == ["5", "II.1", "III", "base"]

    def test_a_criterion_needs_a_group(self):
        cast = regulation()
        with pytest.raises(Refused, match="phải nằm trong một nhóm"):
            criteria.add(cast.set, actor=cast.leader, kind=NodeKind.LEAF)

    def test_there_is_an_end_to_it(self, monkeypatch):
        cast = regulation()
        monkeypatch.setattr(criteria, "MOST_NODES", 8)
        with pytest.raises(Refused, match="nhiều nhất 8 dòng"):
            criteria.add(cast.set, actor=cast.leader, kind=NodeKind.GROUP)
        with pytest.raises(Refused, match="nhiều nhất 8 dòng"):
            criteria.duplicate(cast.row("1"), actor=cast.leader)


class TestMove:
    @pytest.mark.parametrize(
        ("code", "way", "codes"),
        [
            ("2", moving.UP, "I -I.1 --2 --1 -I.2 --3 II -4"),
            ("2", moving.DOWN, START),
            ("1", moving.UP, START),
            ("I", moving.DOWN, "II -4 I -I.1 --1 --2 -I.2 --3"),
            ("I.2", moving.IN, "I -I.1 --1 --2 --I.2 ---3 II -4"),
            ("1", moving.IN, START),
            ("II", moving.IN, "I -I.1 --1 --2 -I.2 --3 -II --4"),
            ("3", moving.OUT, "I -I.1 --1 --2 -I.2 -3 II -4"),
            ("I.1", moving.OUT, "I -I.2 --3 I.1 -1 -2 II -4"),
            ("I", moving.OUT, START),
        ],
    )
    def test_one_step(self, code, way, codes):
        cast = regulation()
        moving.move(cast.row(code), actor=cast.leader, way=way)
        assert cast.codes() == codes

    def test_a_group_that_comes_to_the_top_counts_as_what_it_stood_in(self):
        cast = regulation()
        criteria.save(cast.row("I"), actor=cast.leader, seen=0, values={"section": "bonus"})
        assert moving.move(cast.row("I.1"), actor=cast.leader, way=moving.OUT).section == "bonus"
        assert moving.move(cast.row("I.1"), actor=cast.leader, way=moving.IN).section == ""

    def test_a_criterion_never_comes_to_the_top(self):
        cast = regulation()
        with pytest.raises(Refused, match="phải nằm trong một nhóm"):
            moving.move(cast.row("4"), actor=cast.leader, way=moving.OUT)
        assert cast.codes() == START

    def test_an_unknown_way(self):
        cast = regulation()
        with pytest.raises(ValueError, match="sideways"):
            moving.move(cast.row("4"), actor=cast.leader, way="sideways")

    def test_to_a_place(self):
        cast = regulation()
        moving.move_to(cast.row("4"), actor=cast.leader, parent=cast.row("I.1"), place=1)
        assert cast.codes() == "I -I.1 --1 --4 --2 -I.2 --3 II"

    def test_not_into_itself_a_leaf_or_another_set(self):
        cast, other = regulation(), regulation()
        with pytest.raises(Refused, match="trong chính nó"):
            moving.move_to(cast.row("I"), actor=cast.leader, parent=cast.row("I.1"), place=0)
        with pytest.raises(Refused, match="vào một nhóm"):
            moving.move_to(cast.row("I.1"), actor=cast.leader, parent=cast.row("4"), place=0)
        with pytest.raises(Refused, match="vào một nhóm"):
            moving.move_to(cast.row("I.1"), actor=cast.leader, parent=other.row("II"), place=0)


class TestDuplicateAndRemove:
    def test_a_copy_has_keys_and_codes_of_its_own(self):
        cast = regulation()
        made = criteria.duplicate(cast.row("I.1"), actor=cast.leader)
        assert cast.codes() == "I -I.1 --1 --2 -I.1-2 --1-2 --2-2 -I.2 --3 II -4"
        assert made.key != cast.row("I.1").key
        criteria.duplicate(cast.row("1"), actor=cast.leader)
        assert cast.codes() == "I -I.1 --1 --1-3 --2 -I.1-2 --1-2 --2-2 -I.2 --3 II -4"

    def test_a_copy_without_a_code_has_none(self):
        assert criteria.free_code("", set()) == ""

    def test_taken_out_and_put_back_where_it_stood(self):
        cast = regulation()
        before = set_text(cast.set)
        criteria.remove(cast.row("I.1"), actor=cast.leader)
        assert cast.codes() == "I -I.2 --3 II -4"
        criteria.put_back(cast.set, actor=cast.leader)
        assert set_text(cast.set) == before
        entries = events(cast)
        criteria.put_back(cast.set, actor=cast.leader)
        assert events(cast) == entries

    def test_a_top_group_too(self):
        cast = regulation()
        before = set_text(cast.set)
        criteria.remove(cast.row("I"), actor=cast.leader)
        criteria.put_back(cast.set, actor=cast.leader)
        assert set_text(cast.set) == before

    def test_what_it_said_stays_in_the_audit(self):
        cast = regulation()
        criteria.remove(cast.row("2"), actor=cast.leader)
        entry = AuditEntry.objects.filter(stream__key=cast.made.row.stream).order_by("-seq").first()
        assert [row["code"] for row in entry.data["said"]] == ["2"]

    def test_not_back_into_a_group_that_is_gone(self):
        cast = regulation()
        criteria.remove(cast.row("1"), actor=cast.leader)
        removed = cast.set.last_removed
        criteria.remove(cast.row("I.1"), actor=cast.leader)
        CriteriaSet.objects.update(last_removed=removed)
        with pytest.raises(Refused, match="đã bị gỡ"):
            criteria.put_back(cast.set, actor=cast.leader)


class TestCheck:
    def test_without_faults_it_is_checked_until_it_changes(self):
        cast = regulation()
        assert criteria.check(cast.set, actor=cast.leader) == []
        assert (cast.set.state, cast.set.content_sha256) == (SetState.CHECKED, small().sha256)
        entries = events(cast)
        criteria.check(cast.set, actor=cast.leader)
        assert events(cast) == entries
        criteria.save(cast.row("1"), actor=cast.leader, seen=0, values={"name": "Khác"})
        assert (cast.set.state, cast.set.content_sha256) == (SetState.DRAFT, "")

    def test_with_faults_it_stays_a_draft(self):
        cast = regulation()
        criteria.save(cast.row("1"), actor=cast.leader, seen=0, values={"max_points": Decimal(6)})
        assert criteria.check(cast.set, actor=cast.leader)
        assert cast.set.state == SetState.DRAFT


def test_who_may_edit():
    cast = regulation()
    for actor, allowed in (
        (None, False),
        (cast.made.office, True),
        (cast.made.deputy, True),
        (builders.staff(cast.leader.unit), True),
        (cast.made.members[0], False),
        (builders.staff(builders.another_office()), False),
    ):
        assert bool(policies.may_edit_criteria(cast.set, actor)) == allowed


def test_not_after_adoption():
    cast = regulation(state=DocumentState.ADOPTED)
    with pytest.raises(Refused, match="đã được thông qua"):
        criteria.save(cast.row("1"), actor=cast.leader, seen=0, values={"name": "Khác"})
    with pytest.raises(Refused):
        moving.move(cast.row("2"), actor=cast.leader, way=moving.UP)
