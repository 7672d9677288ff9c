"""Bad input in the drafting room, as a person meets it: a sentence where it belongs, never a fault of the server, nothing lost."""

import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from blocs.domain import drafts, limits, remarks
from blocs.enums import DocumentKind, RemarkState
from blocs.models import Remark
from emulation.records.models import Revision
from tests import builders

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF\n"
PARAGRAPH = "Các đơn vị chủ động nắm tình hình, giải quyết kịp thời vụ việc ngay tại cơ sở. "


def client_of(actor):
    client = Client()
    client.force_login(actor.user)
    return client


def clause_of(made, place=0):
    return list(made.row.clauses.filter(kind="clause", removed_at=None).order_by("part", "order"))[place]


@pytest.fixture
def made():
    return builders.document()


@pytest.fixture
def discussed():
    return builders.document("discussion")


class TestTwoPeopleEditOneClause:
    def save(self, actor, made, clause, version, text, **headers):
        data = {"version": version, "heading": clause.heading, "text": text, "changed": ["text"]}
        return client_of(actor).post(reverse("save_clause", args=[made.pk, clause.pk]), data, headers=headers)

    def test_a_plain_form_shows_both_texts_and_the_second_chooses(self, made):
        clause = clause_of(made)
        assert self.save(made.deputy, made, clause, 0, "Chữ của khối phó.").status_code == 302
        answer = self.save(made.leader, made, clause, 0, "Chữ của khối trưởng.")
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "<q>Chữ của khối phó.</q>" in page
        assert "Chữ của khối trưởng.</textarea>" in page
        assert "Lấy bản đang lưu" in page
        clause.refresh_from_db()
        assert clause.text == "Chữ của khối phó."
        again = answer.context["opened"].edits
        assert self.save(made.leader, made, clause, again, "Chữ của khối trưởng.").status_code == 302
        clause.refresh_from_db()
        assert clause.text == "Chữ của khối trưởng."

    def test_while_typing_the_answer_brings_the_other_text(self, made):
        clause = clause_of(made)
        drafts.save_clause(clause, actor=made.deputy, seen=0, values={"text": "Chữ của khối phó."})
        answer = self.save(made.leader, made, clause, 0, "Chữ của khối trưởng.", x_autosave="1")
        assert answer.status_code == 409
        assert answer.json()["conflicts"]["text"]["theirs"] == "Chữ của khối phó."
        assert answer.json()["version"] == 1

    def test_a_clause_taken_out_meanwhile_keeps_what_was_typed(self, made):
        clause = clause_of(made)
        drafts.remove_clause(clause, actor=made.deputy)
        answer = self.save(made.leader, made, clause, 0, "Chữ gõ dở.")
        shown = client_of(made.leader).get(answer.url).content.decode()
        assert "Chữ gõ dở." in shown
        assert "Nội dung đã gỡ, đưa lại được" in shown


@pytest.mark.parametrize("after", ["²", "9" * 5000, "x", ""])
def test_a_clause_after_nothing_that_there_is_comes_last(made, after):
    answer = client_of(made.leader).post(reverse("clause_add", args=[made.pk]), {"part": "body", "after": after})
    assert answer.status_code == 302
    assert made.row.clauses.filter(part="body").last().text == ""


@pytest.mark.parametrize("day", ["01/01/0001", "0001-01-01"])
def test_a_day_before_all_calendars_is_told_at_its_field(discussed, day):
    data = {"version": "1", "basis": "conference", "held_on": day, "present": "3"}
    answer = client_of(discussed.leader).post(reverse("adopt", args=[discussed.pk]), data)
    assert (answer.status_code, "held_on" in answer.context["adopt_form"].errors) == (422, True)


