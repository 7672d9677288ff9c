"""Runs: every layer over the whole bloc, kept with its inputs, the same bytes again and again."""

import hashlib
import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from blocs.models import Version
from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.records.models import AuditEntry
from scoring.domain import campaigns as verbs
from scoring.domain import facts, runs
from scoring.domain.runs import OFFICIAL, Result
from scoring.enums import Layer, Phase
from scoring.models import Run
from tests.scoring import campaigns
from tests.scoring.test_sheet_pages import linked_to_the_covenant

pytestmark = pytest.mark.django_db


def test_all_layers_side_by_side():
    made = campaigns.campaign(Phase.APPRAISE)
    found = Result(runs.compute(made.row, actor=made.office))
    assert found.names == ["self", "cross", "consolidated", "appraised", "official"]
    assert len({tuple(sorted(found.totals(name).items())) for name in found.names}) == 1
    assert set(found.totals(OFFICIAL)) == {str(actor.unit_id) for actor in made.commanders}


def test_the_highest_layer_counts_and_peers_only_advise():
    made = campaigns.campaign(Phase.CROSS, n=4)
    member = made.members[0]
    for peer, points in zip([made.leader, made.deputy], ["30", "34"], strict=True):
        made.fill(made.sheet(member, Layer.CROSS, peer), "4", given_points=points)
    campaigns.leave(made)
    made.fill(made.sheet(member, Layer.CONSOLIDATED), "4", given_points="33")
    campaigns.leave(made)
    campaigns.leave(made)
    made.fill(made.sheet(member, Layer.APPRAISED), "4", given_points="32.5")
    found = Result(runs.compute(made.row, actor=made.office))
    key, unit = made.leaf("4").key, str(member.unit_id)
    points = {name: found.layer(name).units[unit].leaves[key].points for name in found.names}
    # Of three peers one agrees with 38: the median of 30, 34 and 38.
    assert points == {"self": "38", "cross": "34", "consolidated": "33", "appraised": "32.5", "official": "32.5"}
    layer = json.loads(found.run.inputs)["layers"][OFFICIAL]["cells"][unit]
    assert (layer[key]["layer"], layer[made.leaf("1").key]["layer"]) == ("appraised", "self")


def test_a_peer_who_did_not_hand_in_is_not_heard():
    made = campaigns.campaign(Phase.CROSS)
    member = made.members[0]
    made.fill(made.sheet(member, Layer.CROSS, made.leader), "4", given_points="1")
    made.submit(made.sheet(member, Layer.CROSS, made.deputy))
    verbs.move_on(made.row, actor=made.leader)
    for _ in range(2):
        campaigns.leave(made)
    found = Result(runs.compute(made.row, actor=made.office))
    assert found.totals(Layer.CROSS) == found.totals(Layer.SELF)
    assert not made.sheet(member, Layer.CROSS, made.leader).submitted_at


def test_facts_of_a_peer_are_counted_by_the_rule():
    made = campaigns.campaign(Phase.CROSS)
    member = made.members[0]
    for peer in (made.leader, made.deputy):
        made.fill(made.sheet(member, Layer.CROSS, peer), "2", target="100", actual="50")
    campaigns.leave(made)
    made.fill(made.sheet(member, Layer.CONSOLIDATED), "2", state="agreed")
    for _ in range(2):
        campaigns.leave(made)
    found = Result(runs.compute(made.row, actor=made.office))
    assert found.layer(Layer.CROSS).units[str(member.unit_id)].leaves[made.leaf("2").key].points == "7.5"


def test_provisional_until_everything_is_in():
    made = campaigns.campaign(Phase.APPRAISE)
    assert runs.compute(made.row, actor=made.office).is_provisional
    campaigns.leave(made)
    assert not runs.compute(made.row, actor=made.office).is_provisional


def test_the_same_inputs_make_no_other_run():
    made = campaigns.campaign(Phase.RATIFY)
    first = runs.compute(made.row, actor=made.office)
    assert runs.compute(made.row, actor=made.leader) == first
    assert (first.number, Run.objects.count()) == (1, 1)
    assert AuditEntry.objects.filter(event="standings_computed").count() == 1


def test_a_change_makes_another():
    made = campaigns.campaign(Phase.APPRAISE)
    first = runs.compute(made.row, actor=made.office)
    made.fill(made.sheet(made.deputy, Layer.APPRAISED), "4", given_points="20")
    second = runs.compute(made.row, actor=made.office)
    assert (second.number, second.result_sha256 != first.result_sha256) == (2, True)


