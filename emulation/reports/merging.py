"""Make one report of many: figures by their rules, passages gathered with who wrote them. Pure and exact.

The result depends on what the units' newest signed versions say and on the order of their seats, never on the order of coming in;
only "last" asks who came last, and equal moments are told apart by the seat.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from emulation.reports.texts import FigureLine, ReportSection, ReportText
from scoring.enums import Aggregate
from scoring.rules.numbers import added, exact, plain, rounded

# An average may have no end; two decimals are what such tables show.
_PLACES = 2


@dataclass(frozen=True)
class Source:
    """A unit's, or for a province a bloc's, newest signed report: whose it is, which version, when it was signed."""

    unit: int
    name: str
    version: int
    number: int
    signed_at: datetime
    text: ReportText

    @cached_property
    def lines(self) -> Mapping[str, FigureLine]:
        """Its figures by their keys."""
        return {figure.key: figure for figure in self.text.figures}


@dataclass(frozen=True)
class Passage:
    """What one unit wrote in a section, or about one of its items ("" for the section itself)."""

    section: str
    item: str
    source: Source
    text: str


def passages(sources: Sequence[Source]) -> list[Passage]:
    """Everything that units wrote, by section and item in the order of the paper, units in the order of their seats."""
    found = []
    for source in sources:
        for section in source.text.sections:
            if section.text.strip():
                found.append(Passage(section.key, "", source, section.text))
            found += [Passage(section.key, item.key, source, item.text) for item in section.items if item.text.strip()]
    return found


def figures(section: ReportSection, sources: Sequence[Source], names: Mapping[int, str]) -> tuple[FigureLine, ...]:
    """The figures of a section over all units. `names`: everybody who reports, in the order of the seats; who said nothing is named."""
    return tuple(figure(row, sources, names) for row in section.figures)


def figure(asked: FigureLine, sources: Sequence[Source], names: Mapping[int, str]) -> FigureLine:
    """One figure over these units."""
    told = [(source, line) for source in sources if (line := source.lines.get(asked.key)) and line.actual]
    own = {source.unit for source, _line in told}
    rule = asked.aggregate
    return replace(
        asked,
        actual=aggregated(rule, [(source, line.actual) for source, line in told]),
        # Compared with the same units only: a plan, or a last year, that some of them lack would tell a wrong share.
        plan=_if_all(rule, [(source, line.plan) for source, line in told]),
        last_year=_if_all(rule, [(source, line.last_year) for source, line in told]),
        note="",
        parts=tuple((names[source.unit], line.actual) for source, line in told),
        missing=tuple(name for unit, name in names.items() if unit not in own),
    )


def aggregated(rule: str, values: Sequence[tuple[Source, str]]) -> str:
    """What the units' values come to; "" when there are none, or the rule makes nothing of them."""
    if not values or rule == Aggregate.NONE:
        return ""
    if rule == Aggregate.LAST:
        # Of equals the first seat: max keeps the first it meets.
        return max(values, key=lambda pair: pair[0].signed_at)[1]
    numbers = [exact(value) for _source, value in values]
    if rule == Aggregate.MAX:
        return plain(max(numbers))
    total = added(numbers)
    return plain(total) if rule == Aggregate.SUM else plain(rounded(total / len(numbers), _PLACES))


def _if_all(rule: str, values: Sequence[tuple[Source, str]]) -> str:
    return aggregated(rule, values) if all(value for _source, value in values) else ""
