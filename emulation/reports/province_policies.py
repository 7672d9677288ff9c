"""Who may do what with a province's summary of reports. Each question gives its reason."""

from django.utils.translation import gettext as _

from emulation.lib.verdict import ALLOWED, Verdict, refuse
from emulation.organisation.actors import Actor
from emulation.reports.enums import ProvinceReportState
from emulation.reports.models import ProvinceReport
from emulation.reports.workflow import PROVINCE_REPORT


def may_start_province_report(periods: int, actor: Actor | None) -> Verdict:
    """The standing office, once so many of its blocs report on it, at least one."""
    if not (actor and actor.is_office):
        return refuse(_("Báo cáo tổng hợp của tỉnh do cơ quan thường trực lập."))
    return ALLOWED if periods else refuse(_("Chưa khối nào của tỉnh mở kỳ báo cáo này."))


def may_gather_blocs(report: ProvinceReport, actor: Actor | None) -> Verdict:
    """The office takes in what blocs have sent, as often as it likes, until it is opened for signing."""
    return _of_office(report, "gather", actor)


def may_edit_province_report(report: ProvinceReport, actor: Actor | None) -> Verdict:
    """The office edits what was gathered."""
    return _of_office(report, "edit", actor)


def may_open_province_report(report: ProvinceReport, actor: Actor | None) -> Verdict:
    """The office opens it for a provincial leader's signature."""
    return _of_office(report, "open_signing", actor)


def may_reopen_province_report(report: ProvinceReport, actor: Actor | None) -> Verdict:
    """The office mends what was signed, with a reason; it is signed once more then."""
    return _of_office(report, "reopen", actor)


def leads_province_report(report: ProvinceReport, actor: Actor | None) -> Verdict:
    """Everybody of the province's own standing office."""
    if actor and actor.unit_id == report.office_id:
        return ALLOWED
    return refuse(_("Báo cáo tổng hợp của tỉnh do cơ quan thường trực lập."))


def _of_office(report: ProvinceReport, verb: str, actor: Actor | None) -> Verdict:
    if not (verdict := leads_province_report(report, actor)):
        return verdict
    if PROVINCE_REPORT.allows(verb, report.state):
        return ALLOWED
    reasons = {
        ProvinceReportState.DRAFT: _("Báo cáo đang tổng hợp."),
        ProvinceReportState.SIGNING: _("Báo cáo đang chờ lãnh đạo Công an tỉnh ký; muốn sửa phải lấy lại."),
        ProvinceReportState.SIGNED: _("Báo cáo đã ký; muốn sửa phải mở lại."),
    }
    return refuse(reasons[ProvinceReportState(report.state)])
