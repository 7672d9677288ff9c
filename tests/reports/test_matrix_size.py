"""The board of a whole province: 15 blocs, 105 units, thirteen obligations. `pytest -s` prints what it took; see docs/performance.md."""

import sys
import time
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from blocs.models import BlocYear
from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.reports.enums import PeriodKind
from emulation.reports.models import BlocReport, Report, ReportPeriod
from scoring.enums import Layer, Period, Phase
from scoring.models import Campaign, CampaignPhase, Sheet
from tests import builders
from tests.pages.test_queries import MOST, questions
from tests.reports import casts
from tests.scoring import campaigns

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("usual_garbage")]
BLOCS, UNITS = 15, 7


def province() -> Actor:
    """Fifteen blocs with reports of three periods and two campaigns, as rows: only where everything stands counts here."""
    first = casts.period(n=UNITS)
    scored = campaigns.campaign(of=first.bloc)
    blocs = [first.bloc, *(builders.bloc(n=UNITS) for _ in range(BLOCS - 1))]
    for cast in blocs:
        _oblige(BlocYear.objects.full().get(pk=cast.bloc_year.pk), first.row, scored.row)
    return first.office


def _oblige(bloc: BlocYear, period: ReportPeriod, campaign: Campaign) -> None:
    today = clock.today()
    days = {"opens_on": today - timedelta(days=20), "due_on": today - timedelta(days=1), "bloc_due_on": today + timedelta(days=9)}
    for kind, name in ((PeriodKind.INTERIM, ""), (PeriodKind.FINAL, ""), (PeriodKind.OTHER, "Quý III")):
        known = ReportPeriod.objects.filter(bloc_year=bloc, kind=kind).first()
        made = known or ReportPeriod.objects.create(
            bloc_year=bloc, kind=kind, name=name, outline=period.outline, opened_by=period.opened_by, **days
        )
        if not known:
            Report.objects.bulk_create(Report(period=made, unit=seat.unit) for seat in bloc.ordered_seats)
            BlocReport.objects.create(period=made)
    for scored in Period:
        row, new = Campaign.objects.get_or_create(
            bloc_year=bloc,
            period=scored,
            defaults={"criteria_set": campaign.criteria_set, "opened_at": clock.now(), "opened_by": campaign.opened_by},
        )
        if not new:
            continue
        CampaignPhase.objects.bulk_create(
            CampaignPhase(campaign=row, phase=phase, closes_on=today + timedelta(days=place))
            for place, phase in enumerate((Phase.SELF, Phase.CROSS, Phase.CONSOLIDATE))
        )
        seats = [seat.unit for seat in bloc.ordered_seats]
        Sheet.objects.bulk_create(
            Sheet(campaign=row, unit=unit, scorer=scorer, layer=Layer.SELF if unit == scorer else Layer.CROSS)
            for unit in seats
            for scorer in seats
        )
        leader, deputy = seats[:2]
        Sheet.objects.bulk_create(
            Sheet(campaign=row, unit=unit, scorer=deputy if unit == leader else leader, layer=Layer.CONSOLIDATED)
            for unit in seats
        )


def test_a_province_is_shown_in_fifteen_questions() -> None:
    office, address = province(), reverse("obligations")
    assert questions(office, address) == MOST - 1
    client = Client()
    client.force_login(office.user)
    spent = []
    for _ in range(5):
        begun = time.process_time()
        answer = client.get(address)
        spent.append(time.process_time() - begun)
    assert len(answer.context["rows"]) == BLOCS * UNITS
    assert len(answer.context["columns"]) >= 12
    assert answer.content.decode().count('class="k-m-dot" aria-hidden') == sum(
        row.asked for row, _cells in answer.context["rows"]
    )
    sys.stdout.write(f"{BLOCS * UNITS} units x {len(answer.context['columns'])} obligations: {min(spent) * 1000:.0f} ms\n")
    assert min(spent) < 0.2
