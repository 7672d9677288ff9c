"""Edit a summary of reports, a bloc's or a province's: its head, the passages with where they come from, own words.

Where the two differ, a `Desk` says it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from blocs.domain.drafts import Conflict
from blocs.redlines import compare_words
from emulation.lib import clock, vietnamese
from emulation.lib.verdict import ALLOWED, Refused, Verdict, enforce, refuse
from emulation.organisation.actors import Actor
from emulation.records.domain import audit
from emulation.records.events import Event
from emulation.reports import merging
from emulation.reports.merging import Source
from emulation.reports.models import Summary, SummaryPassage
from emulation.reports.models.reports import LONGEST_TEXT
from emulation.reports.texts import ReportText

HEAD_FIELDS = ("number", "place", "addressed_to", "recipients")
CHOICES = ("is_included", "is_example")
Report = TypeVar("Report", bound=Summary)
Row = TypeVar("Row", bound=SummaryPassage)


@dataclass(frozen=True)
class Gathered:
    """What a summary is made of: the contributors' signed reports in their order, and who has none."""

    sources: Sequence[Source]
    names: Mapping[int, str]

    @property
    def missing(self) -> list[str]:
        """The contributors of whom no signed report stands."""
        own = {source.unit for source in self.sources}
        return [name for contributor, name in self.names.items() if contributor not in own]


@dataclass(frozen=True)
class Moved(Generic[Row]):
    """A passage whose source says something else by now: what it said, what it says ("" for nothing any more), in which version."""

    passage: Row
    said: str
    text: str
    version: int
    number: int


