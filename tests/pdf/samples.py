"""A covenant to print: invented text and units, in every size that the layout must bear."""

import datetime as dt
import functools

from blocs.documents.covenant import covenant_html
from blocs.texts import ClauseText, CovenantText, IndicatorText, RegistrationText
from emulation.pdf.finish import finish
from emulation.pdf.frame import DocumentFrame, Seat, Verification
from emulation.pdf.qr import qr_data_uri
from emulation.pdf.render import render

ADDRESS = "https://thidua.example.vn/xac-minh/7QK4M-X2P9T"
AGENCY = "Công an tỉnh Quảng Bình"
BLOC = "Khối thi đua Công an các huyện, thị xã, thành phố"
UNITS = (
    "Công an huyện Quảng Ninh", "Công an thành phố Đồng Hới", "Công an thị xã Ba Đồn", "Công an huyện Bố Trạch",
    "Công an huyện Lệ Thủy", "Công an huyện Minh Hóa", "Công an huyện Quảng Trạch", "Công an huyện Tuyên Hóa",
)  # fmt: skip
LONG_UNIT = "Công an huyện Hướng Phùng và các đơn vị đứng chân trên địa bàn biên giới phía Tây"
CLAUSES = (
    (
        "Chương trình hành động",
        "Mỗi đơn vị biến nghị quyết và chương trình công tác năm thành việc làm có người chịu trách nhiệm.",
    ),
    (
        "Công tác tham mưu",
        "Tham mưu sát, kịp thời cho cấp ủy và chính quyền.\na) Nắm tình hình từ cơ sở.\nb) Đề xuất việc cần làm ngay.",
    ),
    ("Bảo vệ an ninh chính trị", "Không để bị động, bất ngờ; bảo vệ an toàn các kỳ đại hội trên địa bàn."),
    ("Phòng, chống tội phạm", "Kéo giảm tội phạm về trật tự xã hội, nâng tỷ lệ điều tra, khám phá án."),
    ("Quản lý nhà nước", "Phục vụ nhân dân tận tình, đúng hẹn; quản lý chặt ngành nghề kinh doanh có điều kiện."),
    ("Công tác dân vận", "Mỗi đơn vị dựng một mô hình mới để nhân dân cùng giữ gìn an ninh, trật tự."),
    ("Tư tưởng cán bộ, chiến sĩ", "Nắm tư tưởng hằng tháng; không để ai bị kỷ luật từ cảnh cáo trở lên."),
    ("Đổi mới thi đua", "Mở những đợt thi đua ngắn, thiết thực; nhân rộng gương tốt."),
    ("Hoạt động tình nghĩa", "Cùng nhau làm ít nhất một việc thiện nguyện trong năm."),
    ("Thông tin, báo cáo", "Gửi báo cáo đủ, đúng và trước hạn."),
)
CLOSING = "Giao ước này được các đơn vị trong Khối thi đua thảo luận, thống nhất"


def units(count: int) -> list[str]:
    return [UNITS[place % len(UNITS)] for place in range(count)]


def covenant_text(names: list[str], *, clauses: tuple[tuple[str, str], ...] = CLAUSES) -> CovenantText:
    ids = [str(place) for place in range(len(names))]
    body = [ClauseText(f"c{place}", "clause", "body", heading, text) for place, (heading, text) in enumerate(clauses)]
    return CovenantText(
        title="Giao ước thi đua",
        movement="Vì An ninh Tổ quốc",
        bases=["Căn cứ Luật Thi đua, khen thưởng;", "Căn cứ Chương trình công tác năm 2020 của Công an tỉnh Quảng Bình"],
        opening="Hôm nay, tại Công an huyện Quảng Ninh, đại diện các đơn vị thống nhất ký giao ước với các nội dung sau:",
        clauses=[
            ClauseText("s1", "section", "body", "Nội dung giao ước", ""),
            *body,
            ClauseText("s2", "section", "implementation", "Tổ chức thực hiện", ""),
            ClauseText(
                "i1", "clause", "implementation", "Trách nhiệm", "Chỉ huy đơn vị phổ biến giao ước đến từng cán bộ, chiến sĩ."
            ),
        ],
        indicators=[
            IndicatorText("n1", "Tỷ lệ điều tra, khám phá án", "%", "higher", "80", dict.fromkeys(ids, "82.5")),
            IndicatorText("n2", "Số vụ cháy lớn", "vụ", "lower", "0"),
            IndicatorText("n3", "Mô hình mới về giữ gìn an ninh, trật tự", "mô hình", "higher", "", dict.fromkeys(ids, "1")),
        ],
        registrations=[RegistrationText(unit_id, ["victory_unit"]) for unit_id in ids],
        recipients=["Công an tỉnh (để báo cáo)", "Các đơn vị trong Khối", "Lưu: VT"],
    )


def document_frame(names: list[str], *, witness: bool = False, **changes: object) -> DocumentFrame:
    roles = ["Khối trưởng", "Khối phó", *["Thành viên"] * len(names)]
    seats = [Seat(str(place), unit, roles[place], f"sig-{place:02d}q7") for place, unit in enumerate(names)]
    facts: dict[str, object] = {
        "agency": AGENCY,
        "bloc_name": BLOC,
        "place": "Quảng Ninh",
        "date": dt.date(2020, 3, 4),
        "year": 2020,
        "seats": seats,
        "witness": Seat("w", AGENCY, "Lãnh đạo Công an tỉnh chứng kiến", "sig-witness") if witness else None,
        "verification": Verification(ADDRESS, qr_data_uri(ADDRESS), "7QK4M X2P9T", "3f9a 71c2 0be4 d815"),
    }
    return DocumentFrame(**{**facts, **changes})


@functools.cache
def covenant_pdf(count: int, *, witness: bool = False) -> bytes:
    """The finished covenant of that many units; printed once for all tests."""
    names = units(count)
    return printed(covenant_text(names), document_frame(names, witness=witness))


def printed(text: CovenantText, frame: DocumentFrame) -> bytes:
    return finish(render(covenant_html(text, frame)))
