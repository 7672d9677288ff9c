"""Two people in the same moment: a campaign moves on once, a bloc is computed once, a result is published once."""

import pytest

from emulation.lib.verdict import Refused
from scoring.domain import campaigns as verbs
from scoring.domain import runs, standings
from scoring.enums import Phase, StandingState
from scoring.models import Run, Snapshot
from tests import builders
from tests.scoring import campaigns
from tests.signing.test_concurrency import together

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_moved_on_once():
    made = campaigns.campaign()
    made.score_self()
    seen = [made.row, made.row]
    together(
        lambda: verbs.move_on(seen[0], actor=made.leader),
        lambda: verbs.move_on(seen[1], actor=made.office),
    )
    assert made.row.phase == Phase.CROSS


def test_computed_once():
    made = campaigns.campaign(Phase.RATIFY)
    found = together(
        lambda: runs.compute(made.row, actor=made.leader),
        lambda: runs.compute(made.row, actor=made.office),
    )
    assert [type(row) for row in found] == [Run, Run]
    assert Run.objects.count() == 1


def test_brought_out_and_opened_once():
    builders.demonstration()
    made = campaigns.campaign(Phase.RATIFY)
    together(*[lambda: standings.prepare(made.row, actor=made.leader)] * 2)
    snapshot = Snapshot.objects.get()
    found = together(*[lambda: standings.open_signing(snapshot, actor=made.leader)] * 2)
    assert sorted(isinstance(row, Refused) for row in found) == [False, True]
    snapshot.refresh_from_db()
    assert snapshot.state == StandingState.SIGNING
