"""Publishing, the units' stands, and how a text is agreed."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from blocs.domain import discussion, drafts
from blocs.domain.snapshots import draft_text, version_text
from blocs.enums import AdoptionBasis, ClausePart, DocumentState, Opinion
from blocs.models import Adoption, Stand, Version
from emulation.inbox.models import Notice
from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.records.events import Event
from emulation.records.models import AuditEntry
from tests import builders

pytestmark = pytest.mark.django_db

CONSENSUS, LAPSE, CONFERENCE = AdoptionBasis.CONSENSUS, AdoptionBasis.LAPSE, AdoptionBasis.CONFERENCE
AGREE, RESERVE, REMARK = Opinion.AGREE, Opinion.RESERVE, Opinion.REMARK
LATER = timedelta(days=8)


@pytest.fixture
def made():
    return builders.document(DocumentState.DISCUSSION)


def entries(made):
    return list(AuditEntry.objects.filter(stream__key=made.row.stream).order_by("seq").values_list("event", flat=True))


def edit(made, text="Nội dung đã sửa."):
    clause = made.row.clauses.filter(part=ClausePart.BODY, kind="clause").first()
    drafts.save_clause(clause, actor=made.leader, seen=clause.edits, values={"text": text})


def adopt(made, basis, *, actor=None, held_on=None, present=3, **more):
    return discussion.adopt(
        made.version, actor=actor or made.leader, basis=basis, held_on=held_on or clock.today(), present=present, **more
    )


def told(actor, words):
    return Notice.objects.filter(recipient=actor.user, text__contains=words).exists()


class TestPublish:
    def test_a_version_keeps_the_text_as_it_stood(self):
        made = builders.document()
        version = builders.publish(made)
        assert (version.number, version.published_by) == (1, made.leader.user)
        assert version_text(version) == draft_text(made.row)
        assert version.content_sha256 == draft_text(made.row).sha256
        assert made.row.state == DocumentState.DISCUSSION
        edit(made)
        assert version_text(made.version) != draft_text(made.row)
        assert entries(made)[-2:] == [Event.VERSION_PUBLISHED, Event.DRAFT_CHANGED]
        assert str(version) == f"{made.pk} bản 1"

    def test_all_units_are_told_but_not_the_one_who_publishes(self, made):
        assert all(told(actor, "Bản dự thảo 1") for actor in [made.deputy, *made.members])
        assert not told(made.leader, "Bản dự thảo 1")

    def test_publishing_the_same_text_again_changes_nothing(self, made):
        before = (entries(made), Notice.objects.count())
        assert builders.publish(made) == made.version
        assert (entries(made), Notice.objects.count()) == before

    def test_a_changed_text_is_the_next_version(self, made):
        edit(made)
        assert builders.publish(made).number == 2
        assert discussion.latest(made.row).number == 2

    def test_a_deadline_lies_ahead(self):
        made = builders.document()
        with pytest.raises(ValidationError, match="Hạn lấy ý kiến"):
            builders.publish(made, days=-1)
        assert discussion.latest(made.row) is None

    def test_an_empty_draft_is_not_published(self):
        made = builders.document()
        for clause in made.row.clauses.filter(part=ClausePart.BODY):
            drafts.remove_clause(clause, actor=made.leader)
        with pytest.raises(ValidationError, match="chưa có nội dung"):
            builders.publish(made)

    def test_what_cannot_be_printed_is_named(self):
        made = builders.document()
        edit(made, "Chỉ tiêu \U0001f600 và \ue000")
        with pytest.raises(ValidationError, match=r"U\+1F600"):
            builders.publish(made)
        assert made.row.state == DocumentState.DRAFT

    @pytest.mark.parametrize("state", [DocumentState.ADOPTED, DocumentState.SIGNING, DocumentState.SIGNED])
    def test_an_adopted_text_is_not_published(self, state):
        made = builders.document(state)
        with pytest.raises(Refused):
            builders.publish(made)
        assert Version.objects.count() == 1

    def test_only_leader_and_deputy_publish(self):
        made = builders.document()
        deadline = clock.now() + LATER
        for actor in (made.members[0], made.office, builders.director(), builders.commander(builders.unit())):
            with pytest.raises(Refused):
                discussion.publish(made.row, actor=actor, deadline=deadline)
        assert discussion.publish(made.row, actor=builders.staff(made.deputy.unit), deadline=deadline).number == 1

    def test_a_version_is_never_changed(self, made):
        version = made.version
        with pytest.raises(TypeError):
            version.save()
        with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
            Version.objects.update(content="{}")


class TestStands:
    def test_staff_prepare_and_the_commander_sends(self, made):
        member = made.members[0]
        staff = builders.staff(member.unit)
        stand = discussion.prepare_stand(made.version, actor=staff, opinion=REMARK, remark=" Đề nghị sửa mục 2 ")
        assert (stand.remark, stand.prepared_by, stand.sent_at) == ("Đề nghị sửa mục 2", staff.user, None)
        sent = discussion.send_stand(made.version, actor=member, opinion=RESERVE, remark="Mục 2")
        assert (sent.pk, sent.opinion, sent.sent_by, sent.prepared_by) == (stand.pk, RESERVE, member.user, member.user)
        assert entries(made)[-2:] == [Event.STAND_PREPARED, Event.STAND_SENT]
        assert str(member.unit_id) in str(sent)

    def test_the_leader_hears_of_remarks_only(self, made):
        discussion.send_stand(made.version, actor=made.members[0], opinion=AGREE)
        assert not told(made.leader, made.members[0].unit.name)
        discussion.send_stand(made.version, actor=made.deputy, opinion=REMARK, remark="Mục 2")
        assert told(made.leader, made.deputy.unit.name)

    def test_sending_the_same_again_changes_nothing(self, made):
        first = discussion.send_stand(made.version, actor=made.deputy, opinion=RESERVE, remark="Mục 2")
        before = entries(made)
        second = discussion.send_stand(made.version, actor=made.deputy, opinion=RESERVE, remark=" Mục 2\n")
        assert (second.sent_at, entries(made)) == (first.sent_at, before)

    def test_another_stand_replaces_the_first_until_adoption(self, made):
        discussion.send_stand(made.version, actor=made.deputy, opinion=REMARK, remark="Mục 2")
        discussion.send_stand(made.version, actor=made.deputy, opinion=AGREE, remark="không tính")
        stand = Stand.objects.get()
        assert (stand.opinion, stand.remark) == (AGREE, "")
        adopt(made, CONFERENCE)
        with pytest.raises(Refused):
            discussion.send_stand(made.version, actor=made.deputy, opinion=REMARK, remark="Muộn")

    def test_staff_do_not_send_and_do_not_rewrite_what_was_sent(self, made):
        staff = builders.staff(made.deputy.unit)
        with pytest.raises(Refused, match="chỉ huy"):
            discussion.send_stand(made.version, actor=staff, opinion=AGREE)
        discussion.send_stand(made.version, actor=made.deputy, opinion=AGREE)
        with pytest.raises(Refused, match="đã được gửi"):
            discussion.prepare_stand(made.version, actor=staff, opinion=REMARK, remark="x")
        assert Stand.objects.get().opinion == AGREE

    @pytest.mark.parametrize("opinion", [RESERVE, REMARK])
    def test_a_reservation_says_what(self, made, opinion):
        with pytest.raises(ValidationError, match="Ghi nội dung"):
            discussion.send_stand(made.version, actor=made.deputy, opinion=opinion, remark=" ")
        with pytest.raises(IntegrityError), transaction.atomic():
            Stand.objects.create(
                version=made.version,
                unit=made.deputy.unit,
                opinion=opinion,
                prepared_by=made.deputy.user,
                prepared_at=clock.now(),
            )

    def test_only_units_of_the_bloc_are_asked(self, made):
        strangers = [made.office, builders.director(), builders.commander(builders.unit())]
        for actor in strangers:
            with pytest.raises(Refused, match="trong khối"):
                discussion.send_stand(made.version, actor=actor, opinion=AGREE)
            with pytest.raises(Refused, match="trong khối"):
                discussion.prepare_stand(made.version, actor=actor, opinion=AGREE)

    def test_a_stand_is_about_the_newest_version(self, made):
        old = made.version
        edit(made)
        builders.publish(made)
        for verb in (discussion.send_stand, discussion.prepare_stand):
            with pytest.raises(Refused, match="mới hơn"):
                verb(old, actor=made.deputy, opinion=AGREE)
        assert Stand.objects.count() == 0


class TestAdopt:
    def test_consensus_needs_every_unit(self, made):
        builders.agree(made, made.leader, made.deputy)
        with pytest.raises(Refused, match=f"1 đơn vị chưa thống nhất: {made.members[0].unit.short_name}"):
            adopt(made, CONSENSUS)
        discussion.send_stand(made.version, actor=made.members[0], opinion=RESERVE, remark="Mục 2")
        adoption = adopt(made, CONSENSUS, note=" bảo lưu mục 2 ")
        assert (adoption.basis, adoption.present, adoption.total, adoption.note) == (CONSENSUS, None, 3, "bảo lưu mục 2")
        assert made.row.state == DocumentState.ADOPTED
        assert entries(made)[-1] == Event.DOCUMENT_ADOPTED
        assert told(made.members[0], "được thông qua")
        assert str(adoption).endswith("consensus")

    def test_a_prepared_stand_is_not_a_stand(self, made):
        builders.agree(made, made.leader, made.deputy)
        discussion.prepare_stand(made.version, actor=made.members[0], opinion=AGREE)
        with pytest.raises(Refused, match="chưa thống nhất"):
            adopt(made, CONSENSUS)

    def test_silence_agrees_after_the_deadline(self, made):
        with pytest.raises(Refused, match="Chưa hết hạn"):
            adopt(made, LAPSE)
        with clock.at(clock.now() + LATER):
            assert adopt(made, LAPSE).basis == LAPSE

    def test_silence_agrees_only_when_it_was_printed(self):
        made = builders.document()
        discussion.publish(made.row, actor=made.leader, deadline=clock.now() + timedelta(days=1), lapse_sentence="")
        with clock.at(clock.now() + LATER), pytest.raises(Refused, match="không ghi"):
            adopt(made, LAPSE)

    @pytest.mark.parametrize("basis", [CONSENSUS, LAPSE])
    def test_a_remark_is_not_passed_over(self, made, basis):
        builders.agree(made, made.leader, made.deputy)
        discussion.send_stand(made.version, actor=made.members[0], opinion=REMARK, remark="Mục 2")
        with clock.at(clock.now() + LATER), pytest.raises(Refused, match=f"có ý kiến: {made.members[0].unit.short_name}"):
            adopt(made, basis)

    def test_a_conference_agrees_for_all(self, made):
        discussion.send_stand(made.version, actor=made.members[0], opinion=REMARK, remark="Mục 2")
        adoption = adopt(made, CONFERENCE, present=2, held_on=clock.today() - timedelta(days=1))
        assert (adoption.present, adoption.total) == (2, 3)

    @pytest.mark.parametrize("present", [None, 0, 1, 4])  # of 3 units; one of them is no quorum
    def test_a_conference_counts_heads(self, made, present):
        with pytest.raises(ValidationError, match="có mặt"):
            adopt(made, CONFERENCE, present=present)
        assert made.row.state == DocumentState.DISCUSSION

    def test_an_agreement_is_not_of_tomorrow(self, made):
        with pytest.raises(ValidationError, match="tương lai"):
            adopt(made, CONFERENCE, held_on=clock.today() + timedelta(days=1))

    def test_a_draft_that_went_on_is_not_adopted(self, made):
        edit(made)
        with pytest.raises(Refused, match="đã khác bản 1"):
            adopt(made, CONFERENCE)

    def test_only_the_newest_version_is_adopted(self, made):
        old = made.version
        edit(made)
        builders.publish(made)
        with pytest.raises(Refused, match="mới hơn"):
            discussion.adopt(old, actor=made.leader, basis=CONFERENCE, held_on=clock.today(), present=3)

    def test_who_records_an_agreement(self, made):
        others = [
            made.members[0],
            builders.staff(made.leader.unit),
            builders.staff(builders.another_office()),
            builders.director(),
        ]
        for actor in others:
            with pytest.raises(Refused):
                adopt(made, CONFERENCE, actor=actor)
        assert adopt(made, CONFERENCE, actor=made.office).recorded_by == made.office.user

    def test_a_second_adoption_changes_nothing(self, made):
        adopt(made, CONFERENCE)
        before = entries(made)
        with pytest.raises(Refused):
            adopt(made, CONFERENCE, actor=made.deputy)
        assert (Adoption.objects.count(), entries(made)) == (1, before)

    def test_a_draft_is_not_adopted(self):
        made = builders.document(DocumentState.DISCUSSION)
        builders.adopt(made)
        builders.open_signing(made)
        with pytest.raises(Refused, match="đang ký"):
            adopt(made, CONFERENCE)


class TestRedraft:
    def test_an_adopted_text_goes_back_and_is_adopted_anew(self):
        made = builders.document(DocumentState.ADOPTED)
        discussion.redraft(made.row, actor=made.deputy, reason="Sửa mục 2")
        assert made.row.state == DocumentState.DISCUSSION
        assert told(made.members[0], "Sửa mục 2")
        edit(made)
        builders.publish(made)
        adopt(made, CONFERENCE)
        assert (made.row.state, made.version.number, Adoption.objects.count()) == (DocumentState.ADOPTED, 2, 2)

    def test_an_unchanged_text_can_be_adopted_again(self):
        made = builders.document(DocumentState.ADOPTED)
        discussion.redraft(made.row, actor=made.leader, reason="Nhầm")
        adopt(made, CONFERENCE)
        assert (made.row.state, made.version.number) == (DocumentState.ADOPTED, 1)

    def test_a_reason_is_given(self):
        made = builders.document(DocumentState.ADOPTED)
        with pytest.raises(Refused, match="lý do"):
            discussion.redraft(made.row, actor=made.leader, reason=" ")

    @pytest.mark.parametrize(
        "state", [DocumentState.DRAFT, DocumentState.DISCUSSION, DocumentState.SIGNING, DocumentState.SIGNED]
    )
    def test_only_an_adopted_text_goes_back(self, state):
        made = builders.document(state)
        with pytest.raises(Refused):
            discussion.redraft(made.row, actor=made.leader, reason="x")
        assert made.row.state == state

    def test_who_brings_it_back(self):
        made = builders.document(DocumentState.ADOPTED)
        for actor in (made.members[0], builders.staff(made.leader.unit), builders.director()):
            with pytest.raises(Refused):
                discussion.redraft(made.row, actor=actor, reason="x")
