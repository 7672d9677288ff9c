"""Compare two texts: rows by their identity, so that a clause keeps its history through moves and renumbering."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from blocs.redlines.passages import Passage, compare_lines, compare_texts
from blocs.redlines.rows import ClauseChange, IndicatorChange, Redline, RegistrationChange, Value
from blocs.redlines.sequences import longest_rising
from blocs.texts import ClauseText, CovenantText, IndicatorText, RegistrationText


@dataclass(frozen=True)
class Place:
    """Where a row stands in both texts."""

    key: str
    old_place: int | None
    new_place: int | None
    moved: bool


def compare(old: CovenantText, new: CovenantText) -> Redline:
    """What one must do to the old text to get the new one. Both are in composed form (NFC), as everything stored is.

    Raises `ValueError` when a key stands twice in one text.
    """
    return Redline(
        title=compare_texts(old.title, new.title),
        movement=compare_texts(old.movement, new.movement),
        bases=compare_lines(old.bases, new.bases),
        opening=compare_texts(old.opening, new.opening),
        clauses=_clauses(old.clauses, new.clauses),
        indicators=_indicators(old.indicators, new.indicators),
        registrations=_registrations(old.registrations, new.registrations),
        recipients=compare_lines(old.recipients, new.recipients),
    )


def places(old: Sequence[str], new: Sequence[str]) -> list[Place]:
    """The rows in the new order, those taken out after the row that they had followed. As few as possible are told as moved."""
    old_places, new_places = _numbered(old), _numbered(new)
    kept = [key for key in new if key in old_places]
    still = longest_rising([old_places[key] for key in kept])
    moved = {key for place, key in enumerate(kept) if place not in still}
    gone_after: dict[str | None, list[str]] = defaultdict(list)
    last: str | None = None
    for key in old:
        if key in new_places:
            last = key
        else:
            gone_after[last].append(key)
    order = gone_after[None] + [key for row in new for key in (row, *gone_after[row])]
    return [Place(key, old_places.get(key), new_places.get(key), key in moved) for key in order]


def _numbered(keys: Sequence[str]) -> dict[str, int]:
    found = {key: place for place, key in enumerate(keys)}
    if len(found) != len(keys):
        raise ValueError("a key stands twice in one text")
    return found


def _clauses(old: Sequence[ClauseText], new: Sequence[ClauseText]) -> tuple[ClauseChange, ...]:
    olds, news = {row.key: row for row in old}, {row.key: row for row in new}
    return tuple(
        _clause(place, olds.get(place.key), news.get(place.key))
        for place in places([row.key for row in old], [row.key for row in new])
    )


def _clause(place: Place, old: ClauseText | None, new: ClauseText | None) -> ClauseChange:
    return ClauseChange(
        **asdict(place),
        kind=_value(old, new, "kind"),
        part=_value(old, new, "part"),
        heading=_passage(old, new, "heading"),
        text=_passage(old, new, "text"),
    )


def _indicators(old: Sequence[IndicatorText], new: Sequence[IndicatorText]) -> tuple[IndicatorChange, ...]:
    olds, news = {row.key: row for row in old}, {row.key: row for row in new}
    return tuple(
        _indicator(place, olds.get(place.key), news.get(place.key))
        for place in places([row.key for row in old], [row.key for row in new])
    )


def _indicator(place: Place, old: IndicatorText | None, new: IndicatorText | None) -> IndicatorChange:
    old_units, new_units = old.unit_values if old else {}, new.unit_values if new else {}
    return IndicatorChange(
        **asdict(place),
        name=_passage(old, new, "name"),
        measure=_value(old, new, "measure"),
        direction=_value(old, new, "direction"),
        bloc_value=_value(old, new, "bloc_value"),
        units={unit: Value(old_units.get(unit), new_units.get(unit)) for unit in [*new_units, *(old_units.keys() - new_units)]},
    )


def _registrations(old: Sequence[RegistrationText], new: Sequence[RegistrationText]) -> tuple[RegistrationChange, ...]:
    olds, news = {row.unit_id: tuple(row.titles) for row in old}, {row.unit_id: tuple(row.titles) for row in new}
    return tuple(
        RegistrationChange(**asdict(place), old_titles=olds.get(place.key), new_titles=news.get(place.key))
        for place in places([row.unit_id for row in old], [row.unit_id for row in new])
    )


def _value(old: object, new: object, name: str) -> Value:
    return Value(getattr(old, name, None), getattr(new, name, None))


def _passage(old: object, new: object, name: str) -> Passage:
    return compare_texts(getattr(old, name, None), getattr(new, name, None))