class TestRemarks:
    def send(self, made, actor=None, **data):
        clause = clause_of(made)
        path = f"{reverse('remark_new', args=[made.pk])}?muc=clause-{clause.key}"
        return client_of(actor or made.members[0]).post(path, {"version": "1", "text": "Đề nghị sửa.", **data})

    def test_on_a_clause_deleted_meanwhile_it_is_kept_and_said(self, discussed):
        clause = clause_of(discussed)
        drafts.remove_clause(clause, actor=discussed.leader)
        assert self.send_on(discussed, clause).status_code == 302
        builders.publish(discussed)
        remark = Remark.objects.get()
        assert (remark.quoted_text, remark.state) == (clause.text, RemarkState.OPEN)
        for name, keys in (("remark", [discussed.pk, 1]), ("remarks", [discussed.pk])):
            assert "Mục này đã được bỏ." in client_of(discussed.leader).get(reverse(name, args=keys)).content.decode()

    def send_on(self, made, clause, version="1"):
        path = f"{reverse('remark_new', args=[made.pk])}?muc=clause-{clause.key}"
        data = {"version": version, "text": "Đề nghị sửa.", "proposed": "Câu chữ mới."}
        return client_of(made.members[0]).post(path, data)

    def test_on_the_newest_version_without_the_clause_it_is_told(self, discussed):
        clause = clause_of(discussed)
        drafts.remove_clause(clause, actor=discussed.leader)
        builders.publish(discussed)
        answer = self.send_on(discussed, clause, version="2")
        assert answer.status_code == 422
        assert "Không có mục này." in answer.content.decode()
        assert "Đề nghị sửa." in answer.content.decode()

    def test_a_proposal_on_an_outdated_version_is_refused_with_its_reason(self, discussed):
        clause = clause_of(discussed)
        drafts.save_clause(clause, actor=discussed.leader, seen=0, values={"text": "Câu mới của khối trưởng."})
        builders.publish(discussed)
        answer = self.send_on(discussed, clause)
        assert answer.status_code == 403
        assert "Đã có bản dự thảo mới hơn" in answer.content.decode()
        assert not Remark.objects.exists()

    @pytest.mark.parametrize(
        ("name", "data", "sentence"),
        [
            ("bien-ban.pdf", b"MZ\x90\x00 program", "không phải là PDF như tên gọi"),
            ("anh.png", PDF, "có nội dung là PDF, không phải PNG"),
            ("chay.exe", b"MZ", "chỉ nhận PDF, DOCX, PNG, JPEG"),
            ("rong.pdf", b"", "không có nội dung"),
            ("lon.pdf", b"%PDF-1.7\n" + b"0" * (10 * 1024 * 1024) + b"\n%%EOF\n", "lớn quá 10 MB"),
        ],
    )
    def test_a_file_that_lies_or_is_too_large_is_told_at_its_field(self, discussed, name, data, sentence):
        answer = self.send(discussed, attachments=SimpleUploadedFile(name, data))
        assert answer.status_code == 422
        assert sentence in str(answer.context["form"].errors["attachments"])
        assert "Đề nghị sửa." in answer.content.decode()
        assert not Remark.objects.exists()

    def test_files_that_are_also_to_be_taken_away(self, discussed):
        answer = self.send(discussed, **{"attachments-clear": "on", "attachments": SimpleUploadedFile("a.pdf", PDF)})
        assert (answer.status_code, Remark.objects.count()) == (302, 1)

    @pytest.mark.parametrize("act", ["", "xoa"])
    def test_an_answer_that_nobody_has_chosen_decides_nothing(self, discussed, act):
        self.send(discussed)
        answer = client_of(discussed.leader).post(reverse("remark_answer", args=[discussed.pk, 1]), {"act": act, "answer": "Vì"})
        assert (answer.status_code, Remark.objects.get().state) == (404, RemarkState.OPEN)

    def test_six_files_are_too_many(self, discussed):
        answer = self.send(discussed, attachments=[SimpleUploadedFile(f"{n}.pdf", PDF + b"%d" % n) for n in range(6)])
        assert "nhiều nhất 5 tệp" in str(answer.context["form"].errors["attachments"])

    def test_the_same_file_twice_and_by_two_units_is_kept_once(self, discussed):
        both = [SimpleUploadedFile("a.pdf", PDF), SimpleUploadedFile("b.pdf", PDF)]
        assert self.send(discussed, attachments=both).status_code == 302
        assert self.send(discussed, discussed.deputy, attachments=SimpleUploadedFile("c.pdf", PDF)).status_code == 302
        assert Revision.objects.count() == 1
        assert client_of(discussed.leader).get(reverse("remark_file", args=[discussed.pk, 1, 2])).content == PDF

    def test_a_wording_that_makes_the_whole_too_long_is_told(self, discussed, monkeypatch):
        clause = clause_of(discussed)
        remark = remarks.raise_remark(
            discussed.version,
            actor=discussed.members[0],
            place="clause",
            key=str(clause.key),
            text="Dài.",
            proposed="Câu dài. " * 900,
        )
        monkeypatch.setattr(limits, "MOST_CHARACTERS", 8_000)
        answer = client_of(discussed.leader).post(reverse("remark_answer", args=[discussed.pk, 1]), {"act": "tiep-thu"})
        assert answer.status_code == 422
        assert "Cả văn bản dài quá 8000 ký tự" in answer.content.decode()
        typed = {"wording": "Câu khác. " * 900, "seen": "0"}
        answer = client_of(discussed.leader).post(reverse("remark_wording", args=[discussed.pk, 1]), typed)
        assert answer.status_code == 422
        assert "Câu khác. Câu khác." in answer.content.decode()
        remark.refresh_from_db()
        assert remark.state == RemarkState.OPEN


