"""What the hall sees of a signing: a seat for each unit, filling as it signs. For the projector; changes nothing."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from blocs.domain.progress import slot_label
from blocs.enums import DocumentKind
from emulation.lib import clock
from emulation.signing.domain import freezing
from emulation.signing.enums import RoundState, SlotRole, SlotState
from emulation.signing.models import SigningRound, Slot

BEFORE, OPEN, COMPLETE, VOID = "before", "open", "complete", "void"
# A signature is new for as long as its seat may light up: a few looks of the projector.
NEW = timedelta(seconds=5)
_RANK = {SlotRole.LEADER: 0, SlotRole.DEPUTY: 1, SlotRole.MEMBER: 2, SlotRole.WITNESS: 3}
# Up to so many seats stand in so many columns: letters are largest when a screen of 16 by 9 has few rows.
_COLUMNS = ((4, 2), (6, 3), (16, 4), (20, 5))
_MOST_COLUMNS = 6


@dataclass(frozen=True)
class HallSeat:
    """A unit's seat. `place` is the short name in very large letters, `before` what stands above it: "Công an huyện"."""

    role: str
    before: str
    place: str
    state: str
    words: str
    time: str
    signer: str
    title: str
    is_new: bool


@dataclass(frozen=True)
class Hall:
    """The whole picture at one moment."""

    stage: str
    seats: list[HallSeat]
    witness: HallSeat | None
    done: int
    total: int
    columns: int
    address: str = ""

    @property
    def rows(self) -> int:
        """How many rows of seats there are."""
        return -(-len(self.seats) // self.columns)


def picture(signing_round: SigningRound | None) -> Hall:
    """The newest round as the hall sees it: leader first, then deputies and members, the witness apart. Asks no question
    of a round whose slots and units are known.
    """
    if signing_round is None:
        return Hall(BEFORE, [], None, 0, 0, 1)
    slots = sorted(signing_round.slots.all(), key=lambda slot: (_RANK[SlotRole(slot.role)], slot.number))
    for slot in slots:
        slot.round = signing_round
    units = [_seat(slot) for slot in slots if slot.role != SlotRole.WITNESS]
    return Hall(
        stage=_stage(signing_round),
        seats=units,
        witness=next((_seat(slot) for slot in slots if slot.role == SlotRole.WITNESS), None),
        done=sum(slot.state == SlotState.SIGNED for slot in slots),
        total=len(slots),
        columns=next((columns for most, columns in _COLUMNS if len(units) <= most), _MOST_COLUMNS),
        address=freezing.address_of(signing_round),
    )


def tag(subject_id: int) -> str:
    """A hash of all that the picture depends on, for a conditional answer; one question."""
    rows = Slot.objects.filter(round__kind__in=DocumentKind.values, round__subject_id=subject_id).order_by("round", "number")
    states = rows.values_list("round__number", "round__state", "number", "state")
    return hashlib.sha256(repr(list(states)).encode()).hexdigest()


def _stage(signing_round: SigningRound) -> str:
    return {RoundState.OPEN: OPEN, RoundState.COMPLETED: COMPLETE, RoundState.VOIDED: VOID}[RoundState(signing_round.state)]


def _seat(slot: Slot) -> HallSeat:
    place = slot.unit_name if slot.role == SlotRole.WITNESS else slot_label(slot)
    moment = slot.signed_at
    return HallSeat(
        role=_(slot.role_label),
        before=slot.unit_name.removesuffix(place).strip(),
        place=place,
        state=slot.state,
        words=_words(slot),
        time=f"{clock.local(moment):%H:%M}" if moment else "",
        signer=slot.ranked_signer,
        title=f"{slot.signer_title} ({slot.capacity_mark})" if slot.capacity_mark else slot.signer_title,
        is_new=bool(moment and clock.now() - moment < NEW),
    )


def _words(slot: Slot) -> str:
    if slot.state == SlotState.REFUSED:
        return _("Từ chối ký")
    if slot.state == SlotState.WAITING:
        return _("Ký sau khi đủ các đơn vị") if slot.role == SlotRole.WITNESS else _("Chưa đến lượt")
    return _("Chưa ký")
