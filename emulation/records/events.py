"""Every event of the system that leaves an entry in the audit, in one place."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Event(TextChoices):
    # People and units
    SIGNED_IN = "signed_in", _("Đăng nhập")
    LOCKED_OUT = "locked_out", _("Khóa tạm vì sai mật khẩu")
    UNLOCKED = "unlocked", _("Mở khóa tài khoản")
    SECRET_CHANGED = "secret_changed", _("Đổi mật khẩu")
    LINK_ISSUED = "link_issued", _("Cấp liên kết đặt mật khẩu")
    USER_CREATED = "user_created", _("Tạo tài khoản")
    USER_CHANGED = "user_changed", _("Sửa tài khoản")
    UNIT_CREATED = "unit_created", _("Lập đơn vị")
    UNIT_CHANGED = "unit_changed", _("Sửa đơn vị")
    POSITION_GIVEN = "position_given", _("Giao chức vụ")
    POSITION_CHANGED = "position_changed", _("Sửa chức vụ")
    MANDATE_RECORDED = "mandate_recorded", _("Ghi căn cứ ký thay")
    MANDATE_ENDED = "mandate_ended", _("Kết thúc căn cứ ký thay")
    # Blocs
    YEAR_CHANGED = "year_changed", _("Sửa năm thi đua")
    BLOC_FORMED = "bloc_formed", _("Lập khối")
    BLOC_CHANGED = "bloc_changed", _("Sửa khối")
    # Covenants
    DRAFT_STARTED = "draft_started", _("Bắt đầu dự thảo")
    DRAFT_CHANGED = "draft_changed", _("Sửa dự thảo")
    VERSION_PUBLISHED = "version_published", _("Công bố bản dự thảo")
    STAND_PREPARED = "stand_prepared", _("Soạn ý kiến của đơn vị")
    STAND_SENT = "stand_sent", _("Gửi ý kiến của đơn vị")
    COVENANT_ADOPTED = "covenant_adopted", _("Thông qua giao ước")
    COVENANT_CHECKED = "covenant_checked", _("Kiểm tra giao ước")
    COVENANT_REPLACED = "covenant_replaced", _("Thay thế giao ước")
    COVENANT_REVOKED = "covenant_revoked", _("Thu hồi giao ước")
    # Signing
    ROUND_OPENED = "round_opened", _("Mở ký")
    GROUP_OPENED = "group_opened", _("Mở sớm lượt ký kế tiếp")
    SIGNED = "signed", _("Ký")
    SIGNING_REFUSED = "signing_refused", _("Từ chối ký")
    REFUSAL_WITHDRAWN = "refusal_withdrawn", _("Rút lại từ chối ký")
    ROUND_COMPLETED = "round_completed", _("Ký đủ")
    ROUND_VOIDED = "round_voided", _("Hủy vòng ký, mở lại dự thảo")
    AUTHORITY_CREATED = "authority_created", _("Lập đơn vị cấp chứng thư")
    FILE_VERIFIED = "file_verified", _("Xác minh tệp")
