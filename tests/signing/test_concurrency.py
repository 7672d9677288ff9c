"""Many people in the same moment, with real threads and real row locks: nobody's work is lost and nobody waits for ever.

On PostgreSQL only: SQLite lets one writer in at a time, so code that is wrong there still looks right.
"""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from blocs.domain import discussion, drafts, remarks, signing
from blocs.domain.attachments import Upload
from blocs.domain.drafts import Conflict
from blocs.enums import AdoptionBasis, CheckKind, ClausePart, DocumentKind, DocumentState, Opinion
from blocs.models import Adoption, RemarkAttachment, Stand, Version
from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.organisation.domain import secrets
from emulation.records.domain import audit, documents, seals
from emulation.records.events import Event
from emulation.records.models import AuditEntry, Revision, Seal
from emulation.signing.domain import authorities, rounds
from emulation.signing.enums import RoundState, SigningOrder, SlotState
from emulation.signing.inspection import inspect
from emulation.signing.models import SigningAct, SigningRound
from tests import builders
from tests.signing.acts import states

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

LONGEST = 60


def together(*acts):
    """Do all acts at once, each in a thread with a connection of its own; returns what each returned or raised."""
    gate = threading.Barrier(len(acts))
    found = [None] * len(acts)

    def work(number, act):
        try:
            connection.ensure_connection()
            gate.wait(LONGEST)
            found[number] = act()
        except Exception as error:  # noqa: BLE001 (the test looks at it)
            found[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=pair, daemon=True) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONGEST)
    assert not any(thread.is_alive() for thread in threads), "somebody waits for ever"
    return found


def signature(made, actor, *, at=None):
    """An act for `together`: this actor signs, having read his page before."""
    slot = made.slot(actor)

    def act():
        if at is None:
            return builders.sign(slot, actor=actor)
        with clock.at(at):
            return builders.sign(slot, actor=actor)

    return act


def errors(found):
    return [each for each in found if isinstance(each, Exception)]


def assert_whole(made):
    assert list(audit.broken()) == []
    assert list(documents.broken()) == []
    revisions = list(made.round.document.revisions.order_by("number"))
    assert [row.number for row in revisions] == list(range(len(revisions)))
    assert made.round.current == revisions[-1]
    found = inspect(documents.read(revisions[-1]), roots=authorities.trusted_roots())
    assert len(found.signatures) == len(revisions) - 1 == states(made).count(SlotState.SIGNED)
    assert not found.problems


