"""What changed between two versions of a text: clause by clause by identity, word by word inside. Pure: no database in here."""

from blocs.redlines.applying import NotItsText, apply
from blocs.redlines.comparing import compare
from blocs.redlines.passages import Passage, compare_lines, compare_texts
from blocs.redlines.rows import ClauseChange, IndicatorChange, Redline, RegistrationChange, Value
from blocs.redlines.words import DELETED, INSERTED, SAME, Piece, compare_words

__all__ = [
    "DELETED",
    "INSERTED",
    "SAME",
    "ClauseChange",
    "IndicatorChange",
    "NotItsText",
    "Passage",
    "Piece",
    "Redline",
    "RegistrationChange",
    "Value",
    "apply",
    "compare",
    "compare_lines",
    "compare_texts",
    "compare_words",
]
