"""Whoever verifies the file of an annex is told what it is, whether it holds, and which minutes name its hash."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from blocs.domain import annexes, conferences, discussion, ending, minutes, replacing, signing
from blocs.enums import AdoptionBasis, ConferenceState, DocumentKind, DocumentState
from blocs.models import Conference, Minutes
from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.organisation.actors import Actor
from emulation.records.domain import documents
from emulation.signing.domain import ledger, rounds, verification
from emulation.signing.domain.answers import Complete, Holds, Intact, Signers
from emulation.signing.domain.headlines import Tone
from emulation.signing.enums import SlotRole
from tests import builders, endings, meetings

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return builders.bloc()


@pytest.fixture
def held(cast):
    builders.demonstration()
    return meetings.conference(ConferenceState.HELD, of=cast)


@pytest.fixture
def made(cast, held):
    """An outline that goes out with the minutes of this conference."""
    made = builders.document(DocumentState.DISCUSSION, of=cast, kind=DocumentKind.OUTLINE)
    bring_out(made, held)
    return made


def bring_out(made, held):
    day = clock.local(held.starts_at).date()
    discussion.adopt(made.version, actor=made.leader, basis=AdoptionBasis.CONFERENCE, held_on=day, present=3)
    builders.check(made)
    signing.attach(made.row, actor=made.leader)


def open_minutes(cast, held):
    conferences.close(held, actor=cast.leader, ended_at=clock.now())
    return minutes.open_signing(minutes.draft(Conference.objects.full().get(), actor=cast.leader), actor=cast.leader)


def sign_minutes(cast, held):
    secretary = builders.again(Actor(held.secretary.person, held.secretary))
    for slot in minutes.current_round(held).slots.all():
        builders.sign(slot, actor=secretary if slot.role == SlotRole.SECRETARY else cast.leader)


def bytes_of(made):
    return documents.read(made.row.annex)


def verified(made):
    return verification.of_look(ledger.look_up(io.BytesIO(bytes_of(made))))


def test_before_its_minutes_are_signed_it_is_known_and_not_yet_in_force(cast, made, held):
    said = verified(made)
    assert (said.headline.tone, said.answers.standing.code, said.carrier) == (Tone.WAIT, Holds.NOT_YET, None)
    assert said.answers.intact.code == Intact.INTACT
    signing_round = open_minutes(cast, held)
    said = verified(made)
    assert (said.answers.complete.code, said.carrier.token) == (Complete.INCOMPLETE, signing_round.token)


def test_with_signed_minutes_it_is_in_force_and_leads_to_them(client, cast, made, held):
    signing_round = open_minutes(cast, held)
    sign_minutes(cast, held)
    said = verified(made)
    assert (said.headline.tone, said.answers.standing.code) == (Tone.OK, Holds.IN_FORCE)
    assert (said.answers.signers.code, said.signers) == (Signers.NONE, ())
    shown = client.post("/xac-minh/", {"tep": SimpleUploadedFile("de-cuong.pdf", bytes_of(made), "application/pdf")})
    page = shown.content.decode()
    assert shown.status_code == 200
    assert made.row.printed_title in page
    assert reverse("verify_token", args=[signing_round.token]) in page


def test_the_command_names_it_and_never_ends_as_for_a_signed_file(capsys, tmp_path, cast, made, held):
    open_minutes(cast, held)
    sign_minutes(cast, held)
    (file := tmp_path / "de-cuong.pdf").write_bytes(bytes_of(made))
    with pytest.raises(SystemExit):
        call_command("verify", str(file))
    said = capsys.readouterr().out
    assert "ban hành kèm theo biên bản hội nghị" in said
    assert "/xac-minh/" in said


def test_frozen_minutes_take_nothing_more_with_them(client, cast, held):
    made = builders.document(DocumentState.DISCUSSION, of=cast, kind=DocumentKind.OUTLINE)
    signing_round = open_minutes(cast, held)
    with pytest.raises(Refused, match="đang ký nên không nhận thêm"):
        bring_out(made, held)
    client.force_login(made.leader.user)
    assert "mở lại dự thảo biên bản" in client.get(reverse("document", args=[made.pk])).content.decode()
    sign_minutes(cast, held)
    with pytest.raises(Refused, match="đã ký đủ nên không nhận thêm"):
        signing.attach(made.row, actor=made.leader)
    assert (made.row.state, made.row.annex) == (DocumentState.ADOPTED, None)
    assert rounds.newest("minutes", held) == signing_round


def test_minutes_that_are_opened_again_take_it_with_them(cast, held):
    made = builders.document(DocumentState.DISCUSSION, of=cast, kind=DocumentKind.OUTLINE)
    rounds.void(open_minutes(cast, held), actor=cast.leader, reason="Thiếu đề cương kèm theo")
    bring_out(made, held)
    said = verified(made)
    assert (said.carrier, said.answers.standing.code) == (None, Holds.NOT_YET)
    again = minutes.open_signing(Minutes.objects.get(), actor=cast.leader)
    assert verified(made).carrier.token == again.token


def test_what_was_revoked_says_so_and_later_minutes_leave_it_out(made, held):
    assert [row.pk for row in annexes.of_conference(held)] == [made.pk]
    ending.revoke(made.row, actor=made.office, decision="Quyết định số 215/QĐ-CAT", reason="Trái với chỉ đạo mới")
    said = verified(made)
    assert (said.headline.tone, said.answers.standing.code) == (Tone.LATE, Holds.REVOKED)
    assert "Trái với chỉ đạo mới (Quyết định số 215/QĐ-CAT)" in said.answers.standing.sentence
    assert annexes.of_conference(held) == []


def test_what_was_replaced_leads_to_what_replaced_it(made, held):
    row = replacing.start_replacement(made.row, actor=made.leader, reason="Đề cương thiếu phụ lục")
    new = builders.DocumentCast(row.pk, made.bloc)
    endings.settle_day(new)
    endings.bring_to_signing(new)
    builders.sign_all(new)
    said = verified(made)
    assert (said.headline.tone, said.answers.standing.code) == (Tone.WAIT, Holds.REPLACED)
    assert said.successor.token == new.round.token
    assert annexes.of_conference(held) == []


def test_a_changed_file_is_not_known(made):
    look = ledger.look_up(io.BytesIO(bytes_of(made) + b"\n%"))
    assert verification.of_look(look) is None
