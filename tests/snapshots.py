"""Rows that are costly to bring about, made once and put back for each test that wants them.

A signed covenant takes seconds. Its rows are taken when it has come about and the transaction is rolled back; the bytes stay where
they are kept, under their digests, for all tests.
"""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models, transaction

# Written by migrations, and there in every test.
GIVEN = {"contenttypes", "auth", "sessions", "admin"}


@dataclass(frozen=True)
class Snapshot:
    """All rows of a moment, and what the builder returned."""

    cast: Any
    rows: dict[type[models.Model], list[models.Model]]

    def put_back(self) -> Any:
        """Insert the rows into the empty tables; returns what the builder returned."""
        with transaction.atomic():
            for model, rows in self.rows.items():
                model._base_manager.bulk_create([copy.copy(row) for row in rows])
        return self.cast


def take(build: Callable[[], Any]) -> Snapshot:
    """Build, take all rows, and leave the database as it was."""
    with transaction.atomic():
        cast = build()
        rows = {model: list(model._base_manager.all()) for model in _tables()}
        transaction.set_rollback(True)
    return Snapshot(cast, {model: found for model, found in rows.items() if found})


def _tables() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label not in GIVEN]
