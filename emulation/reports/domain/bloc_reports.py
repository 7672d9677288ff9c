"""Make the report of a bloc: gather what units signed, edit it, have it checked, open it for the leader's signature, give it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from blocs.domain.drafts import Conflict
from blocs.redlines import compare_words
from emulation.inbox.domain import notices
from emulation.lib import clock, vietnamese
from emulation.lib.verdict import Refused, enforce, refuse
from emulation.organisation.actors import Actor
from emulation.records.domain import audit
from emulation.records.events import Event
from emulation.reports import bloc_policies as policies
from emulation.reports import merging
from emulation.reports.domain import bloc_text, material
from emulation.reports.domain.bloc_report_kind import locked
from emulation.reports.domain.periods import outline_text
from emulation.reports.enums import BlocReportState
from emulation.reports.models import BlocReport, Passage, ReportVersion
from emulation.reports.models.reports import LONGEST_TEXT
from emulation.reports.texts import report_of
from emulation.reports.workflow import BLOC_REPORT
from scoring.domain import facts
from scoring.enums import MergeRule, SectionContent
from scoring.report_texts import OutlineText

HEAD_FIELDS = ("number", "place", "addressed_to", "recipients")
CHOICES = ("is_included", "is_example")


@dataclass(frozen=True)
class Moved:
    """A passage whose source says something else by now: what it said, what it says ("" for nothing any more), in which version."""

    passage: Passage
    said: str
    text: str
    version: int
    number: int


@transaction.atomic
def gather(report: BlocReport, *, actor: Actor) -> BlocReport:
    """Take in what units have signed since. Passages that are there stay as they were edited. Raises `Refused`."""
    report = lock(report)
    enforce(policies.may_gather(report, actor))
    known = bloc_text.gathered(report.period)
    gathering = _gathering(outline_text(report.period.outline))
    there = set(report.passages.filter(unit__isnull=False).values_list("section", "item", "unit"))
    known_places = {(str(section), item, unit) for section, item, unit in there}
    fresh = [
        Passage(
            report=report,
            section=row.section,
            item=row.item,
            unit_id=row.source.unit,
            source_id=row.source.version,
            text=row.text,
            changed_at=clock.now(),
        )
        for row in merging.passages(known.sources)
        if row.section in gathering and (row.section, row.item, row.source.unit) not in known_places
    ]
    Passage.objects.bulk_create(fresh)
    if fresh or report.state == BlocReportState.GATHERING:
        report.state, report.returned_because, report.checked_label = BLOC_REPORT.target("gather"), "", ""
        _store(report, "state", "returned_because", "checked_label")
        told = {"passages": len(fresh), "units": [source.unit for source in known.sources], "missing": known.missing}
        audit.log(Event.BLOC_REPORT_GATHERED, stream=report.stream, actor=actor, **told)
    return report


@transaction.atomic
def save_head(report: BlocReport, *, actor: Actor, seen: int, values: Mapping[str, Any]) -> BlocReport:
    """Save some of `HEAD_FIELDS`. Raises `Refused`, `Conflict`, `ValidationError`."""
    report = _to_edit(report, actor)
    if report.edits != seen:
        raise Conflict(report)
    changed = [name for name in HEAD_FIELDS if name in values and getattr(report, name) != _tidy(values[name])]
    for name in changed:
        setattr(report, name, _tidy(values[name]))
    if changed:
        report.full_clean(exclude=["period"])
        report.edits += 1
        _store(report, "edits", "state", "checked_label", *changed)
        audit.log(Event.BLOC_REPORT_CHANGED, stream=report.stream, actor=actor, head=changed)
    return report


@transaction.atomic
def save_passage(passage: Passage, *, actor: Actor, seen: int, values: Mapping[str, Any]) -> Passage:
    """Save a unit's words as edited ("text"), or some of `CHOICES`. Raises `Refused`, `Conflict`, `ValidationError` ("text")."""
    report = _to_edit(passage.report, actor)
    passage = Passage.objects.select_for_update(of=("self",)).get(pk=passage.pk)
    passage.report = report
    if passage.edits != seen:
        raise Conflict(passage)
    wanted = {name: _tidy(value) if name == "text" else bool(value) for name, value in values.items()}
    changed = [name for name, value in wanted.items() if getattr(passage, name) != value]
    for name in changed:
        setattr(passage, name, wanted[name])
    return _keep(passage, actor, changed)


