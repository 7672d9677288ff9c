"""Where a set may be copied from: the bloc's own of earlier years first, then those of other blocs that the actor may see."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from blocs.models import BlocDocument
from emulation.lib.verdict import enforce
from emulation.organisation.actors import Actor
from scoring import policies
from scoring.domain import criteria
from scoring.domain.reading import set_text
from scoring.enums import SetState
from scoring.models import CriteriaSet

MOST_SOURCES = 20


@dataclass(frozen=True)
class Source:
    """A set that may be copied, with the bloc and year that it belongs to."""

    criteria_set: CriteriaSet
    own: bool

    @property
    def label(self) -> str:
        return str(self.criteria_set.document.bloc_year)


def sources(document: BlocDocument, actor: Actor) -> Sequence[Source]:
    """The newest adopted set of each regulation that the actor may see, the bloc's own first; two queries."""
    adopted = CriteriaSet.objects.visible_to(actor).filter(state=SetState.ADOPTED).exclude(document=document)
    rows = adopted.select_related("document__bloc_year__bloc").order_by("document", "-pk")
    newest: dict[int, CriteriaSet] = {}
    for row in rows:
        newest.setdefault(row.document_id, row)
    bloc = document.bloc_year.bloc_id
    found = [Source(row, own=row.document.bloc_year.bloc_id == bloc) for row in newest.values()]
    found.sort(key=lambda source: (not source.own, -source.criteria_set.document.bloc_year.year_id, source.label))
    return found[:MOST_SOURCES]


@transaction.atomic
def copy(source: CriteriaSet, document: BlocDocument, *, actor: Actor) -> CriteriaSet:
    """Start the working set as a copy; nodes keep their keys, so that years can be laid side by side. Raises `Refused`."""
    enforce(policies.may_copy_criteria(source, actor))
    return criteria.start(document, actor=actor, text=set_text(source))
