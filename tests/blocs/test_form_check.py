"""The computed check of form: few faults block, the rest is said."""

from datetime import timedelta

import pytest

from blocs.domain import drafts, form_check
from blocs.domain.snapshots import draft_text
from blocs.enums import ClausePart, DocumentState, Title
from emulation.lib import clock
from emulation.organisation.domain import mandates
from tests import builders

pytestmark = pytest.mark.django_db

YESTERDAY = clock.today() - timedelta(days=1)


@pytest.fixture
def made():
    return builders.document()


def findings(made, *, blocks):
    return [
        (found.place, found.sentence) for found in form_check.findings(made.row, draft_text(made.row)) if found.blocks == blocks
    ]


def blocking(made):
    return [found.place for found in form_check.blocking(made.row, draft_text(made.row))]


def details(made, **values):
    drafts.save_signing_details(made.row, actor=made.leader, seen=made.row.edits, values=values)


def test_a_whole_covenant_has_nothing_that_blocks(made):
    assert blocking(made) == []


def test_faults_that_block_come_first(made):
    details(made, place="")
    found = [finding.blocks for finding in form_check.findings(made.row, draft_text(made.row))]
    assert found == sorted(found, reverse=True)
    assert found[0]


def test_number_and_place_must_be_printable(made):
    details(made, place="An Bình 😀", number="01\ufffe")
    assert blocking(made) == ["Địa danh", "Số, ký hiệu"]


def test_date_and_place_must_be_there(made):
    details(made, place="", date=None)
    assert blocking(made) == ["Ngày ký", "Địa danh"]


def test_every_unit_must_have_somebody_to_sign(made):
    member = made.members[0]
    builders.end_position(member, last_day=YESTERDAY)
    assert blocking(made) == [member.unit.short_name]
    assert form_check.units_without_signer(made.row) == [member.unit.short_name]
    substitute = builders.deputy(member.unit, mandate=False)
    assert blocking(made) == [member.unit.short_name]
    mandate = mandates.record(substitute.position, actor=made.office, capacity="kt", document="Giấy số 1", valid_from=YESTERDAY)
    assert blocking(made) == []
    mandates.end(mandate, actor=made.office)
    assert blocking(made) == [member.unit.short_name]


def test_the_witness_must_be_there_when_one_is_wanted(made):
    details(made, has_witness=True)
    assert blocking(made) == ["Chứng kiến"]
    builders.director()
    assert blocking(made) == []


def test_an_empty_clause_blocks(made):
    drafts.add_clause(made.row, actor=made.leader, part=ClausePart.BODY)
    assert blocking(made) == ["Mục thứ 11"]


def test_a_covenant_without_any_clause_blocks(made):
    for clause in made.row.clauses.filter(kind="clause"):
        drafts.remove_clause(clause, actor=made.leader)
    assert blocking(made) == ["Nội dung"]


@pytest.mark.parametrize("char", ["\U0001f600", "\ue000", "漢"])
def test_a_character_that_the_font_lacks_blocks_and_is_named(made, char):
    clause = made.row.clauses.filter(kind="clause").first()
    drafts.save_clause(clause, actor=made.leader, seen=0, values={"text": f"Một {char} chữ"})
    ((place, sentence),) = findings(made, blocks=True)
    assert clause.heading[:20] in place
    assert f"U+{ord(char):04X}" in sentence


def test_all_vietnamese_letters_can_be_printed(made):
    letters = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
    drafts.save_text(
        made.row, actor=made.leader, seen=made.row.edits, values={"opening": f"{letters} {letters.upper()} “”–—…≥≤%№§"}
    )
    assert [place for place in blocking(made) if place != "Lời mở đầu"] == []
    unprintable = [sentence for place, sentence in findings(made, blocks=True) if place == "Lời mở đầu"]
    assert not any(letter in "".join(unprintable) for letter in letters)


def test_the_rest_is_advice(made):
    drafts.save_text(made.row, actor=made.leader, seen=made.row.edits, values={"recipients": ""})
    details(made, date=YESTERDAY)
    assert blocking(made) == []
    advised = dict(findings(made, blocks=False))
    assert set(advised) == {"Căn cứ", "Chỉ tiêu", "Danh hiệu đăng ký", "Ngày ký", "Nơi nhận"}
    assert all(actor.unit.short_name in advised["Danh hiệu đăng ký"] for actor in made.commanders)
    drafts.register_titles(made.row, made.leader.unit, [Title.VICTORY_UNIT], actor=made.leader)
    assert made.leader.unit.short_name not in dict(findings(made, blocks=False))["Danh hiệu đăng ký"]


def test_a_frozen_covenant_had_no_faults():
    made = builders.document(DocumentState.SIGNING)
    assert blocking(made) == []
