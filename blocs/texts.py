"""The text of a covenant as plain values: what is published, hashed, compared and printed. No database in here."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class ClauseText:
    """A clause, or a section heading. Lines of `text` are paragraphs; one may start with "a) " or "- "."""

    key: str
    kind: str
    part: str
    heading: str
    text: str


@dataclass(frozen=True)
class IndicatorText:
    """A target. Values are canonical decimals ("80", "12.5"), "" where none is set; `unit_values` goes by unit key."""

    key: str
    name: str
    measure: str
    direction: str
    bloc_value: str
    unit_values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RegistrationText:
    """The titles (codes) that a unit registers."""

    unit_id: str
    titles: list[str]


@dataclass(frozen=True)
class CovenantText:
    """The whole text, as agreed: everything on paper but head, date, signatures and the block to verify by."""

    title: str
    movement: str
    bases: list[str]
    opening: str
    clauses: list[ClauseText]
    indicators: list[IndicatorText]
    registrations: list[RegistrationText]
    recipients: list[str]
    # What the document encloses besides its words (see `blocs.enclosing`).
    enclosed: Mapping[str, Any] = field(default_factory=dict)

    @property
    def clause_count(self) -> int:
        """How many numbered clauses stand before the tables: what a reader of the paper can count."""
        return sum(clause.kind == "clause" and clause.part == "body" for clause in self.clauses)

    def to_json(self) -> str:
        """One spelling, so that equal texts have equal hashes. A text that encloses nothing is spelled as if nothing could be."""
        data = {name: value for name, value in asdict(self).items() if name != "enclosed" or value}
        return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.to_json().encode()).hexdigest()


def from_json(content: str) -> CovenantText:
    """The text that `to_json` wrote."""
    data: dict[str, Any] = json.loads(content)
    return CovenantText(
        **{
            **data,
            "clauses": [ClauseText(**row) for row in data["clauses"]],
            "indicators": [IndicatorText(**row) for row in data["indicators"]],
            "registrations": [RegistrationText(**row) for row in data["registrations"]],
        }
    )


def all_strings(text: CovenantText) -> list[tuple[str, str]]:
    """Every string that is printed, with the name of its place, for checking characters."""
    found = [(_("Tên văn bản"), text.title), (_("Phong trào"), text.movement), (_("Lời mở đầu"), text.opening)]
    found += [(_("Căn cứ %(n)d") % {"n": number}, line) for number, line in enumerate(text.bases, start=1)]
    found += [
        (_("Nội dung “%(start)s”") % {"start": clause.heading[:40]}, f"{clause.heading}\n{clause.text}")
        for clause in text.clauses
    ]
    found += [(_("Chỉ tiêu “%(start)s”") % {"start": row.name[:40]}, f"{row.name} {row.measure}") for row in text.indicators]
    found += [(_("Nơi nhận %(n)d") % {"n": number}, line) for number, line in enumerate(text.recipients, start=1)]
    return found
