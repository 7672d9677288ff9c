"""Two lines of text word by word. A word is what stands between spaces and punctuation, accents and all; a number is one word."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from blocs.redlines.sequences import common_blocks

SAME, DELETED, INSERTED = "same", "del", "ins"
# Numbers keep their separators ("12,5", "30/2020"); combining accents stay with their letter; all else is one character.
_TOKEN = re.compile(r"\d+(?:[.,/]\d+)+|[\w\u0300-\u036f]+|\s+|.", re.DOTALL)
_WORD = re.compile(r"[\w\u0300-\u036f]+")


class Piece(NamedTuple):
    """Words that stand in both texts, only in the old one, or only in the new one."""

    kind: str
    text: str


def words(text: str) -> list[str]:
    """The words of a text, without spaces and punctuation."""
    return _WORD.findall(text)


def compare_words(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces from which both texts can be read: the old one without what was inserted, the new one without what was deleted."""
    return tuple(_joined(_smooth(list(_pieces(_TOKEN.findall(old), _TOKEN.findall(new))))))


def old_side(pieces: Iterable[Piece]) -> str:
    """The old text."""
    return "".join(piece.text for piece in pieces if piece.kind != INSERTED)


def new_side(pieces: Iterable[Piece]) -> str:
    """The new text."""
    return "".join(piece.text for piece in pieces if piece.kind != DELETED)


def _pieces(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    old_place = new_place = 0
    for block in [*common_blocks(old, new), None]:
        old_end, new_end = (block.old, block.new) if block else (len(old), len(new))
        yield Piece(DELETED, "".join(old[old_place:old_end]))
        yield Piece(INSERTED, "".join(new[new_place:new_end]))
        if block:
            old_place, new_place = old_end + block.size, new_end + block.size
            yield Piece(SAME, "".join(old[old_end:old_place]))


def _smooth(pieces: list[Piece]) -> Iterator[Piece]:
    """A space alone between two changed words belongs to the change: one phrase struck and one put in, not a row of single words."""
    kept = [piece for piece in pieces if piece.text]
    for place, piece in enumerate(kept):
        inside = 0 < place < len(kept) - 1
        if piece.kind == SAME and inside and not piece.text.strip() and _replaced(kept, place):
            yield Piece(DELETED, piece.text)
            yield Piece(INSERTED, piece.text)
        else:
            yield piece


def _replaced(pieces: list[Piece], place: int) -> bool:
    """Whether words were struck and put in on both sides of this place; where something is only struck or only put in, nothing gains."""
    before = {piece.kind for piece in pieces[max(place - 2, 0) : place]} - {SAME}
    after = {piece.kind for piece in pieces[place + 1 : place + 3]} - {SAME}
    return len(before) == len(after) == 2


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Between two unchanged pieces first all that was struck, then all that was put in."""
    struck = put = ""
    for piece in pieces:
        if piece.kind == DELETED:
            struck += piece.text
        elif piece.kind == INSERTED:
            put += piece.text
        else:
            yield from _change(struck, put)
            struck = put = ""
            yield piece
    yield from _change(struck, put)


def _change(struck: str, put: str) -> Iterator[Piece]:
    if struck:
        yield Piece(DELETED, struck)
    if put:
        yield Piece(INSERTED, put)
