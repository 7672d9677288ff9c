"""Units by obligations: who has done what of the year, who is late. For the leader of a bloc, the office and provincial leaders.

Each source is one query for any number of blocs; a cell says a state and a day, never a figure or a word of what was written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from blocs.enums import ENDED, DocumentKind
from blocs.models import BlocYear, Seat, Stand, Version
from emulation.lib import clock
from emulation.reports.enums import BlocReportState, PeriodKind, ReportState
from emulation.reports.models import Report
from emulation.reports.models.periods import extended_to
from emulation.signing.enums import RoundState
from emulation.signing.models import Slot
from scoring.enums import Layer, Period, Phase, SheetState
from scoring.models import CampaignPhase, Sheet

WAITING, DOING, LATE, DONE, ACCEPTED = "todo", "doing", "late", "done", "accepted"
_OPEN = (WAITING, DOING, LATE)
# The last day of a sheet is that of the phase in which it is filled in.
_WRITTEN_IN = {Layer.SELF: Phase.SELF, Layer.CROSS: Phase.CROSS, Layer.CONSOLIDATED: Phase.CONSOLIDATE}
_REPORTS = {
    ReportState.NOT_STARTED: WAITING,
    ReportState.SUBMITTED: DONE,
    ReportState.ACCEPTED: ACCEPTED,
    ReportState.LOCKED: ACCEPTED,
}


class Column(NamedTuple):
    """An obligation; columns stand in the order of the year."""

    order: int
    label: str


@dataclass(frozen=True)
class Cell:
    """Where an obligation of a unit stands, until when; `days` how many days too late it came, or is by now."""

    kind: str
    due: date | None = None
    days: int = 0
    label: str = ""
    words: str = ""

    @property
    def after(self) -> str:
        """By how many days what is done came late, to stand behind the last day."""
        return f" +{self.days}" if self.days and self.kind != LATE else ""

    @property
    def day(self) -> str:
        """The last day as it stands in a narrow cell."""
        return f"{self.due:%d/%m}" if self.due else ""

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.kind in _OPEN


@dataclass
class Row:
    """A unit in its bloc."""

    bloc: BlocYear
    seat: Seat
    cells: list[Cell | None] = field(default_factory=list)

    @property
    def late(self) -> int:
        """How many obligations are late now."""
        return sum(cell is not None and cell.kind == LATE for cell in self.cells)

    @property
    def done(self) -> int:
        """How many are done."""
        return sum(cell is not None and not cell.is_open for cell in self.cells)

    @property
    def asked(self) -> int:
        """How many there are."""
        return sum(cell is not None for cell in self.cells)


@dataclass(frozen=True)
class Matrix:
    """The columns that somebody has, and every unit with its cells, the latest first."""

    columns: Sequence[Column]
    rows: Sequence[Row]


Found = dict[tuple[int, int], dict[Column, Cell]]


def matrix(blocs: Collection[BlocYear]) -> Matrix:
    """The matrix over blocs that were fetched with seats and names; seven queries."""
    keys = [bloc.pk for bloc in blocs]
    found: Found = defaultdict(dict)
    words = {WAITING: _("Chưa làm"), DOING: _("Đang làm"), DONE: _("Đã nộp"), ACCEPTED: _("Xong")}
    for source in (_stands, _signatures, _reports, _sheets):
        for place, column, cell in source(keys, {bloc.pk: bloc for bloc in blocs}):
            found[place][column] = replace(
                cell, label=column.label, words=words.get(cell.kind) or _("Trễ %(n)d") % {"n": cell.days}
            )
    columns = sorted({column for cells in found.values() for column in cells})
    rows = []
    for bloc in blocs:
        for seat in bloc.ordered_seats:
            cells = found.get((bloc.pk, seat.unit_id), {})
            rows.append(Row(bloc, seat, [cells.get(column) for column in columns]))
    return Matrix(columns, sorted(rows, key=lambda row: -row.late))


Placed = Iterable[tuple[tuple[int, int], Column, Cell]]


def _cell(kind: str, due: date | None, came: datetime | None = None) -> Cell:
    """Late is what is open after its last day; what came late says by how many days."""
    if due is None:
        return Cell(kind)
    day = clock.local(came).date() if came else clock.today()
    days = max((day - due).days, 0)
    if kind in (WAITING, DOING):
        return Cell(LATE if days else kind, due, days)
    return Cell(kind, due, days if came else 0)


def _stands(keys: list[int], blocs: Mapping[int, BlocYear]) -> Placed:
    """Stands on the newest version of the covenant. Two queries."""
    column = Column(1, _("Ý kiến dự thảo"))
    published = Version.objects.filter(document__bloc_year__in=keys, document__kind=DocumentKind.COVENANT)
    rows = published.exclude(document__state__in=ENDED).order_by("document", "number")
    newest = {row.document.bloc_year_id: row for row in rows.select_related("document").only("deadline", "document__bloc_year")}
    given = Stand.objects.filter(version__in=[row.pk for row in newest.values()])
    stands = {(row.version_id, row.unit_id): row for row in given.only("version", "unit", "sent_at")}
    for bloc, version in newest.items():
        due = clock.local(version.deadline).date()
        for seat in blocs[bloc].ordered_seats:
            stand = stands.get((version.pk, seat.unit_id))
            kind = DONE if stand and stand.sent_at else DOING if stand else WAITING
            yield (bloc, seat.unit_id), column, _cell(kind, due, stand.sent_at if stand else None)


def _signatures(keys: list[int], blocs: Mapping[int, BlocYear]) -> Placed:
    """Signatures under the covenant, once it is open for signing. One query."""
    column = Column(2, _("Ký giao ước"))
    documents = BlocYear.objects.filter(documents=OuterRef("round__subject_id")).values("pk")[:1]
    slots = Slot.objects.filter(round__kind=DocumentKind.COVENANT).exclude(round__state=RoundState.VOIDED)
    members = _members(blocs)
    rows = slots.annotate(bloc=Subquery(documents)).filter(bloc__in=keys).order_by("round__number")
    for bloc, unit, signed, deadline in rows.values_list("bloc", "unit", "signed_at", "round__deadline"):
        due = clock.local(deadline).date() if deadline else blocs[bloc].sign_due
        if (bloc, unit) in members:
            yield (bloc, unit), column, _cell(ACCEPTED if signed else WAITING, due, signed)


def _reports(keys: list[int], blocs: Mapping[int, BlocYear]) -> Placed:
    """Reports of units, and of the bloc at its leader, of periods that are open. One query."""
    asked = Report.objects.filter(period__bloc_year__in=keys, period__opens_on__lte=clock.today())
    rows = asked.select_related("period__bloc_report").annotate(extended=extended_to())
    leaders = {(key, bloc.leader.unit_id) for key, bloc in blocs.items()}
    for row in rows:
        period, bloc = row.period, row.period.bloc_year_id
        order, label = _named(period.kind, period.name)
        kind = _REPORTS.get(ReportState(row.state), DOING)
        due = getattr(row, "extended", None) or period.due_on
        # What is being mended was in time when it first came.
        came = row.first_submitted_at
        late_by = _cell(kind, due, came)
        yield (bloc, row.unit_id), Column(order, label), Cell(kind, due, late_by.days) if came else late_by
        if (bloc, row.unit_id) in leaders and hasattr(period, "bloc_report"):
            sent = period.bloc_report.first_sent_at
            state = ACCEPTED if period.bloc_report.state == BlocReportState.SENT else DOING
            yield (
                (bloc, row.unit_id),
                Column(order + 1, _("%(report)s của khối") % {"report": label}),
                _cell(state, period.bloc_due_on, sent),
            )


def _named(kind: str, name: str) -> tuple[int, str]:
    return {PeriodKind.INTERIM: (10, _("Sơ kết")), PeriodKind.FINAL: (50, _("Tổng kết"))}.get(PeriodKind(kind), (30, name))


def _sheets(keys: list[int], blocs: Mapping[int, BlocYear]) -> Placed:
    """Sheets that a unit fills in: its own, those about its peers as one, those that it consolidates as one. Two queries."""
    days = CampaignPhase.objects.filter(campaign__bloc_year__in=keys).values_list("campaign", "phase", "closes_on")
    closes = {(campaign, phase): day for campaign, phase, day in days}
    wanted = Sheet.objects.filter(campaign__bloc_year__in=keys, layer__in=_WRITTEN_IN)
    fields = ("campaign", "campaign__bloc_year", "campaign__period", "scorer", "layer", "state", "submitted_at")
    grouped: dict[tuple[int, int, str, int, str], list[tuple[str, datetime | None]]] = defaultdict(list)
    for campaign, bloc, period, scorer, layer, state, submitted in wanted.values_list(*fields):
        grouped[campaign, bloc, period, scorer, layer].append((state, submitted))
    members, columns = _members(blocs), {(period, layer): _scored(period, layer) for period in Period for layer in _WRITTEN_IN}
    for (campaign, bloc, period, scorer, layer), sheets in grouped.items():
        if (bloc, scorer) not in members:
            continue
        came = max((at for _state, at in sheets if at), default=None)
        kinds = [_kind(state, at) for state, at in sheets]
        kind = next(kind for kind in (WAITING, DONE, ACCEPTED) if kind in kinds)
        due = closes.get((campaign, _WRITTEN_IN[Layer(layer)]))
        yield (bloc, scorer), columns[Period(period), Layer(layer)], _cell(kind, due, came if kind != WAITING else None)


def _members(blocs: Mapping[int, BlocYear]) -> set[tuple[int, int]]:
    return {(key, seat.unit_id) for key, bloc in blocs.items() for seat in bloc.seats.all()}


def _kind(state: str, submitted: datetime | None) -> str:
    """Others learn what is in and what is not, not that something was given back."""
    if submitted is None or state == SheetState.RETURNED:
        return WAITING
    return ACCEPTED if state in (SheetState.ACCEPTED, SheetState.LOCKED) else DONE


def _scored(period: str, layer: str) -> Column:
    first, half = (60, "") if period == Period.YEAR else (20, _(" 6 tháng"))
    place = list(_WRITTEN_IN).index(Layer(layer))
    return Column(first + place, f"{Layer(layer).label}{half}")