@transaction.atomic
def save_own(report: BlocReport, section: str, item: str = "", *, actor: Actor, seen: int, text: str) -> Passage:
    """Save the leader's own words in a section, or about one of its items; `seen` is 0 while there are none.

    Raises `Refused`, `Conflict`, `ValidationError` ("text").
    """
    report = _to_edit(report, actor)
    if section not in _written(outline_text(report.period.outline)) or not _has_item(report, item):
        raise Refused(refuse(_("Đề cương không còn mục này để viết.")))
    row = report.passages.filter(section=section, item=item, unit=None).first() or Passage(
        report=report, section=section, item=item
    )
    if row.edits != seen:
        raise Conflict(row)
    if (text := _tidy(text)) == row.text:
        return row
    row.text = text
    return _keep(row, actor, ["text"])


def moved(report: BlocReport, known: bloc_text.Gathered | None = None, rows: Sequence[Passage] | None = None) -> list[Moved]:
    """The passages whose source has moved on: the unit's newest signed version says something else there."""
    known = known or bloc_text.gathered(report.period)
    now = {(row.section, row.item, row.source.unit): row for row in merging.passages(known.sources)}
    of_unit = {source.unit: source for source in known.sources}
    older = []
    for passage in bloc_text.passages_of(report) if rows is None else rows:
        source = of_unit.get(passage.unit_id or 0)
        if source and source.version != passage.source_id:
            older.append((passage, source))
    said = _said([passage for passage, _source in older])
    found = []
    for passage, source in older:
        place = (str(passage.section), passage.item)
        fresh = now.get((*place, source.unit))
        before, words = said.get((passage.source_id, *place), ""), fresh.text if fresh else ""
        if words != before:
            found.append(Moved(passage, before, words, source.version, source.number))
    return found


def pieces(fresh: Moved) -> list[tuple[str, str]]:
    """What the source says by now against what it said, word by word."""
    return [(piece.kind, piece.text) for piece in compare_words(fresh.said, fresh.text)]


@transaction.atomic
def settle(passage: Passage, *, actor: Actor, version: int, take: bool) -> Passage:
    """Take over what the source says by now, or keep the words as they are; either way they are of that version from now on.

    `version` is the one that the page showed. Raises `Refused`, also when the source has moved on once more.
    """
    report = _to_edit(passage.report, actor)
    found = next((row for row in moved(report) if row.passage.pk == passage.pk), None)
    if found is None or found.version != version:
        raise Refused(refuse(_("Báo cáo nguồn vừa có bản khác; xem lại rồi chọn.")))
    passage = found.passage
    passage.report, passage.source_id = report, found.version
    if take:
        passage.text = found.text
    return _keep(passage, actor, ["source", *(["text"] if take else [])])


@transaction.atomic
def check(report: BlocReport, *, actor: Actor) -> BlocReport:
    """The deputy unit says that the report is right, as it stands at this moment. Raises `Refused`."""
    report = lock(report)
    enforce(policies.may_check_bloc_report(report, actor))
    report.state, report.checked_label, report.returned_because = BLOC_REPORT.target("check"), actor.label[:300], ""
    report.checked_sha256 = bloc_text.text_of(report).sha256
    _store(report, "state", "checked_label", "checked_sha256", "returned_because")
    leader = report.period.bloc_year.leader.unit_id
    words = f"{report.period.title}: báo cáo của khối đã được kiểm tra, chờ khối trưởng ký."
    notices.tell_units([leader], words, path=reverse("bloc_report", args=[report.pk]), except_users={actor.user_id})
    audit.log(Event.BLOC_REPORT_CHECKED, stream=report.stream, actor=actor, sha256=report.checked_sha256)
    return report


