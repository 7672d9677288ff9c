"""The working draft: nothing that somebody typed is lost, whoever types at the same time."""

import unicodedata
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from blocs.domain import drafts
from blocs.domain.drafts import Conflict
from blocs.domain.snapshots import draft_text
from blocs.domain.starting import Piece, StartingText
from blocs.enums import CheckKind, ClauseKind, ClausePart, Direction, DocumentState, Title
from blocs.models import BlocDocument, Clause, Year
from emulation.lib.verdict import Refused
from emulation.records.events import Event
from emulation.records.models import AuditEntry
from tests import builders

pytestmark = pytest.mark.django_db

FROZEN_STATES = [DocumentState.ADOPTED, DocumentState.SIGNING, DocumentState.SIGNED]
TARGET = {"name": "Tỷ lệ khám phá án", "measure": "%", "direction": Direction.HIGHER, "bloc_value": Decimal(85)}


@pytest.fixture
def made():
    return builders.document()


def clauses(made, part=ClausePart.BODY):
    return list(made.row.clauses.filter(part=part, removed_at=None).order_by("order", "pk"))


def entries(made):
    return AuditEntry.objects.filter(stream__key=made.row.stream).count()


def last_entry(made):
    return AuditEntry.objects.filter(stream__key=made.row.stream).latest("seq")


class TestStart:
    def test_the_default_text_is_filled_in(self):
        cast = builders.bloc()
        Year.objects.filter(number=cast.bloc_year.year_id).update(legal_bases="Căn cứ một\n\nCăn cứ hai")
        cast.bloc_year.year.refresh_from_db()
        document = drafts.start(cast.bloc_year, actor=cast.leader)
        text = draft_text(document)
        assert text.bases == ["Căn cứ một", "Căn cứ hai"]
        assert text.clause_count == 9
        assert "03 đơn vị" in text.opening
        assert "{" not in text.to_json().replace("{", "", 1) or all("{" not in clause.text for clause in text.clauses)
        assert (document.host_unit, document.place) == (cast.leader.unit, cast.leader.unit.short_name)
        assert document.state == DocumentState.DRAFT
        assert document.printed_title == f"Giao ước thi đua “Vì An ninh Tổ quốc” năm {cast.bloc_year.year_id}"
        assert str(document).endswith(f"({cast.bloc_year.full_name})")
        assert AuditEntry.objects.get(stream__key=document.stream).event == Event.DRAFT_STARTED

    def test_a_given_text_comes_instead(self):
        cast = builders.bloc()
        text = StartingText(
            title="Giao ước", bases=["A"], opening="B", pieces=[Piece("clause", "body", "C", "D")], recipients=["E"]
        )
        stored = draft_text(drafts.start(cast.bloc_year, actor=cast.deputies[0], text=text))
        assert (stored.title, stored.bases, stored.opening, stored.recipients) == ("Giao ước", ["A"], "B", ["E"])
        assert [(clause.heading, clause.text) for clause in stored.clauses] == [("C", "D")]

    def test_only_leader_and_deputy_start_and_once(self):
        cast = builders.bloc()
        for actor in (cast.members[0], cast.office, builders.director(), builders.commander(builders.unit())):
            with pytest.raises(Refused):
                drafts.start(cast.bloc_year, actor=actor)
        drafts.start(cast.bloc_year, actor=builders.staff(cast.leader.unit))
        with pytest.raises(Refused, match="đã có giao ước"):
            drafts.start(cast.bloc_year, actor=cast.leader)
        assert BlocDocument.objects.count() == 1


