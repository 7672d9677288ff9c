"""From the adopted text to the open signing, and what reaches the covenant from its round."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from blocs.domain import discussion, drafts, signing
from blocs.enums import CheckKind, DocumentKind, DocumentState, LeadersPlace, SeatRole
from blocs.models import BlocDocument, Check
from emulation.inbox.models import Notice
from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.organisation.domain import units
from emulation.pdf import pictures
from emulation.records.domain import documents
from emulation.records.events import Event
from emulation.records.models import AuditEntry, Document
from emulation.signing.domain import rounds
from emulation.signing.enums import RoundState, SlotRole, SlotState
from emulation.signing.models import SigningRound
from tests import builders

pytestmark = pytest.mark.django_db

CONTENT, FORM = CheckKind.CONTENT, CheckKind.FORM


@pytest.fixture
def made():
    return builders.document(DocumentState.ADOPTED)


def entries(made):
    return list(AuditEntry.objects.filter(stream__key=made.row.stream).order_by("seq").values_list("event", flat=True))


def check(made, kind, actor):
    return signing.check(made.version, kind, actor=actor)


class TestChecks:
    def test_two_persons_check_content_and_form(self, made):
        first = check(made, CONTENT, made.leader)
        second = check(made, FORM, made.office)
        assert (first.person, first.label) == (made.leader.user, made.leader.label)
        assert str(second).endswith("form")
        assert entries(made)[-2:] == [Event.DOCUMENT_CHECKED] * 2
        assert Notice.objects.filter(recipient=made.leader.user, text__contains="chờ mở ký").exists()

    def test_one_person_does_not_check_both(self, made):
        check(made, CONTENT, made.leader)
        with pytest.raises(Refused, match="hai người"):
            check(made, FORM, made.leader)
        with pytest.raises(IntegrityError), transaction.atomic():
            Check.objects.create(version=made.version, kind=FORM, person=made.leader.user, label="x", at=clock.now())

    def test_each_part_is_checked_once(self, made):
        check(made, CONTENT, made.leader)
        before = entries(made)
        with pytest.raises(Refused, match="đã được kiểm tra"):
            check(made, CONTENT, made.deputy)
        assert entries(made) == before

    def test_who_checks(self, made):
        for actor in (made.members[0], builders.director(), builders.staff(builders.another_office())):
            with pytest.raises(Refused):
                check(made, CONTENT, actor)
        check(made, CONTENT, builders.staff(made.deputy.unit))

    @pytest.mark.parametrize("state", [DocumentState.DISCUSSION, DocumentState.SIGNING, DocumentState.SIGNED])
    def test_only_an_adopted_text_is_checked(self, state):
        made = builders.document(state)
        with pytest.raises(Refused):
            check(made, CONTENT, builders.staff(made.deputy.unit))

    def test_a_version_that_is_no_longer_the_newest_is_not_checked(self, made):
        old = made.version
        discussion.redraft(made.row, actor=made.leader, reason="Sửa")
        drafts.save_text(made.row, actor=made.leader, seen=made.row.edits, values={"opening": "Khác"})
        builders.publish(made)
        builders.adopt(made)
        with pytest.raises(Refused, match="mới hơn"):
            signing.check(old, CONTENT, actor=made.leader)
        assert old.checks.count() == 0

    def test_nobody_vouches_for_a_faulty_form(self, made):
        drafts.save_signing_details(made.row, actor=made.leader, seen=made.row.edits, values={"place": ""})
        with pytest.raises(Refused, match="Chưa có địa danh"):
            check(made, FORM, made.office)
        check(made, CONTENT, made.office)


class TestOpenSigning:
    @pytest.fixture(autouse=True)
    def installation(self):
        builders.demonstration()

    def open(self, made, actor=None, **more):
        return signing.open_signing(made.row, actor=actor or made.leader, **more)

    def test_the_adopted_text_is_frozen(self, made):
        builders.check(made)
        signing_round = self.open(made)
        assert made.row.state == DocumentState.SIGNING
        assert (signing_round.number, signing_round.state, signing_round.subject_id) == (1, RoundState.OPEN, made.pk)
        assert signing_round.document_date == made.row.date
        assert signing_round.clause_count == 9
        assert made.version.content_sha256 in signing_round.manifest
        assert entries(made)[-1] == Event.ROUND_OPENED
        assert signing.current_round(made.row) == signing_round
        pages = "".join(pictures.page_texts(documents.read(signing_round.current)))
        assert "Phòng, chống tội phạm" in pages
        assert "DỰ THẢO" not in pages

    def test_slots_stand_in_the_order_of_the_grid(self, made):
        builders.check(made)
        self.open(made)
        assert [slot.role for slot in made.slots] == [SlotRole.LEADER, SlotRole.DEPUTY, SlotRole.MEMBER]
        assert [slot.unit_name for slot in made.slots] == [actor.unit.name for actor in made.commanders]
        assert [slot.role_label for slot in made.slots] == ["Khối trưởng", "Khối phó", "Thành viên"]
        assert {slot.state for slot in made.slots} == {SlotState.READY}

    def test_leaders_may_stand_last_and_the_witness_behind_them(self):
        cast = builders.bloc(4, leaders_place=LeadersPlace.LAST)
        made = builders.document(DocumentState.SIGNING, of=cast, witness=True)
        roles = [SlotRole.MEMBER, SlotRole.MEMBER, SlotRole.DEPUTY, SlotRole.LEADER, SlotRole.WITNESS]
        assert [slot.role for slot in made.slots] == roles
        assert made.slots[-1].unit == builders.province()
        assert made.slots[-1].state == SlotState.WAITING

    def test_names_are_those_of_the_documents_date(self, made):
        unit = made.members[0].unit
        before = unit.name
        units.rename(
            unit, actor=None, name="Công an xã Tên Mới", short_name="Tên Mới", valid_from=clock.today() + timedelta(days=1)
        )
        builders.check(made)
        with clock.at(clock.now() + timedelta(days=2)):
            self.open(made)
        assert made.slot(made.members[0]).unit_name == before

    def test_both_checks_come_first(self, made):
        with pytest.raises(Refused, match="nội dung và thể thức"):
            self.open(made)
        check(made, CONTENT, made.leader)
        with pytest.raises(Refused, match="Chưa kiểm tra thể thức"):
            self.open(made)
        assert made.row.state == DocumentState.ADOPTED
        assert Document.objects.count() == 0

    def test_who_opens(self, made):
        builders.check(made)
        for actor in (made.deputy, made.members[0], builders.staff(made.leader.unit), builders.director()):
            with pytest.raises(Refused, match="mở ký"):
                self.open(made, actor)
        assert self.open(made, made.office).opened_by == made.office.user

    def test_a_second_opening_changes_nothing(self, made):
        builders.check(made)
        self.open(made)
        before = entries(made)
        with pytest.raises(Refused, match="đang ký"):
            self.open(made, made.office)
        assert (SigningRound.objects.count(), entries(made)) == (1, before)

    @pytest.mark.parametrize("state", [DocumentState.DRAFT, DocumentState.DISCUSSION, DocumentState.SIGNED])
    def test_only_an_adopted_text_is_opened(self, state):
        made = builders.document(state)
        with pytest.raises(Refused):
            self.open(made)

    def test_a_unit_that_lost_its_commander_since_the_check_blocks(self, made):
        builders.check(made)
        builders.end_position(made.members[0], last_day=clock.today() - timedelta(days=1))
        with pytest.raises(ValidationError, match="chưa có ai được ký"):
            self.open(made)
        assert made.row.state == DocumentState.ADOPTED

    def test_a_deadline_lies_ahead(self, made):
        builders.check(made)
        with pytest.raises(ValidationError, match="Hạn ký"):
            self.open(made, deadline=clock.now() - timedelta(minutes=1))
        assert self.open(made, deadline=clock.now() + timedelta(days=1)).deadline is not None

    def test_no_round_without_a_round(self, made):
        assert signing.current_round(made.row) is None


class TestRoundOfACovenant:
    def test_the_last_signature_makes_the_covenant_signed(self):
        made = builders.document(DocumentState.SIGNED)
        assert made.row.signed_at is not None
        assert made.round.completed_at is not None
        assert entries(made)[-2:] == [Event.SIGNED, Event.ROUND_COMPLETED]

    def test_a_voided_round_re_opens_the_draft(self):
        made = builders.document(DocumentState.SIGNING)
        rounds.void(made.round, actor=made.leader, reason="Sai chỉ tiêu")
        assert (made.row.state, made.row.signed_at) == (DocumentState.DRAFT, None)
        assert made.row.is_editable
        for step in (builders.publish, builders.adopt, builders.open_signing):
            step(made)
        assert [row.number for row in SigningRound.objects.order_by("number")] == [1, 2]
        assert made.version.number == 2

    def test_a_bloc_has_one_document_of_a_kind_a_year(self):
        made = builders.document()
        with pytest.raises(IntegrityError), transaction.atomic():
            BlocDocument.objects.create(bloc_year=made.row.bloc_year)

    def test_a_state_has_its_dates(self):
        made = builders.document()
        for values in (
            {"state": DocumentState.SIGNED},
            {"signed_at": clock.now()},
            {"state": DocumentState.SIGNING, "place": ""},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                BlocDocument.objects.filter(pk=made.pk).update(**values)

    def test_who_leads_the_gathering_of_signatures(self):
        made = builders.document(DocumentState.SIGNING)
        kind = DocumentKind.COVENANT
        assert made.round.kind == kind
        leads = [made.leader, made.office]
        others = [made.deputy, made.members[0], builders.staff(made.leader.unit), builders.staff(builders.another_office())]
        from emulation.signing import kinds

        assert all(kinds.get(kind).leads(made.round, actor) for actor in leads)
        assert not any(kinds.get(kind).leads(made.round, actor) for actor in others)
        assert kinds.get(kind).noun == "giao ước"
        assert str(made.pk) in kinds.get(kind).page(made.pk)


def test_every_seat_role_is_a_slot_role():
    assert set(SeatRole.values) < set(SlotRole.values)
