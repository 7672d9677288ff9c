"""Every event of the system that leaves an entry in the audit, in one place; worded as what was done."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Event(TextChoices):
    # People and units
    SIGNED_IN = "signed_in", pgettext_lazy("event", "Đăng nhập")
    LOCKED_OUT = "locked_out", pgettext_lazy("event", "Khóa tạm vì sai mật khẩu")
    UNLOCKED = "unlocked", pgettext_lazy("event", "Mở khóa tài khoản")
    SECRET_CHANGED = "secret_changed", pgettext_lazy("event", "Đổi mật khẩu")
    LINK_ISSUED = "link_issued", pgettext_lazy("event", "Cấp liên kết đặt mật khẩu")
    USER_CREATED = "user_created", pgettext_lazy("event", "Tạo tài khoản")
    USER_CHANGED = "user_changed", pgettext_lazy("event", "Sửa tài khoản")
    UNIT_CREATED = "unit_created", pgettext_lazy("event", "Lập đơn vị")
    UNIT_CHANGED = "unit_changed", pgettext_lazy("event", "Sửa đơn vị")
    POSITION_GIVEN = "position_given", pgettext_lazy("event", "Giao chức vụ")
    POSITION_CHANGED = "position_changed", pgettext_lazy("event", "Sửa chức vụ")
    MANDATE_RECORDED = "mandate_recorded", pgettext_lazy("event", "Ghi căn cứ ký thay")
    MANDATE_ENDED = "mandate_ended", pgettext_lazy("event", "Kết thúc căn cứ ký thay")
    # Blocs
    YEAR_CHANGED = "year_changed", pgettext_lazy("event", "Sửa năm thi đua")
    BLOC_FORMED = "bloc_formed", pgettext_lazy("event", "Lập khối")
    BLOC_CHANGED = "bloc_changed", pgettext_lazy("event", "Sửa khối")
    # Covenants
    DRAFT_STARTED = "draft_started", pgettext_lazy("event", "Bắt đầu dự thảo")
    DRAFT_CHANGED = "draft_changed", pgettext_lazy("event", "Sửa dự thảo")
    VERSION_PUBLISHED = "version_published", pgettext_lazy("event", "Công bố bản dự thảo")
    STAND_PREPARED = "stand_prepared", pgettext_lazy("event", "Soạn ý kiến của đơn vị")
    STAND_SENT = "stand_sent", pgettext_lazy("event", "Gửi ý kiến của đơn vị")
    REMARK_RAISED = "remark_raised", pgettext_lazy("event", "Góp ý dự thảo")
    REMARK_REPLIED = "remark_replied", pgettext_lazy("event", "Trao đổi về ý kiến góp ý")
    REMARK_ANSWERED = "remark_answered", pgettext_lazy("event", "Trả lời ý kiến góp ý")
    REMARK_WITHDRAWN = "remark_withdrawn", pgettext_lazy("event", "Rút ý kiến góp ý")
    STANDS_REMINDED = "stands_reminded", pgettext_lazy("event", "Nhắc các đơn vị chưa gửi ý kiến")
    DOCUMENT_ADOPTED = "covenant_adopted", pgettext_lazy("event", "Thông qua giao ước")
    DOCUMENT_CHECKED = "covenant_checked", pgettext_lazy("event", "Kiểm tra giao ước")
    DOCUMENT_REPLACED = "covenant_replaced", pgettext_lazy("event", "Thay thế giao ước")
    DOCUMENT_REVOKED = "covenant_revoked", pgettext_lazy("event", "Thu hồi giao ước")
    # Signing
    ROUND_OPENED = "round_opened", pgettext_lazy("event", "Mở ký")
    GROUP_OPENED = "group_opened", pgettext_lazy("event", "Mở sớm lượt ký kế tiếp")
    SIGNED = "signed", pgettext_lazy("event", "Ký")
    SIGNING_REFUSED = "signing_refused", pgettext_lazy("event", "Từ chối ký")
    REFUSAL_WITHDRAWN = "refusal_withdrawn", pgettext_lazy("event", "Rút lại từ chối ký")
    SCAN_TAKEN_IN = "scan_taken_in", pgettext_lazy("event", "Tải bản chụp đã ký giấy")
    PAPER_RECORDED = "paper_recorded", pgettext_lazy("event", "Ghi nhận đã ký giấy")
    PAPER_CONFIRMED = "paper_confirmed", pgettext_lazy("event", "Xác nhận đã ký giấy")
    PAPER_DECLINED = "paper_declined", pgettext_lazy("event", "Trả lại bản ghi ký giấy")
    ROUND_COMPLETED = "round_completed", pgettext_lazy("event", "Ký đủ")
    ROUND_VOIDED = "round_voided", pgettext_lazy("event", "Hủy vòng ký, mở lại dự thảo")
    AUTHORITY_CREATED = "authority_created", pgettext_lazy("event", "Lập đơn vị cấp chứng thư")
    FILE_VERIFIED = "file_verified", pgettext_lazy("event", "Xác minh tệp")
