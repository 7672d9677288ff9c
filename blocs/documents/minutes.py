"""The minutes of a conference as printed (biên bản, Decree 30/2020, Appendix III): head, title, text, secretary left, chair right.

The text is lines. A line that starts with a Roman number is a heading, one that starts with an Arabic number begins an item.
"""

import hashlib
import re
from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.utils import translation

from emulation.pdf.frame import DocumentFrame
from emulation.pdf.sheet import sheet, title_lines

HEADING = re.compile(r"^[IVX]{1,6}\.\s+\S")


@dataclass(frozen=True)
class MinutesText:
    """What the minutes say: the conference that they are of, the text, who gets them; titles and SHA-256 of what goes out with them."""

    event: str
    text: str
    recipients: list[str]
    annexes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def sha256(self) -> str:
        """The hash of all that they say."""
        said = [self.event, self.text, *self.recipients, *(f"{title} {digest}" for title, digest in self.annexes)]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()

    @property
    def lines(self) -> list[str]:
        """The text's lines without empty ones."""
        return [line.strip() for line in self.text.splitlines() if line.strip()]

    @property
    def heading_count(self) -> int:
        """How many numbered headings a reader of the paper can count."""
        return sum(bool(HEADING.match(line)) for line in self.lines)


def minutes_html(text: MinutesText, frame: DocumentFrame) -> str:
    """The HTML of minutes for `emulation.pdf.render.render`; always Vietnamese."""
    with translation.override("vi"):
        return render_to_string("documents/minutes.html", _context(text, frame))


def _context(text: MinutesText, frame: DocumentFrame) -> dict[str, object]:
    return {
        "frame": frame,
        "sheet": sheet(frame),
        "document_title": f"Biên bản {text.event}",
        "subject_lines": [line for part in (text.event, f"của {frame.bloc_name}") for line in title_lines(part)],
        "paragraphs": [(bool(HEADING.match(line)), line) for line in text.lines],
        "annexes": text.annexes,
        "signatures_heading": "",
        "recipients": [f"{line}{';' if n < len(text.recipients) else '.'}" for n, line in enumerate(text.recipients, start=1)],
    }
