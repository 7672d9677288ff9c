"""The library of clauses: the office keeps it, the drafters take from it into their draft."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from blocs import policies
from blocs.domain import drafts, placeholders
from blocs.models import BlocDocument, Clause, LibraryClause
from blocs.models.documents import LONGEST_HEADING
from emulation.lib import vietnamese
from emulation.lib.verdict import Refused, enforce, refuse
from emulation.organisation.actors import Actor
from emulation.records.domain import audit
from emulation.records.events import Event

FIELDS = ("part", "kind", "order", "heading", "text", "is_retired")


@transaction.atomic
def keep(row: LibraryClause | None, *, actor: Actor, values: Mapping[str, Any]) -> LibraryClause:
    """Add a clause to the office's library, or change one. Saving the same again changes nothing.

    Raises `Refused`, `ValidationError` (an empty clause).
    """
    enforce(policies.may_keep_library(row, actor))
    row = LibraryClause.objects.select_for_update(of=("self",)).get(pk=row.pk) if row else LibraryClause(office=actor.unit)
    before = {name: getattr(row, name) for name in FIELDS}
    for name in FIELDS:
        if name in values:
            value = values[name]
            setattr(row, name, vietnamese.nfc(value).strip() if isinstance(value, str) else value)
    row.full_clean()
    changed = [name for name in FIELDS if row.pk is None or getattr(row, name) != before[name]]
    if changed:
        row.save()
        audit.log(Event.LIBRARY_CHANGED, stream=stream_of(row), actor=actor, changed=changed, heading=row.heading)
    return row


def stream_of(row: LibraryClause) -> str:
    """The audit stream of a clause of the library."""
    return f"library:{row.pk}"


@transaction.atomic
def take(document: BlocDocument, rows: Iterable[LibraryClause], *, actor: Actor) -> list[Clause]:
    """Add chosen clauses at the end of their parts, with the words left open filled in. Raises `Refused`."""
    enforce(policies.may_edit(document, actor))
    known, taken = placeholders.values(document.bloc_year, document), []
    for row in rows:
        if row.is_retired or row.office_id != document.bloc_year.bloc.standing_office_id:
            raise Refused(refuse(_("Điều khoản này không còn trong thư viện.")))
        clause = drafts.add_clause(document, actor=actor, part=row.part, kind=row.kind)
        values = {"heading": placeholders.fill(row.heading, known)[:LONGEST_HEADING], "text": placeholders.fill(row.text, known)}
        try:
            taken.append(drafts.save_clause(clause, actor=actor, seen=clause.edits, values=values))
        except ValidationError as error:
            raise Refused(refuse(" ".join(error.messages))) from error
    return taken
