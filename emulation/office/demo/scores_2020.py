"""Who scored what in 2020, as plain data: days, disagreements, explanations, appraisal. All of it is made up."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from emulation.office.demo.year_2020 import YEAR, at
from scoring.enums import Phase

DATES = {
    Phase.SELF: date(YEAR, 11, 20),
    Phase.CROSS: date(YEAR, 11, 24),
    Phase.CONSOLIDATE: date(YEAR, 11, 27),
    Phase.REPLY: date(YEAR, 12, 1),
    Phase.APPRAISE: date(YEAR, 12, 8),
    Phase.RATIFY: date(YEAR, 12, 11),
}
OPENED, OPENED_BY = at(11, 9, 8), "quangninh.truong"
FILLED, HANDED_IN = at(11, 17, 8), at(11, 19, 15)
# One unit is a day late: the bloc has gone on by then.
LATE, HANDED_IN_LATE = "minhhoa", at(11, 21, 10)
TO_CROSS, CROSSED = at(11, 21, 7, 30), at(11, 23, 9)
TO_CONSOLIDATE, CONSOLIDATED = at(11, 25, 7, 30), at(11, 26, 14)
TO_REPLY, EXPLAINED, ANSWERED = at(11, 27, 16), at(11, 30, 9), at(12, 1, 10)
TO_APPRAISE, APPRAISED, APPRAISED_BY = at(12, 2, 7, 30), at(12, 7, 9), "px03"
TO_RATIFY, COMPUTED = at(12, 8, 8), at(12, 8, 8, 30)
TO_SIGN, SIGNED = at(12, 10, 14), ((at(12, 10, 14, 20), "quangninh.truong"), (at(12, 10, 14, 40), "donghoi.truong"))

# Targets that the covenant knows already: code of the criterion, name of the target.
LINKED = {
    "19": "Tỷ lệ giải quyết tố giác, tin báo về tội phạm và kiến nghị khởi tố",
    "20": "Tỷ lệ điều tra, khám phá án về trật tự xã hội",
}
# The table was made for units with all kinds of tasks; one has no town, another no place of detention.
NOT_ASSIGNED = {("minhhoa", "144"): "Không tổ chức đội tuyển dự hội thao do nhiệm vụ biên giới."}


@dataclass(frozen=True)
class Otherwise:
    """What somebody of one unit (`by`) says otherwise about another: facts, or points, with the reason."""

    by: str
    unit: str
    code: str
    reason: str
    points: str = ""
    value: dict[str, Any] = field(default_factory=dict)


DISAGREEMENTS = (
    Otherwise("badon", "botrach", "96", "Hội diễn quý III chưa tổ chức, chưa có minh chứng.", points="3.5"),
    Otherwise("tuyenhoa", "botrach", "96", "Chưa thấy tham gia giải thể thao của khối.", points="4"),
    Otherwise("lethuy", "quangninh", "8", "Ba báo cáo chuyên đề gửi sau thời hạn.", points="12.5"),
    Otherwise("quangtrach", "donghoi", "17", "Sổ theo dõi của khối chỉ có 3 buổi.", value={"count": 3}),
)
# What the leader says of others, and the deputy of the leader. Without points: the unit's own stay.
CONCLUSIONS = (
    Otherwise("quangninh", "botrach", "96", "Thống nhất với ý kiến chấm chéo: thiếu hội diễn quý III.", points="3.5"),
    Otherwise("quangninh", "donghoi", "17", ""),
    Otherwise("donghoi", "quangninh", "8", "Trừ phần báo cáo gửi chậm, chất lượng nội dung giữ như tự chấm.", points="13"),
)
EXPLANATIONS = (
    ("botrach", "96", "Hội diễn tổ chức ngày 25/9, do lồng ghép với Công đoàn nên chưa có trong báo cáo quý; gửi kèm kế hoạch."),
    ("quangninh", "8", "Các báo cáo chậm do chờ số liệu của phòng nghiệp vụ, đề nghị xem xét."),
)
# By unit and code: points after the explanation (none: kept), answer.
ANSWERS = {
    ("botrach", "96"): ("4.5", "Đã đối chiếu kế hoạch và ảnh hội diễn; điều chỉnh lên 4,5 điểm."),
    ("quangninh", "8"): ("", "Thời hạn gửi báo cáo đã thống nhất từ đầu năm; giữ điểm khối đã chấm."),
}
# What the departments gave, criterion by criterion; units could only guess it.
DEPARTMENTS = {
    "67": {"quangninh": "8.5", "donghoi": "9", "badon": "7.25", "botrach": "8", "lethuy": "8.75", "minhhoa": "6.5",
           "quangtrach": "7.5", "tuyenhoa": "7"},
    "72": {"quangninh": "8.25", "donghoi": "9.25", "badon": "6.75", "botrach": "8.5", "lethuy": "8", "minhhoa": "7",
           "quangtrach": "7.25", "tuyenhoa": "6.25"},
}  # fmt: skip
APPRAISAL = (
    *(
        Otherwise("px03", unit, code, "Theo bảng điểm của phòng nghiệp vụ.", points=points)
        for code, given in DEPARTMENTS.items()
        for unit, points in given.items()
    ),
    Otherwise("px03", "lethuy", "19", "Đối chiếu số liệu thống kê tin báo: 1 tin quá hạn.", value={"actual": "89"}),
    Otherwise("px03", "minhhoa", "138", "Báo cáo tổng kết đến chậm một ngày so với dấu công văn.", value={"days_late": 1}),
)
