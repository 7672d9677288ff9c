"""What the regulations and the outline of a bloc start from: decent texts to be adapted, with gaps where the bloc decides."""

from dataclasses import dataclass

from blocs.enums import DocumentKind

Clauses = list[tuple[str, str]]


@dataclass(frozen=True)
class Skeleton:
    """Title, opening, and sections ("" for none) with their clauses as heading and text; names in braces are filled in."""

    title: str
    sections: list[tuple[str, Clauses]]
    opening: str = ""
    movement: str = "Vì An ninh Tổ quốc"


_SCORING = Skeleton(
    title="Quy định tiêu chí chấm điểm tổng kết phong trào thi đua",
    opening="{bloc} thống nhất việc chấm điểm, xếp hạng và bình xét thi đua năm {year} như sau:",
    sections=[
        (
            "",
            [
                (
                    "Phạm vi và đối tượng",
                    (
                        "1. Quy định này áp dụng khi chấm điểm tổng kết phong trào thi đua năm {year} của {word}.\n"
                        "2. Đối tượng chấm điểm là tất cả các đơn vị trong {word}."
                    ),
                ),
                (
                    "Nguyên tắc chấm điểm",
                    (
                        "1. Dân chủ, công khai, chính xác; điểm nào cũng phải có căn cứ.\n"
                        "2. Mỗi kết quả chỉ tính điểm một lần, ở nội dung có mức điểm cao nhất.\n"
                        "3. Đơn vị tự chấm trước, {leader_lower} thẩm định, hội nghị tổng kết của {word} thống nhất sau cùng."
                    ),
                ),
                (
                    "Thang điểm",
                    (
                        "1. Tổng điểm tối đa của mỗi đơn vị là 1.000 điểm, chia như sau:\n"
                        "a) Thực hiện nhiệm vụ công tác chuyên môn: 700 điểm;\n"
                        "b) Xây dựng Đảng, xây dựng lực lượng, hậu cần, cải cách hành chính: 200 điểm;\n"
                        "c) Tổ chức phong trào thi đua: 100 điểm.\n"
                        "2. Điểm thưởng không quá 50 điểm; điểm thưởng và điểm trừ tính ngoài thang điểm trên.\n"
                        "3. Điểm từng tiêu chí do {word} thống nhất, ghi trong bảng kèm theo Quy định này."
                    ),
                ),
                (
                    "Cách tính điểm chỉ tiêu",
                    (
                        "1. Cách tính điểm của từng tiêu chí ghi trong bảng kèm theo Quy định này.\n"
                        "2. Chỉ tiêu lấy từ giao ước thi đua của {word}; kết quả lấy từ báo cáo của đơn vị."
                    ),
                ),
                (
                    "Điểm thưởng, điểm trừ",
                    (
                        "1. Điểm thưởng dành cho thành tích đột xuất, mô hình hay, cách làm mới đã được cấp trên công nhận.\n"
                        "2. Báo cáo chậm, thiếu hoặc sai số liệu thì bị trừ điểm theo từng lần.\n"
                        "3. Đơn vị có cán bộ, chiến sĩ vi phạm phải xử lý kỷ luật thì bị trừ điểm theo mức độ vi phạm."
                    ),
                ),
                (
                    "Trình tự và thời hạn",
                    (
                        "1. Đơn vị gửi bản tự chấm điểm kèm minh chứng cho {leader_lower} trước hội nghị tổng kết 15 ngày.\n"
                        "2. {leader} thẩm định, báo lại cho đơn vị trước hội nghị 5 ngày; đơn vị được giải trình.\n"
                        "3. Hội nghị thống nhất điểm, thứ hạng và đề nghị khen thưởng."
                    ),
                ),
                (
                    "Thứ hạng khi bằng điểm",
                    "Đơn vị có điểm thực hiện chỉ tiêu cao hơn thì xếp trên; vẫn bằng nhau thì hội nghị biểu quyết.",
                ),
                (
                    "Thực hiện",
                    "Quy định này dùng cho năm {year}. Việc sửa đổi do các đơn vị trong {word} thống nhất bằng văn bản.",
                ),
            ],
        ),
    ],
)

