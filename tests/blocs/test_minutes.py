"""Minutes: drafted from what was recorded, frozen, signed by the secretary in person and by the chair's commander, verified."""

import pytest
from django.core.exceptions import ValidationError

from blocs.domain import conferences, decisions, directives, minutes
from blocs.domain.decisions import Vote
from blocs.domain.directives import Wanted
from blocs.domain.drafts import Conflict
from blocs.enums import ConferenceState, MinutesState
from blocs.models import Minutes
from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.organisation.actors import Actor
from emulation.pdf import pictures
from emulation.records.domain import documents
from emulation.signing import policies
from emulation.signing.domain import ledger, rounds, verification
from emulation.signing.enums import SlotRole
from tests import builders, meetings

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return builders.bloc()


@pytest.fixture
def drafted(cast):
    builders.demonstration()
    held = meetings.conference(ConferenceState.HELD, of=cast)
    decisions.decide(held, Vote("Thông qua giao ước", 2, 0, 1, reservations="Xin thêm thời gian"), actor=cast.leader)
    directives.give(held, Wanted("Hoàn thành chỉ tiêu", [cast.members[0].unit_id]), actor=cast.leader)
    conferences.close(held, actor=cast.leader, ended_at=clock.now())
    return minutes.draft(held, actor=cast.leader)


def secretary_of(conference):
    return builders.again(Actor(conference.secretary.person, conference.secretary))


def slots(conference):
    found = minutes.current_round(conference)
    return {slot.role: slot for slot in found.slots.all()}


def test_the_draft_says_what_was_recorded(drafted):
    for said in (
        "I. THỜI GIAN",
        "3/3 đơn vị",
        "đồng ý 2 (66,7%)",
        "được thông qua",
        "Xin thêm thời gian",
        "Hoàn thành chỉ tiêu",
        "Vắng mặt: không",
    ):
        assert said in drafted.text


def test_a_stale_form_is_not_written(cast, drafted):
    minutes.save(drafted, actor=cast.leader, seen=0, values={"text": "I. A"})
    with pytest.raises(Conflict):
        minutes.save(drafted, actor=cast.deputies[0], seen=0, values={"text": "I. B"})


def test_secretary_and_chair_sign_and_the_file_verifies(cast, drafted):
    conference = drafted.conference
    signing_round = minutes.open_signing(drafted, actor=cast.leader)
    secretary = secretary_of(conference)
    assert not policies.may_sign(slots(conference)[SlotRole.SECRETARY], cast.leader)
    assert not policies.may_sign(slots(conference)[SlotRole.CHAIR], secretary)
    builders.sign(slots(conference)[SlotRole.SECRETARY], actor=secretary)
    builders.sign(slots(conference)[SlotRole.CHAIR], actor=cast.leader)
    assert Minutes.objects.get().state == MinutesState.SIGNED
    found = verification.of_code(ledger.by_token(signing_round.token))
    assert [row.role for row in found.signers] == ["Thư ký", "Chủ trì"]
    text = " ".join(pictures.page_texts(documents.read(minutes.current_round(conference).current)))
    assert "BIÊN BẢN" in text


def test_nobody_but_the_named_secretary_signs_as_secretary(cast, drafted):
    minutes.open_signing(drafted, actor=cast.leader)
    other = builders.staff(drafted.conference.secretary.unit)
    with pytest.raises(Refused, match="dành riêng cho thư ký"):
        builders.sign(slots(drafted.conference)[SlotRole.SECRETARY], actor=other)


def test_a_number_that_cannot_be_printed_is_not_frozen(cast, drafted):
    minutes.save(drafted, actor=cast.leader, seen=drafted.edits, values={"number": "01/BB-KTĐ 😀"})
    with pytest.raises(ValidationError, match="Ký tự không in được"):
        minutes.open_signing(Minutes.objects.get(), actor=cast.leader)


def test_voiding_opens_the_draft_again(cast, drafted):
    signing_round = minutes.open_signing(drafted, actor=cast.leader)
    rounds.void(signing_round, actor=cast.leader, reason="Sai số liệu")
    assert Minutes.objects.get().state == MinutesState.DRAFT


def test_without_a_secretary_it_is_not_opened(cast, drafted):
    type(drafted.conference).objects.update(secretary=None)
    with pytest.raises(Refused, match="Chưa chọn thư ký"):
        minutes.open_signing(Minutes.objects.get(), actor=cast.leader)
