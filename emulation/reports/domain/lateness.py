"""By how many days the report of a campaign's period came late, as a fact of scoring. Extensions and repairs are in it already."""

from collections.abc import Collection

from emulation.lib import clock
from emulation.reports.enums import PeriodKind
from emulation.reports.models import Report, ReportPeriod
from scoring.domain.facts import Fact, Known
from scoring.enums import Period
from scoring.models import Campaign
from scoring.texts import CriteriaText

_OF = {Period.INTERIM: PeriodKind.INTERIM, Period.YEAR: PeriodKind.FINAL}


def late(campaign: Campaign, text: CriteriaText, units: Collection[int]) -> Known:
    """Days late of the interim report, of the final one for a year, for each criterion that asks for days late.

    Nothing is said before the report was handed in or its due day has passed. At most two queries.
    """
    leaves = [leaf.key for leaf in text.leaves if leaf.rule_type == "late"]
    asked = Report.objects.filter(
        period__bloc_year=campaign.bloc_year_id, period__kind=_OF[Period(campaign.period)], unit__in=list(units)
    )
    rows = list(asked.select_related("period__bloc_year").prefetch_related("period__extensions")) if leaves else []
    told = {row.unit_id: fact for row in rows if (fact := _told(row))}
    return {(key, unit): {"days_late": fact} for key in leaves for unit, fact in told.items()}


def _told(row: Report) -> Fact | None:
    if row.first_submitted_at is None and row.due_on >= clock.today():
        return None
    return Fact(str(row.days_late), f"{_named(row.period)}: {_came(row)}, hạn {row.due_on:%d/%m/%Y}")


def _came(row: Report) -> str:
    if row.first_submitted_at is None:
        return "chưa nộp"
    return f"nộp ngày {clock.local(row.first_submitted_at):%d/%m/%Y}"


def _named(period: ReportPeriod) -> str:
    return f"Báo cáo {period.title[:1].lower()}{period.title[1:]}"
