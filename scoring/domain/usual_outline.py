"""What an outline starts from when there is nothing to copy: the parts of a review report as they are usually written."""

import uuid

from scoring.enums import Aggregate, FilledFrom, MergeRule, SectionContent
from scoring.report_texts import FigureText, OutlineText, SectionText

NARRATIVE, FIGURES, AUTOMATIC, ATTACHMENTS = SectionContent
# A part with its sections: heading, what it holds, guidance; for figures their labels with the unit of measure.
PARTS = (
    (
        "Đặc điểm tình hình",
        (
            ("Thuận lợi, khó khăn", NARRATIVE, "Chỉ nêu những điểm tác động trực tiếp đến phong trào thi đua của đơn vị.", 400),
            ("Tổ chức, biên chế", FIGURES, "Số liệu tại thời điểm báo cáo.", ("Quân số|người", "Tập thể thuộc quyền|tập thể")),
        ),
    ),
    (
        "Công tác chỉ đạo, tổ chức phong trào",
        (
            (
                "Văn bản đã ban hành, việc kiểm tra",
                NARRATIVE,
                "Kế hoạch, chương trình; ngày ban hành; việc kiểm tra thực hiện.",
                600,
            ),
            (
                "Các đợt thi đua",
                FIGURES,
                "Đợt thi đua do đơn vị phát động, thường xuyên và chuyên đề.",
                ("Đợt thi đua đã phát động|đợt", "Lượt cán bộ, chiến sĩ tham gia|lượt"),
            ),
        ),
    ),
    (
        "Kết quả thực hiện giao ước",
        (
            (
                "Kết quả theo từng chỉ tiêu",
                AUTOMATIC,
                "Kế hoạch lấy từ giao ước; đơn vị nhập kết quả một lần.",
                FilledFrom.TARGETS,
            ),
            ("Kết quả theo từng nội dung", AUTOMATIC, "Viết theo từng nội dung đã ký trong giao ước.", FilledFrom.COMMITMENTS),
            ("Mô hình, điển hình tiên tiến", NARRATIVE, "Tên, cách làm, hiệu quả, khả năng nhân rộng.", 800),
        ),
    ),
    (
        "Công tác khen thưởng",
        (
            (
                "Số liệu khen thưởng",
                FIGURES,
                "Khen thưởng đã có quyết định trong kỳ báo cáo.",
                (
                    "Tập thể được khen cấp Bộ trở lên|tập thể",
                    "Cá nhân được khen cấp Bộ trở lên|cá nhân",
                    "Tập thể được Giám đốc Công an tỉnh khen|tập thể",
                    "Cá nhân được Giám đốc Công an tỉnh khen|cá nhân",
                    "Khen thưởng đột xuất|trường hợp",
                ),
            ),
            ("Danh hiệu đã đăng ký", AUTOMATIC, "Lấy từ bản đăng ký trong giao ước.", FilledFrom.TITLES),
        ),
    ),
    (
        "Hoạt động chung của khối",
        (
            (
                "Hoạt động chung",
                AUTOMATIC,
                "Lấy từ các hoạt động đã ghi trong năm: từ thiện, văn hóa, thể thao.",
                FilledFrom.JOINT,
            ),
        ),
    ),
    (
        "Ưu điểm, hạn chế, nguyên nhân, bài học",
        (
            ("Ưu điểm", NARRATIVE, "Việc nổi bật, có số liệu chứng minh.", 500),
            ("Hạn chế, nguyên nhân", NARRATIVE, "Nói thẳng việc chưa làm được, nguyên nhân chủ quan trước, khách quan sau.", 600),
            ("Kỷ luật", FIGURES, "Cán bộ, chiến sĩ bị xử lý trong kỳ.", ("Cán bộ, chiến sĩ bị xử lý kỷ luật|người",)),
        ),
    ),
    (
        "Phương hướng, kiến nghị",
        (
            ("Phương hướng, nhiệm vụ", NARRATIVE, "Việc trọng tâm của kỳ tới, có thời hạn và người chịu trách nhiệm.", 600),
            (
                "Kiến nghị, đề xuất",
                NARRATIVE,
                "Nêu rõ kiến nghị với khối, với cơ quan thường trực, với lãnh đạo Công an tỉnh.",
                400,
            ),
        ),
    ),
    (
        "Phụ lục",
        (
            ("Điểm và xếp hạng", AUTOMATIC, "Chỉ có trong báo cáo tổng kết, sau khi tự chấm.", FilledFrom.SCORES),
            ("Tài liệu kèm theo", ATTACHMENTS, "Danh sách đề nghị khen thưởng, ảnh, tài liệu chứng minh.", None),
        ),
    ),
)


def usual_outline() -> OutlineText:
    """The usual outline, each time with keys of its own."""
    sections: list[SectionText] = []
    for heading, rows in PARTS:
        part = SectionText(str(uuid.uuid4()), "", NARRATIVE, heading)
        sections.append(part)
        sections += [_section(part.key, *row) for row in rows]
    return OutlineText(sections)


def _section(parent: str, heading: str, content: SectionContent, guidance: str, more: object) -> SectionText:
    is_written = content == NARRATIVE
    return SectionText(
        key=str(uuid.uuid4()),
        parent=parent,
        content=content.value,
        heading=heading,
        guidance=guidance,
        is_required=content in (NARRATIVE, FIGURES),
        word_limit=more if is_written and isinstance(more, int) else 0,
        merge=MergeRule.GATHER.value,
        source=more.value if isinstance(more, FilledFrom) else "",
        figures=tuple(_figure(line) for line in more) if isinstance(more, tuple) else (),
    )


def _figure(line: str) -> FigureText:
    label, _bar, measure = line.partition("|")
    return FigureText(str(uuid.uuid4()), label, measure, Aggregate.SUM.value)
