"""Units and people of the demonstration, as plain data. Names are placeholders; whoever signs is nobody real."""

from dataclasses import dataclass, field
from datetime import date

from emulation.organisation.enums import Post, Rank, UnitKind

# Known to everybody who can read this file: it protects nothing, in a database that says MẪU on every page.
PASSWORD = "thi-dua-2020"  # noqa: S105 (said above)
DISTRICTS_FROM = date(2014, 1, 1)
DISTRICTS_UNTIL = date(2025, 2, 28)
IN_POST_SINCE = date(2019, 7, 1)


@dataclass(frozen=True)
class Person:
    """Who holds which post. `login` is also how other data refer to him; `mandate` is the document that lets a deputy sign KT."""

    login: str
    name: str
    post: str
    rank: str
    mandate: str = ""
    may_sign: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "may_sign", self.post != Post.STAFF)


@dataclass(frozen=True)
class UnitCast:
    """A unit with its people. `key` is how other data refer to it."""

    key: str
    kind: str
    name: str
    short_name: str
    people: tuple[Person, ...]


def head(login: str, name: str, rank: str) -> Person:
    return Person(login, name, Post.HEAD, rank)


def deputy(login: str, name: str, rank: str, mandate: str = "") -> Person:
    return Person(login, name, Post.DEPUTY, rank, mandate)


def staff(login: str, name: str, rank: str) -> Person:
    return Person(login, name, Post.STAFF, rank)


PROVINCE = UnitCast(
    "tinh",
    UnitKind.PROVINCE,
    "Công an tỉnh Quảng Bình",
    "Quảng Bình",
    (
        deputy(
            "lanhdao",
            "Đặng Văn L",
            Rank.DAI_TA,
            "Văn bản phân công lãnh đạo Công an tỉnh phụ trách công tác thi đua số 05/PC-CAT",
        ),
    ),
)
OFFICE = UnitCast(
    "px03",
    UnitKind.DEPARTMENT,
    "Phòng Công tác đảng và công tác chính trị",
    "PX03",
    (
        head("px03.truong", "Đinh Văn M", Rank.THUONG_TA),
        staff("px03", "Cao Thị N", Rank.THIEU_TA),
    ),
)
DISTRICTS = (
    UnitCast(
        "quangninh",
        UnitKind.DISTRICT,
        "Công an huyện Quảng Ninh",
        "Quảng Ninh",
        (
            head("quangninh.truong", "Nguyễn Văn A", Rank.THUONG_TA),
            deputy("quangninh.pho", "Phan Văn P", Rank.TRUNG_TA),
            staff("quangninh.canbo", "Mai Thị Q", Rank.DAI_UY),
        ),
    ),
    UnitCast(
        "donghoi",
        UnitKind.CITY,
        "Công an thành phố Đồng Hới",
        "Đồng Hới",
        (
            head("donghoi.truong", "Trần Thị B", Rank.THUONG_TA),
            deputy("donghoi.pho", "Lương Văn R", Rank.TRUNG_TA),
            staff("donghoi.canbo", "Tạ Văn S", Rank.DAI_UY),
        ),
    ),
    UnitCast(
        "badon",
        UnitKind.TOWN,
        "Công an thị xã Ba Đồn",
        "Ba Đồn",
        (head("badon.truong", "Phạm Văn C", Rank.THUONG_TA), staff("badon.canbo", "Hồ Thị T", Rank.THUONG_UY)),
    ),
    UnitCast(
        "botrach",
        UnitKind.DISTRICT,
        "Công an huyện Bố Trạch",
        "Bố Trạch",
        (head("botrach.truong", "Lê Văn D", Rank.THUONG_TA), staff("botrach.canbo", "Trịnh Văn U", Rank.DAI_UY)),
    ),
    UnitCast(
        "lethuy",
        UnitKind.DISTRICT,
        "Công an huyện Lệ Thủy",
        "Lệ Thủy",
        (head("lethuy.truong", "Hoàng Văn E", Rank.THUONG_TA), staff("lethuy.canbo", "Dương Thị V", Rank.THUONG_UY)),
    ),
    UnitCast(
        "minhhoa",
        UnitKind.DISTRICT,
        "Công an huyện Minh Hóa",
        "Minh Hóa",
        (head("minhhoa.truong", "Đỗ Văn G", Rank.TRUNG_TA), staff("minhhoa.canbo", "Thái Văn X", Rank.TRUNG_UY)),
    ),
    UnitCast(
        "quangtrach",
        UnitKind.DISTRICT,
        "Công an huyện Quảng Trạch",
        "Quảng Trạch",
        (head("quangtrach.truong", "Bùi Thị H", Rank.THUONG_TA), staff("quangtrach.canbo", "Châu Văn Y", Rank.DAI_UY)),
    ),
    UnitCast(
        "tuyenhoa",
        UnitKind.DISTRICT,
        "Công an huyện Tuyên Hóa",
        "Tuyên Hóa",
        (
            head("tuyenhoa.truong", "Lâm Văn I", Rank.THUONG_TA),
            deputy("tuyenhoa.pho", "Vũ Văn K", Rank.TRUNG_TA, "Giấy phân công phụ trách đơn vị số 21/CAH-TH"),
            staff("tuyenhoa.canbo", "Kiều Thị Z", Rank.THUONG_UY),
        ),
    ),
)