class TestFrame:
    def test_text_is_saved_composed_and_counted(self, made):
        typed = {
            "opening": unicodedata.normalize("NFD", "Hôm nay\r\nchúng tôi "),
            "movement": "Vì An ninh Tổ quốc",
            "number": "không",
        }
        saved = drafts.save_text(made.row, actor=made.leader, seen=made.row.edits, values=typed)
        assert (saved.opening, saved.number) == ("Hôm nay\nchúng tôi", "")
        assert saved.edits == made.row.edits == 2
        assert last_entry(made).data["changed"] == ["opening"]

    def test_saving_the_same_again_changes_nothing(self, made):
        before = (made.row.edits, made.row.changed_at, entries(made))
        drafts.save_text(
            made.row, actor=made.leader, seen=made.row.edits, values={"opening": made.row.opening, "title": made.row.title}
        )
        assert (made.row.edits, made.row.changed_at, entries(made)) == before

    def test_a_stale_window_gets_what_is_stored_and_overwrites_nothing(self, made):
        seen = made.row.edits
        drafts.save_text(made.row, actor=made.leader, seen=seen, values={"opening": "Của khối trưởng"})
        with pytest.raises(Conflict) as caught:
            drafts.save_text(made.row, actor=made.deputy, seen=seen, values={"opening": "Của khối phó"})
        assert caught.value.stored.opening == "Của khối trưởng"
        assert made.row.opening == "Của khối trưởng"

    def test_a_title_cannot_be_emptied(self, made):
        with pytest.raises(ValidationError):
            drafts.save_text(made.row, actor=made.leader, seen=made.row.edits, values={"title": " "})
        assert made.row.title == "Giao ước thi đua"

    @pytest.mark.parametrize("state", FROZEN_STATES)
    def test_an_adopted_text_is_not_edited(self, state):
        made = builders.document(state)
        clause = made.row.clauses.first()
        acts = [
            lambda: drafts.save_text(made.row, actor=made.leader, seen=made.row.edits, values={"opening": "x"}),
            lambda: drafts.save_clause(clause, actor=made.leader, seen=clause.edits, values={"text": "x"}),
            lambda: drafts.add_clause(made.row, actor=made.leader, part=ClausePart.BODY),
            lambda: drafts.move_clause(clause, actor=made.leader, by=1),
            lambda: drafts.remove_clause(clause, actor=made.leader),
            lambda: drafts.restore_clause(clause, actor=made.leader),
            lambda: drafts.add_indicator(made.row, actor=made.leader, values=TARGET),
            lambda: drafts.register_titles(made.row, made.leader.unit, [Title.VICTORY_UNIT], actor=made.leader),
        ]
        before = (draft_text(made.row), entries(made))
        for act in acts:
            with pytest.raises(Refused):
                act()
        assert (draft_text(made.row), entries(made)) == before

    def test_nobody_else_edits(self, made):
        other_office = builders.staff(builders.another_office())
        for actor in (made.members[0], other_office, builders.director(), builders.commander(builders.unit())):
            with pytest.raises(Refused, match="khối trưởng và khối phó"):
                drafts.save_text(made.row, actor=actor, seen=made.row.edits, values={"opening": "x"})
        assert made.row.opening != "x"

    def test_the_office_edits_for_units_that_have_nobody(self, made):
        saved = drafts.save_text(made.row, actor=made.office, seen=made.row.edits, values={"opening": "Thay đơn vị"})
        assert saved.opening == "Thay đơn vị"