@transaction.atomic
def give_back(report: BlocReport, *, actor: Actor, reason: str) -> BlocReport:
    """Who was to check it gives it back, the office what was sent; it does not become late by that.

    Raises `Refused`, `ValidationError` ("reason").
    """
    report = lock(report)
    enforce(policies.may_return_bloc_report(report, actor))
    text = vietnamese.nfc(reason).strip()[:2000]
    if not text:
        raise ValidationError({"reason": _("Ghi lý do.")})
    report.state, report.checked_label = BLOC_REPORT.target("return"), ""
    report.returned_because, report.returned_label = text, actor.label[:300]
    _store(report, "state", "returned_because", "returned_label", "checked_label")
    presidium = [report.period.bloc_year.leader.unit_id, report.period.reviewer_of(report.period.bloc_year.leader.unit_id).pk]
    words = f"{report.period.title}: báo cáo của khối được trả lại để sửa. Lý do: {text}"
    notices.tell_units(presidium, words, path=reverse("bloc_report", args=[report.pk]), except_users={actor.user_id})
    audit.log(Event.BLOC_REPORT_RETURNED, stream=report.stream, actor=actor, reason=text)
    return report


def lock(report: BlocReport) -> BlocReport:
    """The report as it stands now, locked until the end of the transaction."""
    return locked(report.pk)


def _to_edit(report: BlocReport, actor: Actor) -> BlocReport:
    """Locked, and no longer checked: whoever edits has it checked again."""
    report = lock(report)
    enforce(policies.may_edit_bloc_report(report, actor))
    report.state, report.checked_label = BLOC_REPORT.target("edit"), ""
    return report


def _keep(passage: Passage, actor: Actor, changed: list[str]) -> Passage:
    if len(passage.text) > LONGEST_TEXT:
        raise ValidationError({"text": _("Mục này dài quá %(n)d ký tự.") % {"n": LONGEST_TEXT}})
    if changed:
        passage.edits += 1
        passage.changed_at, passage.changed_label = clock.now(), actor.label[:300]
        passage.save()
        report = passage.report
        _store(report, "state", "checked_label")
        told = {"section": str(passage.section), "item": passage.item, "unit": passage.unit_id, "changed": changed}
        audit.log(Event.BLOC_REPORT_CHANGED, stream=report.stream, actor=actor, **told)
    return passage


def _said(passages: Sequence[Passage]) -> dict[tuple[int | None, str, str], str]:
    """What their sources said, by version, section and item; each version is read once, one query."""
    found: dict[tuple[int | None, str, str], str] = {}
    wanted = {passage.source_id for passage in passages}
    for version in ReportVersion.objects.filter(pk__in=wanted) if wanted else []:
        for section in report_of(version.content).sections:
            found[version.pk, section.key, ""] = section.text
            for item in section.items:
                found[version.pk, section.key, item.key] = item.text
    return found


def _gathering(outline: OutlineText) -> set[str]:
    """The sections in which units' words are gathered."""
    return {row.key for row in outline.sections if row.parent and row.merge == MergeRule.GATHER}


def _written(outline: OutlineText) -> set[str]:
    """The sections in which the leader may write: all but tables."""
    return {row.key for row in outline.sections if row.parent and row.content != SectionContent.FIGURES}


def _has_item(report: BlocReport, item: str) -> bool:
    """Whether the covenant promises this; no item is the section itself."""
    covenant = facts.agreed_covenant(report.period.bloc_year_id) if item else None
    return not item or item in {row.key for row in material.commitments(covenant)}


def _store(report: BlocReport, *fields: str) -> None:
    report.changed_at = clock.now()
    report.save(update_fields=["changed_at", *fields])


def _tidy(text: str) -> str:
    return vietnamese.nfc(text).replace("\r\n", "\n").strip()
