"""Split a covenant pasted from Word into its parts: căn cứ, opening, sections (I., II.), clauses (1., 2.), recipients.

The marks of Decree 30/2020 are enough: Roman numerals head sections, Arabic numerals clauses, letters and dashes stay inside a
clause. What is not recognised is never dropped: it becomes text of the clause before it, or of the opening. What the system prints
itself (head, date, title, closing sentence, signatures) is left out, and said to be.
"""

import re
from dataclasses import dataclass, field

from blocs.domain.limits import MOST_CHARACTERS
from blocs.domain.starting import Piece, StartingText
from blocs.enums import ClauseKind, ClausePart
from emulation.lib import vietnamese

_SECTION = re.compile(r"^\s*(?=[IVXLC])(X{0,3}(?:IX|IV|V?I{0,3}))\s*[.)\-–:]\s*(\S.*)$")
_CLAUSE = re.compile(r"^\s*(?:Điều\s+)?(\d{1,3})\s*[.)](?!\d)\s*(\S.*)$")
_CHAPTER = re.compile(r"^\s*Chương\s+[IVXLC\d]+\s*[.:–-]?\s*(.*)$", re.IGNORECASE)
_ARTICLE = re.compile(r"^\s*Điều\s+(\d{1,3})\s*[.:]\s*(\S.*)$", re.MULTILINE)
_HEADING_END = re.compile(r"^(.{3,200}?)[.:]\s+(\S.*)$")
_AFTER = ("tổ chức thực hiện", "biện pháp", "trách nhiệm thi hành", "điều khoản thi hành", "cam kết thực hiện")
_BASIS = (
    "căn cứ ",
    "thực hiện kế hoạch",
    "thực hiện chỉ thị",
    "thực hiện nghị quyết",
    "thực hiện hướng dẫn",
    "xét đề nghị",
    "theo đề nghị",
)
_HEAD = ("cộng hòa xã hội chủ nghĩa", "độc lập", "công an tỉnh", "khối thi đua", "cụm thi đua", "số:", "dự thảo")
_PLACE_AND_DATE = re.compile(r"^[^,]{2,40},\s*ngày\s+\S+\s+tháng\s+\S+\s+năm\s+\S+$", re.IGNORECASE)
_LONGEST_HEAD, _LONGEST_HEADING = 90, 250
# Word's clipboard: hard spaces, tabs after numbers, bullets of its symbol font, signs that nobody sees.
_WORD = str.maketrans(
    {"\u00a0": " ", "\t": " ", "\uf0b7": "-", "\u2022": "-", "\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "", "\ufeff": ""}
)
_CLOSING = ("giao ước này được", "giao ước được lập", "bản giao ước này được")
_SIGNATURES = (
    "đại diện các đơn vị",
    "đại diện đơn vị",
    "tm.",
    "khối trưởng",
    "khối phó",
    "cụm trưởng",
    "trưởng công an",
    "chứng kiến",
)


@dataclass
class _Reader:
    """State while reading line by line."""

    bases: list[str] = field(default_factory=list)
    opening: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    part: str = ClausePart.BODY
    in_recipients: bool = False
    in_signatures: bool = False
    articles: bool = False
    in_chapter_head: bool = False
    left_out: list[str] = field(default_factory=list)


def split(pasted: str, *, articles: bool = False) -> StartingText:
    """The parts of a pasted text. Empty text gives an empty result; nothing typed is lost.

    With `articles`, a text that has any ("Điều 1.") comes apart at chapters and articles, and the numbers inside an article stay.
    """
    reader = _Reader(articles=articles and bool(_ARTICLE.search(pasted)))
    for raw in vietnamese.nfc(pasted[:MOST_CHARACTERS]).translate(_WORD).splitlines():
        line = raw.strip()
        if line:
            _read(reader, line)
    return StartingText(
        bases=reader.bases,
        opening="\n".join(reader.opening),
        pieces=reader.pieces,
        recipients=reader.recipients,
        left_out=reader.left_out,
    )


def _read(reader: _Reader, line: str) -> None:
    lower = line.lower()
    if lower.startswith("nơi nhận"):
        reader.in_recipients, reader.in_signatures = True, False
        return
    if reader.in_recipients:
        _read_recipient(reader, line)
        return
    if reader.articles and _read_chapter(reader, line):
        return
    if (match := _SECTION.match(line)) and not reader.articles:
        _read_section(reader, match.group(2))
    elif reader.in_signatures:
        reader.left_out.append(line)
    elif match := (_ARTICLE if reader.articles else _CLAUSE).match(line):
        _read_clause(reader, match.group(2))
    elif not reader.pieces:
        _read_before(reader, line, lower)
    elif _is_signature(line, lower):
        reader.in_signatures = True
        reader.left_out.append(line)
    elif lower.startswith(_CLOSING):
        reader.left_out.append(line)
    else:
        _append(reader, line)


def _read_chapter(reader: _Reader, line: str) -> bool:
    """ "Chương I", with its heading on the same line or on the next one. Returns whether the line was one of these."""
    if match := _CHAPTER.match(line):
        reader.in_chapter_head, reader.in_signatures = not match.group(1), False
        if match.group(1):
            _read_section(reader, match.group(1))
        return True
    if reader.in_chapter_head and not _ARTICLE.match(line):
        reader.in_chapter_head = False
        _read_section(reader, line)
        return True
    reader.in_chapter_head = False
    return False


def _read_section(reader: _Reader, heading: str) -> None:
    reader.in_signatures = False
    if len(heading) > _LONGEST_HEADING:  # a paragraph that begins with a numeral
        reader.pieces.append(Piece(ClauseKind.CLAUSE, reader.part, "", heading))
        return
    heading = heading.rstrip(".:; ")
    if any(word in heading.lower() for word in _AFTER):
        reader.part = ClausePart.IMPLEMENTATION
    reader.pieces.append(Piece(ClauseKind.SECTION, reader.part, _sentence_case(heading), ""))


def _read_clause(reader: _Reader, rest: str) -> None:
    heading, text = "", rest
    if match := _HEADING_END.match(rest):
        heading, text = match.group(1), match.group(2)
    elif len(rest) <= 120 and not rest.endswith((".", ";", ",", ":")):
        heading, text = rest, ""
    if len(heading.split()) > 20:
        heading, text = "", rest
    reader.pieces.append(Piece(ClauseKind.CLAUSE, reader.part, heading.strip(), text.strip()))


def _read_before(reader: _Reader, line: str, lower: str) -> None:
    if lower.startswith(_BASIS):
        reader.bases.append(line.rstrip(";. "))
    elif _is_head(line, lower):
        reader.left_out.append(line)
    else:
        reader.opening.append(line)


def _read_recipient(reader: _Reader, line: str) -> None:
    if line.isupper() and not line.startswith("-"):
        reader.left_out.append(line)
        return
    reader.recipients.append(line.lstrip("-–+• ").rstrip(";. "))


def _append(reader: _Reader, line: str) -> None:
    last = reader.pieces[-1]
    text = f"{last.text}\n{line}" if last.text else line
    reader.pieces[-1] = Piece(last.kind, last.part, last.heading, text)


def _is_head(line: str, lower: str) -> bool:
    """Lines of the document's head and title, which the system prints itself. A sentence of the opening is none of them."""
    if line.isupper() or _PLACE_AND_DATE.match(line):
        return True
    titles = (
        *_HEAD,
        "giao ước",
        "quy định",
        "quy chế",
        "đề cương",
        "(ban hành kèm",
        "“vì an ninh",
        '"vì an ninh',
        "của khối",
        "của cụm",
    )
    return lower.startswith(titles) and len(line) <= _LONGEST_HEAD and not line.endswith((".", ",", ";", ":"))


def _is_signature(line: str, lower: str) -> bool:
    """The signature part at the end: capitals that name who signs."""
    return line.isupper() and lower.startswith(_SIGNATURES)


def _sentence_case(heading: str) -> str:
    return heading.capitalize() if heading.isupper() else heading
