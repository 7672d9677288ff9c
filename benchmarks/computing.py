"""How long the rules take: one bloc of 20 units with 200 criteria, and a province of 15 blocs with 105 units and four layers."""

import datetime as dt
import random
from collections.abc import Mapping
from dataclasses import replace

from benchmarks import figures, timing
from benchmarks.figures import Figure
from benchmarks.timing import milliseconds
from emulation.office.demo.papers_2020 import criteria_2020
from emulation.pdf.frame import DocumentFrame
from emulation.pdf.render import render
from scoring.computing import Computation, compute
from scoring.documents.detail import detail_html
from scoring.documents.results import Results
from scoring.results import Cell, inputs_of, recompute
from scoring.rules import Entry
from scoring.texts import CriteriaText, CriterionText

UNITS, LEAVES = 20, 200
BLOCS, PROVINCE, LAYERS = 15, 105, 4
# Which share of the cells a layer changes against the one below it.
CHANGED = 0.1
TIMES = 5

Layer = Mapping[str, Mapping[str, Entry]]


def measure() -> list[Figure]:
    """Processor time, which a busy machine changes less than the time on the wall."""
    chance = random.Random(2020)
    text = widened(criteria_2020())
    bloc = {f"unit {number}": cells(text, chance) for number in range(UNITS)}
    series = timing.repeat(lambda: compute(text, bloc), TIMES)
    small = criteria_2020()
    blocs = [(replace(small), layers(small, chance)) for _bloc in range(BLOCS)]
    whole = timing.repeat(lambda: province(blocs), TIMES)
    name = f"{UNITS} units x {len(text.leaves)} criteria, processor time"
    all_of_it = f"{BLOCS} blocs of {PROVINCE // BLOCS} units x {len(small.leaves)} criteria, {LAYERS} layers"
    return [
        figures.at_most(name, series.cpu * 1000, 300, "ms", note=f"{milliseconds(series.wall)} on the wall"),
        figures.at_most(all_of_it, whole.cpu, 2, "s", digits=2, note=f"{milliseconds(whole.wall)} on the wall"),
        _printed(small, bloc, chance),
    ]


def _printed(text: CriteriaText, units: Layer, chance: random.Random) -> Figure:
    """The longest print, which a background task makes."""
    kept = {unit: {key: Cell.of(entry) for key, entry in cells(text, chance).items()} for unit in units}
    standings = recompute(text, inputs_of(text, kept))
    results = Results(text, standings, {unit: f"Đơn vị {unit}" for unit in units}, "năm 2020")
    frame = DocumentFrame("Công an tỉnh", "Khối thi đua", "Tỉnh", dt.date(2020, 12, 15), 2020)
    series = timing.repeat(lambda: render(detail_html(results, frame)), 1, warm=0)
    name = f"the detailed print of {len(units)} units x {len(text.leaves)} criteria"
    return figures.beside(name, f"{series.cpu:.1f} s", "of processor time")


def province(blocs: list[tuple[CriteriaText, list[Layer]]]) -> None:
    """Every layer of every bloc, each bloc with a set of its own to read."""
    for text, own in blocs:
        computation = Computation(replace(text))
        for layer in own:
            computation.run(layer)


def widened(text: CriteriaText) -> CriteriaText:
    """The demonstration's set with some criteria twice, so that there are 200."""
    more = [replace(leaf, key=f"{leaf.key}-2", code=f"{leaf.code}-2") for leaf in text.leaves[: LEAVES - len(text.leaves)]]
    return replace(text, criteria=[*text.criteria, *more])


def layers(text: CriteriaText, chance: random.Random) -> list[Layer]:
    """A bloc's sheets from the first look to the last word; each layer changes some cells of the one below."""
    leaves = text.leaves
    found: list[Layer] = [{f"unit {number}": cells(text, chance) for number in range(PROVINCE // BLOCS)}]
    while len(found) < LAYERS:
        found.append({unit: changed(leaves, rows, chance) for unit, rows in found[-1].items()})
    return found


def changed(leaves: list[CriterionText], rows: Mapping[str, Entry], chance: random.Random) -> dict[str, Entry]:
    """The cells of a sheet, some of them entered anew."""
    return {leaf.key: Entry.of(value_of(leaf, chance)) if chance.random() < CHANGED else rows[leaf.key] for leaf in leaves}


def cells(text: CriteriaText, chance: random.Random) -> dict[str, Entry]:
    """Figures for every criterion of one unit."""
    return {leaf.key: Entry.of(value_of(leaf, chance)) for leaf in text.leaves}


def value_of(leaf: CriterionText, chance: random.Random) -> dict[str, object]:
    """Facts that fit the criterion's rule."""
    asked = leaf.read_rule().facts
    if "target" in asked:
        return {"target": str(chance.randint(50, 100)), "actual": str(chance.randint(40, 120))}
    given: dict[str, object] = {
        "points": leaf.max_points,
        "yes": chance.random() < 0.9,
        "value": str(chance.randint(0, 100)),
        "counts": {},
        "count": chance.randint(0, 9),
        "bonus": 0,
        "penalty": chance.randint(0, 1),
        "days_late": chance.randint(0, 3),
        "happened": False,
        "text": "Không",
    }
    return {name: given[name] for name in asked}
