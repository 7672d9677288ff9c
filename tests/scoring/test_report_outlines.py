"""The outline of reports: started, edited by two, taken out and put back, published and compared with its document."""

import pytest
from django.core.exceptions import ValidationError

from blocs.domain import discussion
from blocs.domain.drafts import Conflict
from blocs.domain.snapshots import version_text
from blocs.enums import DocumentKind, DocumentState
from emulation.lib.verdict import Refused
from emulation.records.models import AuditEntry
from scoring.domain import outline_enclosing, report_outlines
from scoring.domain.report_outlines import text_of, working_outline
from scoring.domain.usual_outline import usual_outline
from scoring.enums import Aggregate, SectionContent
from scoring.models import OutlineFigure, OutlineSection, ReportOutline
from scoring.report_texts import OutlineText, outline_of
from tests import builders
from tests.builders import DocumentCast

pytestmark = pytest.mark.django_db


def started() -> DocumentCast:
    made = builders.document(kind=DocumentKind.OUTLINE)
    report_outlines.start(made.row, actor=made.leader, text=usual_outline())
    return made


def outline_now(made: DocumentCast) -> ReportOutline:
    found = working_outline(made.row)
    assert found is not None
    found.document = made.row
    return found


def section(made: DocumentCast, heading: str) -> OutlineSection:
    return OutlineSection.objects.select_related("outline").get(outline__document=made.pk, heading=heading)


def figure(made: DocumentCast, label: str) -> OutlineFigure:
    return OutlineFigure.objects.select_related("section__outline").get(section__outline__document=made.pk, label=label)


def headings(made: DocumentCast) -> list[str]:
    return [f"{number} {row.heading}" for number, row in text_of(outline_now(made)).numbered()]


def test_the_usual_outline_has_no_fault_and_reads_back():
    text = usual_outline()
    assert outline_enclosing.faults(text) == []
    assert outline_of(text.to_data()) == text
    made = builders.document(kind=DocumentKind.OUTLINE)
    report_outlines.start(made.row, actor=made.leader, text=text)
    assert text_of(outline_now(made)).sha256 == text.sha256


def test_started_once_and_only_for_report_outlines():
    made = started()
    with pytest.raises(Refused, match="đã có khung"):
        report_outlines.start(made.row, actor=made.leader, text=usual_outline())
    other = builders.document(kind=DocumentKind.REGULATION)
    with pytest.raises(Refused, match="đi kèm đề cương"):
        report_outlines.start(other.row, actor=other.leader, text=usual_outline())


def test_a_member_does_not_edit_it():
    made = started()
    with pytest.raises(Refused):
        report_outlines.add_section(outline_now(made), actor=made.members[0], heading="Mục lạ")


def test_the_second_of_two_editors_is_told():
    made = started()
    row = section(made, "Ưu điểm")
    report_outlines.save_section(row, actor=made.leader, seen=0, values={"guidance": "Có số liệu."})
    with pytest.raises(Conflict) as conflict:
        report_outlines.save_section(row, actor=made.deputy, seen=0, values={"guidance": "Ngắn gọn."})
    assert conflict.value.stored.guidance == "Có số liệu."


@pytest.mark.parametrize(("values", "field"), [({"word_limit": 20_001}, "__all__"), ({"heading": ""}, "heading")])
def test_what_does_not_fit_is_refused_at_its_field(values, field):
    made = started()
    with pytest.raises(ValidationError) as error:
        report_outlines.save_section(section(made, "Ưu điểm"), actor=made.leader, seen=0, values=values)
    assert list(error.value.message_dict) == [field]


def test_a_section_that_is_no_longer_automatic_loses_its_source():
    made = started()
    row = section(made, "Danh hiệu đã đăng ký")
    saved = report_outlines.save_section(row, actor=made.leader, seen=0, values={"content": SectionContent.NARRATIVE})
    assert saved.source == ""


def test_moved_among_its_neighbours_only():
    made = started()
    report_outlines.move(section(made, "Công tác khen thưởng"), actor=made.leader, up=True)
    assert "III Công tác khen thưởng" in headings(made)
    first = section(made, "Thuận lợi, khó khăn")
    report_outlines.move(first, actor=made.leader, up=True)
    assert "I.1 Thuận lợi, khó khăn" in headings(made)
    report_outlines.move(figure(made, "Quân số"), actor=made.leader, up=False)
    assert [row.label for row in outline_now(made).sections.get(heading="Tổ chức, biên chế").figures.order_by("order")] == [
        "Tập thể thuộc quyền",
        "Quân số",
    ]


