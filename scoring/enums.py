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