class TestSigning:
    def test_eight_commanders_at_once_are_eight_signatures(self):
        made = builders.document(DocumentState.SIGNING, n=8)
        found = together(*(signature(made, actor) for actor in made.commanders))
        assert errors(found) == []
        assert states(made) == [SlotState.SIGNED] * 8
        assert made.round.state == RoundState.COMPLETED
        assert made.row.state == DocumentState.SIGNED
        assert AuditEntry.objects.filter(event=Event.ROUND_COMPLETED).count() == 1
        assert_whole(made)

    def test_two_commanders_in_the_same_second_both_sign(self, made):
        moment = clock.now()
        found = together(*(signature(made, actor, at=moment) for actor in made.commanders[:2]))
        assert errors(found) == []
        assert made.slot(made.leader).signed_at == made.slot(made.deputy).signed_at == moment
        assert_whole(made)

    def test_one_commander_in_three_windows_signs_once(self, made):
        found = together(*[signature(made, made.leader)] * 3)
        refused = errors(found)
        assert len(refused) == 2
        assert all(isinstance(error, Refused) and "đã ký lúc" in str(error) for error in refused)
        assert SigningAct.objects.count() == 1
        assert_whole(made)

    def test_two_heads_of_one_unit_sign_once(self, made):
        other = builders.commander(made.leader.unit)
        found = together(signature(made, made.leader), signature(made, other))
        assert [type(error) for error in errors(found)] == [Refused]
        assert_whole(made)

    def test_the_last_of_a_group_opens_the_next_once(self):
        made = builders.document(DocumentState.SIGNING, n=4, order=SigningOrder.BY_ROLE)
        assert errors(together(*(signature(made, actor) for actor in made.members))) == []
        assert made.round.open_group == 2
        assert states(made) == [SlotState.WAITING, SlotState.READY, SlotState.SIGNED, SlotState.SIGNED]
        assert_whole(made)

    def test_signing_and_voiding_at_once_never_leave_half_a_round(self, made):
        signed, voided = together(
            signature(made, made.deputy), lambda: rounds.void(SigningRound.objects.get(), actor=made.leader, reason="Sai")
        )
        assert not isinstance(voided, Exception)
        assert not isinstance(signed, Exception) or "đã bị hủy" in str(signed)
        assert states(made) == [SlotState.VOID] * 3
        assert (made.round.state, made.row.state) == (RoundState.VOIDED, DocumentState.DRAFT)
        assert list(audit.broken()) == []
        assert list(documents.broken()) == []

    def test_signing_and_refusing_at_once_is_one_of_both(self, made):
        slot = made.slot(made.deputy)
        found = together(signature(made, made.deputy), lambda: rounds.refuse_to_sign(slot, actor=made.deputy, reason="x"))
        assert [type(error) for error in errors(found)] == [Refused]
        assert made.slot(made.deputy).state in {SlotState.SIGNED, SlotState.REFUSED}
        assert_whole(made)

    def test_two_open_the_signing_at_once(self):
        made = builders.document(DocumentState.ADOPTED)
        builders.demonstration()
        builders.check(made)
        found = together(
            lambda: signing.open_signing(made.row, actor=made.leader),
            lambda: signing.open_signing(made.row, actor=made.office),
        )
        assert [type(error) for error in errors(found)] == [Refused]
        assert SigningRound.objects.count() == 1
        assert_whole(made)


class TestDrafting:
    @pytest.fixture
    def made(self):
        return builders.document()

    def save(self, clause, actor, text):
        return lambda: drafts.save_clause(clause, actor=actor, seen=clause.edits, values={"text": text})

    def test_two_drafters_on_one_clause(self, made):
        clause = made.row.clauses.filter(kind="clause").first()
        found = together(self.save(clause, made.leader, "Một"), self.save(clause, made.deputy, "Hai"))
        (conflict,) = errors(found)
        assert isinstance(conflict, Conflict)
        clause.refresh_from_db()
        assert conflict.stored.text == clause.text
        assert clause.text == ("Hai" if found[0] is conflict else "Một")
        assert clause.edits == 1

    def test_two_drafters_on_two_clauses(self, made):
        first, second = made.row.clauses.filter(kind="clause")[:2]
        assert errors(together(self.save(first, made.leader, "Một"), self.save(second, made.deputy, "Hai"))) == []
        assert [clause.text for clause in made.row.clauses.filter(pk__in=[first.pk, second.pk])] == ["Một", "Hai"]

    def test_many_moves_lose_no_clause(self, made):
        rows = list(made.row.clauses.filter(part=ClausePart.BODY))
        moves = [lambda row=row, by=by: drafts.move_clause(row, actor=made.leader, by=by) for row in rows[:4] for by in (1, -1)]
        assert errors(together(*moves)) == []
        orders = made.row.clauses.filter(part=ClausePart.BODY).order_by("order").values_list("order", flat=True)
        assert list(orders) == list(range(1, len(rows) + 1))

    def test_two_start_the_covenant_at_once(self):
        cast = builders.bloc()
        starts = [lambda actor=actor: drafts.start(cast.bloc_year, actor=actor) for actor in (cast.leader, cast.deputies[0])]
        assert [type(error) for error in errors(together(*starts))] == [Refused]

    def test_two_publish_at_once(self, made):
        deadline = clock.now() + timedelta(days=7)
        acts = [
            lambda actor=actor: discussion.publish(made.row, actor=actor, deadline=deadline)
            for actor in (made.leader, made.deputy)
        ]
        assert errors(together(*acts)) == []
        assert Version.objects.count() == 1


