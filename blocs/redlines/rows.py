"""What a comparison found, row by row in the order in which it is read: rows of the new text, taken-out ones where they had stood."""

from collections.abc import Mapping
from dataclasses import dataclass

from blocs.redlines.passages import Passage


@dataclass(frozen=True)
class Value:
    """A short value in both texts; None where its row does not stand in that text."""

    old: str | None
    new: str | None

    @property
    def changed(self) -> bool:
        return self.old != self.new


@dataclass(frozen=True, kw_only=True)
class Change:
    """A row with its identity and its places, counted from 0; no place where it does not stand in that text."""

    key: str
    old_place: int | None
    new_place: int | None
    moved: bool

    @property
    def added(self) -> bool:
        return self.old_place is None

    @property
    def removed(self) -> bool:
        return self.new_place is None

    @property
    def rewritten(self) -> bool:
        """Whether it stands in both and says something else."""
        raise NotImplementedError

    @property
    def status(self) -> str:
        """In a word, the weightiest first: added, removed, changed, moved, same."""
        if self.added or self.removed:
            return "added" if self.added else "removed"
        if self.rewritten:
            return "changed"
        return "moved" if self.moved else "same"

    @property
    def is_same(self) -> bool:
        return self.status == "same"


@dataclass(frozen=True, kw_only=True)
class ClauseChange(Change):
    """A clause or section heading."""

    kind: Value
    part: Value
    heading: Passage
    text: Passage

    @property
    def rewritten(self) -> bool:
        both = not self.added and not self.removed
        return both and (self.kind.changed or self.part.changed or self.heading.changed or self.text.changed)


@dataclass(frozen=True, kw_only=True)
class IndicatorChange(Change):
    """A target; `units` holds every unit that has or had a value."""

    name: Passage
    measure: Value
    direction: Value
    bloc_value: Value
    units: Mapping[str, Value]

    @property
    def common_changed(self) -> bool:
        """Whether what concerns everybody changed."""
        return self.name.changed or self.measure.changed or self.direction.changed or self.bloc_value.changed

    @property
    def rewritten(self) -> bool:
        both = not self.added and not self.removed
        return both and (self.common_changed or any(value.changed for value in self.units.values()))


@dataclass(frozen=True, kw_only=True)
class RegistrationChange(Change):
    """The titles that a unit registers, by code; its key is the unit's."""

    old_titles: tuple[str, ...] | None
    new_titles: tuple[str, ...] | None

    @property
    def rewritten(self) -> bool:
        return not self.added and not self.removed and self.old_titles != self.new_titles


@dataclass(frozen=True)
class Redline:
    """All that changed between two texts, and all that did not."""

    title: Passage
    movement: Passage
    bases: Passage
    opening: Passage
    clauses: tuple[ClauseChange, ...]
    indicators: tuple[IndicatorChange, ...]
    registrations: tuple[RegistrationChange, ...]
    recipients: Passage

    @property
    def is_empty(self) -> bool:
        """Whether both texts are the same."""
        rows = (*self.clauses, *self.indicators, *self.registrations)
        frame = (self.title, self.movement, self.bases, self.opening, self.recipients)
        return all(row.is_same for row in rows) and not any(passage.changed for passage in frame)
