"""Pages of remarks: making one, deciding on it, the choice between two texts, attachments, the table that goes out."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from blocs.domain import drafts, remarks
from blocs.domain.attachments import Upload
from blocs.enums import RemarkState
from emulation.pdf import pictures
from tests import builders

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF\n"
NEW = "Câu chữ do đơn vị đề xuất."


def client_of(actor):
    client = Client()
    client.force_login(actor.user)
    return client


@pytest.fixture
def made():
    return builders.document("discussion")


@pytest.fixture
def remark(made):
    clause = clause_of(made)
    return remarks.raise_remark(
        made.version,
        actor=made.members[0],
        place="clause",
        key=str(clause.key),
        text="Đề nghị sửa.",
        proposed=NEW,
        attachments=[Upload("Công văn.pdf", PDF)],
    )


def clause_of(made):
    return made.row.clauses.filter(kind="clause").order_by("part", "order").first()


def post(actor, name, made, number=1, **data):
    return client_of(actor).post(reverse(name, args=[made.pk, number]), data)


class TestMaking:
    def test_from_the_text_to_a_sent_remark(self, made):
        client, clause = client_of(made.members[0]), clause_of(made)
        page = client.get(reverse("document", args=[made.pk])).content.decode()
        path = f"{reverse('remark_new', args=[made.pk])}?muc=clause-{clause.key}"
        assert path.replace("&", "&amp;") in page
        assert clause.text.splitlines()[0] in client.get(path).content.decode()
        file = SimpleUploadedFile("Công văn.pdf", PDF)
        response = client.post(path, {"version": "1", "text": "Đề nghị sửa.", "proposed": NEW, "attachments": file})
        assert response.url == reverse("remark", args=[made.pk, 1])
        shown = client.get(response.url).content.decode()
        assert "Công văn.pdf" in shown
        assert "<ins" in shown

    def test_a_lying_file_is_told_at_its_field_and_the_words_stay(self, made):
        path = reverse("remark_new", args=[made.pk])
        file = SimpleUploadedFile("a.png", PDF)
        response = client_of(made.members[0]).post(path, {"version": "1", "text": "Chữ đã gõ", "attachments": file})
        assert response.status_code == 422
        assert "có nội dung là PDF, không phải PNG như tên gọi" in response.content.decode()
        assert "Chữ đã gõ" in response.content.decode()

    @pytest.mark.parametrize("place", ["clause-khong-co", "%00", "whole-1"])
    def test_a_place_that_is_not_there(self, made, place):
        path = f"{reverse('remark_new', args=[made.pk])}?muc={place}"
        for response in (
            client_of(made.members[0]).get(path),
            client_of(made.members[0]).post(path, {"version": "1", "text": "x"}),
        ):
            assert response.status_code == 422
            assert "Không có mục này." in response.content.decode()

    def test_on_an_old_version_the_page_says_so(self, made):
        drafts.save_text(made.row, actor=made.leader, seen=made.row.edits, values={"opening": "Khác."})
        builders.publish(made)
        path = reverse("remark_new", args=[made.pk])
        response = client_of(made.members[0]).post(path, {"version": "1", "text": "x"})
        assert response.status_code == 403
        assert "Đã có bản dự thảo mới hơn" in response.content.decode()
        for version in ("", "9", "x", "-1"):
            assert client_of(made.members[0]).post(path, {"version": version, "text": "x"}).status_code == 404


class TestDeciding:
    @pytest.mark.parametrize(
        ("act", "state"),
        [("tiep-thu", RemarkState.ACCEPTED), ("khong-tiep-thu", RemarkState.REJECTED), ("de-lai", RemarkState.PARKED)],
    )
    def test_three_buttons(self, made, remark, act, state):
        assert post(made.leader, "remark_answer", made, act=act, answer="Vì thế.").status_code == 302
        remark.refresh_from_db()
        assert (remark.state, remark.answer) == (state, "Vì thế.")

    def test_declining_without_a_reason_is_told(self, made, remark):
        response = post(made.leader, "remark_answer", made, act="khong-tiep-thu")
        assert response.status_code == 422
        assert "Nêu lý do không tiếp thu." in response.content.decode()

    def test_both_texts_are_shown_when_the_clause_has_changed(self, made, remark):
        clause = clause_of(made)
        drafts.save_clause(clause, actor=made.deputy, seen=0, values={"text": "Khối phó đã sửa câu này."})
        response = post(made.leader, "remark_answer", made, act="tiep-thu", answer="Được.")
        page = response.content.decode()
        assert response.status_code == 409
        assert "Khối phó đã sửa câu này." in page
        assert NEW in page
        assert post(made.leader, "remark_wording", made, wording="Cả hai.", seen="1", answer="Được.").status_code == 302
        clause.refresh_from_db()
        remark.refresh_from_db()
        assert (clause.text, remark.answer, remark.entered_text) == ("Cả hai.", "Được.", "Cả hai.")

    def test_a_second_change_in_between_brings_both_texts_again(self, made, remark):
        clause = clause_of(made)
        drafts.save_clause(clause, actor=made.deputy, seen=0, values={"text": "Lần một."})
        drafts.save_clause(clause, actor=made.deputy, seen=1, values={"text": "Lần hai."})
        response = post(made.leader, "remark_wording", made, wording="Chữ của tôi.", seen="1")
        assert response.status_code == 409
        assert "Lần hai." in response.content.decode()
        assert "Chữ của tôi." in response.content.decode()

    def test_a_clause_that_is_gone_is_said(self, made, remark):
        drafts.remove_clause(clause_of(made), actor=made.leader)
        response = post(made.leader, "remark_answer", made, act="tiep-thu")
        assert "Mục này đã bị gỡ khỏi dự thảo" in response.content.decode()
        builders.publish(made)
        assert "Mục này đã được bỏ." in client_of(made.members[0]).get(reverse("remark", args=[made.pk, 1])).content.decode()
        assert post(made.leader, "remark_wording", made, wording="").status_code == 302

    @pytest.mark.parametrize("seen", ["x", "-3", "9" * 30])
    def test_a_made_up_counter_changes_nothing(self, made, remark, seen):
        text = clause_of(made).text
        assert post(made.leader, "remark_wording", made, wording="Chữ", seen=seen).status_code in {409, 422}
        assert clause_of(made).text == text

    def test_the_home_page_says_how_many_wait(self, made, remark):
        assert "1 ý kiến chờ trả lời" in client_of(made.leader).get(reverse("home")).content.decode()
        assert "ý kiến chờ trả lời" not in client_of(made.members[0]).get(reverse("home")).content.decode()


def table_of(made):
    """The words of the printed table."""
    return " ".join(
        " ".join(pictures.page_texts(client_of(made.leader).get(reverse("remarks_pdf", args=[made.pk])).content)).split()
    )


class TestFiles:
    def test_attachments_are_downloads_for_those_who_may_see(self, made, remark):
        path = reverse("remark_file", args=[made.pk, 1, 1])
        response = client_of(made.members[0]).get(path)
        assert response.content == PDF
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert client_of(builders.commander(builders.unit())).get(path).status_code == 404
        assert client_of(made.leader).get(reverse("remark_file", args=[made.pk, 1, 2])).status_code == 404

    def test_the_table_says_everything(self, made, remark):
        remarks.reject(remark, actor=made.leader, answer="Đã có ở mục 3.")
        words = table_of(made)
        for said in ("BẢNG TỔNG HỢP", "Đề nghị sửa.", NEW, "Đã có ở mục 3.", "Không tiếp thu"):
            assert said in words

    def test_what_was_settled_with_the_adoption_promises_no_version_to_come(self, made):
        whole = remarks.raise_remark(made.version, actor=made.members[0], text="Đề nghị gọn hơn.")
        remarks.accept(whole, actor=made.leader, answer="Ghi nhận.")
        assert "Có trong bản công bố kế tiếp" in table_of(made)
        assert (
            "sẽ có trong bản công bố kế tiếp" in client_of(made.leader).get(reverse("remark", args=[made.pk, 1])).content.decode()
        )
        builders.adopt(made)
        assert "kế tiếp" not in table_of(made)
        assert "kế tiếp" not in client_of(made.leader).get(reverse("remark", args=[made.pk, 1])).content.decode()

    def test_the_word_file_says_the_same(self, made, remark):
        remarks.accept(remark, actor=made.leader, answer="Xin \x0b cảm ơn & ghi nhận <b>.")
        data = client_of(made.leader).get(reverse("remarks_docx", args=[made.pk])).content
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            text = archive.read("word/document.xml").decode()
        for said in ("BẢNG TỔNG HỢP", "Đề nghị sửa.", NEW, "ghi nhận &lt;b&gt;", 'w:orient="landscape"'):
            assert said in text

    def test_the_word_file_is_there_whatever_was_typed(self, made):
        drafts.save_signing_details(made.row, actor=made.leader, seen=made.row.edits, values={"is_internal": True})
        longest = {"title": "Giao ước thi đua " * 7, "movement": "Vì An ninh Tổ quốc " * 6}
        drafts.save_text(made.row, actor=made.leader, seen=made.row.edits, values=longest)
        remarks.raise_remark(made.version, actor=made.members[0], text="Đề nghị\ufffe sửa \uffffsố.")
        data = client_of(made.leader).get(reverse("remarks_docx", args=[made.pk])).content
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            text = archive.read("word/document.xml").decode()
        assert ("Đề nghị sửa số." in text, "LƯU HÀNH NỘI BỘ" in text) == (True, True)

    def test_the_list_can_be_filtered(self, made, remark):
        path = reverse("remarks", args=[made.pk])
        assert "Đề nghị sửa." in client_of(made.leader).get(f"{path}?trang-thai=open").content.decode()
        assert "Đề nghị sửa." not in client_of(made.leader).get(f"{path}?trang-thai=rejected").content.decode()
        assert client_of(made.leader).get(f"{path}?trang-thai=khac").status_code == 200
