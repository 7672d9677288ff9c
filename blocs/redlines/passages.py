"""Two texts paragraph by paragraph: which stand in both, which are alike and so compared by words, which were taken out or put in."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from blocs.redlines.sequences import common_blocks
from blocs.redlines.words import DELETED, INSERTED, SAME, Piece, compare_words, new_side, old_side, words

CHANGED = "change"
# Below this share of common words two paragraphs are two, not one that was rewritten.
ALIKE = 0.3
MOST_PAIRS = 900


@dataclass(frozen=True)
class Paragraph:
    """A paragraph that is the same, changed, taken out or put in."""

    kind: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Passage:
    """Lines of text, old and new in one."""

    paragraphs: tuple[Paragraph, ...]

    @property
    def changed(self) -> bool:
        return any(paragraph.kind != SAME for paragraph in self.paragraphs)

    @property
    def old_lines(self) -> list[str]:
        return [old_side(paragraph.pieces) for paragraph in self.paragraphs if paragraph.kind != INSERTED]

    @property
    def new_lines(self) -> list[str]:
        return [new_side(paragraph.pieces) for paragraph in self.paragraphs if paragraph.kind != DELETED]

    @property
    def old_text(self) -> str:
        return "\n".join(self.old_lines)

    @property
    def new_text(self) -> str:
        return "\n".join(self.new_lines)


def compare_texts(old: str | None, new: str | None) -> Passage:
    """Two texts whose lines are paragraphs; None where there is no text on that side at all."""
    return compare_lines([] if old is None else old.split("\n"), [] if new is None else new.split("\n"))


def compare_lines(old: Sequence[str], new: Sequence[str]) -> Passage:
    """Two lists of lines. Equal lines stay; between them, lines that are alike are paired in order."""
    return Passage(tuple(_paragraphs(old, new)))


def _paragraphs(old: Sequence[str], new: Sequence[str]) -> Iterator[Paragraph]:
    old_place = new_place = 0
    for block in [*common_blocks(old, new), None]:
        old_end, new_end = (block.old, block.new) if block else (len(old), len(new))
        yield from _between(old[old_place:old_end], new[new_place:new_end])
        if block:
            old_place, new_place = old_end + block.size, new_end + block.size
            for line in old[old_end:old_place]:
                yield Paragraph(SAME, (Piece(SAME, line),))


def _between(old: Sequence[str], new: Sequence[str]) -> Iterator[Paragraph]:
    """The paragraphs between two that stayed."""
    old_place = new_place = 0
    for old_line, new_line in [*_pairs(old, new), (len(old), len(new))]:
        for line in old[old_place:old_line]:
            yield Paragraph(DELETED, (Piece(DELETED, line),))
        for line in new[new_place:new_line]:
            yield Paragraph(INSERTED, (Piece(INSERTED, line),))
        if old_line < len(old) and new_line < len(new):
            yield Paragraph(CHANGED, compare_words(old[old_line], new[new_line]))
        old_place, new_place = old_line + 1, new_line + 1


def _pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Which old line became which new line, in order: those pairs that have most words in common."""
    if not old or not new:
        return []
    olds, news = [_Bag(words(line)) for line in old], [_Bag(words(line)) for line in new]
    if len(old) * len(new) > MOST_PAIRS:
        return [(place, place) for place in range(min(len(old), len(new))) if _alike(olds[place], news[place]) >= ALIKE]
    return _best_pairs([[_alike(one, other) for other in news] for one in olds])


def _best_pairs(alike: list[list[float]]) -> list[tuple[int, int]]:
    rows, columns = len(alike), len(alike[0])
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows - 1, -1, -1):
        for column in range(columns - 1, -1, -1):
            paired = alike[row][column] + best[row + 1][column + 1] if alike[row][column] >= ALIKE else 0.0
            best[row][column] = max(best[row + 1][column], best[row][column + 1], paired)
    found, row, column = [], 0, 0
    while row < rows and column < columns:
        if best[row][column] == best[row + 1][column]:
            row += 1
        elif best[row][column] == best[row][column + 1]:
            column += 1
        else:
            found.append((row, column))
            row, column = row + 1, column + 1
    return found


class _Bag:
    """The words of a line, however they are ordered."""

    def __init__(self, found: Sequence[str]) -> None:
        self.size = len(found)
        self.counted = Counter(found)


def _alike(one: _Bag, other: _Bag) -> float:
    """The share of words that two lines have in common, from 0 to 1."""
    total = one.size + other.size
    return 2 * (one.counted & other.counted).total() / total if total else 0.0
