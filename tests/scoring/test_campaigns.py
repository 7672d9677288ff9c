"""Campaigns: who opens them, how they go from phase to phase, what is locked, who leaves."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from blocs.enums import SeatRole
from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.records.models import AuditEntry
from scoring.domain import campaigns as verbs
from scoring.domain import sheets
from scoring.enums import Layer, Phase, SheetState
from scoring.models import Entry, Sheet, Withdrawal
from tests import builders
from tests.scoring import campaigns

pytestmark = pytest.mark.django_db


def test_every_unit_gets_its_own_sheet():
    made = campaigns.campaign()
    rows = made.row.sheets.all()
    assert {(row.unit_id, row.layer, row.scorer_id, row.state) for row in rows} == {
        (actor.unit_id, Layer.SELF, actor.unit_id, SheetState.OPEN) for actor in made.commanders
    }


def test_once_a_period():
    made = campaigns.campaign()
    with pytest.raises(ValidationError, match="đã mở đợt chấm điểm"):
        verbs.open_campaign(made.bloc.bloc_year, made.row.criteria_set, actor=made.leader, dates={})


def test_a_member_does_not_open_it():
    cast = builders.bloc(3)
    campaigns.adopted(cast)
    with pytest.raises(Refused, match="Chỉ đơn vị khối trưởng"):
        verbs.open_campaign(cast.bloc_year, None, actor=cast.members[0], dates={})


def test_not_before_the_criteria_were_adopted():
    cast = builders.bloc(3)
    with pytest.raises(Refused, match="chưa thông qua"):
        verbs.open_campaign(cast.bloc_year, None, actor=cast.leader, dates={})


@pytest.mark.parametrize(("first", "second", "phase"), [(5, 3, Phase.CROSS), (-1, 3, Phase.SELF)])
def test_days_follow_each_other_and_are_not_over(first, second, phase):
    days = {Phase.SELF: clock.today() + timedelta(days=first), Phase.CROSS: clock.today() + timedelta(days=second)}
    with pytest.raises(ValidationError) as error:
        verbs.check_dates(days)
    assert list(error.value.message_dict) == [phase]


def test_through_all_phases():
    made = campaigns.campaign(Phase.RATIFY)
    moved = AuditEntry.objects.filter(stream__key=made.row.stream, event="campaign_moved").order_by("seq")
    assert [row.data["after"] for row in moved] == ["cross", "consolidate", "reply", "appraise", "ratify"]
    assert {row.state for row in made.row.sheets.all()} == {SheetState.LOCKED}
    with pytest.raises(Refused, match="khối trưởng và khối phó ký đủ"):
        verbs.move_on(made.row, actor=made.leader)


def test_optional_phases_may_be_left_out():
    made = campaigns.campaign(Phase.RATIFY, without=(Phase.CROSS, Phase.REPLY))
    assert not made.row.sheets.filter(layer=Layer.CROSS).exists()


def test_the_leader_is_consolidated_by_the_deputy_and_the_others_by_the_leader():
    made = campaigns.campaign(Phase.CONSOLIDATE)
    found = {row.unit_id: row.scorer_id for row in made.row.sheets.filter(layer=Layer.CONSOLIDATED)}
    others = [made.deputy, *made.members]
    assert found == {made.leader.unit_id: made.deputy.unit_id} | {row.unit_id: made.leader.unit_id for row in others}


def test_without_a_deputy_the_office_consolidates_the_leader():
    made = campaigns.campaign(Phase.CONSOLIDATE, deputies=0)
    assert made.sheet(made.leader, Layer.CONSOLIDATED).scorer_id == made.office.unit_id


def test_with_several_deputies_the_first_in_order_does():
    made = campaigns.campaign(Phase.CONSOLIDATE, n=4, deputies=2)
    first = next(seat for seat in made.bloc.bloc_year.ordered_seats if seat.role == SeatRole.DEPUTY)
    assert made.sheet(made.leader, Layer.CONSOLIDATED).scorer_id == first.unit_id


def test_it_waits_until_the_bloc_has_consolidated():
    made = campaigns.campaign(Phase.CONSOLIDATE)
    with pytest.raises(Refused, match="Còn 3 bảng “Khối chấm” chưa nộp"):
        verbs.move_on(made.row, actor=made.leader)


def test_back_by_one_step_with_a_reason_and_nothing_is_lost():
    made = campaigns.campaign(Phase.REPLY)
    with pytest.raises(ValidationError):
        verbs.step_back(made.row, actor=made.leader, reason="  ")
    verbs.step_back(made.row, actor=made.leader, reason="Một đơn vị bổ sung số liệu.")
    assert made.row.phase == Phase.CONSOLIDATE
    own = made.sheet(made.leader)
    assert own.state == SheetState.SUBMITTED
    assert own.entries.count() == len(made.text.leaves)
    assert AuditEntry.objects.filter(stream__key=made.row.stream).latest("seq").data["reason"] == "Một đơn vị bổ sung số liệu."


def test_the_calendar_moves_on_what_is_ready_once():
    made = campaigns.campaign()
    made.score_self()
    with clock.at(clock.now() + timedelta(days=11)):
        assert [row.pk for row in verbs.move_due()] == [made.pk]
        assert verbs.move_due() == []
        assert made.row.phase == Phase.CROSS


def test_the_calendar_leaves_alone_what_is_not_ready():
    campaigns.campaign()
    with clock.at(clock.now() + timedelta(days=11)):
        assert verbs.move_due() == []


def test_a_unit_that_leaves_is_noted_by_the_office_once():
    made = campaigns.campaign()
    unit = made.members[0].unit
    for actor, error in ((made.leader, Refused), (made.office, None), (made.office, ValidationError)):
        if error:
            with pytest.raises(error):
                verbs.withdraw_unit(made.row, unit, actor=actor, since=clock.today(), reason="Sáp nhập.")
        else:
            verbs.withdraw_unit(made.row, unit, actor=actor, since=clock.today(), reason="Sáp nhập.")
    assert Withdrawal.objects.get().unit == unit


def test_the_database_keeps_the_rules():
    made = campaigns.campaign(Phase.CONSOLIDATE)
    own, other = made.sheet(made.leader), made.sheet(made.members[0], Layer.CONSOLIDATED)
    key, group = made.leaf("1").key, made.row.criteria_set.criteria.get(code="I").key
    forbidden = {
        "scores itself": lambda: Sheet.objects.create(
            campaign=made.row, unit=own.unit, layer=Layer.APPRAISED, scorer=own.unit, state="locked"
        ),
        "no reason": lambda: Entry.objects.create(sheet=other, key=key, state="entered", value={"yes": False}),
        "a group": lambda: Entry.objects.create(sheet=own, key=group),
        "not in the set": lambda: Entry.objects.create(sheet=own, key=uuid.uuid4()),
        "returned without a word": lambda: made.row.sheets.update(state="returned"),
    }
    for act in forbidden.values():
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_what_was_taken_back_while_units_explain_is_handed_in_first():
    made = campaigns.campaign(Phase.REPLY)
    sheet = made.sheet(made.members[0], Layer.CONSOLIDATED)
    sheets.send_back(sheet, actor=made.leader, reason="Cộng sai.")
    with pytest.raises(Refused, match="Còn 1 bảng"):
        verbs.move_on(made.row, actor=made.leader)
    made.submit(sheet)
    assert verbs.move_on(made.row, actor=made.leader).phase == Phase.APPRAISE


def test_a_step_back_finds_the_sheets_as_they_were():
    made = campaigns.campaign(Phase.CONSOLIDATE)
    accepted = sheets.accept(made.sheet(made.members[0]), actor=made.leader)
    returned = sheets.send_back(made.sheet(made.deputy), actor=made.leader, reason="Thiếu hồ sơ.")
    campaigns.leave(made)
    verbs.step_back(made.row, actor=made.leader, reason="Đơn vị bổ sung hồ sơ.")
    for row, state in ((accepted, SheetState.ACCEPTED), (returned, SheetState.RETURNED)):
        row.refresh_from_db()
        assert row.state == state
    with pytest.raises(Refused, match="chưa tiếp nhận"):
        sheets.send_back(accepted, actor=made.leader, reason="Sửa.")


def test_who_left_scores_no_peer_and_is_scored_by_none():
    made = campaigns.campaign(Phase.CROSS)
    gone = made.members[0]
    verbs.withdraw_unit(made.row, gone.unit, actor=made.office, since=clock.today(), reason="Sáp nhập.")
    for unit, by in ((made.deputy, gone), (gone, made.deputy)):
        with pytest.raises(Refused, match="đã rời khối"):
            made.submit(made.sheet(unit, Layer.CROSS, by))
