"""The layout of the workbook: sheets, columns, settings, and the words that stand for codes. Always Vietnamese."""

from dataclasses import dataclass

from scoring.enums import Exempt, Method, NodeKind, NotAssigned, SectionKind
from scoring.rules import TYPES

VERSION = "1"
CRITERIA, SETTINGS, RULES = "Tiêu chí", "Thiết lập", "Cách tính"
YES = "x"
HEAD_ROW = 1


@dataclass(frozen=True)
class Column:
    """A column: the field of `CriterionText` that it holds, its heading and width; hidden ones carry keys."""

    field: str
    heading: str
    width: int
    hidden: bool = False


COLUMNS = (
    Column("key", "Khóa (không sửa)", 12, hidden=True),
    Column("level", "Cấp", 6),
    Column("code", "Mã", 9),
    Column("name", "Nội dung, tiêu chí", 60),
    Column("kind", "Loại", 10),
    Column("section", "Phần", 16),
    Column("max_points", "Điểm tối đa", 11),
    Column("min_points", "Điểm tối thiểu", 11),
    Column("is_capped", "Chỉ tính đến tối đa", 11),
    Column("rule_type", "Cách tính", 26),
    Column("rule", "Tham số", 44),
    Column("step", "Bước điểm", 10),
    Column("measure", "Đơn vị tính", 12),
    Column("evidence_required", "Minh chứng", 10),
    Column("is_cross_scored", "Chấm chéo", 10),
    Column("guidance", "Hướng dẫn chấm", 50),
    Column("indicator_key", "Chỉ tiêu giao ước (không sửa)", 12, hidden=True),
)
NUMBERS = ("max_points", "min_points", "step")
MARKS = ("is_capped", "evidence_required", "is_cross_scored")

KIND_WORDS = {NodeKind.GROUP.value: "Nhóm", NodeKind.LEAF.value: "Tiêu chí"}
SECTION_WORDS = {
    SectionKind.BASE.value: "Điểm chính",
    SectionKind.BONUS.value: "Điểm thưởng",
    SectionKind.PENALTY.value: "Điểm trừ",
    SectionKind.DISQUALIFIER.value: "Điều kiện loại trừ",
}
# What the settings are called, and the words for those that are codes.
SETTING_NAMES = {
    "version": "Phiên bản mẫu (không sửa)",
    "total_points": "Tổng điểm chính",
    "places": "Số chữ số thập phân",
    "not_assigned": "Khi không giao chỉ tiêu",
    "exempt": "Khi được miễn",
    "bonus_above_scale": "Điểm thưởng được vượt tổng điểm chính",
    "method": "Cách tổng hợp điểm chấm chéo",
}
SETTING_WORDS = {
    "not_assigned": {NotAssigned.RESCALE.value: "Quy đổi theo thang đầy đủ", NotAssigned.DROP.value: "Để nguyên, hiện dạng X/Y"},
    "exempt": {Exempt.FULL.value: "Tính điểm tối đa", Exempt.OUT.value: "Không tính, như không giao"},
    "method": {
        Method.MEDIAN.value: "Trung vị",
        Method.MEAN.value: "Trung bình",
        Method.TRIMMED.value: "Trung bình sau khi bỏ cao nhất và thấp nhất",
    },
    "bonus_above_scale": {"1": "Có", "0": "Không"},
}
TIE_HEAD, GRADE_HEAD = "Xét khi bằng điểm", "Xếp loại"
DIRECTION_WORDS = {"desc": "cao hơn xếp trên", "asc": "ít hơn xếp trên"}


def rule_words() -> dict[str, str]:
    """Every rule type and how the workbook calls it."""
    from django.utils import translation

    with translation.override("vi"):
        return {name: str(kind.label) for name, kind in TYPES.items()}