@dataclass(frozen=True)
class Desk(Generic[Report, Row]):
    """What is done differently with the summary of a bloc and with that of a province."""

    locked: Callable[[int], Report]
    """The report by its key, locked until the end of the transaction."""
    may_edit: Callable[[Report, Actor], Verdict]
    begin: Callable[[Report], Sequence[str]]
    """What editing does to the report's state; the fields that are to be stored then."""
    passages_of: Callable[[Report], list[Row]]
    gathered: Callable[[Report], Gathered]
    said: Callable[[set[int]], Mapping[int, ReportText]]
    """What these versions of contributors' reports say, by their keys."""
    offered: Callable[[Report, Gathered], Sequence[merging.Passage]]
    """What contributors say by now that has a place in the summary."""
    own_place: Callable[[Report, str, str], Row | None]
    """The row for own words in a section, about an item; None where nothing may be written."""
    event: Event
    """What the audit calls a change."""

    @transaction.atomic
    def save_head(self, report: Report, *, actor: Actor, seen: int, values: Mapping[str, Any]) -> Report:
        """Save some of `HEAD_FIELDS`. Raises `Refused`, `Conflict`, `ValidationError`."""
        report = self._to_edit(report, actor)
        if report.edits != seen:
            raise Conflict(report)
        changed = [name for name in HEAD_FIELDS if name in values and getattr(report, name) != tidy(values[name])]
        for name in changed:
            setattr(report, name, tidy(values[name]))
        if changed:
            report.clean_fields(exclude={field.name for field in report._meta.fields} - set(changed))
            report.edits += 1
            store(report, "edits", *self.begin(report), *changed)
            audit.log(self.event, stream=report.stream, actor=actor, head=changed)
        return report

    @transaction.atomic
    def save_passage(self, passage: Row, *, actor: Actor, seen: int, values: Mapping[str, Any]) -> Row:
        """Save a contributor's words as edited ("text"), or some of `CHOICES`.

        Raises `Refused`, `Conflict`, `ValidationError` ("text").
        """
        report = self._to_edit(passage.report, actor)
        passage = report.passages.select_for_update(of=("self",)).get(pk=passage.pk)
        if passage.edits != seen:
            raise Conflict(passage)
        wanted = {name: tidy(value) if name == "text" else bool(value) for name, value in values.items()}
        changed = [name for name, value in wanted.items() if getattr(passage, name) != value]
        for name in changed:
            setattr(passage, name, wanted[name])
        return self._keep(report, passage, actor, changed)

    @transaction.atomic
    def save_own(self, report: Report, section: str, item: str = "", *, actor: Actor, seen: int, text: str) -> Row:
        """Save own words in a section, or about one of its items; `seen` is 0 while there are none.

        Raises `Refused`, `Conflict`, `ValidationError` ("text").
        """
        report = self._to_edit(report, actor)
        row = self.own_place(report, section, item)
        if row is None:
            raise Refused(refuse(_("Đề cương không còn mục này để viết.")))
        if row.edits != seen:
            raise Conflict(row)
        if (text := tidy(text)) == row.text:
            return row
        row.text = text
        return self._keep(report, row, actor, ["text"])

    def fresh(self, report: Report, known: Gathered, rows: Sequence[Row] | None = None) -> list[merging.Passage]:
        """What contributors say where nothing of theirs was taken in yet: a first report, or a section that they wrote since."""
        there = {(*row.place, row.contributor_id) for row in (self.passages_of(report) if rows is None else rows)}
        return [row for row in self.offered(report, known) if (row.section, row.item, row.source.unit) not in there]

    def settled(self, report: Report, known: Gathered) -> Verdict:
        """Whether all that contributors say by now was taken in and looked at."""
        rows = self.passages_of(report)
        if fresh := self.fresh(report, known, rows):
            names = ", ".join(dict.fromkeys(row.source.name for row in fresh))
            return refuse(_("Có nội dung mới nộp của %(names)s chưa đưa vào; tổng hợp thêm rồi mở ký.") % {"names": names})
        if self.moved(report, known, rows):
            return refuse(_("Có đoạn mà báo cáo nguồn đã thay đổi; xem lại từng đoạn rồi mở ký."))
        return ALLOWED

    def moved(self, report: Report, known: Gathered | None = None, rows: Sequence[Row] | None = None) -> list[Moved[Row]]:
        """The passages whose source has moved on: the contributor's newest signed version says something else there."""
        known = known or self.gathered(report)
        now = {(row.section, row.item, row.source.unit): row for row in merging.passages(known.sources)}
        newest = {source.unit: source for source in known.sources}
        older = []
        for passage in self.passages_of(report) if rows is None else rows:
            source = newest.get(passage.contributor_id or 0)
            if source and source.version != passage.source_id:
                older.append((passage, source))
        texts = self.said({passage.source_id or 0 for passage, _source in older}) if older else {}
        found = []
        for passage, source in older:
            fresh = now.get((*passage.place, source.unit))
            before, words = _words(texts.get(passage.source_id or 0), *passage.place), fresh.text if fresh else ""
            if words != before:
                found.append(Moved(passage, before, words, source.version, source.number))
        return found

    @transaction.atomic
    def settle(self, passage: Row, *, actor: Actor, version: int, take: bool) -> Row:
        """Take over what the source says by now, or keep the words as they are; either way they are of that version from now on.

        `version` is the one that the page showed. Raises `Refused`, also when the source has moved on once more.
        """
        report = self._to_edit(passage.report, actor)
        found = next((row for row in self.moved(report) if row.passage.pk == passage.pk), None)
        if found is None or found.version != version:
            raise Refused(refuse(_("Báo cáo nguồn vừa có bản khác; xem lại rồi chọn.")))
        passage = found.passage
        passage.source_id = found.version
        if take:
            passage.text = found.text
        return self._keep(report, passage, actor, ["source", *(["text"] if take else [])])

    def _to_edit(self, report: Report, actor: Actor) -> Report:
        report = self.locked(report.pk)
        enforce(self.may_edit(report, actor))
        return report

    def _keep(self, report: Report, passage: Row, actor: Actor, changed: list[str]) -> Row:
        if len(passage.text) > LONGEST_TEXT:
            raise ValidationError({"text": _("Mục này dài quá %(n)d ký tự.") % {"n": LONGEST_TEXT}})
        if changed:
            passage.edits += 1
            passage.changed_at, passage.changed_label = clock.now(), actor.label[:300]
            passage.save()
            store(report, *self.begin(report))
            section, item = passage.place
            told = {"section": section, "item": item, "of": passage.contributor_id, "changed": changed}
            audit.log(self.event, stream=report.stream, actor=actor, **told)
        return passage


def pieces(fresh: Moved[Any]) -> list[tuple[str, str]]:
    """What the source says by now against what it said, word by word."""
    return [(piece.kind, piece.text) for piece in compare_words(fresh.said, fresh.text)]


def store(report: Summary, *fields: str) -> None:
    """Write these fields and the moment."""
    report.changed_at = clock.now()
    report.save(update_fields=["changed_at", *fields])


def tidy(text: str) -> str:
    return vietnamese.nfc(text).replace("\r\n", "\n").strip()


def _words(text: ReportText | None, section: str, item: str) -> str:
    """What a report says in a section, or about one of its items."""
    found = text.section(section) if text else None
    if found is None or not item:
        return found.text if found else ""
    return next((row.text for row in found.items if row.key == item), "")
