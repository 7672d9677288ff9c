"""Apply a redline to the old text: what it promises is that this gives the new text, exactly."""

from collections.abc import Iterable
from typing import TypeVar

from blocs.redlines.rows import Change, ClauseChange, IndicatorChange, Redline, RegistrationChange, Value
from blocs.texts import ClauseText, CovenantText, IndicatorText, RegistrationText

Row = TypeVar("Row", bound=Change)


class NotItsText(ValueError):
    """The redline was made from another text than the one that it is applied to."""


def apply(redline: Redline, old: CovenantText) -> CovenantText:
    """The new text. Raises `NotItsText` unless `old` is the text from which the redline was made."""
    if _old_text(redline) != old:
        raise NotItsText("the redline was made from another text")
    return CovenantText(
        title=redline.title.new_text,
        movement=redline.movement.new_text,
        bases=redline.bases.new_lines,
        opening=redline.opening.new_text,
        clauses=[_new_clause(row) for row in _in_new_order(redline.clauses)],
        indicators=[_new_indicator(row) for row in _in_new_order(redline.indicators)],
        registrations=[RegistrationText(row.key, list(row.new_titles or ())) for row in _in_new_order(redline.registrations)],
        recipients=redline.recipients.new_lines,
    )


def _old_text(redline: Redline) -> CovenantText:
    return CovenantText(
        title=redline.title.old_text,
        movement=redline.movement.old_text,
        bases=redline.bases.old_lines,
        opening=redline.opening.old_text,
        clauses=[_old_clause(row) for row in _in_old_order(redline.clauses)],
        indicators=[_old_indicator(row) for row in _in_old_order(redline.indicators)],
        registrations=[_old_registration(row) for row in _in_old_order(redline.registrations)],
        recipients=redline.recipients.old_lines,
    )


def _in_new_order(rows: Iterable[Row]) -> list[Row]:
    return sorted((row for row in rows if row.new_place is not None), key=lambda row: row.new_place or 0)


def _in_old_order(rows: Iterable[Row]) -> list[Row]:
    return sorted((row for row in rows if row.old_place is not None), key=lambda row: row.old_place or 0)


def _new_clause(row: ClauseChange) -> ClauseText:
    return ClauseText(row.key, row.kind.new or "", row.part.new or "", row.heading.new_text, row.text.new_text)


def _old_clause(row: ClauseChange) -> ClauseText:
    return ClauseText(row.key, row.kind.old or "", row.part.old or "", row.heading.old_text, row.text.old_text)


def _new_indicator(row: IndicatorChange) -> IndicatorText:
    values = {unit: value.new for unit, value in row.units.items() if value.new is not None}
    return IndicatorText(row.key, row.name.new_text, *_new(row.measure, row.direction, row.bloc_value), values)


def _old_indicator(row: IndicatorChange) -> IndicatorText:
    values = {unit: value.old for unit, value in row.units.items() if value.old is not None}
    return IndicatorText(row.key, row.name.old_text, *_old(row.measure, row.direction, row.bloc_value), values)


def _old_registration(row: RegistrationChange) -> RegistrationText:
    return RegistrationText(row.key, list(row.old_titles or ()))


def _new(measure: Value, direction: Value, bloc_value: Value) -> tuple[str, str, str]:
    return measure.new or "", direction.new or "", bloc_value.new or ""


def _old(measure: Value, direction: Value, bloc_value: Value) -> tuple[str, str, str]:
    return measure.old or "", direction.old or "", bloc_value.old or ""
