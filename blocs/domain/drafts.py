"""The working draft: start it, and change its frame, clauses, targets and registrations without ever losing typed text.

Two people may work at once. Every form carries the `edits` number it was opened with; when somebody else has saved in between,
`Conflict` brings back what is stored now, and nothing is overwritten.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Model
from django.utils.translation import gettext as _

from blocs import policies
from blocs.domain import limits, placeholders
from blocs.domain.limits import MOST_CLAUSES, MOST_INDICATORS
from blocs.domain.starting import StartingText, default_text, filled
from blocs.enums import CheckKind, ClauseKind, ClausePart, DocumentKind, Title
from blocs.models import BlocDocument, BlocYear, Check, Clause, Indicator, Target, TitleRegistration
from emulation.lib import clock, vietnamese
from emulation.lib.verdict import Refused, Verdict, enforce, refuse
from emulation.organisation.actors import Actor
from emulation.organisation.models import Unit
from emulation.records.domain import audit
from emulation.records.events import Event

TEXT_FIELDS = ("title", "movement", "bases", "opening", "recipients")
SIGNING_FIELDS = ("number", "place", "date", "host_unit", "is_internal", "has_witness", "signing_order")
CLAUSE_FIELDS = ("heading", "text", "kind")
INDICATOR_FIELDS = ("name", "measure", "direction", "bloc_value")


class Conflict(Exception):
    """Somebody else saved in between. `stored` is the row as it stands now."""

    def __init__(self, stored: Any) -> None:
        super().__init__(_("Nội dung này vừa được người khác sửa."))
        self.stored = stored


@transaction.atomic
def start(
    bloc_year: BlocYear,
    *,
    actor: Actor,
    text: StartingText | None = None,
    kind: str = DocumentKind.COVENANT,
    replaces: BlocDocument | None = None,
    replace_reason: str = "",
) -> BlocDocument:
    """Start a document of this kind from a given text (pasted, or an earlier year's), or from the default one. Raises `Refused`.

    `replaces` is the document in force that the new one is to replace; then the caller has asked whether it may be.
    Words in braces that the bloc and its year answer are filled in. Only a covenant has a second part, after its tables.
    """
    BlocYear.objects.select_for_update(of=("self",)).get(pk=bloc_year.pk)
    if replaces is None:
        _demand_room(bloc_year, actor, text, kind)
    usual = default_text(bloc_year, kind)
    text = filled(text or usual, placeholders.values(bloc_year))
    host, moment = bloc_year.leader.unit, clock.now()
    document = BlocDocument.objects.create(
        bloc_year=bloc_year,
        kind=kind,
        title=text.title or usual.title,
        movement=usual.movement,
        bases="\n".join(text.bases) or bloc_year.year.legal_bases,
        opening=text.opening,
        recipients="\n".join(text.recipients),
        host_unit=host,
        place=host.short_name,
        replaces=replaces,
        replace_reason=vietnamese.nfc(replace_reason),
        created_at=moment,
        changed_at=moment,
    )
    for order, piece in enumerate(text.pieces, start=1):
        part = piece.part if document.is_covenant else ClausePart.BODY
        Clause.objects.create(document=document, order=order, part=part, kind=piece.kind, heading=piece.heading, text=piece.text)
    if document.is_covenant:
        _keep_aims(document, text)
    said = {"bloc_year": bloc_year.pk, "kind": kind, "clauses": len(text.pieces)}
    if replaces:
        said |= {"replaces": replaces.pk, "reason": document.replace_reason}
    audit.log(Event.DRAFT_STARTED, stream=document.stream, actor=actor, **said)
    return document


def _demand_room(bloc_year: BlocYear, actor: Actor, text: StartingText | None, kind: str) -> None:
    enforce(policies.may_start_draft(bloc_year, actor, kind))
    if text and (fault := next(limits.faults(text), "")):
        raise Refused(refuse(fault))


def _keep_aims(document: BlocDocument, text: StartingText) -> None:
    """Targets of an earlier year: their values are kept, and marked until somebody has looked at them."""
    members = {str(seat.unit_id): seat.unit_id for seat in document.bloc_year.ordered_seats}
    for order, aim in enumerate(text.aims, start=1):
        value = Decimal(aim.bloc_value) if aim.bloc_value else None
        row = Indicator.objects.create(
            document=document,
            order=order,
            name=aim.name,
            measure=aim.measure,
            direction=aim.direction,
            bloc_value=value,
            to_check=True,
        )
        kept = [(members[key], given) for key, given in aim.unit_values.items() if given and key in members]
        Target.objects.bulk_create(Target(indicator=row, unit_id=unit_id, value=Decimal(given)) for unit_id, given in kept)


@transaction.atomic
def save_text(document: BlocDocument, *, actor: Actor, seen: int, values: Mapping[str, Any]) -> BlocDocument:
    """Save some of `TEXT_FIELDS`: what the units agree on besides clauses and tables. Raises `Refused`, `Conflict`, `ValidationError`."""
    return _save_fields(_lock(document, actor), actor, seen, values, TEXT_FIELDS)


@transaction.atomic
def save_signing_details(document: BlocDocument, *, actor: Actor, seen: int, values: Mapping[str, Any]) -> BlocDocument:
    """Save some of `SIGNING_FIELDS` (date, place, number and the like), also after adoption and until the text is frozen.

    The check of form has then to be done again. Raises `Refused`, `Conflict`, `ValidationError`.
    """
    document = BlocDocument.objects.select_for_update(of=("self",)).full().get(pk=document.pk)
    enforce(policies.may_set_signing_details(document, actor))
    before = document.edits
    document = _save_fields(document, actor, seen, values, SIGNING_FIELDS)
    if document.edits != before:
        _drop_form_check(document, actor)
    return document


def _drop_form_check(document: BlocDocument, actor: Actor) -> None:
    """Who vouched for the form did so for other details; the audit keeps that he had."""
    for row in Check.objects.filter(version__document=document, kind=CheckKind.FORM).select_related("version"):
        dropped = {"version": row.version.number, "kind": row.kind, "by": row.label, "content": row.version.content_sha256}
        row.delete()
        audit.log(Event.CHECK_DROPPED, stream=document.stream, actor=actor, **dropped)


def _save_fields(
    document: BlocDocument, actor: Actor, seen: int, values: Mapping[str, Any], fields: tuple[str, ...]
) -> BlocDocument:
    if document.edits != seen:
        raise Conflict(document)
    changed = assign(document, values, fields)
    if changed:
        document.full_clean()
        document.edits += 1
        _touch(document, actor, changed, "edits", *changed)
    return document


@transaction.atomic
def save_clause(clause: Clause, *, actor: Actor, seen: int, values: Mapping[str, Any]) -> Clause:
    """Save a clause's heading and text. Raises `Refused`, `Conflict`, `ValidationError` (also when the whole becomes too long)."""
    document = _lock(clause.document, actor)
    clause = Clause.objects.select_for_update(of=("self",)).get(pk=clause.pk)
    if clause.edits != seen:
        raise Conflict(clause)
    before = len(clause.heading) + len(clause.text)
    changed = assign(clause, values, CLAUSE_FIELDS)
    if changed:
        clause.full_clean()
        clause.edits += 1
        clause.save()
        if len(clause.heading) + len(clause.text) > before and (
            fault := limits.clause_fault(clause.text, str(clause)) or limits.too_long(document)
        ):
            raise ValidationError({"text": fault})
        _touch(document, actor, [f"clause {clause.key}: {', '.join(changed)}"])
    return clause


@transaction.atomic
def add_clause(
    document: BlocDocument, *, actor: Actor, part: str, kind: str = ClauseKind.CLAUSE, after: Clause | None = None
) -> Clause:
    """Add an empty clause after another one, or at the end of its part. Only a covenant has a second part. Raises `Refused`."""
    document = _lock(document, actor)
    part = part if document.is_covenant else ClausePart.BODY
    _demand_place(document)
    rows = _ordered(document, part)
    place = next((index for index, row in enumerate(rows, start=1) if after and row.pk == after.pk), len(rows))
    clause = Clause.objects.create(document=document, part=part, kind=kind, order=place + 1)
    rows.insert(place, clause)
    _renumber(rows)
    _touch(document, actor, [f"clause {clause.key}: added"])
    return clause


@transaction.atomic
def move_clause(clause: Clause, *, actor: Actor, by: int) -> Clause:
    """Move a clause up (-1) or down (+1) among those of its part; at the end nothing happens. Raises `Refused`."""
    document = _lock(clause.document, actor)
    rows = _ordered(document, clause.part)
    place = next((index for index, row in enumerate(rows) if row.pk == clause.pk), None)
    if place is not None and 0 <= place + by < len(rows):
        rows.insert(place + by, rows.pop(place))
        _renumber(rows)
        _touch(document, actor, [f"clause {clause.key}: moved"])
    clause.refresh_from_db()
    return clause


@transaction.atomic
def remove_clause(clause: Clause, *, actor: Actor) -> Clause:
    """Take a clause out of the draft. Its text is kept and can be put back. Raises `Refused`."""
    document = _lock(clause.document, actor)
    clause = Clause.objects.select_for_update(of=("self",)).get(pk=clause.pk)
    if clause.removed_at is None:
        clause.removed_at = clock.now()
        clause.save(update_fields=["removed_at"])
        _touch(document, actor, [f"clause {clause.key}: removed"])
    return clause


@transaction.atomic
def restore_clause(clause: Clause, *, actor: Actor) -> Clause:
    """Put a removed clause back where it stood. Raises `Refused`, also when it is too much by now."""
    document = _lock(clause.document, actor)
    clause = Clause.objects.select_for_update(of=("self",)).get(pk=clause.pk)
    if clause.removed_at is not None:
        _demand_place(document)
        clause.removed_at = None
        clause.save(update_fields=["removed_at"])
        if fault := limits.too_long(document):
            raise Refused(refuse(fault))
        _renumber(_ordered(document, clause.part))
        _touch(document, actor, [f"clause {clause.key}: restored"])
    return clause


@transaction.atomic
def add_indicator(document: BlocDocument, *, actor: Actor, values: Mapping[str, Any]) -> Indicator:
    """Add a target at the end of the table. Raises `Refused`, `ValidationError`."""
    document = _lock(document, actor)
    if not document.is_covenant:
        raise Refused(refuse(_("Chỉ giao ước mới có bảng chỉ tiêu.")))
    if document.indicators.count() >= MOST_INDICATORS:
        raise Refused(refuse(_("Giao ước có nhiều nhất %(n)d chỉ tiêu.") % {"n": MOST_INDICATORS}))
    last = document.indicators.aggregate(last=Max("order"))["last"] or 0
    indicator = Indicator(document=document, order=last + 1)
    assign(indicator, values, INDICATOR_FIELDS)
    indicator.full_clean()
    indicator.save()
    _touch(document, actor, [f"indicator {indicator.key}: added"])
    return indicator


@transaction.atomic
def save_indicator(
    indicator: Indicator,
    *,
    actor: Actor,
    seen: int,
    values: Mapping[str, Any],
    targets: Mapping[int, Decimal | None] | None = None,
) -> Indicator:
    """Save a target and its values for units (unit key to value; None takes the value away).

    Raises `Refused`, `Conflict`, `ValidationError`.
    """
    document = _lock(indicator.document, actor)
    indicator = Indicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk)
    if indicator.edits != seen:
        raise Conflict(indicator)
    changed = assign(indicator, values, INDICATOR_FIELDS)
    changed += _save_targets(indicator, targets or {}, {seat.unit_id for seat in document.bloc_year.ordered_seats})
    if changed:
        indicator.full_clean()
        indicator.to_check = False
        indicator.edits += 1
        indicator.save()
        _touch(document, actor, [f"indicator {indicator.key}: {', '.join(changed)}"])
    return indicator


