"""What a sheet still lacks before it may be handed in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from scoring.domain import facts
from scoring.domain.reading import sealed_text
from scoring.enums import EntryState, Layer, SheetState
from scoring.models import Entry, Sheet
from scoring.texts import CriterionText

FILLED = (EntryState.ENTERED, EntryState.NOT_ASSIGNED, EntryState.EXEMPT)
EMPTY, EVIDENCE, DISAGREEMENT = "empty", "evidence", "disagreement"


@dataclass(frozen=True)
class Hole:
    """A criterion (by its key) and what is missing there."""

    key: str
    code: str
    what: str

    @property
    def sentence(self) -> str:
        words = {
            EMPTY: _("%(code)s: chưa nhập."),
            EVIDENCE: _("%(code)s: bắt buộc có minh chứng."),
            DISAGREEMENT: _("%(code)s: có đơn vị chấm khác, khối chưa kết luận."),
        }
        return words[self.what] % {"code": self.code}


def holes(sheet: Sheet) -> list[Hole]:
    """In the order of the paper: of a unit's own sheet every cell and the evidence, of the bloc's what peers see otherwise."""
    leaves = sealed_text(sheet.campaign.criteria_set).leaves
    filled = {str(key): state for key, state in sheet.entries.values_list("key", "state")}
    if sheet.layer == Layer.SELF:
        shown = {str(key) for key in sheet.evidence.filter(removed_at=None).values_list("key", flat=True)}
        known = facts.known(sheet.campaign, sealed_text(sheet.campaign.criteria_set), [sheet.unit_id])
        return own_holes(leaves, told(filled, known, sheet.unit_id), shown)
    if sheet.layer == Layer.CONSOLIDATED:
        said = {str(key) for key in disputed(sheet)}
        open_keys = {key for key in said if filled.get(key, EntryState.EMPTY) == EntryState.EMPTY}
        return [Hole(leaf.key, leaf.code, DISAGREEMENT) for leaf in leaves if leaf.key in open_keys]
    return []


def told(filled: Mapping[str, str], known: facts.Known, unit_id: int) -> dict[str, str]:
    """The states of a unit's cells, with those as entered for which other sources know all that the rule asks for."""
    whole = {key for (key, unit), found in known.items() if unit == unit_id and any(fact.is_whole for fact in found.values())}
    empty = {key for key in whole if filled.get(key, EntryState.EMPTY) == EntryState.EMPTY}
    return {**filled, **dict.fromkeys(empty, EntryState.ENTERED)}


def own_holes(leaves: Sequence[CriterionText], filled: Mapping[str, str], shown: set[str]) -> list[Hole]:
    """Of a unit's own sheet: `filled` are states of its cells, `shown` the criteria with evidence, both by key."""
    found = []
    for leaf in leaves:
        state = filled.get(leaf.key, EntryState.EMPTY)
        if leaf.rule_type != "info" and state not in FILLED:
            found.append(Hole(leaf.key, leaf.code, EMPTY))
        elif leaf.evidence_required and state == EntryState.ENTERED and leaf.key not in shown:
            found.append(Hole(leaf.key, leaf.code, EVIDENCE))
    return found


def disputed(sheet: Sheet) -> list[str]:
    """The criteria in which some peer who handed in sees the unit otherwise; one query."""
    peers = Entry.objects.filter(
        sheet__campaign=sheet.campaign_id, sheet__unit=sheet.unit_id, sheet__layer=Layer.CROSS, sheet__submitted_at__isnull=False
    )
    said = peers.exclude(state__in=(EntryState.EMPTY, EntryState.AGREED)).exclude(sheet__state=SheetState.RETURNED)
    return [str(key) for key in said.values_list("key", flat=True).distinct()]
