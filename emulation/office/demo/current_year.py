"""Three blocs of the current year, as plain data: communes, people and events are made up. Days are counted from today."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from blocs.enums import Opinion, SeatRole, Title
from emulation.lib import clock
from emulation.office.demo.cast import UnitCast, deputy, head, staff
from emulation.office.demo.covenant_2020 import Aim
from emulation.organisation.enums import Rank, UnitKind

COMMUNES_FROM = date(2025, 3, 1)


def day(ago: int) -> date:
    """The day so many days ago; a negative number lies ahead."""
    return clock.today() - timedelta(days=ago)


def at(ago: int, hour: int, minute: int = 0) -> datetime:
    """A moment of that day on Việt Nam's clock."""
    return datetime.combine(day(ago), time(hour, minute), tzinfo=clock.local(clock.now()).tzinfo)


# What the office keeps for all blocs: heading and text, with words left open in braces.
LIBRARY = (
    (
        "Chuyển đổi số trong công tác công an",
        "Mỗi đơn vị có ít nhất một việc làm theo Đề án 06 trong năm {năm}; 100% hồ sơ công việc được xử lý trên môi trường mạng.",
    ),
    (
        "Bảo đảm trật tự, an toàn giao thông",
        "Giảm số vụ, số người chết và số người bị thương do tai nạn giao thông so với năm {năm trước}.",
    ),
    (
        "Phong trào toàn dân bảo vệ an ninh Tổ quốc",
        "Xây dựng, nhân rộng mô hình “Camera an ninh”, “Tổ tự quản”; tổ chức Ngày hội toàn dân bảo vệ an ninh Tổ quốc ở 100% khu dân cư.",
    ),
    (
        "Đền ơn đáp nghĩa, chăm lo gia đình chính sách",
        "{khối} thống nhất mỗi năm thăm, tặng quà ít nhất 10 gia đình chính sách và vận động hỗ trợ xây dựng một nhà tình nghĩa.",
    ),
)

