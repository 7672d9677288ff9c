"""Ties, snapshots, signatures, publication, corrections."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from emulation.inbox.models import Notice
from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.records.models import AuditEntry
from emulation.signing.domain import rounds
from emulation.signing.enums import Standing
from scoring.domain import printing, runs, sheets, standings, standings_kind
from scoring.domain.runs import Result
from scoring.enums import Layer, Phase, StandingState
from scoring.models import Snapshot, TieDecision
from tests import builders
from tests.scoring import campaigns
from tests.scoring.campaigns import CampaignCast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper")]


@pytest.fixture(autouse=True)
def authority():
    """Somebody certifies the keys of those who sign."""
    builders.demonstration()


def sign(made: CampaignCast, snapshot: Snapshot, *actors) -> None:
    for actor in actors or (made.leader, made.deputy):
        signing_round = standings_kind.current_round(snapshot)
        slot = next(slot for slot in signing_round.slots.all() if slot.unit_id == actor.unit_id)
        builders.sign(slot, actor=actor)


def tied_campaign(n: int = 4) -> CampaignCast:
    """Two members of four are equal on every key."""
    made = campaigns.campaign(Phase.APPRAISE, n=n)
    for code in ("1", "2", "3", "4"):
        value = {"1": {"yes": True}, "2": {"target": "10", "actual": "9"}, "3": {"target": "10", "actual": "8"}}.get(code)
        for member in made.members[:2]:
            sheet = made.sheet(member, Layer.APPRAISED)
            made.fill(sheet, code, **(value or {"points": "30"}))
    campaigns.leave(made)
    return made


class TestTies:
    def test_decided_for_units_that_are_equal(self):
        made = tied_campaign()
        first, second = made.members[0].unit_id, made.members[1].unit_id
        run = runs.compute(made.row, actor=made.leader)
        assert runs.tied(run) == [sorted([str(first), str(second)])]
        standings.decide_tie(
            made.row, actor=made.leader, order=[second, first], decided_on=clock.today(), reason="Biên bản số 3."
        )
        found = Result(runs.latest(made.row)).official
        places = {int(unit): (row.rank, row.tied, row.settled_by) for unit, row in found.units.items()}
        assert (places[second], places[first]) == ((3, False, "decision"), (4, False, "decision"))
        assert AuditEntry.objects.filter(event="tie_decided").count() == 1

    def test_decided_again_the_last_word_counts(self):
        made = tied_campaign()
        first, second = made.members[0].unit_id, made.members[1].unit_id
        for order in ([second, first], [first, second]):
            standings.decide_tie(made.row, actor=made.office, order=order, decided_on=clock.today(), reason="Biên bản.")
        assert Result(runs.latest(made.row)).official.units[str(first)].rank == 3

    @pytest.mark.parametrize("pick", ["one", "twice", "others", "none"])
    def test_only_an_exact_permutation(self, pick):
        made = tied_campaign()
        first, second = made.members[0].unit_id, made.members[1].unit_id
        order = {"one": [first], "twice": [first, first], "others": [made.leader.unit_id, first], "none": []}[pick]
        with pytest.raises(ValidationError) as error:
            standings.decide_tie(made.row, actor=made.leader, order=order, decided_on=clock.today(), reason="Biên bản.")
        assert list(error.value.message_dict) == ["order"]
        late = clock.today() + timedelta(days=1)
        with pytest.raises(ValidationError, match="sau hôm nay"):
            standings.decide_tie(made.row, actor=made.leader, order=[first, second], decided_on=late, reason="Biên bản.")
        with pytest.raises(ValidationError, match="Ghi lý do"):
            standings.decide_tie(made.row, actor=made.leader, order=[first, second], decided_on=clock.today(), reason=" ")
        assert not TieDecision.objects.exists()

    def test_nothing_is_brought_out_while_ranks_are_shared(self):
        made = tied_campaign()
        with pytest.raises(Refused, match="Còn 1 nhóm"):
            standings.prepare(made.row, actor=made.leader)

    def test_by_a_member(self):
        made = tied_campaign()
        with pytest.raises(Refused, match="Chỉ đơn vị khối trưởng"):
            standings.decide_tie(made.row, actor=made.members[0], order=[], decided_on=clock.today(), reason="x")


class TestPublishing:
    def test_by_leader_and_deputy(self):
        made = campaigns.campaign(Phase.RATIFY)
        snapshot = standings.prepare(made.row, actor=made.leader)
        assert standings.prepare(made.row, actor=made.leader) == snapshot
        standings.open_signing(snapshot, actor=made.leader)
        sign(made, snapshot, made.leader)
        assert made.row.phase == Phase.RATIFY
        sign(made, snapshot, made.deputy)
        snapshot.refresh_from_db()
        assert (snapshot.state, made.row.phase) == (StandingState.PUBLISHED, Phase.PUBLISHED)
        assert Notice.objects.filter(recipient=made.members[0].user, text__contains="đã công bố kết quả").exists()
        assert AuditEntry.objects.filter(event="standings_published").count() == 1
        with pytest.raises(DatabaseError), transaction.atomic():
            Snapshot.objects.filter(pk=snapshot.pk).update(reason="khác")

    def test_without_a_deputy_the_standing_office_signs(self):
        made = campaigns.campaign(Phase.RATIFY, deputies=0)
        snapshot = standings.prepare(made.row, actor=made.office)
        with pytest.raises(Refused, match="chưa có chỉ huy"):
            standings.open_signing(snapshot, actor=made.office)
        head = builders.commander(made.office.unit)
        standings.open_signing(snapshot, actor=made.office)
        sign(made, snapshot, made.leader, head)
        assert made.row.phase == Phase.PUBLISHED

    def test_what_changed_since_is_not_signed(self):
        made = campaigns.campaign(Phase.RATIFY)
        snapshot = standings.prepare(made.row, actor=made.leader)
        campaigns.verbs.step_back(made.row, actor=made.leader, reason="Sót điểm.")
        sheet = made.sheet(made.members[0], Layer.APPRAISED)
        sheets.send_back(sheet, actor=made.office, reason="Sót điểm.")
        made.fill(sheet, "4", given_points="10")
        made.submit(sheet)
        campaigns.leave(made)
        with pytest.raises(Refused, match="Số liệu đã thay đổi"):
            standings.open_signing(snapshot, actor=made.leader)
        again = standings.prepare(made.row, actor=made.leader)
        assert (again.pk, again.number, again.run.number) == (snapshot.pk, 1, 2)
        standings.open_signing(again, actor=made.leader)

    def test_not_before_everything_is_in(self):
        made = campaigns.campaign(Phase.APPRAISE)
        with pytest.raises(Refused, match="ở bước xác nhận"):
            standings.prepare(made.row, actor=made.office)

    def test_voided_goes_back(self):
        made = campaigns.campaign(Phase.RATIFY)
        snapshot = standings.prepare(made.row, actor=made.leader)
        signing_round = standings.open_signing(snapshot, actor=made.leader)
        with pytest.raises(Refused, match="đang ký"):
            standings.prepare(made.row, actor=made.leader)
        with pytest.raises(Refused, match="đang ký"):
            campaigns.verbs.step_back(made.row, actor=made.leader, reason="Sai.")
        unit = made.members[0].unit
        with pytest.raises(Refused, match="đang ký"):
            campaigns.verbs.withdraw_unit(made.row, unit, actor=made.office, since=clock.today(), reason="Sáp nhập.")
        rounds.void(signing_round, actor=made.leader, reason="Sai tên đơn vị.")
        snapshot.refresh_from_db()
        assert snapshot.state == StandingState.DRAFT
        standings.open_signing(snapshot, actor=made.leader)


class TestCorrecting:
    def published(self) -> CampaignCast:
        made = campaigns.campaign(Phase.RATIFY)
        snapshot = standings.prepare(made.row, actor=made.leader)
        standings.open_signing(snapshot, actor=made.leader)
        sign(made, snapshot)
        return made

    def test_another_snapshot_names_the_old_one_and_why(self):
        made = self.published()
        with pytest.raises(Refused, match="Chỉ cơ quan thường trực"):
            standings.correct(made.row, actor=made.leader, reason="Sót điểm.")
        standings.correct(made.row, actor=made.office, reason="Cộng sót điểm thưởng.")
        assert (made.row.phase, made.row.correction) == (Phase.APPRAISE, "Cộng sót điểm thưởng.")
        sheet = made.sheet(made.members[0], Layer.APPRAISED)
        sheets.send_back(sheet, actor=made.office, reason="Sót điểm.")
        made.fill(sheet, "4", given_points="39.5")
        made.submit(sheet)
        campaigns.leave(made)
        snapshot = standings.prepare(made.row, actor=made.leader)
        old = Snapshot.objects.get(number=1)
        assert (snapshot.number, snapshot.supersedes, snapshot.reason) == (2, old, "Cộng sót điểm thưởng.")
        standings.open_signing(snapshot, actor=made.leader)
        sign(made, snapshot)
        assert (made.row.phase, made.row.correction) == (Phase.PUBLISHED, "")
        replaced = standings_kind.current_round(old)
        assert (replaced.standing, replaced.standing_reason) == (Standing.REPLACED, "Cộng sót điểm thưởng.")
        old.refresh_from_db()
        assert old.state == StandingState.PUBLISHED

    def test_goes_back_no_further_than_the_appraisal(self):
        made = self.published()
        standings.correct(made.row, actor=made.office, reason="Cộng sót điểm thưởng.")
        for actor in (made.leader, made.office):
            with pytest.raises(Refused, match="không lùi thêm"):
                campaigns.verbs.step_back(made.row, actor=actor, reason="Sửa điểm khối chấm.")
        campaigns.leave(made)
        assert campaigns.verbs.step_back(made.row, actor=made.leader, reason="Còn sót.").phase == Phase.APPRAISE

    def test_what_comes_after_publication_is_not_told_of_what_was_published(self):
        made = self.published()
        standings.correct(made.row, actor=made.office, reason="Đơn vị rời khối.")
        gone = made.members[0].unit
        campaigns.verbs.withdraw_unit(made.row, gone, actor=made.office, since=clock.today(), reason="Sáp nhập.")
        snapshot = Snapshot.objects.get(number=1)
        result = Result(snapshot.run)
        assert printing.remarks(made.row, result, clock.today(), snapshot) == []
        assert "Sáp nhập." in "".join(printing.remarks(made.row, result, clock.today()))

    def test_only_what_is_published(self):
        made = campaigns.campaign(Phase.RATIFY)
        with pytest.raises(Refused, match="Chỉ đính chính"):
            standings.correct(made.row, actor=made.office, reason="Sót điểm.")
