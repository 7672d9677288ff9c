"""From the last edit at the conference to the first signature: four acts, none of which is left out."""

import time
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from blocs.domain import discussion, drafts
from blocs.enums import AdoptionBasis, DocumentState
from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.records.events import Event
from emulation.records.models import AuditEntry
from tests import builders
from tests.builders import SECRET

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper")]

TWO_MINUTES = 120


class TestInTheHall:
    """Publish and adopt in one act; the checks and the opening stay acts of their own."""

    def conclude(self, made, *, actor=None, **how):
        values = {"held_on": clock.today(), "present": 3, **how}
        return discussion.publish_and_adopt(made.row, actor=actor or made.leader, **values)

    @pytest.mark.parametrize("state", [DocumentState.DRAFT, DocumentState.DISCUSSION])
    def test_the_amended_draft_becomes_a_version_and_is_agreed(self, state):
        made = builders.document(state)
        before = made.row.versions.count()
        drafts.add_clause(made.row, actor=made.leader, part="body")
        clause = made.row.clauses.order_by("-pk")[0]
        drafts.save_clause(clause, actor=made.leader, seen=0, values={"heading": "Sửa tại hội nghị", "text": "Nội dung."})
        adoption = self.conclude(made, note="Một đơn vị bảo lưu.")
        assert made.row.state == DocumentState.ADOPTED
        assert (adoption.basis, adoption.present, adoption.total) == (AdoptionBasis.CONFERENCE, 3, 3)
        assert adoption.version.number == before + 1
        assert "Sửa tại hội nghị" in adoption.version.content

    def test_both_or_neither(self):
        made = builders.document(DocumentState.DISCUSSION)
        drafts.add_clause(made.row, actor=made.leader, part="body")
        with pytest.raises(ValidationError):
            self.conclude(made, present=9)
        assert made.row.state == DocumentState.DISCUSSION
        assert made.row.versions.count() == 1

    def test_what_somebody_saved_in_that_moment_is_published_too(self):
        made = builders.document()
        drafts.save_signing_details(made.row, actor=made.leader, seen=made.row.edits, values={"date": None})
        shown = made.row
        drafts.save_text(made.row, actor=made.deputy, seen=shown.edits, values={"opening": "Câu cuối cùng."})
        adoption = discussion.publish_and_adopt(shown, actor=made.leader, held_on=clock.today(), present=3)
        assert "Câu cuối cùng." in adoption.version.content

    def test_a_draft_that_was_not_changed_is_not_published_again(self):
        made = builders.document(DocumentState.DISCUSSION)
        assert self.conclude(made).version.number == 1

    def test_the_conference_gives_a_missing_day_of_signing(self):
        made = builders.document()
        drafts.save_signing_details(made.row, actor=made.leader, seen=made.row.edits, values={"date": None})
        self.conclude(made)
        assert made.row.date == clock.today()

    def test_a_day_to_come_is_refused_and_changes_nothing(self):
        made = builders.document()
        with pytest.raises(ValidationError):
            self.conclude(made, held_on=clock.today() + timedelta(days=1))
        assert made.row.state == DocumentState.DRAFT

    def test_a_second_time_is_refused(self):
        made = builders.document()
        self.conclude(made)
        with pytest.raises(Refused):
            self.conclude(made)

    def test_staff_and_office_do_not(self):
        made = builders.document()
        for actor in (builders.staff(made.leader.unit), made.office, made.members[0]):
            with pytest.raises(Refused):
                self.conclude(made, actor=actor)

    def test_both_acts_stand_in_the_audit(self):
        made = builders.document()
        self.conclude(made)
        told = AuditEntry.objects.filter(stream__key=made.row.stream).order_by("-seq").values_list("event", flat=True)
        assert list(told[:2]) == [Event.DOCUMENT_ADOPTED, Event.VERSION_PUBLISHED]


class TestFourActs:
    def test_from_the_last_edit_to_the_first_signature(self):
        """Four acts of the leaders in the hall, two of them by another person or in another role, and nobody else logs in to agree."""
        builders.demonstration()
        made = builders.document(DocumentState.DISCUSSION)
        leader, deputy, member = (self.client_of(actor) for actor in (made.leader, made.deputy, made.members[0]))
        clause = made.row.clauses.filter(kind="clause")[0]
        drafts.save_clause(clause, actor=made.leader, seen=clause.edits, values={"text": "Sửa lần cuối tại hội nghị."})
        began = time.monotonic()
        today = clock.today().strftime("%d/%m/%Y")
        acts = [
            (leader, "publish_and_adopt", {"held_on": today, "present": "3"}),
            (leader, "check", {"version": "2"}, {"kind": "content"}),
            (deputy, "check", {"version": "2"}, {"kind": "form"}),
            (leader, "open_signing", {}),
        ]
        for client, name, data, *more in acts:
            address = reverse(name, kwargs={"pk": made.pk, **(more[0] if more else {})})
            assert client.post(address, data).status_code == 302, name
        sign = {"secret": SECRET, "digest": builders.frozen_digest(made.round)}
        assert member.post(reverse("sign", args=[made.pk]), sign).status_code == 302
        assert len(acts) == 4
        assert time.monotonic() - began < TWO_MINUTES
        assert sum(slot.signed_at is not None for slot in made.slots) == 1

    def test_the_two_checks_stay_with_two_persons(self):
        made = builders.document(DocumentState.DISCUSSION)
        discussion.publish_and_adopt(made.row, actor=made.leader, held_on=clock.today(), present=3)
        leader = self.client_of(made.leader)
        statuses = [
            leader.post(reverse("check", kwargs={"pk": made.pk, "kind": kind}), {"version": "1"}).status_code
            for kind in ("content", "form")
        ]
        assert statuses == [302, 403]

    def test_a_form_with_a_fault_comes_back_with_it(self):
        made = builders.document(DocumentState.DISCUSSION)
        leader = self.client_of(made.leader)
        answer = leader.post(reverse("publish_and_adopt", args=[made.pk]), {"held_on": "30/02/2026", "present": ""})
        assert answer.status_code == 422
        assert set(answer.context["conference_form"].errors) == {"held_on", "present"}
        answer = leader.post(reverse("publish_and_adopt", args=[made.pk]), {"held_on": "01/01/2020", "present": "9"})
        assert answer.status_code == 422
        assert "Số đơn vị có mặt từ 2 đến 3" in answer.content.decode()

    def test_the_button_stands_in_the_room_of_who_may(self):
        made = builders.document(DocumentState.DISCUSSION)
        room = reverse("draft", args=[made.pk])
        assert "Thông qua tại hội nghị…" in self.client_of(made.leader).get(room).content.decode()
        assert "Thông qua tại hội nghị…" not in self.client_of(made.office).get(room).content.decode()

    def client_of(self, actor):
        client = Client()
        client.force_login(actor.user)
        return client