def test_a_part_that_was_taken_out_comes_back_with_everything_in_it():
    made = started()
    before = {row.key for row in text_of(outline_now(made)).sections}
    report_outlines.remove(section(made, "Công tác khen thưởng"), actor=made.leader)
    assert len(text_of(outline_now(made)).sections) == len(before) - 3
    report_outlines.put_back(outline_now(made), actor=made.leader)
    after = text_of(outline_now(made))
    assert {row.key for row in after.sections} == before
    assert len(after.figures) == len(usual_outline().figures)
    report_outlines.put_back(outline_now(made), actor=made.leader)
    assert text_of(outline_now(made)) == after


def test_a_figure_that_was_taken_out_comes_back_where_its_section_still_is():
    made = started()
    row = figure(made, "Khen thưởng đột xuất")
    report_outlines.remove(row, actor=made.leader)
    report_outlines.put_back(outline_now(made), actor=made.leader)
    assert figure(made, "Khen thưởng đột xuất").key == row.key
    report_outlines.remove(figure(made, "Khen thưởng đột xuất"), actor=made.leader)
    said = outline_now(made).last_removed
    section(made, "Số liệu khen thưởng").delete()
    ReportOutline.objects.update(last_removed=said)
    with pytest.raises(Refused, match="đã bị gỡ"):
        report_outlines.put_back(outline_now(made), actor=made.leader)


def test_what_is_wrong_keeps_it_from_being_published():
    made = started()
    report_outlines.remove(figure(made, "Cán bộ, chiến sĩ bị xử lý kỷ luật"), actor=made.leader)
    with pytest.raises(ValidationError, match="chưa có chỉ số nào"):
        builders.publish(made)
    row = section(made, "Kỷ luật")
    report_outlines.add_figure(row, actor=made.leader, label="Khiển trách")
    report_outlines.add_figure(row, actor=made.leader, label="Khiển trách")
    with pytest.raises(ValidationError, match="trùng tên"):
        builders.publish(made)


def test_it_travels_in_the_version_and_changes_are_told():
    made = started()
    first = builders.publish(made)
    assert outline_of(version_text(first).enclosed).sha256 == text_of(outline_now(made)).sha256
    report_outlines.save_figure(
        figure(made, "Quân số"), actor=made.leader, seen=0, values={"aggregate": Aggregate.AVERAGE, "label": "Quân số bình quân"}
    )
    report_outlines.remove(section(made, "Mô hình, điển hình tiên tiến"), actor=made.leader)
    report_outlines.add_section(outline_now(made), actor=made.leader, heading="Phần mới")
    second = builders.publish(made)
    told = outline_enclosing.OutlineEnclosure().changes(version_text(first).enclosed, version_text(second).enclosed)
    assert told == ["I.2 Tổ chức, biên chế: đã sửa.", "IX Phần mới: thêm mới.", "Mô hình, điển hình tiên tiến: đã bỏ."]
    assert report_outlines.published_outline(made.row) == outline_of(version_text(second).enclosed)


def test_after_adoption_only_a_redraft_opens_it_again():
    made = started()
    builders.publish(made)
    builders.adopt(made)
    with pytest.raises(Refused):
        report_outlines.add_section(outline_now(made), actor=made.leader, heading="Mục lạ")
    discussion.redraft(made.row, actor=made.leader, reason="Bổ sung một mục.")
    report_outlines.add_section(outline_now(made), actor=made.leader, heading="Phần bổ sung")


def test_it_prints_with_numbers_and_what_is_asked():
    table = outline_enclosing.printed(usual_outline())
    rows = {row.cells[1]: row for row in table.rows}
    assert rows["Kết quả theo từng chỉ tiêu"].cells[0] == "III.1"
    assert "Không quá 400 từ." in rows["Thuận lợi, khó khăn"].cells[2]
    assert "– Quân số (người)" in rows
    assert rows["Đặc điểm tình hình"].level == 1


def test_copied_from_another_year_with_the_same_keys():
    old = builders.document(kind=DocumentKind.OUTLINE)
    report_outlines.start(old.row, actor=old.leader, text=usual_outline())
    builders.publish(old)
    builders.adopt(old)
    builders.check(old)
    from blocs.domain import signing

    signing.attach(old.row, actor=old.leader)
    assert old.row.state == DocumentState.ATTACHED
    made = builders.document(kind=DocumentKind.OUTLINE, of=builders.bloc(3, year=2030))
    assert report_outlines.sources(made.row, made.office) == [old.row]
    assert report_outlines.sources(made.row, made.leader) == []


def test_every_change_is_in_the_audit():
    made = started()
    report_outlines.remove(section(made, "Phụ lục"), actor=made.leader)
    last = AuditEntry.objects.filter(stream__key=made.row.stream).latest("seq")
    assert last.event == "outline_changed"
    assert last.data["removed"]["text"][0]["heading"] == "Phụ lục"


def test_an_empty_outline_says_so():
    assert outline_enclosing.faults(OutlineText([])) == ["Khung báo cáo chưa có mục nào."]
