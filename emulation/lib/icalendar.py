"""A calendar file with its events, as RFC 5545 wants it: folded lines, escaped texts, Việt Nam's time zone, composed characters."""

import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

ZONE = "Asia/Ho_Chi_Minh"
_HERE = ZoneInfo(ZONE)
# Octets a line may have without its end (RFC 5545, 3.1).
_LONGEST_LINE = 75
_TIME_ZONE = (
    "BEGIN:VTIMEZONE",
    f"TZID:{ZONE}",
    "BEGIN:STANDARD",
    "DTSTART:19750613T000000",
    "TZOFFSETFROM:+0700",
    "TZOFFSETTO:+0700",
    "TZNAME:+07",
    "END:STANDARD",
    "END:VTIMEZONE",
)


@dataclass(frozen=True)
class CalendarEvent:
    """An event. `uid` never changes; `sequence` grows with every change, so that calendars replace what they had.

    Plain dates make it last whole days, the last of them left out.
    """

    uid: str
    sequence: int
    stamp: datetime
    starts_at: date | datetime
    ends_at: date | datetime
    summary: str
    location: str = ""
    description: str = ""
    url: str = ""


def calendar(*events: CalendarEvent, product: str, name: str = "") -> bytes:
    """The file, in UTF-8. `name` is what a program calls a calendar that it looks at again and again."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{_escaped(product)}//VI",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        *([f"X-WR-CALNAME:{_escaped(name)}"] if name else []),
        *_TIME_ZONE,
        *(line for event in events for line in _event(event)),
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _event(event: CalendarEvent) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{_escaped(event.uid)}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTAMP:{event.stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART{_when(event.starts_at)}",
        f"DTEND{_when(event.ends_at)}",
        f"SUMMARY:{_escaped(event.summary)}",
        *([f"LOCATION:{_escaped(event.location)}"] if event.location else []),
        *([f"DESCRIPTION:{_escaped(event.description)}"] if event.description else []),
        *([f"URL:{_plain(event.url)}"] if event.url else []),
        "STATUS:CONFIRMED",
        "END:VEVENT",
    ]


def _when(moment: date | datetime) -> str:
    """A time on Việt Nam's clock, or a day (RFC 5545, 3.3.4 and 3.3.5)."""
    if isinstance(moment, datetime):
        return f";TZID={ZONE}:{moment.astimezone(_HERE):%Y%m%dT%H%M%S}"
    return f";VALUE=DATE:{moment:%Y%m%d}"


def _escaped(text: str) -> str:
    """A text value (RFC 5545, 3.3.11): composed, no control characters but the line break, which is written `\\n`."""
    plain = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(char for char in plain if char == "\n" or unicodedata.category(char) not in ("Cc", "Cs"))
    for sign in ("\\", ";", ","):
        kept = kept.replace(sign, f"\\{sign}")
    return kept.replace("\n", "\\n")


def _plain(text: str) -> str:
    return "".join(char for char in text if unicodedata.category(char) not in ("Cc", "Cs"))


def _folded(line: str) -> str:
    """The line in pieces of at most 75 octets, each but the first after a space; no character is cut."""
    pieces, piece, used = [], "", 0
    for char in line:
        size = len(char.encode())
        if used + size > _LONGEST_LINE:
            pieces.append(piece)
            piece, used = "", 1  # the space that the next piece starts with counts
        piece += char
        used += size
    return "\r\n ".join([*pieces, piece])
