"""Triggers that keep insert-only tables insert-only, and other rules that reach across rows, on SQLite and PostgreSQL.

A table is insert-only when its model descends from `InsertOnly`. A model may carry further rules in a class attribute `triggers`,
a list of `Trigger`. All are created again after each migration, since SQLite drops them whenever a table is rebuilt.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model


@dataclass(frozen=True, slots=True)
class Trigger:
    """A named trigger on a table and how each database spells it. PostgreSQL needs a function of the same name."""

    name: str
    table: str
    sqlite: str
    postgresql: str


def insert_only(model: type[Model]) -> list[Trigger]:
    """The triggers that refuse UPDATE, DELETE and (PostgreSQL) TRUNCATE on the model's table."""
    table = model._meta.db_table
    found = []
    for operation in ("UPDATE", "DELETE"):
        name = f"{table}_no_{operation.lower()}"
        found.append(
            Trigger(
                name,
                table,
                f"CREATE TRIGGER {name} BEFORE {operation} ON {table} BEGIN SELECT RAISE(ABORT, 'insert-only: {table}'); END",
                f"CREATE TRIGGER {name} BEFORE {operation} ON {table} FOR EACH ROW EXECUTE FUNCTION records_refuse()",
            )
        )
    name = f"{table}_no_truncate"
    found.append(
        Trigger(
            name,
            table,
            "",
            f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION records_refuse()",
        )
    )
    return found


_REFUSE = """
CREATE OR REPLACE FUNCTION records_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'insert-only: %', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def declared() -> Iterator[Trigger]:
    """Every trigger that the models ask for."""
    from emulation.records.models import InsertOnly

    for model in apps.get_models():
        if issubclass(model, InsertOnly):
            yield from insert_only(model)
        yield from getattr(model, "triggers", [])


def existing(connection: BaseDatabaseWrapper) -> set[str]:
    """Names of the triggers that the database has."""
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {row[0] for row in cursor.fetchall()}


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of the declared triggers that the database lacks, for the tables it has."""
    here = existing(connection)
    tables = set(connection.introspection.table_names())
    return sorted(
        trigger.name
        for trigger in declared()
        if _spelling(trigger, connection) and trigger.table in tables and trigger.name not in here
    )


def create(connection: BaseDatabaseWrapper) -> None:
    """Create what is missing among the triggers whose tables exist. Calling it again changes nothing."""
    tables = set(connection.introspection.table_names())
    here = existing(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_REFUSE)
        for trigger in declared():
            spelling = _spelling(trigger, connection)
            if spelling and trigger.table in tables and trigger.name not in here:
                cursor.execute(spelling)


def renew_after_migrate(using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """Receiver of `post_migrate`."""
    create(connections[using])


def _spelling(trigger: Trigger, connection: BaseDatabaseWrapper) -> str:
    return trigger.postgresql if connection.vendor == "postgresql" else trigger.sqlite
