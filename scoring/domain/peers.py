"""Cross-scoring as a layer: the cells of the bloc as the peers who handed in see them together. Advice, which counts nowhere."""

from collections.abc import Mapping

from scoring.computing import Cells
from scoring.domain import facts
from scoring.domain.layers import UnitSheets, as_cell, readable
from scoring.enums import EntryState, SheetState
from scoring.models import Sheet
from scoring.peers import as_one
from scoring.rules import EMPTY, Entry, State
from scoring.texts import CriteriaText

_SILENT = (EntryState.EMPTY, EntryState.AGREED)


def crossed(
    text: CriteriaText, own: Mapping[str, Cells], sheets: Mapping[int, UnitSheets], known: facts.Known
) -> dict[str, dict[str, Entry]]:
    """Every unit's own cells, with points given directly where its peers together see it otherwise."""
    said = {str(unit): _said(text, of_unit, known) for unit, of_unit in sheets.items() if str(unit) in own}
    together = as_one(text, own, {unit: peers for unit, peers in said.items() if any(peers.values())})
    found = {unit: dict(cells) for unit, cells in own.items()}
    for unit, result in together.units.items():
        disputed = {key for cells in said[unit].values() for key in cells}
        for key in disputed:
            points = result.outcomes[key].points
            if points is not None and text.leaf_of[key].read_rule().counts and text.leaf_of[key].is_cross_scored:
                found[unit][key] = Entry(State.ENTERED, own[unit].get(key, EMPTY).value, points)
    return found


def _said(text: CriteriaText, of_unit: UnitSheets, known: facts.Known) -> dict[str, dict[str, Entry]]:
    """What each peer who handed in says otherwise, by peer."""
    return {
        str(sheet.scorer_id): readable(
            text,
            {
                key: as_cell(entry, entry.value, known.get((key, of_unit.unit_id), {}))
                for key, entry in of_unit.of_peer(sheet.scorer_id).items()
                # A criterion may have gone with an older set.
                if entry.state not in _SILENT and key in text.leaf_of
            },
        )
        for sheet in of_unit.peers.values()
        if _is_in(sheet)
    }


def _is_in(sheet: Sheet) -> bool:
    """Whether it was handed in and stands: one that was never handed in is locked as well when the phase is over."""
    return sheet.submitted_at is not None and sheet.state != SheetState.RETURNED
