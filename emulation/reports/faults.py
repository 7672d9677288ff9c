"""What keeps a report from being signed, and what its writer should look at again. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from emulation.pdf.fonts import describe, missing_characters
from emulation.reports.texts import FigureLine, ReportSection, ReportText
from scoring.enums import SectionContent
from scoring.report_texts import OutlineText, SectionText

FILES = "tep"
_WHOLE = Decimal(100)


@dataclass(frozen=True)
class Fault:
    """Something about a section. A hint does not keep the report from being signed; `is_gap` says that something is still empty."""

    section: str
    words: str
    is_hint: bool = False
    is_gap: bool = False
    box: str = ""
    """The name of the field to mend it in; `FILES` for the files, "" where it is no single one."""

    @property
    def anchor(self) -> str:
        """Where on the page of the section it is mended."""
        return self.box if self.box in ("", FILES) else f"id_{self.box}"


def faults(text: ReportText, outline: OutlineText) -> list[Fault]:
    """All of them, in the order of the paper."""
    asked = {row.key: row for row in outline.sections}
    return [fault for section in text.sections for fault in _of(section, asked[section.key])]


def blocking(found: list[Fault]) -> list[Fault]:
    """Those that keep the report from being signed."""
    return [fault for fault in found if not fault.is_hint]


def words_in(text: str) -> int:
    """How many words a text has; Vietnamese writes a space between syllables, and offices count those."""
    return len(text.split())


def _of(section: ReportSection, asked: SectionText) -> Iterator[Fault]:
    if section.level == 1:
        return
    place = f"{section.number} {section.heading}"
    if asked.is_required and asked.content == SectionContent.NARRATIVE and not section.text.strip():
        yield Fault(section.key, _("%(place)s: mục bắt buộc, chưa viết.") % {"place": place}, is_gap=True, box="text")
    if asked.is_required and asked.content == SectionContent.ATTACHMENTS and not section.files:
        words = _("%(place)s: mục bắt buộc, chưa có tệp kèm theo.") % {"place": place}
        yield Fault(section.key, words, is_gap=True, box=FILES)
    for item in section.items:
        if asked.is_required and not item.text.strip():
            words = _("%(place)s: chưa viết kết quả của “%(item)s”.") % {"place": place, "item": item.heading[:80]}
            yield Fault(section.key, words, is_gap=True, box=f"text-{item.key}")
    for figure in section.figures:
        yield from _of_figure(section, figure, asked, place)
    yield from _of_words(section, asked, place)


def _of_figure(section: ReportSection, figure: FigureLine, asked: SectionText, place: str) -> Iterator[Fault]:
    about, box = {"place": place, "figure": figure.label[:80]}, f"actual-{figure.key}"
    if not figure.actual:
        if asked.is_required:
            yield Fault(section.key, _("%(place)s: chưa nhập “%(figure)s”.") % about, is_gap=True, box=box)
        return
    if figure.is_share and Decimal(figure.actual) > _WHOLE:
        yield Fault(section.key, _("%(place)s: “%(figure)s” là tỷ lệ, không quá 100%%.") % about, box=box)
    elif figure.measure == "%" and Decimal(figure.actual) > _WHOLE:
        words = _("%(place)s: “%(figure)s” tính bằng %% mà kết quả trên 100; xem lại dấu phẩy.") % about
        yield Fault(section.key, words, is_hint=True, box=box)
    if figure.direction and not figure.plan:
        words = _("%(place)s: “%(figure)s” có kết quả mà giao ước chưa có kế hoạch.") % about
        yield Fault(section.key, words, is_hint=True, box=box)


def _of_words(section: ReportSection, asked: SectionText, place: str) -> Iterator[Fault]:
    written = " ".join([section.text, *(item.text for item in section.items), *(row.note for row in section.figures)])
    if asked.word_limit and (count := words_in(written)) > asked.word_limit:
        said = {"place": place, "n": count, "most": asked.word_limit}
        yield Fault(section.key, _("%(place)s: %(n)d từ, đề cương cho nhiều nhất %(most)d từ.") % said)
    if missing := missing_characters(written):
        shown = ", ".join(describe(char) for char in missing[:5])
        yield Fault(section.key, _("%(place)s: ký tự không in được: %(chars)s.") % {"place": place, "chars": shown})
