"""Lay what is typed and what is known already into the outline: the report as it stands. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from emulation.reports.texts import FigureLine, FileLine, Item, ReportSection
from scoring.enums import Aggregate, FilledFrom, SectionContent
from scoring.report_texts import FigureText, OutlineText, SectionText


@dataclass(frozen=True)
class Typed:
    """A figure as typed."""

    actual: str = ""
    last_year: str = ""
    note: str = ""


@dataclass(frozen=True)
class Plan:
    """A target of the covenant for one unit."""

    key: str
    name: str
    measure: str
    direction: str
    value: str


@dataclass(frozen=True)
class Material:
    """All that a report is made of besides its outline.

    `texts` go by section and item ("" for the section itself), `figures` and `last_year` by the figure's key, `files` by section,
    `tables` by what fills an automatic section: rows, the head first.
    """

    texts: Mapping[tuple[str, str], str] = field(default_factory=dict)
    figures: Mapping[str, Typed] = field(default_factory=dict)
    plans: Sequence[Plan] = ()
    commitments: Sequence[Item] = ()
    last_year: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    files: Mapping[str, Sequence[FileLine]] = field(default_factory=dict)


def compose(outline: OutlineText, material: Material) -> list[ReportSection]:
    """The sections of the outline with all that is known, in the order of the paper."""
    return [_section(number, row, material) for number, row in outline.numbered()]


def figure_key(figure: FigureText) -> str:
    """The key by which a figure is typed: one that is linked to a target is the same number as that target's result."""
    return figure.indicator_key or figure.key


def _section(number: str, row: SectionText, material: Material) -> ReportSection:
    return ReportSection(
        key=row.key,
        number=number,
        level=2 if row.parent else 1,
        heading=row.heading,
        content=row.content,
        source=row.source,
        text=material.texts.get((row.key, ""), ""),
        items=tuple(_items(row, material)),
        figures=tuple(_figures(row, material)),
        rows=tuple(tuple(line) for line in material.tables.get(row.source, ())) if row.source else (),
        files=tuple(material.files.get(row.key, ())),
    )


def _items(row: SectionText, material: Material) -> Iterator[Item]:
    if row.content == SectionContent.AUTOMATIC and row.source == FilledFrom.COMMITMENTS:
        for item in material.commitments:
            yield Item(item.key, item.heading, item.lead, material.texts.get((row.key, item.key), ""))


def _figures(row: SectionText, material: Material) -> Iterator[FigureLine]:
    if row.content == SectionContent.AUTOMATIC and row.source == FilledFrom.TARGETS:
        for plan in material.plans:
            # Shares of different units cannot be added.
            rule = Aggregate.AVERAGE if plan.measure.strip() == "%" else Aggregate.SUM
            yield _filled(plan.key, FigureText(plan.key, plan.name, plan.measure, rule), plan, material)
    plans = {plan.key: plan for plan in material.plans}
    for figure in row.figures:
        key = figure_key(figure)
        yield _filled(key, figure, plans.get(key), material)


def _filled(key: str, figure: FigureText, plan: Plan | None, material: Material) -> FigureLine:
    typed = material.figures.get(key, Typed())
    return FigureLine(
        key=key,
        label=figure.label,
        measure=figure.measure,
        aggregate=figure.aggregate,
        plan=plan.value if plan else "",
        actual=typed.actual,
        last_year=material.last_year.get(key, "") or typed.last_year,
        note=typed.note,
        direction=plan.direction if plan else "",
        is_share=figure.is_share,
        compares=figure.compares,
    )
