"""Signing in a round: what a signature leaves behind, and in which order it is asked for."""

import hashlib
import itertools
import json

import pytest

from blocs.enums import DocumentState
from emulation.lib.verdict import Refused
from emulation.organisation.enums import Capacity
from emulation.records.domain import audit, documents
from emulation.records.events import Event
from emulation.records.models import AuditEntry
from emulation.signing.domain import authorities, rounds
from emulation.signing.enums import RoundState, SigningOrder, SlotState
from emulation.signing.inspection import inspect
from tests import builders
from tests.builders import ADDRESS, SECRET
from tests.signing.acts import entries, everything, sign, states, told

pytestmark = pytest.mark.django_db

READY, WAITING, SIGNED = SlotState.READY, SlotState.WAITING, SlotState.SIGNED


class TestSign:
    def test_a_signature_is_stored_with_everything(self, made):
        slot = sign(made, made.leader)
        stored = made.slot(made.leader)
        assert stored.state == SIGNED
        assert (stored.signer, stored.signer_name) == (made.leader.user, made.leader.user.full_name)
        assert (stored.signer_rank, stored.signer_title) == ("Thượng tá", "Trưởng Công an xã")
        assert (stored.capacity, stored.mandate, stored.capacity_mark) == (Capacity.OWN, None, "")
        assert stored.revision == made.round.current
        assert stored.revision.number == 1
        assert stored.signed_at == slot.signed_at
        assert stored.ranked_signer == f"Thượng tá {made.leader.user.full_name}"
        assert str(stored) == f"1. {made.leader.unit.name}"

    def test_the_act_says_who_agreed_to_what_and_how(self, made):
        slot = sign(made, made.leader)
        said = json.loads(slot.act.statement)
        assert hashlib.sha256(slot.act.statement.encode()).hexdigest() == slot.act.sha256
        assert said["sentence"] == f"Tôi đã đọc và đồng ý ký giao ước này thay mặt {made.leader.unit.name}."
        assert said["digest_shown"] == builders.frozen_digest(made.round)
        assert (said["account"], said["address"], said["basis"]) == (made.leader.user.username, ADDRESS, "")
        assert "password" in said["method"]
        assert SECRET not in slot.act.statement
        assert (slot.act.user, slot.act.position) == (made.leader.user, made.leader.position)
        assert str(made.leader.user_id) in str(slot.act)

    def test_the_signature_in_the_file_is_the_slots(self, made):
        slot = sign(made, made.leader)
        found = inspect(documents.read(made.round.current), roots=authorities.trusted_roots())
        (signature,) = found.signatures
        assert signature.field == slot.field_name
        assert signature.certificate_sha256 == slot.certificate_sha256
        assert signature.act_sha256 == slot.act.sha256

    def test_what_it_leaves_in_the_audit(self, made):
        slot = sign(made, made.leader)
        entry = AuditEntry.objects.get(event=Event.SIGNED)
        assert (entry.user, entry.address) == (made.leader.user, ADDRESS)
        assert entry.data == {
            "round": 1,
            "slot": 1,
            "unit": made.leader.unit_id,
            "capacity": "own",
            "act": slot.act.sha256,
            "certificate": slot.certificate_sha256,
            "revision": slot.revision.sha256,
        }

    def test_each_revision_starts_with_the_one_before(self, made):
        builders.sign_all(made)
        kept = [documents.read(row) for row in made.round.document.revisions.order_by("number")]
        assert len(kept) == 4
        assert all(after.startswith(before) for before, after in itertools.pairwise(kept))
        assert list(documents.broken()) == []

    def test_each_signature_has_its_own_person_certificate_and_act(self, made):
        builders.sign_all(made)
        slots = made.slots
        for name in ("signer_id", "certificate_sha256", "act_id", "revision_id", "field_name"):
            assert len({getattr(slot, name) for slot in slots}) == 3

    def test_the_last_signature_completes_the_round(self, made):
        sign(made, made.members[0])
        sign(made, made.deputy)
        assert made.round.state == RoundState.OPEN
        sign(made, made.leader)
        assert made.round.state == RoundState.COMPLETED
        assert made.round.completed_at is not None
        assert made.row.state == DocumentState.SIGNED
        assert entries(made)[-2:] == [Event.SIGNED, Event.ROUND_COMPLETED]
        assert all(told(actor, "Đã ký đủ 3/3") for actor in (made.deputy, made.members[0]))

    def test_signing_again_is_refused_and_changes_nothing(self, made):
        other_head = builders.commander(made.leader.unit)
        sign(made, made.leader)
        before = everything(made)
        with pytest.raises(Refused, match="đã ký lúc"):
            sign(made, made.leader)
        with pytest.raises(Refused, match="đã ký lúc"):
            sign(made, other_head)
        assert everything(made) == before

    def test_a_slot_as_it_was_when_the_page_opened_is_read_again(self, made):
        stale = made.slot(made.leader)
        sign(made, made.leader)
        with pytest.raises(Refused, match="đã ký lúc"):
            builders.sign(stale, actor=made.leader)