class TestAgreeing:
    @pytest.fixture
    def made(self):
        return builders.document(DocumentState.DISCUSSION)

    def test_two_adopt_at_once(self, made):
        version = made.version
        adopt = {"basis": AdoptionBasis.CONFERENCE, "held_on": clock.today(), "present": 3}
        acts = [lambda actor=actor: discussion.adopt(version, actor=actor, **adopt) for actor in (made.leader, made.deputy)]
        assert [type(error) for error in errors(together(*acts))] == [Refused]
        assert Adoption.objects.count() == 1

    def test_two_adopt_the_same_two_at_once_from_either_end(self):
        for _round in range(5):
            cast = builders.bloc()
            kinds = (DocumentKind.SCORING, DocumentKind.OUTLINE)
            one, two = (builders.document(DocumentState.DISCUSSION, of=cast, kind=kind).version for kind in kinds)
            with_it = {"basis": AdoptionBasis.CONFERENCE, "held_on": clock.today(), "present": 3}
            found = together(
                lambda: discussion.adopt(one, actor=cast.leader, also=[two], **with_it),  # noqa: B023 (done within the round)
                lambda: discussion.adopt(two, actor=cast.deputies[0], also=[one], **with_it),  # noqa: B023
            )
            assert [type(each) for each in errors(found)] == [Refused]
            assert Adoption.objects.filter(version__in=[one, two]).count() == 2

    def test_all_units_send_their_stands_at_once(self, made):
        version = made.version
        acts = [
            lambda actor=actor: discussion.send_stand(version, actor=actor, opinion=Opinion.AGREE) for actor in made.commanders
        ]
        assert errors(together(*acts)) == []
        assert Stand.objects.count() == 3

    def test_two_check_the_same_part_at_once(self, made):
        builders.adopt(made)
        version = made.version
        acts = [
            lambda actor=actor: signing.check(version, CheckKind.CONTENT, actor=actor) for actor in (made.leader, made.deputy)
        ]
        assert [type(error) for error in errors(together(*acts))] == [Refused]


class TestRecords:
    def log(self, stream, number=0):
        def act():
            with transaction.atomic():
                return audit.log(Event.SIGNED, stream=stream, actor=None, number=number)

        return act

    def test_many_entries_of_one_stream_queue(self):
        found = together(*(self.log("covenant:1", number) for number in range(8)))
        assert sorted(entry.seq for entry in found) == list(range(1, 9))
        assert list(audit.broken()) == []

    def test_the_same_files_from_two_people_at_once_are_kept_once(self):
        made = builders.document(DocumentState.DISCUSSION)
        files = [Upload(f"{n}.pdf", b"%%PDF-1.7\n%%%d\n%%%%EOF\n" % n) for n in range(4)]
        acts = [
            lambda cast=cast, files=files: remarks.raise_remark(
                cast.version, actor=cast.members[0], text="Kèm tệp", attachments=files
            )
            for cast, files in ((made, files), (builders.document(DocumentState.DISCUSSION), files[::-1]))
        ]
        assert errors(together(*acts)) == []
        assert (Revision.objects.count(), RemarkAttachment.objects.count()) == (4, 8)
        assert list(documents.broken()) == []

    def test_two_sealers_beside_writers(self, seal_key):
        self.log("covenant:1")()
        found = together(seals.seal_new_heads, seals.seal_new_heads, *(self.log(f"covenant:{number % 3}") for number in range(6)))
        assert errors(found) == []
        seals.seal_new_heads()
        assert [row.seq for row in Seal.objects.order_by("seq")] == list(range(1, Seal.objects.count() + 1))
        assert list(seals.broken()) == []
        assert list(audit.broken()) == []

    def test_a_link_is_used_once(self):
        user, office = builders.person(), builders.staff(builders.office())
        token = secrets.issue_link(user, actor=office)
        acts = [lambda secret=secret: secrets.use_link(token, secret, address="") for secret in ("một mật khẩu", "hai mật khẩu")]
        assert [type(error) for error in errors(together(*acts))] == [Refused]