_OUTLINE = Skeleton(
    title="Đề cương hướng dẫn báo cáo sơ kết, tổng kết phong trào thi đua",
    opening="Các đơn vị trong {word} viết báo cáo sơ kết 6 tháng và tổng kết năm {year} theo các phần sau:",
    sections=[
        (
            "Đặc điểm tình hình",
            [
                ("Thuận lợi, khó khăn", "Nêu ngắn gọn những điểm tác động trực tiếp tới phong trào thi đua của đơn vị."),
                ("Tổ chức, biên chế", "Quân số, số tập thể và cá nhân đăng ký danh hiệu thi đua."),
            ],
        ),
        (
            "Công tác chỉ đạo, tổ chức phong trào",
            [
                ("Văn bản đã ban hành", "Kế hoạch, chương trình hành động, hướng dẫn; ngày ban hành và việc kiểm tra thực hiện."),
                ("Các đợt thi đua", "Chủ đề, thời gian, cách tổ chức, số lượt tham gia và kết quả của từng đợt."),
            ],
        ),
        (
            "Kết quả thực hiện giao ước",
            [
                ("Kết quả theo từng nội dung", "Theo đúng thứ tự các nội dung của giao ước; có số liệu và so sánh với cùng kỳ."),
                ("Kết quả theo từng chỉ tiêu", "Mức giao, mức đạt, tỷ lệ; chỉ tiêu không đạt thì nêu nguyên nhân."),
                ("Mô hình, điển hình tiên tiến", "Tên, nội dung, hiệu quả, khả năng nhân rộng."),
            ],
        ),
        (
            "Công tác khen thưởng",
            [
                (
                    "",
                    "Số tập thể, cá nhân được khen theo từng cấp và hình thức; khen thưởng đột xuất; khen người trực tiếp chiến đấu.",
                )
            ],
        ),
        (
            "Hạn chế, nguyên nhân và bài học",
            [("", "Nêu thẳng việc chưa làm được, nguyên nhân chủ quan và khách quan, trách nhiệm và cách khắc phục.")],
        ),
        (
            "Phương hướng và kiến nghị",
            [
                ("Phương hướng", "Nhiệm vụ trọng tâm của phong trào thi đua trong thời gian tới."),
                ("Kiến nghị, đề xuất", "Với {word}, với cơ quan thường trực và với lãnh đạo Công an tỉnh."),
            ],
        ),
        (
            "Biểu mẫu và thời hạn",
            [
                ("Phụ lục kèm theo", "Bảng tự chấm điểm, bảng số liệu chỉ tiêu, danh sách đề nghị khen thưởng."),
                ("Thời hạn", "Báo cáo sơ kết gửi {leader_lower} trước ngày 05 tháng 6, báo cáo tổng kết trước ngày 05 tháng 12."),
            ],
        ),
    ],
)

_REGULATION = Skeleton(
    title="Quy chế hoạt động",
    movement="",
    sections=[
        (
            "Quy định chung",
            [
                (
                    "Phạm vi và đối tượng",
                    (
                        "1. Quy chế này quy định tổ chức, nhiệm vụ và cách làm việc của {bloc} năm {year}.\n"
                        "2. Quy chế áp dụng với tất cả các đơn vị trong {word}."
                    ),
                ),
                (
                    "Nguyên tắc hoạt động",
                    (
                        "1. Tự nguyện, tự giác, công khai; đoàn kết, hợp tác và cùng phát triển.\n"
                        "2. Việc chung của {word} do các đơn vị bàn bạc, thống nhất; mỗi đơn vị một phiếu."
                    ),
                ),
            ],
        ),
        (
            "Tổ chức và nhiệm vụ",
            [
                (
                    "{leader}",
                    (
                        "1. Chủ trì xây dựng giao ước, quy chế, tiêu chí chấm điểm và kế hoạch hoạt động của {word}.\n"
                        "2. Triệu tập, chủ trì các hội nghị; tổng hợp kết quả, báo cáo cơ quan thường trực.\n"
                        "3. Ký các văn bản của {word}."
                    ),
                ),
                ("Đơn vị {word} phó", "Giúp {leader_lower} điều hành; thay {leader_lower} khi được ủy nhiệm."),
                (
                    "Đơn vị thành viên",
                    (
                        "1. Thực hiện giao ước và các quy định mà {word} đã thống nhất.\n"
                        "2. Dự đủ, đúng thành phần các hội nghị; báo cáo đúng thời hạn.\n"
                        "3. Góp ý vào dự thảo văn bản của {word} trước thời hạn ghi trên dự thảo."
                    ),
                ),
            ],
        ),
        (
            "Chế độ làm việc",
            [
                (
                    "Hội nghị",
                    (
                        "1. {word_capital} họp ít nhất ba lần trong năm: ký kết giao ước, sơ kết 6 tháng, tổng kết năm.\n"
                        "2. Hội nghị được tiến hành khi có ít nhất hai phần ba số đơn vị dự.\n"
                        "3. Hội nghị quyết định bằng biểu quyết; kết quả ghi vào biên bản."
                    ),
                ),
                ("Thông tin, báo cáo", "Các đơn vị báo cáo sơ kết, tổng kết theo đề cương chung của {word}."),
                ("Kinh phí", "Đơn vị đăng cai bảo đảm điều kiện họp; các khoản chung do các đơn vị thống nhất."),
            ],
        ),
        (
            "Điều khoản thi hành",
            [
                (
                    "Hiệu lực",
                    "1. Quy chế có hiệu lực từ ngày ban hành.\n2. Việc sửa đổi, bổ sung do hội nghị của {word} quyết định.",
                ),
            ],
        ),
    ],
)

SKELETONS = {DocumentKind.SCORING: _SCORING, DocumentKind.OUTLINE: _OUTLINE, DocumentKind.REGULATION: _REGULATION}
