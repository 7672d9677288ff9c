"""The overview of a bloc's results: points by group, total, grade and rank; an upright page that leader and deputy sign."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation

from emulation.pdf.frame import DocumentFrame
from scoring.documents.results import NOTHING, Results, context, head_of, most_of, points, rank_in_words
from scoring.texts import Node

KIND = "Bảng tổng hợp kết quả chấm điểm thi đua"
# More groups than this do not leave room for the units' names on an upright page; what is over comes in tables of its own.
_GROUPS = 6


@dataclass(frozen=True)
class Line:
    """One unit's line."""

    number: int
    name: str
    groups: list[str]
    total: str
    grade: str
    rank: str


def overview_html(results: Results, frame: DocumentFrame) -> str:
    """The HTML of the overview for the printer; always Vietnamese. With seats in the frame it can be signed."""
    with translation.override("vi"):
        tops = results.tops
        chunks = [tops[first : first + _GROUPS] for first in range(0, len(tops), _GROUPS)]
        return render_to_string(
            "documents/standings.html",
            {
                **context(results, frame, kind=KIND, whose=frame.bloc_name),
                "groups": [(head_of(top), top.text.name, most_of(top)) for top in tops],
                "tables": [_table(results, chunk, is_last=chunk is chunks[-1]) for chunk in chunks],
                "has_grades": bool(results.text.grades),
            },
        )


def _table(results: Results, tops: list[Node], *, is_last: bool) -> dict[str, object]:
    """A table of some groups. Total, grade and rank stand at the end of the last."""
    return {
        "heads": [(head_of(top), most_of(top)) for top in tops],
        "lines": [_line(results, tops, number, unit) for number, unit in enumerate(results.units, start=1)],
        "is_last": is_last,
    }


def _line(results: Results, tops: list[Node], number: int, unit: str) -> Line:
    found = results.sheet_of(unit)
    return Line(
        number=number,
        name=results.names[unit],
        groups=[points(found.groups[top.text.key].points) for top in tops],
        total=points(found.total),
        grade=found.grade or NOTHING,
        rank=rank_in_words(found),
    )
