"""Nodes of a set in their places: what stands under a group in which order, and what stands below a node."""

from collections.abc import Iterable, Sequence

from scoring.models import CriteriaSet, Criterion


def fresh(row: Criterion) -> Criterion:
    """The row as it is stored now, locked."""
    return Criterion.objects.select_for_update(of=("self",)).select_related("parent", "criteria_set").get(pk=row.pk)


def of(criteria_set: CriteriaSet, parent: Criterion | None) -> list[Criterion]:
    """The children of a group, or the top groups, in their order."""
    return list(criteria_set.criteria.filter(parent=parent).select_related("parent").order_by("order", "pk"))


def below(rows: Iterable[Criterion], top: Criterion) -> list[Criterion]:
    """The node and all below it, each parent before its children."""
    children: dict[int | None, list[Criterion]] = {}
    for row in sorted(rows, key=lambda row: (row.order, row.pk)):
        children.setdefault(row.parent_id, []).append(row)
    found, waiting = [], [top]
    while waiting:
        row = waiting.pop(0)
        found.append(row)
        waiting[0:0] = children.get(row.pk, [])
    return found


def place_after(criteria_set: CriteriaSet, parent: Criterion | None, after: Criterion | None) -> int:
    """The place right after one of the children; the end when that is none of them."""
    rows = of(criteria_set, parent)
    return next((at for at, row in enumerate(rows, start=1) if after and row.pk == after.pk), len(rows))


def put(row: Criterion, parent: Criterion | None, place: int) -> None:
    """Save the row among the children of a group, with so many of them before it."""
    others = [other for other in of(row.criteria_set, parent) if other.pk != row.pk]
    place = max(0, min(place, len(others)))
    row.parent, row.order = parent, place + 1
    row.save()
    renumber([*others[:place], row, *others[place:]])


def renumber(rows: Sequence[Criterion]) -> None:
    """Number siblings from 1 in this order."""
    moved = []
    for number, row in enumerate(rows, start=1):
        if row.order != number:
            row.order = number
            moved.append(row)
    Criterion.objects.bulk_update(moved, ["order"])
