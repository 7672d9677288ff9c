"""What signed reports say, as facts of scoring: results of targets, and by how many days a report came late. Typed once, here."""

from collections.abc import Collection

from emulation.reports.enums import HANDED_IN, PeriodKind
from emulation.reports.models import Report, ReportVersion
from emulation.reports.texts import report_of
from scoring.domain.facts import Fact, Known
from scoring.models import CriteriaSet
from scoring.texts import CriteriaText


def reported(criteria_set: CriteriaSet, text: CriteriaText, units: Collection[int]) -> Known:
    """Results by criterion and unit: of the newest signed report of the year, the final one before the interim one; three queries."""
    wanted = {row.key: row.indicator_key for row in text.leaves if row.indicator_key and "actual" in row.read_rule().facts}
    if not wanted:
        return {}
    handed_in = Report.objects.filter(
        period__bloc_year=criteria_set.document.bloc_year_id, unit__in=list(units), state__in=HANDED_IN
    )
    rows = list(handed_in.select_related("period__bloc_year"))
    versions = _newest(rows)
    found: dict[tuple[str, int], dict[str, Fact]] = {}
    order = {PeriodKind.OTHER: 0, PeriodKind.INTERIM: 1, PeriodKind.FINAL: 2}
    for report in sorted(rows, key=lambda row: (order[PeriodKind(row.period.kind)], row.period_id)):
        version = versions[report.pk]
        values = {figure.key: figure.actual for figure in report_of(version.content).figures if figure.actual}
        for key, indicator in wanted.items():
            if indicator in values:
                source = f"Báo cáo {report.period.title[:1].lower()}{report.period.title[1:]}, bản {version.number}"
                found[key, report.unit_id] = {"actual": Fact(values[indicator], source)}
    return found


def _newest(rows: Collection[Report]) -> dict[int, ReportVersion]:
    """The newest signed version of each report."""
    signed = ReportVersion.objects.filter(report__in=[row.pk for row in rows], signed__isnull=False).order_by("number")
    return {version.report_id: version for version in signed}
