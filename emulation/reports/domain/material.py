"""What a unit's report is made of: what is typed, what the covenant promised, what last year's report said."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet, Value, prefetch_related_objects
from django.utils import translation

from blocs.domain.snapshots import canonical, lines
from blocs.enums import ClauseKind, ClausePart, Title
from blocs.models import Version
from blocs.texts import CovenantText, from_json
from emulation.reports.composing import Material, Plan, Typed, compose
from emulation.reports.domain.periods import outline_text
from emulation.reports.models import Report, ReportFile, ReportPeriod, ReportVersion
from emulation.reports.texts import FileLine, Item, ReportText, report_of
from scoring.domain import facts
from scoring.enums import FilledFrom
from scoring.report_texts import OutlineText

Rows = Sequence[Sequence[str]]
# What fills an automatic section with a table, by its source: rooms that know more register themselves.
_tables: dict[str, Callable[[ReportPeriod, int | None], Rows]] = {}


def register_table(source: str, rows: Callable[[ReportPeriod, int | None], Rows]) -> None:
    """Add what fills the sections of a source (`FilledFrom`): rows for a period and a unit (None: the bloc), the head first.

    None when there is nothing.
    """
    _tables[source] = rows


def tables_of(period: ReportPeriod, unit_id: int | None) -> dict[str, Rows]:
    """What fills automatic sections with tables in the report of a unit, or of the bloc (None), by its source."""
    return {source: rows(period, unit_id) for source, rows in _tables.items()}


@dataclass(frozen=True)
class Before:
    """What was said before: the covenant as agreed on, and the figures of last year's report by key."""

    covenant: CovenantText | None
    last_year: Mapping[str, str]


def text_of(report: Report, outline: OutlineText | None = None, *, before: Before | None = None) -> ReportText:
    """The report as it stands now, always in Vietnamese; about seven queries. `before` where somebody has it."""
    period = report.period
    with translation.override("vi"):
        sections = compose(outline or outline_text(period.outline), material_of(report, before))
        return ReportText(
            title=title_of(period),
            author=report.unit.name,
            addressed_to=tuple(lines(report.addressed_to)),
            recipients=tuple(lines(report.recipients)),
            sections=tuple(sections),
        )


def title_of(period: ReportPeriod) -> str:
    """ "Báo cáo sơ kết 6 tháng đầu năm 2020"; another report has its name."""
    return period.title if period.name else f"Báo cáo {period.title[:1].lower()}{period.title[1:]}"


def material_of(report: Report, before: Before | None = None) -> Material:
    """Everything besides the outline."""
    files = ReportFile.objects.select_related("revision")
    prefetch_related_objects([report], "written", "figures", Prefetch("files", files))
    before = before or said_before(report)
    covenant = before.covenant
    return Material(
        texts={(str(row.section), row.item): row.text for row in report.written.all()},
        figures={str(row.key): Typed(canonical(row.actual), canonical(row.last_year), row.note) for row in report.figures.all()},
        plans=plans(covenant, report.unit_id),
        commitments=commitments(covenant),
        last_year=before.last_year,
        tables={FilledFrom.TITLES: _titles(covenant, report.unit_id), **tables_of(report.period, report.unit_id)},
        files=_files(report),
    )


def plans(covenant: CovenantText | None, unit_id: int) -> list[Plan]:
    """The unit's targets, else the bloc's, in the order of the covenant."""
    return [
        Plan(row.key, row.name, row.measure, row.direction, row.unit_values.get(str(unit_id)) or row.bloc_value)
        for row in (covenant.indicators if covenant else [])
    ]


def commitments(covenant: CovenantText | None) -> list[Item]:
    """What the units promised, clause by clause, with the words of the covenant."""
    clauses = covenant.clauses if covenant else []
    own = [row for row in clauses if row.kind == ClauseKind.CLAUSE and row.part == ClausePart.BODY]
    return [Item(row.key, row.heading or row.text.splitlines()[0][:120], row.text) for row in own if row.heading or row.text]


def said_before(report: Report) -> Before:
    """The covenant, and what the unit's signed report of the same period said a year before; a renamed figure keeps its key.

    One query.
    """
    covenant = Version.objects.filter(pk__in=facts.agreed_versions(report.period.bloc_year_id).values("pk")[:1])
    last_year = ReportVersion.objects.filter(pk__in=_last_year(report).values("pk")[:1])
    parts = [
        rows.order_by().annotate(said=Value(name)).values_list("said", "content")
        for name, rows in (("covenant", covenant), ("last_year", last_year))
    ]
    found = dict(parts[0].union(parts[1], all=True))
    figures = report_of(found["last_year"]).figures if "last_year" in found else ()
    return Before(
        from_json(found["covenant"]) if "covenant" in found else None,
        {figure.key: figure.actual for figure in figures if figure.actual},
    )


def _last_year(report: Report) -> QuerySet[ReportVersion]:
    return ReportVersion.objects.filter(
        signed__isnull=False,
        report__unit=report.unit_id,
        report__period__kind=report.period.kind,
        report__period__name=report.period.name,
        report__period__bloc_year__year=report.period.bloc_year.year_id - 1,
    ).order_by("-signed__pk")


def signed_version(report: Report) -> ReportVersion | None:
    """The newest version that was signed."""
    return report.versions.filter(signed__isnull=False).order_by("-number").first()


def signed_versions(report: Report) -> QuerySet[ReportVersion]:
    """The versions that were signed, the newest first."""
    return report.versions.filter(signed__isnull=False).select_related("signed").order_by("-number")


def presented_version(report: Report) -> ReportVersion | None:
    """The newest version, whether it was signed or waits for it."""
    return report.versions.order_by("-number").first()


def _titles(covenant: CovenantText | None, unit_id: int) -> Rows:
    own = next((row for row in (covenant.registrations if covenant else []) if row.unit_id == str(unit_id)), None)
    return [("Danh hiệu đã đăng ký",), *((str(Title(title).label),) for title in own.titles)] if own else []


def _files(report: Report) -> Mapping[str, list[FileLine]]:
    found: dict[str, list[FileLine]] = defaultdict(list)
    for row in report.files.all():
        if row.removed_at is None:
            found[str(row.section)].append(FileLine(row.name, row.revision.sha256))
    return found
