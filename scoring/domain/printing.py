"""Results as they are printed: with the names of the day, the frame of the bloc, and the bloc's own remarks. Always Vietnamese."""

from collections.abc import Sequence
from datetime import date

from blocs.domain.snapshots import province_of
from emulation.lib import clock
from emulation.organisation.domain import units
from emulation.pdf.frame import DocumentFrame, Seat, Verification
from scoring.documents.results import Results
from scoring.domain.runs import Result
from scoring.models import Campaign, Snapshot


def results_of(campaign: Campaign, result: Result, day: date, snapshot: Snapshot | None = None) -> Results:
    """The official results of a run, ready to be printed on this day."""
    seats = campaign.bloc_year.ordered_seats
    return Results(
        result.text,
        result.official,
        {str(seat.unit_id): seat.unit.name_on(day) for seat in seats},
        campaign.title.removeprefix("Chấm điểm "),
        {str(seat.unit_id): seat.unit.short_name_on(day) for seat in seats},
        remarks(campaign, result, day, snapshot),
    )


def remarks(campaign: Campaign, result: Result, day: date, snapshot: Snapshot | None = None) -> list[str]:
    """How ties were decided, who left the bloc and why, what a correction corrects."""
    names = {str(seat.unit_id): seat.unit.name_on(day) for seat in campaign.bloc_year.ordered_seats}
    decided, left = campaign.tie_decisions.order_by("pk"), campaign.withdrawals.order_by("pk")
    if snapshot and snapshot.published_at:  # what came later belongs to a correction
        decided, left = decided.filter(at__lte=snapshot.published_at), left.filter(at__lte=snapshot.published_at)
    equals = {frozenset(str(unit) for unit in row.units): row for row in decided}
    told = []
    for units_of_one, row in equals.items():
        if any(result.official.units[unit].settled_by == "decision" for unit in units_of_one if unit in result.official.units):
            order = ", ".join(names[str(unit)] for unit in row.units if str(unit) in names)
            told.append(f"Khối quyết định ngày {row.decided_on:%d/%m/%Y}, thứ tự: {order}. {row.reason}")
    for gone in left:
        name = names.get(str(gone.unit_id), "")
        told.append(f"{name} rời khối từ ngày {gone.since:%d/%m/%Y}, không xếp hạng: {gone.reason}")
    if snapshot and snapshot.supersedes:
        old = snapshot.supersedes
        published = f"{clock.local(old.published_at):%d/%m/%Y}" if old.published_at else ""
        told.append(
            f"Bản {snapshot.number} thay thế bản {old.number} công bố ngày {published}. Lý do đính chính: {snapshot.reason}"
        )
    return told


def frame_of(
    campaign: Campaign,
    day: date,
    *,
    seats: Sequence[Seat] = (),
    verification: Verification | None = None,
    draft_label: str = "",
) -> DocumentFrame:
    """The frame of a print of this bloc: the province's name and place, the bloc, the day."""
    province = province_of(campaign.bloc_year)
    return DocumentFrame(
        agency=province.name_on(day) if province else "",
        bloc_name=campaign.bloc_year.full_name,
        place=province.short_name_on(day) if province else "",
        date=day,
        year=campaign.bloc_year.year_id,
        seats=list(seats),
        is_demonstration=units.is_demonstration(),
        draft_label=draft_label,
        verification=verification,
    )
