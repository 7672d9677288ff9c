"""Who may do what with the report of a bloc. Each question gives its reason."""

from django.utils.translation import gettext as _

from emulation.lib.verdict import ALLOWED, Verdict, refuse
from emulation.organisation.actors import Actor
from emulation.organisation.models import Unit
from emulation.reports.enums import BlocReportState
from emulation.reports.models import BlocReport
from emulation.reports.policies import is_own_office
from emulation.reports.workflow import BLOC_REPORT


def may_gather(report: BlocReport, actor: Actor | None) -> Verdict:
    """People of the leader unit take in what units have signed, as often as they like, until it is checked."""
    if not (verdict := _is_leader(report, actor)):
        return verdict
    return _is(report, "gather")


def may_edit_bloc_report(report: BlocReport, actor: Actor | None) -> Verdict:
    """They edit what was gathered; a report that was checked is to be checked again then."""
    if not (verdict := _is_leader(report, actor)):
        return verdict
    return _is(report, "edit")


def may_check_bloc_report(report: BlocReport, actor: Actor | None) -> Verdict:
    """The deputy unit checks it; without a deputy the standing office."""
    if not (verdict := _is_checker(report, actor)):
        return verdict
    return _is(report, "check")


def may_open_bloc_report(report: BlocReport, actor: Actor | None) -> Verdict:
    """People of the leader unit open the checked report for the signature of their commander."""
    if not (verdict := _is_leader(report, actor)):
        return verdict
    return _is(report, "open_signing")


def may_return_bloc_report(report: BlocReport, actor: Actor | None) -> Verdict:
    """Who checks it gives it back instead, the bloc's office what was sent; either with a reason."""
    if report.state == BlocReportState.SENT:
        if not is_own_office(report.period.bloc_year, actor):
            return refuse(_("Báo cáo đã gửi chỉ cơ quan thường trực của khối trả lại."))
    elif not (verdict := _is_checker(report, actor)):
        return verdict
    return _is(report, "return")


def _is_leader(report: BlocReport, actor: Actor | None) -> Verdict:
    leader = report.period.bloc_year.leader
    if actor and actor.unit_id == leader.unit_id:
        return ALLOWED
    return refuse(_("Báo cáo của khối do %(unit)s tổng hợp.") % {"unit": leader.unit.name})


def _is_checker(report: BlocReport, actor: Actor | None) -> Verdict:
    checker = _checker(report)
    if actor and actor.unit_id == checker.pk:
        return ALLOWED
    return refuse(_("Báo cáo của khối do %(unit)s kiểm tra.") % {"unit": checker.name})


def _checker(report: BlocReport) -> Unit:
    return report.period.reviewer_of(report.period.bloc_year.leader.unit_id)


def _is(report: BlocReport, verb: str) -> Verdict:
    if BLOC_REPORT.allows(verb, report.state):
        return ALLOWED
    if report.state == BlocReportState.DRAFT:
        return refuse(_("Báo cáo chưa được kiểm tra; chờ %(unit)s.") % {"unit": _checker(report).name})
    reasons = {
        BlocReportState.GATHERING: _("Chưa tổng hợp từ báo cáo của các đơn vị."),
        BlocReportState.CHECKED: _("Báo cáo đã được kiểm tra."),
        BlocReportState.RETURNED: _("Báo cáo đã trả lại, chờ khối trưởng sửa."),
        BlocReportState.SIGNING: _("Báo cáo đang chờ khối trưởng ký; muốn sửa phải lấy lại."),
        BlocReportState.SENT: _("Báo cáo đã ký và gửi; cơ quan thường trực trả lại khi cần sửa."),
    }
    return refuse(reasons[BlocReportState(report.state)])
