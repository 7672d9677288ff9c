"""Who comes to a conference, who came, and whether those who came may decide."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from blocs.domain.conference_rows import lock_to_change, next_order
from blocs.domain.snapshots import province_of
from blocs.enums import AttendanceRole
from blocs.models import Attendance, Conference
from emulation.lib import clock, vietnamese
from emulation.lib.verdict import ALLOWED, Verdict, refuse
from emulation.organisation.actors import Actor
from emulation.organisation.enums import Post
from emulation.organisation.models import Position, Unit
from emulation.records.domain import audit
from emulation.records.events import Event

# A conference may decide when more than half of the bloc's units are there: what collective bodies usually ask for. No regulation
# of blocs that is known names a number; a bloc whose own regulation does changes these two.
QUORUM_NUMERATOR, QUORUM_DENOMINATOR = 1, 2
MOST_ROWS = 60


@dataclass(frozen=True)
class AttendanceRow:
    """One row as it was filled in. `pk` is None for somebody new; `is_present` None while nobody has looked."""

    pk: int | None
    unit: Unit | None = None
    body: str = ""
    representative: str = ""
    role: str = AttendanceRole.DELEGATE
    is_present: bool | None = None
    reason: str = ""


def start(conference: Conference) -> None:
    """A row for the presiding leader and one for each unit, with its head's name; belongs to the verb that plans the conference."""
    seats = conference.bloc_year.ordered_seats
    heads = _heads(seat.unit_id for seat in seats)
    rows = [_row(conference, unit=seat.unit, representative=heads.get(seat.unit_id, "")) for seat in seats]
    for row in rows:
        if row.unit_id == conference.chair_unit_id:
            row.role = AttendanceRole.CHAIR
    if conference.presiding_leader:
        leader = _row(conference, unit=province_of(conference.bloc_year), representative=conference.presiding_leader)
        leader.role = AttendanceRole.CHAIR
        rows.insert(0, leader)
    for order, row in enumerate(rows, start=1):
        row.order = order
    Attendance.objects.bulk_create(rows)


@transaction.atomic
def record(conference: Conference, rows: Iterable[AttendanceRow], *, actor: Actor) -> None:
    """Write the given rows, and leave the others as they are: two people may call the roll from two ends of the list.

    A row that names nobody any more is taken out, unless it is a unit's. Raises `Refused`, `ValidationError`.
    """
    conference = lock_to_change(conference, actor)
    known = {row.pk: row for row in conference.attendance.select_for_update(of=("self",))}
    changed = []
    for given in rows:
        row = known.get(given.pk) if given.pk else Attendance(conference=conference, order=next_order(conference.attendance))
        if row is None:
            raise ValidationError(_("Danh sách vừa được người khác sửa. Đồng chí tải lại trang."))
        changed.append(_take(row, given))
    if conference.attendance.count() > MOST_ROWS:
        raise ValidationError(_("Danh sách có nhiều nhất %(most)d người.") % {"most": MOST_ROWS})
    if changed:
        audit.log(Event.ATTENDANCE_RECORDED, stream=conference.stream, actor=actor, rows=changed)


def present_units(conference: Conference) -> set[int]:
    """The units of the bloc of which somebody is there."""
    seated = {seat.unit_id for seat in conference.bloc_year.ordered_seats}
    return {row.unit_id for row in conference.attendance.all() if row.is_present and row.unit_id in seated}


def fewest(total: int) -> int:
    """How many of the bloc's units must be there, so that it is more than half of them."""
    return total * QUORUM_NUMERATOR // QUORUM_DENOMINATOR + 1


def quorum(conference: Conference) -> Verdict:
    """Whether more than half of the bloc's units are there."""
    present, total = len(present_units(conference)), len(conference.bloc_year.ordered_seats)
    if present >= fewest(total):
        return ALLOWED
    return refuse(
        _(
            "Mới ghi nhận %(present)d/%(total)d đơn vị có mặt, chưa quá nửa số đơn vị của khối: "
            "hội nghị chưa đủ điều kiện kết luận. Đồng chí kiểm tra phần Thành phần."
        )
        % {"present": present, "total": total}
    )


def _take(row: Attendance, given: AttendanceRow) -> dict[str, object]:
    is_new, was = row.pk is None, [row.body, row.representative]
    row.representative, row.role = vietnamese.nfc(given.representative).strip(), given.role
    row.is_present = given.is_present
    row.reason = vietnamese.nfc(given.reason).strip() if given.is_present is False else ""
    if is_new:
        row.unit, row.body = given.unit, vietnamese.nfc(given.body).strip()
    elif row.unit_id is None:
        row.body = vietnamese.nfc(given.body).strip()
        if not (row.body or row.representative):
            row.delete()
            return {"removed": given.pk, "who": was}
    row.full_clean(exclude=["conference"])
    row.save()
    return {"who": row.unit_id or row.body, "person": row.representative, "role": row.role, "present": row.is_present}


def _row(conference: Conference, *, unit: Unit | None, representative: str) -> Attendance:
    return Attendance(conference=conference, order=1, unit=unit, representative=representative)


def _heads(unit_ids: Iterable[int]) -> dict[int, str]:
    """The heads of these units as minutes name them: "Thượng tá Nguyễn Văn A, Trưởng Công an huyện"."""
    rows = Position.objects.on(clock.today()).filter(unit__in=list(unit_ids), post=Post.HEAD).select_related("person")
    return {row.unit_id: f"{row.ranked_name}, {row.title}" for row in rows.order_by("-pk")}
