"""Which state may follow which: a table of moves that people can read, and two questions to ask it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Move:
    """One line of the table: by this verb a thing goes from one of the `sources` to `target`."""

    verb: str
    sources: tuple[str, ...]
    target: str
    label: str


class Workflow:
    """A table of moves, at most one for a verb."""

    def __init__(self, moves: Iterable[Move]) -> None:
        self.moves = {move.verb: move for move in moves}

    def allows(self, verb: str, state: str) -> bool:
        """Whether the verb may be done in this state."""
        return state in self.moves[verb].sources

    def target(self, verb: str) -> str:
        """The state in which the verb leaves the thing."""
        return self.moves[verb].target

    def verbs(self, state: str) -> list[str]:
        """All verbs that the table allows in this state."""
        return [verb for verb, move in self.moves.items() if state in move.sources]

    def reachable(self, start: str) -> set[str]:
        """Every state that some sequence of verbs reaches from `start`, itself included."""
        seen = {start}
        frontier = [start]
        while frontier:
            state = frontier.pop()
            for verb in self.verbs(state):
                target = self.target(verb)
                if target not in seen:
                    seen.add(target)
                    frontier.append(target)
        return seen
