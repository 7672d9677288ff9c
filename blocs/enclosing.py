"""What a kind of document encloses besides its words, such as the table of criteria of a scoring regulation.

The app that knows about it registers here; a document's own app only carries it: what is enclosed is part of the text that units
publish, agree on, hash, print and sign.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from blocs.models import BlocDocument, Version
from emulation.organisation.actors import Actor


@dataclass(frozen=True)
class Row:
    """A line of a printed table: its cells, and how deep a heading it is (0: none, 1: the highest)."""

    cells: Sequence[str]
    level: int = 0


@dataclass(frozen=True)
class Table:
    """What is enclosed, as printed behind the text: title, notes below it, columns, lines. `numeric` names columns at the right."""

    title: str
    notes: Sequence[str]
    columns: Sequence[str]
    rows: Sequence[Row]
    numeric: Sequence[int] = ()


class Enclosure(Protocol):
    """How one kind of document encloses something."""

    def page(self, document: BlocDocument) -> tuple[str, str]:
        """How it is called on the screen, and the address of its page."""

    def enclosed(self, document: BlocDocument) -> Mapping[str, Any] | None:
        """What the working draft encloses now, as JSON-able values; None when it encloses nothing."""

    def faults(self, data: Mapping[str, Any]) -> list[str]:
        """What keeps it from being published."""

    def table(self, data: Mapping[str, Any]) -> Table:
        """How it prints; always Vietnamese."""

    def changes(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
        """What changed between two versions, a sentence each."""

    def adopted(self, version: Version, data: Mapping[str, Any], *, actor: Actor) -> None:
        """The version was agreed on."""


_enclosures: dict[str, Enclosure] = {}


def register(kind: str, enclosure: Enclosure) -> None:
    """Say how documents of a kind enclose something."""
    _enclosures[kind] = enclosure


def page(document: BlocDocument) -> tuple[str, str] | None:
    """The page of what documents of this kind enclose."""
    enclosure = _enclosures.get(document.kind)
    return enclosure.page(document) if enclosure else None


def enclosed(document: BlocDocument) -> Mapping[str, Any]:
    """What the working draft encloses now; empty for nothing."""
    enclosure = _enclosures.get(document.kind)
    return (enclosure.enclosed(document) if enclosure else None) or {}


def faults(kind: str, data: Mapping[str, Any]) -> list[str]:
    """What keeps a text from being published because of what it encloses."""
    return _enclosures[kind].faults(data) if data else []


def table(kind: str, data: Mapping[str, Any]) -> Table | None:
    """What is enclosed, as printed."""
    return _enclosures[kind].table(data) if data else None


def changes(kind: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """What changed between two versions of what a document encloses."""
    return _enclosures[kind].changes(old, new) if old != new else []


def adopted(version: Version, data: Mapping[str, Any], *, actor: Actor) -> None:
    """Hand on that a version was agreed on, with what it encloses."""
    if data:
        _enclosures[version.document.kind].adopted(version, data, actor=actor)
