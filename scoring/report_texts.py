"""The outline of reports as plain values: what is published, hashed, compared and printed. No database in here.

Sections stand on two levels, I and I.1. A section is written by people, or a table of figures, or filled in from what is known already.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class FigureText:
    """A figure that units report. `aggregate` says how the bloc's is made of theirs; `indicator_key` names a target of the covenant."""

    key: str
    label: str
    measure: str
    aggregate: str
    indicator_key: str = ""
    compares: bool = True
    is_share: bool = False


@dataclass(frozen=True)
class SectionText:
    """A section. `word_limit` 0 is none; `source` is what fills in an automatic one."""

    key: str
    parent: str
    content: str
    heading: str
    guidance: str = ""
    is_required: bool = True
    word_limit: int = 0
    merge: str = "gather"
    source: str = ""
    figures: Sequence[FigureText] = ()


@dataclass(frozen=True)
class OutlineText:
    """The whole outline in the order of the paper, each part before its sections."""

    sections: Sequence[SectionText]

    def below(self, parent: str = "") -> list[SectionText]:
        """The sections under a part; the parts themselves for ""."""
        return [row for row in self.sections if row.parent == parent]

    def numbered(self) -> list[tuple[str, SectionText]]:
        """Every section with its number on paper: "I", "I.1"."""
        found = []
        for place, part in enumerate(self.below(), start=1):
            found.append((roman(place), part))
            found += [(f"{roman(place)}.{number}", row) for number, row in enumerate(self.below(part.key), start=1)]
        return found

    @property
    def figures(self) -> list[FigureText]:
        return [figure for row in self.sections for figure in row.figures]

    def to_data(self) -> dict[str, Any]:
        """As JSON-able values."""
        return asdict(self)

    def to_json(self) -> str:
        """One spelling, so that equal outlines have equal hashes."""
        return json.dumps(self.to_data(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.to_json().encode()).hexdigest()


def outline_of(data: Mapping[str, Any]) -> OutlineText:
    """The outline that `to_data` wrote."""
    return OutlineText(
        [SectionText(**{**row, "figures": tuple(FigureText(**figure) for figure in row["figures"])}) for row in data["sections"]]
    )


def roman(number: int) -> str:
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
