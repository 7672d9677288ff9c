"""Each kind of document by the printer of its own, and the same order and numbers for reading on the screen."""

from blocs.documents import covenant
from blocs.documents.covenant import covenant_html
from blocs.documents.issued import issued_html, issued_sections
from blocs.enums import WITH_ARTICLES, DocumentKind
from blocs.texts import CovenantText
from emulation.pdf.frame import DocumentFrame


def document_html(kind: str, text: CovenantText, frame: DocumentFrame) -> str:
    """The HTML of a document of this kind. Raises `ValueError` for a title code that is not in the list of titles."""
    return covenant_html(text, frame) if kind == DocumentKind.COVENANT else issued_html(kind, text, frame)


def reading_order(kind: str, text: CovenantText) -> list[dict[str, object]]:
    """The sections in the order and numbering of the paper: number, heading, clauses, indicators."""
    if kind == DocumentKind.COVENANT:
        return covenant.reading_order(text)
    return [
        {"number": section.number, "heading": section.heading, "clauses": section.clauses, "indicators": []}
        for section in issued_sections(kind, text)
    ]


def numbers_of(kind: str, text: CovenantText) -> dict[str, str]:
    """Under which number each section ("II", "Chương II") and clause ("II.3", "Điều 7") is printed, by key."""
    if kind == DocumentKind.COVENANT:
        return covenant.numbers_of(text)
    found: dict[str, str] = {}
    for section in issued_sections(kind, text):
        found |= {section.key: section.number} if section.key else {}
        own = "" if kind in WITH_ARTICLES else f"{section.number}."
        found |= {clause.key: f"{own}{clause.number}" for clause in section.clauses}
    return found
