"""Covenants as people paste them from Word. All invented."""

WHOLE = """CÔNG AN TỈNH QUẢNG BÌNH
KHỐI THI ĐUA CÔNG AN CÁC XÃ VEN BIỂN
Số: 02/GƯ-KTĐ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
An Bình, ngày 04 tháng 3 năm 2026

GIAO ƯỚC THI ĐUA
“Vì An ninh Tổ quốc” năm 2026
của Khối thi đua Công an các xã ven biển

Căn cứ Luật Thi đua, khen thưởng số 06/2022/QH15;
Căn cứ Kế hoạch số 15/KH-CAT ngày 10/01/2026 của Giám đốc Công an tỉnh;
Thực hiện Hướng dẫn của cơ quan thường trực thi đua về ký giao ước năm 2026.
Hôm nay, ngày 04/3/2026, tại trụ sở Công an xã An Bình,
Công an tỉnh chủ trì hội nghị; Khối thi đua Công an các xã ven biển thống nhất các nội dung sau:

I. NỘI DUNG THI ĐUA
1. Xây dựng chương trình hành động
Mỗi đơn vị ban hành chương trình trước ngày 31 tháng 3, phân công:
a) Chỉ huy phụ trách chung;
b) Cán bộ tổng hợp theo dõi hằng tháng.
2. Phòng, chống tội phạm: Kéo giảm 5% số vụ so với năm trước.
- Không để xảy ra án rất nghiêm trọng.
3. Giữ vững kỷ luật, không có cán bộ vi phạm phải xử lý.

II. TỔ CHỨC THỰC HIỆN
1. Đơn vị khối trưởng điều hành chung.
2. Các đơn vị báo cáo kết quả trước ngày 15 tháng cuối quý.

ĐẠI DIỆN CÁC ĐƠN VỊ KÝ GIAO ƯỚC
1. Công an xã An Bình
TRƯỞNG CÔNG AN XÃ
Trung tá Nguyễn Văn A
2. Công an xã Bình Hải

Nơi nhận:
- Giám đốc Công an tỉnh (để báo cáo);
- Các đơn vị trong khối;
- Lưu: VT.
"""

# What Word leaves in the clipboard: tabs after numbers, soft line breaks, hard spaces, bullets of its own, invisible signs.
FROM_WORD = (
    "\ufeffCăn cứ\u00a0Luật Thi đua, khen thưởng;\r\n"
    "I.\tNỘI DUNG THI ĐUA\r\n"
    "1.\tNắm tình hình\x0bGặp gỡ nhân dân hằng\u00a0tháng.\r\n"
    "\uf0b7\tMỗi thôn một lần;\r\n"
    "\u2022\tCó biên bản.\r\n"
    "2.\tTuần\u00adtra\u200b ban đêm\r\n"
    "\r\n\r\n"
    "II.\u00a0TỔ CHỨC THỰC HIỆN\r\n"
    "1.\u00a0Sơ kết sáu tháng.\r\n"
)

WITHOUT_NUMBERS = """Căn cứ Luật Thi đua, khen thưởng
Các đơn vị thống nhất thi đua giữ gìn trật tự.
Mỗi đơn vị làm tốt công tác dân vận.
Kết quả được báo cáo hằng quý.
"""

ARTICLES = """Điều 1. Mục tiêu
Giữ vững trật tự trên địa bàn.
Điều 2. Chỉ tiêu
1.1. Tỷ lệ khám phá án đạt trên 85%.
12.500 lượt người được tuyên truyền.
100% cán bộ ký cam kết.
Điều 3. Thực hiện: Từng đơn vị lập kế hoạch.
"""


def long_text(words: int = 10_000) -> str:
    """A covenant of that many words: twelve clauses in three sections."""
    sentence = "Đơn vị giữ nghiêm kỷ luật và gần dân hơn mỗi ngày. "
    paragraph = (sentence * (words // 12 // len(sentence.split()) + 1)).strip()
    lines = []
    for section, roman in enumerate(("I", "II", "III")):
        lines.append(f"{roman}. PHẦN THỨ {section + 1}")
        lines += [f"{number}. Nội dung {section * 4 + number}\n{paragraph}" for number in range(1, 5)]
    return "\n".join(lines)
