"""A unit that is renamed, dissolved, merged or moved to another bloc while the bloc scores: nothing breaks, nothing is lost."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from blocs.domain import blocs
from blocs.domain.blocs import SeatPlan
from emulation.lib import clock
from emulation.organisation.domain import units
from scoring.domain import runs, standings
from scoring.domain.campaigns import move_on, step_back, withdraw_unit
from scoring.domain.runs import Result
from scoring.enums import Layer, Phase
from scoring.models import Sheet, Snapshot
from tests import builders
from tests.scoring import campaigns
from tests.scoring.exported import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper"), pytest.mark.any_database]

# While units score themselves, and when everything is in.
PHASES = [Phase.SELF, Phase.RATIFY]


def opened(made, *more) -> list[str]:
    """Everybody opens every page of the campaign; what answers with an error."""
    addresses = [
        reverse("campaigns"),
        reverse("home"),
        reverse("board"),
        reverse("calendar"),
        reverse("bloc", args=[made.bloc.bloc_year.pk]),
    ]
    addresses += [
        reverse(name, args=[made.pk])
        for name in ("campaign", "explanations", "standings", "campaign_dates", "campaign_withdraw", "campaign_renew")
    ]
    addresses += [reverse("standings", args=[made.pk]) + f"?xem={tab}" for tab in ("lop", "nhom", "khoi", "nam")]
    sheets = Sheet.objects.filter(campaign=made.pk)
    one_of_each_layer = {row.layer: row for row in sheets.order_by("-pk")}.values()
    addresses += [reverse("sheet", args=[row.pk]) for row in sheets]
    addresses += [reverse("sheet_cell", args=[row.pk, made.leaf("3").key]) for row in one_of_each_layer]
    addresses += [reverse("standings_unit", args=[made.pk, unit]) for unit in sheets.values_list("unit", flat=True).distinct()]
    addresses += [reverse("standings_signing", args=[row.pk]) for row in Snapshot.objects.filter(campaign=made.pk)]
    wrong = []
    for actor in [*made.commanders, made.office, builders.director(), *more]:
        client = Client(raise_request_exception=False)
        client.force_login(actor.user)
        for address in addresses:
            status = client.get(address).status_code
            if status not in (200, 302, 403, 404):
                wrong.append(f"{address} as {actor.label}: {status}")
    return wrong


def dissolve(made, actor):
    units.end(actor.unit, actor=made.office, last_day=clock.today() - timedelta(days=1))


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("who", ["leader", "member"])
def test_dissolved(phase, who):
    made = campaigns.campaign(phase)
    gone = made.leader if who == "leader" else made.members[0]
    dissolve(made, gone)
    if phase == Phase.RATIFY:
        runs.compute(made.row, actor=made.office)
    assert opened(made) == []


@pytest.mark.parametrize("phase", [Phase.CONSOLIDATE, Phase.APPRAISE])
def test_another_leader(phase):
    """Who consolidates is another unit now: one step back and on again, the bloc goes on."""
    made = campaigns.campaign(phase)
    old, new = made.leader, made.deputy
    seats = [SeatPlan(new.unit, "leader"), SeatPlan(old.unit, "deputy"), SeatPlan(made.members[0].unit)]
    blocs.change(made.bloc.bloc_year, builders.plan(seats), actor=made.office)
    made.bloc.bloc_year.refresh_from_db()
    made = campaigns.CampaignCast(made.pk, builders.BlocCast(made.row.bloc_year, made.office, made.commanders))
    assert opened(made) == []
    step_back(made.row, actor=made.office, reason="Đổi khối trưởng.")
    while made.row.phase != Phase.APPRAISE:
        if made.row.phase in (Phase.CONSOLIDATE, Phase.REPLY):
            made.hand_in(Layer.CONSOLIDATED)
        move_on(made.row, actor=made.office)
    rows = Sheet.objects.filter(campaign=made.pk, layer=Layer.CONSOLIDATED)
    assert {row.unit_id: row.scorer_id for row in rows} == {row.unit_id: made.row.consolidator_of(row.unit_id).pk for row in rows}
    assert opened(made) == []


@pytest.mark.parametrize("phase", PHASES)
def test_a_seat_goes_to_another_unit(phase):
    made = campaigns.campaign(phase)
    if phase == Phase.RATIFY:
        runs.compute(made.row, actor=made.office)
    gone, come = made.members[0], builders.commander(builders.unit("Mới Về"))
    seats = [SeatPlan(made.leader.unit, "leader"), SeatPlan(made.deputy.unit, "deputy"), SeatPlan(come.unit)]
    blocs.change(made.bloc.bloc_year, builders.plan(seats), actor=made.office)
    changed = campaigns.CampaignCast(
        made.pk, builders.BlocCast(made.row.bloc_year, made.office, [made.leader, made.deputy, come])
    )
    assert opened(changed, gone) == []
    if phase == Phase.RATIFY:
        runs.compute(changed.row, actor=changed.office)
        assert opened(changed, gone) == []


def test_dissolved_and_withdrawn_keeps_its_points_without_a_rank():
    made = campaigns.campaign(Phase.RATIFY)
    gone = made.members[0]
    before = Result(runs.compute(made.row, actor=made.office)).official.units[str(gone.unit_id)]
    dissolve(made, gone)
    withdraw_unit(made.row, gone.unit, actor=made.office, since=clock.today(), reason="Sáp nhập.")
    after = Result(runs.compute(made.row, actor=made.office)).official.units
    assert (before.total, before.rank) == (after[str(gone.unit_id)].total, 3)
    assert after[str(gone.unit_id)].rank is None
    assert sorted(row.rank for row in after.values() if row.rank) == [1, 2]
    assert opened(made) == []


@pytest.mark.usefixtures("real_paper")
def test_published_under_the_name_of_the_day_and_shown_under_todays():
    builders.demonstration()
    made = campaigns.campaign(Phase.RATIFY)
    member = made.members[0]
    snapshot = standings.prepare(made.row, actor=made.leader)
    signing_round = standings.open_signing(snapshot, actor=made.leader)
    for slot, actor in zip(signing_round.slots.order_by("number"), (made.leader, made.deputy), strict=True):
        builders.sign(slot, actor=actor)
    old, tomorrow = member.unit.name, clock.now() + timedelta(days=1)
    units.rename(
        member.unit,
        actor=made.office,
        name="Công an phường Tên Mới",
        short_name="Tên Mới",
        valid_from=clock.local(tomorrow).date(),
    )
    with clock.at(tomorrow):
        client = Client()
        client.force_login(made.leader.user)
        screen = client.get(reverse("standings", args=[made.pk])).content.decode()
        pdf = client.get(reverse("standings_pdf", args=[snapshot.pk]))
    assert "Tên Mới" in screen
    text = words(b"".join(pdf) if pdf.streaming else pdf.content)
    assert old in text
    assert "Tên Mới" not in text
