"""Rows that are costly to bring about, made once and put back for each test that wants them.

A signed covenant takes seconds. Its rows are taken when it has come about and the transaction is rolled back; the bytes stay where
they are kept, under their digests, for all tests.

    @snapshots.once
    def document(state, *, n=3): ...        built the first time, put back from then on, whenever nothing is there yet
"""

import copy
import functools
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, is_dataclass
from typing import Any

from django.apps import apps
from django.conf import UserSettingsHolder, settings
from django.db import connection, models, transaction
from django.db.models.sql import InsertQuery

from emulation.lib import clock
from emulation.organisation.models import Unit, User
from emulation.records.models import AuditEntry
from scoring.models import Criterion
from tests import without_paper

# Written by migrations, and there in every test.
GIVEN = {"contenttypes", "auth", "sessions", "admin"}
# What an argument of a builder may be that is built once, besides tuples and frozen texts: it must say the same in each test.
PLAIN = str | int | float | bool | None


@dataclass(frozen=True)
class Snapshot:
    """The statements that write all rows of a moment, and what the builder returned."""

    cast: Any
    statements: list[tuple[str, Any]]

    def put_back(self) -> Any:
        """Insert the rows into the empty tables; returns what the builder returned."""
        with transaction.atomic(), connection.cursor() as cursor:
            for statement, values in self.statements:
                cursor.execute(statement, values)
        return self.cast


def take(build: Callable[[], Any]) -> Snapshot:
    """Build, take all rows, and leave the database as it was."""
    with transaction.atomic():
        cast = build()
        statements = [statement for model in _tables() for statement in _insertions(model)]
        transaction.set_rollback(True)
    return Snapshot(cast, statements)


def once(build: Callable[..., Any]) -> Callable[..., Any]:
    """A builder that finds nothing but what is given in the database builds there only the first time that it is asked for this.

    With rows of the test's own as arguments, under other settings, and outside of a transaction it builds as ever. Each caller gets
    a cast of its own. A test that changes how the verbs work asks for `build.__wrapped__`.
    """
    kept: dict[tuple[object, ...], Snapshot] = {}
    signature = inspect.signature(build)

    @functools.wraps(build)
    def built(*arguments: Any, **named: Any) -> Any:
        given = signature.bind(*arguments, **named)
        given.apply_defaults()
        values = tuple(given.arguments.values())
        if not _is_plain(values) or not _is_a_fresh_start():
            return build(*arguments, **named)
        key = (repr(values), without_paper.is_active(), clock._moment.get(), clock.today())
        if key not in kept:
            kept[key] = take(lambda: build(*arguments, **named))
        return copy.deepcopy(kept[key].put_back())

    return built


def _is_plain(value: object) -> bool:
    if isinstance(value, tuple):
        return all(map(_is_plain, value))
    return isinstance(value, PLAIN) or (is_dataclass(value) and value.__dataclass_params__.frozen)


def _is_a_fresh_start() -> bool:
    """Each verb writes to the audit; only units and people may be there without."""
    if not connection.in_atomic_block or isinstance(settings._wrapped, UserSettingsHolder):
        return False
    return not any(model._base_manager.exists() for model in (Unit, User, AuditEntry))


def _insertions(model: type[models.Model]) -> Iterator[tuple[str, Any]]:
    """The statements that write all rows of the table as they stand."""
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    rows = list(model._base_manager.order_by("pk"))
    size = connection.ops.bulk_batch_size(fields, rows) if rows else 1
    for start in range(0, len(rows), size):
        query = InsertQuery(model)
        query.insert_values(fields, rows[start : start + size], raw=True)
        yield from query.get_compiler(connection=connection).as_sql()


def _tables() -> list[type[models.Model]]:
    """Criteria come first: a set that is sealed takes no more of them."""
    tables = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label not in GIVEN]
    return sorted(tables, key=lambda model: model is not Criterion)
