"""The bloc's other documents as printed: a regulation in chapters and articles, an outline in Roman sections.

Title lines by Decree 30/2020, Appendix I: the kind of document in capitals, below it what it is about.
"""

import itertools
from collections.abc import Iterator

from django.template.loader import render_to_string
from django.utils import translation

from blocs import enclosing
from blocs.documents.sections import Section, listed, numbered_in_section, paragraphs, roman, sections, subject
from blocs.enums import WITH_ARTICLES, DocumentKind
from blocs.texts import CovenantText
from emulation.pdf.frame import DocumentFrame
from emulation.pdf.sheet import sheet, title_lines

# The first words of a title, which print in capitals on a line of their own.
_HEAD_WORDS = {DocumentKind.SCORING: "Quy định", DocumentKind.OUTLINE: "Đề cương", DocumentKind.REGULATION: "Quy chế"}
_USUAL_HEADING = "Nội dung"


def issued_html(kind: str, text: CovenantText, frame: DocumentFrame) -> str:
    """The HTML of a regulation or outline for `emulation.pdf.render.render`; always Vietnamese."""
    with translation.override("vi"):
        return render_to_string("documents/issued.html", _context(DocumentKind(kind), text, frame))


def issued_sections(kind: str, text: CovenantText) -> list[Section]:
    """Chapters with articles that are numbered through the whole document, or sections with clauses, each from 1."""
    numerals = map(roman, itertools.count(1))
    if kind not in WITH_ARTICLES:
        return list(sections(text.clauses, "body", numerals, _USUAL_HEADING, numbering=numbered_in_section))
    articles: Iterator[int | str] = (f"Điều {number}" for number in itertools.count(1))
    chapters = (f"Chương {numeral}" for numeral in numerals)
    return list(sections(text.clauses, "body", chapters, "", numbering=lambda: articles))


def _context(kind: DocumentKind, text: CovenantText, frame: DocumentFrame) -> dict[str, object]:
    heading, about = _split_title(kind, text.title.strip())
    movement, of_whom = subject(text, frame)
    lines = [" ".join(part for part in (about, movement) if part), of_whom]
    return {
        "frame": frame,
        "sheet": sheet(frame),
        "text": text,
        "title_lines": title_lines(heading.upper()),
        "subject_lines": [line for part in lines for line in title_lines(part)],
        "document_title": " ".join([heading, *lines]),
        "annex_lines": title_lines(f"({frame.annex_of})") if frame.annex_of else [],
        "bases": listed(text.bases),
        "opening": paragraphs(text.opening),
        "sections": issued_sections(kind, text),
        "enclosed": enclosing.table(kind, text.enclosed),
        "with_articles": kind in WITH_ARTICLES,
        "recipients": [] if frame.annex_of else listed(text.recipients),
    }


def _split_title(kind: DocumentKind, title: str) -> tuple[str, str]:
    """ "Quy chế hoạt động" as ("Quy chế", "Hoạt động"): a title that begins with other words stays whole."""
    word = _HEAD_WORDS[kind]
    if not title.lower().startswith(word.lower()):
        return title or word, ""
    about = title[len(word) :].strip()
    return word, about[:1].upper() + about[1:]
