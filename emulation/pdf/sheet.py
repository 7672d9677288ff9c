"""The frame of a document made ready for its template: broken lines, written dates, rows of the signature grid.

Layout by Decree 30/2020, Appendix I: agency and quốc hiệu side by side at 13 points, title at 14.
"""

import datetime as dt
from dataclasses import dataclass, replace

from emulation.pdf.frame import DocumentFrame, Seat
from emulation.pdf.lines import balanced_lines

# Room to fill in by hand, in a draft that has no place yet.
_NO_PLACE = "…………"
_POINTS_PER_MM = 72 / 25.4
# decree.css gives these places their width; here they are a little narrower, so that a line never breaks twice.
_HEAD_WIDTH = 66 * _POINTS_PER_MM
_TITLE_WIDTH = 150 * _POINTS_PER_MM
_HEAD_SIZE = 13
_TITLE_SIZE = 14
_SEAT_WIDTHS = {1: 77 * _POINTS_PER_MM, 2: 77 * _POINTS_PER_MM, 3: 52 * _POINTS_PER_MM}
_WITNESS_WIDTH = 68 * _POINTS_PER_MM
_SEAT_SIZES = {1: 13.0, 2: 13.0, 3: 12.0}


@dataclass(frozen=True)
class PrintedSeat:
    """A seat with its captions in capitals, broken to the width of its cell."""

    field_name: str
    tooltip: str
    role_lines: list[str]
    unit_lines: list[str]
    position_lines: list[str]
    name: str
    # Who signs for a body: both captions are bold.
    for_body: bool = False
    # Blank lines under the captions, so that all boxes of a row stand level.
    fill: int = 0

    @property
    def lines(self) -> int:
        return len(self.role_lines) + len(self.unit_lines) + len(self.position_lines)


@dataclass(frozen=True)
class Sheet:
    """What official.html prints around the text."""

    frame: DocumentFrame
    agency_lines: list[str]
    bloc_lines: list[str]
    place_and_date: str
    full_rows: list[list[PrintedSeat]]
    last_row: list[PrintedSeat]
    witness: PrintedSeat | None

    @property
    def across(self) -> int:
        return self.frame.seats_across

    @property
    def readable_address(self) -> str:
        """The address as a person types it, without the scheme."""
        proof = self.frame.verification
        return proof.address.split("://", 1)[-1] if proof else ""

    @property
    def recipients_beside_seats(self) -> bool:
        """Whether the last row of seats has room at its left for the recipients, where Decree 30 puts them."""
        return bool(self.last_row) and self.witness is None


def sheet(frame: DocumentFrame) -> Sheet:
    """The frame ready to print. Full rows come first; a shorter last row stands apart, since recipients may share it."""
    across = frame.seats_across
    printed = [_printed(seat, _SEAT_WIDTHS[across], _SEAT_SIZES[across]) for seat in frame.seats]
    whole = len(printed) - len(printed) % across
    return Sheet(
        frame=frame,
        agency_lines=balanced_lines(frame.agency.upper(), face="regular", size=_HEAD_SIZE, width=_HEAD_WIDTH),
        bloc_lines=balanced_lines(frame.bloc_name.upper(), face="bold", size=_HEAD_SIZE, width=_HEAD_WIDTH),
        place_and_date=f"{frame.place.strip() or _NO_PLACE}, {written_date(frame.date)}",
        full_rows=[_level(printed[first : first + across]) for first in range(0, whole, across)],
        last_row=_level(printed[whole:]),
        witness=_printed(frame.witness, _WITNESS_WIDTH, _SEAT_SIZES[2]) if frame.witness else None,
    )


def written_date(date: dt.date) -> str:
    """A date in words, with a 0 before days below 10 and before January and February (Decree 30/2020, Appendix I)."""
    month = f"{date.month:02d}" if date.month < 3 else str(date.month)
    return f"ngày {date.day:02d} tháng {month} năm {date.year}"


def title_lines(text: str) -> list[str]:
    """A line of the title, broken to the width of the page."""
    return balanced_lines(text, face="bold", size=_TITLE_SIZE, width=_TITLE_WIDTH)


def _level(row: list[PrintedSeat]) -> list[PrintedSeat]:
    most = max((seat.lines for seat in row), default=0)
    return [replace(seat, fill=most - seat.lines) for seat in row]


def _printed(seat: Seat, width: float, size: float) -> PrintedSeat:
    return PrintedSeat(
        field_name=seat.field_name,
        tooltip=f"Chữ ký điện tử của {seat.signer or seat.unit_name}",
        for_body=bool(seat.signer),
        role_lines=balanced_lines(seat.role_label.upper(), face="bold" if seat.signer else "regular", size=size, width=width),
        unit_lines=balanced_lines(seat.unit_name.upper(), face="bold", size=size, width=width),
        position_lines=[
            line for part in seat.position for line in balanced_lines(part.upper(), face="bold", size=size, width=width)
        ],
        name=seat.name,
    )