class TestSigningDetails:
    def save(self, made, actor=None, **values):
        return drafts.save_signing_details(made.row, actor=actor or made.leader, seen=made.row.edits, values=values)

    def test_date_and_place_are_set_until_the_text_is_frozen(self):
        made = builders.document(DocumentState.ADOPTED)
        assert self.save(made, place="Bình Hải", opening="không phải").place == "Bình Hải"
        assert "không phải" not in made.row.opening
        builders.open_signing(made)
        with pytest.raises(Refused):
            self.save(made, place="Nơi khác")
        assert made.row.place == "Bình Hải"

    def test_the_office_may_set_them_too(self, made):
        assert self.save(made, made.office, number="02/GƯ").number == "02/GƯ"
        for actor in (made.members[0], builders.staff(builders.another_office())):
            with pytest.raises(Refused):
                self.save(made, actor, number="03/GƯ")

    def test_a_change_makes_the_check_of_form_void(self):
        made = builders.document(DocumentState.ADOPTED)
        builders.check(made)
        self.save(made, place=made.row.place)
        assert made.version.checks.count() == 2
        self.save(made, place="Bình Hải")
        assert [row.kind for row in made.version.checks.all()] == [CheckKind.CONTENT]

    def test_the_audit_says_whose_check_of_form_was_dropped(self):
        made = builders.document(DocumentState.ADOPTED)
        builders.check(made)
        vouched = made.version.checks.get(kind=CheckKind.FORM).label
        self.save(made, place="Bình Hải")
        (entry,) = AuditEntry.objects.filter(event=Event.CHECK_DROPPED, stream__key=made.row.stream)
        assert (entry.data["by"], entry.data["kind"], entry.data["version"]) == (vouched, CheckKind.FORM, made.version.number)
        self.save(made, place="Bình An")
        assert AuditEntry.objects.filter(event=Event.CHECK_DROPPED).count() == 1

    def test_a_stale_window_is_told(self, made):
        seen = made.row.edits
        self.save(made, place="Một")
        with pytest.raises(Conflict):
            drafts.save_signing_details(made.row, actor=made.leader, seen=seen, values={"place": "Hai"})
        assert made.row.place == "Một"


class TestClauses:
    def test_a_clause_is_saved(self, made):
        clause = clauses(made)[1]
        saved = drafts.save_clause(clause, actor=made.leader, seen=0, values={"heading": " Mới ", "text": "a\r\nb", "order": 99})
        assert (saved.heading, saved.text, saved.order, saved.edits) == ("Mới", "a\nb", clause.order, 1)
        assert str(saved.key) in last_entry(made).data["changed"][0]
        assert str(saved) == "Mới"

    def test_saving_the_same_again_changes_nothing(self, made):
        clause = clauses(made)[1]
        before = entries(made)
        assert drafts.save_clause(clause, actor=made.leader, seen=0, values={"text": clause.text}).edits == 0
        assert entries(made) == before

    def test_two_people_work_on_different_clauses(self, made):
        first, second = clauses(made)[1:3]
        drafts.save_clause(first, actor=made.leader, seen=0, values={"text": "một"})
        drafts.save_clause(second, actor=made.deputy, seen=0, values={"text": "hai"})
        assert [clause.text for clause in clauses(made)[1:3]] == ["một", "hai"]

    def test_two_windows_on_one_clause(self, made):
        clause = clauses(made)[1]
        drafts.save_clause(clause, actor=made.leader, seen=0, values={"text": "một"})
        with pytest.raises(Conflict) as caught:
            drafts.save_clause(clause, actor=made.deputy, seen=0, values={"text": "hai"})
        assert caught.value.stored.text == "một"
        again = drafts.save_clause(clause, actor=made.deputy, seen=caught.value.stored.edits, values={"text": "một\nhai"})
        assert again.text == "một\nhai"

    def test_a_clause_is_added_after_another_or_at_the_end(self, made):
        rows = clauses(made)
        after = drafts.add_clause(made.row, actor=made.leader, part=ClausePart.BODY, after=rows[0])
        last = drafts.add_clause(made.row, actor=made.leader, part=ClausePart.BODY)
        section = drafts.add_clause(made.row, actor=made.leader, part=ClausePart.IMPLEMENTATION, kind=ClauseKind.SECTION)
        assert clauses(made) == [rows[0], after, *rows[1:], last]
        assert clauses(made, ClausePart.IMPLEMENTATION)[-1] == section
        assert [clause.order for clause in clauses(made)] == list(range(1, len(rows) + 3))

    def test_there_is_a_most(self, made, monkeypatch):
        monkeypatch.setattr(drafts, "MOST_CLAUSES", made.row.clauses.count())
        with pytest.raises(Refused, match="nhiều nhất"):
            drafts.add_clause(made.row, actor=made.leader, part=ClausePart.BODY)

    def test_a_clause_moves_and_stops_at_the_ends(self, made):
        rows = clauses(made)
        drafts.move_clause(rows[2], actor=made.leader, by=-1)
        assert clauses(made)[:3] == [rows[0], rows[2], rows[1]]
        before = entries(made)
        drafts.move_clause(rows[0], actor=made.leader, by=-1)
        drafts.move_clause(clauses(made)[-1], actor=made.leader, by=1)
        assert clauses(made)[0] == rows[0]
        assert entries(made) == before

    def test_a_removed_clause_is_put_back_where_it_stood(self, made):
        rows = clauses(made)
        drafts.remove_clause(rows[1], actor=made.leader)
        drafts.remove_clause(rows[1], actor=made.leader)
        assert clauses(made) == [rows[0], *rows[2:]]
        assert draft_text(made.row).clause_count == 8
        drafts.move_clause(rows[1], actor=made.leader, by=1)
        drafts.restore_clause(rows[1], actor=made.leader)
        drafts.restore_clause(rows[1], actor=made.leader)
        assert clauses(made) == rows
        said = AuditEntry.objects.filter(event=Event.DRAFT_CHANGED).order_by("seq").values_list("data__changed", flat=True)
        assert [str(words).rsplit(": ", 1)[-1] for words in said][-2:] == ["removed']", "restored']"]

    def test_a_removed_clause_comes_back_at_its_place_after_others_moved(self, made):
        rows = clauses(made)
        drafts.remove_clause(rows[4], actor=made.leader)
        drafts.move_clause(rows[1], actor=made.leader, by=1)
        drafts.restore_clause(rows[4], actor=made.leader)
        assert [row.pk for row in clauses(made)][:6] == [rows[place].pk for place in (0, 2, 1, 3, 4, 5)]

    def test_a_text_too_long_for_its_heading_is_refused(self, made):
        clause = clauses(made)[1]
        with pytest.raises(ValidationError):
            drafts.save_clause(clause, actor=made.leader, seen=0, values={"heading": "x" * 301})
        assert Clause.objects.get(pk=clause.pk).heading == clause.heading


