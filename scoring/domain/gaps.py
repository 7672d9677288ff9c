"""What a sheet still lacks, cell by cell and group by group, out of what is in sight already."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from scoring.domain import completeness
from scoring.domain.completeness import DISAGREEMENT, Hole
from scoring.domain.sight import Sight
from scoring.enums import EntryState, Layer
from scoring.texts import CriteriaText


@dataclass
class Missing:
    """How many cells of a group are empty, without the evidence they need, or still to be decided."""

    empty: int = 0
    evidence: int = 0
    disagreement: int = 0


def holes(sight: Sight, shown: Collection[str]) -> dict[str, Hole]:
    """By criterion. `shown` are the criteria with evidence."""
    filled: dict[str, str] = {key: entry.state for key, entry in sight.own.items()}
    if sight.sheet.layer == Layer.SELF:
        states = completeness.told(filled, sight.known, sight.sheet.unit_id)
        return {hole.key: hole for hole in completeness.own_holes(sight.text.leaves, states, set(shown))}
    if sight.sheet.layer == Layer.CONSOLIDATED:
        told = [leaf for leaf in sight.text.leaves if sight.opinions(leaf.key)]
        undecided = [leaf for leaf in told if filled.get(leaf.key, EntryState.EMPTY) == EntryState.EMPTY]
        return {leaf.key: Hole(leaf.key, leaf.code, DISAGREEMENT) for leaf in undecided}
    return {}


def by_group(text: CriteriaText, found: Mapping[str, Hole]) -> dict[str, Missing]:
    """For every group what is missing in all that stands below it."""
    parent = {row.key: row.parent for row in text.criteria}
    groups = {row.key: Missing() for row in text.criteria if row.is_group}
    for key, hole in found.items():
        above = parent[key]
        while above:
            missing = groups[above]
            setattr(missing, hole.what, getattr(missing, hole.what) + 1)
            above = parent[above]
    return groups
