"""Receive signed reports: take them, give them back section by section with reasons, open them again."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from emulation.inbox.domain import notices
from emulation.lib import clock, vietnamese
from emulation.lib.verdict import ALLOWED, Verdict, enforce, first_refusal, refuse
from emulation.organisation.actors import Actor
from emulation.records.domain import audit
from emulation.records.events import Event
from emulation.reports import policies
from emulation.reports.domain import feeding
from emulation.reports.domain.material import signed_version
from emulation.reports.domain.report_kind import locked
from emulation.reports.enums import BlocReportState, Ruling
from emulation.reports.models import BlocReport, Report, ReportVersion, Review
from emulation.reports.texts import report_of
from emulation.reports.workflow import REPORT


@dataclass(frozen=True)
class _Act:
    """One of the three things that a reviewer does."""

    verb: str
    ruling: Ruling
    event: Event
    said: str


_ACCEPT = _Act("accept", Ruling.ACCEPTED, Event.REPORT_ACCEPTED, "đã được tiếp nhận")
_GIVE_BACK = _Act("return", Ruling.RETURNED, Event.REPORT_RETURNED, "được trả lại để sửa")
_REOPEN = _Act("reopen", Ruling.REOPENED, Event.REPORT_REOPENED, "được mở lại để sửa")


@transaction.atomic
def accept(report: Report, *, actor: Actor) -> Report:
    """Take a report for the bloc. Raises `Refused`."""
    report = locked(report.pk)
    enforce(policies.may_receive(report, actor))
    return _rule(report, actor, _ACCEPT)


@transaction.atomic
def give_back(report: Report, *, actor: Actor, reason: str, sections: Mapping[str, str]) -> Report:
    """Give a report back for repair: what is to be mended, as a whole and by section. It does not become late by that.

    Raises `Refused`, `ValidationError` ("reason").
    """
    BlocReport.objects.select_for_update(of=("self",)).filter(period=report.period_id).first()
    report = locked(report.pk)
    enforce(first_refusal(policies.may_receive(report, actor), may_be_mended(report)))
    return _rule(report, actor, _GIVE_BACK, reason, sections)


@transaction.atomic
def reopen(report: Report, *, actor: Actor, reason: str) -> Report:
    """Let a unit mend a report that was taken already. Raises `Refused`, `ValidationError` ("reason")."""
    BlocReport.objects.select_for_update(of=("self",)).filter(period=report.period_id).first()
    report = locked(report.pk)
    enforce(first_refusal(policies.may_reopen(report, actor), may_be_mended(report)))
    return _rule(report, actor, _REOPEN, reason)


def may_be_mended(report: Report) -> Verdict:
    """Not while the bloc's report waits for its signature: it would be signed with words and figures that are being taken back."""
    if BlocReport.objects.filter(period=report.period_id, state=BlocReportState.SIGNING).exists():
        return refuse(_("Báo cáo của khối đang chờ khối trưởng ký; khối trưởng lấy lại rồi mới trả lại, mở lại báo cáo đơn vị."))
    return ALLOWED


def _rule(report: Report, actor: Actor, act: _Act, reason: str = "", sections: Mapping[str, str] | None = None) -> Report:
    version = signed_version(report)
    assert version is not None
    text = vietnamese.nfc(reason).strip()[:2000]
    if act.ruling != Ruling.ACCEPTED and not text:
        raise ValidationError({"reason": _("Ghi lý do.")})
    row = Review.objects.create(
        report=report,
        version=version,
        ruling=act.ruling,
        reason=text,
        sections=_named(version, sections or {}),
        at=clock.now(),
        label=actor.label[:300],
    )
    report.state, report.returned_because = REPORT.target(act.verb), text
    report.save(update_fields=["state", "returned_because"])
    words = f"{report.period.title}: báo cáo của {report.unit.name} {act.said}.{f' Lý do: {text}' if text else ''}"
    notices.tell_units([report.unit_id], words, path=reverse("report", args=[report.pk]), except_users={actor.user_id})
    if act.ruling != Ruling.ACCEPTED:
        feeding.tell_fed(report, f"báo cáo của {report.unit.name} {act.said}.", actor=actor)
    audit.log(act.event, stream=report.stream, actor=actor, version=version.number, reason=text, sections=row.sections)
    return report


def _named(version: ReportVersion, sections: Mapping[str, str]) -> dict[str, str]:
    """The remarks on sections that the version has, without empty ones."""
    known = {section.key for section in report_of(version.content).sections}
    said = {key: vietnamese.nfc(words).strip()[:2000] for key, words in sections.items() if key in known}
    return {key: words for key, words in said.items() if words}
