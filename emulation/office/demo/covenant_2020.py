"""The covenant of 2020 as plain data: what the press reported of its commitments, told in our own words, with made-up targets."""

from dataclasses import dataclass, field
from decimal import Decimal

from blocs.domain.starting import Piece
from blocs.enums import ClauseKind, ClausePart, Direction

BASES = [
    "Căn cứ Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003 và các Luật sửa đổi, bổ sung năm 2005, năm 2013",
    "Căn cứ Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính phủ",
    "Căn cứ Thông tư số 12/2019/TT-BCA ngày 29 tháng 5 năm 2019 của Bộ trưởng Bộ Công an về công tác thi đua, khen thưởng",
    "Căn cứ Quyết định số 112/QĐ-CAT-PX03 ngày 10 tháng 01 năm 2020 của Giám đốc Công an tỉnh về việc lập các khối thi đua năm 2020",
]
OPENING = (
    "Ngày 04 tháng 3 năm 2020, tại Công an huyện Quảng Ninh, 08 đơn vị thuộc Khối thi đua Công an các huyện, thị xã, thành phố "
    "thống nhất ký giao ước thi đua năm 2020 với các nội dung, chỉ tiêu sau:"
)
RECIPIENTS = [
    "Giám đốc Công an tỉnh (để báo cáo)",
    "Phòng Công tác đảng và công tác chính trị (để theo dõi)",
    "08 đơn vị trong Khối (để thực hiện)",
    "Lưu: hồ sơ của Khối",
]

# The order is the order on paper.
PIECES = [
    Piece(ClauseKind.SECTION, ClausePart.BODY, "Nội dung giao ước", ""),
    Piece(
        ClauseKind.CLAUSE,
        ClausePart.BODY,
        "Xây dựng và thực hiện chương trình hành động",
        "Học tập, quán triệt nghị quyết của Đảng ủy Công an tỉnh, chương trình công tác công an năm 2020 và nghị quyết, chỉ thị của cấp "
        "ủy, chính quyền địa phương; cụ thể hóa thành chương trình hành động của từng đơn vị trước ngày 31 tháng 3 năm 2020, phân "
        "công rõ người, rõ việc, rõ thời hạn.",
    ),
    Piece(
        ClauseKind.CLAUSE,
        ClausePart.BODY,
        "Tham mưu cho cấp ủy, chính quyền địa phương",
        "Công an từ huyện đến xã nắm chắc địa bàn, đề xuất đúng và kịp thời với cấp ủy, chính quyền các giải pháp giữ vững an ninh, "
        "trật tự; giải quyết mâu thuẫn, khiếu kiện ngay từ cơ sở, không để hình thành điểm nóng.",
    ),
    Piece(
        ClauseKind.CLAUSE,
        ClausePart.BODY,
        "Bảo vệ an ninh chính trị, bảo vệ đại hội Đảng các cấp",
        "Cùng các phòng nghiệp vụ xây dựng và diễn tập phương án, kế hoạch; sớm phát hiện, ngăn chặn âm mưu, hoạt động chống phá của "
        "các thế lực thù địch, phản động.\nBảo vệ an toàn tuyệt đối đại hội Đảng các cấp nhiệm kỳ 2020 - 2025 trên từng địa bàn.",
    ),
    Piece(
        ClauseKind.CLAUSE,
        ClausePart.BODY,
        "Phòng ngừa, đấu tranh với các loại tội phạm",
        "Tiếp tục thực hiện Chỉ thị số 48-CT/TW và Chỉ thị số 46-CT/TW; mở các đợt cao điểm sát với từng loại tội phạm, từng tuyến; "
        "nâng cao tỷ lệ điều tra, khám phá; không để tội phạm hoạt động theo kiểu băng, nhóm, không để xảy ra oan, sai, bỏ lọt.",
    ),
    Piece(
        ClauseKind.CLAUSE,
        ClausePart.BODY,
        "Quản lý nhà nước về an ninh, trật tự",
        "Đổi mới cách làm, bớt thủ tục, bớt thời gian đi lại của nhân dân trong:\n"
        "a) Quản lý cư trú, ngành, nghề đầu tư kinh doanh có điều kiện, vũ khí, vật liệu nổ và công cụ hỗ trợ;\n"
        "b) Bảo đảm trật tự, an toàn giao thông;\n"
        "c) Phòng cháy, chữa cháy và cứu nạn, cứu hộ.",
    ),
    Piece(
        ClauseKind.CLAUSE,
        ClausePart.BODY,
        "Dân vận và phong trào toàn dân bảo vệ an ninh Tổ quốc",
        "Làm tốt công tác dân vận; nhân rộng mô hình tự quản ở thôn, tổ dân phố, trường học, cơ quan; gắn phong trào với xây dựng nền an "
        "ninh nhân dân, thế trận an ninh nhân dân và thế trận quốc phòng toàn dân.",
    ),
    Piece(
        ClauseKind.CLAUSE,
        ClausePart.BODY,
        "Nắm và giải quyết tư tưởng của cán bộ, chiến sĩ",
        "Chỉ huy các cấp nắm sát tâm tư, hoàn cảnh của từng cán bộ, chiến sĩ, tháo gỡ khó khăn từ sớm và báo cáo đúng quy định; giữ "
        "nghiêm kỷ luật, kỷ cương, điều lệnh Công an nhân dân.",
    ),
    Piece(
        ClauseKind.CLAUSE,
        ClausePart.BODY,
        "Đổi mới việc chỉ đạo và thực hiện các phong trào thi đua",
        "Chọn việc khó, khâu yếu để phát động thi đua ngắn ngày; người đứng đầu trực tiếp chỉ đạo; phát hiện, bồi dưỡng, nhân điển hình "
        "tiên tiến; bình xét dân chủ, công khai, đúng người, đúng việc.",
    ),
    Piece(
        ClauseKind.CLAUSE,
        ClausePart.BODY,
        "Văn hóa, thể thao và hoạt động nghĩa tình",
        "Tổ chức giao lưu văn hóa, văn nghệ, thể dục, thể thao giữa các đơn vị để thêm gắn bó; chăm lo gia đình chính sách, hộ nghèo, học "
        "sinh vượt khó bằng những việc làm từ thiện, nhân đạo cụ thể.",
    ),
    Piece(
        ClauseKind.CLAUSE,
        ClausePart.BODY,
        "Chế độ thông tin, báo cáo",
        "Báo cáo sơ kết, tổng kết và bảng tự chấm điểm đúng thời hạn, đúng đề cương của Khối; số liệu có minh chứng, không thêm, "
        "không bớt.",
    ),
    Piece(ClauseKind.SECTION, ClausePart.IMPLEMENTATION, "Tổ chức thực hiện", ""),
    Piece(
        ClauseKind.CLAUSE,
        ClausePart.IMPLEMENTATION,
        "",
        "Công an huyện Quảng Ninh, đơn vị khối trưởng, điều hành hoạt động của Khối; Công an thành phố Đồng Hới, đơn vị khối phó, phối hợp "
        "và thay khối trưởng khi được ủy nhiệm.",
    ),
    Piece(
        ClauseKind.CLAUSE,
        ClausePart.IMPLEMENTATION,
        "",
        "Các đơn vị đưa nội dung giao ước vào kế hoạch công tác năm, phổ biến đến từng cán bộ, chiến sĩ; gửi báo cáo sơ kết trước ngày 05 "
        "tháng 6 và báo cáo tổng kết trước ngày 10 tháng 11 năm 2020.",
    ),
    Piece(
        ClauseKind.CLAUSE,
        ClausePart.IMPLEMENTATION,
        "",
        "Kết quả thực hiện giao ước là căn cứ chấm điểm, xếp hạng và đề nghị khen thưởng của Khối năm 2020.",
    ),
]


