"""The working outline: start it, change its sections and figures, without ever losing typed text.

Every form carries the `edits` number that it was opened with; a stale one raises `drafts.Conflict` with what is stored now.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from blocs.domain.drafts import Conflict, assign
from blocs.domain.snapshots import version_text
from blocs.enums import ISSUED, DocumentKind
from blocs.models import BlocDocument, Indicator
from emulation.lib import clock, vietnamese
from emulation.lib.verdict import Refused, enforce, refuse
from emulation.organisation.actors import Actor
from emulation.records.domain import audit
from emulation.records.events import Event
from scoring import policies
from scoring.enums import SectionContent
from scoring.models import OutlineFigure, OutlineSection, ReportOutline
from scoring.report_texts import FigureText, OutlineText, SectionText, outline_of

SECTION_FIELDS = ("content", "heading", "guidance", "is_required", "word_limit", "merge", "source")
FIGURE_FIELDS = ("label", "measure", "aggregate", "indicator_key", "compares", "is_share")
MOST_SECTIONS, MOST_FIGURES, MOST_SOURCES = 60, 200, 20
Row = OutlineSection | OutlineFigure


# --- Reading ---------------------------------------------------------------------------------------------------------------------


def working_outline(document: BlocDocument) -> ReportOutline | None:
    """The outline of a document with sections and figures; three queries."""
    figures = Prefetch("figures", OutlineFigure.objects.order_by("order", "pk"))
    sections = OutlineSection.objects.order_by("order", "pk").prefetch_related(figures)
    return ReportOutline.objects.filter(document=document).prefetch_related(Prefetch("sections", sections)).first()


def text_of(outline: ReportOutline) -> OutlineText:
    """The outline as it stands now, in the order of the paper."""
    rows = list(outline.sections.all())
    found: list[SectionText] = []
    for part in (row for row in rows if row.parent_id is None):
        found.append(_section_text(part, ""))
        found += [_section_text(row, str(part.key)) for row in rows if row.parent_id == part.pk]
    return OutlineText(found)


def published_outline(document: BlocDocument) -> OutlineText | None:
    """What the newest version of a document holds; None when it holds no outline."""
    version = document.versions.order_by("-number").first()
    data = version_text(version).enclosed if version else {}
    return outline_of(data) if data else None


def sources(document: BlocDocument, actor: Actor) -> list[BlocDocument]:
    """Report outlines in force, of other years and blocs, whose sections may be copied; the bloc's own first."""
    rows = BlocDocument.objects.visible_to(actor).filter(kind=DocumentKind.OUTLINE, state__in=ISSUED).exclude(pk=document.pk)
    found = [row for row in rows.select_related("bloc_year__bloc", "bloc_year__year") if published_outline(row)]
    bloc = document.bloc_year.bloc_id
    return sorted(found, key=lambda row: (row.bloc_year.bloc_id != bloc, -row.bloc_year.year_id, str(row.bloc_year)))[
        :MOST_SOURCES
    ]


def _section_text(row: OutlineSection, parent: str) -> SectionText:
    values = {name: getattr(row, name) for name in SECTION_FIELDS}
    return SectionText(
        key=str(row.key), parent=parent, **values, figures=tuple(_figure_text(figure) for figure in row.figures.all())
    )


def _figure_text(row: OutlineFigure) -> FigureText:
    values = {name: getattr(row, name) for name in FIGURE_FIELDS}
    return FigureText(key=str(row.key), **values | {"indicator_key": str(row.indicator_key or "")})


# --- Changing --------------------------------------------------------------------------------------------------------------------


@transaction.atomic
def start(document: BlocDocument, *, actor: Actor, text: OutlineText) -> ReportOutline:
    """Start the outline of a document from a text: the usual one, or another year's. Raises `Refused`."""
    document = BlocDocument.objects.select_for_update(of=("self",)).full().get(pk=document.pk)
    enforce(policies.may_start_outline(document, actor))
    outline = ReportOutline.objects.create(document=document, changed_at=clock.now())
    _write(outline, linked(text, document).sections)
    audit.log(Event.OUTLINE_STARTED, stream=document.stream, actor=actor, sections=len(text.sections))
    return outline


