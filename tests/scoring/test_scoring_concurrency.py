"""Two people in the same moment: a campaign moves on once, a bloc is computed once, a result is published once."""

from functools import partial

import pytest
from django.core.exceptions import ValidationError

from emulation.inbox.models import Notice
from emulation.lib.verdict import Refused
from emulation.records.domain import documents
from emulation.records.events import Event
from emulation.records.models import AuditEntry
from emulation.signing.domain import authorities
from emulation.signing.enums import RoundState, SlotState
from emulation.signing.inspection import inspect
from scoring.domain import campaigns as verbs
from scoring.domain import explanations, runs, sheets, standings
from scoring.enums import Layer, Phase, SheetState, StandingState
from scoring.models import Campaign, Explanation, Recusal, Run, Snapshot
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


def test_published_once_by_the_two_last_signatures():
    """Leader and deputy sign in the same moment: each finds his place, and exactly one of them is the last."""
    builders.demonstration()
    made = campaigns.campaign(Phase.RATIFY)
    snapshot = standings.prepare(made.row, actor=made.leader)
    signing_round = standings.open_signing(snapshot, actor=made.leader)
    slots = {slot.unit_id: slot for slot in signing_round.slots.select_related("round")}
    together(*[partial(builders.sign, slots[actor.unit_id], actor=actor) for actor in (made.leader, made.deputy)])
    snapshot.refresh_from_db()
    signing_round.refresh_from_db()
    assert (made.row.phase, snapshot.state, signing_round.state) == (
        Phase.PUBLISHED,
        StandingState.PUBLISHED,
        RoundState.COMPLETED,
    )
    assert [slot.state for slot in signing_round.slots.all()] == [SlotState.SIGNED] * 2
    assert AuditEntry.objects.filter(event=Event.STANDINGS_PUBLISHED).count() == 1
    told = Notice.objects.filter(recipient=made.members[0].user, text__contains="đã công bố kết quả xếp hạng")
    assert told.count() == 1
    assert len(inspect(documents.read(signing_round.current), roots=authorities.trusted_roots()).signatures) == 2


def test_brought_out_and_opened_once():
    builders.demonstration()
    made = campaigns.campaign(Phase.RATIFY)
    together(*[lambda: standings.prepare(made.row, actor=made.leader)] * 2)
    snapshot = Snapshot.objects.get()
    found = together(*[lambda: standings.open_signing(snapshot, actor=made.leader)] * 2)
    assert sorted(isinstance(row, Refused) for row in found) == [False, True]
    snapshot.refresh_from_db()
    assert snapshot.state == StandingState.SIGNING


def test_no_explanation_is_left_behind_by_the_phase():
    made = campaigns.campaign(Phase.REPLY)
    sheet, row = made.sheet(made.members[0], Layer.CONSOLIDATED), made.row
    found = together(
        lambda: explanations.send(sheet, made.leaf("2").key, actor=made.members[0], text="Có hồ sơ."),
        lambda: verbs.move_on(row, actor=made.leader),
    )
    assert sum(isinstance(row, Refused) for row in found) == 1, found
    assert Explanation.objects.exists() == (made.row.phase == Phase.REPLY)


def test_what_is_taken_back_is_not_locked_as_handed_in():
    made = campaigns.campaign(Phase.REPLY)
    sheet, row = made.sheet(made.members[0], Layer.CONSOLIDATED), made.row
    found = together(
        lambda: sheets.send_back(sheet, actor=made.leader, reason="Sửa một ô."),
        lambda: verbs.move_on(row, actor=made.leader),
    )
    assert sum(isinstance(row, Refused) for row in found) == 1, found
    sheet.refresh_from_db()
    assert (sheet.state == SheetState.RETURNED) == (made.row.phase == Phase.REPLY)


def test_recused_once():
    made = campaigns.campaign(Phase.CROSS)
    sheet = made.sheet(made.members[0], Layer.CROSS, made.leader)
    found = together(*[lambda: verbs.recuse(sheet, actor=made.leader, reason="Có người thân.")] * 2)
    assert sorted(isinstance(row, Refused) for row in found) == [False, True], found
    assert Recusal.objects.count() == 1


def test_opened_once():
    cast = builders.bloc(3, deputies=1)
    campaigns.adopted(cast)
    known, days = verbs.adopted_set(cast.bloc_year), dict.fromkeys(Phase)
    found = together(*[lambda: verbs.open_campaign(cast.bloc_year, known, actor=cast.leader, dates=days)] * 2)
    assert sorted(isinstance(row, ValidationError) for row in found) == [False, True], found
    assert Campaign.objects.count() == 1
