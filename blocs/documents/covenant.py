"""The covenant as printed: its text and frame become the HTML that the printer sets.

Order and numbering: sections in Roman numerals, clauses in Arabic numerals that start again in each section; the tables of
targets and of registered titles stand between the body and the implementation, as sections of their own, when they have rows.
"""

import itertools
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation

from blocs.documents.sections import Section, listed, paragraphs, roman, sections, subject
from blocs.documents.targets import indicator_rows, unit_tables
from blocs.enums import Title
from blocs.texts import CovenantText
from emulation.lib.numerals import with_words
from emulation.pdf.frame import DocumentFrame
from emulation.pdf.sheet import sheet, title_lines

_TITLE = "Giao ước thi đua"
_SIGNATURES = "ĐẠI DIỆN CÁC ĐƠN VỊ KÝ GIAO ƯỚC"
_HEADINGS = {"body": "Nội dung giao ước", "implementation": "Tổ chức thực hiện"}


@dataclass(frozen=True)
class TitleRow:
    """A unit and the titles it registers, in words."""

    number: int
    unit_name: str
    titles: list[str]


def covenant_html(text: CovenantText, frame: DocumentFrame) -> str:
    """The HTML of a covenant for `emulation.pdf.render.render`; always Vietnamese, whatever language the screen has.

    Raises `ValueError` for a title code that is not in the list of titles.
    """
    with translation.override("vi"):
        return render_to_string("documents/covenant.html", printed(text, frame))


def printed(text: CovenantText, frame: DocumentFrame) -> dict[str, object]:
    """Everything that stands on the page, numbered and in order, for the template of the print and for that of Word."""
    numerals = map(roman, itertools.count(1))
    names = {seat.unit_id: seat.unit_name for seat in frame.seats}
    before = list(sections(text.clauses, "body", numerals, _HEADINGS["body"]))
    indicators, tables = indicator_rows(text.indicators), unit_tables(text.indicators, names)
    targets_number = next(numerals) if indicators or tables else ""
    registrations = _registration_rows(text, names)
    titles_number = next(numerals) if registrations else ""
    title = text.title.strip() or _TITLE
    return {
        "frame": frame,
        "sheet": sheet(frame),
        "text": text,
        "title": title,
        "title_lines": title_lines(title.upper()),
        "subject": subject(text, frame),
        "subject_lines": [line for part in subject(text, frame) for line in title_lines(part)],
        "document_title": " ".join([title, *subject(text, frame)]),
        "bases": listed(text.bases),
        "opening": paragraphs(text.opening),
        "sections_before": before,
        "targets_number": targets_number,
        "indicator_rows": indicators,
        "unit_target_tables": tables,
        "titles_number": titles_number,
        "registration_rows": registrations,
        "sections_after": list(sections(text.clauses, "implementation", numerals, _HEADINGS["implementation"])),
        "bloc_word": _bloc_word(frame),
        "signatures_heading": _SIGNATURES,
        "closing": paragraphs(frame.closing_sentence or _closing(frame)),
        "recipients": listed(text.recipients),
    }


def reading_order(text: CovenantText) -> list[dict[str, object]]:
    """The same sections in the same order and numbering as on paper, for reading on the screen: number, heading, clauses, indicators."""
    numerals = map(roman, itertools.count(1))
    found = [_reading(section) for section in sections(text.clauses, "body", numerals, _HEADINGS["body"])]
    if rows := indicator_rows(text.indicators):
        found.append({"number": next(numerals), "heading": "CHỈ TIÊU", "clauses": [], "indicators": rows})
    elif text.indicators:
        next(numerals)
    if text.registrations:
        next(numerals)
    return found + [
        _reading(section) for section in sections(text.clauses, "implementation", numerals, _HEADINGS["implementation"])
    ]


def _reading(section: Section) -> dict[str, object]:
    return {"number": section.number, "heading": section.heading, "clauses": section.clauses, "indicators": []}


def numbers_of(text: CovenantText) -> dict[str, str]:
    """Under which number each section ("II") and clause ("II.3") is printed, by key."""
    numerals = map(roman, itertools.count(1))
    before = list(sections(text.clauses, "body", numerals, _HEADINGS["body"]))
    for table in (indicator_rows(text.indicators) or text.indicators, text.registrations):
        if table:
            next(numerals)
    found: dict[str, str] = {}
    for section in [*before, *sections(text.clauses, "implementation", numerals, _HEADINGS["implementation"])]:
        found |= {section.key: section.number} if section.key else {}
        found |= {clause.key: f"{section.number}.{clause.number}" for clause in section.clauses}
    return found


def _registration_rows(text: CovenantText, names: dict[str, str]) -> list[TitleRow]:
    """Units in the order of their seats; a unit that registers nothing has no row."""
    titles = {row.unit_id: [str(Title(code).label) for code in row.titles] for row in text.registrations}
    registered = [(name, titles[unit_id]) for unit_id, name in names.items() if titles.get(unit_id)]
    return [TitleRow(number, name, labels) for number, (name, labels) in enumerate(registered, start=1)]


def _bloc_word(frame: DocumentFrame) -> str:
    return frame.bloc_name.split()[0] if frame.bloc_name else "Khối"


def _closing(frame: DocumentFrame) -> str:
    word = _bloc_word(frame)
    if frame.originals:
        return (
            f"Giao ước này được các đơn vị trong {word} thi đua thảo luận, thống nhất và ký trên giấy, lập thành "
            f"{with_words(frame.originals)} bản có giá trị như nhau{_keepers(frame)}; các đơn vị nghiêm túc tổ chức thực hiện "
            "kể từ ngày ký./."
        )
    return (
        f"Giao ước này được các đơn vị trong {word} thi đua thảo luận, thống nhất và ký bằng chữ ký điện tử; mỗi đơn vị lưu giữ "
        f"một bản điện tử giống nhau và nghiêm túc tổ chức thực hiện kể từ ngày ký./."
    )


def _keepers(frame: DocumentFrame) -> str:
    """Who keeps the originals, when there is one for each unit and one more."""
    if frame.originals != len(frame.seats) + 1:
        return ""
    return ", mỗi đơn vị giữ 01 (một) bản, 01 (một) bản lưu tại cơ quan thường trực thi đua"
