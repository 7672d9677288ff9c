"""By how many days the report of a campaign's period came late, as a fact of scoring. Extensions and repairs are in it already."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import F
from django.db.models.functions import Coalesce

from emulation.lib import clock
from emulation.reports.enums import PeriodKind
from emulation.reports.models import Report
from emulation.reports.models.periods import extended_to, title_of
from emulation.reports.models.reports import days_late
from scoring.domain.facts import Asking, Fact, Known, Row, moment
from scoring.enums import Period
from scoring.models import Campaign
from scoring.rules.tallies import OF_FINAL, OF_INTERIM, OF_PERIOD
from scoring.texts import CriteriaText

_OF = {Period.INTERIM: PeriodKind.INTERIM, Period.YEAR: PeriodKind.FINAL}


def late(campaign: Campaign, text: CriteriaText, units: Collection[int]) -> Asking | None:
    """Days late of the report that each criterion names: that of the period scored (interim, for a year final) or one by its name.

    Nothing is said before the report was handed in or its due day has passed.
    """
    asking = {leaf.key: leaf.rule.get("document", OF_PERIOD) for leaf in text.leaves if leaf.rule_type == "late"}
    named = {OF_PERIOD: _OF[Period(campaign.period)], OF_INTERIM: PeriodKind.INTERIM, OF_FINAL: PeriodKind.FINAL}
    leaves = {key: named[document] for key, document in asking.items() if document in named}
    if not leaves:
        return None

    def read(rows: Sequence[Row]) -> Known:
        told = {(row["kind"], row["unit"]): fact for row in rows if (fact := _told(row))}
        return {
            (key, unit): {"days_late": fact} for key, kind in leaves.items() for (of, unit), fact in told.items() if of == kind
        }

    asked = Report.objects.filter(
        period__bloc_year=campaign.bloc_year_id, period__kind__in=set(leaves.values()), unit__in=list(units)
    )
    columns = {
        "unit": F("unit_id"),
        "came": F("first_submitted_at"),
        "due": Coalesce(extended_to(), F("period__due_on")),
        "kind": F("period__kind"),
        "name": F("period__name"),
        "year": F("period__bloc_year__year_id"),
    }
    return Asking(asked, columns, read)


def _told(row: Row) -> Fact | None:
    came, due = moment(row["came"]) if row["came"] else None, date.fromisoformat(row["due"])
    if came is None and due >= clock.today():
        return None
    title = title_of(row["kind"], row["name"], row["year"])
    said = f"nộp ngày {clock.local(came):%d/%m/%Y}" if came else "chưa nộp"
    return Fact(str(days_late(came, due)), f"Báo cáo {title[:1].lower()}{title[1:]}: {said}, hạn {due:%d/%m/%Y}")
