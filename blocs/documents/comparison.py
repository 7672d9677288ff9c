"""A comparison of two versions made ready to be read, on the screen and on paper: what changed, in the order of the document."""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from blocs.documents.printing import numbers_of
from blocs.documents.targets import printed_value
from blocs.enums import Direction, DocumentKind, Title
from blocs.redlines import DELETED, INSERTED, SAME, Passage, Piece, Redline, Value, compare, compare_lines, compare_texts
from blocs.redlines.passages import CHANGED, Paragraph
from blocs.redlines.rows import Change, ClauseChange, IndicatorChange, RegistrationChange
from blocs.texts import CovenantText
from emulation.pdf.frame import DocumentFrame
from emulation.pdf.sheet import sheet, title_lines

STATUS_WORDS = {
    "added": pgettext_lazy("redline", "Thêm"),
    "removed": pgettext_lazy("redline", "Bỏ"),
    "changed": pgettext_lazy("redline", "Sửa"),
    "moved": pgettext_lazy("redline", "Chuyển chỗ"),
    "same": pgettext_lazy("redline", "Không đổi"),
}
_KINDS = {"section": gettext_lazy("mục lớn"), "clause": gettext_lazy("nội dung")}


@dataclass(frozen=True)
class Entry:
    """A clause, target, unit or part of the frame. `lines` are captions ("" for none) with what they caption."""

    anchor: str
    status: str
    number: str
    title: str
    note: str
    heading: Passage | None
    lines: list[tuple[str, Passage]]
    is_section: bool = False

    @property
    def words(self) -> str:
        """What happened to it."""
        return str(STATUS_WORDS[self.status])

    @property
    def is_same(self) -> bool:
        return self.status == "same"


@dataclass(frozen=True)
class Group:
    """A part of the document with its entries."""

    heading: str
    entries: list[Entry]

    @property
    def changes(self) -> list[Entry]:
        return [entry for entry in self.entries if not entry.is_same]

    @property
    def runs(self) -> list[tuple[bool, list[Entry]]]:
        """The entries in order, cut into runs of unchanged (True) and changed ones."""
        return [(same, list(run)) for same, run in itertools.groupby(self.entries, key=lambda entry: entry.is_same)]


@dataclass(frozen=True)
class Side:
    """One of the two texts, how it is called ("bản 2"), and since when it is known ("công bố ngày 04/03/2020")."""

    text: CovenantText
    label: str
    note: str = ""

    @property
    def full_label(self) -> str:
        return f"{self.label} {self.note}".strip()


def changes(
    old: CovenantText, new: CovenantText, unit_names: Mapping[str, str], *, kind: str = DocumentKind.COVENANT
) -> list[Group]:
    """The comparison in the language of the screen; groups without entries are left out. Units are named by `unit_names`."""
    redline = compare(old, new)
    old_numbers, new_numbers = numbers_of(kind, old), numbers_of(kind, new)

    def clauses(part: str) -> list[Entry]:
        rows = [row for row in redline.clauses if (row.part.old if row.removed else row.part.new) == part]
        return [_clause(row, old_numbers.get(row.key, ""), new_numbers.get(row.key, "")) for row in rows]

    groups = [
        Group(_("Phần mở đầu"), list(_opening(redline))),
        Group(_("Nội dung giao ước"), clauses("body")),
        Group(_("Chỉ tiêu"), [_indicator(row, unit_names) for row in redline.indicators]),
        Group(_("Danh hiệu đăng ký"), [_registration(row, unit_names) for row in redline.registrations]),
        Group(_("Tổ chức thực hiện"), clauses("implementation")),
        Group(_("Nơi nhận"), list(_frame_entry("noi-nhan", _("Nơi nhận"), redline.recipients))),
    ]
    return [group for group in groups if group.entries]


def comparison_html(
    old: Side,
    new: Side,
    frame: DocumentFrame,
    *,
    subject: str,
    unit_names: Mapping[str, str],
    kind: str = DocumentKind.COVENANT,
) -> str:
    """The HTML of "BẢN SO SÁNH DỰ THẢO" for the printer; always Vietnamese."""
    with translation.override("vi"):
        groups = changes(old.text, new.text, unit_names, kind=kind)
        lines = [subject, f"({old.full_label} và {new.full_label})"]
        context = {
            "frame": frame,
            "sheet": sheet(frame),
            "title": "BẢN SO SÁNH DỰ THẢO",
            "subject_lines": [line for part in lines for line in title_lines(part)],
            "document_title": f"Bản so sánh dự thảo: {subject}",
            "groups": groups,
            "count": sum(len(group.changes) for group in groups),
            "old": old.label,
            "new": new.label,
        }
        return render_to_string("documents/comparison.html", context)


