"""Rounds under any sequence of acts, allowed or not: the invariants of signing hold after each of them.

Completed if and only if every slot is signed; nobody signs before his group is open; a refusal keeps the others' signatures; voiding
voids everything and keeps the bytes.
"""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blocs.enums import DocumentState
from blocs.models import BlocDocument
from emulation.lib.verdict import Refused
from emulation.records.domain import audit, documents
from emulation.records.models import Revision
from emulation.signing.domain import rounds
from emulation.signing.enums import RoundState, SigningOrder, SlotState
from emulation.signing.models import SigningRound, Slot
from tests import builders
from tests.without_paper import rolled_back

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper"), pytest.mark.any_database]

UNITS = 4
signer = st.integers(0, UNITS)  # the last one is the witness
acts = st.one_of(
    st.tuples(st.just("sign"), signer, signer),
    st.tuples(st.just("own sign"), signer),
    st.tuples(st.just("own sign"), signer),
    st.tuples(st.just("refuse"), signer),
    st.tuples(st.just("withdraw"), signer),
    st.tuples(st.just("open"), signer),
    st.tuples(st.just("void"), signer),
)


class Gathering:
    """A round, its slots as the database has them, and those who sign: the units in their order, then the witness."""

    def __init__(self, order):
        self.made = builders.document(DocumentState.SIGNING, n=UNITS, witness=True, order=order)
        self.actors = self.made.signers
        self.pk = self.made.round.pk
        self.digest = builders.frozen_digest(self.made.round)

    @property
    def round(self):
        return SigningRound.objects.get(pk=self.pk)

    @property
    def slots(self):
        return list(Slot.objects.filter(round=self.pk).select_related("round").order_by("number"))

    def sign(self, slot, actor):
        rounds.sign(slot, actor=actor, secret=builders.SECRET, digest_shown=self.digest)

    def do(self, act):
        slots, actor = self.slots, self.actors[act[1]]
        if act[0] == "sign":
            self.sign(slots[act[2]], actor)
        elif act[0] == "own sign":
            self.sign(slots[act[1]], actor)
        elif act[0] == "refuse":
            rounds.refuse_to_sign(slots[act[1]], actor=actor, reason="Chưa thống nhất")
        elif act[0] == "withdraw":
            rounds.withdraw_refusal(slots[act[1]], actor=actor)
        elif act[0] == "open":
            rounds.open_next_group(self.round, actor=actor, reason="Đi vắng")
        else:
            rounds.void(self.round, actor=actor, reason="Sai số liệu")


def signatures(slots):
    return {slot.pk: (slot.revision_id, slot.certificate_sha256, slot.signer_id) for slot in slots if slot.revision_id}


def assert_groups(slots, open_group):
    for slot in slots:
        if slot.state in (SlotState.SIGNED, SlotState.READY, SlotState.REFUSED):
            assert slot.group <= open_group
        if slot.state == SlotState.WAITING:
            assert slot.group > open_group


def assert_sound(gathering, before, act):
    """`before` are the slots before the act."""
    signing_round, slots = gathering.round, gathering.slots
    states = {slot.state for slot in slots}
    assert (signing_round.state == RoundState.COMPLETED) == (states == {SlotState.SIGNED})
    assert (signing_round.state == RoundState.VOIDED) == (states == {SlotState.VOID})
    assert_groups(slots, signing_round.open_group)
    earlier, now = signatures(before), signatures(slots)
    assert earlier.items() <= now.items()
    assert set(now) - set(earlier) <= {slot.pk for slot in before if slot.state == SlotState.READY}
    assert len(now) - len(earlier) <= ("sign" in act[0])
    assert len({values[2] for values in now.values()}) == len(now)
    assert Revision.objects.filter(document=signing_round.document_id).count() == len(now) + 1
    expected = {RoundState.OPEN: "signing", RoundState.COMPLETED: "signed", RoundState.VOIDED: "draft"}[signing_round.state]
    assert BlocDocument.objects.get(pk=gathering.made.pk).state == expected


def shape(gathering):
    return [(slot.state, slot.revision_id) for slot in gathering.slots], gathering.round.state, gathering.round.open_group


@pytest.mark.parametrize("order", SigningOrder.values)
def test_a_round_stays_sound(order):
    gathering = Gathering(order)

    @settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(walk=st.lists(acts, max_size=12))
    def stay_sound(walk):
        with rolled_back():
            for act in walk:
                before, was = gathering.slots, shape(gathering)
                try:
                    gathering.do(act)
                except Refused:
                    assert shape(gathering) == was
                assert_sound(gathering, before, act)
            assert list(audit.broken()) == []
            assert list(documents.broken()) == []

    stay_sound()


@pytest.mark.parametrize("order", SigningOrder.values)
def test_every_order_of_signers_comes_to_an_end(order):
    """Whoever comes first: each signs as soon as he may, and the round is completed with the last."""
    gathering = Gathering(order)

    @settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(turns=st.permutations(range(UNITS + 1)))
    def come_to_an_end(turns):
        with rolled_back():
            left = list(turns)
            while left:
                slots = gathering.slots
                turn = next(turn for turn in left if slots[turn].state == SlotState.READY)
                gathering.sign(slots[turn], gathering.actors[turn])
                left.remove(turn)
            assert gathering.round.state == RoundState.COMPLETED

    come_to_an_end()
