"""The units side by side in a report of several, or the blocs in a province's: what each said of each figure, as the text keeps it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from emulation.reports.texts import ReportText

# What the names of all that are laid side by side begin with; a narrow column needs what tells them apart.
_USUAL_BEGINNINGS = ("Khối thi đua ", "Công an ")


def head_of(name: str) -> str:
    """A name as the head of a column or the label of a bar: "Huyện Quảng Ninh" of "Công an huyện Quảng Ninh"."""
    for beginning in _USUAL_BEGINNINGS:
        name = name.removeprefix(beginning)
    return name[:1].upper() + name[1:]


@dataclass(frozen=True)
class UnitsCompared:
    """The units' names in the order of their seats, their values by figure and name, and who has told no number at all."""

    units: Sequence[str]
    values: Mapping[str, Mapping[str, str]]
    missing: Sequence[str] = ()
    whole: str = "Toàn khối"
    each: str = "từng đơn vị"


def compared(text: ReportText) -> UnitsCompared | None:
    """The units of the figures; None in the report of one unit alone."""
    figures = list(text.figures)
    values = {figure.key: dict(figure.parts) for figure in figures if figure.parts}
    if not values:
        return None
    # The figure that most units tell has them in the order of the seats; the others may lack some.
    fullest = sorted(values.values(), key=len, reverse=True)
    told = list(dict.fromkeys(name for row in fullest for name in row))
    silent = dict.fromkeys(name for figure in figures for name in figure.missing if name not in told)
    if text.of_blocs:
        return UnitsCompared(told, values, list(silent), whole="Toàn tỉnh", each="từng khối")
    return UnitsCompared(told, values, list(silent))
