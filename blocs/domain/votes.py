"""Counting votes: whether so many in favour carry a decision among those present."""

from blocs.enums import VoteRule


def carries(rule: str, *, present: int, votes_for: int) -> bool:
    """Whether the decision is taken: all, two thirds, or more than half of those present; abstaining is not being in favour."""
    if present <= 0:
        return False
    if rule == VoteRule.ALL:
        return votes_for == present
    if rule == VoteRule.TWO_THIRDS:
        return 3 * votes_for >= 2 * present
    return 2 * votes_for > present
