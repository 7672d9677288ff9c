"""Tell those whose score sheet took figures from a report that the report is being mended, or came anew."""

from django.urls import reverse

from emulation.inbox.domain import notices
from emulation.organisation.actors import Actor
from emulation.reports.domain.actuals import FEEDING, linked
from emulation.reports.enums import PeriodKind
from emulation.reports.models import Report
from scoring.domain.reading import sealed_text
from scoring.enums import Layer, Period, Phase
from scoring.models import Sheet
from scoring.models.sheets import SUBMITTED


def tell_fed(report: Report, words: str, *, actor: Actor) -> None:
    """The unit, the leader, who consolidates, and the office hear of it, without a figure: for each sheet in that is not published."""
    periods = [period for period, kinds in FEEDING.items() if PeriodKind(report.period.kind) in kinds]
    fed = Sheet.objects.full().filter(
        unit=report.unit_id,
        layer=Layer.SELF,
        state__in=SUBMITTED,
        campaign__bloc_year=report.period.bloc_year_id,
        campaign__period__in=[Period(period) for period in periods],
    )
    for sheet in fed.exclude(campaign__phase=Phase.PUBLISHED):
        if not linked(sealed_text(sheet.campaign.criteria_set)):
            continue
        said = f"{sheet.campaign.title}: {words} Đồng chí xem lại các tiêu chí lấy số liệu từ báo cáo này."
        except_users = {actor.user_id}
        notices.tell_units([report.unit_id], said, path=reverse("sheet", args=[sheet.pk]), except_users=except_users)
        above = Sheet.objects.filter(campaign=sheet.campaign_id, unit=report.unit_id, layer=Layer.CONSOLIDATED)
        bloc_year = report.period.bloc_year
        others = {*above.values_list("scorer", flat=True), bloc_year.leader.unit_id, bloc_year.bloc.standing_office_id}
        others.discard(report.unit_id)
        notices.tell_units(others, said, path=reverse("campaign", args=[sheet.campaign_id]), except_users=except_users)
