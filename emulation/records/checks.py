"""`manage.py check --database default`: are the insert-only triggers there?"""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections

from emulation.records import triggers


def triggers_are_there(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """An error for each missing trigger in the named databases."""
    return [
        Error(f"Trigger {name} is missing in database {alias}: run `manage.py migrate`.", id="records.E001")
        for alias in databases or []
        for name in triggers.missing(connections[alias])
    ]
