"""Remarks: made on a place of the newest version, talked about, decided on, never lost."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from blocs.domain import discussion, drafts, places, remarks
from blocs.domain.attachments import Upload
from blocs.domain.remarks import WordingChanged
from blocs.domain.snapshots import version_text
from blocs.enums import Opinion, RemarkState
from blocs.models import RemarkAttachment
from emulation.inbox.models import Notice
from emulation.lib.file_types import tidy_name, true_type
from emulation.lib.verdict import Refused
from emulation.records.models import AuditEntry, Revision
from tests import builders

pytestmark = pytest.mark.django_db
NEW = "Câu chữ do đơn vị đề xuất."


def pdf(size=0):
    return b"%PDF-1.7\n" + b"0" * size + b"\n%%EOF\n"


def picture(kind):
    stream = io.BytesIO()
    Image.new("RGB", (3, 3)).save(stream, kind)
    return stream.getvalue()


def word(*more):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for part in ("[Content_Types].xml", "word/document.xml", *more):
            archive.writestr(part, "<x/>")
    return stream.getvalue()


@pytest.fixture
def made():
    return builders.document("discussion")


def clause_of(made, place=0):
    return list(made.row.clauses.filter(kind="clause", removed_at=None).order_by("part", "order"))[place]


def on_clause(made, actor=None, clause=None, **more):
    clause = clause or clause_of(made)
    given = {"text": "Đề nghị sửa.", "place": "clause", "key": str(clause.key), **more}
    return remarks.raise_remark(made.version, actor=actor or made.members[0], **given)


def events(made):
    return list(AuditEntry.objects.filter(stream__key=made.row.stream).order_by("seq").values_list("event", flat=True))


class TestRaise:
    def test_it_keeps_what_the_place_said(self, made):
        clause = clause_of(made)
        remark = on_clause(made, text="  Đề nghị rõ hơn.\r\nMốc 31/3. ")
        assert (remark.number, remark.state, remark.version.number) == (1, RemarkState.OPEN, 1)
        assert (remark.quoted_number, remark.quoted_heading, remark.quoted_text) == ("I.1", clause.heading, clause.text)
        assert remark.text == "Đề nghị rõ hơn.\nMốc 31/3."
        assert events(made)[-1] == "remark_raised"

    def test_leader_and_deputy_are_told(self, made):
        Notice.objects.all().delete()
        on_clause(made)
        told = {row.recipient_id for row in Notice.objects.all()}
        assert {made.leader.user_id, made.deputy.user_id} <= told
        assert made.members[0].user_id not in told

    def test_on_the_whole_and_on_a_target(self, made):
        assert remarks.raise_remark(made.version, actor=made.office, text="Chung").key is None
        drafts.add_indicator(
            made.row, actor=made.leader, values={"name": "Tỷ lệ", "measure": "%", "direction": "higher", "bloc_value": 80}
        )
        version = builders.publish(made)
        key = version_text(version).indicators[0].key
        remark = remarks.raise_remark(version, actor=made.members[0], place="indicator", key=key, text="Nâng lên 85.")
        assert (remark.quoted_number, remark.quoted_heading) == ("1", "Tỷ lệ")

    def test_staff_may_and_strangers_may_not(self, made):
        assert on_clause(made, actor=builders.staff(made.members[0].unit))
        with pytest.raises(Refused, match="Chỉ đơn vị trong khối"):
            on_clause(made, actor=builders.commander(builders.unit()))

    @pytest.mark.parametrize("state", ["draft", "adopted"])
    def test_only_under_discussion(self, state):
        other = builders.document("discussion")
        version = other.version
        builders.adopt(other)
        if state == "draft":
            other.row.__class__.objects.filter(pk=other.pk).update(state="draft")
        with pytest.raises(Refused):
            remarks.raise_remark(version, actor=other.members[0], text="Muộn")

    def test_on_an_outdated_version_is_refused(self, made):
        old = made.version
        drafts.save_text(made.row, actor=made.leader, seen=made.row.edits, values={"opening": "Khác."})
        builders.publish(made)
        with pytest.raises(Refused, match="mới hơn"):
            remarks.raise_remark(old, actor=made.members[0], text="Cũ")

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"text": "  "}, "text"),
            ({"text": "x" * 10_001}, "text"),
            ({"text": "Có", "place": "clause", "key": "khong-co"}, "__all__"),
            ({"text": "Có", "proposed": NEW}, "proposed"),
        ],
    )
    def test_faults_are_told(self, made, given, field):
        with pytest.raises(ValidationError) as caught:
            remarks.raise_remark(made.version, actor=made.members[0], **given)
        assert field in getattr(caught.value, "error_dict", {"__all__": 1})
        assert not made.row.remarks.exists()

    def test_an_unchanged_wording_is_no_proposal(self, made):
        assert on_clause(made, proposed=clause_of(made).text).proposed == ""


class TestAttachments:
    def test_they_are_kept_by_their_hash_once(self, made):
        files = [Upload("Góp ý.pdf", pdf()), Upload("C:\\ảnh\\bia.PNG", picture("PNG")), Upload("lại.pdf", pdf())]
        remark = on_clause(made, attachments=files)
        kept = list(remark.attachments.select_related("revision"))
        assert [row.name for row in kept] == ["Góp ý.pdf", "bia.PNG", "lại.pdf"]
        assert kept[0].revision == kept[2].revision
        assert kept[1].media_type == "image/png"

    @pytest.mark.parametrize(
        ("name", "data", "sentence"),
        [
            ("a.pdf", picture("PNG"), "có nội dung là PNG, không phải PDF như tên gọi"),
            ("a.png", pdf(), "có nội dung là PDF, không phải PNG như tên gọi"),
            ("a.jpg", picture("PNG"), "có nội dung là PNG, không phải JPEG"),
            ("a.pdf", b"MZ\x90\x00", "không phải là PDF như tên gọi, hoặc đã hỏng"),
            ("a.docx", word("word/vbaProject.bin"), "không phải là DOCX"),
            ("a.docx", b"PK\x03\x04 cut", "không phải là DOCX"),
            ("a.exe", b"MZ", "chỉ nhận PDF, DOCX, PNG, JPEG"),
            ("pdf", pdf(), "chỉ nhận PDF, DOCX, PNG, JPEG"),
            ("a.pdf", b"", "không có nội dung"),
            ("a.pdf", pdf(10 * 1024 * 1024), "lớn quá 10 MB"),
        ],
    )
    def test_a_lie_is_refused_with_a_sentence(self, made, name, data, sentence):
        with pytest.raises(ValidationError, match=sentence):
            on_clause(made, attachments=[Upload("tốt.pdf", pdf()), Upload(name, data)])
        assert not made.row.remarks.exists()
        assert not RemarkAttachment.objects.exists()
        assert not Revision.objects.filter(document__kind="attachment").exists()

    def test_at_most_five(self, made):
        with pytest.raises(ValidationError, match="nhiều nhất 5 tệp"):
            on_clause(made, attachments=[Upload(f"{n}.pdf", pdf(n)) for n in range(6)])

    @pytest.mark.parametrize(
        ("data", "kind"),
        [(pdf(), "PDF"), (word(), "DOCX"), (picture("PNG"), "PNG"), (picture("JPEG"), "JPEG"), (picture("GIF"), ""), (b"", "")],
    )
    def test_types_are_found_in_the_bytes(self, data, kind):
        assert true_type(data) == kind

    def test_names_are_tidied(self):
        assert tidy_name("../../etc/pass\u202ewd.pdf") == "passwd.pdf"
        assert tidy_name("") == "tep"
        assert len(tidy_name("ô" * 400 + ".docx")) == 150


class TestAccept:
    def test_the_wording_enters_the_draft_and_the_next_version(self, made):
        remark = remarks.accept(on_clause(made, proposed=NEW), actor=made.leader, answer="Đồng ý")
        assert clause_of(made).text == NEW
        assert (remark.state, remark.entered_text, remark.entered_version) == (RemarkState.ACCEPTED, NEW, None)
        builders.publish(made)
        remark.refresh_from_db()
        assert remark.entered_version == 2
        assert events(made)[-3:] == ["draft_changed", "remark_answered", "version_published"]

    def test_the_unit_is_told(self, made):
        remark = on_clause(made)
        Notice.objects.all().delete()
        remarks.accept(remark, actor=made.deputy, answer="Đã ghi.")
        assert [row.recipient_id for row in Notice.objects.all()] == [made.members[0].user_id]
        assert "tiếp thu. Đã ghi." in Notice.objects.get().text

    def test_a_changed_clause_is_never_written_over(self, made):
        remark = on_clause(made, proposed=NEW)
        clause = clause_of(made)
        drafts.save_clause(clause, actor=made.deputy, seen=clause.edits, values={"text": "Khối phó đã sửa."})
        with pytest.raises(WordingChanged) as caught:
            remarks.accept(remark, actor=made.leader)
        assert caught.value.clause.text == "Khối phó đã sửa."
        assert clause_of(made).text == "Khối phó đã sửa."
        chosen = remarks.accept(remark, actor=made.leader, wording="Cả hai.", seen=caught.value.clause.edits)
        assert (clause_of(made).text, chosen.entered_text) == ("Cả hai.", "Cả hai.")

    def test_a_choice_made_on_a_stale_text_comes_back(self, made):
        remark = on_clause(made, proposed=NEW)
        clause = clause_of(made)
        drafts.save_clause(clause, actor=made.deputy, seen=clause.edits, values={"text": "Một."})
        drafts.save_clause(clause, actor=made.deputy, seen=clause.edits + 1, values={"text": "Hai."})
        with pytest.raises(drafts.Conflict):
            remarks.accept(remark, actor=made.leader, wording=NEW, seen=1)
        assert clause_of(made).text == "Hai."
        remark.refresh_from_db()
        assert remark.state == RemarkState.OPEN

    def test_a_removed_clause_keeps_its_remark(self, made):
        remark = on_clause(made, proposed=NEW)
        drafts.remove_clause(clause_of(made), actor=made.leader)
        with pytest.raises(WordingChanged) as caught:
            remarks.accept(remark, actor=made.leader)
        assert caught.value.clause is None
        builders.publish(made)
        assert places.became(remark, places.by_key(version_text(made.version))) == "Mục này đã được bỏ."
        assert remarks.accept(remark, actor=made.leader, wording="").entered_text == ""

    def test_twice_changes_nothing(self, made):
        remark = on_clause(made, proposed=NEW)
        remarks.accept(remark, actor=made.leader)
        before = events(made)
        remarks.accept(remark, actor=made.leader)
        assert events(made) == before

    def test_members_and_the_office_do_not_decide(self, made):
        for actor in (made.members[0], made.office):
            with pytest.raises(Refused):
                remarks.accept(on_clause(made), actor=actor)


class TestOtherEnds:
    def test_a_rejection_needs_its_reason(self, made):
        remark = on_clause(made)
        with pytest.raises(ValidationError, match="lý do"):
            remarks.reject(remark, actor=made.leader, answer=" ")
        assert remarks.reject(remark, actor=made.leader, answer="Đã có ở mục 3.").state == RemarkState.REJECTED

    def test_what_was_parked_is_decided_later(self, made):
        remark = remarks.park(on_clause(made, proposed=NEW), actor=made.leader)
        assert remarks.accept(remark, actor=made.leader).state == RemarkState.ACCEPTED

    def test_its_unit_takes_it_back(self, made):
        remark = on_clause(made)
        with pytest.raises(Refused, match="Chỉ đơn vị đã góp ý"):
            remarks.withdraw(remark, actor=made.leader)
        assert remarks.withdraw(remark, actor=builders.staff(made.members[0].unit)).state == RemarkState.WITHDRAWN
        with pytest.raises(Refused):
            remarks.accept(remark, actor=made.leader)

    def test_what_was_answered_is_not_taken_back(self, made):
        remark = remarks.reject(on_clause(made), actor=made.leader, answer="Không.")
        with pytest.raises(Refused, match="đã được trả lời"):
            remarks.withdraw(remark, actor=made.members[0])

    def test_an_open_remark_outlives_a_new_version(self, made):
        remark = on_clause(made)
        drafts.save_text(made.row, actor=made.leader, seen=made.row.edits, values={"opening": "Khác."})
        builders.publish(made)
        remark.refresh_from_db()
        assert (remark.state, remark.version.number) == (RemarkState.OPEN, 1)
        assert remarks.accept(remark, actor=made.leader).state == RemarkState.ACCEPTED

    def test_a_thread(self, made):
        remark = on_clause(made)
        remarks.reply(remark, actor=made.leader, text="Đề nghị nói rõ.")
        remarks.reply(remark, actor=made.members[0], text="Mốc 31/3.")
        assert [row.text for row in remark.replies.all()] == ["Đề nghị nói rõ.", "Mốc 31/3."]
        builders.adopt(made)
        with pytest.raises(Refused):
            remarks.reply(remark, actor=made.leader, text="Muộn.")

    def test_a_stand_is_another_thing(self, made):
        on_clause(made)
        discussion.send_stand(made.version, actor=made.members[0], opinion=Opinion.AGREE)
        assert made.row.remarks.get().state == RemarkState.OPEN
