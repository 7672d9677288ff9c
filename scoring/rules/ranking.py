"""Ranks: 1, 2, 2, 4. Units that are equal on every key share a rank; only a recorded decision sets them apart."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

DESC, ASC = "desc", "asc"
DECISION = "decision"


@dataclass(frozen=True)
class Key:
    """What is compared, in which direction: most points first, fewest penalties first."""

    name: str
    direction: str = DESC


@dataclass(frozen=True)
class Row:
    """A unit with its value for each key; one that is excluded keeps its score and gets no rank."""

    unit: str
    values: Mapping[str, Decimal]
    excluded: bool = False


@dataclass(frozen=True)
class Place:
    """A unit's rank. `settled_by` names the key, or the decision, that set it apart from units equal on the first key."""

    rank: int | None
    tied: bool
    settled_by: str = ""


def rank(rows: Sequence[Row], keys: Sequence[Key], *, decided: Sequence[Sequence[str]] = ()) -> dict[str, Place]:
    """The place of each unit. `decided`: for tied units the order that was decided and recorded, best first.

    A decision touches only units that are equal on every key; about anything else it says nothing.
    """
    ranked = sorted((row for row in rows if not row.excluded), key=lambda row: _sort_key(row, keys))
    places = {row.unit: Place(None, tied=False) for row in rows if row.excluded}
    above = 0
    for _key, equals in groupby(ranked, key=lambda row: _sort_key(row, keys)):
        tied = list(equals)
        if len(tied) > 1 and (order := _decision({row.unit for row in tied}, decided)):
            for number, unit in enumerate(order, start=1):
                places[unit] = Place(above + number, tied=False, settled_by=DECISION)
        else:
            for row in tied:
                places[row.unit] = Place(above + 1, tied=len(tied) > 1, settled_by=_settled_by(row, ranked, keys))
        above += len(tied)
    return places


def ties(places: Mapping[str, Place]) -> list[list[str]]:
    """The groups of units that share a rank, best first: what is still to be decided."""
    shared: dict[int, list[str]] = {}
    for unit, place in places.items():
        if place.tied and place.rank is not None:
            shared.setdefault(place.rank, []).append(unit)
    return [shared[number] for number in sorted(shared)]


def _decision(tied: Collection[str], decided: Sequence[Sequence[str]]) -> list[str]:
    """The order decided for these units: in so many words, else as part of a larger group, unless two of those say otherwise."""
    fitting = [group for group in decided if set(tied) <= set(group)]
    exact = [list(group) for group in fitting if len(group) == len(tied)]
    orders = exact or [[unit for unit in group if unit in tied] for group in fitting]
    return orders[0] if orders and all(order == orders[0] for order in orders) else []


def _sort_key(row: Row, keys: Sequence[Key]) -> tuple[Decimal, ...]:
    return tuple(-row.values[key.name] if key.direction == DESC else row.values[key.name] for key in keys)


def _settled_by(row: Row, rows: Sequence[Row], keys: Sequence[Key]) -> str:
    """The key that was needed to tell the unit from those equal to it on the first key; "" where the first was enough."""
    needed = 0
    for other in rows:
        if other.unit == row.unit or _sort_key(other, keys[:1]) != _sort_key(row, keys[:1]):
            continue
        first = next((at for at, key in enumerate(keys) if other.values[key.name] != row.values[key.name]), 0)
        needed = max(needed, first)
    return keys[needed].name if needed else ""
