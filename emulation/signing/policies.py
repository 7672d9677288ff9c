"""Who may sign, refuse, open the next group, void: one function a verb."""

from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from emulation.lib import clock
from emulation.lib.verdict import ALLOWED, Verdict, refuse
from emulation.organisation.actors import Actor
from emulation.organisation.domain import mandates, units
from emulation.organisation.enums import Capacity, Post
from emulation.organisation.models import Mandate, Position
from emulation.signing import kinds, workflow
from emulation.signing.enums import PaperState, RoundState, SigningMethod, SlotRole, SlotState
from emulation.signing.models import Authority, PaperRecord, SigningRound, Slot


def may_freeze(authority: Authority | None) -> Verdict:
    """Real documents need a real authority (on paper none) and a public address that readers can reach; the demonstration does not."""
    if units.is_demonstration():
        return ALLOWED
    if authority and authority.is_demonstration:
        return refuse(
            _("Đơn vị cấp chứng thư hiện tại chỉ là bản MẪU (chưa có mật khẩu bảo vệ khóa); không được dùng để ký văn bản thật.")
        )
    if settings.PUBLIC_BASE_IS_LOOPBACK:
        return refuse(_("Chưa đặt địa chỉ công khai của hệ thống (PUBLIC_BASE_URL), nên mã QR in ra sẽ không mở được."))
    return ALLOWED


def may_sign(slot: Slot, actor: Actor | None) -> Verdict:
    """A commander of the slot's unit, in office today, with a secret of his own and, on behalf, a live basis; once.

    A slot for somebody named in person is his alone: he signs in his own capacity, and need not command.
    """
    for question in (_is_open, _is_electronic, _is_own_signer, _has_own_secret, _is_ready, _has_not_signed, _has_capacity):
        if not (verdict := question(slot, actor)):
            return verdict
    return ALLOWED


def may_refuse(slot: Slot, actor: Actor | None) -> Verdict:
    """Whoever could sign may refuse, with a reason."""
    for question in (_is_open, _is_electronic, _is_own_signer, _is_ready):
        if not (verdict := question(slot, actor)):
            return verdict
    return ALLOWED


def may_withdraw_refusal(slot: Slot, actor: Actor | None) -> Verdict:
    """A unit's commander takes his unit's refusal back; who was named in person, his own."""
    for question in (_is_open, _is_electronic, _is_own_signer):
        if not (verdict := question(slot, actor)):
            return verdict
    if not workflow.SLOT.allows("withdraw_refusal", slot.state):
        return refuse(_("Đơn vị không có lời từ chối nào để rút lại."))
    return ALLOWED


def may_open_next_group(signing_round: SigningRound, actor: Actor | None) -> Verdict:
    """The leader opens the next group early, with a reason, while one is waiting."""
    if not (verdict := _leads(signing_round, actor)):
        return verdict
    if not any(slot.state == SlotState.WAITING for slot in signing_round.slots.all()):
        return refuse(_("Tất cả các lượt ký đã được mở."))
    return ALLOWED


def may_void(signing_round: SigningRound, actor: Actor | None) -> Verdict:
    """The leader (or the office) voids an open round, which re-opens the draft and voids every signature in it."""
    return _leads(signing_round, actor)


def may_record_paper(signing_round: SigningRound, actor: Actor | None) -> Verdict:
    """Leader unit, deputy unit or office record what was signed with pens, while no other record waits for its second person."""
    if not (verdict := _keeps_paper(signing_round, actor)):
        return verdict
    if any(record.state == PaperState.PENDING for record in signing_round.paper_records.all()):
        return refuse(_("Đã có bản ghi ký giấy chờ người thứ hai xác nhận."))
    return ALLOWED


def may_decide_paper(record: PaperRecord, actor: Actor | None) -> Verdict:
    """Another person of leader unit, deputy unit or office confirms a record, or gives it back."""
    if not (verdict := _keeps_paper(record.round, actor)):
        return verdict
    if record.state != PaperState.PENDING:
        return refuse(_("Bản ghi này đã được xem xét."))
    if actor and actor.user_id == record.recorded_by_id:
        return refuse(_("Đồng chí là người ghi: bản ghi ký giấy phải do người thứ hai xác nhận."))
    return ALLOWED


def capacity_on(position: Position, day: date, kind: str) -> tuple[str, Mandate | None] | None:
    """In which capacity the holder of this position signs such a document on that day, and on which basis; None when he cannot."""
    if not (position.is_commander and position.may_sign and position.held_on(day)):
        return None
    if position.post == Post.HEAD:
        return Capacity.OWN, None
    found = mandates.live(position, kinds.get(kind).scope, day=day)
    return (found.capacity, found) if found else None


def capacity_of(actor: Actor, kind: str) -> tuple[str, Mandate | None] | None:
    """In which capacity this commander signs such a document today: a head in his own, others by a live mandate that covers it."""
    if actor.position is None:
        return None
    if actor.position.post == Post.HEAD:
        return Capacity.OWN, None
    mandate = mandates.live(actor.position, kinds.get(kind).scope)
    return (mandate.capacity, mandate) if mandate else None


def capacity_in(slot: Slot, actor: Actor) -> tuple[str, Mandate | None] | None:
    """In which capacity the actor signs in this slot: who is named in person in his own, a commander in that of his post."""
    return capacity_of(actor, slot.round.kind) if _named(slot) is None else (Capacity.OWN, None)


