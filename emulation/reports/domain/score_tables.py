"""Published points and ranks in the section of a report that takes them from scoring. Always Vietnamese."""

from collections.abc import Sequence

from emulation.reports.domain.material import Rows
from emulation.reports.enums import PeriodKind
from emulation.reports.models import ReportPeriod
from scoring.domain.runs import Result
from scoring.enums import Period, StandingState
from scoring.models import Snapshot
from scoring.results import UnitStanding
from scoring.rules.numbers import exact, written

HEAD = ("Xếp hạng", "Đơn vị", "Điểm", "Xếp loại")
_OF = {PeriodKind.INTERIM: Period.INTERIM, PeriodKind.FINAL: Period.YEAR}


def rows(period: ReportPeriod, unit_id: int | None) -> Rows:
    """What was published last of the campaign of the same period: a unit's own row, every unit's for the bloc. One query.

    Before that one row says that nothing is published; what is still being scored stands in no report.
    """
    if period.kind not in _OF:
        return []
    published = Snapshot.objects.filter(
        campaign__bloc_year=period.bloc_year_id, campaign__period=_OF[PeriodKind(period.kind)], state=StandingState.PUBLISHED
    )
    snapshot = published.select_related("run__campaign__criteria_set").order_by("-campaign", "-number").first()
    if snapshot is None:
        return [("Điểm, xếp hạng",), ("Chưa công bố",)]
    official = Result(snapshot.run).official
    seats = {str(seat.unit_id): seat.unit.name for seat in period.bloc_year.ordered_seats}
    wanted = [unit for unit in official.in_order if unit in seats and unit_id in (None, int(unit))]
    return [HEAD, *(_row(seats[unit], official.units[unit]) for unit in wanted)]


def _row(name: str, found: UnitStanding) -> Sequence[str]:
    return ("Không xếp hạng" if found.rank is None else str(found.rank), name, written(exact(found.total)), found.grade)
