"""Open the checked report of a bloc for its leader's signature: one version is kept and frozen."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from blocs.domain import form_check, previews
from blocs.domain.snapshots import province_of
from blocs.enums import BLOC_WORDS, BlocWord
from emulation.lib import clock, vietnamese
from emulation.lib.verdict import ALLOWED, Refused, Verdict, enforce, refuse
from emulation.organisation.actors import Actor
from emulation.organisation.domain import units
from emulation.organisation.enums import MandateScope
from emulation.pdf import frame as page
from emulation.pdf import pictures
from emulation.pdf.fonts import describe, missing_characters
from emulation.pdf.frame import DocumentFrame, Verification
from emulation.records.domain import audit
from emulation.records.events import Event
from emulation.reports import bloc_policies as policies
from emulation.reports.documents.printed import NUMBER_BY_PEN
from emulation.reports.documents.report import report_html
from emulation.reports.domain import bloc_reports, bloc_text
from emulation.reports.domain.bloc_report_kind import KIND
from emulation.reports.domain.passages import Gathered
from emulation.reports.models import BlocReport, BlocReportVersion
from emulation.reports.texts import ReportText
from emulation.reports.workflow import BLOC_REPORT
from emulation.signing.domain import freezing
from emulation.signing.domain.freezing import RoundPlan, SlotPlan
from emulation.signing.enums import SlotRole
from emulation.signing.models import SigningRound


@transaction.atomic
def open_signing(report: BlocReport, *, actor: Actor, without_because: str = "") -> SigningRound:
    """Keep a version, freeze it, open it for the leader's commander. `without_because`: why it goes out although units are missing.

    Raises `Refused`, `ValidationError` ("without_because").
    """
    report = bloc_reports.lock(report)
    enforce(policies.may_open_bloc_report(report, actor))
    known = bloc_text.gathered(report.period)
    report.without_because = vietnamese.nfc(without_because).strip()[:1000]
    _demand_reason(report, known)
    text = bloc_text.text_of(report, known)
    for verdict in (_as_checked(report, text), bloc_reports.DESK.settled(report, known), printable(text), signable(report)):
        if not verdict:
            raise Refused(verdict)
    version = _kept(report, known, text, actor)
    report.state, report.changed_at = BLOC_REPORT.target("open_signing"), clock.now()
    report.save(update_fields=["state", "changed_at", "without_because"])

    def print_page(fields: list[str], verification: Verification) -> str:
        return report_html(text, frame_of(report, fields=fields, verification=verification))

    signing_round = freezing.open_round(_plan(report, text), actor=actor, print_page=print_page)
    told = {"version": version.number, "sha256": version.sha256, "missing": known.missing, "reason": report.without_because}
    audit.log(Event.BLOC_REPORT_OPENED, stream=report.stream, actor=actor, **told)
    return signing_round


def _demand_reason(report: BlocReport, known: Gathered) -> None:
    """Units that are missing need one."""
    if known.missing and not report.without_because:
        words = _("Còn thiếu báo cáo của %(units)s; ghi lý do gửi khi còn thiếu.") % {"units": ", ".join(known.missing)}
        raise ValidationError({"without_because": words})


def _as_checked(report: BlocReport, text: ReportText) -> Verdict:
    """Whether it says what the deputy unit has checked."""
    if text.sha256 == report.checked_sha256:
        return ALLOWED
    words = _("Từ lúc kiểm tra đã có báo cáo đơn vị mới nộp hoặc trả lại, số liệu đã khác; khối phó kiểm tra lại rồi mở ký.")
    return refuse(words)


def _kept(report: BlocReport, known: Gathered, text: ReportText, actor: Actor) -> BlocReportVersion:
    last = report.versions.order_by("-number").first()
    return BlocReportVersion.objects.create(
        report=report,
        number=last.number + 1 if last else 1,
        outline=report.period.outline,
        content=text.to_json(),
        sha256=text.sha256,
        sources={str(source.unit): source.version for source in known.sources},
        opened_at=clock.now(),
        opened_label=actor.label[:300],
    )


def _plan(report: BlocReport, text: ReportText) -> RoundPlan:
    day, leader = clock.today(), report.period.bloc_year.leader
    return RoundPlan(
        kind=KIND,
        subject_id=report.pk,
        title=text.title,
        body_name=report.period.bloc_year.full_name,
        document_date=day,
        clause_count=sum(section.level == 1 for section in text.sections),
        content_sha256=text.sha256,
        slots=[SlotPlan(leader.unit, leader.unit.name_on(day), SlotRole.LEADER, leader.role_name)],
    )


def preview(report: BlocReport, folder: str) -> previews.Preview:
    """The report as it would print now, kept in this folder of previews."""
    html = report_html(bloc_text.text_of(report), frame_of(report, draft_label="DỰ THẢO"))
    key, pdf = previews.rendered(folder, html)
    return previews.Preview(key, pictures.page_count(pdf))


def signable(report: BlocReport) -> Verdict:
    """Whether the leader unit has a commander who can sign."""
    leader = report.period.bloc_year.leader
    if not form_check.signers_of([leader.unit_id], MandateScope.REPORT).exists():
        return refuse(_("%(unit)s chưa có chỉ huy nào được ký.") % {"unit": leader.unit.name})
    return ALLOWED


def printable(text: ReportText) -> Verdict:
    """Whether every character can be printed."""
    said = " ".join([text.title, *text.addressed_to, *text.recipients, *(_words(text))])
    if missing := missing_characters(said):
        shown = ", ".join(describe(char) for char in missing[:5])
        return refuse(_("Ký tự không in được: %(chars)s. Đồng chí xóa hoặc thay ký tự này.") % {"chars": shown})
    return ALLOWED


def _words(text: ReportText) -> list[str]:
    return [words for section in text.sections for words in (section.text, *(item.text for item in section.items))]


def frame_of(
    report: BlocReport, *, fields: list[str] | None = None, verification: Verification | None = None, draft_label: str = ""
) -> DocumentFrame:
    """The frame for printing: the bloc under its province, the leader for all (Decree 30/2020, art. 13)."""
    bloc_year, day = report.period.bloc_year, clock.today()
    province, leader = province_of(bloc_year), bloc_year.leader
    body = f"TM. {BLOC_WORDS[BlocWord(bloc_year.word)]} thi đua"
    seat = page.Seat(str(leader.unit_id), leader.role_name, body, (fields or ["sig-1"])[0], signer=leader.unit.name_on(day))
    return DocumentFrame(
        agency=province.name_on(day) if province else "",
        bloc_name=bloc_year.full_name,
        place=report.place,
        date=day,
        year=bloc_year.year_id,
        number=report.number or NUMBER_BY_PEN,
        seats=[seat],
        is_demonstration=units.is_demonstration(),
        draft_label=draft_label,
        verification=verification,
    )
