"""States and roles of signing."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RoundState(TextChoices):
    OPEN = "open", _("Đang ký")
    COMPLETED = "completed", _("Đã ký đủ")
    VOIDED = "voided", _("Đã hủy")


class SigningMethod(TextChoices):
    """How a round is signed: one or the other for all of its slots, never mixed."""

    ELECTRONIC = "electronic", _("Ký điện tử, từng chỉ huy ký trên hệ thống")
    PAPER = "paper", _("Ký trên giấy, in ra ký tay rồi đưa bản chụp lên")


class PaperState(TextChoices):
    """What became of the record of a signing on paper."""

    PENDING = "pending", _("Chờ xác nhận")
    CONFIRMED = "confirmed", _("Đã xác nhận")
    DECLINED = "declined", _("Bị trả lại")
    VOID = "void", _("Đã hủy")


class SlotState(TextChoices):
    WAITING = "waiting", _("Chưa đến lượt")
    READY = "ready", _("Chờ ký")
    SIGNED = "signed", _("Đã ký")
    REFUSED = "refused", _("Từ chối")
    VOID = "void", _("Đã hủy")


class Standing(TextChoices):
    """Whether a completed document still holds."""

    IN_FORCE = "in_force", _("Đang có hiệu lực")
    REPLACED = "replaced", _("Đã được thay thế")
    REVOKED = "revoked", _("Đã bị thu hồi")


class SlotRole(TextChoices):
    LEADER = "leader", _("Khối trưởng")
    DEPUTY = "deputy", _("Khối phó")
    MEMBER = "member", _("Thành viên")
    WITNESS = "witness", _("Chứng kiến")
    SECRETARY = "secretary", _("Thư ký")
    CHAIR = "chair", _("Chủ trì")


class SigningOrder(TextChoices):
    """Who may sign first. The witness is always last."""

    FREE = "free", _("Các đơn vị ký tự do, người chứng kiến ký sau cùng")
    BY_ROLE = "by_role", _("Thành viên ký trước, rồi khối phó, khối trưởng, sau cùng người chứng kiến")
