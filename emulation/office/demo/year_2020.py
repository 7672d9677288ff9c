"""What happened in the bloc of the district-level police in 2020, as plain data: days, decision, stands, signatures.

The bloc, its leader and deputy unit, the conference and who presided are known from the press; all else is made up.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from blocs.enums import Opinion, SeatRole, Title

YEAR = 2020
_HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of 2020 on Việt Nam's clock."""
    return datetime(YEAR, month, day, hour, minute, tzinfo=_HERE)


ACCOUNTS_OPENED = at(1, 6, 8)

BLOC_NAME = "Công an các huyện, thị xã, thành phố"
DECISION_NUMBER, DECISION_DATE = "112/QĐ-CAT-PX03", date(YEAR, 1, 10)
# A fact about the event, and text only: he signs nothing here.
PRESIDING_LEADER = "Đại tá Trần Minh Thùy, Phó Giám đốc Công an tỉnh"
ROLES = {"quangninh": SeatRole.LEADER, "donghoi": SeatRole.DEPUTY}
DRAFT_DUE, SIGN_DUE = date(YEAR, 2, 14), date(YEAR, 3, 6)
FORMED = at(1, 10, 15)

DRAFTER, PUBLISHER = "donghoi.canbo", "donghoi.truong"
DRAFTED = at(2, 3, 9)
REGISTERED = at(2, 5, 14)
PUBLISHED, FIRST_DEADLINE = at(2, 7, 8), at(2, 14, 17)
PUBLISHED_AGAIN, SECOND_DEADLINE = at(2, 17, 8), at(2, 28, 17)

# On the first version one unit has a remark; the second follows it.
REMARK_ON_FIRST = (
    at(2, 12, 15, 20),
    "lethuy.truong",
    Opinion.REMARK,
    "Đề nghị nâng tỷ lệ điều tra, khám phá án rất nghiêm trọng, đặc biệt nghiêm trọng từ 90% lên 95%.",
)
STANDS = (
    (at(2, 18, 9), "quangninh.truong", Opinion.AGREE, ""),
    (at(2, 18, 9, 40), "donghoi.truong", Opinion.AGREE, ""),
    (at(2, 19, 10), "badon.truong", Opinion.AGREE, ""),
    (at(2, 19, 14, 30), "botrach.truong", Opinion.AGREE, ""),
    (at(2, 20, 8, 15), "lethuy.truong", Opinion.AGREE, ""),
    (
        at(2, 24, 16),
        "minhhoa.truong",
        Opinion.RESERVE,
        "Địa bàn biên giới rộng, lực lượng mỏng: đề nghị khối xem xét khi chấm chỉ tiêu giảm tai nạn giao thông.",
    ),
    (at(2, 25, 9, 30), "quangtrach.truong", Opinion.AGREE, ""),
    (at(2, 26, 10), "tuyenhoa.truong", Opinion.AGREE, ""),
)

PAPERS_DRAFTED, PAPERS_PUBLISHED = at(2, 11, 9), at(2, 17, 8, 20)
PAPERS_CHECKED, PAPERS_OUT = at(3, 4, 15, 6), at(3, 4, 15, 12)

DETAILS_SET = at(2, 28, 9)
CONFERENCE_DATE, PLACE, HOST = date(YEAR, 3, 4), "Quảng Ninh", "quangninh"
ADOPTED, ADOPTED_BY = at(3, 4, 14, 10), "quangninh.truong"
ADOPTION_NOTE = "Hội nghị tại Công an huyện Quảng Ninh; 8/8 đơn vị có mặt. Ghi nhận ý kiến bảo lưu của Công an huyện Minh Hóa."
CHECKED_CONTENT, CHECKER_OF_CONTENT = at(3, 4, 14, 16), "donghoi.truong"
CHECKED_FORM, CHECKER_OF_FORM = at(3, 4, 14, 20), "px03"
OPENED, OPENED_BY, SIGN_DEADLINE = at(3, 4, 14, 25), "quangninh.truong", at(3, 6, 17)

SIGNATURES = (
    (at(3, 4, 14, 31), "quangninh.truong"),
    (at(3, 4, 14, 33), "donghoi.truong"),
    (at(3, 4, 14, 36), "badon.truong"),
    (at(3, 4, 14, 40), "botrach.truong"),
    (at(3, 4, 14, 43), "lethuy.truong"),
    (at(3, 4, 14, 48), "minhhoa.truong"),
    (at(3, 4, 14, 52), "quangtrach.truong"),
    (at(3, 4, 14, 57), "tuyenhoa.pho"),
    (at(3, 4, 15, 2), "lanhdao"),
)

TITLES = {
    "quangninh": (Title.MINISTRY_FLAG, Title.VICTORY_UNIT),
    "donghoi": (Title.MINISTRY_FLAG, Title.VICTORY_UNIT),
    "badon": (Title.VICTORY_UNIT,),
    "botrach": (Title.PROVINCE_FLAG, Title.VICTORY_UNIT),
    "lethuy": (Title.VICTORY_UNIT,),
    "minhhoa": (Title.ADVANCED_UNIT,),
    "quangtrach": (Title.VICTORY_UNIT,),
    "tuyenhoa": (Title.ADVANCED_UNIT,),
}

DISTRICTS_END = datetime(2025, 2, 28, 17, tzinfo=_HERE)
