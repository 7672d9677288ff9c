"""What units of the demonstration report, as plain data: days of 2020, words for each section, figures. All of it is made up.

Which words a unit uses, and its figures, follow from hashes, so that no two reports are the same and every demonstration is.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from emulation.office.demo.figures_2020 import STRENGTH, chance_of
from emulation.office.demo.year_2020 import YEAR, at
from emulation.organisation.enums import UnitKind
from emulation.reports.enums import PeriodKind
from emulation.reports.texts import FigureLine

# What the records offices of such units write behind the number.
LETTERS: Mapping[str, str] = {UnitKind.DISTRICT: "CAH", UnitKind.CITY: "CATP", UnitKind.TOWN: "CATX", UnitKind.COMMUNE: "CAX"}

OPENED_BY = "quangninh.truong"
OPENED = {PeriodKind.INTERIM: at(5, 18, 8), PeriodKind.FINAL: at(10, 20, 8)}
DAYS = {
    PeriodKind.INTERIM: {"opens_on": date(YEAR, 5, 18), "due_on": date(YEAR, 6, 5), "bloc_due_on": date(YEAR, 6, 20)},
    PeriodKind.FINAL: {"opens_on": date(YEAR, 10, 20), "due_on": date(YEAR, 11, 10), "bloc_due_on": date(YEAR, 11, 30)},
}
WRITTEN = {PeriodKind.INTERIM: at(6, 1, 8), PeriodKind.FINAL: at(11, 2, 8)}
SIGNED = {PeriodKind.INTERIM: at(6, 4, 14), PeriodKind.FINAL: at(11, 6, 14)}
RECEIVED = {PeriodKind.INTERIM: at(6, 12, 9), PeriodKind.FINAL: at(11, 12, 9)}
BLOC_DRAFTED = {PeriodKind.INTERIM: at(6, 13, 8), PeriodKind.FINAL: at(11, 16, 8)}
BLOC_CHECKED = {PeriodKind.INTERIM: at(6, 16, 9), PeriodKind.FINAL: at(11, 20, 9)}
BLOC_SIGNED = {PeriodKind.INTERIM: at(6, 18, 15), PeriodKind.FINAL: at(11, 27, 15)}

# One unit asked for more days and used them; another was asked to mend its figures.
EXTENDED, EXTENDED_AT, EXTENDED_TO = "minhhoa", at(6, 3, 10), date(YEAR, 6, 10)
EXTENDED_BECAUSE = "Đơn vị tập trung khắc phục hậu quả lốc xoáy trên địa bàn biên giới."
SIGNED_LATER = at(6, 9, 16)
RETURNED, RETURNED_AT, MENDED_AT = "badon", at(6, 8, 9), at(6, 9, 10)
RETURNED_BECAUSE = "Hai chỗ cần sửa trước khi tổng hợp của khối."
RETURNED_SECTIONS = {
    "Ưu điểm": "Nêu rõ số liệu chứng minh, không viết chung chung.",
    "Số liệu khen thưởng": "Đối chiếu lại số cá nhân được khen với quyết định khen thưởng.",
}
MENDED = "Ba Đồn đã xóa 2 điểm phức tạp về ma túy, giảm 11% số vụ trộm cắp so với cùng kỳ; 100% tin báo được phân loại đúng hạn."

WORDS: Mapping[str, Sequence[str]] = {
    "Thuận lợi, khó khăn": (
        (
            "{unit} được cấp ủy, chính quyền địa phương quan tâm, nhân dân tin tưởng, ủng hộ. Khó khăn là địa bàn rộng, lực lượng còn "
            "mỏng, phương tiện phục vụ công tác chưa đồng bộ."
        ),
        (
            "Đội ngũ cán bộ, chiến sĩ đoàn kết, có kinh nghiệm bám cơ sở.\nTình hình tội phạm trên không gian mạng, tín dụng đen diễn biến "
            "phức tạp, gây áp lực lớn lên công tác của {unit}."
        ),
        (
            "Công an chính quy đã về đủ các xã, nắm tình hình từ sớm, từ cơ sở tốt hơn.\nCông tác phòng, chống dịch COVID-19 kéo dài, phải "
            "bố trí lực lượng trực chốt nhiều tháng liền."
        ),
    ),
    "Văn bản đã ban hành, việc kiểm tra": (
        (
            "Ban hành {n} kế hoạch, hướng dẫn về thi đua; ký giao ước giữa các đội và công an xã; kiểm tra {m} đơn vị cơ sở, nhắc nhở, "
            "chấn chỉnh ngay sau kiểm tra."
        ),
        (
            "Chỉ huy {unit} trực tiếp phát động, phân công đến từng đội; {n} văn bản chỉ đạo được ban hành đúng tiến độ. Đã kiểm tra {m} "
            "lượt việc thực hiện giao ước ở cơ sở."
        ),
    ),
    "Mô hình, điển hình tiên tiến": (
        "Mô hình “Camera an ninh” ở {n} xã, thị trấn giúp làm rõ {m} vụ việc; mô hình “Tiếng kẻng an ninh” được duy trì hằng tuần.",
        "Điển hình: tổ công tác xung kích làm rõ {m} vụ án; mô hình “Dòng họ tự quản” nhân rộng ra {n} thôn, được nhân dân đánh giá cao.",
    ),
    "Ưu điểm": (
        (
            "Phong trào thi đua bám sát nhiệm vụ chính trị, chỉ tiêu giao ước được chia nhỏ theo tháng nên tiến độ vững; nội bộ đoàn kết, "
            "kỷ luật nghiêm."
        ),
        "Tỷ lệ giải quyết tin báo và khám phá án đều đạt, vượt giao ước; cải cách hành chính có chuyển biến rõ, người dân hài lòng hơn.",
        "Phát động đúng việc khó, khâu yếu; người đứng đầu trực tiếp chỉ đạo; phát hiện và nhân rộng được {n} điển hình.",
    ),
    "Hạn chế, nguyên nhân": (
        (
            "Một số đội chưa ghi chép, lưu minh chứng đầy đủ; việc bình xét có nơi còn nể nang. Nguyên nhân chủ yếu do cán bộ kiêm nhiệm, "
            "chưa được tập huấn."
        ),
        "Công tác tuyên truyền gương người tốt, việc tốt chưa đều; còn {n} chỉ tiêu đạt thấp hơn cùng kỳ vì thiếu kiểm tra giữa kỳ.",
    ),
    "Phương hướng, nhiệm vụ": (
        (
            "Tập trung hoàn thành các chỉ tiêu còn thấp; mở đợt thi đua ngắn ngày; kiểm tra chéo giữa các đội mỗi tháng một lần, chỉ huy "
            "vị chịu trách nhiệm."
        ),
        (
            "Rà soát từng nội dung giao ước, phân công người chịu trách nhiệm, hoàn thành trước kỳ bình xét; nhân rộng mô hình hay của các "
            "đơn vị trong khối."
        ),
    ),
    "Kiến nghị, đề xuất": (
        "Đề nghị cơ quan thường trực tập huấn cách chấm điểm và lưu minh chứng cho cán bộ làm công tác thi đua của các đơn vị.",
        "Đề nghị khối tổ chức trao đổi kinh nghiệm về xây dựng mô hình tự quản; đề nghị Công an tỉnh bổ sung phương tiện cho công an xã.",
    ),
}
OTHER_WORDS = ("{unit} đã triển khai nội dung này theo kế hoạch, có {n} việc làm cụ thể, được cấp ủy, chính quyền ghi nhận.",)
COMMITMENTS = (
    "Đã hoàn thành theo kế hoạch: {n} việc cụ thể, có phân công người, thời hạn; chỉ huy đơn vị kiểm tra hằng tháng.",
    "Thực hiện đúng cam kết, nổi bật là {n} đợt ra quân, {m} buổi tuyên truyền ở cơ sở; nhân dân đồng tình, hưởng ứng.",
    "Cơ bản hoàn thành; còn {n} việc chuyển tiếp sang kỳ sau, đã có giải pháp và thời hạn.",
)
# What a unit has or does in a whole year, from the weakest to the strongest.
RANGES: Mapping[str, tuple[int, int]] = {
    "Quân số": (90, 210),
    "Tập thể thuộc quyền": (14, 32),
    "Đợt thi đua đã phát động": (2, 6),
    "Lượt cán bộ, chiến sĩ tham gia": (180, 420),
    "Tập thể được khen cấp Bộ trở lên": (0, 2),
    "Cá nhân được khen cấp Bộ trở lên": (1, 6),
    "Tập thể được Giám đốc Công an tỉnh khen": (2, 9),
    "Cá nhân được Giám đốc Công an tỉnh khen": (12, 48),
    "Khen thưởng đột xuất": (2, 11),
    "Cán bộ, chiến sĩ bị xử lý kỷ luật": (0, 1),
}
# What does not grow with the months.
STANDING = ("Quân số", "Tập thể thuộc quyền")

# What the leader writes for the whole bloc, by section.
BLOC_WORDS = {
    "Thuận lợi, khó khăn": "Tám đơn vị của khối triển khai nhiệm vụ trong điều kiện địa bàn trải rộng từ biên giới đến vùng biển; phòng, "
    "chống dịch COVID-19 chi phối nhiều lực lượng.",
    "Ưu điểm": "Các đơn vị trong khối bám sát giao ước đã ký ngày 04/3/2020; phong trào gắn với nhiệm vụ chuyên môn, có kiểm tra, có bình "
    "xét công khai.",
    "Hạn chế, nguyên nhân": "Việc ghi chép minh chứng, giao lưu giữa các đơn vị trong khối chưa đều.",
    "Phương hướng, nhiệm vụ": "Khối tập trung vào ba việc: hoàn thành chỉ tiêu còn thấp, nhân rộng mô hình hay, chuẩn bị tốt việc chấm "
    "điểm và bình xét.",
}
BLOC_NUMBER = {PeriodKind.INTERIM: "12/BC-KTĐ", PeriodKind.FINAL: "31/BC-KTĐ"}
# What the office writes for the whole province, above what its blocs say.
PROVINCE_DRAFTED, PROVINCE_OPENED, PROVINCE_SIGNED = at(12, 1, 8), at(12, 4, 9), at(12, 7, 10)
PROVINCE_SIGNED_BY = "lanhdao"
PROVINCE_NUMBER = "1204/BC-CAT-PX03"
PROVINCE_WORDS = {
    "Thuận lợi, khó khăn": "Năm 2020, Công an tỉnh giữ vững an ninh chính trị, phục vụ an toàn đại hội đảng các cấp; dịch bệnh và "
    "mưa lũ lớn trong tháng 10 chi phối lực lượng của tất cả các đơn vị.",
    "Ưu điểm": "Hoạt động theo khối đi vào nền nếp: các đơn vị cùng ký giao ước, cùng tiêu chí, cùng đề cương báo cáo nên kết quả so sánh "
    "được với nhau.",
    "Hạn chế, nguyên nhân": "Việc lưu minh chứng còn phân tán; có đơn vị nộp báo cáo sát hạn, cơ quan thường trực thiếu thời gian đối "
    "chiếu.",
    "Phương hướng, nhiệm vụ": "Giao chỉ tiêu sớm từ quý I, kiểm tra giữa năm theo khối, nhân rộng ít nhất một điển hình ở mỗi khối.",
}
# Whose model the leader names as an example.
EXAMPLE_OF, EXAMPLE_IN = "lethuy", "Mô hình, điển hình tiên tiến"


def words(heading: str, unit: str, name: str, period: str, choices: Sequence[str] | None = None) -> str:
    """What a unit writes under a heading."""
    known = choices or WORDS.get(heading, OTHER_WORDS)
    chance = chance_of(heading, unit, period)
    chosen = known[int(chance * len(known)) % len(known)]
    return chosen.format(unit=name, n=2 + int(chance * 7), m=9 + int(chance * 31))


def actual(figure: FigureLine, unit: str, period: str) -> Decimal:
    """What a unit reports for a figure: near to its target where it has one, else within what such units have."""
    chance = chance_of(figure.label, unit)
    if figure.plan:
        return _against(figure, unit, chance, period)
    return _part_of(RANGES.get(figure.label, (0, 10)), chance, figure.label, period)


def year_before(figure: FigureLine, unit: str, period: str) -> Decimal | None:
    """What the unit had in the year before, where figures are compared and no report tells."""
    if not figure.compares or figure.label in STANDING:
        return None
    chance = chance_of(figure.label, unit, "before")
    if figure.plan:
        return _against(figure, unit, chance * Decimal("0.8"), period)
    return _part_of(RANGES.get(figure.label, (0, 10)), chance, figure.label, period)


def _part_of(between: tuple[int, int], chance: Decimal, label: str, period: str) -> Decimal:
    low, high = between
    share = Decimal(1) if period == PeriodKind.FINAL or label in STANDING else Decimal("0.5")
    return ((low + chance * (high - low)) * share).quantize(Decimal(1), ROUND_HALF_UP)


def _against(figure: FigureLine, unit: str, chance: Decimal, period: str) -> Decimal:
    plan = Decimal(figure.plan)
    level = (Decimal(STRENGTH.get(unit, 85)) + chance * 20) / 100
    if figure.direction == "lower":
        return (plan * chance).quantize(Decimal("0.1"), ROUND_HALF_UP)
    if figure.measure != "%":
        done = Decimal(1) if period == PeriodKind.FINAL else Decimal("0.5")
        return (plan * level * done).quantize(Decimal(1), ROUND_HALF_UP)
    return min((plan * level).quantize(Decimal("0.1"), ROUND_HALF_UP), Decimal(100))
