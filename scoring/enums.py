"""Fixed lists of criteria sets."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SetState(TextChoices):
    """A working set is a draft, or checked as it stands; an adopted one never changes."""

    DRAFT = "draft", _("Đang soạn")
    CHECKED = "checked", _("Đã kiểm tra")
    ADOPTED = "adopted", _("Đã thông qua")


class NodeKind(TextChoices):
    GROUP = "group", _("Nhóm")
    LEAF = "leaf", _("Tiêu chí")


class SectionKind(TextChoices):
    """What a top group counts as."""

    BASE = "base", _("Điểm chính")
    BONUS = "bonus", _("Điểm thưởng")
    PENALTY = "penalty", _("Điểm trừ")
    DISQUALIFIER = "disqualifier", _("Điều kiện loại trừ")


class NotAssigned(TextChoices):
    """What becomes of criteria that were not assigned to a unit."""

    RESCALE = "rescale", _("Quy đổi theo thang đầy đủ")
    DROP = "drop", _("Để nguyên, hiện dạng X/Y")


class Exempt(TextChoices):
    """What a unit gets for a criterion from which it is exempt."""

    FULL = "full", _("Tính điểm tối đa")
    OUT = "out", _("Không tính, như không giao")


class Method(TextChoices):
    """How several scorers' points are shown as one, as advice."""

    MEDIAN = "median", _("Trung vị")
    MEAN = "mean", _("Trung bình")
    TRIMMED = "trimmed", _("Trung bình sau khi bỏ cao nhất và thấp nhất")


class Period(TextChoices):
    """What a campaign scores."""

    YEAR = "year", _("Cả năm")
    INTERIM = "interim", _("6 tháng đầu năm")


class Phase(TextChoices):
    """The phases of a campaign in their order. A bloc may do without cross-scoring and without explanations."""

    SELF = "self", _("Tự chấm")
    CROSS = "cross", _("Chấm chéo")
    CONSOLIDATE = "consolidate", _("Khối chấm")
    REPLY = "reply", _("Giải trình")
    APPRAISE = "appraise", _("Thẩm định")
    RATIFY = "ratify", _("Xác nhận kết quả")
    PUBLISHED = "published", _("Đã công bố")


OPTIONAL_PHASES = (Phase.CROSS, Phase.REPLY)


def since(phase: Phase) -> list[Phase]:
    """This phase and all that come after it."""
    phases = list(Phase)
    return phases[phases.index(phase) :]


class Layer(TextChoices):
    """Who scores, from the unit itself to the provincial office. The official points are computed, nobody enters them."""

    SELF = "self", _("Tự chấm")
    CROSS = "cross", _("Chấm chéo")
    CONSOLIDATED = "consolidated", _("Khối chấm")
    APPRAISED = "appraised", _("Thẩm định")


# What counts, from the highest: cross-scoring is advice to who consolidates.
COUNTING = (Layer.APPRAISED, Layer.CONSOLIDATED, Layer.SELF)


class SheetState(TextChoices):
    OPEN = "open", _("Đang chấm")
    SUBMITTED = "submitted", _("Đã nộp")
    RETURNED = "returned", _("Trả lại để sửa")
    ACCEPTED = "accepted", _("Đã tiếp nhận")
    LOCKED = "locked", _("Đã khóa")


class EntryState(TextChoices):
    """What stands in a cell. Empty, zero, not assigned and exempt are four different things; `agreed` keeps the layer below."""

    EMPTY = "empty", _("Trống")
    ENTERED = "entered", _("Đã nhập")
    NOT_ASSIGNED = "not_assigned", _("Không giao")
    EXEMPT = "exempt", _("Được miễn")
    AGREED = "agreed", _("Giữ điểm lớp trước")


class ExplanationState(TextChoices):
    """What became of what a unit explained."""

    OPEN = "open", _("Chờ trả lời")
    KEPT = "kept", _("Giữ điểm")
    ADJUSTED = "adjusted", _("Đã điều chỉnh")


class StandingState(TextChoices):
    """A snapshot of the standings: to be signed by leader and deputy, then published for ever."""

    DRAFT = "draft", _("Chờ mở ký")
    SIGNING = "signing", _("Đang ký")
    PUBLISHED = "published", _("Đã công bố")


class SectionContent(TextChoices):
    """What a section of a report holds."""

    NARRATIVE = "narrative", _("Bài viết")
    FIGURES = "figures", _("Bảng số liệu")
    AUTOMATIC = "automatic", _("Tự điền từ hệ thống")
    ATTACHMENTS = "attachments", _("Tệp kèm theo")


class Aggregate(TextChoices):
    """How the bloc's figure is made of its units'."""

    SUM = "sum", _("Cộng")
    AVERAGE = "average", _("Trung bình")
    LAST = "last", _("Số báo cáo sau cùng")
    MAX = "max", _("Lớn nhất")
    NONE = "none", _("Không tổng hợp")


class MergeRule(TextChoices):
    """What becomes of a section in the bloc's report."""

    GATHER = "gather", _("Gom theo đơn vị")
    WRITE = "write", _("Khối tự viết")


class FilledFrom(TextChoices):
    """What an automatic section takes from the system."""

    TARGETS = "targets", _("Chỉ tiêu giao ước: kế hoạch, kết quả")
    COMMITMENTS = "commitments", _("Nội dung giao ước, từng mục")
    TITLES = "titles", _("Danh hiệu đăng ký")
    SCORES = "scores", _("Điểm và xếp hạng")
    JOINT = "joint", _("Hoạt động chung của khối")


class ExportKind(TextChoices):
    """What is made of results."""

    OVERVIEW = "overview", _("Bảng tổng hợp kết quả (PDF)")
    DETAIL = "detail", _("Bảng chi tiết từng tiêu chí (PDF)")
    UNIT = "unit", _("Phiếu chấm điểm của đơn vị (PDF)")
    WORKBOOK = "workbook", _("Toàn bộ kết quả (Excel)")
