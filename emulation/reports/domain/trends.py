"""Which signed reports tell of the years of a bloc or of a unit, among those that the actor may read."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import QuerySet

from emulation.organisation.actors import Actor
from emulation.organisation.models import Unit
from emulation.reports.enums import HANDED_IN, BlocReportState, PeriodKind
from emulation.reports.models import BlocReport, BlocReportVersion, Report, ReportVersion
from emulation.reports.texts import report_of
from emulation.reports.trends import YearReport

_KINDS = (PeriodKind.FINAL, PeriodKind.INTERIM)


class BlocChoice(NamedTuple):
    """A bloc with a report that counts, by the newest of its names."""

    pk: int
    name: str


class _Told(NamedTuple):
    """A version, and what it tells of."""

    pk: int
    kind: str
    year: int


def bloc_reports(actor: Actor) -> QuerySet[BlocReport]:
    """Interim and final reports of blocs that are sent and not given back, for who may read them."""
    return BlocReport.objects.visible_to(actor).filter(state=BlocReportState.SENT, period__kind__in=_KINDS)


def unit_reports(actor: Actor, bloc: int) -> QuerySet[Report]:
    """Those of units that are handed in and stand, in any year of this bloc."""
    return Report.objects.visible_to(actor).filter(state__in=HANDED_IN, period__kind__in=_KINDS, period__bloc_year__bloc=bloc)


def blocs(actor: Actor) -> list[BlocChoice]:
    """The blocs of which the actor may read any such report, by name."""
    of_units = Report.objects.visible_to(actor).filter(state__in=HANDED_IN, period__kind__in=_KINDS)
    names: dict[int, str] = {}
    for rows in (bloc_reports(actor), of_units):
        known = rows.order_by("period__bloc_year__year").values_list("period__bloc_year__bloc", "period__bloc_year__name")
        names |= dict(known.distinct())
    return sorted((BlocChoice(pk, name) for pk, name in names.items()), key=lambda row: row.name)


def units(actor: Actor, bloc: int) -> list[Unit]:
    """The units of this bloc of which the actor may read any such report."""
    return sorted(Unit.objects.filter(pk__in=unit_reports(actor, bloc).values("unit")).prefetch_related("names"), key=str)


def of_bloc(actor: Actor, bloc: int) -> list[YearReport]:
    """The bloc's years by its newest sent versions."""
    rows = bloc_reports(actor).filter(period__bloc_year__bloc=bloc, versions__sent__isnull=False)
    told = _chosen(rows.order_by("versions__number").values_list("versions", "period__kind", "period__bloc_year__year"))
    return _read(told, BlocReportVersion.objects.in_bulk([row.pk for row in told]))


def of_unit(actor: Actor, bloc: int, unit: int) -> list[YearReport]:
    """The unit's years by its newest signed versions."""
    rows = unit_reports(actor, bloc).filter(unit=unit, versions__signed__isnull=False)
    told = _chosen(rows.order_by("versions__number").values_list("versions", "period__kind", "period__bloc_year__year"))
    return _read(told, ReportVersion.objects.in_bulk([row.pk for row in told]))


def _chosen(rows: Iterable[tuple[int, str, int]]) -> list[_Told]:
    """One version a year: the newest of the final report, else of the interim one. `rows` come oldest first."""
    found: dict[int, _Told] = {}
    for row in (_Told(*row) for row in rows):
        if row.kind == PeriodKind.FINAL or row.year not in found or found[row.year].kind == PeriodKind.INTERIM:
            found[row.year] = row
    return list(found.values())


def _read(told: list[_Told], versions: dict[int, BlocReportVersion] | dict[int, ReportVersion]) -> list[YearReport]:
    return [YearReport(row.year, row.kind == PeriodKind.FINAL, report_of(versions[row.pk].content)) for row in told]