@transaction.atomic
def confirm_indicator(indicator: Indicator, *, actor: Actor) -> Indicator:
    """Say that a target kept from an earlier year is right as it stands. Raises `Refused`."""
    document = _lock(indicator.document, actor)
    indicator = Indicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk)
    if indicator.to_check:
        indicator.to_check = False
        indicator.save(update_fields=["to_check"])
        _touch(document, actor, [f"indicator {indicator.key}: confirmed"])
    return indicator


@transaction.atomic
def move_indicator(indicator: Indicator, *, actor: Actor, by: int) -> Indicator:
    """Move a target up (-1) or down (+1) in the table. Raises `Refused`."""
    document = _lock(indicator.document, actor)
    rows = list(document.indicators.order_by("order", "pk"))
    place = next((index for index, row in enumerate(rows) if row.pk == indicator.pk), None)
    if place is not None and 0 <= place + by < len(rows):
        rows.insert(place + by, rows.pop(place))
        _renumber(rows)
        _touch(document, actor, [f"indicator {indicator.key}: moved"])
    return indicator


@transaction.atomic
def remove_indicator(indicator: Indicator, *, actor: Actor) -> None:
    """Take a target out of the table; what it said stays in the audit. Raises `Refused`."""
    document = _lock(indicator.document, actor)
    stored = document.indicators.filter(key=indicator.key).first()
    if stored is None:
        return
    said: dict[str, Any] = {"name": stored.name, "measure": stored.measure, "bloc_value": stored.bloc_value}
    said["targets"] = {target.unit_id: target.value for target in stored.targets.all()}
    stored.delete()
    _touch(document, actor, [f"indicator {stored.key}: removed"], said=said)


