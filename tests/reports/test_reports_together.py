"""Two in the same moment, on PostgreSQL with real locks: who presses twice does it once, and nobody signs what is being taken back."""

import pytest
from django.core.exceptions import ValidationError

from emulation.lib.verdict import Refused
from emulation.orders.domain import prints
from emulation.orders.models import PrintOrder
from emulation.reports.domain import bloc_reports, bloc_signing, periods
from emulation.reports.enums import BlocReportState, PeriodKind, ReportState
from emulation.reports.models import BlocReport, ReportPeriod
from tests import builders
from tests.reports import casts
from tests.signing.test_concurrency import together

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("quick_paper")]


def test_a_print_asked_for_twice_at_once_is_one(settings, tmp_path):
    settings.EXPORTS_DIR = tmp_path
    actor = builders.commander(builders.unit())
    html = "<html lang=vi><head><title>Báo cáo</title></head><body><p>Kết quả</p></body></html>"
    found = together(*[lambda: prints.ask(html, actor=actor, title="Báo cáo", file_name="bao-cao", back="/bao-cao/")] * 4)
    assert {row.pk for row in found} == {PrintOrder.objects.get().pk}


def test_a_period_opened_twice_at_once_is_one():
    bloc = casts.bloc_with_outline()
    given = {"actor": bloc.leader, "kind": PeriodKind.INTERIM, "days": casts.days()}
    found = together(*[lambda: periods.open_period(bloc.bloc_year, **given)] * 3)
    assert sum(isinstance(row, ReportPeriod) for row in found) == 1
    assert sum(isinstance(row, ValidationError) for row in found) == 2


def test_opened_for_signing_or_given_back_never_both():
    made = casts.period()
    for actor in made.commanders:
        made.submit(actor)
    report = BlocReport.objects.full().get(period=made.pk)
    bloc_reports.gather(report, actor=made.leader)
    bloc_reports.check(report, actor=made.deputy)
    member = made.members[0]
    found = together(lambda: bloc_signing.open_signing(report, actor=made.leader), lambda: made.give_back(member))
    assert sum(isinstance(row, (Refused, ValidationError)) for row in found) == 1
    report.refresh_from_db()
    states = report.state, made.report(member).state
    assert states in {(BlocReportState.SIGNING, ReportState.SUBMITTED), (BlocReportState.CHECKED, ReportState.RETURNED)}