def test_who_left_keeps_points_and_gets_no_rank():
    made = campaigns.campaign(Phase.APPRAISE)
    gone = made.members[0].unit
    verbs.withdraw_unit(made.row, gone, actor=made.office, since=clock.today(), reason="Quyết định số 12.")
    campaigns.leave(made)
    found = Result(runs.compute(made.row, actor=made.office))
    sheet = found.official.units[str(gone.pk)]
    assert (sheet.rank, Decimal(sheet.total) > 0, sheet.is_excluded) == (None, True, True)
    assert not found.run.is_provisional


def test_a_unit_that_left_without_a_sheet_holds_up_nobody():
    made = campaigns.campaign()
    gone = made.members[0]
    for actor in (made.leader, made.deputy):
        made.fill_all(made.sheet(actor))
        made.submit(made.sheet(actor))
    verbs.withdraw_unit(made.row, gone.unit, actor=made.office, since=clock.today(), reason="Quyết định số 12.")
    verbs.move_on(made.row, actor=made.leader)
    for _ in range(4):
        campaigns.leave(made)
    assert not runs.compute(made.row, actor=made.office).is_provisional


def test_who_may_not_is_refused():
    made = campaigns.campaign(Phase.APPRAISE)
    for actor, words in ((made.leader, "chưa được công bố"), (made.members[0], "Chỉ đơn vị khối trưởng")):
        with pytest.raises(Refused, match=words):
            runs.compute(made.row, actor=actor)
    assert not Run.objects.exists()


def test_every_stored_run_comes_about_again():
    made = campaigns.campaign(Phase.RATIFY)
    row = runs.compute(made.row, actor=made.office)
    assert list(runs.broken()) == []
    forged = row.result.replace('"rank":1', '"rank":7', 1)
    _forge(row, forged, row.result_sha256)
    assert list(runs.broken()) == [f"run {made.pk}/1: stored bytes do not have their hash"]
    _forge(row, forged, hashlib.sha256(forged.encode()).hexdigest())
    assert list(runs.broken()) == [f"run {made.pk}/1: the inputs do not give the stored result"]
    with pytest.raises(CommandError):
        call_command("verify_records")


def test_runs_of_another_engine_are_named():
    made = campaigns.campaign(Phase.RATIFY)
    row = runs.compute(made.row, actor=made.office)
    inputs = row.inputs.replace('"engine":"1"', '"engine":"0"')
    with _unguarded() as cursor:
        digest = hashlib.sha256(inputs.encode()).hexdigest()
        cursor.execute("UPDATE scoring_run SET inputs = %s, inputs_sha256 = %s WHERE id = %s", [inputs, digest, row.pk])
    assert "cannot be run again" in next(runs.broken())


def _forge(row: Run, result: str, digest: str) -> None:
    with _unguarded() as cursor:
        cursor.execute("UPDATE scoring_run SET result = %s, result_sha256 = %s WHERE id = %s", [result, digest, row.pk])


def _unguarded():
    """As somebody with the keys to the database would: without the guards of the table."""
    cursor = connection.cursor()
    if connection.vendor == "sqlite":
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'scoring_run'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
    else:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # or its rows of this transaction would still wait to be checked
        cursor.execute("ALTER TABLE scoring_run DISABLE TRIGGER USER")
    return cursor


def test_after_a_week_nothing_is_different():
    made = campaigns.campaign(Phase.RATIFY)
    first = runs.compute(made.row, actor=made.office)
    with clock.at(clock.now() + timedelta(days=7)):
        assert runs.compute(made.row, actor=made.office) == first


@pytest.mark.parametrize("phase", [Phase.APPRAISE, Phase.RATIFY])
def test_what_lost_a_fact_from_elsewhere_counts_as_empty(phase, monkeypatch):
    made = linked_to_the_covenant()
    while made.row.phase != phase:
        campaigns.leave(made)
    monkeypatch.setattr(facts, "agreed_versions", lambda _bloc_year: Version.objects.none())
    run = runs.compute(made.row, actor=made.office if phase == Phase.APPRAISE else made.leader)
    leaf = Result(run).official.units[str(made.leader.unit_id)].leaves[made.leaf("2").key]
    assert (run.is_provisional, leaf.is_open) == (True, True)
