"""Who may keep accounts, units and bases for signing, and for whom."""

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from emulation.lib import clock
from emulation.lib.verdict import ALLOWED, Verdict, refuse
from emulation.organisation.actors import Actor
from emulation.organisation.enums import Capacity, Post
from emulation.organisation.models import Position, Unit, User


def may_keep_organisation(actor: Actor | None) -> Verdict:
    """Accounts, units and positions are kept by the standing office and by administrators."""
    if actor and (actor.is_office or actor.is_administrator):
        return ALLOWED
    return refuse(_("Chỉ cơ quan thường trực thi đua hoặc quản trị hệ thống được quản lý đơn vị, cán bộ và tài khoản."))


def may_change_account(user: User, actor: Actor | None) -> Verdict:
    """Names and closing of accounts: by the office, but for administrators' accounts by administrators only."""
    if not (verdict := may_keep_organisation(actor)):
        return verdict
    if user.is_superuser and not (actor and actor.is_administrator):
        return refuse(_("Tài khoản quản trị hệ thống chỉ do quản trị hệ thống sửa."))
    return ALLOWED


def may_reset(user: User, actor: Actor | None) -> Verdict:
    """A one-time link or an unlocking: by the office for anybody but itself and administrators; by administrators for all."""
    if not (verdict := may_keep_organisation(actor)):
        return verdict
    assert actor is not None
    if user.pk == actor.user_id:
        return refuse(_("Đồng chí tự đổi mật khẩu của mình ở mục “Đổi mật khẩu”."))
    if user.is_superuser and not actor.is_administrator:
        return refuse(_("Tài khoản quản trị hệ thống chỉ do quản trị hệ thống khác cấp lại."))
    return ALLOWED


def may_record_mandate(unit: Unit, actor: Actor | None) -> Verdict:
    """The basis for signing on behalf of a unit's head is recorded by that head, or by the standing office."""
    if actor is None or actor.position is None:
        return refuse(_("Đồng chí chưa có chức vụ trong đơn vị nào."))
    if actor.is_office:
        return ALLOWED
    if actor.unit_id == unit.pk and actor.position.post == Post.HEAD and actor.is_commander:
        return ALLOWED
    prefetch_related_objects([actor.position], "mandates")  # asked once, for any number of rows on a page
    if actor.unit_id == unit.pk and any(row.capacity == Capacity.TUQ for row in actor.position.mandates.all()):
        return refuse(_("Người được ủy quyền không được ủy quyền lại; căn cứ do cấp trưởng hoặc cơ quan thường trực ghi."))
    return refuse(_("Chỉ cấp trưởng của đơn vị hoặc cơ quan thường trực được ghi căn cứ ký thay."))


def may_record_some_mandate(actor: Actor | None) -> Verdict:
    """Whether there is any unit for which he records: his own as its head, all of them in the office."""
    if actor is None or actor.unit is None:
        return refuse(_("Đồng chí chưa có chức vụ trong đơn vị nào."))
    return may_record_mandate(actor.unit, actor)


def may_be_mandated(position: Position) -> Verdict:
    """Only a commander of the unit other than its head signs on behalf."""
    if not position.held_on(clock.today()):
        return refuse(_("Chức vụ này đã hết thời hạn."))
    if not position.may_sign:
        return refuse(_("Chức vụ này không được ký thay mặt đơn vị."))
    if position.post == Post.HEAD:
        return refuse(_("Cấp trưởng ký với tư cách của mình, không cần căn cứ ký thay."))
    return ALLOWED
