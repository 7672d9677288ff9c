"""A report as plain values: what is printed, hashed, signed and summed up. No database in here.

Numbers are decimals in one spelling ("12.5"), "" where none is known. What is computed of them (share of the plan, change
against last year) is never stored.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class FigureLine:
    """A figure: the plan from the covenant, what was reached, last year's; `aggregate` is how a bloc's is made of its units'."""

    key: str
    label: str
    measure: str
    aggregate: str
    plan: str = ""
    actual: str = ""
    last_year: str = ""
    note: str = ""
    direction: str = ""
    is_share: bool = False
    compares: bool = True
    # In a report of several units: what each said, by its name, and who has said nothing.
    parts: Sequence[tuple[str, str]] = ()
    missing: Sequence[str] = ()

    @property
    def percent(self) -> Decimal | None:
        """What was reached in hundredths of the plan, to one decimal; None without a plan above 0."""
        return _share(self.actual, self.plan)

    @property
    def growth(self) -> Decimal | None:
        """The change against last year in hundredths of last year's, to one decimal; None where last year had nothing."""
        share = _share(self.actual, self.last_year) if self.compares else None
        return None if share is None else share - 100


@dataclass(frozen=True)
class Item:
    """One part of a section: a commitment with what was promised, or one unit's passage in a report of its bloc."""

    key: str
    heading: str
    lead: str = ""
    text: str = ""


@dataclass(frozen=True)
class FileLine:
    """A file that goes with a section, known by the hash of its bytes."""

    name: str
    sha256: str


@dataclass(frozen=True)
class ReportSection:
    """A part (level 1) or a section (level 2) in the order of the paper. `rows` are a table filled in automatically, its head first."""

    key: str
    number: str
    level: int
    heading: str
    content: str
    source: str = ""
    text: str = ""
    items: Sequence[Item] = ()
    figures: Sequence[FigureLine] = ()
    rows: Sequence[Sequence[str]] = ()
    files: Sequence[FileLine] = ()

    @property
    def has_plans(self) -> bool:
        """Whether any of its figures has a plan; without one neither plan nor share is a column."""
        return any(figure.plan for figure in self.figures)

    @property
    def has_last_year(self) -> bool:
        return any(figure.compares and figure.last_year for figure in self.figures)

    @property
    def has_notes(self) -> bool:
        return any(figure.note for figure in self.figures)

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing."""
        written = self.text.strip() or any(item.text.strip() for item in self.items)
        return not (written or self.rows or self.files or any(figure.actual for figure in self.figures))


@dataclass(frozen=True)
class ReportText:
    """The whole report. `title` is "Báo cáo sơ kết 6 tháng đầu năm 2020", `author` who reports."""

    title: str
    author: str
    addressed_to: Sequence[str]
    recipients: Sequence[str]
    sections: Sequence[ReportSection]
    # Whether the parts of its figures are blocs' (a province's summary) and not units'.
    of_blocs: bool = False

    @property
    def figures(self) -> Iterator[FigureLine]:
        """Every figure once, in the order of the paper."""
        seen: set[str] = set()
        for section in self.sections:
            for figure in section.figures:
                if figure.key not in seen:
                    seen.add(figure.key)
                    yield figure

    def section(self, key: str) -> ReportSection | None:
        """The section of this key."""
        return next((row for row in self.sections if row.key == key), None)

    def to_json(self) -> str:
        """One spelling, so that equal reports have equal hashes."""
        data = asdict(self)
        if not self.of_blocs:
            del data["of_blocs"]
        return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.to_json().encode()).hexdigest()


def report_of(content: str) -> ReportText:
    """The report that `to_json` wrote."""
    data = json.loads(content)
    return ReportText(**{**data, "sections": tuple(_section(row) for row in data["sections"])})


def _section(data: Mapping[str, Any]) -> ReportSection:
    made = {
        "items": tuple(Item(**row) for row in data["items"]),
        "figures": tuple(_figure(row) for row in data["figures"]),
        "files": tuple(FileLine(**row) for row in data["files"]),
    }
    return ReportSection(**{**data, **made, "rows": tuple(tuple(row) for row in data["rows"])})


def _figure(data: Mapping[str, Any]) -> FigureLine:
    parts = tuple((name, value) for name, value in data["parts"])
    return FigureLine(**{**data, "parts": parts, "missing": tuple(data["missing"])})


def _share(part: str, whole: str) -> Decimal | None:
    if not part or not whole or Decimal(whole) <= 0:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(_TENTH, ROUND_HALF_UP)
