"""Make a province's summary of reports: start it, gather what blocs sent, edit it (`DESK`), open it for signing, mend what was signed."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from blocs.domain import form_check, previews
from emulation.inbox.domain import notices
from emulation.lib import clock, vietnamese
from emulation.lib.verdict import ALLOWED, Refused, Verdict, enforce, refuse
from emulation.organisation.actors import Actor
from emulation.organisation.domain import units
from emulation.organisation.enums import MandateScope
from emulation.pdf import frame as page
from emulation.pdf import pictures
from emulation.pdf.frame import DocumentFrame, Verification
from emulation.records.domain import audit
from emulation.records.events import Event
from emulation.reports import merging
from emulation.reports import province_policies as policies
from emulation.reports.by_heading import by_heading, united
from emulation.reports.documents.printed import NUMBER_BY_PEN
from emulation.reports.documents.report import report_html
from emulation.reports.domain import province_text
from emulation.reports.domain.bloc_signing import printable
from emulation.reports.domain.passages import Desk, store
from emulation.reports.domain.province_kind import KIND, locked
from emulation.reports.enums import BlocReportState, ProvinceReportState
from emulation.reports.models import (
    BlocReportVersion,
    ProvincePassage,
    ProvinceReport,
    ProvinceReportVersion,
    ReportPeriod,
)
from emulation.reports.models.periods import title_of
from emulation.reports.texts import ReportText, report_of
from emulation.reports.workflow import PROVINCE_REPORT
from emulation.signing.domain import freezing
from emulation.signing.domain.freezing import RoundPlan, SlotPlan
from emulation.signing.enums import SlotRole
from emulation.signing.models import SigningRound
from scoring.enums import SectionContent


@dataclass(frozen=True)
class Offer:
    """A period of the province's blocs of which a summary can be made: how many blocs report, how many have sent."""

    year: int
    kind: str
    name: str
    blocs: int
    sent: int

    @property
    def title(self) -> str:
        return title_of(self.kind, self.name, self.year)


def offers(actor: Actor) -> list[Offer]:
    """All that the blocs in the actor's sight report on, the newest year first; one query."""
    sent = Count("pk", filter=Q(bloc_report__state=BlocReportState.SENT))
    rows = ReportPeriod.objects.visible_to(actor).order_by()
    found = rows.values_list("bloc_year__year", "kind", "name").annotate(blocs=Count("pk"), sent=sent)
    return [Offer(*row) for row in sorted(found, key=lambda row: (-row[0], row[1], row[2]))]


@transaction.atomic
def start(year: int, kind: str, name: str = "", *, actor: Actor) -> ProvinceReport:
    """The summary of this kind of report in this year, made of what blocs have sent so far; one that is there already stays.

    Raises `Refused`.
    """
    periods = sum(row.blocs for row in offers(actor) if (row.year, row.kind, row.name) == (year, kind, name))
    enforce(policies.may_start_province_report(periods, actor))
    given = {"office": actor.unit, "year_id": year, "kind": kind, "name": name}
    report, fresh = ProvinceReport.objects.get_or_create(**given, defaults={"opened_by": actor.user, **_head(actor)})
    if fresh:
        audit.log(Event.PROVINCE_REPORT_STARTED, stream=report.stream, actor=actor, year=year, kind=kind, name=name)
        report = gather(report, actor=actor)
    return report


@transaction.atomic
def gather(report: ProvinceReport, *, actor: Actor) -> ProvinceReport:
    """Take in what blocs have sent since. Passages that are there stay as they were edited. Raises `Refused`."""
    report = locked(report.pk)
    enforce(policies.may_gather_blocs(report, actor))
    known = province_text.gathered(report)
    fresh = [
        ProvincePassage(
            report=report,
            section=row.section,
            bloc_year_id=row.source.unit,
            source_id=row.source.version,
            text=row.text,
            changed_at=clock.now(),
        )
        for row in DESK.fresh(report, known)
    ]
    ProvincePassage.objects.bulk_create(fresh)
    if fresh:
        store(report)
        told = {"passages": len(fresh), "blocs": [source.unit for source in known.sources], "missing": known.missing}
        audit.log(Event.PROVINCE_REPORT_GATHERED, stream=report.stream, actor=actor, **told)
    return report


@transaction.atomic
def open_signing(report: ProvinceReport, *, actor: Actor) -> SigningRound:
    """Keep a version, freeze it, open it for a provincial leader, and tell them. Raises `Refused`."""
    report = locked(report.pk)
    enforce(policies.may_open_province_report(report, actor))
    known = province_text.gathered(report)
    text = province_text.text_of(report, known)
    for verdict in (_settled(report, known), printable(text), signable(report)):
        if not verdict:
            raise Refused(verdict)
    version = _kept(report, known, text, actor)
    report.state = ProvinceReportState(PROVINCE_REPORT.target("open_signing"))
    store(report, "state")

    def print_page(fields: list[str], verification: Verification) -> str:
        return report_html(text, frame_of(report, fields=fields, verification=verification))

    signing_round = freezing.open_round(_plan(report, text), actor=actor, print_page=print_page)
    words = f"Báo cáo tổng hợp của tỉnh chờ lãnh đạo Công an tỉnh ký: {report.period_title}."
    path = reverse("province_report", args=[report.pk])
    notices.tell_units([report.province.pk], words, path=path, except_users={actor.user_id})
    told = {"version": version.number, "sha256": version.sha256, "missing": known.missing}
    audit.log(Event.PROVINCE_REPORT_OPENED, stream=report.stream, actor=actor, **told)
    return signing_round


