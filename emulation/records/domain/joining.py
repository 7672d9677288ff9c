"""Rows together with those that point to them, in one query where prefetching takes two."""

from typing import TypeVar

from django.db.models import F, FilteredRelation, Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)
Other = TypeVar("Other", bound=Model)


def beside(rows: QuerySet[Row], relation: str, model: type[Other], condition: Q) -> list[tuple[Row, Other | None]]:
    """Each row with those of the other model that point to it by `relation` and meet the condition, one by one; with None, if none do.

    The others come in the order of their keys. The condition names their columns through `relation`.
    """
    names = [column.attname for column in model._meta.concrete_fields]
    columns = {f"beside_{name}": F(f"beside__{name}") for name in names}
    joined = rows.annotate(beside=FilteredRelation(relation, condition=condition)).annotate(**columns).order_by("beside__pk")
    key = f"beside_{model._meta.pk.attname}"
    found: list[tuple[Row, Other | None]] = []
    for row in joined:
        values = [row.__dict__[name] for name in columns]
        found.append((row, model.from_db(rows.db, names, values) if row.__dict__[key] is not None else None))
    return found
