"""What stands around the text of an official document: the head, the seats that sign, the block to verify it by.

Plain values that the caller has looked up already; names are those valid on the document's date.
"""

import datetime as dt
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Seat:
    """One place to sign: a unit in its role, and no person (rank and name come with the signer's stamp).

    Only a print for signing with pens has no stamp to come: there `position` and `name` stand printed, over and under the free space.

    Who signs for a whole body has its words above: `role_label` "TM. Khối thi đua", `unit_name` "Khối trưởng", `signer` the unit.
    """

    unit_id: str
    unit_name: str
    role_label: str
    field_name: str
    position: tuple[str, ...] = ()
    name: str = ""
    signer: str = ""


@dataclass(frozen=True)
class Verification:
    """How a reader of the paper checks it: a readable address, the same as a QR picture, a code to type and a short hash."""

    address: str
    qr: str
    short_code: str
    short_hash: str


@dataclass(frozen=True)
class DocumentFrame:
    """The frame of one document; `seats` come in the order in which they are printed.

    `originals` is how many papers are signed with pens; 0 when the document is signed electronically.
    """

    agency: str
    bloc_name: str
    place: str
    date: dt.date
    year: int
    seats: list[Seat] = field(default_factory=list)
    witness: Seat | None = None
    number: str = ""
    marking: str = ""
    is_demonstration: bool = False
    draft_label: str = ""
    highlight_key: str = ""
    columns: int = 0
    verification: Verification | None = None
    lapse_sentence: str = ""
    closing_sentence: str = ""
    originals: int = 0
    # What an annex belongs to ("Ban hành kèm theo ..."): it has no number and date of its own, and nobody signs it.
    annex_of: str = ""

    @property
    def seats_across(self) -> int:
        """How many seats stand side by side: as the caller says, else 2 up to 12 seats and 3 above."""
        return self.columns or (2 if len(self.seats) <= 12 else 3)
