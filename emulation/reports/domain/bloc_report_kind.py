"""The report of a bloc as a kind of document that is signed: by the leader's commander on behalf of the bloc, which sends it."""

from django.db import transaction

from emulation.inbox.domain import notices
from emulation.lib import clock
from emulation.lib.verdict import ALLOWED, Verdict, refuse
from emulation.organisation.actors import Actor
from emulation.records.domain import audit
from emulation.records.events import Event
from emulation.reports.domain import replacing
from emulation.reports.domain.signed_kind import SignedKind
from emulation.reports.enums import ReportState
from emulation.reports.models import BlocReport, SentVersion
from emulation.reports.workflow import BLOC_REPORT, REPORT
from emulation.signing.models import SigningRound

KIND = "bloc_report"


class BlocReportKind(SignedKind[BlocReport]):
    """Adapter between a signing round and the bloc's report that it signs."""

    name = KIND
    noun = "báo cáo của khối"
    address = "bloc_report"

    def found(self, pk: int) -> BlocReport:
        return BlocReport.objects.full().get(pk=pk)

    def may_lead(self, report: BlocReport, actor: Actor | None) -> Verdict:
        """Anybody of the leader unit."""
        leader = report.period.bloc_year.leader
        if actor and actor.unit_id == leader.unit_id:
            return ALLOWED
        return refuse(f"Báo cáo của khối do {leader.unit.name} tổng hợp và ký.")

    def makers(self, report: BlocReport) -> list[int]:
        return [report.period.bloc_year.leader.unit_id]

    @transaction.atomic
    def on_completed(self, signing_round: SigningRound, actor: Actor) -> None:
        """It is sent to the office, everybody in the bloc sees it, and the units' reports that it is made of are locked."""
        report = locked(signing_round.subject_id)
        version = report.versions.order_by("-number").first()
        assert version is not None
        moment = clock.now()
        SentVersion.objects.create(version=version, at=moment, label=actor.label[:300])
        report.state, report.first_sent_at = BLOC_REPORT.target("send"), report.first_sent_at or moment
        report.save(update_fields=["state", "first_sent_at"])
        replacing.replace_earlier(signing_round, actor, reason="Khối trưởng đã ký và gửi bản báo cáo mới.")
        _lock_units(report, version.sources, actor)
        bloc_year = report.period.bloc_year
        units = [bloc_year.standing_office.pk, *(seat.unit_id for seat in bloc_year.ordered_seats)]
        words = f"{bloc_year.full_name} đã ký và gửi báo cáo {report.period.title[:1].lower()}{report.period.title[1:]}."
        notices.tell_units(units, words, path=self.page(report.pk), except_users={actor.user_id})
        told = {"version": version.number, "sha256": version.sha256, "days_late": report.days_late}
        audit.log(Event.BLOC_REPORT_SENT, stream=report.stream, actor=actor, **told)

    def on_voided(self, signing_round: SigningRound, actor: Actor) -> None:
        report = locked(signing_round.subject_id)
        report.state, report.checked_label = BLOC_REPORT.target("take_back"), ""
        report.save(update_fields=["state", "checked_label"])


def locked(pk: int) -> BlocReport:
    """The report locked until the end of the transaction."""
    BlocReport.objects.select_for_update(of=("self",)).get(pk=pk)
    return BlocReport.objects.full().get(pk=pk)


def _lock_units(report: BlocReport, sources: dict[str, int], actor: Actor) -> None:
    """What the bloc's signed report says must not change under it; the office may reopen."""
    rows = report.period.reports.select_for_update(of=("self",)).filter(unit__in=[int(unit) for unit in sources])
    for row in rows.filter(state__in=REPORT.moves["lock"].sources).order_by("pk"):
        row.state = ReportState(REPORT.target("lock"))
        row.save(update_fields=["state"])
        audit.log(Event.REPORT_LOCKED, stream=row.stream, actor=actor, bloc_report=report.pk)