@dataclass(frozen=True)
class Aim:
    """A target: for the bloc, or a value for each unit."""

    name: str
    measure: str
    bloc_value: str = ""
    direction: str = Direction.HIGHER
    unit_values: dict[str, str] = field(default_factory=dict)

    @property
    def number(self) -> Decimal | None:
        return Decimal(self.bloc_value) if self.bloc_value else None

    @property
    def unit_numbers(self) -> dict[str, Decimal]:
        return {key: Decimal(value) for key, value in self.unit_values.items()}


SERIOUS_CASES = "Tỷ lệ điều tra, khám phá án rất nghiêm trọng, đặc biệt nghiêm trọng"
FIRST_VALUE, AGREED_VALUE = Decimal(90), Decimal(95)

AIMS = [
    Aim("Giảm số vụ phạm tội về trật tự xã hội so với năm 2019", "%", "5"),
    Aim("Tỷ lệ điều tra, khám phá án về trật tự xã hội", "%", "80"),
    Aim(SERIOUS_CASES, "%", str(FIRST_VALUE)),
    Aim("Tỷ lệ giải quyết tố giác, tin báo về tội phạm và kiến nghị khởi tố", "%", "90"),
    Aim("Giảm tai nạn giao thông trên cả ba tiêu chí so với năm 2019", "%", "5"),
    Aim("Số vụ cháy lớn gây thiệt hại nghiêm trọng", "vụ", "0", Direction.EXACT),
    Aim("Tỷ lệ xã, phường, thị trấn đạt tiêu chuẩn “An toàn về an ninh, trật tự”", "%", "85.5"),
    Aim("Tỷ lệ cán bộ, chiến sĩ vi phạm phải xử lý kỷ luật", "%", "0.5", Direction.LOWER),
    Aim(
        "Mô hình tự quản về an ninh, trật tự xây dựng mới",
        "mô hình",
        unit_values={
            "quangninh": "4",
            "donghoi": "5",
            "badon": "4",
            "botrach": "5",
            "lethuy": "4",
            "minhhoa": "2",
            "quangtrach": "3",
            "tuyenhoa": "3",
        },
    ),
    Aim(
        "Đóng góp Quỹ nghĩa tình đồng đội",
        "triệu đồng",
        unit_values={
            "quangninh": "25",
            "donghoi": "32.5",
            "badon": "25",
            "botrach": "27.5",
            "lethuy": "25",
            "minhhoa": "15",
            "quangtrach": "20",
            "tuyenhoa": "20",
        },
    ),
]
