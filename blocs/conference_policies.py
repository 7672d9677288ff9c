"""Who may plan, record and conclude a conference, report on a directive, write minutes: one function a verb."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.enums import ConferenceState, MinutesState, SeatRole
from blocs.models import BlocYear, Conference, DirectiveTask, Minutes
from blocs.workflow import CONFERENCE, MINUTES
from emulation.lib import clock
from emulation.lib.verdict import ALLOWED, Verdict, refuse
from emulation.organisation.actors import Actor

_STATE_REASONS = {
    ConferenceState.PLANNED: gettext_lazy("Hội nghị chưa họp: ghi nhận hội nghị đã họp trước."),
    ConferenceState.HELD: gettext_lazy("Hội nghị đã họp."),
    ConferenceState.CLOSED: gettext_lazy("Hội nghị đã kết thúc; muốn sửa thì mở lại kết quả hội nghị."),
}


def may_plan_conference(bloc_year: BlocYear, actor: Actor | None) -> Verdict:
    """Leader and deputy unit organise the bloc's conferences, or the bloc's own standing office; units may do without any."""
    return _organises(bloc_year, actor)


def may_change_conference(conference: Conference, actor: Actor | None) -> Verdict:
    """Time, place, agenda and documents: by those who organise it, until it is concluded."""
    if conference.state == ConferenceState.CLOSED:
        return refuse(str(_STATE_REASONS[ConferenceState.CLOSED]))
    return _records(conference, actor)


def may_invite(conference: Conference, actor: Actor | None) -> Verdict:
    """Those who organise it send the invitations, again after a change, until it is held."""
    if conference.state != ConferenceState.PLANNED:
        return refuse(str(_STATE_REASONS[ConferenceState(conference.state)]))
    return _organises(conference.bloc_year, actor)


def may_call_off(conference: Conference, actor: Actor | None) -> Verdict:
    """Those who organise it may call it off before it is held."""
    return may_invite(conference, actor)


def may_hold(conference: Conference, actor: Actor | None) -> Verdict:
    """From its hour on, those who organise it or its secretary record that it was held."""
    if not CONFERENCE.allows("hold", conference.state):
        return refuse(str(_STATE_REASONS[ConferenceState(conference.state)]))
    if not (verdict := _records(conference, actor)):
        return verdict
    if clock.local(conference.starts_at).date() > clock.today():
        return refuse(_("Chưa đến ngày họp: sửa thời gian nếu hội nghị họp sớm hơn."))
    return ALLOWED


def may_record_outcomes(conference: Conference, actor: Actor | None) -> Verdict:
    """Votes, directives and photographs are recorded while it is held, by those who organise it or its secretary."""
    if conference.state != ConferenceState.HELD:
        return refuse(str(_STATE_REASONS[ConferenceState(conference.state)]))
    return _records(conference, actor)


def may_close(conference: Conference, actor: Actor | None) -> Verdict:
    """Those who organise it or its secretary conclude it; whether there was a quorum is asked by the verb."""
    if not CONFERENCE.allows("close", conference.state):
        return refuse(str(_STATE_REASONS[ConferenceState(conference.state)]))
    return _records(conference, actor)


def may_reopen_conference(conference: Conference, minutes: Minutes | None, actor: Actor | None) -> Verdict:
    """What was recorded may be corrected as long as the minutes are not frozen."""
    if not CONFERENCE.allows("reopen", conference.state):
        return refuse(_("Hội nghị chưa kết thúc."))
    if minutes and minutes.state != MinutesState.DRAFT:
        return refuse(_("Biên bản đang ký hoặc đã ký: không sửa kết quả hội nghị được nữa."))
    return _records(conference, actor)


def may_report(task: DirectiveTask, actor: Actor | None) -> Verdict:
    """Anybody of the unit reports what it has done about a directive, and corrects the report."""
    if task.directive.conference.state == ConferenceState.PLANNED:
        return refuse(str(_STATE_REASONS[ConferenceState.PLANNED]))
    if actor is None or actor.unit_id != task.unit_id:
        return refuse(_("Việc này do đơn vị được giao báo kết quả."))
    return ALLOWED


def may_check_readiness(conference: Conference, actor: Actor | None) -> Verdict:
    """Those who organise it look whether everybody who is to sign can; it speaks of people's accounts, so nobody else does."""
    return _organises(conference.bloc_year, actor)


def may_write_minutes(conference: Conference, minutes: Minutes | None, actor: Actor | None) -> Verdict:
    """Once it is concluded, those who organise it or its secretary write the minutes, until they are frozen."""
    if conference.state != ConferenceState.CLOSED:
        return refuse(_("Kết thúc hội nghị rồi mới lập biên bản."))
    if minutes and minutes.state != MinutesState.DRAFT:
        return refuse(_("Biên bản đang ký hoặc đã ký, không sửa được nữa."))
    return _records(conference, actor)


def may_open_minutes(minutes: Minutes, actor: Actor | None) -> Verdict:
    """Those who may write the minutes freeze them for signing; only secretary and chair sign."""
    if not MINUTES.allows("open_signing", minutes.state):
        return refuse(_("Biên bản đang ký hoặc đã ký, không sửa được nữa."))
    return may_write_minutes(minutes.conference, minutes, actor)


def may_lead_minutes(conference: Conference, actor: Actor | None) -> Verdict:
    """Those who may write the minutes also watch over their signing, and void it."""
    if _records(conference, actor):
        return ALLOWED
    return refuse(_("Chỉ khối trưởng, khối phó, cơ quan thường trực và thư ký hội nghị được mở lại biên bản đang ký."))


def _organises(bloc_year: BlocYear, actor: Actor | None) -> Verdict:
    if actor and actor.is_office and bloc_year.bloc.standing_office_id == actor.unit_id:
        return ALLOWED
    seat = bloc_year.seat_of(actor.unit_id) if actor else None
    if seat is None or seat.role == SeatRole.MEMBER:
        return refuse(_("Chỉ đơn vị khối trưởng, khối phó và cơ quan thường trực được tổ chức hội nghị của khối."))
    return ALLOWED


def _records(conference: Conference, actor: Actor | None) -> Verdict:
    if actor and actor.position and conference.secretary_id == actor.position.pk:
        return ALLOWED
    if _organises(conference.bloc_year, actor):
        return ALLOWED
    return refuse(_("Chỉ khối trưởng, khối phó, cơ quan thường trực và thư ký hội nghị được ghi nội dung này."))
