"""The working draft: start it, and change its frame, clauses, targets and registrations without ever losing typed text.

Two people may work at once. Every form carries the `edits` number it was opened with; when somebody else has saved in between,
`Conflict` brings back what is stored now, and nothing is overwritten.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from blocs import policies
from blocs.domain.starting import StartingText, default_text
from blocs.enums import CheckKind, ClauseKind, ClausePart, Title
from blocs.models import BlocYear, Check, Clause, Covenant, Indicator, Target, TitleRegistration
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
MOST_CLAUSES = 80
MOST_INDICATORS = 60


class Conflict(Exception):
    """Somebody else saved in between. `stored` is the row as it stands now."""

    def __init__(self, stored: Covenant | Clause | Indicator) -> None:
        super().__init__(_("Nội dung này vừa được người khác sửa."))
        self.stored = stored


@transaction.atomic
def start(bloc_year: BlocYear, *, actor: Actor, text: StartingText | None = None) -> Covenant:
    """Start the covenant from a pasted text, or from the default one. Raises `Refused`."""
    BlocYear.objects.select_for_update(of=("self",)).get(pk=bloc_year.pk)
    enforce(policies.may_start_draft(bloc_year, actor))
    text = text or default_text(bloc_year)
    host = bloc_year.leader.unit
    covenant = Covenant.objects.create(
        bloc_year=bloc_year,
        title=text.title or "Giao ước thi đua",
        bases="\n".join(text.bases) or bloc_year.year.legal_bases,
        opening=text.opening,
        recipients="\n".join(text.recipients),
        host_unit=host,
        place=host.short_name,
        created_at=clock.now(),
        changed_at=clock.now(),
    )
    for order, piece in enumerate(text.pieces, start=1):
        Clause.objects.create(
            covenant=covenant, order=order, part=piece.part, kind=piece.kind, heading=piece.heading, text=piece.text
        )
    audit.log(Event.DRAFT_STARTED, stream=covenant.stream, actor=actor, bloc_year=bloc_year.pk, clauses=len(text.pieces))
    return covenant


@transaction.atomic
def save_text(covenant: Covenant, *, actor: Actor, seen: int, values: Mapping[str, Any]) -> Covenant:
    """Save some of `TEXT_FIELDS`: what the units agree on besides clauses and tables. Raises `Refused`, `Conflict`, `ValidationError`."""
    return _save_fields(_lock(covenant, actor), actor, seen, values, TEXT_FIELDS)


@transaction.atomic
def save_signing_details(covenant: Covenant, *, actor: Actor, seen: int, values: Mapping[str, Any]) -> Covenant:
    """Save some of `SIGNING_FIELDS` (date, place, number and the like), also after adoption and until the text is frozen.

    The check of form has then to be done again. Raises `Refused`, `Conflict`, `ValidationError`.
    """
    covenant = Covenant.objects.select_for_update(of=("self",)).full().get(pk=covenant.pk)
    enforce(policies.may_set_signing_details(covenant, actor))
    before = covenant.edits
    covenant = _save_fields(covenant, actor, seen, values, SIGNING_FIELDS)
    if covenant.edits != before:
        Check.objects.filter(version__covenant=covenant, kind=CheckKind.FORM).delete()
    return covenant


def _save_fields(covenant: Covenant, actor: Actor, seen: int, values: Mapping[str, Any], fields: tuple[str, ...]) -> Covenant:
    if covenant.edits != seen:
        raise Conflict(covenant)
    changed = _assign(covenant, values, fields)
    if changed:
        covenant.full_clean()
        covenant.edits += 1
        _touch(covenant, actor, changed, "edits", *changed)
    return covenant


@transaction.atomic
def save_clause(clause: Clause, *, actor: Actor, seen: int, values: Mapping[str, Any]) -> Clause:
    """Save a clause's heading and text. Raises `Refused`, `Conflict`, `ValidationError`."""
    covenant = _lock(clause.covenant, actor)
    clause = Clause.objects.select_for_update(of=("self",)).get(pk=clause.pk)
    if clause.edits != seen:
        raise Conflict(clause)
    changed = _assign(clause, values, CLAUSE_FIELDS)
    if changed:
        clause.full_clean()
        clause.edits += 1
        clause.save()
        _touch(covenant, actor, [f"clause {clause.key}: {', '.join(changed)}"])
    return clause


