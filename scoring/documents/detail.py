"""The results in detail: criteria as lines, units as columns, on pages that lie on their side with the head repeated."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.template.loader import render_to_string
from django.utils import translation

from emulation.pdf.frame import DocumentFrame
from scoring.documents.results import NOTHING, Results, context, leaf_points, legend, most_of, points, rank_in_words
from scoring.texts import Node

KIND = "Bảng chi tiết kết quả chấm điểm thi đua"
# So many columns of points leave room for the criteria's names.
_MOST_UNITS = 10


@dataclass(frozen=True)
class Line:
    """A criterion, or a group (`level` above 0), with the points of each unit of the table."""

    code: str
    name: str
    most: str
    cells: list[str]
    level: int = 0


@dataclass(frozen=True)
class Part:
    """A table for some of the units: heads, lines, then totals, grades and ranks."""

    heads: list[str]
    lines: list[Line]
    sums: list[tuple[str, list[str]]]


def detail_html(results: Results, frame: DocumentFrame) -> str:
    """The HTML of the detailed table for the printer; always Vietnamese. Many units are split into tables of about equal width."""
    with translation.override("vi"):
        parts = [_part(results, units) for units in split(results.units)]
        own = {"parts": parts, "legend": legend(results)}
        return render_to_string(
            "documents/standings_detail.html", {**context(results, frame, kind=KIND, whose=frame.bloc_name), **own}
        )


def split(units: Sequence[str], most: int = _MOST_UNITS) -> list[Sequence[str]]:
    """The units in runs of about equal length, none longer than `most`."""
    count = max(-(-len(units) // most), 1)
    bounds = [len(units) * at // count for at in range(count + 1)]
    return [units[first:last] for first, last in pairwise(bounds)]


def _part(results: Results, units: Sequence[str]) -> Part:
    nodes = [node for top in results.every_top for node in top.walk()]
    sheets = [results.sheet_of(unit) for unit in units]
    sums = [
        ("Tổng điểm", [points(row.total) for row in sheets]),
        ("Hạng", [rank_in_words(row) for row in sheets]),
    ]
    if results.text.grades:
        sums.insert(1, ("Xếp loại", [row.grade or NOTHING for row in sheets]))
    return Part([results.short(unit) for unit in units], [_line(results, node, units) for node in nodes], sums)


def _line(results: Results, node: Node, units: Sequence[str]) -> Line:
    row = node.text
    sheets = [results.sheet_of(unit) for unit in units]
    if row.is_group:
        cells = [points(sheet.groups[row.key].points) if node.most or row.min_points else "" for sheet in sheets]
        return Line(row.code, row.name, most_of(node), cells, level=min(node.depth + 1, 5))
    return Line(row.code, row.name, most_of(node), [leaf_points(row, sheet.leaves[row.key]) for sheet in sheets])
