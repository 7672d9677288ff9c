"""The table that a set starts from when there is nothing to copy: 1.000 points as 700, 200 and 100, to be adapted by the bloc."""

from pathlib import Path

from scoring.domain.outlines import set_of
from scoring.texts import CriteriaText

_FILE = Path(__file__).parent.parent / "outlines" / "usual.txt"


def usual_set() -> CriteriaText:
    """The usual table, each time with keys of its own."""
    return set_of(_FILE.read_text(encoding="utf-8"))
