"""Write a report: its head, sections, items and figures, without ever losing typed text.

Every form carries the `edits` number that it was opened with; a stale one raises `Conflict` with what is stored now.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from blocs.domain.drafts import Conflict
from blocs.domain.snapshots import canonical
from emulation.lib import clock, vietnamese
from emulation.lib.verdict import Refused, enforce, refuse
from emulation.organisation.actors import Actor
from emulation.records.domain import audit
from emulation.records.events import Event
from emulation.reports import policies
from emulation.reports.composing import figure_key
from emulation.reports.domain import material
from emulation.reports.domain.periods import outline_text
from emulation.reports.enums import ReportState
from emulation.reports.models import Report, ReportedFigure, WrittenSection
from emulation.reports.models.reports import LONGEST_TEXT
from emulation.reports.workflow import REPORT
from scoring.domain import facts
from scoring.enums import FilledFrom, SectionContent
from scoring.report_texts import OutlineText

HEAD_FIELDS = ("number", "place", "addressed_to", "recipients")
FIGURE_FIELDS = ("actual", "last_year", "note")


@transaction.atomic
def save_head(report: Report, *, actor: Actor, seen: int, values: Mapping[str, Any]) -> Report:
    """Save some of `HEAD_FIELDS`. Raises `Refused`, `Conflict`, `ValidationError`."""
    report = lock(report, actor)
    if report.edits != seen:
        raise Conflict(report)
    changed = [name for name in HEAD_FIELDS if name in values and getattr(report, name) != _tidy(values[name])]
    for name in changed:
        setattr(report, name, _tidy(values[name]))
    if changed:
        report.full_clean(exclude=["period", "unit"])
        report.edits += 1
        report.save(update_fields=[*changed, "edits"])
        _touch(report, actor, head=changed)
    return report


@transaction.atomic
def save_text(report: Report, section: str, item: str = "", *, actor: Actor, seen: int, text: str) -> WrittenSection:
    """Save what is typed in a section, or about one of its items. `seen` is 0 while nothing was typed.

    Raises `Refused`, `Conflict`, `ValidationError` ("text").
    """
    report = lock(report, actor)
    if not _asks_for(report, section, item):
        raise Refused(refuse(_("Đề cương không còn mục này để viết.")))
    row = report.written.filter(section=section, item=item).first() or WrittenSection(report=report, section=section, item=item)
    if row.edits != seen:
        raise Conflict(row)
    text = _tidy(text)
    if len(text) > LONGEST_TEXT:
        raise ValidationError({"text": _("Mục này dài quá %(n)d ký tự.") % {"n": LONGEST_TEXT}})
    if text != row.text:
        row.text = text
        _store(row, actor)
        _touch(report, actor, section=section, item=item, words=len(text.split()))
    return row


@transaction.atomic
def save_figure(report: Report, key: str, *, actor: Actor, seen: int, values: Mapping[str, Any]) -> ReportedFigure:
    """Save some of `FIGURE_FIELDS`: decimals, or None for none. Raises `Refused`, `Conflict`, `ValidationError` by field."""
    report = lock(report, actor)
    if key not in figure_keys(report):
        raise Refused(refuse(_("Đề cương không còn chỉ số này.")))
    row = report.figures.filter(key=key).first() or ReportedFigure(report=report, key=key)
    if row.edits != seen:
        raise Conflict(row)
    before = {name: getattr(row, name) for name in FIGURE_FIELDS}
    for name in FIGURE_FIELDS:
        if name in values:
            setattr(row, name, _tidy(values[name]) if name == "note" else values[name])
    row.full_clean(exclude=["report"])
    after = {name: getattr(row, name) for name in FIGURE_FIELDS}
    if after != before:
        _store(row, actor)
        _touch(report, actor, figure=key, before=_spelled(before), after=_spelled(after))
    return row


def figure_keys(report: Report) -> set[str]:
    """The keys of all figures that the outline asks of the unit, the covenant's targets among them."""
    outline = outline_text(report.period.outline)
    found = {figure_key(figure) for figure in outline.figures}
    if any(row.source == FilledFrom.TARGETS for row in outline.sections):
        covenant = facts.agreed_covenant(report.period.bloc_year_id)
        found |= {plan.key for plan in material.plans(covenant, report.unit_id)}
    return found


def lock(report: Report, actor: Actor) -> Report:
    """The report locked until the end of the transaction, if the actor may write it."""
    Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    report = Report.objects.full().get(pk=report.pk)
    enforce(policies.may_write(report, actor))
    return report


def _asks_for(report: Report, section: str, item: str) -> bool:
    outline: OutlineText = outline_text(report.period.outline)
    row = next((row for row in outline.sections if row.key == section and row.parent), None)
    if row is None:
        return False
    if not item:
        return row.content != SectionContent.AUTOMATIC
    covenant = facts.agreed_covenant(report.period.bloc_year_id)
    return row.source == FilledFrom.COMMITMENTS and item in {known.key for known in material.commitments(covenant)}


def _store(row: WrittenSection | ReportedFigure, actor: Actor) -> None:
    row.edits += 1
    row.changed_at, row.changed_label = clock.now(), actor.label[:300]
    row.save()


def begin(report: Report) -> None:
    """Something of the locked report changes now; whoever writes first begins it."""
    if report.state == ReportState.NOT_STARTED:
        report.state = REPORT.target("begin")
    report.changed_at = clock.now()
    report.save(update_fields=["state", "changed_at"])


def _touch(report: Report, actor: Actor, **told: Any) -> None:
    begin(report)
    audit.log(Event.REPORT_CHANGED, stream=report.stream, actor=actor, **told)


# What a text from Word brings along: its own line break, bullets of a font nobody has, marks of pictures, hyphens that do not show.
_FROM_WORD = str.maketrans({"\r": "\n", "\v": "\n", "\f": "\n", "\u00a0": " ", "\uf0b7": "-", "\uf0a7": "-", "\u2028": "\n"})
_UNSEEN = str.maketrans("", "", "\u00ad\u200b\ufeff\ufffc\x07")


def _tidy(text: str) -> str:
    """Plain paragraphs; cells of a pasted table stay apart by their tabs."""
    plain = vietnamese.nfc(text).replace("\r\n", "\n").translate(_FROM_WORD).translate(_UNSEEN)
    return "\n".join(line.rstrip() for line in plain.split("\n")).strip()


def _spelled(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: canonical(value) if isinstance(value, Decimal) else str(value or "") for name, value in values.items()}
