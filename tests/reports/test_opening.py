"""When the leader is asked to open a period: an agreed outline, the season of the report, and no period of that kind yet."""

from datetime import date, datetime, time

import pytest
from django.test import Client
from django.urls import reverse

from emulation.inbox import dues
from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.reports.domain.opening import OPEN_PERIOD, season
from emulation.reports.enums import PeriodKind
from tests import builders
from tests.reports import casts


@pytest.mark.parametrize(
    ("day", "kind", "until"),
    [
        (date(2026, 5, 15), PeriodKind.INTERIM, date(2026, 6, 1)),
        (date(2026, 10, 14), PeriodKind.INTERIM, date(2026, 6, 1)),
        (date(2026, 10, 15), PeriodKind.FINAL, date(2026, 11, 1)),
        (date(2026, 12, 31), PeriodKind.FINAL, date(2026, 11, 1)),
    ],
)
def test_the_seasons(day: date, kind: PeriodKind, until: date):
    assert season(day) == (2026, kind, until)


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 5, 14)])
def test_in_spring_there_is_none(day: date):
    assert season(day) is None


def asked(actor: Actor) -> list[str]:
    """The kinds of period that the home page asks this actor to open."""
    client = Client()
    client.force_login(actor.user)
    return [task.title for task in client.get(reverse("home")).context["tasks"] if task.kind == OPEN_PERIOD]


def due(actor: Actor) -> list[dues.Due]:
    return [row for row in dues.of(actor) if row.subject.startswith("period:")]


def moment(month: int, day: int):
    """That day of the year in which the bloc was built."""
    zone = clock.local(clock.now()).tzinfo
    return clock.at(datetime.combine(date(clock.today().year, month, day), time(9), tzinfo=zone))


@pytest.mark.django_db
def test_the_leader_is_asked_once_the_season_has_come_and_until_the_period_is_open():
    with moment(6, 10):
        bloc = casts.bloc_with_outline.__wrapped__(3, None)
        leader = builders.again(bloc.leader)
        year = bloc.bloc_year.year_id
        assert asked(leader) == [f"Mở kỳ báo cáo: sơ kết 6 tháng đầu năm {year}"]
        assert asked(bloc.deputies[0]) == asked(bloc.members[0]) == []
        (row,) = due(bloc.office)
        assert (row.unit_id, row.day, due(leader), due(bloc.members[0])) == (leader.unit_id, date(year, 6, 1), [row], [])
        assert row.path_for(bloc.office.unit_id) == reverse("bloc", args=[bloc.bloc_year.pk])
        casts.period(of=bloc)
        assert (asked(leader), due(leader)) == ([], [])
    with moment(10, 20):
        assert asked(leader) == [f"Mở kỳ báo cáo: tổng kết năm {year}"]
        casts.period(PeriodKind.OTHER, of=bloc, name="Báo cáo chuyên đề")
        assert (asked(leader), due(leader)) == ([], [])
    with moment(12, 1):
        assert asked(leader) == [f"Mở kỳ báo cáo: tổng kết năm {year}"]
        casts.period(PeriodKind.FINAL, of=bloc)
        assert (asked(leader), due(leader)) == ([], [])


@pytest.mark.django_db
def test_nobody_is_asked_without_an_agreed_outline_or_out_of_season():
    with moment(6, 10):
        cast = builders.bloc.__wrapped__()
        assert (asked(cast.leader), due(cast.leader)) == ([], [])
        bloc = casts.bloc_with_outline.__wrapped__(3, None)
    with moment(3, 1):
        assert (asked(builders.again(bloc.leader)), due(bloc.leader)) == ([], [])
