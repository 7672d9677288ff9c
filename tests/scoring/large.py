"""A set of real size: five levels, 176 criteria of every common rule type, 1.000 points as 700, 200 and 100."""

from scoring.domain.outlines import set_of
from scoring.texts import CriteriaText

RULES = (
    ("percent", "%", "Tỷ lệ giải quyết tin báo, tố giác về tội phạm"),
    ("leader_relative", "%", "Tỷ lệ điều tra, khám phá án so với chỉ tiêu được giao"),
    ("yes_no", "", "Ban hành kế hoạch, tổ chức triển khai đúng thời gian"),
    ("manual // Bước điểm = 0.5", "", "Chất lượng tham mưu cấp ủy, chính quyền"),
    ("count // Điểm mỗi lần = 1", "mô hình", "Xây dựng, nhân rộng mô hình tự quản về an ninh"),
    (
        "deduct // Các loại vụ việc = nhe: Vụ việc nhẹ: 0,5; nang: Vụ việc nặng: 2",
        "vụ",
        "Không để xảy ra vụ việc phức tạp, sai phạm",
    ),
    ("step_deduct_percent // Điểm trừ mỗi bước = 0,5", "%", "Thực hiện chỉ tiêu quản lý cư trú, định danh"),
    ("late // Điểm trừ mỗi ngày chậm = 1", "ngày", "Gửi báo cáo đúng thời hạn"),
)
# Leaves by section, and the points of the section: 700, 200, 100.
SECTIONS = (("I", "An ninh, trật tự", 700, 112), ("II", "Xây dựng lực lượng", 200, 40), ("III", "Phong trào thi đua", 100, 24))


def large() -> CriteriaText:
    """176 criteria under five levels; the last one of a section takes what the others leave of its points."""
    lines = []
    for code, name, points, leaves in SECTIONS:
        lines.append(f"{code} | {name} | {points}")
        each = points // leaves
        parts = leaves // 8
        for part in range(1, parts + 1):
            last = points - each * 8 * (parts - 1) if part == parts else each * 8
            lines.append(f"  {code}.{part} | Nhóm công tác {code}.{part} | {last}")
            lines.append(f"    {code}.{part}.a | Thực hiện chỉ tiêu | {last}")
            lines.append(f"      {code}.{part}.b | Kết quả chính | {last}")
            for place, (rule, measure, title) in enumerate(RULES, start=1):
                most = last - each * 7 if place == 1 else each
                mark = "m" if place == 3 else ""
                lines.append(f"        {code}.{part}.{place} | {title} | {most} | {rule} | {measure} | {mark}")
    return set_of("\n".join(lines), seed="large")
