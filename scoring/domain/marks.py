"""Marks on a sheet whose sources moved on after it was handed in, or are being mended. Derived each time, stored nowhere."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from emulation.records.events import Event
from emulation.records.models import AuditEntry
from scoring.domain import facts
from scoring.domain.sight import Sight
from scoring.enums import Layer
from scoring.models import Sheet


def marks(sight: Sight) -> Mapping[str, Sequence[str]]:
    """What to look at again, in sentences by criterion; for those only who may read the unit's own sheet now."""
    own = sight.unit.sheets.get(Layer.SELF)
    if own is None:
        return {}
    return facts.changes(sight.sheet.campaign, sight.text, own.unit_id, lambda: handed_in_at(own))


def handed_in_at(sheet: Sheet) -> datetime | None:
    """When it was handed in last, which a return for repair moves on; None while it is not in."""
    if not sheet.is_handed_in:
        return None
    found = AuditEntry.objects.filter(stream__key=sheet.stream, event=Event.SHEET_SUBMITTED).order_by("-pk")
    return found.values_list("at", flat=True).first()
