"""Make the report of a bloc: gather what units signed, edit it (`DESK`), have it checked, give it back."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from emulation.inbox.domain import notices
from emulation.lib import clock, vietnamese
from emulation.lib.verdict import enforce
from emulation.organisation.actors import Actor
from emulation.records.domain import audit
from emulation.records.events import Event
from emulation.reports import bloc_policies as policies
from emulation.reports import merging
from emulation.reports.domain import bloc_text, material
from emulation.reports.domain.bloc_report_kind import locked
from emulation.reports.domain.passages import Desk, Gathered, store
from emulation.reports.domain.periods import outline_text
from emulation.reports.enums import BlocReportState
from emulation.reports.models import BlocReport, Passage, ReportVersion
from emulation.reports.texts import ReportText, report_of
from emulation.reports.workflow import BLOC_REPORT
from scoring.domain import facts
from scoring.enums import MergeRule, SectionContent
from scoring.report_texts import OutlineText


@transaction.atomic
def gather(report: BlocReport, *, actor: Actor) -> BlocReport:
    """Take in what units have signed since. Passages that are there stay as they were edited. Raises `Refused`."""
    report = lock(report)
    enforce(policies.may_gather(report, actor))
    known = bloc_text.gathered(report.period)
    fresh = [
        Passage(
            report=report,
            section=row.section,
            item=row.item,
            unit_id=row.source.unit,
            source_id=row.source.version,
            text=row.text,
            changed_at=clock.now(),
        )
        for row in DESK.fresh(report, known)
    ]
    Passage.objects.bulk_create(fresh)
    if fresh or report.state == BlocReportState.GATHERING:
        report.state, report.returned_because, report.checked_label = BLOC_REPORT.target("gather"), "", ""
        store(report, "state", "returned_because", "checked_label")
        told = {"passages": len(fresh), "units": [source.unit for source in known.sources], "missing": known.missing}
        audit.log(Event.BLOC_REPORT_GATHERED, stream=report.stream, actor=actor, **told)
    return report


@transaction.atomic
def check(report: BlocReport, *, actor: Actor) -> BlocReport:
    """The deputy unit says that the report is right, as it stands at this moment. Raises `Refused`."""
    report = lock(report)
    enforce(policies.may_check_bloc_report(report, actor))
    report.state, report.checked_label, report.returned_because = BLOC_REPORT.target("check"), actor.label[:300], ""
    report.checked_sha256 = bloc_text.text_of(report).sha256
    store(report, "state", "checked_label", "checked_sha256", "returned_because")
    leader = report.period.bloc_year.leader.unit_id
    words = f"{report.period.title}: báo cáo của khối đã được kiểm tra, chờ khối trưởng ký."
    notices.tell_units([leader], words, path=reverse("bloc_report", args=[report.pk]), except_users={actor.user_id})
    audit.log(Event.BLOC_REPORT_CHECKED, stream=report.stream, actor=actor, sha256=report.checked_sha256)
    return report


@transaction.atomic
def give_back(report: BlocReport, *, actor: Actor, reason: str) -> BlocReport:
    """Who was to check it gives it back, the office what was sent; it does not become late by that.

    Raises `Refused`, `ValidationError` ("reason").
    """
    report = lock(report)
    enforce(policies.may_return_bloc_report(report, actor))
    text = vietnamese.nfc(reason).strip()[:2000]
    if not text:
        raise ValidationError({"reason": _("Ghi lý do.")})
    report.state, report.checked_label = BLOC_REPORT.target("return"), ""
    report.returned_because, report.returned_label = text, actor.label[:300]
    store(report, "state", "returned_because", "returned_label", "checked_label")
    presidium = [report.period.bloc_year.leader.unit_id, report.period.reviewer_of(report.period.bloc_year.leader.unit_id).pk]
    words = f"{report.period.title}: báo cáo của khối được trả lại để sửa. Lý do: {text}"
    notices.tell_units(presidium, words, path=reverse("bloc_report", args=[report.pk]), except_users={actor.user_id})
    audit.log(Event.BLOC_REPORT_RETURNED, stream=report.stream, actor=actor, reason=text)
    return report


def lock(report: BlocReport) -> BlocReport:
    """The report as it stands now, locked until the end of the transaction."""
    return locked(report.pk)


def _to_be_checked(report: BlocReport) -> tuple[str, str]:
    """Whoever edits has it checked again."""
    report.state, report.checked_label = BLOC_REPORT.target("edit"), ""
    return "state", "checked_label"


def _said(versions: set[int]) -> dict[int, ReportText]:
    return {version.pk: report_of(version.content) for version in ReportVersion.objects.filter(pk__in=versions)}


def _offered(report: BlocReport, known: Gathered) -> list[merging.Passage]:
    gathering = _gathering(outline_text(report.period.outline))
    return [row for row in merging.passages(known.sources) if row.section in gathering]


def _own_place(report: BlocReport, section: str, item: str) -> Passage | None:
    if section not in _written(outline_text(report.period.outline)) or not _has_item(report, item):
        return None
    own = report.passages.filter(section=section, item=item, unit=None).first()
    return own or Passage(report=report, section=section, item=item)


def _gathering(outline: OutlineText) -> set[str]:
    """The sections in which units' words are gathered."""
    return {row.key for row in outline.sections if row.parent and row.merge == MergeRule.GATHER}


def _written(outline: OutlineText) -> set[str]:
    """The sections in which the leader may write: all but tables."""
    return {row.key for row in outline.sections if row.parent and row.content != SectionContent.FIGURES}


def _has_item(report: BlocReport, item: str) -> bool:
    """Whether the covenant promises this; no item is the section itself."""
    covenant = facts.agreed_covenant(report.period.bloc_year_id) if item else None
    return not item or item in {row.key for row in material.commitments(covenant)}


DESK = Desk[BlocReport, Passage](
    locked=locked,
    may_edit=policies.may_edit_bloc_report,
    begin=_to_be_checked,
    passages_of=bloc_text.passages_of,
    gathered=lambda report: bloc_text.gathered(report.period),
    said=_said,
    offered=_offered,
    own_place=_own_place,
    event=Event.BLOC_REPORT_CHANGED,
)
