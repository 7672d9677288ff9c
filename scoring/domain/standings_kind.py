"""The standings as a kind of document that is signed: by the leader's commander and the first deputy's, then they are published."""

from datetime import UTC

from django.db import transaction
from django.urls import reverse

from emulation.inbox.domain import notices
from emulation.lib import clock
from emulation.lib.verdict import Verdict
from emulation.organisation.actors import Actor
from emulation.organisation.enums import MandateScope
from emulation.records.domain import audit
from emulation.records.events import Event
from emulation.signing.domain import rounds, standing
from emulation.signing.models import SigningRound, Slot
from scoring import campaign_policies as policies
from scoring.enums import Phase, StandingState
from scoring.models import Campaign, Snapshot
from scoring.workflow import STANDING

KIND = "standings"


class StandingsKind:
    """Adapter between a signing round and the snapshot that it signs."""

    name = KIND
    noun = "bảng xếp hạng"
    scope: str = MandateScope.STANDINGS

    def page(self, subject_id: int) -> str:
        return reverse("standings_signing", args=[subject_id])

    def voided_page(self, signing_round: SigningRound) -> str:
        """The snapshot's own page: two people sign it, and why it was voided stands there."""
        return self.page(signing_round.subject_id)

    def leads(self, signing_round: SigningRound, actor: Actor | None) -> Verdict:
        """Who runs the bloc's scoring."""
        return policies.leading(_campaign(signing_round).bloc_year, actor)

    def keeps(self, signing_round: SigningRound, actor: Actor) -> bool:
        """The same; standings are signed on the screen only, so there is nothing to record."""
        return bool(self.leads(signing_round, actor))

    def keepers(self, signing_round: SigningRound) -> list[int]:
        """The leader's unit and the standing office."""
        bloc_year = _campaign(signing_round).bloc_year
        return [bloc_year.leader.unit_id, bloc_year.standing_office.pk]

    def named_signer(self, slot: Slot) -> int | None:
        """Any commander of the slot's unit."""
        return None

    @transaction.atomic
    def on_completed(self, signing_round: SigningRound, actor: Actor) -> None:
        """Publish: from now on it never changes, everybody in the bloc sees it, and what it corrects holds no longer."""
        snapshot = Snapshot.objects.select_for_update(of=("self",)).select_related("supersedes").get(pk=signing_round.subject_id)
        campaign = Campaign.objects.select_for_update(of=("self",)).full().get(pk=snapshot.campaign_id)
        snapshot.state, snapshot.published_at = STANDING.target("publish"), clock.now()
        snapshot.save(update_fields=["state", "published_at"])
        campaign.phase, campaign.correction = Phase.PUBLISHED, ""
        campaign.save(update_fields=["phase", "correction"])
        if snapshot.supersedes:
            _replace(snapshot.supersedes, signing_round, snapshot, actor)
        units = [seat.unit_id for seat in campaign.bloc_year.ordered_seats] + [campaign.bloc_year.standing_office.pk]
        words = f"{campaign.title}: đã công bố kết quả xếp hạng"
        words += f", bản {snapshot.number} thay bản {snapshot.supersedes.number}." if snapshot.supersedes else "."
        notices.tell_units(units, words, path=reverse("standings", args=[campaign.pk]), except_users={actor.user_id})
        told = {"snapshot": snapshot.number, "run": snapshot.run.number, "result": snapshot.run.result_sha256}
        told |= {"reason": snapshot.reason, "published_at": snapshot.published_at.astimezone(UTC).isoformat()}
        audit.log(Event.STANDINGS_PUBLISHED, stream=campaign.stream, actor=actor, **told)

    def on_voided(self, signing_round: SigningRound, actor: Actor) -> None:
        snapshot = Snapshot.objects.select_for_update(of=("self",)).get(pk=signing_round.subject_id)
        snapshot.state = STANDING.target("void")
        snapshot.save(update_fields=["state"])


def current_round(snapshot: Snapshot) -> SigningRound | None:
    """The newest signing round of a snapshot, whatever its state."""
    return rounds.newest(KIND, snapshot)


def _replace(old: Snapshot, successor: SigningRound, snapshot: Snapshot, actor: Actor) -> None:
    """Whoever verifies the older standings is told that they hold no longer, and why."""
    signed = standing.completed(KIND, old.pk)
    if signed is None or old.state != StandingState.PUBLISHED:
        return
    standing.replaced(signed, reason=snapshot.reason[:500], successor=successor)
    audit.log(
        Event.DOCUMENT_REPLACED, stream=signed.stream, actor=actor, round=signed.number, reason=snapshot.reason, by=snapshot.pk
    )


def _campaign(signing_round: SigningRound) -> Campaign:
    known = signing_round.known_subject
    if not isinstance(known, Snapshot):
        known = Snapshot.objects.get(pk=signing_round.subject_id)
        known.campaign = Campaign.objects.full().get(pk=known.campaign_id)
        signing_round.known_subject = known
    return known.campaign
