"""The scoring regulation, the outline and the operating regulation: text only, signed by the leader alone or annexed to minutes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from blocs.domain import discussion, drafts, pasting, signing, todo
from blocs.domain.starting import default_text
from blocs.enums import WITH_ARTICLES, AdoptionBasis, CheckKind, ClausePart, DocumentKind, DocumentState, Opinion
from blocs.models import Adoption, BlocDocument
from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.records.events import Event
from emulation.records.models import AuditEntry
from emulation.signing import kinds
from tests import builders

pytestmark = pytest.mark.django_db
OTHERS = [DocumentKind.SCORING, DocumentKind.OUTLINE, DocumentKind.REGULATION]


@pytest.fixture
def cast():
    return builders.bloc()


class TestStart:
    @pytest.mark.parametrize("kind", OTHERS)
    def test_a_kind_starts_from_its_own_text(self, cast, kind):
        made = builders.document(of=cast, kind=kind)
        usual = default_text(made.row.bloc_year, kind)
        assert (made.row.title, made.row.movement) == (usual.title, usual.movement)
        assert "{" not in "".join(made.row.clauses.values_list("text", flat=True)) + made.row.opening
        assert set(made.row.clauses.values_list("part", flat=True)) == {ClausePart.BODY}
        assert made.row.stream == f"{kind}:{made.pk}"

    def test_each_kind_once_a_year_beside_the_covenant(self, cast):
        for kind in DocumentKind:
            builders.document(of=cast, kind=kind)
        for kind in DocumentKind:
            with pytest.raises(Refused):
                drafts.start(cast.bloc_year, actor=cast.leader, kind=kind)
        assert cast.bloc_year.documents.count() == 4

    def test_a_title_without_a_movement(self, cast):
        made = builders.document(of=cast, kind=DocumentKind.REGULATION)
        assert made.row.printed_title == f"Quy chế hoạt động năm {clock.today().year}"

    def test_a_pasted_regulation_keeps_all_in_one_part(self, cast):
        text = pasting.split("Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\n1. Một.\n2. Hai.\nI. TỔ CHỨC THỰC HIỆN", articles=True)
        row = drafts.start(cast.bloc_year, actor=cast.leader, kind=DocumentKind.REGULATION, text=text)
        assert [(clause.kind, clause.heading) for clause in row.clauses.all()] == [
            ("section", "Quy định chung"),
            ("clause", "Phạm vi"),
        ]
        assert row.clauses.last().text == "1. Một.\n2. Hai.\nI. TỔ CHỨC THỰC HIỆN"
        assert row.title == "Quy chế hoạt động"


class TestDraft:
    @pytest.mark.parametrize("kind", OTHERS)
    def test_no_targets_and_no_titles(self, cast, kind):
        made = builders.document(of=cast, kind=kind)
        values = {"name": "Tỷ lệ", "measure": "%", "direction": "higher"}
        with pytest.raises(Refused):
            drafts.add_indicator(made.row, actor=cast.leader, values=values)
        with pytest.raises(Refused):
            drafts.register_titles(made.row, cast.leader.unit, ["victory_unit"], actor=cast.leader)

    def test_the_room_hides_what_does_not_apply(self, cast, client):
        made = builders.document(of=cast, kind=DocumentKind.OUTLINE)
        client.force_login(cast.leader.user)
        page = client.get(reverse("draft", args=[made.pk]), {"phan": "ngay-ky"}).content.decode()
        assert "phan=noi-dung" in page
        assert not any(
            word in page for word in ("phan=chi-tieu", "phan=danh-hieu", "phan=to-chuc", "has_witness", "signing_order")
        )
        assert client.get(reverse("draft", args=[made.pk]), {"phan": "chi-tieu"}).context["part"] == "noi-dung"


class TestConference:
    def ready(self, cast, *wanted):
        return [builders.document(DocumentState.DISCUSSION, of=cast, kind=kind) for kind in wanted]

    def adopt(self, made, *others, basis=AdoptionBasis.CONFERENCE):
        also = [other.version for other in others]
        return discussion.adopt(
            made.version, actor=made.leader, basis=basis, held_on=clock.today(), present=3, note="Nhất trí", also=also
        )

    def test_one_act_adopts_several_each_with_its_own_record(self, cast):
        covenant, scoring, outline = self.ready(cast, DocumentKind.COVENANT, DocumentKind.SCORING, DocumentKind.OUTLINE)
        self.adopt(covenant, scoring, outline)
        assert {made.row.state for made in (covenant, scoring, outline)} == {DocumentState.ADOPTED}
        assert Adoption.objects.filter(basis=AdoptionBasis.CONFERENCE, note="Nhất trí").count() == 3
        assert AuditEntry.objects.filter(event=Event.DOCUMENT_ADOPTED).values("stream").distinct().count() == 3

    def test_all_or_none(self, cast):
        covenant, scoring = self.ready(cast, DocumentKind.COVENANT, DocumentKind.SCORING)
        drafts.save_text(covenant.row, actor=cast.leader, seen=covenant.row.edits, values={"opening": "Đã sửa"})
        with pytest.raises(Refused):
            self.adopt(covenant, scoring)
        assert scoring.row.state == DocumentState.DISCUSSION

    def test_only_a_conference_adopts_several(self, cast):
        covenant, scoring = self.ready(cast, DocumentKind.COVENANT, DocumentKind.SCORING)
        builders.agree(covenant)
        with pytest.raises(Refused, match="hội nghị"):
            self.adopt(covenant, scoring, basis=AdoptionBasis.CONSENSUS)

    def test_offered_are_the_others_whose_draft_has_not_moved_on(self, cast):
        covenant, scoring, outline = self.ready(cast, DocumentKind.COVENANT, DocumentKind.SCORING, DocumentKind.OUTLINE)
        builders.document(of=cast, kind=DocumentKind.REGULATION)
        drafts.save_text(outline.row, actor=cast.leader, seen=outline.row.edits, values={"opening": "Đã sửa"})
        assert discussion.ready_for_conference(covenant.row, cast.leader) == [scoring.version]
        assert discussion.ready_for_conference(scoring.row, cast.leader) == [covenant.version]
        assert discussion.ready_for_conference(covenant.row, cast.members[0]) == []

    def test_the_form_offers_and_takes_them(self, cast, client):
        covenant, scoring = self.ready(cast, DocumentKind.COVENANT, DocumentKind.SCORING)
        client.force_login(cast.leader.user)
        assert scoring.row.printed_title in client.get(reverse("document", args=[covenant.pk])).content.decode()
        data = {"version": "1", "basis": "conference", "held_on": clock.today().strftime("%d/%m/%Y"), "present": "3"}
        wrong = client.post(reverse("adopt", args=[covenant.pk]), data | {"basis": "lapse", "also": [str(scoring.version.pk)]})
        assert "Chỉ hội nghị mới thông qua cùng lúc nhiều văn bản." in wrong.content.decode()
        assert client.post(reverse("adopt", args=[covenant.pk]), data | {"also": ["0"]}).status_code == 422
        assert client.post(reverse("adopt", args=[covenant.pk]), data | {"also": [str(scoring.version.pk)]}).status_code == 302
        assert (covenant.row.state, scoring.row.state) == (DocumentState.ADOPTED, DocumentState.ADOPTED)

    def test_in_the_hall_they_go_with_the_amended_draft(self, cast, client):
        covenant, scoring = self.ready(cast, DocumentKind.COVENANT, DocumentKind.SCORING)
        drafts.save_text(covenant.row, actor=cast.leader, seen=covenant.row.edits, values={"opening": "Sửa tại hội nghị"})
        client.force_login(cast.leader.user)
        assert scoring.row.printed_title in client.get(reverse("draft", args=[covenant.pk])).content.decode()
        data = {"held_on": clock.today().strftime("%d/%m/%Y"), "present": "3", "also": [str(scoring.version.pk)]}
        assert client.post(reverse("publish_and_adopt", args=[covenant.pk]), data).status_code == 302
        assert (covenant.row.state, scoring.row.state) == (DocumentState.ADOPTED, DocumentState.ADOPTED)
        assert (covenant.version.number, scoring.version.number) == (2, 1)


class TestAttach:
    @pytest.mark.parametrize("kind", OTHERS)
    def test_out_with_the_minutes_on_the_day_of_the_conference(self, kind):
        made = builders.document(DocumentState.ATTACHED, kind=kind)
        assert (made.row.state, made.row.date) == (DocumentState.ATTACHED, clock.today())
        assert signing.current_round(made.row) is None
        assert AuditEntry.objects.filter(stream__key=made.row.stream, event=Event.DOCUMENT_ATTACHED).count() == 1

    def test_an_annex_needs_no_date_and_no_signer(self, cast):
        row = drafts.start(cast.bloc_year, actor=cast.leader, kind=DocumentKind.OUTLINE)
        made = builders.DocumentCast(row.pk, cast)
        builders.publish(made)
        builders.adopt(made)
        builders.check(made)
        assert signing.attach(made.row, actor=cast.office).date == clock.today()

    def test_not_without_both_checks(self, cast):
        made = builders.document(DocumentState.ADOPTED, of=cast, kind=DocumentKind.SCORING)
        signing.check(made.version, CheckKind.CONTENT, actor=cast.leader)
        with pytest.raises(Refused, match="Chưa kiểm tra thể thức"):
            signing.attach(made.row, actor=cast.leader)

    def test_not_without_a_conference(self, cast):
        made = builders.document(DocumentState.ADOPTED, of=cast, kind=DocumentKind.SCORING, basis=AdoptionBasis.CONSENSUS)
        builders.check(made)
        with pytest.raises(Refused, match="không được thông qua tại hội nghị"):
            signing.attach(made.row, actor=cast.leader)

    def test_never_a_covenant(self, cast):
        made = builders.document(DocumentState.ADOPTED, of=cast)
        builders.check(made)
        with pytest.raises(Refused, match="phải được các đơn vị ký"):
            signing.attach(made.row, actor=cast.leader)
        with pytest.raises(IntegrityError), transaction.atomic():
            BlocDocument.objects.filter(pk=made.pk).update(state=DocumentState.ATTACHED)

    def test_what_is_out_does_not_change(self, client):
        made = builders.document(DocumentState.ATTACHED)
        for act in (
            lambda: drafts.save_text(made.row, actor=made.leader, seen=made.row.edits, values={"opening": "x"}),
            lambda: drafts.save_signing_details(made.row, actor=made.leader, seen=made.row.edits, values={"place": "x"}),
            lambda: discussion.redraft(made.row, actor=made.leader, reason="Sai"),
            lambda: builders.publish(made),
        ):
            with pytest.raises(Refused, match="đã ban hành"):
                act()
        client.force_login(made.members[0].user)
        page = client.get(reverse("document", args=[made.pk])).content.decode()
        assert "Ban hành kèm theo biên bản hội nghị" in page
        assert client.get(reverse("document_pdf", args=[made.pk])).content.startswith(b"%PDF")


class TestSign:
    @pytest.mark.parametrize("kind", OTHERS)
    def test_the_leader_signs_for_all(self, kind):
        made = builders.document(DocumentState.SIGNED, kind=kind)
        assert [(slot.unit_id, slot.role) for slot in made.slots] == [(made.leader.unit_id, "leader")]
        assert made.row.signed_at is not None
        assert (made.round.kind, made.round.stream) == (kind, made.row.stream)

    def test_each_kind_is_called_by_its_noun(self):
        assert [kinds.get(kind).noun for kind in DocumentKind] == ["giao ước", "quy định", "đề cương", "quy chế"]

    def test_only_the_leader_is_asked_for_a_signer(self, cast):
        made = builders.document(DocumentState.ADOPTED, of=cast, kind=DocumentKind.SCORING)
        position = cast.members[0].position
        type(position).objects.filter(pk=position.pk).update(valid_until=clock.today() - timedelta(days=1))
        builders.check(made)
        assert builders.open_signing(made).slots.count() == 1

    def test_while_the_leader_signs_the_bloc_stays(self, cast):
        from blocs import policies

        made = builders.document(DocumentState.SIGNING, of=cast, kind=DocumentKind.OUTLINE)
        assert "đang ký" in policies.may_change_bloc(cast.bloc_year, cast.office).reason
        builders.sign_all(made)
        assert policies.may_change_bloc(cast.bloc_year, cast.office)


class TestPages:
    def test_the_bloc_shows_a_row_for_each_kind(self, cast, client):
        builders.document(DocumentState.ATTACHED, of=cast, kind=DocumentKind.SCORING)
        client.force_login(cast.leader.user)
        page = client.get(reverse("bloc", args=[cast.bloc_year.pk]))
        assert [row is not None for _kind, row in page.context["documents"]] == [False, True, False, False]
        text = page.content.decode()
        for kind in (DocumentKind.COVENANT, DocumentKind.OUTLINE, DocumentKind.REGULATION):
            assert reverse("document_start", args=[cast.bloc_year.pk, kind]) in text
        client.force_login(cast.members[0].user)
        assert "/soan/" not in client.get(reverse("bloc", args=[cast.bloc_year.pk])).content.decode()

    def test_the_list_is_by_bloc_and_year(self, cast, client):
        for kind in DocumentKind:
            builders.document(DocumentState.DISCUSSION, of=cast, kind=kind)
        other = builders.document(DocumentState.DISCUSSION)
        client.force_login(builders.staff(builders.office()).user)
        groups = client.get(reverse("documents")).context["groups"]
        assert {bloc.pk: len(rows) for bloc, rows in groups} == {cast.bloc_year.pk: 4, other.row.bloc_year_id: 1}

    def test_tasks_say_which_document(self, cast):
        covenant, scoring = (
            builders.document(DocumentState.DISCUSSION, of=cast, kind=kind)
            for kind in (DocumentKind.COVENANT, DocumentKind.SCORING)
        )
        tasks = [task for task in todo.tasks(todo.overview(cast.members[0]), cast.members[0]) if task.kind == todo.STAND]
        assert {task.note for task in tasks} == {covenant.row.printed_title, scoring.row.printed_title}
        discussion.send_stand(scoring.version, actor=cast.members[0], opinion=Opinion.AGREE)
        left = [task.document.pk for task in todo.tasks(todo.overview(cast.members[0]), cast.members[0])]
        assert left == [covenant.pk]

    @pytest.mark.parametrize("kind", DocumentKind)
    def test_a_document_starts_from_its_page(self, cast, client, kind):
        client.force_login(cast.leader.user)
        address = reverse("document_start", args=[cast.bloc_year.pk, kind])
        assert str(DocumentKind(kind).label) in client.get(address).content.decode()
        assert client.post(address, {"start": "template"}).status_code == 302
        assert cast.bloc_year.documents.get().kind == kind

    def test_who_numbers_articles(self):
        assert WITH_ARTICLES == (DocumentKind.SCORING, DocumentKind.REGULATION)
