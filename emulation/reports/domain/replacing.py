"""An earlier signed version of the same report holds no longer once a newer one is signed."""

from emulation.organisation.actors import Actor
from emulation.records.domain import audit
from emulation.records.events import Event
from emulation.signing.domain import standing
from emulation.signing.enums import RoundState, Standing
from emulation.signing.models import SigningRound


def replace_earlier(signing_round: SigningRound, actor: Actor, *, reason: str) -> None:
    """Say of the completed round before, if there is one, that this one replaces it."""
    earlier = SigningRound.objects.filter(
        kind=signing_round.kind,
        subject_id=signing_round.subject_id,
        state=RoundState.COMPLETED,
        standing=Standing.IN_FORCE,
        number__lt=signing_round.number,
    )
    for old in earlier:
        standing.replaced(old, reason=reason, successor=signing_round)
        audit.log(
            Event.DOCUMENT_REPLACED, stream=old.stream, actor=actor, round=old.number, reason=reason, by=signing_round.number
        )