@transaction.atomic
def add_clause(
    covenant: Covenant, *, actor: Actor, part: str, kind: str = ClauseKind.CLAUSE, after: Clause | None = None
) -> Clause:
    """Add an empty clause after another one, or at the end of its part. Raises `Refused`."""
    covenant = _lock(covenant, actor)
    if covenant.clauses.filter(removed_at=None).count() >= MOST_CLAUSES:
        raise Refused(refuse(_("Giao ước có nhiều nhất %(n)d mục.") % {"n": MOST_CLAUSES}))
    rows = _ordered(covenant, part)
    place = next((index for index, row in enumerate(rows, start=1) if after and row.pk == after.pk), len(rows))
    clause = Clause.objects.create(covenant=covenant, part=part, kind=kind, order=place + 1)
    rows.insert(place, clause)
    _renumber(rows)
    _touch(covenant, actor, [f"clause {clause.key}: added"])
    return clause


@transaction.atomic
def move_clause(clause: Clause, *, actor: Actor, by: int) -> Clause:
    """Move a clause up (-1) or down (+1) among those of its part; at the end nothing happens. Raises `Refused`."""
    covenant = _lock(clause.covenant, actor)
    rows = _ordered(covenant, clause.part)
    place = next((index for index, row in enumerate(rows) if row.pk == clause.pk), None)
    if place is not None and 0 <= place + by < len(rows):
        rows.insert(place + by, rows.pop(place))
        _renumber(rows)
        _touch(covenant, actor, [f"clause {clause.key}: moved"])
    clause.refresh_from_db()
    return clause


@transaction.atomic
def remove_clause(clause: Clause, *, actor: Actor) -> Clause:
    """Take a clause out of the draft. Its text is kept and can be put back. Raises `Refused`."""
    covenant = _lock(clause.covenant, actor)
    clause = Clause.objects.select_for_update(of=("self",)).get(pk=clause.pk)
    if clause.removed_at is None:
        clause.removed_at = clock.now()
        clause.save(update_fields=["removed_at"])
        _touch(covenant, actor, [f"clause {clause.key}: removed"])
    return clause


@transaction.atomic
def restore_clause(clause: Clause, *, actor: Actor) -> Clause:
    """Put a removed clause back where it stood. Raises `Refused`."""
    covenant = _lock(clause.covenant, actor)
    clause = Clause.objects.select_for_update(of=("self",)).get(pk=clause.pk)
    if clause.removed_at is not None:
        clause.removed_at = None
        clause.save(update_fields=["removed_at"])
        _renumber(_ordered(covenant, clause.part))
        _touch(covenant, actor, [f"clause {clause.key}: restored"])
    return clause


@transaction.atomic
def add_indicator(covenant: Covenant, *, actor: Actor, values: Mapping[str, Any]) -> Indicator:
    """Add a target at the end of the table. Raises `Refused`, `ValidationError`."""
    covenant = _lock(covenant, actor)
    if covenant.indicators.count() >= MOST_INDICATORS:
        raise Refused(refuse(_("Giao ước có nhiều nhất %(n)d chỉ tiêu.") % {"n": MOST_INDICATORS}))
    last = covenant.indicators.aggregate(last=Max("order"))["last"] or 0
    indicator = Indicator(covenant=covenant, order=last + 1)
    _assign(indicator, values, INDICATOR_FIELDS)
    indicator.full_clean()
    indicator.save()
    _touch(covenant, actor, [f"indicator {indicator.key}: added"])
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
    covenant = _lock(indicator.covenant, actor)
    indicator = Indicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk)
    if indicator.edits != seen:
        raise Conflict(indicator)
    changed = _assign(indicator, values, INDICATOR_FIELDS)
    changed += _save_targets(indicator, targets or {}, {seat.unit_id for seat in covenant.bloc_year.ordered_seats})
    if changed:
        indicator.full_clean()
        indicator.edits += 1
        indicator.save()
        _touch(covenant, actor, [f"indicator {indicator.key}: {', '.join(changed)}"])
    return indicator


