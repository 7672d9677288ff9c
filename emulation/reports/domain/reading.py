"""Which signed pages somebody reads: the unit its newest round, everybody else the newest that was signed."""

from emulation.organisation.actors import Actor
from emulation.records.models import Revision
from emulation.reports.domain.report_kind import KIND
from emulation.reports.models import Report
from emulation.signing.domain import rounds
from emulation.signing.enums import RoundState
from emulation.signing.models import SigningRound


def readable_round(report: Report, actor: Actor | None) -> SigningRound | None:
    """The round whose pages are shown to this actor."""
    newest = rounds.newest(KIND, report)
    if newest is None or newest.state == RoundState.COMPLETED:
        return newest
    if report.is_own(actor) and newest.state == RoundState.OPEN:
        return newest
    return rounds.newest(KIND, report, state=RoundState.COMPLETED)


def may_see_round(report: Report, sha256: str, actor: Actor | None) -> bool:
    """Whether these bytes are of a round that the actor reads: the unit any of its own, others one that was signed."""
    if report.is_own(actor):
        return True
    signed = SigningRound.objects.filter(kind=KIND, subject_id=report.pk, state=RoundState.COMPLETED)
    return Revision.objects.filter(sha256=sha256, document__round__in=signed).exists()
