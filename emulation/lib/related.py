"""Rows that are known already, put where a related manager looks for them, so that nothing is asked twice."""

from collections.abc import Iterable
from typing import Any


def know(instance: Any, name: str, rows: Iterable[Any]) -> None:
    """Let `instance.<name>.all()` answer with these rows, as after `prefetch_related`: for what came with another question."""
    found = getattr(instance, name).get_queryset()
    found._result_cache, found._prefetch_done = list(rows), True  # noqa: SLF001  # as Django does it itself after asking
    instance.__dict__.setdefault("_prefetched_objects_cache", {})[name] = found
