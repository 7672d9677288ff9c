"""What somebody may take with him of a report: its text as he may read it, with the frame to print it in."""

from dataclasses import dataclass, replace
from datetime import datetime

from emulation.lib import clock, vietnamese
from emulation.organisation.actors import Actor
from emulation.pdf.frame import DocumentFrame
from emulation.reports.domain import bloc_signing, bloc_text, material, presenting, province_reports, province_text
from emulation.reports.enums import WRITABLE, BlocReportState, ProvinceReportState
from emulation.reports.models import BlocReport, ProvinceReport, Report
from emulation.reports.texts import ReportText, report_of

DRAFT = "DỰ THẢO"


@dataclass(frozen=True)
class Copy:
    """A report's text in its frame, to print or fill in; `mark` is "DỰ THẢO" while nobody has signed it."""

    text: ReportText
    frame: DocumentFrame
    mark: str

    @property
    def file_name(self) -> str:
        """Without an ending."""
        return vietnamese.slug(f"{self.mark.lower()} {self.text.title} {self.text.author}".strip())


def copy_of(report: Report, actor: Actor) -> Copy | None:
    """To its unit what is written or waits for the signature, to everybody else the newest signed version; None without one.

    Who is to sign stands there in words, since a copy holds no signature.
    """
    signed = material.signed_version(report)
    frame = presenting.frame_of(report, draft_label=DRAFT, originals=1)
    if report.is_own(actor):
        if report.state in WRITABLE:
            return Copy(material.text_of(report), frame, DRAFT)
        newest = report.versions.order_by("-number").first()
        if newest and newest != signed:
            return Copy(report_of(newest.content), frame, DRAFT)
    return Copy(report_of(signed.content), _of_day(frame, signed.presented_at), "") if signed else None


def bloc_copy_of(report: BlocReport) -> Copy | None:
    """What is written, waits for the leader's signature or was sent; None while nothing is gathered."""
    frame = bloc_signing.frame_of(report, draft_label=DRAFT)
    newest = report.versions.order_by("-number").first()
    if report.state in (BlocReportState.SIGNING, BlocReportState.SENT) and newest:
        text = report_of(newest.content)
        return (
            Copy(text, frame, DRAFT)
            if report.state == BlocReportState.SIGNING
            else Copy(text, _of_day(frame, newest.opened_at), "")
        )
    return None if report.state == BlocReportState.GATHERING else Copy(bloc_text.text_of(report), frame, DRAFT)


def province_copy_of(report: ProvinceReport) -> Copy:
    """What is written, waits for the leader's signature or was signed."""
    frame = province_reports.frame_of(report, draft_label=DRAFT)
    if report.state == ProvinceReportState.DRAFT:
        return Copy(province_text.text_of(report), frame, DRAFT)
    newest = report.versions.latest("number")
    text = report_of(newest.content)
    return (
        Copy(text, frame, DRAFT)
        if report.state == ProvinceReportState.SIGNING
        else Copy(text, _of_day(frame, newest.opened_at), "")
    )


def _of_day(frame: DocumentFrame, moment: datetime) -> DocumentFrame:
    """A signed text keeps its day, and is no draft."""
    return replace(frame, date=clock.local(moment).date(), draft_label="")
