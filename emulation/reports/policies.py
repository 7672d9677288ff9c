"""Who may do what with periods and reports. Each question gives its reason."""

from django.utils.translation import gettext as _

from blocs.models import BlocYear
from emulation.lib.verdict import ALLOWED, Verdict, refuse
from emulation.organisation.actors import Actor
from emulation.organisation.models import Unit
from emulation.reports.enums import HANDED_IN, WRITABLE, ReportState
from emulation.reports.models import Report, ReportPeriod
from emulation.reports.workflow import REPORT
from scoring.report_texts import OutlineText

# --- Periods ---------------------------------------------------------------------------------------------------------------------


def may_open_period(bloc_year: BlocYear, outline: OutlineText | None, actor: Actor | None) -> Verdict:
    """The leader unit or the bloc's office asks for reports once the outline, with its sections, is agreed on."""
    if not (verdict := leading(bloc_year, actor)):
        return verdict
    if outline is None:
        return refuse(_("Chưa có đề cương báo cáo đã thông qua, kèm khung báo cáo."))
    return ALLOWED


def may_change_period(period: ReportPeriod, actor: Actor | None) -> Verdict:
    """The same change its days, or take over a newer outline."""
    return leading(period.bloc_year, actor)


def may_extend(period: ReportPeriod, unit: Unit, actor: Actor | None) -> Verdict:
    """They give one unit a later day, with the reason; nobody gives it to himself."""
    if not (verdict := leading(period.bloc_year, actor)):
        return verdict
    if actor and actor.unit_id == unit.pk:
        return refuse(_("Đơn vị không tự gia hạn cho mình; cơ quan thường trực gia hạn."))
    if period.bloc_year.seat_of(unit.pk) is None:
        return refuse(_("Đơn vị không thuộc khối."))
    return ALLOWED


# --- Reports of units ------------------------------------------------------------------------------------------------------------


def may_open_desk(report: Report, actor: Actor | None) -> Verdict:
    """The pages on which a report is written are for its unit alone; others read what was signed."""
    if not report.is_own(actor):
        return refuse(_("Báo cáo do chính đơn vị viết."))
    return ALLOWED


def may_write(report: Report, actor: Actor | None) -> Verdict:
    """People of the unit write, from the day on which the period opens, until it is presented for signing; late as well."""
    if not (verdict := may_open_desk(report, actor)):
        return verdict
    if not report.period.is_open():
        return refuse(_("Kỳ báo cáo bắt đầu từ ngày %(day)s.") % {"day": f"{report.period.opens_on:%d/%m/%Y}"})
    if report.state in WRITABLE:
        return ALLOWED
    reasons = {
        ReportState.SIGNING: _("Báo cáo đang chờ chỉ huy ký; muốn sửa phải lấy lại."),
        ReportState.SUBMITTED: _("Báo cáo đã nộp; muốn sửa phải được trả lại."),
        ReportState.ACCEPTED: _("Báo cáo đã được tiếp nhận; nơi tiếp nhận mở lại khi cần sửa."),
        ReportState.LOCKED: _("Báo cáo của khối đã ký nên báo cáo này khóa; cơ quan thường trực mở lại khi cần sửa."),
    }
    return refuse(reasons[ReportState(report.state)])


def may_present(report: Report, actor: Actor | None) -> Verdict:
    """Whoever writes presents what was written to the commander for signing."""
    if not (verdict := may_write(report, actor)):
        return verdict
    if not REPORT.allows("present", report.state):
        return refuse(_("Báo cáo chưa viết gì."))
    return ALLOWED


def may_receive(report: Report, actor: Actor | None) -> Verdict:
    """Who takes a signed report for the bloc or gives it back: its reviewer (leader; for the leader the deputy), or the office."""
    if not (verdict := reviews(report, actor)):
        return verdict
    if report.state != ReportState.SUBMITTED:
        return refuse(_("Chỉ tiếp nhận hoặc trả lại báo cáo đã nộp."))
    return ALLOWED


def may_reopen(report: Report, actor: Actor | None) -> Verdict:
    """Its reviewer reopens an accepted report with a reason; one that the bloc's signed report is made of, only the office."""
    if not (verdict := reviews(report, actor)):
        return verdict
    if not REPORT.allows("reopen", report.state):
        return refuse(_("Chỉ mở lại báo cáo đã tiếp nhận hoặc đã khóa."))
    if report.state == ReportState.LOCKED and not is_own_office(report.period.bloc_year, actor):
        return refuse(_("Báo cáo của khối đã ký; chỉ cơ quan thường trực mở lại báo cáo đơn vị."))
    return ALLOWED


def is_handed_in(report: Report) -> bool:
    """Whether the newest signed version stands: not given back, not being written anew."""
    return report.state in HANDED_IN


# --- What several of them ask ----------------------------------------------------------------------------------------------------


def leading(bloc_year: BlocYear, actor: Actor | None) -> Verdict:
    """Who runs the bloc's reports: the leader unit and the bloc's office."""
    if is_own_office(bloc_year, actor) or (actor and actor.unit_id == bloc_year.leader.unit_id):
        return ALLOWED
    return refuse(_("Chỉ đơn vị khối trưởng hoặc cơ quan thường trực của khối điều hành việc báo cáo."))


def is_own_office(bloc_year: BlocYear, actor: Actor | None) -> Verdict:
    """Whether the actor works in the standing office that keeps this bloc."""
    if actor and actor.is_office and actor.unit_id == bloc_year.bloc.standing_office_id:
        return ALLOWED
    return refuse(_("Chỉ cơ quan thường trực của khối làm việc này."))


def reviews(report: Report, actor: Actor | None) -> Verdict:
    """Who receives the report: its reviewer, and the bloc's office."""
    if is_own_office(report.period.bloc_year, actor):
        return ALLOWED
    reviewer = report.period.reviewer_of(report.unit_id)
    if actor and actor.unit_id == reviewer.pk:
        return ALLOWED
    return refuse(_("Chỉ %(unit)s hoặc cơ quan thường trực tiếp nhận báo cáo này.") % {"unit": reviewer.name})
