"""Who may do what with the joint activities of a bloc. Each question gives its reason."""

from django.utils.translation import gettext as _

from blocs.models import BlocYear
from emulation.lib.verdict import ALLOWED, Verdict, refuse
from emulation.organisation.actors import Actor
from emulation.reports import policies
from emulation.reports.models import Activity


def may_enter_activity(bloc_year: BlocYear, actor: Actor | None) -> Verdict:
    """Every unit of the bloc enters what it hosted; the leader unit and the bloc's office whatever the bloc did."""
    if policies.leading(bloc_year, actor) or (actor and bloc_year.seat_of(actor.unit_id)):
        return ALLOWED
    return refuse(_("Chỉ đơn vị trong khối hoặc cơ quan thường trực của khối ghi hoạt động chung."))


def may_enter_for(bloc_year: BlocYear, host_id: int, actor: Actor | None) -> Verdict:
    """A member names nobody but itself as the host."""
    if not (verdict := may_enter_activity(bloc_year, actor)):
        return verdict
    if policies.leading(bloc_year, actor) or (actor and actor.unit_id == host_id):
        return ALLOWED
    return refuse(
        _("Đơn vị thành viên ghi hoạt động do mình chủ trì; hoạt động khác do khối trưởng hoặc cơ quan thường trực ghi.")
    )


def may_change_activity(activity: Activity, actor: Actor | None) -> Verdict:
    """Its host, the leader unit and the bloc's office."""
    return may_enter_for(activity.bloc_year, activity.host_id, actor)


def may_count_activity(bloc_year: BlocYear, actor: Actor | None) -> Verdict:
    """Which criterion an activity counts for, only who runs the bloc says: it gives every unit of the bloc a number."""
    if policies.leading(bloc_year, actor):
        return ALLOWED
    return refuse(_("Chỉ đơn vị khối trưởng hoặc cơ quan thường trực của khối chọn tiêu chí mà hoạt động được tính."))
