"""Refusing, taking a refusal back, voiding."""

import pytest
from django.db import IntegrityError, transaction

from blocs.enums import DocumentState
from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.records.domain import documents
from emulation.records.events import Event
from emulation.records.models import AuditEntry
from emulation.signing.domain import rounds
from emulation.signing.enums import RoundState, SlotState
from emulation.signing.models import SigningRound, Slot
from tests import builders
from tests.signing.acts import entries, everything, sign, states, told

pytestmark = pytest.mark.django_db

READY, SIGNED, REFUSED, VOID = SlotState.READY, SlotState.SIGNED, SlotState.REFUSED, SlotState.VOID


class TestRefuse:
    def refuse(self, made, actor, reason="Chưa thống nhất mục 2"):
        return rounds.refuse_to_sign(made.slot(actor), actor=actor, reason=reason)

    def test_a_refusal_keeps_the_others_signatures_and_everybody_hears_of_it(self, made):
        sign(made, made.leader)
        before = made.slot(made.leader)
        slot = self.refuse(made, made.deputy, " Chưa thô\u0301ng nhất ")
        assert (slot.state, slot.refusal_reason) == (REFUSED, "Chưa thống nhất")
        assert states(made) == [SIGNED, REFUSED, READY]
        after = made.slot(made.leader)
        assert (after.revision_id, after.certificate_sha256, after.signed_at) == (
            before.revision_id,
            before.certificate_sha256,
            before.signed_at,
        )
        assert told(made.leader, "từ chối ký")
        assert told(made.members[0], "từ chối ký")
        assert not told(made.deputy, "từ chối ký")
        assert entries(made)[-1] == Event.SIGNING_REFUSED

    def test_a_refusal_stops_completion(self, made):
        self.refuse(made, made.deputy)
        sign(made, made.leader)
        sign(made, made.members[0])
        assert made.round.state == RoundState.OPEN
        assert made.row.state == DocumentState.SIGNING

    def test_a_reason_is_given(self, made):
        for reason in ("", "   ", "x" * 501):
            with pytest.raises(Refused, match="do"):
                self.refuse(made, made.deputy, reason)
        assert states(made) == [READY] * 3
        with pytest.raises(IntegrityError), transaction.atomic():
            Slot.objects.filter(pk=made.slot(made.deputy).pk).update(state=REFUSED)

    def test_a_second_refusal_changes_nothing(self, made):
        self.refuse(made, made.deputy)
        before = everything(made)
        with pytest.raises(Refused):
            self.refuse(made, made.deputy, "Lý do khác")
        assert everything(made) == before

    def test_who_refused_does_not_sign(self, made):
        self.refuse(made, made.deputy)
        with pytest.raises(Refused, match="rút lại"):
            sign(made, made.deputy)

    def test_who_signed_does_not_refuse(self, made):
        sign(made, made.deputy)
        with pytest.raises(Refused, match="đã ký lúc"):
            self.refuse(made, made.deputy)

    def test_nobody_refuses_for_another_or_before_his_turn(self):
        made = builders.document(DocumentState.SIGNING, witness=True)
        with pytest.raises(Refused):
            rounds.refuse_to_sign(made.slot(made.deputy), actor=made.leader, reason="x")
        with pytest.raises(Refused):
            self.refuse(made, builders.staff(made.deputy.unit))
        with pytest.raises(Refused, match="sau khi các đơn vị"):
            self.refuse(made, made.witness)

    def test_a_refusal_can_be_taken_back(self, made):
        self.refuse(made, made.deputy)
        other_head = builders.commander(made.deputy.unit)
        slot = rounds.withdraw_refusal(made.slot(made.deputy), actor=other_head)
        assert (slot.state, slot.refused_at, slot.refusal_reason) == (READY, None, "")
        assert told(made.leader, "rút lại")
        assert entries(made)[-1] == Event.REFUSAL_WITHDRAWN
        builders.sign_all(made)
        assert made.round.state == RoundState.COMPLETED

    def test_only_ones_own_and_only_once(self, made):
        with pytest.raises(Refused, match="không có lời từ chối"):
            rounds.withdraw_refusal(made.slot(made.deputy), actor=made.deputy)
        self.refuse(made, made.deputy)
        for actor in (made.leader, made.office, builders.staff(made.deputy.unit)):
            with pytest.raises(Refused):
                rounds.withdraw_refusal(made.slot(made.deputy), actor=actor)
        rounds.withdraw_refusal(made.slot(made.deputy), actor=made.deputy)
        before = everything(made)
        with pytest.raises(Refused):
            rounds.withdraw_refusal(made.slot(made.deputy), actor=made.deputy)
        assert everything(made) == before


class TestVoid:
    def test_voiding_voids_every_signature_and_tells_who_had_signed(self, made):
        sign(made, made.leader)
        sign(made, made.deputy)
        frozen = made.round.document.revisions.count()
        rounds.void(made.round, actor=made.leader, reason="Sai số liệu")
        voided = made.round
        assert (voided.state, voided.void_reason) == (RoundState.VOIDED, "Sai số liệu")
        assert voided.voided_at is not None
        assert states(made) == [VOID] * 3
        assert made.row.state == DocumentState.DRAFT
        assert told(made.deputy, "Bản đồng chí đã ký bị hủy")
        assert told(made.members[0], "Vòng ký bị hủy")
        assert not told(made.members[0], "Bản đồng chí đã ký")
        entry = AuditEntry.objects.get(event=Event.ROUND_VOIDED)
        assert entry.data == {"round": 1, "reason": "Sai số liệu", "signatures": 2}
        assert voided.document.revisions.count() == frozen
        assert list(documents.broken()) == []
        assert made.slot(made.leader).signer == made.leader.user

    def test_nothing_is_done_in_a_voided_round(self, made):
        slots = {actor.user_id: made.slot(actor) for actor in made.commanders}
        rounds.void(made.round, actor=made.office, reason="x")
        before = everything(made)
        for actor in made.commanders:
            slot = slots[actor.user_id]
            for act in (
                lambda slot=slot, actor=actor: builders.sign(slot, actor=actor),
                lambda slot=slot, actor=actor: rounds.refuse_to_sign(slot, actor=actor, reason="x"),
                lambda slot=slot, actor=actor: rounds.withdraw_refusal(slot, actor=actor),
            ):
                with pytest.raises(Refused, match="đã bị hủy"):
                    act()
        with pytest.raises(Refused, match="đã kết thúc"):
            rounds.void(made.round, actor=made.leader, reason="y")
        assert everything(made) == before

    def test_who_voids(self, made):
        for actor in (made.deputy, made.members[0], builders.staff(made.leader.unit), builders.director()):
            with pytest.raises(Refused):
                rounds.void(made.round, actor=actor, reason="x")
        with pytest.raises(Refused):
            rounds.void(made.round, actor=builders.staff(builders.another_office()), reason="x")
        assert made.round.state == RoundState.OPEN

    def test_with_a_reason(self, made):
        for reason in ("", " ", "x" * 501):
            with pytest.raises(Refused, match="do"):
                rounds.void(made.round, actor=made.leader, reason=reason)
        with pytest.raises(IntegrityError), transaction.atomic():
            SigningRound.objects.update(state=RoundState.VOIDED, voided_at=clock.now())

    def test_a_completed_round_is_not_voided(self):
        made = builders.document(DocumentState.SIGNED)
        with pytest.raises(Refused, match="đã kết thúc"):
            rounds.void(made.round, actor=made.leader, reason="x")
        assert made.row.state == DocumentState.SIGNED
