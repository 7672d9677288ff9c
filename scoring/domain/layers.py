"""From sheets to what the engine computes: which value counts in which cell.

What counts is the value of the highest layer that has one. Cross-scoring is advice: it stands beside, in no layer's way.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.db.models import Q

from scoring.domain import facts
from scoring.domain.reading import sealed_text
from scoring.enums import COUNTING, EntryState, Layer
from scoring.models import Campaign, Entry, Sheet
from scoring.rules import EMPTY, EXEMPT, NOT_ASSIGNED, Faulty, State
from scoring.rules import Entry as Cell
from scoring.texts import CriteriaText, CriterionText

# The cells of one unit by the key of the criterion.
Cells = dict[str, Cell]
Entries = Mapping[str, Entry]


@dataclass
class UnitSheets:
    """What is known of one unit: its own sheet, that of the bloc, that of the office, and those of its peers by their unit."""

    unit_id: int
    sheets: dict[str, Sheet] = field(default_factory=dict)
    peers: dict[int, Sheet] = field(default_factory=dict)
    entries: dict[int, dict[str, Entry]] = field(default_factory=dict)

    def of(self, layer: str) -> Entries:
        """The entries of a layer that counts."""
        sheet = self.sheets.get(layer)
        return self.entries.get(sheet.pk, {}) if sheet else {}

    def of_peer(self, scorer_id: int) -> Entries:
        """What one peer says otherwise."""
        return self.entries.get(self.peers[scorer_id].pk, {})


def gather(sheets: Iterable[Sheet], wanted: Q | None = None) -> dict[int, UnitSheets]:
    """The sheets by unit with all their entries, or with the `wanted` ones; one query more."""
    rows = list(sheets)
    return arrange(rows, Entry.objects.filter(wanted or Q(), sheet__in=[sheet.pk for sheet in rows]).order_by("pk"))


def arrange(sheets: Iterable[Sheet], entries: Iterable[Entry]) -> dict[int, UnitSheets]:
    """Sheets by unit, each with its entries."""
    found: dict[int, UnitSheets] = {}
    of_sheet: dict[int, UnitSheets] = {}
    for sheet in sheets:
        unit = of_sheet[sheet.pk] = found.setdefault(sheet.unit_id, UnitSheets(sheet.unit_id))
        if sheet.layer == Layer.CROSS:
            unit.peers[sheet.scorer_id] = sheet
        else:
            unit.sheets[sheet.layer] = sheet
    for entry in entries:
        of_sheet[entry.sheet_id].entries.setdefault(entry.sheet_id, {})[str(entry.key)] = entry
    return found


def known_facts(campaign: Campaign, units: Mapping[int, UnitSheets]) -> facts.Known:
    """What is known of these units from elsewhere: of one whose own sheet is not among those looked at, only its targets.

    So nobody learns from a report, or from points that it moves, what he may not read in the unit's sheet yet.
    """
    found = facts.known(campaign, sealed_text(campaign.criteria_set), list(units))
    shown = {unit_id for unit_id, unit in units.items() if Layer.SELF in unit.sheets}
    return {place: told if place[1] in shown else _targets(told) for place, told in found.items()}


def _targets(told: Mapping[str, facts.Fact]) -> dict[str, facts.Fact]:
    return {name: replace(fact, is_whole=False) for name, fact in told.items() if name == "target"}


def cells(unit: UnitSheets, known: facts.Known, keys: Iterable[str], *, upto: str = Layer.APPRAISED) -> Cells:
    """What counts for a unit in each criterion when only the layers up to `upto` are looked at."""
    looked_at = COUNTING[COUNTING.index(Layer(upto)) :]
    found = {key: _cell(unit, key, looked_at, known.get((key, unit.unit_id), {})) for key in keys}
    return {key: cell for key, cell in found.items() if cell is not EMPTY}


def readable(text: CriteriaText, found: Cells) -> Cells:
    """Without the cells that lack a fact which came from elsewhere, as when the covenant behind it ended: they count as empty."""
    return {
        key: cell for key, cell in found.items() if not facts.may_be_told(text.leaf_of[key]) or _reads(text.leaf_of[key], cell)
    }


def _reads(leaf: CriterionText, cell: Cell) -> bool:
    if cell.state != State.ENTERED or cell.points is not None:
        return True
    try:
        leaf.read_rule().read_facts(cell.value)
    except Faulty:
        return False
    return True


def _cell(unit: UnitSheets, key: str, looked_at: Iterable[Layer], known: Mapping[str, facts.Fact]) -> Cell:
    rows = [entry for layer in looked_at if (entry := unit.of(layer).get(key)) and entry.state != EntryState.AGREED]
    rows = [row for row in rows if row.state != EntryState.EMPTY]
    if not rows:
        told = {name: fact.value for name, fact in known.items() if fact.is_whole}
        return Cell.of(told) if told else EMPTY
    first = rows[0]
    # Points given directly leave the facts below as they were, since other units may be measured by them.
    typed = next((row.value for row in rows if row.value), {}) if first.points is not None else first.value
    return as_cell(first, typed, known)


def as_cell(entry: Entry, typed: Mapping[str, object], known: Mapping[str, facts.Fact]) -> Cell:
    """An entry as the engine reads it, with what is known from elsewhere."""
    if entry.state == EntryState.NOT_ASSIGNED:
        return NOT_ASSIGNED
    if entry.state == EntryState.EXEMPT:
        return EXEMPT
    value = {**typed, **{name: fact.value for name, fact in known.items()}}
    return replace(Cell.of(value), points=entry.points)
