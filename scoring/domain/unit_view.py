"""One unit's results as a page: the tree with its points in each layer, each leading to the page of its cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse

from scoring import analysis
from scoring.domain import standing_view
from scoring.domain.boards import fixed
from scoring.domain.runs import OFFICIAL, Result
from scoring.enums import Layer
from scoring.models import Campaign, Sheet
from scoring.rules.numbers import written
from scoring.texts import CriterionText


@dataclass(frozen=True)
class Line:
    """A group or a criterion with its points in each layer; `differs` when the layers do not all say the same."""

    node: CriterionText
    depth: int
    most: str
    cells: Sequence[tuple[str, str]]
    differs: bool


def lines(campaign: Campaign, result: Result, unit: str, sheets: Sequence[Sheet]) -> dict[str, Any]:
    """The lines and the heads of the layers. `sheets`: those about the unit that the reader may open."""
    found = analysis.layers_of_unit(result.text, unit, {name: result.layer(name) for name in result.names})
    rows = []
    for row in found:
        cells = [
            ("" if points is None else fixed(points), "" if row.node.is_group else _page(row.node.key, name, sheets))
            for name, points in row.points.items()
        ]
        most = written(Decimal(row.node.max_points)) if row.node.max_points else ""
        rows.append(Line(row.node, row.depth, most, cells, row.differs and not row.node.is_group))
    totals = [fixed(result.totals(name)[unit]) for name in result.names]
    return {"lines": rows, "heads": [standing_view.layer_name(campaign, name) for name in result.names], "totals": totals}


def _page(key: str, layer: str, sheets: Sequence[Sheet]) -> str:
    """The page of the cell in this layer; of the official points the one of the highest sheet, of peers' none: there are several."""
    wanted = (Layer.APPRAISED, Layer.CONSOLIDATED, Layer.SELF) if layer == OFFICIAL else (layer,)
    if layer == Layer.CROSS:
        return ""
    sheet = next((sheet for name in wanted for sheet in sheets if sheet.layer == name), None)
    return reverse("sheet_cell", args=[sheet.pk, key]) if sheet else ""