def linked(text: OutlineText, document: BlocDocument) -> OutlineText:
    """The outline with targets of this year's covenant where figures named one of an earlier year with the same words."""
    wanted = {figure.indicator_key for figure in text.figures if figure.indicator_key}
    if not wanted:
        return text
    names = {str(key): name for key, name in Indicator.objects.filter(key__in=wanted).values_list("key", "name")}
    own = Indicator.objects.filter(document__bloc_year=document.bloc_year_id).values_list("key", "name")
    keys = {vietnamese.search_key(name): str(key) for key, name in own}

    def fitting(figure: FigureText) -> FigureText:
        return replace(figure, indicator_key=keys.get(vietnamese.search_key(names.get(figure.indicator_key, "")), ""))

    return OutlineText([replace(row, figures=tuple(map(fitting, row.figures))) for row in text.sections])


@transaction.atomic
def add_section(outline: ReportOutline, *, actor: Actor, heading: str, parent: OutlineSection | None = None) -> OutlineSection:
    """Add a part, or a section at the end of one. Raises `Refused`, `ValidationError`."""
    outline = lock(outline, actor)
    if outline.sections.count() >= MOST_SECTIONS:
        raise Refused(refuse(_("Đề cương có nhiều nhất %(n)d mục.") % {"n": MOST_SECTIONS}))
    row = OutlineSection(outline=outline, parent=parent, heading=heading, order=_last(outline.sections.filter(parent=parent)) + 1)
    row.full_clean(exclude=["outline", "parent"])
    row.save()
    _touch(outline, actor, f"section {row.key}: added")
    return row


@transaction.atomic
def save_section(row: OutlineSection, *, actor: Actor, seen: int, values: Mapping[str, Any]) -> OutlineSection:
    """Save some of `SECTION_FIELDS`. Raises `Refused`, `Conflict`, `ValidationError`."""
    outline = lock(row.outline, actor)
    row = OutlineSection.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.edits != seen:
        raise Conflict(row)
    changed = assign(row, values, list(SECTION_FIELDS))
    if row.content != SectionContent.AUTOMATIC:
        row.source = ""
    if changed:
        row.full_clean(exclude=["outline", "parent"])
        row.edits += 1
        row.save()
        _touch(outline, actor, f"section {row.key}: {', '.join(changed)}")
    return row


@transaction.atomic
def add_figure(section: OutlineSection, *, actor: Actor, label: str) -> OutlineFigure:
    """Add a figure at the end of a section. Raises `Refused`, `ValidationError`."""
    outline = lock(section.outline, actor)
    if OutlineFigure.objects.filter(section__outline=outline).count() >= MOST_FIGURES:
        raise Refused(refuse(_("Đề cương có nhiều nhất %(n)d chỉ số.") % {"n": MOST_FIGURES}))
    row = OutlineFigure(section=section, label=label, order=_last(section.figures.all()) + 1)
    row.full_clean(exclude=["section"])
    row.save()
    _touch(outline, actor, f"figure {row.key}: added")
    return row


@transaction.atomic
def save_figure(row: OutlineFigure, *, actor: Actor, seen: int, values: Mapping[str, Any]) -> OutlineFigure:
    """Save some of `FIGURE_FIELDS`. Raises `Refused`, `Conflict`, `ValidationError`."""
    outline = lock(row.section.outline, actor)
    row = OutlineFigure.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.edits != seen:
        raise Conflict(row)
    changed = assign(row, values, list(FIGURE_FIELDS))
    if changed:
        row.full_clean(exclude=["section"])
        row.edits += 1
        row.save()
        _touch(outline, actor, f"figure {row.key}: {', '.join(changed)}")
    return row


@transaction.atomic
def move(row: Row, *, actor: Actor, up: bool) -> None:
    """Change places with the neighbour above or below; at the end nothing happens. Raises `Refused`."""
    outline = lock(_outline_of(row), actor)
    rows = _siblings(row)
    at = next(place for place, other in enumerate(rows) if other.pk == row.pk)
    to = at - 1 if up else at + 1
    if 0 <= to < len(rows):
        rows[at], rows[to] = rows[to], rows[at]
        _number(rows)
        _touch(outline, actor, f"{row.key}: moved {'up' if up else 'down'}")


@transaction.atomic
def remove(row: Row, *, actor: Actor) -> None:
    """Take a section with all in it, or a figure, out; what went last can be put back. Raises `Refused`."""
    outline = lock(_outline_of(row), actor)
    outline.last_removed = _said(outline, row)
    key = row.key
    row.delete()
    _touch(outline, actor, f"{key}: removed", removed=outline.last_removed)


