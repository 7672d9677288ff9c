"""The remarks on the covenant of 2020 and the conference of 4 March, as plain data.

Day, place, who presided and what he asked for are known from the press and told in our own words; all else is made up.
"""

from dataclasses import dataclass
from datetime import date, datetime

from blocs.enums import RemarkPlace, RemarkState
from emulation.office.demo.covenant_2020 import SERIOUS_CASES
from emulation.office.demo.year_2020 import PUBLISHER, YEAR, at


@dataclass(frozen=True)
class RemarkStory:
    """A remark on a place, named by its heading, and what was answered to it."""

    at: datetime
    login: str
    place: str
    heading: str
    text: str
    state: str
    answered: datetime
    answer: str = ""
    proposed: str = ""
    answered_by: str = PUBLISHER


CRIME = "Phòng ngừa, đấu tranh với các loại tội phạm"
PROPOSED_ON_CRIME = (
    "Tiếp tục thực hiện Chỉ thị số 48-CT/TW và Chỉ thị số 46-CT/TW; mở các đợt cao điểm sát với từng loại tội phạm, từng tuyến, "
    "chú trọng tội phạm sử dụng công nghệ cao và hoạt động “tín dụng đen”; nâng cao tỷ lệ điều tra, khám phá; không để tội phạm "
    "hoạt động theo kiểu băng, nhóm, không để xảy ra oan, sai, bỏ lọt."
)
REMARKS_ON_FIRST = (
    RemarkStory(
        at(2, 10, 9, 30),
        "badon.canbo",
        RemarkPlace.CLAUSE,
        CRIME,
        "Địa bàn thị xã phát sinh nhiều vụ lừa đảo qua mạng và “tín dụng đen”: đề nghị nêu rõ trong nội dung này.",
        RemarkState.ACCEPTED,
        at(2, 14, 9),
        "Tiếp thu, đưa vào bản dự thảo 2.",
        PROPOSED_ON_CRIME,
    ),
    RemarkStory(
        at(2, 11, 15),
        "tuyenhoa.canbo",
        RemarkPlace.CLAUSE,
        "Chế độ thông tin, báo cáo",
        "Đề nghị lùi thời hạn gửi báo cáo tổng kết sang cuối tháng 11 để các đơn vị có đủ số liệu.",
        RemarkState.REJECTED,
        at(2, 14, 9, 10),
        "Cơ quan thường trực nhận kết quả của khối trong tháng 11, nên báo cáo tổng kết phải có trước ngày 10 tháng 11.",
    ),
    RemarkStory(
        at(2, 12, 15, 10),
        "lethuy.canbo",
        RemarkPlace.INDICATOR,
        SERIOUS_CASES,
        "Năm 2019 các đơn vị đều đạt trên 93%: đề nghị nâng chỉ tiêu từ 90% lên 95%.",
        RemarkState.ACCEPTED,
        at(2, 14, 9, 20),
        "Tiếp thu, chỉ tiêu nâng lên 95% trong bản dự thảo 2.",
    ),
)
# Parked on 26 February; the conference settles it.
PARKED_REMARK = RemarkStory(
    at(2, 24, 15, 40),
    "minhhoa.canbo",
    RemarkPlace.INDICATOR,
    "Giảm tai nạn giao thông trên cả ba tiêu chí so với năm 2019",
    "Địa bàn biên giới rộng, lực lượng mỏng: đề nghị khối xét đến đặc thù của đơn vị khi chấm chỉ tiêu này.",
    RemarkState.PARKED,
    at(2, 26, 8),
    "Nội dung này liên quan đến cách chấm điểm của cả khối: để hội nghị quyết định.",
)
SETTLED, SETTLED_ANSWER = (
    at(3, 4, 14, 5),
    "Hội nghị thống nhất giữ chỉ tiêu; khi chấm điểm, khối trưởng đối chiếu số liệu theo đặc thù địa bàn của từng đơn vị.",
)