@transaction.atomic
def move_indicator(indicator: Indicator, *, actor: Actor, by: int) -> Indicator:
    """Move a target up (-1) or down (+1) in the table. Raises `Refused`."""
    covenant = _lock(indicator.covenant, actor)
    rows = list(covenant.indicators.order_by("order", "pk"))
    place = next((index for index, row in enumerate(rows) if row.pk == indicator.pk), None)
    if place is not None and 0 <= place + by < len(rows):
        rows.insert(place + by, rows.pop(place))
        _renumber(rows)
        _touch(covenant, actor, [f"indicator {indicator.key}: moved"])
    return indicator


@transaction.atomic
def remove_indicator(indicator: Indicator, *, actor: Actor) -> None:
    """Take a target out of the table; what it said stays in the audit. Raises `Refused`."""
    covenant = _lock(indicator.covenant, actor)
    stored = covenant.indicators.filter(key=indicator.key).first()
    if stored is None:
        return
    said: dict[str, Any] = {"name": stored.name, "measure": stored.measure, "bloc_value": stored.bloc_value}
    said["targets"] = {target.unit_id: target.value for target in stored.targets.all()}
    stored.delete()
    _touch(covenant, actor, [f"indicator {stored.key}: removed"], said=said)


@transaction.atomic
def register_titles(covenant: Covenant, unit: Unit, titles: Iterable[str], *, actor: Actor) -> None:
    """Set the titles that a unit strives for: by the unit itself, or by leader and deputy for it. Raises `Refused`."""
    covenant = Covenant.objects.select_for_update(of=("self",)).full().get(pk=covenant.pk)
    enforce(policies.may_register(covenant, unit.pk, actor))
    wanted = {title for title in titles if title in Title.values}
    have = set(covenant.registrations.filter(unit=unit).values_list("title", flat=True))
    if wanted != have:
        covenant.registrations.filter(unit=unit).exclude(title__in=wanted).delete()
        TitleRegistration.objects.bulk_create(
            TitleRegistration(covenant=covenant, unit=unit, title=title) for title in sorted(wanted - have)
        )
        _touch(covenant, actor, [f"titles of unit {unit.pk}"], titles=sorted(wanted))


def _lock(covenant: Covenant, actor: Actor) -> Covenant:
    locked = Covenant.objects.select_for_update(of=("self",)).full().get(pk=covenant.pk)
    verdict: Verdict = policies.may_edit(locked, actor)
    enforce(verdict)
    return locked


def _assign(row: Covenant | Clause | Indicator, values: Mapping[str, Any], fields: Iterable[str]) -> list[str]:
    """Set the given fields that differ; text in composed form. Returns their names."""
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


def _ordered(covenant: Covenant, part: str) -> list[Clause]:
    return list(covenant.clauses.filter(part=ClausePart(part), removed_at=None).order_by("order", "pk"))


def _renumber(rows: Sequence[Clause | Indicator]) -> None:
    for order, row in enumerate(rows, start=1):
        if row.order != order:
            row.order = order
            row.save(update_fields=["order"])


def _touch(covenant: Covenant, actor: Actor, changed: list[str], *fields: str, **said: Any) -> None:
    covenant.changed_at = clock.now()
    covenant.save(update_fields=["changed_at", *fields])
    audit.log(Event.DRAFT_CHANGED, stream=covenant.stream, actor=actor, changed=changed, **said)
