"""What somebody may take with him of a report: its text as he may read it, with the frame to print it in."""

from dataclasses import dataclass, replace

from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.pdf.frame import DocumentFrame
from emulation.reports.domain import material, presenting
from emulation.reports.enums import WRITABLE
from emulation.reports.models import Report
from emulation.reports.texts import ReportText, report_of

DRAFT = "DỰ THẢO"


@dataclass(frozen=True)
class Readable:
    """A report's text; `mark` is "DỰ THẢO" while nobody has signed it."""

    text: ReportText
    mark: str


def readable(report: Report, actor: Actor) -> Readable:
    """To its unit what is written or waits for the signature, to everybody else the newest signed version.

    Raises `Report.DoesNotExist` where there is none for him.
    """
    signed = material.signed_version(report)
    if report.is_own(actor):
        if report.state in WRITABLE:
            return Readable(material.text_of(report), DRAFT)
        newest = report.versions.order_by("-number").first()
        if newest and newest != signed:
            return Readable(report_of(newest.content), DRAFT)
    if signed is None:
        raise Report.DoesNotExist
    return Readable(report_of(signed.content), "")


def frame(report: Report, mark: str) -> DocumentFrame:
    """The frame of a copy: who is to sign stands there in words, since a copy holds no signature. A signed text keeps its day."""
    found = presenting.frame_of(report, draft_label=mark, originals=1)
    signed = None if mark else material.signed_version(report)
    return replace(found, date=clock.local(signed.presented_at).date()) if signed else found
