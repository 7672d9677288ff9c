""" "Bảng tổng hợp, tiếp thu, giải trình ý kiến": every remark, what was answered, where it went. As a page and as a Word file."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation

from blocs.enums import RemarkState
from emulation.pdf.frame import DocumentFrame
from emulation.pdf.sheet import sheet, title_lines

TITLE = "BẢNG TỔNG HỢP, TIẾP THU, GIẢI TRÌNH Ý KIẾN"
COLUMNS = ("TT", "Đơn vị", "Góp ý về", "Nội dung góp ý", "Tiếp thu, giải trình", "Kết quả")


@dataclass(frozen=True)
class RemarkRow:
    """A remark in words; `where` says where it went."""

    number: int
    unit: str
    place: str
    version: int
    text: str
    proposed: str
    state: str
    answer: str
    where: str


def summary(rows: Sequence[RemarkRow]) -> str:
    """How many remarks of how many units, and what became of them; official, so never translated."""
    states = Counter(row.state for row in rows)
    with translation.override("vi"):
        parts = [f"{str(RemarkState(state).label).lower()} {states[state]}" for state in RemarkState.values if states[state]]
    units = len({row.unit for row in rows})
    told = f": {', '.join(parts)}" if parts else ""
    return f"Tổng số {len(rows)} ý kiến của {units} đơn vị{told}."


def state_words(row: RemarkRow) -> str:
    """What became of a remark, as it is printed."""
    with translation.override("vi"):
        return str(RemarkState(row.state).label)


def remarks_html(rows: Sequence[RemarkRow], frame: DocumentFrame, *, subject: str) -> str:
    """The HTML of the table for the printer, on a page that lies on its side; always Vietnamese."""
    with translation.override("vi"):
        context = {
            "frame": frame,
            "sheet": sheet(frame),
            "title": TITLE,
            "subject_lines": title_lines(f"về dự thảo {subject}"),
            "document_title": f"Bảng tổng hợp, tiếp thu, giải trình ý kiến: {subject}",
            "columns": COLUMNS,
            "rows": [(row, state_words(row)) for row in rows],
            "summary": summary(rows),
        }
        return render_to_string("documents/remarks.html", context)