class TestLongPastes:
    @pytest.fixture
    def cast(self):
        return builders.bloc()

    def paste(self, cast, text, button="start", kind=DocumentKind.COVENANT):
        path = reverse("document_start", args=[cast.bloc_year.pk, kind])
        return client_of(cast.leader).post(path, {"text": text, button: "paste"})

    @pytest.mark.usefixtures("usual_garbage")
    def test_three_hundred_pages_are_refused_quickly_at_the_field(self, cast):
        text = "\n".join(f"{number}. Mục {number}\n{PARAGRAPH * 31}" for number in range(1, 301))
        assert len(text) > 700_000
        began = time.process_time()
        answer = self.paste(cast, text)
        assert time.process_time() - began < 3
        assert answer.status_code == 200
        assert "dài quá 200000 ký tự" in str(answer.context["form"].errors["text"])
        assert not cast.bloc_year.documents.exists()

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("1. Việc\n" * 300, "tách thành 300 mục, nhiều nhất được 80 mục"),
            ("1. Mục dài\n" + PARAGRAPH * 800, "Mục “Mục dài” dài quá 60000 ký tự."),
            (f"{PARAGRAPH * 300}\n1. Việc", "Phần mở đầu dài quá 20000 ký tự."),
            ("1. Việc\nNơi nhận:\n" + f"- {PARAGRAPH}\n" * 60, "Nơi nhận dài quá 4000 ký tự."),
        ],
    )
    @pytest.mark.parametrize("button", ["preview", "start"])
    def test_what_could_not_be_edited_later_is_told_before(self, cast, text, sentence, button):
        answer = self.paste(cast, text, button)
        assert sentence in str(answer.context["form"].errors["text"])
        assert not cast.bloc_year.documents.exists()

    @pytest.mark.usefixtures("usual_garbage")
    @pytest.mark.parametrize("line", ["a", "1. a", "Nơi nhận:", "I. A", "- a"])
    def test_the_most_lines_that_fit_are_read_quickly(self, cast, line):
        text = "1. Mục\n" + f"{line}\n" * (199_000 // (len(line) + 1))
        began = time.process_time()
        assert self.paste(cast, text, "preview").status_code == 200
        assert time.process_time() - began < 10

    def test_into_one_clause_while_typing(self, made):
        clause = clause_of(made)
        data = {"version": "0", "changed": ["text"], "text": PARAGRAPH * 9_000}
        path = reverse("save_clause", args=[made.pk, clause.pk])
        answer = client_of(made.leader).post(path, data, headers={"X-Autosave": "1"})
        assert answer.status_code == 422
        assert "60000" in answer.json()["errors"]["text"][0]
        plain = client_of(made.leader).post(path, {**data, "heading": "Mục"})
        assert plain.status_code == 422
        assert PARAGRAPH in plain.content.decode()

    def test_more_than_the_server_takes_at_once(self, made):
        path = reverse("save_clause", args=[made.pk, clause_of(made).pk])
        data = {"version": "0", "changed": ["text"], "text": "x" * 5_000_000}
        client = client_of(made.leader)
        assert client.post(path, data, headers={"X-Autosave": "1"}).json() == {"reason": "Nội dung quá dài, chưa được lưu."}
        assert client.post(path, data).status_code == 413

    def test_clause_by_clause_it_ends_too(self, made, monkeypatch):
        monkeypatch.setattr(limits, "MOST_CHARACTERS", 8_000)
        clause = clause_of(made)
        path = reverse("save_clause", args=[made.pk, clause.pk])
        data = {"version": "0", "changed": ["text"], "text": "Câu dài. " * 900}
        answer = client_of(made.leader).post(path, data, headers={"X-Autosave": "1"})
        assert answer.status_code == 422
        assert "Cả văn bản dài quá 8000 ký tự" in answer.json()["errors"]["text"][0]
        clause.refresh_from_db()
        assert clause.edits == 0

    def test_no_browser_cuts_a_paste_off_in_silence(self, made, cast):
        pages = [
            client_of(made.leader).get(reverse("draft", args=[made.pk]), {"muc": str(clause_of(made).key)}),
            client_of(cast.leader).get(reverse("document_start", args=[cast.bloc_year.pk, DocumentKind.COVENANT])),
        ]
        for page in pages:
            areas = [part.split(">")[0] for part in page.content.decode().split("<textarea")[1:]]
            assert areas
            assert not [area for area in areas if "maxlength" in area]
