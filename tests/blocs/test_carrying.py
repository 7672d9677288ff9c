"""What a new version does to the stands on the one before, reminders to the silent, and votes at the conference."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from blocs import policies
from blocs.domain import discussion, drafts, reminding
from blocs.domain.votes import Vote
from blocs.enums import AdoptionBasis, Opinion, VoteRule
from blocs.models import Adoption
from emulation.inbox.models import Notice
from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.records.models import AuditEntry
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    """All three units agreed on the first version, which has a target with a value for the member."""
    cast = builders.document("draft")
    values = {"name": "Tỷ lệ", "measure": "%", "direction": "higher", "bloc_value": 80}
    drafts.add_indicator(cast.row, actor=cast.leader, values=values)
    builders.publish(cast)
    builders.agree(cast)
    return cast


def stands(made):
    return {row.unit_id: row for row in made.version.stands.all()}


def set_target(made, actor, value):
    indicator = made.row.indicators.get()
    drafts.save_indicator(indicator, actor=made.leader, seen=indicator.edits, values={}, targets={actor.unit_id: value})


def told(actor):
    return list(Notice.objects.filter(recipient=actor.user).order_by("-pk").values_list("text", flat=True))


class TestCarrying:
    def test_what_concerns_one_unit_resets_one_stand(self, made):
        member = made.members[0]
        set_target(made, member, 85)
        version = builders.publish(made)
        assert set(stands(made)) == {made.leader.unit_id, made.deputy.unit_id}
        assert version.carried == {
            str(made.leader.unit_id): [], str(made.deputy.unit_id): [], str(member.unit_id): ["targets"],
        }  # fmt: skip
        assert stands(made)[made.leader.unit_id].carried_from == 1
        assert told(member)[0] == "Bản dự thảo 2 chờ đơn vị gửi lại ý kiến, vì chỉ tiêu giao cho đơn vị đã sửa."
        assert "được giữ" in told(made.deputy)[0]

    def test_own_titles_concern_the_unit_that_registers_them(self, made):
        drafts.register_titles(made.row, made.members[0].unit, ["victory_unit"], actor=made.members[0])
        assert builders.publish(made).carried[str(made.members[0].unit_id)] == ["titles"]

    @pytest.mark.parametrize("act", ["clause", "move", "opening", "bloc_value", "target_added"])
    def test_the_common_text_concerns_everybody(self, made, act):
        clause = made.row.clauses.filter(kind="clause", part="body").order_by("order")[1]
        if act == "clause":
            drafts.save_clause(clause, actor=made.leader, seen=0, values={"text": "Khác."})
        elif act == "move":
            drafts.move_clause(clause, actor=made.leader, by=1)
        elif act == "opening":
            drafts.save_text(made.row, actor=made.leader, seen=made.row.edits, values={"opening": "Khác."})
        elif act == "bloc_value":
            indicator = made.row.indicators.get()
            drafts.save_indicator(indicator, actor=made.leader, seen=0, values={"bloc_value": 90}, targets={})
        else:
            values = {"name": "Mới", "measure": "vụ", "direction": "lower", "bloc_value": 3}
            drafts.add_indicator(made.row, actor=made.leader, values=values)
        version = builders.publish(made)
        assert set(map(tuple, version.carried.values())) == {("common",)}
        assert stands(made) == {}

    def test_it_carries_on_and_keeps_where_it_came_from(self, made):
        for value in (81, 82):
            set_target(made, made.members[0], value)
            builders.publish(made)
        assert stands(made)[made.leader.unit_id].carried_from == 1
        assert made.version.number == 3

    def test_a_new_stand_is_no_longer_carried(self, made):
        set_target(made, made.members[0], 85)
        builders.publish(made)
        discussion.send_stand(made.version, actor=made.leader, opinion=Opinion.RESERVE, remark="Xin thêm.")
        assert stands(made)[made.leader.unit_id].carried_from is None

    def test_carried_stands_count_for_a_consensus(self, made):
        set_target(made, made.members[0], 85)
        builders.publish(made)
        discussion.send_stand(made.version, actor=made.members[0], opinion=Opinion.AGREE)
        builders_adopt = {"basis": AdoptionBasis.CONSENSUS, "held_on": clock.today()}
        assert discussion.adopt(made.version, actor=made.leader, **builders_adopt).votes_for is None

    def test_what_was_only_prepared_is_prepared_again(self):
        made = builders.document("discussion")
        discussion.prepare_stand(made.version, actor=builders.staff(made.members[0].unit), opinion=Opinion.AGREE)
        drafts.register_titles(made.row, made.leader.unit, ["victory_unit"], actor=made.leader)
        assert builders.publish(made).carried == {}
        assert stands(made) == {}

    def test_the_page_says_who_was_kept_and_who_was_reset(self, made):
        set_target(made, made.members[0], 85)
        builders.publish(made)
        client = Client()
        client.force_login(made.leader.user)
        page = client.get(reverse("document", args=[made.pk])).content.decode()
        assert "Giữ ý kiến đã gửi" in page
        assert "(chỉ tiêu giao cho đơn vị đã sửa)" in page
        assert "giữ từ bản 1" in page


class TestReminding:
    def test_the_silent_are_told_once_a_day(self):
        made = builders.document("discussion")
        builders.agree(made, made.leader)
        reminder = reminding.remind(made.version, actor=made.deputy)
        assert reminder.units == [made.deputy.unit_id, made.members[0].unit_id]
        assert told(made.members[0])[0].startswith("Nhắc gửi ý kiến về bản dự thảo 1")
        assert not [text for text in told(made.leader) if text.startswith("Nhắc")]
        assert AuditEntry.objects.filter(event="stands_reminded").count() == 1
        with pytest.raises(Refused, match="mỗi ngày nhắc một lần"):
            reminding.remind(made.version, actor=made.office)
        with clock.at(clock.now() + timedelta(days=1)):
            assert reminding.remind(made.version, actor=made.office)

    def test_nobody_silent_nothing_to_remind(self):
        made = builders.document("discussion")
        builders.agree(made)
        with pytest.raises(Refused, match="Tất cả đơn vị đã gửi"):
            reminding.remind(made.version, actor=made.leader)

    def test_members_do_not_remind(self):
        made = builders.document("discussion")
        with pytest.raises(Refused):
            reminding.remind(made.version, actor=made.members[0])


class TestVotes:
    @pytest.mark.parametrize(
        ("rule", "present", "votes_for", "holds"),
        [
            (VoteRule.ALL, 9, 9, True), (VoteRule.ALL, 9, 8, False), (VoteRule.TWO_THIRDS, 9, 6, True),
            (VoteRule.TWO_THIRDS, 8, 5, False), (VoteRule.TWO_THIRDS, 8, 6, True), (VoteRule.TWO_THIRDS, 1, 1, True),
            (VoteRule.MAJORITY, 8, 4, False), (VoteRule.MAJORITY, 8, 5, True), (VoteRule.MAJORITY, 9, 5, True),
        ],
    )  # fmt: skip
    def test_rules(self, rule, present, votes_for, holds):
        assert bool(policies.rule_holds(rule, present=present, votes_for=votes_for)) is holds

    def adopt(self, made, present=3, **vote):
        conference = {"basis": AdoptionBasis.CONFERENCE, "held_on": clock.today()}
        return discussion.adopt(made.version, actor=made.leader, present=present, vote=Vote(**vote), **conference)

    def test_without_a_word_all_were_in_favour(self, made):
        adoption = self.adopt(made)
        assert (adoption.votes_for, adoption.against, adoption.abstained, adoption.rule) == (3, 0, 0, "all")

    def test_a_majority_with_one_against(self, made):
        adoption = self.adopt(made, rule=VoteRule.MAJORITY, against=1)
        assert (adoption.present, adoption.votes_for, adoption.against) == (3, 2, 1)
        entry = AuditEntry.objects.get(event="covenant_adopted")
        assert (entry.data["votes_for"], entry.data["rule"]) == (2, "majority")

    @pytest.mark.parametrize("vote", [{"against": 1}, {"abstained": 1}, {"rule": VoteRule.MAJORITY, "abstained": 2}])
    def test_a_rule_that_does_not_hold_is_refused(self, made, vote):
        with pytest.raises(Refused, match="Chưa đủ phiếu"):
            self.adopt(made, **vote)
        assert not Adoption.objects.exists()

    @pytest.mark.parametrize("vote", [{"against": 4}, {"against": 2, "abstained": 2}, {"against": -1}])
    def test_numbers_that_cannot_be_are_told(self, made, vote):
        with pytest.raises(ValidationError, match="không thể quá"):
            self.adopt(made, **vote)

    def test_the_database_counts_too(self, made):
        row = {
            "version": made.version, "basis": "conference", "held_on": clock.today(), "total": 3, "present": 3, "rule": "all",
            "recorded_by": made.leader.user, "recorded_at": clock.now(),
        }  # fmt: skip
        for votes in ({"votes_for": 2, "against": 1, "abstained": 0}, {"votes_for": 3, "against": 1, "abstained": 0}, {}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Adoption.objects.create(**row, **votes)

    def test_the_page_asks_for_no_more_than_before(self, made):
        client = Client()
        client.force_login(made.leader.user)
        sent = {"version": "1", "basis": "conference", "held_on": f"{clock.today():%d/%m/%Y}", "present": "3"}
        assert client.post(reverse("adopt", args=[made.pk]), sent).status_code == 302
        page = client.get(reverse("document", args=[made.pk])).content.decode()
        assert "3 đồng ý, 0 không đồng ý, 0 không biểu quyết" in page

    def test_a_vote_that_fails_is_said_on_the_page(self, made):
        client = Client()
        client.force_login(made.leader.user)
        sent = {"version": "1", "basis": "conference", "held_on": f"{clock.today():%d/%m/%Y}", "present": "3", "against": "1"}
        response = client.post(reverse("adopt", args=[made.pk]), sent)
        assert response.status_code == 422
        assert "Chưa đủ phiếu để thông qua: 2/3" in response.content.decode()
