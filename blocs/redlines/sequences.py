"""Common parts of two sequences, in time that stays in proportion to their length whatever they hold.

Few differences are found exactly (Myers' greedy walk, broken off after `MOST_EDITS`). Sequences that differ in more are cut at what
occurs once in both and looked at piece by piece; what then still differs in too much is told as replaced. Nobody could read that
word by word, and texts of a few repeated words would otherwise cost the square of their length.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from typing import NamedTuple

MOST_EDITS = 40
DEEPEST = 6
STEPS_PER_ITEM = 30


class Block(NamedTuple):
    """So many equal items, from these places on."""

    old: int
    new: int
    size: int


class _Stretch(NamedTuple):
    """A part of both sequences: from (included) and to (excluded)."""

    old: int
    old_end: int
    new: int
    new_end: int

    @property
    def is_one_sided(self) -> bool:
        return self.old >= self.old_end or self.new >= self.new_end


def common_blocks(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Block]:
    """The items that both have in the same order, as blocks from left to right."""
    search = _Search(old, new)
    search.look(_Stretch(0, len(old), 0, len(new)), DEEPEST)
    return search.found


def longest_rising(values: Sequence[int]) -> set[int]:
    """The places of a longest rising run: in `[2, 0, 1, 3]` the places of 0, 1 and 3. All others were moved, and no fewer could be."""
    tails: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for place, value in enumerate(values):
        length = bisect_left(tails, value)
        before.append(places[length - 1] if length else -1)
        tails[length : length + 1] = [value]
        places[length : length + 1] = [place]
    rising: set[int] = set()
    place = places[-1] if places else -1
    while place >= 0:
        rising.add(place)
        place = before[place]
    return rising


class _Search:
    """One comparison: what was found, and how many steps may still be taken."""

    def __init__(self, old: Sequence[Hashable], new: Sequence[Hashable]) -> None:
        self.old, self.new = old, new
        self.found: list[Block] = []
        self.steps = STEPS_PER_ITEM * (len(old) + len(new)) + MOST_EDITS**2

    def look(self, stretch: _Stretch, depth: int) -> None:
        """Note the common blocks of a stretch, from left to right."""
        head = self._same_from(stretch)
        self._note(stretch.old, stretch.new, head)
        stretch = _Stretch(stretch.old + head, stretch.old_end, stretch.new + head, stretch.new_end)
        tail = self._same_at_end(stretch)
        inner = _Stretch(stretch.old, stretch.old_end - tail, stretch.new, stretch.new_end - tail)
        if not inner.is_one_sided and depth:
            self._look_inside(inner, depth)
        self._note(inner.old_end, inner.new_end, tail)

    def _look_inside(self, stretch: _Stretch, depth: int) -> None:
        blocks = self._few_edits(stretch)
        if blocks is not None:
            for block in blocks:
                self._note(*block)
            return
        anchors = self._anchors(stretch)
        ends = [*anchors[1:], (stretch.old_end, stretch.new_end)]
        if anchors:
            self.look(_Stretch(stretch.old, anchors[0][0], stretch.new, anchors[0][1]), depth - 1)
        for (old, new), (old_end, new_end) in zip(anchors, ends, strict=False):
            self.look(_Stretch(old, old_end, new, new_end), depth - 1)

    def _note(self, old: int, new: int, size: int) -> None:
        if size:
            last = self.found[-1] if self.found else None
            if last and last.old + last.size == old and last.new + last.size == new:
                self.found[-1] = Block(last.old, last.new, last.size + size)
            else:
                self.found.append(Block(old, new, size))

    def _same_from(self, stretch: _Stretch) -> int:
        size = min(stretch.old_end - stretch.old, stretch.new_end - stretch.new)
        pairs = range(size)
        return next((step for step in pairs if self.old[stretch.old + step] != self.new[stretch.new + step]), max(size, 0))

    def _same_at_end(self, stretch: _Stretch) -> int:
        size = min(stretch.old_end - stretch.old, stretch.new_end - stretch.new)
        pairs = range(size)
        return next(
            (step for step in pairs if self.old[stretch.old_end - 1 - step] != self.new[stretch.new_end - 1 - step]), max(size, 0)
        )

    def _anchors(self, stretch: _Stretch) -> list[tuple[int, int]]:
        """What occurs once in either, and stands in the same order."""
        old_once = _once(self.old, stretch.old, stretch.old_end)
        new_once = _once(self.new, stretch.new, stretch.new_end)
        pairs = [(place, new_once[item]) for item, place in old_once.items() if item in new_once]
        rising = longest_rising([new for _old, new in pairs])
        return [pair for place, pair in enumerate(pairs) if place in rising]

    def _few_edits(self, stretch: _Stretch) -> list[Block] | None:
        """The common blocks by the fewest insertions and deletions; None when those are too many."""
        old, new = self.old[stretch.old : stretch.old_end], self.new[stretch.new : stretch.new_end]
        length, width = len(old), len(new)
        if abs(length - width) > MOST_EDITS or self.steps <= 0:
            return None
        reach = {1: 0}
        trail: list[dict[int, int]] = []
        for edits in range(min(MOST_EDITS, length + width) + 1):
            trail.append(dict(reach))
            for diagonal in range(-edits, edits + 1, 2):
                down = diagonal == -edits or (diagonal != edits and reach[diagonal - 1] < reach[diagonal + 1])
                start = end = reach[diagonal + 1] if down else reach[diagonal - 1] + 1
                while end < length and end - diagonal < width and old[end] == new[end - diagonal]:
                    end += 1
                self.steps -= end - start + 1
                reach[diagonal] = end
                if end >= length and end - diagonal >= width:
                    return list(_retrace(stretch, trail))
            if self.steps <= 0:
                return None
        return None


def _retrace(stretch: _Stretch, trail: list[dict[int, int]]) -> Iterator[Block]:
    """The equal items on the shortest way, from left to right."""
    across, down = stretch.old_end - stretch.old, stretch.new_end - stretch.new
    found: list[Block] = []
    for edits in range(len(trail) - 1, -1, -1):
        reach, diagonal = trail[edits], across - down
        if edits == 0:
            start_across = start_down = before_across = before_down = 0
        else:
            is_down = diagonal == -edits or (diagonal != edits and reach[diagonal - 1] < reach[diagonal + 1])
            before = diagonal + 1 if is_down else diagonal - 1
            before_across, before_down = reach[before], reach[before] - before
            start_across = before_across if is_down else before_across + 1
            start_down = start_across - diagonal
        if across > start_across:
            found.append(Block(stretch.old + start_across, stretch.new + start_down, across - start_across))
        across, down = before_across, before_down
    return reversed(found)


def _once(items: Sequence[Hashable], start: int, end: int) -> dict[Hashable, int]:
    """What occurs exactly once there, with its place, in order."""
    times = Counter(items[start:end])
    return {items[place]: place for place in range(start, end) if times[items[place]] == 1}
