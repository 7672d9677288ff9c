"""Cross-scoring as one layer: in each criterion what the peers who handed in see together. Advice, which counts nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from scoring.computing import Computation
from scoring.domain import facts
from scoring.domain.layers import UnitSheets, as_cell
from scoring.enums import EntryState, SheetState
from scoring.models import Entry, Sheet
from scoring.rules import EMPTY, State, score_all
from scoring.rules import Entry as Cell
from scoring.rules.consolidation import consolidate
from scoring.texts import CriteriaText

# By unit and key of the criterion.
Cells = Mapping[str, Mapping[str, Cell]]


@dataclass(frozen=True)
class _Bloc:
    """What all units gave themselves, and what is known of them from elsewhere."""

    text: CriteriaText
    own: Cells
    known: facts.Known


_SILENT = (EntryState.EMPTY, EntryState.AGREED)


def crossed(text: CriteriaText, own: Cells, sheets: Mapping[int, UnitSheets], known: facts.Known) -> dict[str, dict[str, Cell]]:
    """The cells of all units as their peers see them, as the set says (the median unless told otherwise).

    Who agrees gives what the unit gave itself. Who says that it was not assigned, or is exempt, gives no points and is not counted.
    """
    bloc = _Bloc(text, own, known)
    outcomes = Computation(text).outcomes(own)
    found = {unit: dict(cells) for unit, cells in own.items()}
    for unit_id, of_unit in sheets.items():
        unit = str(unit_id)
        handed_in = [sheet.scorer_id for sheet in of_unit.peers.values() if _is_in(sheet)]
        for key in _disputed(of_unit, handed_in) if unit in own else ():
            if not text.leaf_of[key].read_rule().counts:
                continue
            said = [of_unit.of_peer(peer).get(key) for peer in handed_in]
            as_own = outcomes[unit][key].points
            given = [_points(bloc, unit, key, entry) if entry and entry.state not in _SILENT else as_own for entry in said]
            middle = consolidate(given, text.method, places=text.places)
            if middle is not None:
                found[unit][key] = Cell(State.ENTERED, own[unit].get(key, EMPTY).value, middle)
    return found


def _disputed(of_unit: UnitSheets, peers: list[int]) -> list[str]:
    """The criteria in which some peer says otherwise."""
    keys = {key for peer in peers for key, entry in of_unit.of_peer(peer).items() if entry.state not in _SILENT}
    return sorted(keys)


def _points(bloc: _Bloc, unit: str, key: str, entry: Entry) -> Decimal | None:
    """What one peer's entry comes to, beside what all other units gave themselves."""
    cell = as_cell(entry, entry.value, bloc.known.get((key, int(unit)), {}))
    units = sorted(bloc.own)
    cells = [cell if one == unit else bloc.own[one].get(key, EMPTY) for one in units]
    rule, text = bloc.text.leaf_of[key].read_rule(), bloc.text
    return score_all(rule, cells, places=text.places, exempt=text.exempt)[units.index(unit)].points


def _is_in(sheet: Sheet) -> bool:
    """Whether it was handed in and stands: one that was never handed in is locked as well when the phase is over."""
    return sheet.submitted_at is not None and sheet.state != SheetState.RETURNED