@transaction.atomic
def register_titles(document: BlocDocument, unit: Unit, titles: Iterable[str], *, actor: Actor) -> None:
    """Set the titles that a unit strives for: by the unit itself, or by leader and deputy for it. Raises `Refused`."""
    document = BlocDocument.objects.select_for_update(of=("self",)).full().get(pk=document.pk)
    enforce(policies.may_register(document, unit.pk, actor))
    wanted = {title for title in titles if title in Title.values}
    have = set(document.registrations.filter(unit=unit).values_list("title", flat=True))
    if wanted != have:
        document.registrations.filter(unit=unit).exclude(title__in=wanted).delete()
        TitleRegistration.objects.bulk_create(
            TitleRegistration(document=document, unit=unit, title=title) for title in sorted(wanted - have)
        )
        _touch(document, actor, [f"titles of unit {unit.pk}"], titles=sorted(wanted))


def _lock(document: BlocDocument, actor: Actor) -> BlocDocument:
    locked = BlocDocument.objects.select_for_update(of=("self",)).full().get(pk=document.pk)
    verdict: Verdict = policies.may_edit(locked, actor)
    enforce(verdict)
    return locked


def _demand_place(document: BlocDocument) -> None:
    if document.clauses.filter(removed_at=None).count() >= MOST_CLAUSES:
        raise Refused(refuse(_("Văn bản có nhiều nhất %(n)d mục.") % {"n": MOST_CLAUSES}))


