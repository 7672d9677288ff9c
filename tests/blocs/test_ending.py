"""Replacing and revoking a document in force: who may, what becomes of it, who is told, and what a verifier reads."""

import io

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from blocs.domain import ending, replacing, signing
from blocs.enums import DocumentKind, DocumentState
from blocs.models import BlocDocument
from emulation.inbox.models import Notice
from emulation.lib.verdict import Refused
from emulation.records.domain import documents
from emulation.records.models import AuditEntry
from emulation.signing.domain import ledger, paper, recheck, rounds, verification
from emulation.signing.enums import Standing
from emulation.signing.models import SigningRound
from tests import builders, endings
from tests.signing import scanned

pytestmark = pytest.mark.django_db
DECISION = "Quyết định số 215/QĐ-CAT ngày 05/06/2020 của Công an tỉnh"
REASON = "Chỉ tiêu 2 trái với chỉ đạo mới"


@pytest.fixture
def made():
    return builders.document(DocumentState.SIGNED)


def client_of(actor):
    client = Client()
    client.force_login(actor.user)
    return client


def started(made):
    """The draft that is to replace it, with the same cast."""
    return endings.replacement(made, reason=REASON)


def brought_to_signing(new):
    builders.publish(new)
    builders.adopt(new)
    builders.open_signing(new)
    return new


def replaced(made):
    new = brought_to_signing(started(made))
    builders.sign_all(new)
    return new


def of_file(made):
    found = ledger.by_sha256(made.round.current.sha256)
    return verification._of_file(found, made.round.current.sha256)


def round_of(made):
    return SigningRound.objects.get(kind=made.row.kind, subject_id=made.pk)


class TestRevoke:
    def test_it_ends_at_once_and_everybody_who_signed_is_told(self, made):
        ending.revoke(made.row, actor=made.office, decision=DECISION, reason=REASON)
        assert (made.row.state, made.row.end_reason, made.row.end_decision) == (DocumentState.REVOKED, REASON, DECISION)
        row = round_of(made)
        assert (row.standing, row.state) == (Standing.REVOKED, "completed")
        assert row.standing_reason == f"{REASON} ({DECISION})"
        for actor in made.signers:
            assert Notice.objects.filter(recipient=actor.user, text__contains="đã bị thu hồi").count() == 1
        entry = AuditEntry.objects.get(stream__key=made.row.stream, event="covenant_revoked")
        assert (entry.data["decision"], entry.data["reason"], entry.data["round"]) == (DECISION, REASON, 1)

    def test_its_bytes_and_signatures_stay(self, made):
        before = documents.read(made.round.current)
        ending.revoke(made.row, actor=made.office, decision=DECISION, reason=REASON)
        assert documents.read(made.round.current) == before
        assert all(slot.signed_at for slot in made.slots)
        assert list(recheck.rounds()) == []

    @pytest.mark.parametrize("who", ["leader", "deputy"])
    def test_only_the_blocs_own_office(self, made, who):
        with pytest.raises(Refused, match="cơ quan thường trực"):
            ending.revoke(made.row, actor=getattr(made, who), decision=DECISION, reason=REASON)
        with pytest.raises(Refused):
            ending.revoke(made.row, actor=builders.staff(builders.another_office()), decision=DECISION, reason=REASON)

    @pytest.mark.parametrize(
        ("decision", "reason", "words"),
        [(" ", REASON, "quyết định"), (DECISION, " ", "lý do"), (DECISION, "x" * 400, "dài quá"), ("x" * 201, REASON, "dài quá")],
    )
    def test_it_needs_a_decision_and_a_reason(self, made, decision, reason, words):
        with pytest.raises(Refused, match=words):
            ending.revoke(made.row, actor=made.office, decision=decision, reason=reason)
        assert made.row.state == DocumentState.SIGNED

    def test_what_is_not_in_force_is_not_revoked(self):
        for made in (builders.document(DocumentState.SIGNING), builders.document(DocumentState.DRAFT)):
            with pytest.raises(Refused, match="chưa có hiệu lực"):
                ending.revoke(made.row, actor=made.office, decision=DECISION, reason=REASON)

    def test_twice_is_once(self, made):
        ending.revoke(made.row, actor=made.office, decision=DECISION, reason=REASON)
        with pytest.raises(Refused, match="đã bị thu hồi"):
            ending.revoke(made.row, actor=made.office, decision=DECISION, reason="Lần nữa")
        assert AuditEntry.objects.filter(event="covenant_revoked").count() == 1

    def test_then_the_bloc_may_start_anew(self, made):
        ending.revoke(made.row, actor=made.office, decision=DECISION, reason=REASON)
        again = builders.document(DocumentState.DRAFT, of=made.bloc)
        assert again.row.replaces is None

    def test_an_annex_stays_what_went_out_also_when_a_round_was_voided_before(self):
        made = builders.document(DocumentState.SIGNING, kind=DocumentKind.OUTLINE)
        rounds.void(made.round, actor=made.leader, reason="Ban hành kèm biên bản")
        builders.publish(made)
        builders.adopt(made)
        builders.check(made)
        annex = signing.attach(made.row, actor=made.leader).annex
        ending.revoke(made.row, actor=made.office, decision=DECISION, reason=REASON)
        client = client_of(made.members[0])
        assert client.get(reverse("document_pdf", args=[made.pk])).content == documents.read(annex)
        shown = client.get(reverse("document", args=[made.pk])).context
        assert (shown["round"], annex.sha256 in shown["pages"][0]["picture"]) == (None, True)

    def test_what_went_out_with_the_minutes_is_revoked_too(self):
        made = builders.document(DocumentState.ATTACHED)
        ending.revoke(made.row, actor=made.office, decision=DECISION, reason=REASON)
        assert (made.row.state, made.row.is_annex) == (DocumentState.REVOKED, True)
        page = client_of(made.leader).get(reverse("document", args=[made.pk]))
        assert (page.status_code, "Đã bị thu hồi lúc" in page.content.decode()) == (200, True)
        assert client_of(made.leader).get(reverse("document_pdf", args=[made.pk])).status_code == 200


