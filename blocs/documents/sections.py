"""What the printed documents of a bloc have in common: sections and clauses with their numbers, lists, the line under the title."""

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from blocs.texts import ClauseText, CovenantText
from emulation.pdf.frame import DocumentFrame

_QUOTES = "“”\"'«»"
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))

# Gives the numbers of a section's clauses, one after another.
Numbering = Callable[[], Iterator[int | str]]


@dataclass(frozen=True)
class Clause:
    """A numbered clause ("3", or "Điều 3"); one without a heading prints its number before the first paragraph."""

    key: str
    number: int | str
    heading: str
    paragraphs: list[str]


@dataclass(frozen=True)
class Section:
    """A section with its Roman numeral; `key` is empty when the section is generated."""

    key: str
    number: str
    heading: str
    paragraphs: list[str]
    clauses: list[Clause]


def roman(number: int) -> str:
    """A section's number: 1 to 39 as I to XXXIX."""
    numeral = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        numeral += sign * times
    return numeral


def numbered_in_section() -> Iterator[int | str]:
    """Arabic numerals that start again in each section."""
    return itertools.count(1)


def sections(
    clauses: Iterable[ClauseText], part: str, numerals: Iterator[str], usual: str, *, numbering: Numbering = numbered_in_section
) -> Iterator[Section]:
    """The sections of one part in order. Clauses that stand before any section get the usual heading."""
    groups: list[tuple[ClauseText | None, list[ClauseText]]] = []
    for clause in clauses:
        if clause.part != part:
            continue
        if clause.kind == "section":
            groups.append((clause, []))
        elif groups:
            groups[-1][1].append(clause)
        else:
            groups.append((None, [clause]))
    for head, members in groups:
        yield Section(
            key=head.key if head else "",
            number=next(numerals),
            heading=(head.heading if head else usual).strip().upper(),
            paragraphs=paragraphs(head.text) if head else [],
            clauses=[_clause(number, member) for member, number in zip(members, numbering(), strict=False)],
        )


def _clause(number: int | str, clause: ClauseText) -> Clause:
    return Clause(key=clause.key, number=number, heading=clause.heading.strip(), paragraphs=paragraphs(clause.text))


def subject(text: CovenantText, frame: DocumentFrame) -> list[str]:
    """What the document is about, under its title: “Vì An ninh Tổ quốc” năm 2020 / của Khối thi đua ..."""
    movement = text.movement.strip()
    if movement and not any(quote in movement for quote in _QUOTES):
        movement = f"“{movement}”"
    year = "" if str(frame.year) in movement else f"năm {frame.year}"
    return [" ".join(part for part in (movement, year) if part), f"của {frame.bloc_name}"]


def paragraphs(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def listed(items: Iterable[str]) -> list[str]:
    """One item a line, each ended by a semicolon and the last by a full stop, whatever the writer had put there."""
    bare = [item.strip().rstrip(";.,").strip() for item in items]
    kept = [item for item in bare if item]
    return [item + (";" if place < len(kept) else ".") for place, item in enumerate(kept, start=1)]