@transaction.atomic
def put_back(outline: ReportOutline, *, actor: Actor) -> None:
    """Put back what was taken out last, at the end of where it stood. A second call changes nothing. Raises `Refused`."""
    outline = lock(outline, actor)
    said = outline.last_removed
    if said is None:
        return
    outline.last_removed = None
    if said["kind"] == "figure":
        section = outline.sections.filter(key=said["under"]).first()
        if section is None:
            raise Refused(refuse(_("Mục chứa nội dung này đã bị gỡ; không đưa lại được.")))
        _write_figures(section, [FigureText(**said["text"])], _last(section.figures.all()))
    else:
        parent = outline.sections.filter(key=said["under"]).first() if said["under"] else None
        if said["under"] and parent is None:
            raise Refused(refuse(_("Mục chứa nội dung này đã bị gỡ; không đưa lại được.")))
        _write(outline, outline_of({"sections": said["text"]}).sections, parent)
    _touch(outline, actor, "put back")


def lock(outline: ReportOutline, actor: Actor) -> ReportOutline:
    """The outline and its document, locked, for somebody who may edit it. Raises `Refused`."""
    document = BlocDocument.objects.select_for_update(of=("self",)).full().get(pk=outline.document_id)
    enforce(policies.may_edit_outline(document, actor))
    locked = ReportOutline.objects.select_for_update(of=("self",)).get(pk=outline.pk)
    locked.document = document
    return locked


def _outline_of(row: Row) -> ReportOutline:
    return row.outline if isinstance(row, OutlineSection) else row.section.outline


def _siblings(row: Row) -> list[Any]:
    if isinstance(row, OutlineSection):
        return list(OutlineSection.objects.filter(outline=row.outline_id, parent=row.parent_id).order_by("order", "pk"))
    return list(OutlineFigure.objects.filter(section=row.section_id).order_by("order", "pk"))


def _number(rows: Sequence[Any]) -> None:
    for order, row in enumerate(rows, start=1):
        if row.order != order:
            row.order = order
            row.save(update_fields=["order"])


def _last(rows: Any) -> int:
    newest = rows.order_by("-order").first()
    return newest.order if newest else 0


def _said(outline: ReportOutline, row: Row) -> dict[str, Any]:
    """What is taken out, as JSON-able values, with where it stood."""
    if isinstance(row, OutlineFigure):
        text = FigureText(key=str(row.key), **{name: getattr(row, name) for name in FIGURE_FIELDS if name != "indicator_key"})
        return {
            "kind": "figure",
            "under": str(row.section.key),
            "text": vars(text) | {"indicator_key": str(row.indicator_key or "")},
        }
    fresh = working_outline(outline.document)
    assert fresh is not None
    whole = text_of(fresh)
    found = [text for text in whole.sections if str(row.key) in (text.key, text.parent)]
    under = str(row.parent.key) if row.parent else ""
    return {"kind": "section", "under": under, "text": OutlineText(found).to_data()["sections"]}


def _write(outline: ReportOutline, sections: Iterable[SectionText], under: OutlineSection | None = None) -> None:
    """Insert sections, each part before what stands in it; those of an unknown parent go under `under`."""
    made: dict[str, OutlineSection] = {}
    for text in sections:
        parent = made.get(text.parent, under)
        values = {name: getattr(text, name) for name in SECTION_FIELDS}
        order = _last(outline.sections.filter(parent=parent)) + 1
        row = OutlineSection.objects.create(outline=outline, key=uuid.UUID(text.key), parent=parent, order=order, **values)
        made[text.key] = row
        _write_figures(row, text.figures, 0)


def _write_figures(section: OutlineSection, figures: Iterable[FigureText], last: int) -> None:
    for order, text in enumerate(figures, start=last + 1):
        values = {name: getattr(text, name) for name in FIGURE_FIELDS} | {"indicator_key": text.indicator_key or None}
        OutlineFigure.objects.create(section=section, key=uuid.UUID(text.key), order=order, **values)


def _touch(outline: ReportOutline, actor: Actor, changed: str, **said: Any) -> None:
    outline.changed_at = clock.now()
    outline.save(update_fields=["changed_at", "last_removed"])
    BlocDocument.objects.filter(pk=outline.document_id).update(changed_at=outline.changed_at)
    audit.log(Event.OUTLINE_CHANGED, stream=outline.document.stream, actor=actor, changed=[changed], **said)
