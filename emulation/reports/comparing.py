"""Two versions of a report section by section, by key: what was taken out and put in, figures before and after. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from blocs.redlines import Passage, compare_texts
from emulation.reports.texts import ReportSection, ReportText


@dataclass(frozen=True)
class FigureChange:
    """A figure that is not the same: its numbers as canonical decimals."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """A section that changed; passages with what they are about, "" for the section's own text."""

    number: str
    heading: str
    passages: list[tuple[str, Passage]]
    figures: list[FigureChange]
    files_gone: list[str]
    files_come: list[str]


def compare(old: ReportText, new: ReportText) -> list[Entry]:
    """The sections that differ, in the order of the newer one; those that it has no more come last."""
    before = {section.key: section for section in old.sections}
    after = {section.key: section for section in new.sections}
    walked = [*new.sections, *(section for key, section in before.items() if key not in after)]
    found = (_entry(section, before.get(section.key), after.get(section.key)) for section in walked)
    return [entry for entry in found if entry.passages or entry.figures or entry.files_gone or entry.files_come]


def _entry(shown: ReportSection, old: ReportSection | None, new: ReportSection | None) -> Entry:
    was, now = _names(old), _names(new)
    return Entry(
        shown.number,
        shown.heading,
        list(_passages(old, new)),
        list(_figures(old, new)),
        [name for sha, name in was.items() if sha not in now],
        [name for sha, name in now.items() if sha not in was],
    )


def _passages(old: ReportSection | None, new: ReportSection | None) -> Iterator[tuple[str, Passage]]:
    """The section's text and those of its items, where they differ."""
    was, now = _texts(old), _texts(new)
    for key in [*now, *(key for key in was if key not in now)]:
        heading = (now.get(key) or was[key])[0]
        passage = compare_texts(was[key][1] if key in was else None, now[key][1] if key in now else None)
        if passage.changed:
            yield heading, passage


def _texts(section: ReportSection | None) -> dict[str, tuple[str, str]]:
    """By item ("" for the section itself): its heading and text; empty ones are none."""
    if section is None:
        return {}
    found = {"": ("", section.text), **{item.key: (item.heading, item.text) for item in section.items}}
    return {key: row for key, row in found.items() if row[1]}


def _figures(old: ReportSection | None, new: ReportSection | None) -> Iterator[FigureChange]:
    was = {line.key: line for line in (old.figures if old else ())}
    now = {line.key: line for line in (new.figures if new else ())}
    for key in [*now, *(key for key in was if key not in now)]:
        before, after = (row[key].actual if key in row else "" for row in (was, now))
        if before != after:
            yield FigureChange((now.get(key) or was[key]).label, before, after)


def _names(section: ReportSection | None) -> dict[str, str]:
    return {file.sha256: file.name for file in (section.files if section else ())}
