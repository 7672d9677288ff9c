"""What a new document starts from: the default text of its kind, with the bloc and year filled in."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from blocs.domain import placeholders
from blocs.domain.skeletons import SKELETONS
from blocs.enums import BlocWord, ClauseKind, ClausePart, DocumentKind
from blocs.models import BlocYear
from blocs.models.documents import LONGEST_HEADING


@dataclass(frozen=True)
class Piece:
    """A section heading or clause of a starting text."""

    kind: str
    part: str
    heading: str
    text: str


@dataclass(frozen=True)
class Aim:
    """A target of a starting text, with its values as canonical decimals ("80", "" for none); `unit_values` goes by unit key."""

    name: str
    measure: str
    direction: str
    bloc_value: str
    unit_values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class StartingText:
    """A text to start from; what is empty is left for the drafter."""

    title: str = ""
    bases: list[str] = field(default_factory=list)
    opening: str = ""
    pieces: list[Piece] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    movement: str = "Vì An ninh Tổ quốc"
    left_out: list[str] = field(default_factory=list)
    # Values of an earlier year: kept, and marked until somebody has looked at them.
    aims: list[Aim] = field(default_factory=list)


def filled(text: StartingText, known: Mapping[str, str]) -> StartingText:
    """The text with the words in braces filled in that are known."""

    def fill(words: str) -> str:
        return placeholders.fill(words, known)

    return replace(
        text,
        bases=[fill(line) for line in text.bases],
        opening=fill(text.opening),
        pieces=[replace(piece, heading=fill(piece.heading)[:LONGEST_HEADING], text=fill(piece.text)) for piece in text.pieces],
        recipients=[fill(line) for line in text.recipients],
        aims=[replace(aim, name=fill(aim.name)) for aim in text.aims],
    )


_COMMITMENTS = [
    (
        "Xây dựng và thực hiện chương trình hành động",
        (
            "Quán triệt nghị quyết, chỉ thị của Đảng, kế hoạch công tác của Bộ Công an và Công an tỉnh; cụ thể hóa "
            "thành chương trình hành động của đơn vị trước ngày 31 tháng 3 năm {year}, phân công rõ người, rõ việc, rõ"
            " thời hạn."
        ),
    ),
    (
        "Tham mưu cấp ủy, chính quyền địa phương",
        (
            "Nắm chắc tình hình, dự báo sớm những vấn đề phức tạp nảy sinh; tham mưu giải quyết ngay từ cơ sở, không "
            "để hình thành điểm nóng về an ninh, trật tự."
        ),
    ),
    (
        "Bảo đảm an ninh quốc gia",
        (
            "Chủ động phòng ngừa, phát hiện và ngăn chặn hoạt động chống phá; bảo vệ an toàn các mục tiêu, sự kiện "
            "chính trị, văn hóa, xã hội trên địa bàn."
        ),
    ),
    (
        "Phòng, chống tội phạm",
        (
            "Tập trung phòng ngừa, tấn công trấn áp các loại tội phạm; nâng cao tỷ lệ điều tra, khám phá; không để tội"
            " phạm hoạt động theo kiểu băng, nhóm."
        ),
    ),
    (
        "Quản lý nhà nước về trật tự xã hội",
        (
            "Thực hiện tốt công tác quản lý cư trú, ngành, nghề kinh doanh có điều kiện, vũ khí, vật liệu nổ, công cụ "
            "hỗ trợ; bảo đảm trật tự, an toàn giao thông và an toàn phòng cháy, chữa cháy."
        ),
    ),
    (
        "Xây dựng phong trào Toàn dân bảo vệ an ninh Tổ quốc",
        "Đổi mới nội dung, hình thức vận động; xây dựng, nhân rộng mô hình tự quản về an ninh, trật tự ở cơ sở.",
    ),
    (
        "Xây dựng lực lượng trong sạch, vững mạnh",
        (
            "Quản lý, nắm chắc tư tưởng cán bộ, chiến sĩ; thực hiện nghiêm Sáu điều Bác Hồ dạy Công an nhân dân; không"
            " để xảy ra vi phạm phải xử lý kỷ luật."
        ),
    ),
    (
        "Đổi mới công tác thi đua, khen thưởng",
        (
            "Phát động các đợt thi đua ngắn ngày, thiết thực; phát hiện, bồi dưỡng, nhân rộng điển hình tiên tiến; "
            "bình xét dân chủ, công khai, đúng người, đúng việc."
        ),
    ),
    (
        "Thực hiện chế độ thông tin, báo cáo",
        ("Báo cáo sơ kết, tổng kết và tự chấm điểm đúng thời hạn; số liệu đầy đủ, chính xác, có minh chứng kèm theo."),
    ),
]

_IMPLEMENTATION = [
    ("", ("{leader} chủ trì, điều hành hoạt động của {word}; {deputy}phối hợp và thay {leader_lower} khi được ủy nhiệm.")),
    (
        "",
        (
            "Các đơn vị thành viên cụ thể hóa giao ước thành kế hoạch của đơn vị, tổ chức thực hiện và báo cáo kết quả"
            " sơ kết 6 tháng, tổng kết năm về {leader_lower}."
        ),
    ),
    ("", "Kết quả thực hiện giao ước là căn cứ để chấm điểm, xếp hạng và bình xét thi đua năm {year} của {word}."),
]


def default_text(bloc_year: BlocYear, kind: str = DocumentKind.COVENANT) -> StartingText:
    """A good default text of a police bloc, to be adapted; legal bases come from the year."""
    if kind != DocumentKind.COVENANT:
        return _other_text(bloc_year, DocumentKind(kind))
    values = _values(bloc_year)
    word = values["word"]
    pieces = [Piece(ClauseKind.SECTION, ClausePart.BODY, "Nội dung giao ước", "")]
    pieces += [Piece(ClauseKind.CLAUSE, ClausePart.BODY, heading, text.format(**values)) for heading, text in _COMMITMENTS]
    pieces += [Piece(ClauseKind.SECTION, ClausePart.IMPLEMENTATION, "Tổ chức thực hiện", "")]
    pieces += [
        Piece(ClauseKind.CLAUSE, ClausePart.IMPLEMENTATION, heading, text.format(**values)) for heading, text in _IMPLEMENTATION
    ]
    count = len(bloc_year.ordered_seats)
    return StartingText(
        title="Giao ước thi đua",
        bases=_bases(bloc_year),
        opening=(
            f"{count:02d} đơn vị thuộc {bloc_year.full_name} thống nhất ký giao ước thi đua năm {bloc_year.year_id} "
            "với các nội dung, chỉ tiêu sau:"
        ),
        pieces=pieces,
        recipients=_recipients(word),
    )


def _other_text(bloc_year: BlocYear, kind: DocumentKind) -> StartingText:
    skeleton, values = SKELETONS[kind], _values(bloc_year)
    pieces = []
    for section, clauses in skeleton.sections:
        # A section that says one thing only has it as its own text, without a lone number.
        alone = clauses[0][1].format(**values) if section and [heading for heading, _text in clauses] == [""] else ""
        if section:
            pieces.append(Piece(ClauseKind.SECTION, ClausePart.BODY, section, alone))
        if alone:
            continue
        pieces += [
            Piece(ClauseKind.CLAUSE, ClausePart.BODY, heading.format(**values), text.format(**values))
            for heading, text in clauses
        ]
    return StartingText(
        title=skeleton.title,
        movement=skeleton.movement,
        bases=_bases(bloc_year),
        opening=skeleton.opening.format(**values),
        pieces=pieces,
        recipients=_recipients(values["word"]),
    )


def _values(bloc_year: BlocYear) -> dict[str, Any]:
    """What the default texts say of the bloc."""
    word = "khối" if bloc_year.word == BlocWord.KHOI else "cụm"
    return {
        "year": bloc_year.year_id,
        "bloc": bloc_year.full_name,
        "word": word,
        "word_capital": word.capitalize(),
        "leader": f"Đơn vị {word} trưởng",
        "leader_lower": f"đơn vị {word} trưởng",
        "deputy": f"đơn vị {word} phó ",
    }


def _bases(bloc_year: BlocYear) -> list[str]:
    return [line for line in bloc_year.year.legal_bases.splitlines() if line.strip()]


def _recipients(word: str) -> list[str]:
    return [
        "Công an tỉnh (để báo cáo)",
        "Cơ quan thường trực thi đua",
        f"Các đơn vị trong {word}",
        "Lưu: hồ sơ của khối",
    ]