class TestOrder:
    def test_the_witness_signs_last(self):
        made = builders.document(DocumentState.SIGNING, witness=True)
        with pytest.raises(Refused, match="sau khi các đơn vị đã ký đủ"):
            sign(made, made.witness)
        for actor in made.commanders:
            assert states(made)[-1] == WAITING
            sign(made, actor)
        assert states(made)[-1] == READY
        assert told(made.witness, "Đến lượt")
        sign(made, made.witness)
        assert made.round.state == RoundState.COMPLETED

    def test_members_then_deputy_then_leader_then_witness(self):
        made = builders.document(DocumentState.SIGNING, n=4, witness=True, order=SigningOrder.BY_ROLE)
        assert [slot.group for slot in made.slots] == [3, 2, 1, 1, 4]
        with pytest.raises(Refused, match="Chưa đến lượt ký của khối trưởng"):
            sign(made, made.leader)
        with pytest.raises(Refused, match="khối phó"):
            sign(made, made.deputy)
        order = [*made.members, made.deputy, made.leader, made.witness]
        for number, actor in enumerate(order):
            assert made.slot(actor).state == READY
            assert [made.slot(later).state for later in order[number + 1 :]].count(READY) <= (1 if number == 0 else 0)
            sign(made, actor)
        assert made.round.state == RoundState.COMPLETED

    def test_the_leader_opens_the_next_group_early(self):
        made = builders.document(DocumentState.SIGNING, n=4, order=SigningOrder.BY_ROLE)
        sign(made, made.members[0])
        rounds.open_next_group(made.round, actor=made.leader, reason=" Chỉ huy đi công tác ")
        assert made.round.open_group == 2
        assert states(made) == [WAITING, READY, SIGNED, READY]
        entry = AuditEntry.objects.get(event=Event.GROUP_OPENED)
        assert entry.data == {"round": 1, "group": 2, "reason": "Chỉ huy đi công tác"}
        sign(made, made.deputy)
        assert states(made)[0] == WAITING
        sign(made, made.members[1])
        assert states(made)[0] == READY

    def test_who_opens_it(self):
        made = builders.document(DocumentState.SIGNING, witness=True)
        for actor in (made.deputy, made.members[0], builders.staff(made.leader.unit), made.witness):
            with pytest.raises(Refused, match="khối trưởng"):
                rounds.open_next_group(made.round, actor=actor, reason="x")
        rounds.open_next_group(made.round, actor=made.office, reason="x")
        before = everything(made)
        with pytest.raises(Refused, match="đã được mở"):
            rounds.open_next_group(made.round, actor=made.leader, reason="x")
        assert everything(made) == before

    def test_with_a_reason(self):
        made = builders.document(DocumentState.SIGNING, witness=True)
        for reason in ("", "  ", "x" * 501):
            with pytest.raises(Refused, match="do"):
                rounds.open_next_group(made.round, actor=made.leader, reason=reason)

    def test_after_an_early_opening_the_rest_still_completes(self):
        made = builders.document(DocumentState.SIGNING, witness=True)
        rounds.open_next_group(made.round, actor=made.leader, reason="x")
        sign(made, made.witness)
        builders.sign_all(made)
        assert made.round.state == RoundState.COMPLETED

    def test_not_after_the_end(self):
        made = builders.document(DocumentState.SIGNED, witness=True)
        with pytest.raises(Refused, match="đã kết thúc"):
            rounds.open_next_group(made.round, actor=made.leader, reason="x")


def test_all_acts_leave_the_audit_whole(made):
    sign(made, made.leader)
    rounds.refuse_to_sign(made.slot(made.deputy), actor=made.deputy, reason="x")
    rounds.withdraw_refusal(made.slot(made.deputy), actor=made.deputy)
    rounds.void(made.round, actor=made.leader, reason="x")
    assert list(audit.broken()) == []
    assert str(made.round) == f"{made.row.printed_title}, vòng 1"