def _opening(redline: Redline) -> Iterator[Entry]:
    yield from _frame_entry("ten", _("Tên văn bản"), redline.title)
    yield from _frame_entry("phong-trao", _("Phong trào"), redline.movement)
    yield from _frame_entry("can-cu", _("Căn cứ"), redline.bases)
    yield from _frame_entry("mo-dau", _("Lời mở đầu"), redline.opening)


def _frame_entry(anchor: str, title: str, passage: Passage) -> Iterator[Entry]:
    if passage.old_text or passage.new_text:
        yield Entry(anchor, "changed" if passage.changed else "same", "", title, "", None, [("", passage)])


def _clause(row: ClauseChange, old_number: str, new_number: str) -> Entry:
    heading = row.heading if row.heading.old_text or row.heading.new_text else None
    title = row.heading.old_text if row.removed else row.heading.new_text
    words = (row.text.old_text if row.removed else row.text.new_text).split()
    notes = [_moved(row, old_number, new_number)]
    if row.kind.changed and not row.added and not row.removed:
        notes.append(_("trước là %(kind)s") % {"kind": _KINDS[row.kind.old or ""]})
    return Entry(
        anchor=f"muc-{row.key}",
        status=row.status,
        number=old_number if row.removed else new_number,
        title=title or (" ".join(words[:12]) + ("…" if len(words) > 12 else "")) or _("(chưa có tiêu đề)"),
        note="; ".join(note for note in notes if note),
        heading=heading,
        lines=[("", row.text)] if row.text.old_text or row.text.new_text else [],
        is_section=(row.kind.new or row.kind.old) == "section",
    )


def _moved(row: Change, old_number: str, new_number: str) -> str:
    if row.added or row.removed:
        return ""
    if row.moved:
        return _("từ %(old)s đến %(new)s") % {"old": old_number, "new": new_number}
    return _("trước là mục %(old)s") % {"old": old_number} if old_number != new_number else ""


def _indicator(row: IndicatorChange, unit_names: Mapping[str, str]) -> Entry:
    place = row.old_place if row.new_place is None else row.new_place
    old_direction, new_direction = row.direction.old or "", row.direction.new or ""

    def shown(value: Value) -> Passage:
        return _passage(printed_value(value.old or "", old_direction), printed_value(value.new or "", new_direction))

    lines = [(_("Đơn vị tính"), _passage(row.measure.old, row.measure.new))]
    lines.append((_("Chiều"), _passage(_direction(old_direction), _direction(new_direction))))
    lines.append((_("Mức của khối"), shown(row.bloc_value)))
    ordered = sorted(row.units.items(), key=lambda item: list(unit_names).index(item[0]) if item[0] in unit_names else 99)
    lines += [(_unit(unit, unit_names), shown(value)) for unit, value in ordered if value.changed]
    return Entry(
        anchor=f"chi-tieu-{row.key}",
        status=row.status,
        number=str((place or 0) + 1),
        title=row.name.old_text if row.removed else row.name.new_text,
        note=_moved(row, str((row.old_place or 0) + 1), str((row.new_place or 0) + 1)) if row.moved else "",
        heading=row.name,
        lines=[(caption, passage) for caption, passage in lines if passage.changed or caption == _("Mức của khối")],
    )


def _registration(row: RegistrationChange, unit_names: Mapping[str, str]) -> Entry:
    passage = compare_lines(_titles(row.old_titles), _titles(row.new_titles))
    return Entry(f"danh-hieu-{row.key}", _unless_moved(row), "", _unit(row.key, unit_names), "", None, [("", passage)])


def _unless_moved(row: Change) -> str:
    """Rows of units follow the order of seats; that one stands elsewhere says nothing about its titles."""
    return "same" if row.status == "moved" else row.status


def _titles(codes: Iterable[str] | None) -> list[str]:
    return [str(Title(code).label) if code in Title.values else code for code in codes or ()]


def _direction(code: str) -> str:
    return str(Direction(code).label) if code in Direction.values else code


def _unit(key: str, unit_names: Mapping[str, str]) -> str:
    return unit_names.get(key) or _("Đơn vị không còn trong khối")


def _passage(old: Promise | str | None, new: Promise | str | None) -> Passage:
    """Two short values as one passage: the old one struck, the new one put in."""
    before, after = str(old or ""), str(new or "")
    if before == after:
        return compare_texts(before, after)
    pieces = (Piece(DELETED, before), Piece(SAME, " " if before and after else ""), Piece(INSERTED, after))
    return Passage((Paragraph(CHANGED, tuple(piece for piece in pieces if piece.text)),))
