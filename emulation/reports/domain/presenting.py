"""Present a report for signing: one version of it is kept, frozen and opened for the unit's commander, who hands it in by signing."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from blocs.domain import form_check
from blocs.domain.snapshots import province_of
from emulation.lib import clock
from emulation.lib.verdict import ALLOWED, Refused, Verdict, enforce, refuse
from emulation.organisation.actors import Actor
from emulation.organisation.domain import units
from emulation.organisation.enums import MandateScope
from emulation.pdf import frame as page
from emulation.pdf.frame import DocumentFrame, Verification
from emulation.records.domain import audit
from emulation.records.events import Event
from emulation.reports import faults as checks
from emulation.reports import policies
from emulation.reports.documents.printed import NUMBER_BY_PEN
from emulation.reports.documents.report import report_html
from emulation.reports.domain.material import text_of
from emulation.reports.domain.periods import outline_text
from emulation.reports.domain.report_kind import KIND
from emulation.reports.domain.writing import lock
from emulation.reports.faults import Fault
from emulation.reports.models import Report, ReportVersion
from emulation.reports.workflow import REPORT
from emulation.signing.domain import freezing, paper
from emulation.signing.domain.freezing import RoundPlan, SlotPlan
from emulation.signing.enums import SlotRole
from emulation.signing.models import SigningRound


def faults(report: Report) -> list[Fault]:
    """What is missing or contradicts itself, and hints."""
    outline = outline_text(report.period.outline)
    return checks.faults(text_of(report, outline), outline)


def complete(found: list[Fault]) -> Verdict:
    """Whether nothing keeps the report from being signed."""
    if missing := checks.blocking(found):
        return refuse(_("Còn %(n)d chỗ phải bổ sung trước khi ký.") % {"n": len(missing)})
    return ALLOWED


def signable(report: Report) -> Verdict:
    """Whether the unit has a commander who can sign."""
    if not form_check.signers_of([report.unit_id], MandateScope.REPORT).exists():
        return refuse(_("%(unit)s chưa có chỉ huy nào được ký.") % {"unit": report.unit.name})
    return ALLOWED


@transaction.atomic
def present(report: Report, *, actor: Actor, originals: int | None = None) -> SigningRound:
    """Keep a version, freeze it and open it for the commander's signature; `originals`: on so many papers, signed with a pen.

    Raises `Refused`.
    """
    report = lock(report, actor)
    enforce(policies.may_present(report, actor))
    outline = outline_text(report.period.outline)
    text = text_of(report, outline)
    for verdict in (complete(checks.faults(text, outline)), signable(report)):
        if not verdict:
            raise Refused(verdict)
    day = clock.today()
    last = report.versions.order_by("-number").first()
    version = ReportVersion.objects.create(
        report=report,
        number=last.number + 1 if last else 1,
        outline=report.period.outline,
        content=text.to_json(),
        sha256=text.sha256,
        presented_at=clock.now(),
        presented_label=actor.label[:300],
    )
    report.state, report.changed_at = REPORT.target("present"), clock.now()
    report.save(update_fields=["state", "changed_at"])
    plan = RoundPlan(
        kind=KIND,
        subject_id=report.pk,
        title=text.title,
        body_name=report.unit.name_on(day),
        document_date=day,
        clause_count=sum(section.level == 1 for section in text.sections),
        content_sha256=text.sha256,
        slots=[SlotPlan(report.unit, report.unit.name_on(day), SlotRole.MEMBER, "Chỉ huy đơn vị")],
        originals=originals,
    )

    def print_page(fields: list[str], verification: Verification) -> str:
        return report_html(text, frame_of(report, fields=fields, verification=verification, originals=originals or 0))

    signing_round = freezing.open_round(plan, actor=actor, print_page=print_page)
    audit.log(Event.REPORT_PRESENTED, stream=report.stream, actor=actor, version=version.number, sha256=version.sha256)
    return signing_round


def frame_of(
    report: Report,
    *,
    fields: list[str] | None = None,
    verification: Verification | None = None,
    draft_label: str = "",
    originals: int = 0,
) -> DocumentFrame:
    """The frame for printing: the unit under its province, one place to sign."""
    day, unit = clock.today(), report.unit
    province = province_of(report.period.bloc_year)
    return DocumentFrame(
        agency=province.name_on(day) if province else "",
        bloc_name=unit.name_on(day),
        place=report.place,
        date=day,
        year=report.period.bloc_year.year_id,
        number=report.number or NUMBER_BY_PEN,
        seats=[_seat(report, day, (fields or ["sig-1"])[0], on_paper=bool(originals))],
        is_demonstration=units.is_demonstration(),
        draft_label=draft_label,
        verification=verification,
        originals=originals,
    )


def _seat(report: Report, day: date, field: str, *, on_paper: bool) -> page.Seat:
    """Where the commander signs. His position comes with his signature; only on paper it is printed above the room for the pen."""
    holder = paper.holders([report.unit], day, KIND)[report.unit_id] if on_paper else None
    position, name = (holder.position, holder.name) if holder else ((), "")
    return page.Seat(str(report.unit_id), "", "", field, position, name, signer=report.unit.name_on(day))
