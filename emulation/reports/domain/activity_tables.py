"""Joint activities where others take them from: the section of reports, and criteria that they count for. Always Vietnamese."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import F
from django.urls import reverse
from django.utils import translation

from emulation.reports.domain.material import Rows
from emulation.reports.enums import PeriodKind
from emulation.reports.models import Activity, ReportPeriod
from emulation.reports.models.activities import ActivityQuerySet
from scoring.domain.facts import Asking, Fact, Ground, Known, Row
from scoring.enums import Period
from scoring.models import Campaign
from scoring.rules.numbers import written
from scoring.texts import CriteriaText

HEAD = ("Thời gian, địa điểm", "Hoạt động", "Đơn vị chủ trì, tham gia", "Kết quả")


def rows(period: ReportPeriod, unit_id: int | None) -> Rows:
    """The activities that a unit hosted or took part in, all of them for the bloc: of the first half-year, or of the year.

    The last row adds them up. One query.
    """
    found = Activity.objects.filter(bloc_year=period.bloc_year_id, removed_at=None).order_by("held_on", "pk")
    if period.kind == PeriodKind.INTERIM:
        found = found.filter(held_on__month__lte=6)
    if unit_id is not None:
        found = found.of_unit(unit_id)
    activities: dict[int, Activity] = {}
    who: dict[int, set[int]] = defaultdict(set)
    for joint, unit in ((joint, joint.__dict__["with_unit"]) for joint in found.annotate(with_unit=F("units"))):
        activities[joint.pk] = joint
        who[joint.pk] |= {joint.host_id, unit or joint.host_id}
    if not activities:
        return []
    with translation.override("vi"):
        names = {seat.unit_id: seat.unit.short_name for seat in period.bloc_year.ordered_seats}
        return [HEAD, *(_row(row, names, who[row.pk]) for row in activities.values()), _sum(activities.values())]


_COLUMNS = {
    "pk": F("pk"),
    "key": F("criterion"),
    "title": F("title"),
    "day": F("held_on"),
    "host": F("host_id"),
    "unit": F("units"),
}


def counted(campaign: Campaign, text: CriteriaText, units: Collection[int]) -> Asking | None:
    """How many activities a unit hosted or took part in, for each criterion that counts things and that some activity names.

    Then every unit of the bloc has its number, also 0.
    """
    leaves = {leaf.key for leaf in text.leaves if leaf.rule_type == "count"}
    if not leaves:
        return None

    def read(rows: Sequence[Row]) -> Known:
        known = {}
        for key in {row["key"] for row in rows}:
            named = [row for row in rows if row["key"] == key]
            for unit in units:
                # A row for each unit that took part: those that it hosted come several times.
                own = {row["pk"]: row for row in named if unit in (row["host"], row["unit"])}.values()
                known[str(UUID(key)), unit] = {"count": Fact(str(len(own)), f"Hoạt động chung của khối: {_listed(own)}")}
        return known

    found = Activity.objects.filter(bloc_year=campaign.bloc_year_id, removed_at=None, criterion__in=leaves)
    return Asking(_in_period(found, campaign), _COLUMNS, read)


def grounds(campaign: Campaign, unit_id: int, key: str) -> list[Ground]:
    """The activities of a unit that were told to speak for a criterion. Two queries."""
    named = _in_period(Activity.objects.filter(bloc_year=campaign.bloc_year_id, removed_at=None, criterion=key), campaign)
    own = named.of_unit(unit_id).order_by("held_on", "pk")
    return [Ground(f"{row.title} ({' – '.join(row.days)})", reverse("activity", args=[row.pk])) for row in own]


def _in_period(found: ActivityQuerySet, campaign: Campaign) -> ActivityQuerySet:
    """The activities of the half-year or of the year that a campaign scores."""
    if campaign.period != Period.INTERIM:
        return found
    return found.filter(held_on__month__lte=6)


def _listed(own: Collection[Row]) -> str:
    newest = sorted(own, key=lambda row: (row["day"], row["pk"]), reverse=True)
    titles = [f"“{row['title']}” ({date.fromisoformat(row['day']):%d/%m/%Y})" for row in newest[:5]]
    return "; ".join(titles) + ("…" if len(own) > len(titles) else "") if titles else "chưa tham gia hoạt động nào"


def _row(row: Activity, names: dict[int, str], units: Collection[int]) -> tuple[str, ...]:
    others = [name for unit, name in names.items() if unit in units and unit != row.host_id]
    who = f"Chủ trì: {names.get(row.host_id, '')}" + (f"; tham gia: {', '.join(others)}" if others else "")
    when = " – ".join(row.days) + (f", {row.place}" if row.place else "")
    return when, f"{row.get_kind_display()}: {row.title}", who, "; ".join(results(row)) or row.text[:300]


def results(row: Activity) -> Iterator[str]:
    """What an activity came to: money, works, people."""
    if row.money:
        yield f"{written(Decimal(row.money))} đồng"
    if row.works:
        yield row.works
    if row.people:
        yield f"{written(Decimal(row.people))} người"


def _sum(activities: Collection[Activity]) -> tuple[str, ...]:
    money, people = sum(row.money or 0 for row in activities), sum(row.people or 0 for row in activities)
    told = [f"{written(Decimal(money))} đồng"] if money else []
    told += [f"{written(Decimal(people))} lượt người"] if people else []
    return "Cộng", f"{len(activities)} hoạt động", "", "; ".join(told)