class TestTargets:
    def add(self, made, **values):
        return drafts.add_indicator(made.row, actor=made.leader, values=TARGET | values)

    def test_targets_stand_in_their_order(self, made):
        first, second, third = self.add(made), self.add(made, name="Hai"), self.add(made, name="Ba")
        drafts.move_indicator(third, actor=made.leader, by=-1)
        assert list(made.row.indicators.all()) == [first, third, second]
        before = entries(made)
        drafts.move_indicator(first, actor=made.leader, by=-1)
        assert entries(made) == before
        assert draft_text(made.row).indicators[0].bloc_value == "85"
        assert str(first) == "Tỷ lệ khám phá án"

    @pytest.mark.parametrize("values", [{"bloc_value": Decimal(-1)}, {"name": ""}, {"measure": ""}, {"direction": "sideways"}])
    def test_an_impossible_target_is_refused(self, made, values):
        with pytest.raises(ValidationError):
            self.add(made, **values)
        assert made.row.indicators.count() == 0

    def test_values_for_units_come_and_go(self, made):
        target = self.add(made, bloc_value=None)
        mine, other = made.leader.unit_id, made.members[0].unit_id
        save = {"actor": made.leader, "values": {}}
        target = drafts.save_indicator(target, seen=0, targets={mine: Decimal("12.50"), other: Decimal(3)}, **save)
        assert draft_text(made.row).indicators[0].unit_values == {str(mine): "12.5", str(other): "3"}
        target = drafts.save_indicator(target, seen=1, targets={mine: Decimal("12.5"), other: None}, **save)
        assert draft_text(made.row).indicators[0].unit_values == {str(mine): "12.5"}
        assert target.edits == 2
        assert drafts.save_indicator(target, seen=2, targets={mine: Decimal("12.5"), other: None}, **save).edits == 2
        assert str(target.targets.get()).endswith("12.5000") or "12.5" in str(target.targets.get())

    def test_no_values_for_strangers_and_none_below_nothing(self, made):
        target = self.add(made)
        stranger = builders.unit()
        save = {"actor": made.leader, "values": {}, "seen": 0}
        drafts.save_indicator(target, targets={stranger.pk: Decimal(5)}, **save)
        with pytest.raises(ValidationError):
            drafts.save_indicator(target, targets={made.leader.unit_id: Decimal(-5)}, **save)
        assert target.targets.count() == 0

    def test_two_windows_on_one_target(self, made):
        target = self.add(made)
        drafts.save_indicator(target, actor=made.leader, seen=0, values={"name": "Một"})
        with pytest.raises(Conflict) as caught:
            drafts.save_indicator(target, actor=made.deputy, seen=0, values={"name": "Hai"})
        assert caught.value.stored.name == "Một"

    def test_a_removed_target_stays_in_the_audit(self, made):
        target = self.add(made)
        drafts.save_indicator(target, actor=made.leader, seen=0, values={}, targets={made.leader.unit_id: Decimal(7)})
        drafts.remove_indicator(target, actor=made.leader)
        assert made.row.indicators.count() == 0
        said = last_entry(made).data["said"]
        assert (said["name"], said["bloc_value"]) == ("Tỷ lệ khám phá án", "85.0000")
        assert said["targets"] == {str(made.leader.unit_id): "7.0000"}
        before = entries(made)
        drafts.remove_indicator(target, actor=made.leader)
        assert entries(made) == before

    def test_there_is_a_most(self, made, monkeypatch):
        monkeypatch.setattr(drafts, "MOST_INDICATORS", 1)
        self.add(made)
        with pytest.raises(Refused, match="nhiều nhất"):
            self.add(made)


