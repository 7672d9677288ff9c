"""Rounds, slots and acts, when something writes rows without asking: the database refuses."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from emulation.lib import clock
from emulation.records.domain import documents
from emulation.signing.enums import RoundState, SlotRole, SlotState
from emulation.signing.models import SigningAct, SigningRound, Slot
from tests.signing.acts import sign

pytestmark = pytest.mark.django_db

SIGNED = SlotState.SIGNED


class TestDatabase:
    """What holds even when something writes rows without asking."""

    @pytest.mark.parametrize(
        "values",
        [
            {"state": SlotState.SIGNED},
            {"signed_at": clock.now()},
            {"state": SlotState.REFUSED, "refused_at": clock.now()},
        ],
    )
    def test_a_slot_is_signed_with_everything_or_not_at_all(self, made, values):
        with pytest.raises(IntegrityError), transaction.atomic():
            Slot.objects.filter(pk=made.slots[0].pk).update(**values)

    @pytest.mark.parametrize(
        "values",
        [
            {"state": RoundState.COMPLETED},
            {"completed_at": clock.now()},
            {"standing": "revoked"},
            {"standing": "revoked", "standing_since": clock.now(), "standing_reason": "x"},
        ],
    )
    def test_a_round_has_the_dates_of_its_state(self, made, values):
        with pytest.raises(IntegrityError), transaction.atomic():
            SigningRound.objects.filter(pk=made.round.pk).update(**values)

    def test_two_slots_never_share_act_revision_or_certificate(self, made):
        slot = sign(made, made.leader)
        other = made.slot(made.deputy)
        everything = {
            "state": SIGNED, "signer": made.deputy.user, "capacity": "own", "signed_at": clock.now(),
            "act": SigningAct.objects.create(
                user=made.deputy.user, position=made.deputy.position, at=clock.now(), statement="{}", sha256="a" * 64
            ),
            "revision": documents.append(made.round.current, b"%PDF" * 9 + b"x", before=b"%PDF"),
            "certificate_sha256": "b" * 64,
        }  # fmt: skip
        for name in ("act", "revision", "certificate_sha256", "signer"):
            with pytest.raises(IntegrityError), transaction.atomic():
                Slot.objects.filter(pk=other.pk).update(**everything | {name: getattr(slot, name)})

    def test_an_act_is_never_changed(self, made):
        slot = sign(made, made.leader)
        with pytest.raises(TypeError):
            slot.act.save()
        with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
            SigningAct.objects.update(statement="{}")

    def test_the_witness_is_one(self, made):
        with pytest.raises(IntegrityError), transaction.atomic():
            made.round.slots.update(role=SlotRole.WITNESS)
