"""`manage.py check --database default`: are the insert-only triggers there?"""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Warning
from django.db import connections

from emulation.records import triggers


def triggers_are_there(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """A warning for each missing trigger in the named databases. Not an error: `migrate` itself runs this check, and it is the cure."""
    return [
        Warning(f"Trigger {name} is missing in database {alias}: run `manage.py migrate`.", id="records.W001")
        for alias in databases or []
        for name in triggers.missing(connections[alias])
    ]
