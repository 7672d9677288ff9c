"""Fixed lists: kinds of unit, posts, ranks, capacities in which a person signs."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class UnitKind(TextChoices):
    """Level and kind of a police unit. District level ended on 1 March 2025 and stays for the years before."""

    PROVINCE = "province", _("Công an tỉnh")
    DEPARTMENT = "department", _("Phòng")
    DISTRICT = "district", _("Công an huyện")
    CITY = "city", _("Công an thành phố thuộc tỉnh")
    TOWN = "town", _("Công an thị xã")
    COMMUNE = "commune", _("Công an xã")
    WARD = "ward", _("Công an phường")
    SPECIAL_ZONE = "special_zone", _("Công an đặc khu")


class Post(TextChoices):
    """What a person is in his unit."""

    HEAD = "head", _("Cấp trưởng")
    DEPUTY = "deputy", _("Cấp phó")
    STAFF = "staff", _("Cán bộ tổng hợp")


COMMANDING_POSTS = (Post.HEAD, Post.DEPUTY)


class Rank(TextChoices):
    """Ranks of the People's Police, high to low (Law 37/2018/QH14, art. 21)."""

    DAI_TUONG = "dai_tuong", "Đại tướng"
    THUONG_TUONG = "thuong_tuong", "Thượng tướng"
    TRUNG_TUONG = "trung_tuong", "Trung tướng"
    THIEU_TUONG = "thieu_tuong", "Thiếu tướng"
    DAI_TA = "dai_ta", "Đại tá"
    THUONG_TA = "thuong_ta", "Thượng tá"
    TRUNG_TA = "trung_ta", "Trung tá"
    THIEU_TA = "thieu_ta", "Thiếu tá"
    DAI_UY = "dai_uy", "Đại úy"
    THUONG_UY = "thuong_uy", "Thượng úy"
    TRUNG_UY = "trung_uy", "Trung úy"
    THIEU_UY = "thieu_uy", "Thiếu úy"
    THUONG_SI = "thuong_si", "Thượng sĩ"
    TRUNG_SI = "trung_si", "Trung sĩ"
    HA_SI = "ha_si", "Hạ sĩ"


class Capacity(TextChoices):
    """In which capacity somebody signs (Decree 30/2020, art. 13). All but OWN need a recorded basis."""

    OWN = "own", _("Cấp trưởng")
    KT = "kt", _("KT. (ký thay)")
    TUQ = "tuq", _("TUQ. (thừa ủy quyền)")
    TL = "tl", _("TL. (thừa lệnh)")
    Q = "q", _("Q. (quyền)")


class MandateScope(TextChoices):
    """What a basis is good for; the kinds of document that can be signed name one of these."""

    ALL = "all", _("Mọi văn bản thi đua")
    COVENANT = "covenant", _("Giao ước thi đua")
    REGULATION = "regulation", _("Quy định, quy chế, đề cương của khối")
    MINUTES = "minutes", _("Biên bản hội nghị của khối")
    STANDINGS = "standings", _("Bảng xếp hạng thi đua của khối")
    REPORT = "report", _("Báo cáo sơ kết, tổng kết")


# Titles by kind of unit: (head, deputy), as a document prints them.
TITLES = {
    UnitKind.PROVINCE: ("Giám đốc", "Phó Giám đốc"),
    UnitKind.DEPARTMENT: ("Trưởng phòng", "Phó Trưởng phòng"),
    UnitKind.DISTRICT: ("Trưởng Công an huyện", "Phó Trưởng Công an huyện"),
    UnitKind.CITY: ("Trưởng Công an thành phố", "Phó Trưởng Công an thành phố"),
    UnitKind.TOWN: ("Trưởng Công an thị xã", "Phó Trưởng Công an thị xã"),
    UnitKind.COMMUNE: ("Trưởng Công an xã", "Phó Trưởng Công an xã"),
    UnitKind.WARD: ("Trưởng Công an phường", "Phó Trưởng Công an phường"),
    UnitKind.SPECIAL_ZONE: ("Trưởng Công an đặc khu", "Phó Trưởng Công an đặc khu"),
}
STAFF_TITLE = "Cán bộ"


def usual_title(kind: str, post: str) -> str:
    """The title that goes with a post in a unit of this kind: "Phó Trưởng Công an huyện"."""
    if post == Post.STAFF:
        return STAFF_TITLE
    head, deputy = TITLES[UnitKind(kind)]
    return head if post == Post.HEAD else deputy
