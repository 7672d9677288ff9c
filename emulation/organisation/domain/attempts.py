"""Counting attempts within a window: wrong secrets per account and per address, requests to limited public pages."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Count

from emulation.lib import clock
from emulation.organisation.models import Attempt

KEPT = timedelta(days=1)


def record(scope: str, key: str) -> None:
    """Count one attempt and forget those older than a day."""
    moment = clock.now()
    Attempt.objects.filter(scope=scope, at__lt=moment - KEPT).delete()
    Attempt.objects.create(scope=scope, key=key[:80], at=moment)


def count(scope: str, key: str, *, minutes: float) -> int:
    """How many attempts fell into the last minutes."""
    return Attempt.objects.filter(scope=scope, key=key[:80], at__gt=clock.now() - timedelta(minutes=minutes)).count()


def counts(scope: str, keys: Iterable[str], *, minutes: float) -> dict[str, int]:
    """The same for many keys at once; those without an attempt are left out."""
    since = clock.now() - timedelta(minutes=minutes)
    rows = Attempt.objects.filter(scope=scope, key__in=[key[:80] for key in keys], at__gt=since)
    return dict(rows.values_list("key").annotate(number=Count("pk")))


def forget(scope: str, key: str) -> None:
    """Start again from zero, after a success or when the office unlocks."""
    Attempt.objects.filter(scope=scope, key=key[:80]).delete()


def within(scope: str, key: str, *, limit: int, minutes: float) -> bool:
    """Count this attempt, and say whether it is still within the limit."""
    if count(scope, key, minutes=minutes) >= limit:
        return False
    record(scope, key)
    return True
