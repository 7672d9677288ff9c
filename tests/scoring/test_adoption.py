"""The set as the enclosure of its regulation: published, compared, adopted, frozen, printed."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from blocs.documents.printing import document_html
from blocs.domain import carrying, discussion
from blocs.domain.snapshots import document_frame, draft_text, version_text
from blocs.enums import AdoptionBasis, DocumentKind, DocumentState
from blocs.texts import from_json
from emulation.records.events import Event
from emulation.records.models import AuditEntry
from scoring.domain import changes, copying, criteria
from scoring.domain.enclosing import CriteriaEnclosure, freeze, working_set
from scoring.domain.reading import set_text
from scoring.enums import SetState
from scoring.models import CriteriaSet, Criterion
from scoring.texts import from_data
from tests import builders
from tests.scoring.regulations import in_force, regulation, small

pytestmark = pytest.mark.django_db


class TestPublishing:
    def test_the_set_travels_inside_the_version(self):
        cast = regulation(state=DocumentState.DISCUSSION)
        text = version_text(cast.made.version)
        assert from_data(text.enclosed) == small()
        assert from_json(text.to_json()) == text

    def test_a_set_with_faults_is_not_published(self):
        cast = regulation()
        criteria.save(cast.row("1"), actor=cast.leader, seen=0, values={"max_points": Decimal(6)})
        with pytest.raises(ValidationError, match="Các tiêu chí cộng lại 21 điểm"):
            builders.publish(cast.made)

    def test_a_regulation_without_a_set_is_spelled_as_before(self):
        made = builders.document(kind=DocumentKind.SCORING)
        text = draft_text(made.row)
        assert "enclosed" not in text.to_json()
        assert replace(text, enclosed={"x": 1}).sha256 != text.sha256

    def test_a_changed_set_asks_every_unit_again(self):
        cast = regulation(state=DocumentState.DISCUSSION)
        old = version_text(cast.made.version)
        criteria.save(cast.row("1"), actor=cast.leader, seen=0, values={"name": "Tên khác"})
        found = carrying.reasons(old, draft_text(cast.made.row), [1])
        assert found == {"1": [carrying.COMMON]}

    def test_no_adoption_while_the_working_set_differs(self):
        from emulation.lib.verdict import Refused

        cast = regulation(state=DocumentState.DISCUSSION)
        criteria.save(cast.row("1"), actor=cast.leader, seen=0, values={"name": "Tên khác"})
        with pytest.raises(Refused, match="đã khác bản 1"):
            builders.adopt(cast.made)


class TestAdoption:
    def test_what_was_agreed_on_becomes_a_set_of_its_own(self):
        cast = regulation(state=DocumentState.ADOPTED)
        adopted = in_force(cast.made.row)
        assert (adopted.state, adopted.is_sealed, adopted.content_sha256) == (SetState.ADOPTED, True, small().sha256)
        assert set_text(adopted) == small()
        assert adopted.version == cast.made.version
        assert AuditEntry.objects.filter(event=Event.CRITERIA_ADOPTED).count() == 1
        assert cast.set.pk != adopted.pk

    def test_the_same_version_once_more_has_its_set_already(self):
        cast = regulation(state=DocumentState.ADOPTED)
        made = cast.made
        adopted = in_force(made.row)
        discussion.redraft(made.row, actor=made.leader, reason="Sửa")
        discussion.adopt(made.version, actor=made.leader, basis=AdoptionBasis.CONFERENCE, held_on=_today(), present=3)
        assert CriteriaSet.objects.filter(state=SetState.ADOPTED).get() == adopted

    def test_another_version_is_another_set(self):
        cast = regulation(state=DocumentState.ADOPTED)
        first = in_force(cast.made.row)
        discussion.redraft(cast.made.row, actor=cast.leader, reason="Sửa")
        criteria.save(cast.row("1"), actor=cast.leader, seen=0, values={"guidance": "Có văn bản."})
        builders.publish(cast.made)
        builders.adopt(cast.made)
        second = in_force(cast.made.row)
        assert second.pk != first.pk
        found = changes.changes(set_text(first), set_text(second))
        assert [(change.sentence, change.scores) for change in found] == [("1 Ban hành kế hoạch: câu chữ đã sửa.", False)]

    def test_a_text_that_would_read_otherwise_is_not_kept(self):
        cast = regulation(state=DocumentState.DISCUSSION)
        text = small()
        wrong = replace(
            text, criteria=[replace(row, max_points=row.max_points and f"{row.max_points}.00") for row in text.criteria]
        )
        with pytest.raises(ValueError, match="reads otherwise"):
            freeze(cast.made.version, wrong, actor=cast.leader)


class TestSealed:
    """The database itself refuses; a constraint holds whoever writes."""

    @pytest.mark.parametrize("act", ["change a set", "delete a set", "add", "change", "take out"])
    def test_no_change(self, act):
        cast = regulation(state=DocumentState.ADOPTED)
        adopted = in_force(cast.made.row)
        row = adopted.criteria.get(code="1")
        acts = {
            "change a set": lambda: CriteriaSet.objects.filter(pk=adopted.pk).update(places=1),
            "delete a set": lambda: CriteriaSet.objects.filter(pk=adopted.pk)._raw_delete("default"),
            "add": lambda: Criterion.objects.create(criteria_set=adopted, parent=row.parent, kind="leaf", name="Thêm", order=9),
            "change": lambda: Criterion.objects.filter(pk=row.pk).update(max_points=6),
            "take out": lambda: Criterion.objects.filter(pk=row.pk).delete(),
        }
        with pytest.raises(DatabaseError), transaction.atomic():
            acts[act]()
        assert set_text(CriteriaSet.objects.get(pk=adopted.pk)) == small()

    def test_no_row_moves_into_a_sealed_set(self):
        cast = regulation(state=DocumentState.ADOPTED)
        with pytest.raises(DatabaseError), transaction.atomic():
            Criterion.objects.filter(criteria_set=cast.set, code="4").update(criteria_set=in_force(cast.made.row))

    def test_a_criterion_hangs_under_a_group_of_its_own_set(self):
        cast, other = regulation(), regulation()
        for parent in (other.row("II"), cast.row("1")):
            with pytest.raises(DatabaseError), transaction.atomic():
                Criterion.objects.filter(pk=cast.row("4").pk).update(parent=parent)


class TestCopy:
    def test_from_last_year_with_the_same_keys(self):
        cast = regulation(state=DocumentState.ADOPTED)
        source = in_force(cast.made.row)
        other = builders.document(kind=DocumentKind.SCORING)
        office = other.office
        assert [found.criteria_set for found in copying.sources(other.row, office)] == [source]
        made = copying.copy(source, other.row, actor=office)
        assert {str(row.key) for row in made.criteria.all()} == {row.key for row in small().criteria}

    def test_a_working_set_only_by_who_edits_it(self):
        from emulation.lib.verdict import Refused

        cast = regulation(state=DocumentState.DISCUSSION)
        other = builders.document(kind=DocumentKind.SCORING)
        with pytest.raises(Refused):
            copying.copy(cast.set, other.row, actor=other.leader)
        assert copying.copy(cast.set, other.row, actor=other.office).criteria.count() == 8

    def test_not_what_one_may_not_see(self):
        from emulation.lib.verdict import Refused

        source = in_force(regulation(state=DocumentState.ADOPTED).made.row)
        other = builders.document(kind=DocumentKind.SCORING)
        assert list(copying.sources(other.row, other.leader)) == []
        with pytest.raises(Refused, match="không xem được"):
            copying.copy(source, other.row, actor=other.leader)


def test_other_documents_enclose_nothing():
    made = builders.document(kind=DocumentKind.REGULATION)
    assert working_set(made.row) is None
    assert draft_text(made.row).enclosed == {}


def test_the_table_prints_behind_the_text():
    cast = regulation()
    html = document_html(DocumentKind.SCORING, draft_text(cast.made.row), document_frame(cast.made.row))
    assert html.count('class="enclosed-table"') == 1
    assert "BẢNG TIÊU CHÍ CHẤM ĐIỂM" in html
    assert "Đạt chỉ tiêu được 50% của 40 điểm" in html
    assert (
        "Khi bằng điểm: điểm nhóm I (Chuyên môn) cao hơn xếp trên; điểm trừ ít hơn xếp trên; sau cùng do khối quyết định" in html
    )


def test_what_changed_in_sentences():
    old = small()
    enclosure = CriteriaEnclosure()
    rows = [replace(row, max_points="6") if row.code == "1" else row for row in old.criteria if row.code != "4"]
    new = replace(
        old,
        criteria=[*rows, replace(old.criteria[2], key="new", code="9", name="Mới")],
        total_points="90",
        grades=[["A", "Tốt", ""]],
    )
    assert enclosure.changes(old.to_data(), new.to_data()) == [
        "Cách cộng tổng điểm đã sửa.",
        "Cách xếp hạng, xếp loại đã sửa.",
        "1 Ban hành kế hoạch: điểm tối đa từ 5 thành 6.",
        "9 Mới: thêm mới.",
        "4 Chất lượng: đã bỏ.",
    ]
    assert enclosure.changes({}, old.to_data()) == ["Thêm bảng tiêu chí chấm điểm kèm theo."]
    assert enclosure.changes(old.to_data(), {}) == ["Bỏ bảng tiêu chí chấm điểm kèm theo."]


def test_which_changes_may_change_scores():
    old = small()
    leaf = old.criteria[2]
    for change, scores in (
        ({"name": "Khác"}, False),
        ({"code": "1a"}, False),
        ({"measure": "văn bản"}, False),
        ({"rule": {"no": "-1"}}, True),
        ({"parent": old.criteria[4].key}, True),
    ):
        new = replace(old, criteria=[replace(row, **change) if row.key == leaf.key else row for row in old.criteria])
        found = changes.changes(old, new)
        assert [(row.key, row.scores) for row in found] == [(leaf.key, scores)]


def _today():
    from emulation.lib import clock

    return clock.today()
