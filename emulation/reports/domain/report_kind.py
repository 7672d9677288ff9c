"""A unit's report as a kind of document that is signed: by the unit's commander, who hands it in with his signature."""

from django.db import transaction
from django.urls import reverse

from emulation.inbox.domain import notices
from emulation.lib import clock
from emulation.lib.verdict import ALLOWED, Verdict, refuse
from emulation.organisation.actors import Actor
from emulation.records.domain import audit
from emulation.records.events import Event
from emulation.reports.domain import feeding, replacing
from emulation.reports.domain.signed_kind import SignedKind
from emulation.reports.models import Report, SignedVersion
from emulation.reports.workflow import REPORT
from emulation.signing.models import SigningRound

KIND = "unit_report"


class ReportKind(SignedKind[Report]):
    """Adapter between a signing round and the report that it signs."""

    name = KIND
    noun = "báo cáo"
    address = "report"

    def found(self, pk: int) -> Report:
        return Report.objects.full().get(pk=pk)

    def may_lead(self, report: Report, actor: Actor | None) -> Verdict:
        """Anybody of the unit."""
        return ALLOWED if report.is_own(actor) else refuse(f"Báo cáo do {report.unit.name} viết và ký.")

    def makers(self, report: Report) -> list[int]:
        return [report.unit_id]

    @transaction.atomic
    def on_completed(self, signing_round: SigningRound, actor: Actor) -> None:
        """The report is handed in. Whether it is late, the first time decides; what it replaces holds no longer."""
        report = locked(signing_round.subject_id)
        version = report.versions.order_by("-number").first()
        assert version is not None
        moment = clock.now()
        SignedVersion.objects.create(version=version, at=moment, label=actor.label[:300])
        report.state, report.returned_because = REPORT.target("submit"), ""
        is_new = report.first_submitted_at is not None
        report.first_submitted_at = report.first_submitted_at or moment
        report.save(update_fields=["state", "returned_because", "first_submitted_at"])
        replacing.replace_earlier(signing_round, actor, reason="Đơn vị đã ký và nộp bản báo cáo mới.")
        reviewer = report.period.reviewer_of(report.unit_id)
        units = {reviewer.pk, report.period.bloc_year.standing_office.pk}
        words = f"{report.unit.name} đã ký và nộp {report.period.title[:1].lower()}{report.period.title[1:]}."
        notices.tell_units(units, words, path=reverse("report", args=[report.pk]), except_users={actor.user_id})
        if is_new:
            feeding.tell_fed(report, f"{report.unit.name} đã nộp bản báo cáo mới.", actor=actor)
        told = {"version": version.number, "sha256": version.sha256, "days_late": report.days_late}
        audit.log(Event.REPORT_SUBMITTED, stream=report.stream, actor=actor, **told)

    def on_voided(self, signing_round: SigningRound, actor: Actor) -> None:
        report = locked(signing_round.subject_id)
        report.state = REPORT.target("take_back")
        report.save(update_fields=["state"])


def locked(pk: int) -> Report:
    """The report locked until the end of the transaction."""
    Report.objects.select_for_update(of=("self",)).get(pk=pk)
    return Report.objects.full().get(pk=pk)
