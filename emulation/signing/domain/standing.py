"""A completed round that holds no longer: its document was replaced by another one, or revoked. The bytes and signatures stay."""

from emulation.lib import clock
from emulation.signing.domain import rounds
from emulation.signing.enums import RoundState, Standing
from emulation.signing.models import SigningRound


def replaced(signing_round: SigningRound, *, reason: str, successor: SigningRound | None = None) -> SigningRound:
    """What it signed is replaced from now on; `successor` signed what replaces it. The caller has enforced its policy and audits."""
    return _end(signing_round, Standing.REPLACED, reason, successor)


def revoked(signing_round: SigningRound, *, reason: str) -> SigningRound:
    """What it signed is revoked from now on. The caller has enforced its policy and audits."""
    return _end(signing_round, Standing.REVOKED, reason, None)


def completed(kind: str, subject_id: int) -> SigningRound | None:
    """The round that brought this document into force."""
    return SigningRound.objects.filter(kind=kind, subject_id=subject_id, state=RoundState.COMPLETED).first()


def _end(signing_round: SigningRound, standing: Standing, reason: str, successor: SigningRound | None) -> SigningRound:
    signing_round = rounds.lock_round(signing_round)
    assert signing_round.standing == Standing.IN_FORCE
    signing_round.standing, signing_round.standing_reason = standing, reason
    signing_round.standing_since, signing_round.successor = clock.now(), successor
    signing_round.save(update_fields=["standing", "standing_reason", "standing_since", "successor"])
    return signing_round
