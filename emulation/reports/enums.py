"""Fixed lists of reports."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PeriodKind(TextChoices):
    """What a report is about: the first half of the year, the whole year, or what a bloc asks for in between."""

    INTERIM = "interim", _("Sơ kết 6 tháng đầu năm")
    FINAL = "final", _("Tổng kết năm")
    OTHER = "other", _("Báo cáo khác")


class ActivityKind(TextChoices):
    """What the units of a bloc do together."""

    CHARITY = "charity", _("Từ thiện")
    GRATITUDE = "gratitude", _("Đền ơn đáp nghĩa")
    CULTURE = "culture", _("Văn hóa, văn nghệ")
    SPORT = "sport", _("Thể dục, thể thao")
    OTHER = "other", _("Hoạt động khác")


class ReportState(TextChoices):
    """Where a unit's report stands."""

    NOT_STARTED = "not_started", _("Chưa viết")
    DRAFT = "draft", _("Đang viết")
    SIGNING = "signing", _("Chờ chỉ huy ký")
    SUBMITTED = "submitted", _("Đã nộp")
    RETURNED = "returned", _("Trả lại để sửa")
    ACCEPTED = "accepted", _("Đã tiếp nhận")
    LOCKED = "locked", _("Đã khóa")


# What the unit may still write.
WRITABLE = (ReportState.NOT_STARTED, ReportState.DRAFT, ReportState.RETURNED)
# What somebody outside the unit may read: its newest signed version.
HANDED_IN = (ReportState.SUBMITTED, ReportState.ACCEPTED, ReportState.LOCKED)


class Ruling(TextChoices):
    """What a reviewer said of a signed report."""

    RETURNED = "returned", _("Trả lại để sửa")
    ACCEPTED = "accepted", _("Tiếp nhận")
    REOPENED = "reopened", _("Mở lại")


class BlocReportState(TextChoices):
    """Where the report of a bloc stands."""

    GATHERING = "gathering", _("Chờ báo cáo đơn vị")
    DRAFT = "draft", _("Đang tổng hợp")
    CHECKED = "checked", _("Đã kiểm tra")
    RETURNED = "returned", _("Trả lại để sửa")
    SIGNING = "signing", _("Chờ khối trưởng ký")
    SENT = "sent", _("Đã gửi cơ quan thường trực")


# In which the bloc's report is being written.
BLOC_WRITABLE = (BlocReportState.DRAFT, BlocReportState.CHECKED, BlocReportState.RETURNED)


class ProvinceReportState(TextChoices):
    """Where a province's summary stands."""

    DRAFT = "draft", _("Đang tổng hợp")
    SIGNING = "signing", _("Chờ lãnh đạo Công an tỉnh ký")
    SIGNED = "signed", _("Lãnh đạo Công an tỉnh đã ký")
