"""The outline as what a report outline encloses: published, agreed on, printed and compared with its document."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from blocs.enclosing import Row, Table
from blocs.models import BlocDocument, Version
from emulation.organisation.actors import Actor
from scoring.domain.report_outlines import text_of, working_outline
from scoring.enums import Aggregate, FilledFrom, SectionContent
from scoring.report_texts import FigureText, OutlineText, SectionText, outline_of


@dataclass(frozen=True)
class OutlineEnclosure:
    """The working outline of a report outline as its enclosure. Agreeing on a version needs nothing more: its text is the outline."""

    def page(self, document: BlocDocument) -> tuple[str, str]:
        return _("Khung báo cáo"), reverse("outline", args=[document.pk])

    def enclosed(self, document: BlocDocument) -> Mapping[str, Any] | None:
        outline = working_outline(document)
        return text_of(outline).to_data() if outline else None

    def faults(self, data: Mapping[str, Any]) -> list[str]:
        return faults(outline_of(data))

    def table(self, data: Mapping[str, Any]) -> Table:
        with translation.override("vi"):
            return printed(outline_of(data))

    def changes(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
        if not old:
            return [_("Thêm khung báo cáo kèm theo.")]
        if not new:
            return [_("Bỏ khung báo cáo kèm theo.")]
        return changes(outline_of(old), outline_of(new))

    def adopted(self, version: Version, data: Mapping[str, Any], *, actor: Actor) -> None:
        """Nothing is kept besides the version."""


def faults(text: OutlineText) -> list[str]:
    """What keeps an outline from being published."""
    found = []
    if not text.below():
        found.append(_("Khung báo cáo chưa có mục nào."))
    for number, row in text.numbered():
        place = f"{number} {row.heading}"
        if row.parent and row.content == SectionContent.FIGURES and not row.figures:
            found.append(_("%(place)s: bảng số liệu chưa có chỉ số nào.") % {"place": place})
        if row.content == SectionContent.AUTOMATIC and not row.source:
            found.append(_("%(place)s: chưa chọn nguồn để tự điền.") % {"place": place})
        labels = [figure.label for figure in row.figures]
        if len(set(labels)) < len(labels):
            found.append(_("%(place)s: có hai chỉ số trùng tên.") % {"place": place})
    return found


def printed(text: OutlineText) -> Table:
    """The outline as it prints behind the text of its document."""
    rows: list[Row] = []
    for number, row in text.numbered():
        rows.append(Row([number, row.heading, _asked(row)], level=0 if row.parent else 1))
        rows += [Row(["", f"– {_figure(figure)}", _made(figure)]) for figure in row.figures]
    return Table(
        title="KHUNG BÁO CÁO SƠ KẾT, TỔNG KẾT",
        notes=["Mục tự điền lấy số liệu đã có trên hệ thống; đơn vị không nhập lại."],
        columns=["Mục", "Nội dung", "Yêu cầu"],
        rows=rows,
    )


def _asked(row: SectionText) -> str:
    return f"{demands(row)} {row.guidance}".strip() if row.parent else row.guidance


def demands(row: SectionText) -> str:
    """What a section holds and how much of it, in words."""
    parts = [f"{SectionContent(row.content).label}."]
    if row.source:
        parts = [_("Tự điền: %(source)s.") % {"source": FilledFrom(row.source).label}]
    if not row.is_required and not row.source:
        parts.append(_("Không bắt buộc."))
    if row.word_limit:
        parts.append(_("Không quá %(n)d từ.") % {"n": row.word_limit})
    return " ".join(parts)


def _figure(figure: FigureText) -> str:
    return f"{figure.label} ({figure.measure})" if figure.measure else figure.label


def _made(figure: FigureText) -> str:
    compared = "; so với cùng kỳ" if figure.compares else ""
    return f"Khối: {str(Aggregate(figure.aggregate).label).lower()}{compared}."


def changes(old: OutlineText, new: OutlineText) -> list[str]:
    """What differs, in the order of the new outline, what was taken out at the end."""
    before = {row.key: row for row in old.sections}
    after = {row.key for row in new.sections}
    found = []
    for number, row in new.numbered():
        place = {"place": f"{number} {row.heading}"}
        if row.key not in before:
            found.append(_("%(place)s: thêm mới.") % place)
        elif row != before[row.key]:
            found.append(_("%(place)s: đã sửa.") % place)
    gone = [row for row in old.sections if row.key not in after]
    return found + [_("%(place)s: đã bỏ.") % {"place": row.heading} for row in gone]
