"""How far a bloc has come: the year's step line, the units' stands, the seats of the signing. For pages; changes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NotRequired, TypedDict

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from blocs.enums import CLOSED, DocumentState, Opinion
from blocs.models import BlocDocument, BlocYear, Seat, Stand, Version
from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.signing.enums import RoundState, SlotRole, SlotState
from emulation.signing.models import SigningRound, Slot

DONE, NOW, LATE, TO_COME = "done", "now", "late", "todo"


class Step(TypedDict):
    """One step of the year: what the step line draws."""

    label: str
    note: str
    state: str
    url: NotRequired[str]
    day: NotRequired[date | None]
    """Its last day, by which steps of different rooms are put in order."""


@dataclass(frozen=True)
class StandRow:
    """A unit and its stand on a version; `kind` is the badge."""

    seat: Seat
    stand: Stand | None
    kind: str
    words: str
    icon: str


def steps(
    bloc_year: BlocYear, document: BlocDocument | None, version: Version | None, signing_round: SigningRound | None
) -> list[Step]:
    """The year as far as it is built: forming, drafting, discussing, signing. The version is a `dated` one.

    The bloc's days are those of its first covenant; its other documents have none, and are brought out in one of two ways.
    """
    state = document.state if document else ""
    is_covenant = document is None or document.is_covenant
    has_days = document is None or document.has_bloc_days
    formed = Step(label=pgettext("step", "Lập khối"), note=_day(bloc_year.decision_date), state=DONE)
    drafting = state in ("", DocumentState.DRAFT)
    published = clock.local(version.published_at).date() if version else None
    draft = _step(_("Dự thảo"), now=drafting, done=not drafting, due=bloc_year.draft_due if has_days else None, done_on=published)
    discussing = state == DocumentState.DISCUSSION
    adopted = state in (DocumentState.ADOPTED, DocumentState.SIGNING, *CLOSED)
    deadline = clock.local(version.deadline).date() if version else None
    agreed = getattr(version, "adopted_on", None)
    discussion = _step(_("Lấy ý kiến"), now=discussing, done=adopted, due=deadline, done_on=agreed)
    signed_on = clock.local(document.signed_at).date() if document and document.signed_at else None
    if document and document.is_annex:
        signed_on = document.date
    usual = bloc_year.sign_due if has_days else None
    due = clock.local(signing_round.deadline).date() if signing_round and signing_round.deadline else usual
    signing = _step(
        pgettext("step", "Ký giao ước") if is_covenant else pgettext("step", "Ban hành"),
        now=state in (DocumentState.ADOPTED, DocumentState.SIGNING),
        done=signed_on is not None,
        due=due,
        done_on=signed_on,
    )
    return [formed, draft, discussion, signing]


def _step(label: str, *, now: bool, done: bool, due: date | None, done_on: date | None) -> Step:
    if done:
        return Step(label=label, note=_day(done_on), state=DONE)
    late = due is not None and due < clock.today()
    note = _("hạn %(day)s") % {"day": _day(due)} if due else ""
    if late and due:
        days = (clock.today() - due).days
        note = ngettext("trễ %(n)d ngày, %(note)s", "trễ %(n)d ngày, %(note)s", days) % {"n": days, "note": note}
    return Step(label=label, note=note, state=(LATE if late else NOW) if now else TO_COME)


def _day(day: date | None) -> str:
    return day.strftime("%d/%m") if day else ""


STANDS = {
    Opinion.AGREE: ("ok", "circle-check"),
    Opinion.RESERVE: ("wait", "message-2"),
    Opinion.REMARK: ("info", "message-2"),
}


def stand_rows(bloc_year: BlocYear, stands: Iterable[Stand], actor: Actor | None, *, adopted: bool = False) -> list[StandRow]:
    """A row for each unit. What was only prepared is shown to its own unit alone; once adopted, the silent ones agreed as well."""
    found = {stand.unit_id: stand for stand in stands}
    rows = []
    for seat in bloc_year.ordered_seats:
        stand = found.get(seat.unit_id)
        if stand and stand.sent_at:
            kind, icon = STANDS[Opinion(stand.opinion)]
            words = _("Bảo lưu") if stand.opinion == Opinion.RESERVE else str(stand.get_opinion_display())
            if stand.carried_from:
                words = _("%(opinion)s, giữ từ bản %(n)d") % {"opinion": words, "n": stand.carried_from}
            rows.append(StandRow(seat, stand, kind, words, icon))
        elif adopted:
            rows.append(StandRow(seat, None, "done", _("Đã thông qua"), "circle-check"))
        elif stand and actor and actor.unit_id == seat.unit_id:
            rows.append(StandRow(seat, stand, "wait", _("Đã soạn, chờ chỉ huy gửi"), "clock"))
        else:
            rows.append(StandRow(seat, None, "wait", _("Chưa gửi"), "circle-dashed"))
    return rows


@dataclass(frozen=True)
class SlotRow:
    """A place to sign, for tables and seat strips; `state` is the seat's, `kind` and `words` the badge's."""

    slot: Slot
    label: str
    state: str
    kind: str
    words: str
    icon: str
    is_mine: bool


def slot_label(slot: Slot) -> str:
    """A slot in a word: its unit's short name on the date of the document, or that it is the witness's."""
    return _("Chứng kiến") if slot.role == SlotRole.WITNESS else slot.unit.short_name_on(slot.round.document_date)


def slot_rows(signing_round: SigningRound, actor: Actor | None) -> list[SlotRow]:
    """The slots in order, with what each one looks like to this actor."""
    return [_slot_row(slot, actor, signing_round) for slot in sorted(signing_round.slots.all(), key=lambda slot: slot.number)]


def _slot_row(slot: Slot, actor: Actor | None, signing_round: SigningRound) -> SlotRow:
    mine = bool(actor and actor.is_commander and actor.unit_id == slot.unit_id)
    label = slot_label(slot)
    if signing_round.on_paper and slot.state in (SlotState.READY, SlotState.SIGNED):
        return _paper_row(slot, label, is_mine=mine)
    if slot.signed_at:
        moment = clock.local(slot.signed_at)
        shown = moment.strftime("%H:%M") if moment.date() == clock.today() else moment.strftime("%H:%M %d/%m")
        words = _("Đã ký %(time)s") % {"time": shown}
        if signing_round.state == RoundState.VOIDED:
            return SlotRow(slot, label, "empty", "void", _("Đã hủy"), "", mine)
        return SlotRow(slot, label, "signed", "ok", words, "signature", mine)
    if slot.state == SlotState.REFUSED:
        return SlotRow(slot, label, "refused", "refused", _("Từ chối"), "", mine)
    if slot.state == SlotState.READY and mine:
        return SlotRow(slot, label, "mine", "mine", _("Chờ đồng chí ký"), "", mine)
    state = "witness" if slot.role == SlotRole.WITNESS else "empty"
    if slot.state == SlotState.WAITING:
        words = _("Ký sau khi đủ các đơn vị") if slot.role == SlotRole.WITNESS else _("Chưa đến lượt")
        return SlotRow(slot, label, state, "neutral", words, "clock-pause", mine)
    if slot.state == SlotState.VOID:
        return SlotRow(slot, label, state, "void", _("Đã hủy"), "", mine)
    return SlotRow(slot, label, state, "wait", _("Chưa ký"), "", mine)


def _paper_row(slot: Slot, label: str, *, is_mine: bool) -> SlotRow:
    """A slot that is signed with a pen: a day and no hour, and nothing to do on the screen."""
    if slot.signed_at:
        words = _("Ký giấy %(day)s") % {"day": f"{clock.local(slot.signed_at):%d/%m/%Y}"}
        return SlotRow(slot, label, "signed", "ok", words, "signature", is_mine)
    state = "witness" if slot.role == SlotRole.WITNESS else "empty"
    return SlotRow(slot, label, state, "wait", _("Ký trên giấy"), "writing", is_mine)
