"""One unit's own sheet: every criterion with what each layer gave, and why a layer changed it; pages that lie on their side."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.utils import translation

from emulation.pdf.frame import DocumentFrame
from scoring.documents.results import Results, context, leaf_points, legend, most_of, points, rank_in_words
from scoring.results import Standings
from scoring.texts import Node

KIND = "Phiếu chấm điểm thi đua"


@dataclass(frozen=True)
class Layers:
    """What each layer gave: results by the name under which a layer is printed, from the lowest to the official one.

    `reasons` are by key of the criterion: who changed what, and why. Before there is a result of the bloc nobody `is_ranked`.
    """

    standings: Mapping[str, Standings]
    reasons: Mapping[str, str] = field(default_factory=dict)
    is_ranked: bool = True


@dataclass(frozen=True)
class Line:
    """A criterion, or a group (`level` above 0), with its points in each layer."""

    code: str
    name: str
    most: str
    cells: list[str]
    reason: str
    level: int = 0


def unit_sheet_html(results: Results, frame: DocumentFrame, unit: str, layers: Layers) -> str:
    """The HTML of one unit's sheet for the printer; always Vietnamese. With seats in the frame it can be signed."""
    with translation.override("vi"):
        found = results.sheet_of(unit)
        own = {
            "heads": list(layers.standings),
            "lines": [_line(node, unit, layers) for top in results.every_top for node in top.walk()],
            "totals": [points(row.units[unit].total) if unit in row.units else points(None) for row in layers.standings.values()],
            "rank": rank_in_words(found) if layers.is_ranked else "",
            "grade": results.grade_name(found.grade) if layers.is_ranked else "",
            "legend": legend(results),
        }
        return render_to_string(
            "documents/standings_unit.html", {**context(results, frame, kind=KIND, whose=results.names[unit]), **own}
        )


def _line(node: Node, unit: str, layers: Layers) -> Line:
    cells = [_cell(node, unit, standings) for standings in layers.standings.values()]
    level = min(node.depth + 1, 5) if node.text.is_group else 0
    return Line(node.text.code, node.text.name, most_of(node), cells, layers.reasons.get(node.text.key, ""), level)


def _cell(node: Node, unit: str, standings: Standings) -> str:
    found = standings.units.get(unit)
    if found is None:
        return points(None)
    if not node.text.is_group:
        return leaf_points(node.text, found.leaves[node.text.key])
    return points(found.groups[node.text.key].points) if node.most or node.text.min_points else ""
