"""From rows to text and frame: canonical, dated, in the order of signing."""

from datetime import timedelta
from decimal import Decimal

import pytest

from blocs.domain import drafts, snapshots
from blocs.domain.starting import StartingText, default_text
from blocs.enums import BlocWord, LeadersPlace, Title
from blocs.texts import CovenantText, all_strings, from_json
from emulation.lib import clock
from emulation.organisation.domain import units
from emulation.pdf.frame import Verification
from tests import builders


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (None, ""),
        (Decimal(0), "0"),
        (Decimal("80.0000"), "80"),
        (Decimal("12.5000"), "12.5"),
        (Decimal("1E+3"), "1000"),
        (Decimal(100), "100"),
        (Decimal("0.0010"), "0.001"),
    ],
)
def test_a_number_has_one_spelling(value, printed):
    assert snapshots.canonical(value) == printed


@pytest.mark.django_db
class TestText:
    @pytest.fixture
    def made(self):
        made = builders.document()
        values = {"bases": " Căn cứ A;\n\n Căn cứ B. \n", "recipients": "Một;\nHai."}
        drafts.save_text(made.row, actor=made.leader, seen=made.row.edits, values=values)
        target = drafts.add_indicator(
            made.row, actor=made.leader, values={"name": "Án", "measure": "%", "direction": "higher", "bloc_value": Decimal(85)}
        )
        drafts.save_indicator(target, actor=made.leader, seen=0, values={}, targets={made.leader.unit_id: Decimal("90.5")})
        drafts.register_titles(made.row, made.deputy.unit, [Title.ADVANCED_UNIT, Title.MINISTRY_FLAG], actor=made.deputy)
        return made

    def test_lines_come_without_their_marks(self, made):
        text = snapshots.draft_text(made.row)
        assert text.bases == ["Căn cứ A", "Căn cứ B"]
        assert text.recipients == ["Một", "Hai"]

    def test_the_text_comes_back_from_its_json(self, made):
        text = snapshots.draft_text(made.row)
        again = from_json(text.to_json())
        assert isinstance(again, CovenantText)
        assert again == text
        assert again.sha256 == text.sha256
        assert again.indicators[0].unit_values == {str(made.leader.unit_id): "90.5"}
        assert again.registrations[0].titles == [Title.MINISTRY_FLAG, Title.ADVANCED_UNIT]

    def test_every_printed_string_is_checked(self, made):
        said = " ".join(string for _place, string in all_strings(snapshots.draft_text(made.row)))
        for words in (
            "Căn cứ B",
            "Giao ước thi đua",
            "Vì An ninh Tổ quốc",
            "Án %",
            "Hai",
            "Tổ chức thực hiện",
            "Phòng, chống tội phạm",
        ):
            assert words in said

    def test_equal_texts_have_equal_hashes(self, made):
        before = snapshots.draft_text(made.row).sha256
        clause = made.row.clauses.filter(kind="clause").first()
        drafts.save_clause(clause, actor=made.leader, seen=0, values={"text": "Khác"})
        assert snapshots.draft_text(made.row).sha256 != before
        drafts.save_clause(clause, actor=made.leader, seen=1, values={"text": clause.text})
        assert snapshots.draft_text(made.row).sha256 == before


@pytest.mark.django_db
class TestFrame:
    def test_the_frame_of_a_draft(self):
        made = builders.document(witness=True)
        frame = snapshots.document_frame(made.row, draft_label="DỰ THẢO", highlight_key="k", lapse_sentence="Quá hạn ...")
        assert (frame.agency, frame.bloc_name) == ("Công an tỉnh Quảng Bình", "Khối thi đua Công an các xã ven biển")
        assert [seat.role_label for seat in frame.seats] == ["Khối trưởng", "Khối phó", "Thành viên"]
        assert [seat.field_name for seat in frame.seats] == ["sig-1", "sig-2", "sig-3"]
        assert frame.witness is not None
        assert (frame.witness.unit_name, frame.witness.field_name) == ("Công an tỉnh Quảng Bình", "sig-4")
        assert (frame.draft_label, frame.highlight_key, frame.lapse_sentence, frame.marking) == (
            "DỰ THẢO",
            "k",
            "Quá hạn ...",
            "",
        )
        assert not frame.is_demonstration
        builders.demonstration()
        assert snapshots.document_frame(made.row).is_demonstration

    def test_the_frame_of_a_frozen_text(self):
        made = builders.document()
        drafts.save_signing_details(
            made.row, actor=made.leader, seen=made.row.edits, values={"is_internal": True, "number": "02/GƯ"}
        )
        verification = Verification(address="https://x", qr="data:", short_code="ABCDE 23456", short_hash="0000")
        frame = snapshots.document_frame(made.row, fields=["sig-a", "sig-b", "sig-c"], verification=verification)
        assert [seat.field_name for seat in frame.seats] == ["sig-a", "sig-b", "sig-c"]
        assert (frame.number, frame.marking, frame.verification, frame.witness) == (
            "02/GƯ",
            "LƯU HÀNH NỘI BỘ",
            verification,
            None,
        )

    def test_names_are_those_of_the_documents_date(self):
        made = builders.document()
        unit = made.leader.unit
        units.rename(unit, actor=None, name="Công an xã Sau", short_name="Sau", valid_from=clock.today() + timedelta(days=10))
        before = unit.name
        for day, name in ((clock.today(), before), (clock.today() + timedelta(days=10), "Công an xã Sau"), (None, before)):
            drafts.save_signing_details(made.row, actor=made.leader, seen=made.row.edits, values={"date": day})
            assert snapshots.document_frame(made.row).seats[0].unit_name == name

    @pytest.mark.parametrize(("place", "order"), [(LeadersPlace.FIRST, [0, 1, 2, 3, 4]), (LeadersPlace.LAST, [3, 4, 1, 2, 0])])
    def test_seats_stand_in_the_order_of_signing(self, place, order):
        cast = builders.bloc(5, deputies=2, leaders_place=place)
        found = [seat.unit_id for seat in snapshots.signing_seats(cast.bloc_year)]
        assert found == [cast.commanders[number].unit_id for number in order]


@pytest.mark.django_db
@pytest.mark.parametrize("word", BlocWord.values)
def test_the_default_text_speaks_of_the_bloc(word):
    cast = builders.bloc(4, word=word)
    text = default_text(cast.bloc_year)
    said = " ".join([text.opening, *text.recipients, *(piece.heading + piece.text for piece in text.pieces)])
    assert f"04 đơn vị thuộc {cast.bloc_year.full_name}" in text.opening
    assert str(cast.bloc_year.year_id) in said
    assert "{" not in said
    assert ("cụm trưởng" in said) == (word == BlocWord.CUM)
    assert StartingText().pieces == []
