"""Who may watch over the work of others on boards. Each question gives its reason."""

from django.utils.translation import gettext as _

from blocs.enums import SeatRole
from blocs.models import BlocYear
from emulation.lib.verdict import ALLOWED, Verdict, refuse
from emulation.organisation.actors import Actor


def may_watch_bloc(bloc_year: BlocYear, actor: Actor | None) -> Verdict:
    """Leader and deputies of the bloc, its office and the leaders of its province."""
    seat = bloc_year.seat_of(actor.unit_id) if actor else None
    if seat and seat.role != SeatRole.MEMBER:
        return ALLOWED
    office = bloc_year.standing_office
    if actor and (
        (actor.is_office and actor.unit_id == office.pk) or (actor.is_provincial_leader and actor.unit_id == office.parent_id)
    ):
        return ALLOWED
    return refuse(_("Bảng này dành cho khối trưởng, khối phó, cơ quan thường trực và lãnh đạo Công an tỉnh."))


def may_watch_province(actor: Actor | None) -> Verdict:
    """The standing office over the blocs that it keeps, provincial leaders over those of their province."""
    if actor and (actor.is_office or actor.is_provincial_leader):
        return ALLOWED
    return refuse(_("Bảng theo dõi dành cho cơ quan thường trực và lãnh đạo Công an tỉnh."))
