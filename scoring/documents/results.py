"""What all prints of results share: the results with names and words, and how points, ranks and notes are written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from emulation.pdf.frame import DocumentFrame
from emulation.pdf.sheet import sheet, title_lines
from scoring.documents import settings
from scoring.enums import EntryState, SectionKind
from scoring.results import LeafPoints, Standings, UnitStanding
from scoring.rules.numbers import written
from scoring.rules.ranking import DECISION
from scoring.texts import CriteriaText, CriterionText, Node, tree

CLAUSE = "Kết quả của khối; danh hiệu do cấp có thẩm quyền quyết định."
PROVISIONAL = "Kết quả tạm tính: còn nội dung chưa nhập; thứ hạng có thể thay đổi."
NOTHING = "–"
_LEGEND = "Dấu “–”: không giao cho đơn vị, không tính; (m): được miễn; (*): chưa nhập, tạm tính."


@dataclass(frozen=True)
class Results:
    """A bloc's results ready to be printed.

    `names` are the full names of the units on the date of the print, by unit in the order of their seats; `short_names` are for
    narrow columns; `period` is "năm 2020" or "6 tháng đầu năm 2020". `remarks` are sentences of the bloc's own: how a tie was decided,
    who left the bloc and why, what a correction corrects.
    """

    text: CriteriaText
    standings: Standings
    names: Mapping[str, str]
    period: str
    short_names: Mapping[str, str] = field(default_factory=dict)
    remarks: Sequence[str] = ()

    @property
    def units(self) -> list[str]:
        """The units in the order in which they are printed: by rank; equals, and those without a rank, in the order of `names`."""
        place = {unit: number for number, unit in enumerate(self.names)}
        sheets = self.standings.units
        return sorted(sheets, key=lambda unit: (sheets[unit].rank is None, sheets[unit].rank or 0, place[unit]))

    def sheet_of(self, unit: str) -> UnitStanding:
        return self.standings.units[unit]

    def short(self, unit: str) -> str:
        """The unit's name for a narrow column."""
        return self.short_names.get(unit) or self.names[unit]

    def grade_name(self, code: str) -> str:
        """The grade in words; "" for none."""
        return next((name for own, name, _least in self.text.grades if own == code), "")

    @property
    def tops(self) -> list[Node]:
        """The top groups that give or take points."""
        return [top for top in self.every_top if top.text.section != SectionKind.DISQUALIFIER]

    @property
    def every_top(self) -> list[Node]:
        """The top groups, also those that only bar."""
        return tree(self.text.criteria)


def context(results: Results, frame: DocumentFrame, *, kind: str, whose: str) -> dict[str, object]:
    """What the templates of all prints take: the frame, the title in its lines, the notes. `whose` results they are."""
    return {
        "frame": frame,
        "sheet": sheet(frame),
        "title": kind.upper(),
        "subject_lines": [line for part in (results.period, f"của {whose}") for line in title_lines(part)],
        "document_title": f"{kind} {results.period} của {whose}",
        "clause": CLAUSE,
        "provisional": PROVISIONAL if results.standings.is_provisional else "",
        "notes": notes(results),
        "digest": results.standings.sha256,
    }


def notes(results: Results) -> list[str]:
    """What is printed under a table: ranks that need a word, the bloc's own remarks, the settings of the computation."""
    return [
        *_ranks_in_words(results),
        *results.remarks,
        *settings.notes(results.text),
        settings.of_peers(results.text),
    ]


def legend(results: Results) -> str:
    """What the signs in the cells mean, where some are used."""
    cells = [cell for unit in results.units for cell in results.sheet_of(unit).leaves.values()]
    return _LEGEND if any(cell.is_open or cell.state != EntryState.ENTERED for cell in cells) else ""


def points(value: str | Decimal | None) -> str:
    """Points as printed: "1.234,5"; a dash where nothing counts."""
    return NOTHING if value is None or value == "" else written(Decimal(value))


def leaf_points(leaf: CriterionText, cell: LeafPoints) -> str:
    """A cell as printed, with the sign for what is exempt or still open; of what only bars, whether it happened."""
    if leaf.rule_type == "info":
        return ""
    if leaf.rule_type == "disqualifier" and cell.state == EntryState.ENTERED:
        return "Có" if cell.effects else "Không"
    if cell.is_open:
        return f"{points(cell.points or '0')}\u00a0(*)"
    return f"{points(cell.points)}\u00a0(m)" if cell.state == EntryState.EXEMPT and cell.points else points(cell.points)


def rank_in_words(found: UnitStanding) -> str:
    """The rank as printed."""
    return "Không xếp hạng" if found.rank is None else str(found.rank)


def head_of(top: Node) -> str:
    """The head of a top group's column."""
    return top.text.code or top.text.name


def most_of(node: Node) -> str:
    """What a group or criterion can give, or how much it can take off ("−60"); nothing for what only bars or informs."""
    least = node.text.min_points
    return written(node.most) if node.most else least and written(Decimal(least))


def _ranks_in_words(results: Results) -> list[str]:
    """Who shares a rank, and which key or decision set equals apart."""
    sheets = {unit: results.sheet_of(unit) for unit in results.units}
    told = []
    for rank in sorted({row.rank for row in sheets.values() if row.tied and row.rank}):
        names = ", ".join(results.names[unit] for unit, row in sheets.items() if row.rank == rank)
        told.append(f"Đồng hạng {rank}, chờ quyết định: {names}.")
    for total in dict.fromkeys(row.total for row in sheets.values() if row.settled_by):
        equals = [(results.names[unit], row) for unit, row in sheets.items() if row.total == total and row.settled_by]
        places = "; ".join(f"{name} hạng {row.rank} (theo {_settled_by(results.text, row)})" for name, row in equals)
        told.append(f"Bằng tổng điểm {points(total)}: {places}.")
    return told


def _settled_by(text: CriteriaText, row: UnitStanding) -> str:
    return "quyết định của khối" if row.settled_by == DECISION else settings.key_in_words(text, row.settled_by)
