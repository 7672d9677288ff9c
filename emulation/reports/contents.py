"""The sections of a report as a list to walk along: where each stands, and its neighbours. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from emulation.reports.faults import Fault
from emulation.reports.texts import ReportText
from scoring.enums import FilledFrom, SectionContent
from scoring.report_texts import OutlineText, SectionText

WRITTEN, MISSING, HINT, FILLED, OPTIONAL = "written", "missing", "hint", "filled", "optional"


@dataclass(frozen=True)
class Line:
    """One part or section and where it stands; parts have no state."""

    key: str
    number: str
    level: int
    heading: str
    state: str
    asked: SectionText


def lines(text: ReportText, outline: OutlineText, faults: Sequence[Fault]) -> list[Line]:
    """In the order of the paper."""
    asked = {row.key: row for row in outline.sections}
    blocked = {fault.section for fault in faults if not fault.is_hint}
    hinted = {fault.section for fault in faults}
    found = []
    for section in text.sections:
        row, state = asked[section.key], ""
        if section.level == 2:
            state = _state(section.key, row, blocked, hinted, is_empty=section.is_empty)
        found.append(Line(section.key, section.number, section.level, section.heading, state, row))
    return found


def is_typed(row: SectionText) -> bool:
    """Whether people write in this section; the others fill themselves."""
    if not row.parent:
        return False
    return row.content != SectionContent.AUTOMATIC or row.source in (FilledFrom.TARGETS, FilledFrom.COMMITMENTS)


def takes_text(row: SectionText) -> bool:
    """Whether it has a text of its own, besides figures and items."""
    return bool(row.parent) and row.content != SectionContent.AUTOMATIC


def neighbours(found: Sequence[Line], key: str) -> tuple[Line | None, Line | None]:
    """The sections before and after this one, without the parts."""
    walked = [line for line in found if line.level == 2]
    place = next((at for at, line in enumerate(walked) if line.key == key), None)
    if place is None:
        return None, None
    return (walked[place - 1] if place else None, walked[place + 1] if place + 1 < len(walked) else None)


def _state(key: str, row: SectionText, blocked: set[str], hinted: set[str], *, is_empty: bool) -> str:
    if key in blocked:
        return MISSING
    if key in hinted:
        return HINT
    if not is_typed(row):
        return FILLED
    return OPTIONAL if is_empty else WRITTEN
