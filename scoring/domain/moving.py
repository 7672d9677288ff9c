"""Move a node with all below it: up and down among its siblings, into the group above it, or out of its own group."""

from django.db import transaction
from django.utils.translation import gettext as _

from emulation.lib.verdict import Refused, refuse
from emulation.organisation.actors import Actor
from scoring.domain import siblings
from scoring.domain.criteria import lock, touch
from scoring.models import CriteriaSet, Criterion

UP, DOWN, IN, OUT = "up", "down", "in", "out"


@transaction.atomic
def move(row: Criterion, *, actor: Actor, way: str) -> Criterion:
    """Move one step in a way; where there is no such step nothing happens. Raises `Refused`, `ValueError` for an unknown way."""
    criteria_set = lock(row.criteria_set, actor)
    row = siblings.fresh(row)
    rows = siblings.of(criteria_set, row.parent)
    at = [other.pk for other in rows].index(row.pk)
    if way in (UP, DOWN):
        target = at - 1 if way == UP else at + 1
        if 0 <= target < len(rows):
            _place(criteria_set, row, row.parent, target, actor)
    elif way == IN:
        group = next((other for other in reversed(rows[:at]) if other.is_group), None)
        if group is not None:
            _place(criteria_set, row, group, len(siblings.of(criteria_set, group)), actor)
    elif way == OUT:
        if row.parent is not None:
            group = siblings.fresh(row.parent)
            _place(criteria_set, row, group.parent, siblings.place_after(criteria_set, group.parent, group), actor)
    else:
        raise ValueError(way)
    return siblings.fresh(row)


@transaction.atomic
def move_to(row: Criterion, *, actor: Actor, parent: Criterion | None, place: int) -> Criterion:
    """Move a node under a group, with so many of its children before it. Raises `Refused`."""
    criteria_set = lock(row.criteria_set, actor)
    row = siblings.fresh(row)
    if parent is not None:
        parent = siblings.fresh(parent)
        if parent.criteria_set_id != criteria_set.pk or not parent.is_group:
            raise Refused(refuse(_("Chỉ chuyển được vào một nhóm của cùng bộ tiêu chí.")))
        if parent.pk in {other.pk for other in siblings.below(criteria_set.criteria.all(), row)}:
            raise Refused(refuse(_("Không chuyển được một nhóm vào trong chính nó.")))
    _place(criteria_set, row, parent, place, actor)
    return siblings.fresh(row)


def _place(criteria_set: CriteriaSet, row: Criterion, parent: Criterion | None, place: int, actor: Actor) -> None:
    """Put the row there. A group that comes to the top counts as what it stood in; one that leaves the top takes its group's part."""
    if parent is None and not row.is_group:
        raise Refused(refuse(_("Tiêu chí phải nằm trong một nhóm.")))
    old = row.parent
    row.section = _top(row).section if parent is None else ""
    siblings.put(row, parent, place)
    if old != parent:
        siblings.renumber(siblings.of(criteria_set, old))
    touch(criteria_set, actor, [f"criterion {row.key}: moved"])


def _top(row: Criterion) -> Criterion:
    while row.parent is not None:
        row = row.parent
    return row
