"""Bring reports of different outlines together: sections by their headings, figures by name, unit of measure and rule. Pure.

Each bloc has an outline and a covenant of its own, and so keys of its own; what is called the same is the same to the province.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from emulation.reports.texts import FigureLine, ReportSection, ReportText
from scoring.enums import FilledFrom
from scoring.report_texts import roman

_SPACE = uuid.UUID("6d0c2f0e-6f0b-5d0b-9a52-5f1f2c9b7a11")


def by_heading(text: ReportText) -> ReportText:
    """The report with keys that reports of other outlines share; of headings and figures that come twice, the first."""
    return replace(text, sections=tuple(_sections(text.sections)))


def united(texts: Sequence[ReportText]) -> list[ReportSection]:
    """Parts and sections of all these reports, as they come first, with the figures that any of them asks for; nothing is filled in."""
    parts: dict[str, ReportSection] = {}
    below: dict[str, dict[str, ReportSection]] = {}
    for text in texts:
        part = ""
        for section in text.sections:
            if section.level == 1:
                part = section.key
                parts.setdefault(part, section)
                below.setdefault(part, {})
            elif part:
                known = below[part].setdefault(section.key, replace(section, figures=()))
                below[part][section.key] = replace(known, figures=_joined(known.figures, section.figures))
    return [
        section for place, part in enumerate(parts, start=1) for section in _numbered(place, parts[part], below[part].values())
    ]


def told(section: ReportSection) -> str:
    """All that stands in a section as one text: its own words, then what stands in its items, each named."""
    lead = "" if section.source == FilledFrom.COMMITMENTS else "- "
    items = [_item(lead, item.heading, item.text) for item in section.items if item.text.strip()]
    return "\n".join([*([section.text] if section.text.strip() else []), *items])


def _item(lead: str, heading: str, text: str) -> str:
    return f"{lead}{heading}: {' '.join(text.split())}" if lead else f"{heading}:\n{text}"


def _numbered(place: int, part: ReportSection, sections: Iterable[ReportSection]) -> Iterator[ReportSection]:
    number = roman(place)
    yield _bare(replace(part, number=number))
    for at, section in enumerate(sections, start=1):
        yield _bare(replace(section, number=f"{number}.{at}"))


def _bare(section: ReportSection) -> ReportSection:
    figures = tuple(replace(row, plan="", actual="", last_year="", note="", parts=(), missing=()) for row in section.figures)
    # What was promised item by item is one text here.
    source = "" if section.source == FilledFrom.COMMITMENTS else section.source
    return replace(section, source=source, text="", items=(), rows=(), files=(), figures=figures)


def _joined(known: Sequence[FigureLine], more: Sequence[FigureLine]) -> tuple[FigureLine, ...]:
    there = {row.key for row in known}
    return (*known, *(row for row in more if row.key not in there))


def _sections(sections: Sequence[ReportSection]) -> Iterator[ReportSection]:
    part, seen = "", set()
    for section in sections:
        part = section.heading if section.level == 1 else part
        key = _key("section", part, "" if section.level == 1 else section.heading)
        if key not in seen:
            seen.add(key)
            yield replace(section, key=key, figures=_figures(section.figures))


def _figures(figures: Sequence[FigureLine]) -> tuple[FigureLine, ...]:
    found: dict[str, FigureLine] = {}
    for row in figures:
        key = _key("figure", row.label, row.measure, row.aggregate)
        found.setdefault(key, replace(row, key=key))
    return tuple(found.values())


def _key(*words: str) -> str:
    return str(uuid.uuid5(_SPACE, "\n".join(" ".join(word.casefold().split()) for word in words)))
