"""What all acts on a conference share: lock it, ask whether it may be changed, number its rows, say what was changed."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from blocs import conference_policies as policies
from blocs.models import Conference
from emulation.lib.verdict import enforce
from emulation.organisation.actors import Actor
from emulation.records.domain import audit
from emulation.records.events import Event


class Changed(Exception):
    """Somebody else changed this row meanwhile. `stored` is the row as it stands now."""

    def __init__(self, stored: models.Model) -> None:
        super().__init__(_("Nội dung này vừa được người khác sửa."))
        self.stored = stored


def lock(conference: Conference) -> Conference:
    """The conference as it stands now, locked."""
    return Conference.objects.select_for_update(of=("self",)).full().get(pk=conference.pk)


def lock_to_change(conference: Conference, actor: Actor) -> Conference:
    """The same, for somebody who may change what is planned. Raises `Refused`."""
    conference = lock(conference)
    enforce(policies.may_change_conference(conference, actor))
    return conference


def lock_to_record(conference: Conference, actor: Actor) -> Conference:
    """The same, for somebody who may write down what it came to. Raises `Refused`."""
    conference = lock(conference)
    enforce(policies.may_record_outcomes(conference, actor))
    return conference


def next_order(rows: Any) -> int:
    """The number after the last of these rows."""
    last = rows.order_by("-order").first()
    return last.order + 1 if last else 1


def renumber(rows: Sequence[Any]) -> None:
    """Give rows the numbers 1, 2, 3... in this order."""
    for order, row in enumerate(rows, start=1):
        if row.order != order:
            row.order = order
            row.save(update_fields=["order"])


def note_change(conference: Conference, actor: Actor, **what: object) -> None:
    """Leave an entry that something of what is planned was changed."""
    audit.log(Event.CONFERENCE_CHANGED, stream=conference.stream, actor=actor, **what)