def assign(row: Model, values: Mapping[str, Any], fields: Iterable[str]) -> list[str]:
    """Set the given fields that differ, whatever the row is; text in composed form. Returns their names."""
    changed = []
    for name in fields:
        if name not in values:
            continue
        value = values[name]
        if isinstance(value, str):
            value = vietnamese.nfc(value).replace("\r\n", "\n").strip()
        if getattr(row, name) != value:
            setattr(row, name, value)
            changed.append(name)
    return changed


def _save_targets(indicator: Indicator, targets: Mapping[int, Decimal | None], members: set[int]) -> list[str]:
    have = {target.unit_id: target for target in indicator.targets.all()}
    changed = []
    for unit_id, value in targets.items():
        if unit_id not in members or (have[unit_id].value if unit_id in have else None) == value:
            continue
        changed.append(f"unit {unit_id}")
        if value is None:
            have[unit_id].delete()
        else:
            target = have.get(unit_id) or Target(indicator=indicator, unit_id=unit_id)
            target.value = value
            target.full_clean()
            target.save()
    return changed


def _ordered(document: BlocDocument, part: str) -> list[Clause]:
    return list(document.clauses.filter(part=ClausePart(part), removed_at=None).order_by("order", "pk"))


def _renumber(rows: Sequence[Clause | Indicator]) -> None:
    for order, row in enumerate(rows, start=1):
        if row.order != order:
            row.order = order
            row.save(update_fields=["order"])


def _touch(document: BlocDocument, actor: Actor, changed: list[str], *fields: str, **said: Any) -> None:
    document.changed_at = clock.now()
    document.save(update_fields=["changed_at", *fields])
    audit.log(Event.DRAFT_CHANGED, stream=document.stream, actor=actor, changed=changed, **said)