class TestRegistrations:
    def titles(self, made, unit):
        found = {row.unit_id: row.titles for row in draft_text(made.row).registrations}
        return found.get(str(unit.pk), [])

    def test_a_unit_registers_for_itself(self, made):
        member = made.members[0]
        drafts.register_titles(
            made.row, member.unit, [Title.VICTORY_UNIT, Title.MINISTRY_FLAG, "king"], actor=builders.staff(member.unit)
        )
        assert self.titles(made, member.unit) == [Title.MINISTRY_FLAG, Title.VICTORY_UNIT]
        drafts.register_titles(made.row, member.unit, [Title.ADVANCED_UNIT], actor=member)
        assert self.titles(made, member.unit) == [Title.ADVANCED_UNIT]
        before = entries(made)
        drafts.register_titles(made.row, member.unit, [Title.ADVANCED_UNIT], actor=member)
        assert entries(made) == before
        assert Title.ADVANCED_UNIT in str(made.row.registrations.get())

    def test_leader_and_deputy_enter_them_for_all(self, made):
        drafts.register_titles(made.row, made.members[0].unit, [Title.VICTORY_UNIT], actor=made.deputy)
        assert self.titles(made, made.members[0].unit) == [Title.VICTORY_UNIT]

    def test_a_unit_does_not_register_for_another(self, made):
        with pytest.raises(Refused):
            drafts.register_titles(made.row, made.leader.unit, [Title.VICTORY_UNIT], actor=made.members[0])

    def test_a_stranger_unit_is_not_registered(self, made):
        with pytest.raises(Refused, match="không thuộc khối"):
            drafts.register_titles(made.row, builders.unit(), [Title.VICTORY_UNIT], actor=made.leader)
        assert made.row.registrations.count() == 0
