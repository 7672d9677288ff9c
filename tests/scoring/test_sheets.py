"""The verbs of a sheet: who may fill in what in which phase, reasons, holes, late and given back."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.records.models import AuditEntry
from scoring import campaign_policies as policies
from scoring.domain import campaigns as campaign_verbs
from scoring.domain import completeness, sheets, sight
from scoring.domain.sheets import Conflict, Filled
from scoring.enums import EntryState, Layer, Phase, SheetState
from scoring.models import Entry
from tests import builders
from tests.scoring import campaigns

pytestmark = pytest.mark.django_db


def test_every_value_that_ever_stood_in_a_cell_stays_known():
    made = campaigns.campaign()
    sheet = made.sheet(made.leader)
    made.fill(sheet, "2", target="100", actual="50")
    made.fill(sheet, "2", target="100", actual="60")
    found = AuditEntry.objects.filter(stream__key=sheet.stream).order_by("seq")
    assert [row.data["after"]["value"]["actual"] for row in found] == ["50", "60"]
    assert found.last().data["before"]["value"]["actual"] == "50"
    assert found.last().person == made.leader.label


def test_the_same_value_again_changes_nothing():
    made = campaigns.campaign()
    sheet = made.sheet(made.leader)
    first = made.fill(sheet, "2", target="100", actual="50")
    second = made.fill(sheet, "2", target="100", actual="50")
    assert (first.edits, second.edits) == (1, 1)
    assert AuditEntry.objects.filter(stream__key=sheet.stream).count() == 1


def test_a_stale_counter_is_a_conflict_with_what_is_stored():
    made = campaigns.campaign()
    sheet, leaf = made.sheet(made.leader), made.leaf("1")
    made.fill(sheet, "1", yes=True)
    with pytest.raises(Conflict) as error:
        sheets.save_cell(sheet, leaf.key, actor=made.leader, seen=0, filled=Filled(EntryState.ENTERED, {"yes": False}))
    assert error.value.stored.value == {"yes": True}


@pytest.mark.parametrize("layer", [Layer.CROSS, Layer.CONSOLIDATED, Layer.APPRAISED])
def test_a_layer_above_changes_with_a_reason_only(layer):
    phase = {Layer.CROSS: Phase.CROSS, Layer.CONSOLIDATED: Phase.CONSOLIDATE, Layer.APPRAISED: Phase.APPRAISE}[layer]
    made = campaigns.campaign(phase)
    sheet = made.row.sheets.filter(layer=layer).exclude(unit=made.leader.unit).full().first()
    actor, leaf = made.scorer(sheet), made.leaf("2")
    with pytest.raises(ValidationError, match="Ghi lý do"):
        sheets.save_cell(sheet, leaf.key, actor=actor, seen=0, filled=Filled(EntryState.ENTERED, {}, Decimal(9)))
    entry = made.fill(sheet, "2", given_points="9")
    assert (entry.points, entry.state) == (Decimal(9), EntryState.ENTERED)


def test_points_given_directly_stay_within_the_rule():
    made = campaigns.campaign(Phase.CONSOLIDATE)
    sheet = made.sheet(made.members[0], Layer.CONSOLIDATED)
    with pytest.raises(ValidationError, match="không lớn hơn 15"):
        made.fill(sheet, "2", given_points="15.5")


def test_a_unit_gives_itself_no_points_directly_and_keeps_no_layer_below():
    made = campaigns.campaign()
    sheet, leaf = made.sheet(made.leader), made.leaf("2")
    entry = sheets.save_cell(sheet, leaf.key, actor=made.leader, seen=0, filled=Filled(EntryState.ENTERED, {}, Decimal(15)))
    assert (entry.points, entry.state) == (None, EntryState.EMPTY)
    with pytest.raises(ValidationError, match="không có lớp điểm trước"):
        sheets.save_cell(sheet, leaf.key, actor=made.leader, seen=0, filled=Filled(EntryState.AGREED))


def test_what_is_not_cross_scored_is_not():
    text = campaigns.without_evidence(campaigns.small())
    rows = [campaigns.replace(row, is_cross_scored=row.code != "2") for row in text.criteria]
    made = campaigns.campaign(Phase.CROSS, text=campaigns.replace(text, criteria=rows))
    with pytest.raises(Refused, match="không chấm chéo"):
        made.fill(made.sheet(made.members[0], Layer.CROSS, by=made.leader), "2", given_points="9")


def test_late_is_after_the_last_day_or_after_the_phase():
    made = campaigns.campaign()
    for actor in made.commanders:
        made.fill_all(made.sheet(actor))
    assert not made.submit(made.sheet(made.leader)).is_late
    with clock.at(clock.now() + timedelta(days=11)):
        assert made.submit(made.sheet(made.deputy)).is_late
    campaign_verbs.move_on(made.row, actor=made.leader)
    assert made.submit(made.sheet(made.members[0])).is_late


def test_given_back_and_handed_in_again_makes_nothing_late():
    made = campaigns.campaign()
    sheet = made.sheet(made.members[0])
    made.fill_all(sheet)
    made.submit(sheet)
    with pytest.raises(ValidationError, match="Ghi lý do"):
        sheets.send_back(sheet, actor=made.leader, reason=" ")
    back = sheets.send_back(sheet, actor=made.leader, reason="Thiếu số liệu tháng 10.")
    assert (back.state, back.returned_because) == (SheetState.RETURNED, "Thiếu số liệu tháng 10.")
    with clock.at(clock.now() + timedelta(days=11)):
        again = made.submit(sheet)
    assert (again.is_late, again.returned_because) == (False, "")


def test_accepted_is_not_given_back():
    made = campaigns.campaign()
    sheet = made.sheet(made.members[0])
    made.fill_all(sheet)
    made.submit(sheet)
    sheets.accept(sheet, actor=made.office)
    with pytest.raises(Refused, match="chưa tiếp nhận"):
        sheets.send_back(sheet, actor=made.office, reason="Thiếu.")
    with pytest.raises(Refused, match="Chỉ tiếp nhận bảng đã nộp"):
        sheets.accept(sheet, actor=made.office)


def test_what_peers_dispute_has_to_be_decided():
    made = campaigns.campaign(Phase.CROSS)
    unit = made.members[0]
    made.fill(made.sheet(unit, Layer.CROSS, by=made.leader), "2", given_points="9")
    made.fill(made.sheet(unit, Layer.CROSS, by=made.deputy), "4", given_points="9", state=EntryState.ENTERED)
    campaigns.leave(made)
    sheet = made.sheet(unit, Layer.CONSOLIDATED)
    assert [hole.code for hole in completeness.holes(sheet)] == ["2", "4"]
    sheets.save_cell(sheet, made.leaf("2").key, actor=made.leader, seen=0, filled=Filled(EntryState.AGREED))
    made.fill(sheet, "4", given_points="20")
    assert made.submit(sheet).state == SheetState.SUBMITTED


def test_peers_who_agree_count_in_the_median():
    made = campaigns.campaign(Phase.CROSS, n=4)
    unit, key = made.members[0], made.leaf("2").key
    made.fill(made.sheet(unit, Layer.CROSS, by=made.leader), "2", given_points="5")
    campaigns.leave(made)
    seen = sight.look(made.sheet(unit, Layer.CONSOLIDATED), made.leader)
    own = seen.results[Layer.SELF].outcomes[key].points
    assert [opinion.points for opinion in seen.opinions(key)] == [Decimal("5.00")]
    assert seen.advice(key) == own  # two of three peers agree with it


def test_a_sheet_that_a_peer_never_handed_in_says_nothing():
    made = campaigns.campaign(Phase.CROSS)
    unit, key = made.members[0], made.leaf("2").key
    made.fill(made.sheet(unit, Layer.CROSS, by=made.leader), "2", given_points="5")
    campaign_verbs.move_on(made.row, actor=made.leader)
    seen = sight.look(made.sheet(unit, Layer.CONSOLIDATED), made.leader)
    assert seen.opinions(key) == []
    assert seen.advice(key) is None


def test_what_the_highest_layer_says_counts():
    made = campaigns.campaign(Phase.CONSOLIDATE)
    unit, key = made.members[0], made.leaf("2").key
    made.fill(made.sheet(unit, Layer.CONSOLIDATED), "2", given_points="3")
    for phase in (Phase.CONSOLIDATE, Phase.REPLY):
        assert made.row.phase == phase
        campaigns.leave(made)
    sheet = made.sheet(unit, Layer.APPRAISED)
    seen = sight.look(sheet, made.office)
    assert [seen.results[layer].outcomes[key].points for layer in (Layer.CONSOLIDATED, Layer.APPRAISED)] == [Decimal("3.00")] * 2
    made.fill(sheet, "2", given_points="4")
    assert sight.look(sheet, made.office).result.outcomes[key].points == Decimal("4.00")


def test_not_assigned_leaves_the_scale_and_exempt_gets_all():
    made = campaigns.campaign()
    sheet = made.sheet(made.leader)
    made.fill_all(sheet)
    made.fill(sheet, "2", state=EntryState.NOT_ASSIGNED, reason="Khối không giao.")
    made.fill(sheet, "4", state=EntryState.EXEMPT, reason="Không phát sinh nhiệm vụ.")
    seen = sight.look(sheet, made.leader)
    assert seen.result.outcomes[made.leaf("2").key].points is None
    assert seen.result.outcomes[made.leaf("4").key].points == Decimal("40.00")
    assert Entry.objects.filter(sheet=sheet, state=EntryState.EMPTY).count() == 0


# In which phase who may do what with a member's sheets: "self" his own, "cross" the leader's of him, and so on.
MATRIX = [
    (Phase.SELF, Layer.SELF, "may_enter", {"member", "member-staff"}),
    (Phase.SELF, Layer.SELF, "may_submit", {"member"}),
    (Phase.SELF, Layer.SELF, "may_attach_evidence", {"member", "member-staff"}),
    (Phase.SELF, Layer.SELF, "may_recuse", set()),
    (Phase.CROSS, Layer.SELF, "may_enter", set()),
    (Phase.CROSS, Layer.SELF, "may_return", {"leader", "leader-staff", "office"}),
    (Phase.CROSS, Layer.SELF, "may_accept", {"leader", "leader-staff", "office"}),
    (Phase.CROSS, Layer.CROSS, "may_enter", {"leader", "leader-staff"}),
    (Phase.CROSS, Layer.CROSS, "may_submit", {"leader"}),
    (Phase.CROSS, Layer.CROSS, "may_recuse", {"leader", "leader-staff"}),
    (Phase.CROSS, Layer.CROSS, "may_attach_evidence", set()),
    (Phase.CROSS, Layer.CROSS, "may_accept", set()),
    (Phase.CONSOLIDATE, Layer.CROSS, "may_enter", set()),
    (Phase.CONSOLIDATE, Layer.CONSOLIDATED, "may_enter", {"leader", "leader-staff"}),
    (Phase.CONSOLIDATE, Layer.CONSOLIDATED, "may_submit", {"leader"}),
    (Phase.CONSOLIDATE, Layer.CONSOLIDATED, "may_explain", set()),
    (Phase.REPLY, Layer.CONSOLIDATED, "may_explain", {"member", "member-staff"}),
    (Phase.REPLY, Layer.CONSOLIDATED, "may_return", {"leader", "leader-staff", "office"}),
    (Phase.APPRAISE, Layer.APPRAISED, "may_enter", {"office"}),
    (Phase.APPRAISE, Layer.APPRAISED, "may_submit", {"office"}),
    (Phase.APPRAISE, Layer.CONSOLIDATED, "may_explain", set()),
    (Phase.RATIFY, Layer.APPRAISED, "may_enter", set()),
]


@pytest.mark.parametrize("phase", [Phase.SELF, Phase.CROSS, Phase.CONSOLIDATE, Phase.REPLY, Phase.APPRAISE, Phase.RATIFY])
def test_who_may_do_what_with_a_sheet(phase):
    made = campaigns.campaign(phase)
    member = made.members[0]
    actors = {
        "nobody": None,
        "member": member,
        "member-staff": builders.staff(member.unit),
        "leader": made.leader,
        "leader-staff": builders.staff(made.leader.unit),
        "deputy": made.deputy,
        "office": made.office,
        "other-office": builders.staff(builders.another_office()),
        "director": builders.director(),
        "stranger": builders.commander(builders.unit()),
        "administrator": builders.administrator(),
    }
    wrong = []
    for at, layer, verb, allowed in MATRIX:
        if at != phase:
            continue
        sheet = made.sheet(member, layer, by=made.leader if layer == Layer.CROSS else None)
        verdicts = {role: getattr(policies, verb)(sheet, actor) for role, actor in actors.items()}
        found = {role for role, verdict in verdicts.items() if verdict}
        if found != allowed:
            wrong.append((layer, verb, found))
        assert all(verdict.reason.endswith(".") for verdict in verdicts.values() if not verdict)
    assert wrong == []


def test_who_recused_himself_neither_accepts_nor_gives_back_that_unit():
    made = campaigns.campaign(Phase.CONSOLIDATE)
    own, other = made.sheet(made.members[0]), made.sheet(made.deputy)
    bloc_sheet = made.sheet(made.members[0], Layer.CONSOLIDATED)
    campaign_verbs.recuse(bloc_sheet, actor=made.leader, reason="Người nhà.")
    for verdict in (
        policies.may_accept(made.sheet(own.unit), made.leader),
        policies.may_return(made.sheet(own.unit), made.leader),
    ):
        assert "từ chối chấm" in verdict.reason
    assert policies.may_accept(made.sheet(own.unit), builders.staff(made.leader.unit))
    assert policies.may_accept(other, made.leader)


def test_what_a_peer_took_back_does_not_count_when_the_phase_is_over():
    made = campaigns.campaign(Phase.CROSS)
    sheet = made.sheet(made.deputy, Layer.CROSS, made.leader)
    made.fill(sheet, "4", given_points="7")
    made.submit(sheet)
    sheets.send_back(sheet, actor=made.leader, reason="Chấm nhầm.")
    campaign_verbs.move_on(made.row, actor=made.leader)
    assert completeness.disputed(made.sheet(made.deputy, Layer.CONSOLIDATED)) == []
    with pytest.raises(Refused, match="không sửa được"):
        made.fill(sheet, "4", given_points="6")
