"""What signed reports say, as facts of scoring: results of targets, typed once, here; and how they changed since a sheet was handed in.

A campaign takes the reports of its own period: the interim one of the first half-year; for a year the final one, before it the
interim one. What was signed last holds also while the report is being mended; it is marked then.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db.models import F, QuerySet

from emulation.reports import policies
from emulation.reports.enums import PeriodKind
from emulation.reports.models import ReportVersion
from emulation.reports.models.periods import title_of
from emulation.reports.texts import report_of
from scoring.domain.facts import Asking, Fact, Known, Moment, Row
from scoring.enums import Period
from scoring.models import Campaign
from scoring.rules.numbers import exact, written
from scoring.texts import CriteriaText

# The reports that feed a campaign, by its period: what stands later goes before what stands earlier.
FEEDING = {Period.INTERIM: (PeriodKind.INTERIM,), Period.YEAR: (PeriodKind.INTERIM, PeriodKind.FINAL)}


_COLUMNS = {
    "report": F("report_id"),
    "number": F("number"),
    "content": F("content"),
    "unit": F("report__unit_id"),
    "kind": F("report__period__kind"),
    "name": F("report__period__name"),
    "year": F("report__period__bloc_year__year_id"),
}


def reported(campaign: Campaign, text: CriteriaText, units: Collection[int]) -> Asking | None:
    """Results by criterion and unit from the newest signed reports of the campaign's period."""
    wanted = linked(text)
    if not wanted:
        return None

    def read(rows: Sequence[Row]) -> Known:
        found: dict[tuple[str, int], dict[str, Fact]] = {}
        for row in _newest(campaign, rows):
            values = _values(row["content"])
            for key, indicator in wanted.items():
                if indicator in values:
                    found[key, row["unit"]] = {"actual": Fact(values[indicator], _source(row))}
        return found

    return Asking(_signed(campaign, units), _COLUMNS, read)


def _newest(campaign: Campaign, rows: Sequence[Row]) -> Iterable[Row]:
    """Of each report its newest signed version, what goes before the others last."""
    kinds = FEEDING[Period(campaign.period)]
    in_order = sorted(rows, key=lambda row: (kinds.index(PeriodKind(row["kind"])), row["report"], row["number"]))
    return {row["report"]: row for row in in_order}.values()


def changes(campaign: Campaign, text: CriteriaText, unit_id: int, handed_in: Moment) -> Mapping[str, Sequence[str]]:
    """What a corrected report changed after the unit handed its sheet in, and what is being mended now, by criterion.

    Nothing of it is stored: every signed version with its time says what the sheet was handed in with. One query.
    """
    wanted = linked(text)
    versions = _in_order(campaign, [unit_id]) if wanted else []
    since = handed_in() if versions else None
    found = {}
    for key, indicator in wanted.items():
        now = _stated(versions, indicator)
        before = _stated([row for row in versions if row.signed.at <= since], indicator) if since else now
        sentences = []
        if now and now[0] != (before[0] if before else ""):
            was = written(exact(before[0])) if before else "chưa có"
            sentences.append(f"Số liệu từ báo cáo đã thay đổi sau khi nộp bảng: {was} → {written(exact(now[0]))}.")
        if now and not policies.is_handed_in(now[1].report):
            sentences.append("Báo cáo nguồn đang được sửa.")
        if sentences:
            found[key] = sentences
    return found


def linked(text: CriteriaText) -> dict[str, str]:
    """The targets of the covenant whose results criteria ask for, by key of the criterion."""
    return {row.key: row.indicator_key for row in text.leaves if row.indicator_key and "actual" in row.read_rule().facts}


def _in_order(campaign: Campaign, units: Iterable[int]) -> list[ReportVersion]:
    """Signed versions, each after all that it goes before: the interim report's, then the final one's, as they were signed."""
    kinds = FEEDING[Period(campaign.period)]
    rows = _signed(campaign, units).select_related("signed", "report__period__bloc_year")
    return sorted(rows, key=lambda row: (kinds.index(PeriodKind(row.report.period.kind)), row.report_id, row.number))


def _signed(campaign: Campaign, units: Iterable[int]) -> QuerySet[ReportVersion]:
    return ReportVersion.objects.filter(
        signed__isnull=False,
        report__period__bloc_year=campaign.bloc_year_id,
        report__period__kind__in=FEEDING[Period(campaign.period)],
        report__unit__in=list(units),
    )


def _stated(versions: Iterable[ReportVersion], indicator: str) -> tuple[str, ReportVersion] | None:
    """The figure that holds among these versions, and the version that says it."""
    newest = {version.report_id: version for version in versions}
    found = [(values[indicator], version) for version in newest.values() if indicator in (values := _values(version.content))]
    return found[-1] if found else None


def _values(content: str) -> dict[str, str]:
    return {figure.key: figure.actual for figure in report_of(content).figures if figure.actual}


def _source(row: Row) -> str:
    title = title_of(row["kind"], row["name"], row["year"])
    return f"Báo cáo {title[:1].lower()}{title[1:]}, bản {row['number']}"
