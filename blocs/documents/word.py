"""The documents of a bloc as Word files, for offices that circulate drafts in Word: the same text and frame as the print."""

import io
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from blocs.documents.covenant import printed
from blocs.texts import CovenantText
from emulation.pdf.frame import DocumentFrame, Seat
from emulation.pdf.sheet import sheet

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LONGEST_PROPERTY = 255
# What XML cannot hold: a working draft or a remark may still have it, a published version never has.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def word_file(text: CovenantText, frame: DocumentFrame) -> bytes:
    """The .docx of this text. It holds no signature, so it is a copy to read and circulate, never the document itself."""
    from blocs.documents import word_layout

    return saved(filled(word_layout.template(), printed(text, frame) | {"seat_rows": _rows(frame)}, frame))


def filled(template: bytes, context: Mapping[str, object], frame: DocumentFrame) -> "DocxTemplate":
    """The template filled with a printed text and its frame; title and author are told as properties of the file."""
    from docxtpl import DocxTemplate
    from jinja2 import Environment

    made, page = DocxTemplate(io.BytesIO(template)), sheet(frame)
    around = {
        "agency": "\n".join(page.agency_lines),
        "bloc": "\n".join(page.bloc_lines),
        "place_and_date": page.place_and_date,
        "demonstration": "VĂN BẢN MẪU" if frame.is_demonstration else "",
    }
    made.render({**context, **around}, Environment(autoescape=True, finalize=_clean))
    about = made.docx.core_properties
    about.title, about.author = as_property(str(context["document_title"])), as_property(frame.bloc_name)
    return made


def saved(document: "DocxTemplate") -> bytes:
    """Its bytes."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _rows(frame: DocumentFrame) -> list[list[Seat]]:
    """The seats in rows as on the print; the last row is filled up, so that its seats stand under the others."""
    across = frame.seats_across
    rows = [frame.seats[first : first + across] for first in range(0, len(frame.seats), across)]
    return [[*row, *[Seat("", "", "", "")] * (across - len(row))] for row in rows]


def printable(text: str) -> str:
    """The text without what no Word file can hold."""
    return _ILLEGAL.sub("", text)


def as_property(text: str) -> str:
    """The text as the file's title or author, which Word keeps no longer than this."""
    return printable(text)[:LONGEST_PROPERTY]


def _clean(value: object) -> object:
    return printable(value) if isinstance(value, str) else value