@transaction.atomic
def reopen(report: ProvinceReport, *, actor: Actor, reason: str) -> ProvinceReport:
    """The office mends what was signed; it is signed once more. Raises `Refused`, `ValidationError` ("reason")."""
    report = locked(report.pk)
    enforce(policies.may_reopen_province_report(report, actor))
    text = vietnamese.nfc(reason).strip()[:2000]
    if not text:
        raise ValidationError({"reason": _("Ghi lý do.")})
    report.state, report.reopened_because = ProvinceReportState(PROVINCE_REPORT.target("reopen")), text
    store(report, "state", "reopened_because")
    words = f"Báo cáo tổng hợp của tỉnh được mở lại để sửa: {report.period_title}. Lý do: {text}"
    path = reverse("province_report", args=[report.pk])
    notices.tell_units([report.province.pk], words, path=path, except_users={actor.user_id})
    audit.log(Event.PROVINCE_REPORT_REOPENED, stream=report.stream, actor=actor, reason=text)
    return report


def preview(report: ProvinceReport, folder: str) -> previews.Preview:
    """The summary as it would print now, kept in this folder of previews."""
    key, pdf = previews.rendered(folder, report_html(province_text.text_of(report), frame_of(report, draft_label="DỰ THẢO")))
    return previews.Preview(key, pictures.page_count(pdf))


def signable(report: ProvinceReport) -> Verdict:
    """Whether the province has a leader who can sign."""
    if not form_check.signers_of([report.province.pk], MandateScope.REPORT).exists():
        return refuse(_("%(unit)s chưa có lãnh đạo nào được ký.") % {"unit": report.province.name})
    return ALLOWED


def frame_of(
    report: ProvinceReport, *, fields: list[str] | None = None, verification: Verification | None = None, draft_label: str = ""
) -> DocumentFrame:
    """The frame for printing: the province under its ministry, one place to sign; the position comes with the signature."""
    day, province = clock.today(), report.province
    return DocumentFrame(
        agency="Bộ Công an",
        bloc_name=province.name_on(day),
        place=report.place,
        date=day,
        year=report.year_id,
        number=report.number or NUMBER_BY_PEN,
        seats=[page.Seat(str(province.pk), "", "", (fields or ["sig-1"])[0], signer=province.name_on(day))],
        is_demonstration=units.is_demonstration(),
        draft_label=draft_label,
        verification=verification,
    )


def _head(actor: Actor) -> dict[str, str]:
    """What stands above and below such a report as a rule, for the office to change."""
    province = actor.unit.parent if actor.unit else None
    return {
        "place": province.short_name_on(clock.today()) if province else "",
        "addressed_to": "Bộ Công an (qua Cục Công tác đảng và công tác chính trị)",
        "recipients": "Như trên\nLãnh đạo Công an tỉnh\nCác khối thi đua\nLưu: VT",
    }


def _settled(report: ProvinceReport, known: province_text.Material) -> Verdict:
    """Something was sent; it was taken in, and looked at where it moved on."""
    if not known.sources:
        return refuse(_("Chưa khối nào gửi báo cáo."))
    return DESK.settled(report, known)


def _kept(report: ProvinceReport, known: province_text.Material, text: ReportText, actor: Actor) -> ProvinceReportVersion:
    last = report.versions.order_by("-number").first()
    return ProvinceReportVersion.objects.create(
        report=report,
        number=last.number + 1 if last else 1,
        content=text.to_json(),
        sha256=text.sha256,
        sources={str(source.unit): source.version for source in known.sources},
        opened_at=clock.now(),
        opened_label=actor.label[:300],
    )


def _plan(report: ProvinceReport, text: ReportText) -> RoundPlan:
    day, province = clock.today(), report.province
    return RoundPlan(
        kind=KIND,
        subject_id=report.pk,
        title=text.title,
        body_name=province.name_on(day),
        document_date=day,
        clause_count=sum(section.level == 1 for section in text.sections),
        content_sha256=text.sha256,
        slots=[SlotPlan(province, province.name_on(day), SlotRole.MEMBER, "Lãnh đạo Công an tỉnh")],
    )


def _said(versions: set[int]) -> dict[int, ReportText]:
    rows = BlocReportVersion.objects.filter(pk__in=versions)
    return {row.pk: province_text.in_one_voice(by_heading(report_of(row.content))) for row in rows}


def _own_place(report: ProvinceReport, section: str, item: str) -> ProvincePassage | None:
    known = province_text.gathered(report)
    asked = united([bloc.text for bloc in known.blocs if bloc.text])
    written = {row.key for row in asked if row.level > 1 and row.content != SectionContent.FIGURES}
    if section not in written or item:
        return None
    own = report.passages.filter(section=section, bloc_year=None).first()
    return own or ProvincePassage(report=report, section=section)


DESK = Desk[ProvinceReport, ProvincePassage](
    locked=locked,
    may_edit=policies.may_edit_province_report,
    begin=lambda _report: (),
    passages_of=province_text.passages_of,
    gathered=province_text.gathered,
    said=_said,
    offered=lambda _report, known: merging.passages(known.sources),
    own_place=_own_place,
    event=Event.PROVINCE_REPORT_CHANGED,
)
