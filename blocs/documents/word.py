"""The documents of a bloc as Word files, for offices that circulate drafts in Word: the same text and frame as the print."""

import io
import re

from blocs.documents.covenant import printed
from blocs.texts import CovenantText
from emulation.pdf.frame import DocumentFrame, Seat
from emulation.pdf.sheet import sheet

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# What XML cannot hold: a working draft may still have it, a published version never has.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def word_file(text: CovenantText, frame: DocumentFrame) -> bytes:
    """The .docx of this text. It holds no signature, so it is a copy to read and circulate, never the document itself."""
    from docxtpl import DocxTemplate
    from jinja2 import Environment

    from blocs.documents import word_layout

    context, page = printed(text, frame), sheet(frame)
    template = DocxTemplate(io.BytesIO(word_layout.template()))
    context |= {
        "agency": "\n".join(page.agency_lines),
        "bloc": "\n".join(page.bloc_lines),
        "place_and_date": page.place_and_date,
        "demonstration": "VĂN BẢN MẪU" if frame.is_demonstration else "",
        "seat_rows": _rows(frame),
    }
    template.render(context, Environment(autoescape=True, finalize=_clean))
    file = io.BytesIO()
    template.save(file)
    return file.getvalue()


def _rows(frame: DocumentFrame) -> list[list[Seat]]:
    """The seats in rows as on the print; the last row is filled up, so that its seats stand under the others."""
    across = frame.seats_across
    rows = [frame.seats[first : first + across] for first in range(0, len(frame.seats), across)]
    return [[*row, *[Seat("", "", "", "")] * (across - len(row))] for row in rows]


def _clean(value: object) -> object:
    return _ILLEGAL.sub("", value) if isinstance(value, str) else value