COAST = (
    UnitCast(
        "songxanh",
        UnitKind.COMMUNE,
        "Công an xã Sông Xanh",
        "Sông Xanh",
        (head("songxanh.truong", "Nguyễn Văn Một", Rank.TRUNG_TA), staff("songxanh.canbo", "Trần Thị Mười Một", Rank.DAI_UY)),
    ),
    UnitCast(
        "bienbiec",
        UnitKind.WARD,
        "Công an phường Biển Biếc",
        "Biển Biếc",
        (head("bienbiec.truong", "Trần Văn Hai", Rank.THIEU_TA), staff("bienbiec.canbo", "Lê Văn Mười Hai", Rank.THUONG_UY)),
    ),
    UnitCast(
        "cattrang",
        UnitKind.COMMUNE,
        "Công an xã Cát Trắng",
        "Cát Trắng",
        (head("cattrang.truong", "Lê Thị Ba", Rank.THIEU_TA), staff("cattrang.canbo", "Phạm Văn Mười Ba", Rank.TRUNG_UY)),
    ),
    UnitCast(
        "benmoi",
        UnitKind.WARD,
        "Công an phường Bến Mới",
        "Bến Mới",
        (
            head("benmoi.truong", "Phạm Văn Tư", Rank.TRUNG_TA),
            deputy("benmoi.pho", "Hoàng Văn Mười Bốn", Rank.THIEU_TA, "Giấy phân công phụ trách đơn vị số 03/CAP-BM"),
            staff("benmoi.canbo", "Vũ Thị Mười Lăm", Rank.THUONG_UY),
        ),
    ),
    UnitCast(
        "hangdua",
        UnitKind.COMMUNE,
        "Công an xã Hàng Dừa",
        "Hàng Dừa",
        (head("hangdua.truong", "Hoàng Thị Năm", Rank.THIEU_TA), staff("hangdua.canbo", "Đỗ Văn Mười Sáu", Rank.DAI_UY)),
    ),
    UnitCast(
        "doithong",
        UnitKind.WARD,
        "Công an phường Đồi Thông",
        "Đồi Thông",
        (head("doithong.truong", "Vũ Văn Sáu", Rank.THIEU_TA), staff("doithong.canbo", "Bùi Thị Mười Bảy", Rank.TRUNG_UY)),
    ),
)
UPLAND = (
    UnitCast(
        "suoimay",
        UnitKind.COMMUNE,
        "Công an xã Suối Mây",
        "Suối Mây",
        (
            head("suoimay.truong", "Đỗ Văn Bảy", Rank.TRUNG_TA),
            deputy("suoimay.pho", "Ngô Văn Mười Tám", Rank.THIEU_TA),
            staff("suoimay.canbo", "Dương Thị Mười Chín", Rank.DAI_UY),
        ),
    ),
    UnitCast(
        "dabac",
        UnitKind.COMMUNE,
        "Công an xã Đá Bạc",
        "Đá Bạc",
        (head("dabac.truong", "Bùi Thị Tám", Rank.THIEU_TA), staff("dabac.canbo", "Lý Văn Hai Mươi", Rank.THUONG_UY)),
    ),
    UnitCast(
        "rungde",
        UnitKind.COMMUNE,
        "Công an xã Rừng Dẻ",
        "Rừng Dẻ",
        (head("rungde.truong", "Ngô Văn Chín", Rank.THIEU_TA), staff("rungde.canbo", "Đinh Thị Hai Mốt", Rank.TRUNG_UY)),
    ),
    UnitCast(
        "hoalau",
        UnitKind.COMMUNE,
        "Công an xã Hoa Lau",
        "Hoa Lau",
        (head("hoalau.truong", "Dương Văn Mười", Rank.DAI_UY), staff("hoalau.canbo", "Trịnh Văn Hai Hai", Rank.TRUNG_UY)),
    ),
    UnitCast(
        "thacnuoc",
        UnitKind.COMMUNE,
        "Công an xã Thác Nước",
        "Thác Nước",
        (head("thacnuoc.truong", "Lý Thị Hai Ba", Rank.THIEU_TA), staff("thacnuoc.canbo", "Mai Văn Hai Tư", Rank.THUONG_UY)),
    ),
    UnitCast(
        "nuivoi",
        UnitKind.COMMUNE,
        "Công an xã Núi Voi",
        "Núi Voi",
        (head("nuivoi.truong", "Đinh Văn Hai Lăm", Rank.DAI_UY), staff("nuivoi.canbo", "Hồ Thị Hai Sáu", Rank.THIEU_UY)),
    ),
)
RIVER = (
    UnitCast(
        "baiboi",
        UnitKind.COMMUNE,
        "Công an xã Bãi Bồi",
        "Bãi Bồi",
        (head("baiboi.truong", "Hồ Văn Hai Bảy", Rank.TRUNG_TA), staff("baiboi.canbo", "Mai Thị Hai Tám", Rank.DAI_UY)),
    ),
    UnitCast(
        "dongang",
        UnitKind.COMMUNE,
        "Công an xã Đò Ngang",
        "Đò Ngang",
        (head("dongang.truong", "Tạ Thị Hai Chín", Rank.THIEU_TA), staff("dongang.canbo", "Kiều Văn Ba Mươi", Rank.THUONG_UY)),
    ),
    UnitCast(
        "conlau",
        UnitKind.COMMUNE,
        "Công an xã Cồn Lau",
        "Cồn Lau",
        (
            # The head's post is vacant: his deputy signs for him.
            deputy("conlau.pho", "Thái Văn Ba Hai", Rank.DAI_UY, "Giấy phân công phụ trách đơn vị số 07/CAX-CL"),
            staff("conlau.canbo", "Châu Thị Ba Ba", Rank.TRUNG_UY),
        ),
    ),
    UnitCast(
        "chophao",
        UnitKind.COMMUNE,
        "Công an xã Chợ Phao",
        "Chợ Phao",
        (head("chophao.truong", "Lâm Thị Ba Tư", Rank.DAI_UY), staff("chophao.canbo", "Phan Văn Ba Lăm", Rank.TRUNG_UY)),
    ),
)

BASES = [
    "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
    "Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ",
]
AIMS = [
    Aim("Tỷ lệ tin báo, tố giác về tội phạm được tiếp nhận, phân loại đúng hạn", "%", "100"),
    Aim("Giảm số vụ phạm tội về trật tự xã hội so với năm trước", "%", "5"),
    Aim("Giảm tai nạn giao thông trên cả ba tiêu chí so với năm trước", "%", "5"),
    Aim("Tỷ lệ hộ gia đình ký cam kết về phòng cháy, chữa cháy", "%", "98.5"),
    Aim("Số ngày tiếp công dân bị gián đoạn không lý do", "ngày", "0", "exact"),
]