class TestReplace:
    def test_the_new_one_starts_from_the_old_and_names_it(self, made):
        new = started(made)
        assert (new.row.replaces, new.row.replace_reason) == (made.row, REASON)
        assert new.row.clauses.count() == made.row.clauses.count() + 1
        assert f"ký ngày {made.row.date:%d/%m/%Y}" in new.row.clauses.order_by("-pk").first().text
        assert made.row.state == DocumentState.SIGNED

    def test_the_old_one_holds_until_the_last_signature_of_the_new(self, made):
        new = brought_to_signing(started(made))
        *others, last = new.signers
        for actor in others:
            builders.sign(new.slot(actor), actor=actor)
        assert (made.row.state, round_of(made).standing) == (DocumentState.SIGNED, Standing.IN_FORCE)
        builders.sign(new.slot(last), actor=last)
        assert (made.row.state, new.row.state) == (DocumentState.REPLACED, DocumentState.SIGNED)
        row = round_of(made)
        assert (row.standing, row.successor_id, row.standing_reason) == (Standing.REPLACED, new.round.pk, REASON)
        assert Notice.objects.filter(recipient=made.leader.user, text__contains="đã được thay thế").count() == 1
        entry = AuditEntry.objects.get(stream__key=made.row.stream, event="covenant_replaced")
        assert (entry.data["by"], entry.data["round"]) == (new.pk, 1)
        assert list(recheck.rounds()) == []

    def test_on_paper_the_second_person_completes_it(self, made):
        new = started(made)
        builders.publish(new)
        builders.adopt(new)
        builders.open_signing(new, originals=4)
        row = builders.record_paper(new, scanned.scan_of(new))
        assert made.row.state == DocumentState.SIGNED
        paper.confirm(row, actor=new.office)
        assert made.row.state == DocumentState.REPLACED

    def test_an_annex_replaces_an_annex(self):
        made = builders.document(DocumentState.ATTACHED)
        new = started(made)
        builders.publish(new)
        builders.adopt(new)
        builders.check(new)
        signing.attach(new.row, actor=new.leader)
        assert (made.row.state, new.row.state) == (DocumentState.REPLACED, DocumentState.ATTACHED)

    def test_voiding_the_new_round_leaves_the_old_one_in_force(self, made):
        new = brought_to_signing(started(made))
        rounds.void(new.round, actor=new.leader, reason="Sai số liệu")
        assert made.row.state == DocumentState.SIGNED

    def test_revoked_meanwhile_it_stays_revoked(self, made):
        new = brought_to_signing(started(made))
        ending.revoke(made.row, actor=made.office, decision=DECISION, reason=REASON)
        builders.sign_all(new)
        assert (made.row.state, new.row.state) == (DocumentState.REVOKED, DocumentState.SIGNED)

    @pytest.mark.parametrize("who", ["office", "member"])
    def test_only_who_drafts_starts_it(self, made, who):
        actor = made.office if who == "office" else made.members[0]
        with pytest.raises(Refused):
            replacing.start_replacement(made.row, actor=actor, reason=REASON)

    def test_only_what_is_in_force_and_once_at_a_time(self, made):
        with pytest.raises(Refused, match="lý do"):
            replacing.start_replacement(made.row, actor=made.leader, reason=" ")
        started(made)
        with pytest.raises(Refused, match="đang soạn"):
            started(made)
        with pytest.raises(Refused, match="chưa có hiệu lực"):
            started(builders.document(DocumentState.SIGNING))

    def test_a_replacement_is_replaced_in_its_turn(self, made):
        newest = replaced(replaced(made))
        assert list(BlocDocument.objects.order_by("pk").values_list("state", flat=True)) == ["replaced", "replaced", "signed"]
        assert newest.row.replaces.replaces == made.row

    def test_the_database_keeps_one_in_force_and_one_at_work(self, made):
        new = started(made)
        for pk, values in (
            (new.pk, {"state": DocumentState.SIGNED, "signed_at": made.row.signed_at, "date": made.row.date, "place": "X"}),
            (made.pk, {"state": DocumentState.DRAFT, "signed_at": None}),
            (made.pk, {"state": DocumentState.REVOKED}),
            (new.pk, {"replace_reason": ""}),
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                BlocDocument.objects.filter(pk=pk).update(**values)


class TestVerify:
    def test_a_replaced_one_leads_to_the_new(self, made):
        old_round = made.round
        new = replaced(made)
        said = Client().get(reverse("verify_token", args=[old_round.token])).content.decode()
        assert "đã được thay thế từ ngày" in said
        assert REASON in said
        assert reverse("verify_token", args=[new.round.token]) in said
        five = of_file(made)
        assert (five.headline.outcome, five.is_valid) == ("replaced", False)
        assert (five.answers.file.code, five.answers.intact.code, five.answers.complete.code) == ("final", "intact", "complete")
        assert (five.answers.standing.code, five.answers.signers.code) == ("replaced", "sample")
        assert of_file(new).is_valid

    def test_a_revoked_one_says_since_when_and_why(self, made):
        ending.revoke(made.row, actor=made.office, decision=DECISION, reason=REASON)
        said = Client().get(reverse("verify_token", args=[made.round.token])).content.decode()
        assert "đã bị thu hồi từ ngày" in said
        assert DECISION in said
        five = of_file(made)
        assert (five.headline.outcome, five.answers.standing.code, five.is_valid) == ("revoked", "revoked", False)

    def test_the_command_is_not_content_and_names_the_new(self, made, tmp_path):
        file = tmp_path / "ban-cu.pdf"
        file.write_bytes(documents.read(made.round.current))
        new = replaced(made)
        out = io.StringIO()
        with pytest.raises(SystemExit) as ended:
            call_command("verify", str(file), stdout=out)
        assert ended.value.code == 1
        assert new.round.token in out.getvalue()

    def test_a_standing_that_the_audit_does_not_know_is_a_break(self, made):
        row = round_of(made)
        SigningRound.objects.filter(pk=row.pk).update(
            standing=Standing.REVOKED, standing_reason="sửa tay", standing_since=row.completed_at
        )
        assert any("does not say that it was revoked" in break_ for break_ in recheck.rounds())


class TestPages:
    def test_the_old_page_leads_to_the_new_and_back(self, made):
        new = replaced(made)
        old_page = client_of(made.members[0]).get(reverse("document", args=[made.pk])).content.decode()
        assert "Đã được thay thế lúc" in old_page
        assert f'href="{reverse("document", args=[new.pk])}"' in old_page
        new_page = client_of(made.members[0]).get(reverse("document", args=[new.pk])).content.decode()
        assert f'href="{reverse("document", args=[made.pk])}"' in new_page

    def test_a_first_draft_is_not_told_to_members(self, made):
        new = started(made)
        link = f'href="{reverse("document", args=[new.pk])}"'
        assert link in client_of(made.leader).get(reverse("document", args=[made.pk])).content.decode()
        assert link not in client_of(made.members[0]).get(reverse("document", args=[made.pk])).content.decode()

    def test_buttons_are_for_who_may(self, made):
        address = reverse("document", args=[made.pk])
        for actor, replaces, revokes in (
            (made.leader, True, False),
            (made.office, False, True),
            (made.members[0], False, False),
        ):
            said = client_of(actor).get(address).content.decode()
            assert (reverse("document_replace", args=[made.pk]) in said) == replaces
            assert (reverse("document_revoke", args=[made.pk]) in said) == revokes

    def test_the_forms_say_what_is_missing_and_lose_nothing(self, made):
        answer = client_of(made.office).post(reverse("document_revoke", args=[made.pk]), {"decision": "", "reason": REASON})
        assert answer.status_code == 422
        assert REASON in answer.content.decode()
        sent = {"decision": DECISION, "reason": REASON}
        assert client_of(made.office).post(reverse("document_revoke", args=[made.pk]), sent).status_code == 302
        assert made.row.state == DocumentState.REVOKED

    def test_the_leader_goes_to_the_new_draft(self, made):
        address = reverse("document_replace", args=[made.pk])
        assert client_of(made.leader).get(address).status_code == 200
        answer = client_of(made.leader).post(address, {"reason": REASON})
        new = BlocDocument.objects.get(replaces=made.pk)
        assert answer["Location"] == reverse("draft", args=[new.pk])

    def test_the_office_revokes_in_the_admin_too(self, made):
        address = reverse("admin:blocs_blocdocument_revoke", args=[made.pk])
        client = client_of(made.office)
        assert client.get(address).status_code == 200
        assert client.post(address, {"decision": "", "reason": ""}).status_code == 422
        assert client.post(address, {"decision": DECISION, "reason": REASON}).status_code == 302
        assert made.row.state == DocumentState.REVOKED
        assert client.post(address, {"decision": DECISION, "reason": REASON}).status_code == 403

    def test_bloc_list_and_board_tell_what_is_in_force(self, made):
        started(made)
        for name in ("blocs", "board"):
            assert "Đã ký" in client_of(made.office).get(reverse(name)).content.decode()
        said = client_of(made.office).get(reverse("bloc", args=[made.bloc.bloc_year.pk])).content.decode()
        assert said.count(made.row.printed_title) >= 2

    def test_all_kinds_end(self):
        made = builders.document(DocumentState.SIGNED, kind=DocumentKind.SCORING)
        new = replaced(made)
        assert (made.row.state, new.row.kind) == (DocumentState.REPLACED, DocumentKind.SCORING)