ORGANISER = SECRETARY = "quangninh.canbo"
PLANNED, INVITED, LAID = at(2, 19, 9), at(2, 20, 8, 30), at(2, 28, 10)
STARTS, ENDED = at(3, 4, 13, 30), at(3, 4, 15, 25)
INVITATION_NUMBER = "02/GM-KTĐ"
INVITATION_NOTE = "Các đơn vị nghiên cứu trước ba dự thảo; chỉ huy được ký mang theo tài khoản và mật khẩu do mình tự đặt."

# Who came in place of somebody, and for which reason that one did not come.
STAND_IN_UNIT, STAND_IN, ABSENT_REASON = (
    "tuyenhoa",
    "Trung tá Vũ Văn K, Phó Trưởng Công an huyện",
    "đi công tác theo nhiệm vụ được giao; Phó Trưởng Công an huyện dự thay",
)
GUEST_UNIT, GUEST = "px03", "Thiếu tá Cao Thị N, cán bộ phòng"

DECIDED = at(3, 4, 14, 8)
RESERVATION = "Công an huyện Minh Hóa đề nghị xét đến đặc thù địa bàn biên giới khi chấm chỉ tiêu giảm tai nạn giao thông."


@dataclass(frozen=True)
class DirectiveStory:
    """What the presiding leader asked for; no units: all of them."""

    text: str
    due: date | None = None
    units: tuple[str, ...] = ()


DIRECTED = at(3, 4, 15, 5)
DIRECTIVES = (
    DirectiveStory(
        "Đưa giao ước vào việc làm hằng ngày: mỗi đơn vị có kế hoạch cụ thể, để phong trào đi vào thực chất, hiệu quả và lan tỏa "
        "tới từng cán bộ, chiến sĩ.",
        date(YEAR, 3, 31),
    ),
    DirectiveStory(
        "Đảng ủy và người đứng đầu đơn vị chịu trách nhiệm về chất lượng, hiệu quả của phong trào, kiểm điểm việc này hằng quý."
    ),
    DirectiveStory("Bảo đảm an toàn tuyệt đối đại hội Đảng các cấp trên từng địa bàn.", date(YEAR, 10, 31)),
    DirectiveStory(
        "Tổ chức hoạt động văn hóa, văn nghệ, thể dục, thể thao giữa các đơn vị, tăng thêm gắn bó và khích lệ cán bộ, chiến sĩ lập "
        "thành tích.",
        date(YEAR, 8, 19),
        ("quangninh", "donghoi"),
    ),
    DirectiveStory("Hoàn thành các chỉ tiêu, kế hoạch đã ghi trong giao ước.", date(YEAR, 11, 10)),
    DirectiveStory("Duy trì các hoạt động từ thiện, nhân đạo bằng việc làm cụ thể ở cơ sở.", date(YEAR, 11, 10)),
)
# What each unit reported about which directive, from that moment on.
REPORTS = (
    (1, at(3, 27, 9), "Đã ban hành kế hoạch thực hiện giao ước, phổ biến đến toàn thể cán bộ, chiến sĩ."),
    (4, at(8, 17, 9), "Đã cùng tổ chức giải bóng chuyền và đêm giao lưu văn nghệ của khối."),
    (3, at(10, 28, 9), "Đã bảo vệ an toàn đại hội Đảng các cấp trên địa bàn."),
    (5, at(11, 6, 9), "Đã báo cáo kết quả từng chỉ tiêu trong báo cáo tổng kết gửi khối."),
    (6, at(11, 6, 14), "Đã thăm hỏi, giúp đỡ gia đình chính sách và học sinh vượt khó trên địa bàn."),
    (2, at(12, 15, 9), "Đảng ủy đã kiểm điểm việc thực hiện phong trào trong các kỳ họp quý."),
)

MINUTES_NUMBER = "01/BB-KTĐ"
WRITTEN, MINUTES_OPENED = at(3, 4, 15, 27), at(3, 4, 15, 34)
MINUTES_SIGNED = ((at(3, 4, 15, 38), SECRETARY, "secretary"), (at(3, 4, 15, 41), "quangninh.truong", "chair"))
