"""Words in braces that a text leaves open, such as {năm} and {khối}: filled when the text is used, put back when it is used again."""

import re
from collections.abc import Mapping

from blocs.enums import SeatRole
from blocs.models import BlocDocument, BlocYear
from emulation.lib import vietnamese
from emulation.pdf.sheet import written_date

YEAR, LAST_YEAR, BLOC, LEADER, DEPUTY, DAY = "năm", "năm trước", "khối", "đơn vị khối trưởng", "đơn vị khối phó", "ngày ký"
NAMES = (YEAR, LAST_YEAR, BLOC, LEADER, DEPUTY, DAY)
_BRACES = re.compile(r"\{\s*([^{}\n]{1,40}?)\s*\}")
# A year by itself or in a date; not in the number of a document, such as 30/2020/NĐ-CP.
_BEFORE_YEAR = r"(?<![\d/.-])(?P<day>(?:\d{1,2}[/.-])?\d{1,2}[/.-])?"
_AFTER_YEAR = r"(?![\d/-]|[.]\d)"


def values(bloc_year: BlocYear, document: BlocDocument | None = None) -> dict[str, str]:
    """What is known of a bloc in its year; the day of signing once the document has one."""
    seats = bloc_year.ordered_seats
    deputies = [seat.unit.name for seat in seats if seat.role == SeatRole.DEPUTY]
    found = {
        YEAR: str(bloc_year.year_id),
        LAST_YEAR: str(bloc_year.year_id - 1),
        BLOC: bloc_year.full_name,
        LEADER: bloc_year.leader.unit.name,
        DEPUTY: ", ".join(deputies),
        DAY: written_date(document.date) if document and document.date else "",
    }
    return {name: value for name, value in found.items() if value}


def fill(text: str, known: Mapping[str, str]) -> str:
    """The text with every known word filled in; what is not known stays in its braces."""
    return _BRACES.sub(lambda found: known.get(_name(found[1]), found[0]), text)


def open_words(text: str) -> list[str]:
    """The words that still stand in braces, each once, as they are typed."""
    return list(dict.fromkeys(found[1] for found in _BRACES.finditer(text)))


def take_out(text: str, known: Mapping[str, str]) -> str:
    """Put the words in braces back for what they were filled with: units, the bloc, its year and the year before.

    Longer values first, so that a name that contains another one stays whole. Years only by themselves and in dates.
    """
    for name in (LEADER, DEPUTY, BLOC):
        if value := known.get(name):
            text = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", f"{{{name}}}", text)
    for name in (YEAR, LAST_YEAR):
        text = re.sub(f"{_BEFORE_YEAR}{known[name]}{_AFTER_YEAR}", lambda found: f"{found['day'] or ''}{{{name}}}", text)  # noqa: B023
    return text


def _name(words: str) -> str:
    return " ".join(vietnamese.nfc(words).lower().split())