def _named(slot: Slot) -> int | None:
    return kinds.get(slot.round.kind).named_signer(slot)


def _leads(signing_round: SigningRound, actor: Actor | None) -> Verdict:
    if signing_round.state != RoundState.OPEN:
        return refuse(_("Vòng ký này đã kết thúc."))
    return kinds.get(signing_round.kind).leads(signing_round, actor)


def _is_open(slot: Slot, actor: Actor | None) -> Verdict:
    if slot.round.state == RoundState.VOIDED:
        return refuse(_("Vòng ký này đã bị hủy."))
    return ALLOWED


def _is_electronic(slot: Slot, actor: Actor | None) -> Verdict:
    if slot.method == SigningMethod.PAPER:
        return refuse(_("Vòng ký này ký trên giấy, không nhận chữ ký điện tử."))
    return ALLOWED


def _keeps_paper(signing_round: SigningRound, actor: Actor | None) -> Verdict:
    if not signing_round.on_paper:
        return refuse(_("Vòng ký này ký điện tử, không ghi nhận ký giấy."))
    if signing_round.state != RoundState.OPEN:
        return refuse(_("Vòng ký này đã kết thúc."))
    if actor is None or not kinds.get(signing_round.kind).keeps(signing_round, actor):
        return refuse(_("Chỉ đơn vị khối trưởng, khối phó hoặc cơ quan thường trực được ghi nhận ký giấy."))
    return ALLOWED


def _is_own_signer(slot: Slot, actor: Actor | None) -> Verdict:
    named = _named(slot)
    return _is_own_commander(slot, actor) if named is None else _is_named(slot, actor, named)


def _is_named(slot: Slot, actor: Actor | None, position: int) -> Verdict:
    if actor is None or actor.position is None or actor.position.pk != position:
        return refuse(_("Ô ký này dành riêng cho %(role)s ghi trong văn bản.") % {"role": _(slot.role_label).lower()})
    if actor.user.is_superuser:
        return refuse(_("Tài khoản quản trị hệ thống không được ký."))
    if not actor.position.held_on(clock.today()):
        return refuse(_("Chức vụ của đồng chí đã hết thời hạn."))
    return ALLOWED


def _is_own_commander(slot: Slot, actor: Actor | None) -> Verdict:
    if actor is None or actor.position is None or actor.unit_id != slot.unit_id:
        return refuse(_("Ô ký này dành cho chỉ huy %(unit)s.") % {"unit": slot.unit_name})
    if actor.user.is_superuser:
        return refuse(_("Tài khoản quản trị hệ thống không được ký."))
    if not actor.is_commander:
        return refuse(_("Chỉ chỉ huy đơn vị được ký."))
    if not actor.position.held_on(clock.today()):
        return refuse(_("Chức vụ của đồng chí đã hết thời hạn."))
    return ALLOWED


def _has_own_secret(slot: Slot, actor: Actor | None) -> Verdict:
    if actor is None or not actor.user.secret_is_own:
        return refuse(_("Đồng chí phải tự đặt mật khẩu mới trước khi ký."))
    return ALLOWED


def _is_ready(slot: Slot, actor: Actor | None) -> Verdict:
    if slot.state == SlotState.SIGNED and slot.signed_at:
        moment = clock.local(slot.signed_at)
        said = {"unit": slot.unit_name, "time": f"{moment:%H:%M}", "day": f"{moment:%d/%m/%Y}"}
        return refuse(_("%(unit)s đã ký lúc %(time)s ngày %(day)s.") % said)
    if slot.state == SlotState.REFUSED:
        return refuse(_("Đơn vị đã từ chối ký; rút lại lời từ chối rồi mới ký được."))
    if slot.state == SlotState.WAITING:
        if slot.role == SlotRole.WITNESS:
            return refuse(_("Người chứng kiến ký sau khi các đơn vị đã ký đủ."))
        return refuse(_("Chưa đến lượt ký của %(role)s.") % {"role": _(slot.role_label).lower()})
    if slot.state != SlotState.READY:
        return refuse(_("Ô ký này không còn nhận chữ ký."))
    return ALLOWED


def _has_not_signed(slot: Slot, actor: Actor | None) -> Verdict:
    """One person, one slot: who heads two units signs for one of them, and a deputy for the other."""
    if actor and any(other.signer_id == actor.user_id for other in slot.round.slots.all()):
        return refuse(_("Đồng chí đã ký một ô khác của vòng ký này; mỗi người chỉ ký một ô."))
    return ALLOWED


def _has_capacity(slot: Slot, actor: Actor | None) -> Verdict:
    if actor is None or capacity_in(slot, actor) is None:
        scope = kinds.get(slot.round.kind).scope
        if actor and actor.position and (why := mandates.why_not(actor.position, scope, clock.today())):
            words = _("Đồng chí là cấp phó. %(why)s Cần có căn cứ ký thay mới do cấp trưởng hoặc cơ quan thường trực ghi.")
            return refuse(words % {"why": why})
        return refuse(_("Đồng chí là cấp phó: cần có căn cứ ký thay còn hiệu lực do cấp trưởng hoặc cơ quan thường trực ghi."))
    return ALLOWED
