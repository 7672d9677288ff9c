"""What is due as one agenda: what has passed first, then this week, the next one, and month by month after that."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from emulation.inbox.dues import Due
from emulation.lib import clock, vietnamese
from emulation.organisation.actors import Actor
from emulation.organisation.models import UnitName

# So many units are named in a row; of more it says how many.
MOST_NAMES = 5


@dataclass
class Entry:
    """One row: what is to be done, and which units have not done it yet. What the actor's own unit has to do is a row of its own."""

    due: Due
    path: str
    is_mine: bool
    units: list[str] = field(default_factory=list)

    @property
    def names(self) -> str:
        """The units, the first of them by name."""
        said = ", ".join(self.units[:MOST_NAMES])
        more = len(self.units) - MOST_NAMES
        return said if more <= 0 else _("%(units)s và %(n)d đơn vị khác") % {"units": said, "n": more}


@dataclass
class Section:
    """A stretch of time with its rows."""

    label: str
    entries: list[Entry] = field(default_factory=list)
    is_late: bool = False


def sections(dues: Iterable[Due], actor: Actor) -> list[Section]:
    """The agenda of these dues for an actor; one query, for the names of units."""
    found: dict[tuple[int, str], Section] = {}
    for entry in entries(dues, actor):
        key, label = _stretch(entry.due)
        found.setdefault(key, Section(label, is_late=key == (0, ""))).entries.append(entry)
    return [found[key] for key in sorted(found)]


def entries(dues: Iterable[Due], actor: Actor) -> list[Entry]:
    """The rows: the same work of several units until the same moment is one of them."""
    rows: dict[tuple[str, date | datetime, bool], Entry] = {}
    units: dict[tuple[str, date | datetime, bool], set[int]] = {}
    for due in dues:
        mine = due.unit_id == actor.unit_id
        key = (due.subject, due.moment, mine)
        rows.setdefault(key, Entry(due, due.path_for(actor.unit_id), mine))
        units.setdefault(key, set()).add(due.unit_id)
    names = _names({unit for key, found in units.items() if not key[2] for unit in found})
    for key, entry in rows.items():
        if not entry.is_mine:
            entry.units = sorted((names[unit] for unit in units[key]), key=vietnamese.sort_key)
    return list(rows.values())


def _names(units: set[int]) -> dict[int, str]:
    """Their short names of today; one query."""
    if not units:
        return {}
    rows = UnitName.objects.filter(unit__in=units).order_by("unit", "valid_from")
    known: dict[int, str] = {}
    for unit, name, since in rows.values_list("unit", "short_name", "valid_from"):
        if unit not in known or since <= clock.today():
            known[unit] = name
    return known


def _stretch(due: Due) -> tuple[tuple[int, str], str]:
    """Where a due stands in the agenda, and what that stretch is called."""
    today = clock.today()
    monday = today - timedelta(days=today.weekday())
    if due.is_past and not due.is_meeting:
        return (0, ""), _("Quá hạn")
    if due.day < monday + timedelta(days=7):
        return (1, ""), _("Tuần này")
    if due.day < monday + timedelta(days=14):
        return (2, ""), _("Tuần sau")
    return (3, f"{due.day:%Y-%m}"), _("Tháng %(month)s") % {"month": f"{due.day.month}/{due.day.year}"}
