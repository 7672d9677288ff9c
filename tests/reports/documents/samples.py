"""Reports of every length, for the tests of what is printed and the measuring of it."""

import datetime as dt
import random
from dataclasses import replace

from emulation.pdf.frame import DocumentFrame, Seat, Verification
from emulation.pdf.qr import qr_data_uri
from emulation.reports.texts import FigureLine, FileLine, Item, ReportSection, ReportText

UNIT = "Công an huyện Lệ Thủy"
_SENTENCE = (
    "đơn vị đã chủ động tham mưu cấp ủy, chính quyền địa phương ban hành nhiều chủ trương, biện pháp bảo đảm an ninh, trật tự; tổ chức "
    "phát động phong trào thi đua đến toàn thể cán bộ, chiến sĩ; phát huy vai trò nêu gương của người đứng đầu trong thực hiện giao ước"
)
_WORDS = _SENTENCE.split()
_LABELS = (
    "Tỷ lệ điều tra, khám phá án", "Vụ việc được giải quyết", "Đợt thi đua đã phát động", "Lượt cán bộ, chiến sĩ tham gia",
    "Mô hình “Camera an ninh” được xây dựng", "Tiền ủng hộ Quỹ đền ơn đáp nghĩa",
)  # fmt: skip


def words(count, chance):
    text = " ".join(chance.choice(_WORDS) for _ in range(count))
    return f"{text[:1].upper()}{text[1:]}."


def narrative(paragraphs, chance):
    lines = [words(chance.randint(40, 90), chance) for _ in range(paragraphs)]
    return "\n".join("- " + line if place % 4 == 3 else line for place, line in enumerate(lines))


def figure(place, *, note=""):
    label = _LABELS[place % len(_LABELS)] + (f" ({place // len(_LABELS) + 1})" if place >= len(_LABELS) else "")
    return FigureLine(
        key=f"f{place}", label=label, measure=("%", "vụ", "đợt", "lượt", "mô hình", "triệu đồng")[place % 6], aggregate="sum",
        plan=str(80 - place % 7), actual=str(70 + place % 23) + (".5" if place % 3 == 0 else ""), last_year=str(60 + place % 11), note=note,
        direction="higher",
    )  # fmt: skip


def report(*, paragraphs=2, figures=6, notes=False, items=3, sections=3, files=1, author=UNIT, extra=()):
    """A report with so many sections of so many paragraphs, a table of figures, and items."""
    chance = random.Random(30)
    found = [ReportSection("p1", "I", 1, "Đặc điểm tình hình", "part")]
    found += [
        ReportSection(f"n{at}", f"I.{at}", 2, f"Thuận lợi, khó khăn {at}", "narrative", text=narrative(paragraphs, chance))
        for at in range(1, sections + 1)
    ]
    rows = [figure(at, note=words(9, chance) if notes and at % 2 else "") for at in range(figures)]
    found.append(ReportSection("p2", "II", 1, "Kết quả thực hiện giao ước", "part"))
    found.append(ReportSection("t", "II.1", 2, "Kết quả theo từng chỉ tiêu", "automatic", "targets", figures=rows))
    gathered = [
        Item(f"i{at}", f"Nội dung thứ {at + 1} của giao ước", "Đã ký", narrative(paragraphs, chance)) for at in range(items)
    ]
    found.append(ReportSection("c", "II.2", 2, "Kết quả theo từng nội dung", "automatic", "commitments", items=gathered))
    titles = (("Danh hiệu đã đăng ký",), ("Đơn vị quyết thắng",), ("Cờ thi đua của Bộ Công an",)) if items else ()
    found.append(ReportSection("d", "II.3", 2, "Danh hiệu đã đăng ký", "automatic", "titles", rows=titles))
    kept = [FileLine(f"bang-so-lieu-{at}.xlsx", f"{at:02d}" * 32) for at in range(files)]
    found.append(ReportSection("a", "II.4", 2, "Tài liệu kèm theo", "attachments", files=kept))
    return ReportText(
        "Báo cáo sơ kết 6 tháng đầu năm 2020", author, ("Công an tỉnh Quảng Bình (qua Phòng Công tác đảng và công tác chính trị)",),
        ("Như trên", "Khối trưởng Khối thi đua", "Lưu: VT"), (*found, *extra),
    )  # fmt: skip


def frame(**changes):
    given = {
        "agency": "Công an tỉnh Quảng Bình", "bloc_name": UNIT, "place": "Lệ Thủy", "date": dt.date(2020, 6, 5), "year": 2020,
        "number": "12/BC-CAH", "seats": [Seat("1", "", "", "sig-1", signer=UNIT)],
    }  # fmt: skip
    return DocumentFrame(**{**given, **changes})


def proof():
    address = "https://thidua.example/xac-minh/aB3dE6gH9jK2"
    return Verification(address, qr_data_uri(address), "ABCD-EFGH-IJKL", "0f3a 9c1d 77e2 b045")


def bloc(count, *, figures=40, items=3):
    """A bloc's report with the numbers of so many units, of which some have no report where there are enough."""
    units = [f"Công an huyện Đơn vị {at + 1}" for at in range(count)]
    silent = tuple(name for at, name in enumerate(units) if count > 3 and at % 9 == 2)
    text = report(author="Khối thi đua", figures=0, items=items)
    rows = [
        replace(
            figure(place), missing=silent,
            parts=tuple((name, str(10 + (place * 7 + at * 3) % 90)) for at, name in enumerate(units) if name not in silent),
        )
        for place in range(figures)
    ]  # fmt: skip
    return replace(text, sections=tuple(replace(row, figures=rows) if row.key == "t" else row for row in text.sections))


def bloc_frame(**changes):
    given = {
        "bloc_name": "Khối thi đua Công an các huyện, thị xã, thành phố", "place": "Quảng Ninh", "number": "",
        "seats": [Seat("1", "Khối trưởng", "TM. Khối thi đua", "sig-1", signer=UNIT)],
    }  # fmt: skip
    return frame(**{**given, **changes})
