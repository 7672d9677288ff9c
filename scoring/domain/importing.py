"""Take a set in from a workbook, after somebody has looked at what the dry run found."""

from django.db import transaction

from blocs.domain.drafts import Conflict
from blocs.models import BlocDocument
from emulation.organisation.actors import Actor
from emulation.records.domain import audit
from emulation.records.events import Event
from scoring.domain import criteria
from scoring.domain.enclosing import working_set
from scoring.domain.reading import set_text, setting_values, write_rows
from scoring.models import CriteriaSet
from scoring.texts import CriteriaText


def seen_of(criteria_set: CriteriaSet | None) -> str:
    """What a dry run was compared with: the hash of the working set, "" when there was none."""
    return set_text(criteria_set).sha256 if criteria_set else ""


@transaction.atomic
def take_in(document: BlocDocument, *, actor: Actor, text: CriteriaText, seen: str) -> CriteriaSet:
    """Replace the working set by what the workbook says, or start one from it. Nodes keep their keys.

    The same text again changes nothing. Raises `Refused`, and `Conflict` when somebody has changed the set since the dry run.
    """
    working = working_set(document)
    if working is None:
        return criteria.start(document, actor=actor, text=text)
    working = criteria.lock(working, actor)
    stored = set_text(working)
    if stored.sha256 == text.sha256:
        return working
    if stored.sha256 != seen:
        raise Conflict(working)
    working.criteria.all().delete()
    for name, value in setting_values(text).items():
        setattr(working, name, value)
    working.last_removed = None
    working.edits += 1
    working.full_clean(exclude=["document", "version"])
    working.save()
    write_rows(working, criteria.linked(text.criteria, working.document))
    said = {"content": text.sha256, "criteria": len(text.criteria), "before": stored.sha256}
    audit.log(Event.CRITERIA_IMPORTED, stream=working.document.stream, actor=actor, **said)
    criteria.touch(working, actor, ["imported"])
    return working
