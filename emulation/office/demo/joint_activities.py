"""What the blocs of the demonstration do together, as plain data. All of it is made up; days of this year are counted from today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from emulation.lib import clock
from emulation.office.demo.year_2020 import YEAR, at
from emulation.reports.enums import ActivityKind


@dataclass(frozen=True)
class Story:
    """An activity: who hosts it and who takes part (by the keys of the cast), what it comes to, what its photographs show."""

    kind: ActivityKind
    title: str
    held_on: date
    place: str
    host: str
    units: Sequence[str]
    text: str
    held_to: date | None = None
    money: int | None = None
    works: str = ""
    people: int | None = None
    photos: Sequence[str] = ()


# The units enter what they did in spring when the bloc prepares its interim reports.
FIRST_ENTERED = at(5, 25, 9)
EVERYBODY = ("quangninh", "donghoi", "badon", "botrach", "lethuy", "minhhoa", "quangtrach", "tuyenhoa")

FIRST_HALF = (
    Story(
        ActivityKind.CHARITY,
        "Tặng quà Tết hộ nghèo, hộ có hoàn cảnh khó khăn",
        date(YEAR, 1, 14),
        "Xã biên giới, huyện Minh Hóa",
        "minhhoa",
        ("quangninh", "donghoi", "tuyenhoa"),
        "Bốn đơn vị góp kinh phí, cùng cấp ủy xã đến từng nhà; mỗi suất quà 500.000 đồng.",
        money=60_000_000,
        works="120 suất quà",
        people=120,
        photos=("Chuyển quà lên bản", "Trao quà tại nhà văn hóa"),
    ),
    Story(
        ActivityKind.CULTURE,
        "Giao lưu văn nghệ nhân dịp ký giao ước thi đua",
        date(YEAR, 3, 4),
        "Công an huyện Quảng Ninh",
        "quangninh",
        EVERYBODY[1:],
        "Mỗi đơn vị một tiết mục tự biên, sau lễ ký giao ước của khối.",
        people=96,
        photos=("Tiết mục của đơn vị chủ nhà",),
    ),
    Story(
        ActivityKind.CHARITY,
        "Hiến máu tình nguyện",
        date(YEAR, 5, 22),
        "Thành phố Đồng Hới",
        "donghoi",
        ("quangninh", "botrach", "lethuy"),
        "Hưởng ứng lời kêu gọi khi lượng máu dự trữ giảm; bảo đảm giãn cách trong phòng, chống dịch.",
        works="84 đơn vị máu",
        people=84,
        photos=("Điểm hiến máu",),
    ),
)
SECOND_HALF = (
    Story(
        ActivityKind.GRATITUDE,
        "Xây nhà tình nghĩa tặng gia đình liệt sĩ",
        date(YEAR, 6, 29),
        "Xã ven phá, huyện Lệ Thủy",
        "lethuy",
        EVERYBODY[:4],
        "Khối góp kinh phí, cán bộ, chiến sĩ góp ngày công; bàn giao nhà nhân Ngày Thương binh - Liệt sĩ.",
        held_to=date(YEAR, 7, 24),
        money=80_000_000,
        works="01 nhà tình nghĩa, 65 ngày công",
        people=1,
        photos=("Đào móng", "Bàn giao nhà"),
    ),
    Story(
        ActivityKind.SPORT,
        "Giải bóng chuyền, kéo co của khối",
        date(YEAR, 8, 14),
        "Nhà thi đấu huyện Bố Trạch",
        "botrach",
        tuple(key for key in EVERYBODY if key != "botrach"),
        "Chào mừng 75 năm Ngày truyền thống Công an nhân dân; tám đội bóng chuyền, tám đội kéo co.",
        held_to=date(YEAR, 8, 15),
        money=24_000_000,
        people=132,
        photos=("Trận chung kết bóng chuyền", "Thi kéo co"),
    ),
    Story(
        ActivityKind.CHARITY,
        "Giúp dân dọn bùn, sửa nhà sau mưa lũ",
        date(YEAR, 10, 22),
        "Các xã vùng trũng huyện Quảng Ninh, Lệ Thủy",
        "quangninh",
        ("lethuy", "badon", "quangtrach", "tuyenhoa"),
        "Năm đơn vị huy động lực lượng, phương tiện; ưu tiên trường học, trạm y tế, nhà người già yếu.",
        held_to=date(YEAR, 10, 24),
        works="410 ngày công, 3 tấn gạo",
        people=265,
        photos=("Dọn bùn ở trường học",),
    ),
)


def of_now(year: int) -> Sequence[Story]:
    """What the communes by the river did: lately, but in the first half of the year, of which their interim report tells."""
    last = min(clock.today() - timedelta(days=21), date(year, 6, 24))
    return (
        Story(
            ActivityKind.GRATITUDE,
            "Dâng hương, sửa sang nghĩa trang liệt sĩ",
            last - timedelta(days=9),
            "Nghĩa trang liệt sĩ xã Bãi Bồi",
            "baiboi",
            ("dongang", "conlau", "chophao"),
            "Đoàn viên bốn đơn vị quét vôi, trồng hoa, lau dọn mộ liệt sĩ.",
            works="48 ngày công",
            people=46,
            photos=("Trồng hoa ở nghĩa trang",),
        ),
        Story(
            ActivityKind.SPORT,
            "Giao hữu bóng đá với thanh niên các xã ven sông",
            last - timedelta(days=3),
            "Sân vận động xã Đò Ngang",
            "dongang",
            ("baiboi", "chophao"),
            "Trước giờ bóng lăn, các đội cùng ký cam kết không vi phạm về an toàn giao thông.",
            money=6_000_000,
            people=64,
            photos=("Các đội ra sân",),
        ),
        Story(
            ActivityKind.CHARITY,
            "Bữa cơm cho bệnh nhân nghèo",
            last,
            "Trạm y tế xã Chợ Phao",
            "chophao",
            ("conlau",),
            "Phụ nữ hai đơn vị nấu, phát cơm hằng tuần.",
            money=4_500_000,
            works="150 suất cơm",
            people=150,
        ),
    )
