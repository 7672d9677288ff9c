"""Figures of reports over the years: which of different years are the same indicator, and where a series breaks. Pure.

Keys of figures change when a covenant is written anew, so years are matched by what a reader matches by: name and unit of measure
(and, in reports of a bloc, by how the units' values are put together). What was renamed, or is measured otherwise, is another series:
a break stays a gap, and half a year is never laid beside whole years as if it were one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from emulation.lib.vietnamese import nfc
from emulation.reports.texts import FigureLine, ReportText

MOST_YEARS = 10
# What stands around a name without being part of it: its number in a list ("1.", "2.3)", "-"), and the stop at its end.
_AROUND = re.compile(r"^(\d+([.]\d+)*[.)]\s*|[-–•+]\s*)|[\s.;:,]+$")
_PERCENT = ("%", "phần trăm", "tỷ lệ %")
# Name, unit of measure, rule of the bloc's sum; which of several such in one report.
_Key = tuple[str, str, str, int]


class Gap(Enum):
    """Why a year has no number of an indicator."""

    NO_REPORT = "no_report"
    NO_INDICATOR = "no_indicator"
    NO_NUMBER = "no_number"


@dataclass(frozen=True)
class YearReport:
    """The report that tells of a year: the final one, or the interim one where there is no other."""

    year: int
    is_final: bool
    text: ReportText


@dataclass(frozen=True)
class Point:
    """One year of a series: the number as reported, or why there is none.

    A year without a report of its own is told by the one after it, where that compares with the year before (`is_retold`).
    """

    year: int
    is_final: bool
    actual: str = ""
    line: FigureLine | None = None
    gap: Gap | None = None
    is_retold: bool = False


@dataclass(frozen=True)
class Series:
    """An indicator over consecutive years; `newest` is the figure as it was last reported, whose spelling is shown."""

    newest: FigureLine
    points: Sequence[Point]

    @property
    def told(self) -> int:
        """In how many years there is a number."""
        return sum(point.gap is None for point in self.points)


def spelling(text: str, year: int = 0) -> str:
    """What a name is compared by: composed, lower case, single spaces, without a number before or a stop behind.

    "So với năm 2019" said in 2020 is "so với năm 2020" said in 2021: the year of the report, and the one before, have no number.
    """
    plain = " ".join(nfc(text).casefold().split())
    for number, word in ((year, "năm nay"), (year - 1, "năm trước")) if year else ():
        plain = re.sub(rf"\bnăm {number}\b", word, plain)
    while (bare := _AROUND.sub("", plain)) != plain:
        plain = bare
    return plain


def identity(line: FigureLine, year: int = 0, *, of_bloc: bool) -> tuple[str, str, str]:
    """What makes two figures of different years the same indicator."""
    measure = spelling(line.measure)
    return spelling(line.label, year), "%" if measure in _PERCENT else measure, line.aggregate if of_bloc else ""


def series(reports: Sequence[YearReport], *, of_bloc: bool) -> list[Series]:
    """Every indicator over all years from the first that is told of to the last, the newest report's first and in its order."""
    by_year = {report.year: report for report in reports}
    if not by_year:
        return []
    lines = {year: _by_identity(report, of_bloc=of_bloc) for year, report in by_year.items()}
    newest: dict[_Key, FigureLine] = {}
    for year in sorted(lines, reverse=True):
        newest = newest | {key: line for key, line in lines[year].items() if key not in newest}
    first, last = min(by_year), max(by_year)
    if any(_retold(line) for line in lines[first].values()):
        first -= 1
    years = range(max(first, last - MOST_YEARS + 1), last + 1)
    found = [Series(line, [_point(year, by_year, lines, key) for year in years]) for key, line in newest.items()]
    # What was last reported before these years has nothing to show in them.
    return [row for row in found if any(point.line or point.is_retold for point in row.points)]


def _by_identity(report: YearReport, *, of_bloc: bool) -> dict[_Key, FigureLine]:
    """Two figures of one name and measure in one report are told apart by their order."""
    found: dict[_Key, FigureLine] = {}
    for line in report.text.figures:
        same = identity(line, report.year, of_bloc=of_bloc)
        found[*same, sum(key[:3] == same for key in found)] = line
    return found


def _point(year: int, by_year: Mapping[int, YearReport], lines: Mapping[int, Mapping[_Key, FigureLine]], key: _Key) -> Point:
    if report := by_year.get(year):
        line = lines[year].get(key)
        if line and line.actual:
            return Point(year, report.is_final, line.actual, line)
        return Point(year, report.is_final, line=line, gap=Gap.NO_NUMBER if line else Gap.NO_INDICATOR)
    after = lines.get(year + 1, {}).get(key)
    if after and _retold(after):
        return Point(year, by_year[year + 1].is_final, after.last_year, is_retold=True)
    return Point(year, is_final=True, gap=Gap.NO_REPORT)


def _retold(line: FigureLine) -> bool:
    return line.compares and line.last_year != ""


def drawn(row: Series) -> Mapping[str, Sequence[str | None]]:
    """What a picture of the series is drawn from: nothing where there is a gap, half years apart from whole ones."""
    return {
        "labels": [str(point.year) for point in row.points],
        "plan": [(point.line.plan or None) if point.line else None for point in row.points],
        "whole": list(_actuals(row, is_final=True)),
        "half": list(_actuals(row, is_final=False)),
    }


def _actuals(row: Series, *, is_final: bool) -> Iterator[str | None]:
    for point in row.points:
        yield point.actual or None if point.is_final == is_final else None
