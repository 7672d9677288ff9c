"""The office's library of clauses, and taking from it into a draft."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from blocs.domain import library, limits
from blocs.enums import DocumentKind, DocumentState
from blocs.models import LibraryClause
from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.records.events import Event
from emulation.records.models import AuditEntry
from tests import builders

pytestmark = pytest.mark.django_db

CLAUSE = {"heading": "Nhiệm vụ năm {năm}", "text": "{đơn vị khối trưởng} chủ trì, {ai đó} phối hợp."}


@pytest.fixture
def made():
    return builders.document()


def client_of(actor):
    client = Client()
    client.force_login(actor.user)
    return client


def keep(actor, row=None, **values):
    return library.keep(row, actor=actor, values={**CLAUSE, **values})


class TestKeeping:
    def test_the_office_adds_and_changes(self, made):
        row = keep(made.office)
        assert (row.office, row.is_retired) == (made.office.unit, False)
        changed = library.keep(row, actor=made.office, values={"text": "Khác."})
        assert (changed.heading, changed.text) == (CLAUSE["heading"], "Khác.")
        entries = AuditEntry.objects.filter(event=Event.LIBRARY_CHANGED, stream__key=library.stream_of(row)).order_by("seq")
        assert [entry.data["changed"] for entry in entries][1] == ["text"]

    def test_the_same_again_changes_nothing(self, made):
        row = keep(made.office)
        keep(made.office, row)
        assert AuditEntry.objects.filter(event=Event.LIBRARY_CHANGED).count() == 1

    def test_nobody_else_keeps_it(self, made):
        row = keep(made.office)
        for actor in (made.leader, builders.administrator(), builders.staff(builders.another_office())):
            with pytest.raises(Refused):
                keep(actor, row, text="Khác.")

    def test_an_empty_clause_is_none(self, made):
        with pytest.raises(ValidationError):
            keep(made.office, heading=" ", text="")

    def test_the_admin_adds_and_retires_by_the_verb(self, made):
        office = client_of(made.office)
        sent = {"part": "body", "kind": "clause", "order": "2", "heading": "Mới", "text": "Nội dung.", "seen": ""}
        assert office.post(reverse("admin:blocs_libraryclause_add"), sent).status_code == 302
        row = LibraryClause.objects.get()
        page = reverse("admin:blocs_libraryclause_change", args=[row.pk])
        seen = office.get(page).context["adminform"].form["seen"].value()
        assert office.post(page, {**sent, "is_retired": "on", "seen": seen}).status_code == 302
        row.refresh_from_db()
        assert (row.heading, row.is_retired) == ("Mới", True)


class TestTaking:
    def test_chosen_clauses_come_into_the_draft_with_their_words_filled_in(self, made):
        keep(made.office)
        chosen = keep(made.office, part="implementation", heading="Tổ chức {năm}")
        leader = client_of(made.leader)
        page = reverse("library", args=[made.pk])
        shown = leader.get(page).content.decode()
        assert f"Nhiệm vụ năm {clock.today().year}" in shown
        assert leader.post(page, {"chon": [str(chosen.pk)]}).status_code == 302
        clause = made.row.clauses.order_by("-pk")[0]
        assert (clause.part, clause.heading) == ("implementation", f"Tổ chức {clock.today().year}")
        assert clause.text == f"{made.leader.unit.name} chủ trì, {{ai đó}} phối hợp."

    def test_retired_and_foreign_clauses_are_not_offered_nor_taken(self, made):
        retired = keep(made.office, is_retired=True)
        foreign = keep(builders.staff(builders.another_office()))
        assert not LibraryClause.objects.for_bloc(made.bloc.bloc_year).exists()
        for row in (retired, foreign):
            with pytest.raises(Refused, match="không còn trong thư viện"):
                library.take(made.row, [row], actor=made.leader)

    def test_only_who_edits_takes_and_only_while_it_is_open(self, made):
        row = keep(made.office)
        with pytest.raises(Refused):
            library.take(made.row, [row], actor=made.members[0])
        signed = builders.document(DocumentState.ADOPTED)
        with pytest.raises(Refused):
            library.take(signed.row, [row], actor=signed.leader)

    def test_keys_that_mean_nothing_take_nothing_and_it_is_said(self, made):
        before, page = made.row.clauses.count(), reverse("library", args=[made.pk])
        client = client_of(made.leader)
        assert client.post(page, {"chon": ["x", "999999"]}).url == page
        assert "Chưa chọn mục nào." in client.get(page).content.decode()
        assert made.row.clauses.count() == before

    def test_a_regulation_has_one_part_only(self):
        made = builders.document(kind=DocumentKind.REGULATION)
        chosen = keep(made.office, part="implementation", heading="Tổ chức")
        page = reverse("library", args=[made.pk])
        assert "Tổ chức thực hiện" not in client_of(made.leader).get(page).content.decode()
        room = client_of(made.leader).post(page, {"chon": [str(chosen.pk)]}).url
        assert made.row.clauses.order_by("-pk")[0].part == "body"
        assert "Tổ chức" in client_of(made.leader).get(room).content.decode()

    def test_what_no_longer_fits_is_refused_as_a_whole(self, made, monkeypatch):
        rows = [keep(made.office, heading=f"Mục {number}", text="Lời dài. " * 300) for number in range(3)]
        before = made.row.clauses.count()
        monkeypatch.setattr(limits, "MOST_CHARACTERS", 8_000)
        with pytest.raises(Refused, match="Cả văn bản dài quá"):
            library.take(made.row, rows, actor=made.leader)
        assert made.row.clauses.count() == before