@dataclass(frozen=True)
class BlocStory:
    """A bloc of the current year and its drafting up to the published version; the first unit leads, the second is its deputy."""

    units: tuple[UnitCast, ...]
    name: str
    decision_number: str
    formed: datetime
    draft_due: date
    sign_due: date
    drafted: datetime
    published: datetime
    deadline: datetime
    stands: tuple[tuple[datetime, str, str, str], ...]

    @property
    def leader(self) -> str:
        return f"{self.units[0].key}.truong"

    @property
    def drafter(self) -> str:
        return f"{self.units[0].key}.canbo"

    @property
    def deputy(self) -> str:
        return f"{self.units[1].key}.truong"

    @property
    def roles(self) -> dict[str, str]:
        return {self.units[0].key: SeatRole.LEADER, self.units[1].key: SeatRole.DEPUTY}


TITLES = (Title.VICTORY_UNIT, Title.ADVANCED_UNIT)


def open_for_signing() -> BlocStory:
    """The bloc whose covenant four of six units have signed."""
    return BlocStory(
        units=COAST,
        name="Công an các xã, phường ven biển",
        decision_number="118/QĐ-CAT-PX03",
        formed=at(45, 9),
        draft_due=day(28),
        sign_due=day(-5),
        drafted=at(36, 8),
        published=at(30, 8),
        deadline=at(21, 17),
        stands=tuple((at(29 - place, 9), f"{unit.key}.truong", Opinion.AGREE, "") for place, unit in enumerate(COAST)),
    )


def signatures() -> list[tuple[datetime, str]]:
    """Who has signed yesterday; two seats are left empty."""
    return [
        (at(1, 14, 31), "songxanh.truong"),
        (at(1, 14, 34), "bienbiec.truong"),
        (at(1, 14, 40), "cattrang.truong"),
        (at(1, 14, 52), "benmoi.pho"),
    ]


def in_discussion() -> BlocStory:
    """The bloc whose units are giving their stands: agreed, with a reservation, with a remark; one is prepared, one silent."""
    return BlocStory(
        units=UPLAND,
        name="Công an các xã vùng đồi núi",
        decision_number="119/QĐ-CAT-PX03",
        formed=at(40, 9),
        draft_due=day(3),
        sign_due=day(-20),
        drafted=at(12, 8),
        published=at(4, 8),
        deadline=at(-6, 17),
        stands=(
            (at(3, 9), "suoimay.truong", Opinion.AGREE, ""),
            (at(3, 15), "dabac.truong", Opinion.AGREE, ""),
            (
                at(2, 10),
                "rungde.truong",
                Opinion.RESERVE,
                "Đơn vị mới được giao thêm hai thôn xa trung tâm; đề nghị xem xét khi chấm chỉ tiêu về tai nạn giao thông.",
            ),
            (
                at(1, 16),
                "hoalau.truong",
                Opinion.REMARK,
                "Đề nghị ghi rõ mốc số liệu so sánh của năm trước do đơn vị nào cung cấp.",
            ),
        ),
    )


PRESIDING_LEADER, INVITATION = "Đại tá Đặng Văn L, Phó Giám đốc Công an tỉnh", "01/GM-KTĐ"
# Prepared by staff, not yet sent by the commander; the sixth unit is silent.
PREPARED_BY, PREPARED_OPINION = "thacnuoc.canbo", Opinion.AGREE


REPLACE_REASON = "Bổ sung việc họp khối qua cầu truyền hình"
AMENDMENT = "Khi cần, khối trưởng triệu tập họp qua cầu truyền hình; ý kiến tại cuộc họp có giá trị như họp trực tiếp."


def on_paper() -> BlocStory:
    """The bloc whose units signed with pens."""
    return BlocStory(
        units=RIVER,
        name="Công an các xã ven sông",
        decision_number="120/QĐ-CAT-PX03",
        formed=at(44, 9),
        draft_due=day(30),
        sign_due=day(8),
        drafted=at(37, 8),
        published=at(31, 8),
        deadline=at(24, 17),
        stands=tuple((at(30 - place, 9), unit.people[0].login, Opinion.AGREE, "") for place, unit in enumerate(RIVER)),
    )
