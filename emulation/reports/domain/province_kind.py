"""A province's summary as a kind of document that is signed: made by the standing office, signed by a provincial leader."""

from django.db import transaction

from emulation.inbox.domain import notices
from emulation.lib import clock
from emulation.lib.verdict import Verdict
from emulation.organisation.actors import Actor
from emulation.records.domain import audit
from emulation.records.events import Event
from emulation.reports import province_policies as policies
from emulation.reports.domain import province_text, replacing
from emulation.reports.domain.signed_kind import SignedKind
from emulation.reports.enums import ProvinceReportState
from emulation.reports.models import ProvinceReport
from emulation.reports.workflow import PROVINCE_REPORT
from emulation.signing.models import SigningRound

KIND = "province_report"


class ProvinceReportKind(SignedKind[ProvinceReport]):
    """Adapter between a signing round and the province's summary that it signs."""

    name = KIND
    noun = "báo cáo tổng hợp của tỉnh"
    address = "province_report"

    def found(self, pk: int) -> ProvinceReport:
        return ProvinceReport.objects.full().get(pk=pk)

    def may_lead(self, report: ProvinceReport, actor: Actor | None) -> Verdict:
        return policies.leads_province_report(report, actor)

    def makers(self, report: ProvinceReport) -> list[int]:
        return [report.office_id]

    @transaction.atomic
    def on_completed(self, signing_round: SigningRound, actor: Actor) -> None:
        """The office and every unit whose bloc is in it are told; what it replaces holds no longer."""
        report = locked(signing_round.subject_id)
        version = report.versions.order_by("-number").first()
        assert version is not None
        report.state = ProvinceReportState(PROVINCE_REPORT.target("sign"))
        report.signed_at, report.reopened_because = clock.now(), ""
        report.save(update_fields=["state", "signed_at", "reopened_because"])
        replacing.replace_earlier(signing_round, actor, reason="Lãnh đạo Công an tỉnh đã ký bản báo cáo tổng hợp mới.")
        units = {unit for bloc in province_text.gathered(report).blocs for unit in bloc.unit_names}
        words = f"{report.province.name} đã ký {province_text.title_of(report)[:1].lower()}{province_text.title_of(report)[1:]}."
        told = {report.office_id, *units}
        notices.tell_units(told, words, path=self.page(report.pk), except_users={actor.user_id})
        audit.log(Event.PROVINCE_REPORT_SIGNED, stream=report.stream, actor=actor, version=version.number, sha256=version.sha256)

    def on_voided(self, signing_round: SigningRound, actor: Actor) -> None:
        report = locked(signing_round.subject_id)
        report.state = ProvinceReportState(PROVINCE_REPORT.target("take_back"))
        report.save(update_fields=["state"])


def locked(pk: int) -> ProvinceReport:
    """The report locked until the end of the transaction."""
    ProvinceReport.objects.select_for_update(of=("self",)).get(pk=pk)
    return ProvinceReport.objects.full().get(pk=pk)
