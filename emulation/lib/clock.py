"""What time it is. Only tests and the demonstration may say otherwise."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """This moment, with its time zone."""
    return _moment.get() or timezone.now()


def today() -> date:
    """Today's date in Việt Nam."""
    return timezone.localtime(now()).date()


def local(moment: datetime) -> datetime:
    """The moment on Việt Nam's clock, as it is shown and printed."""
    return timezone.localtime(moment)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let `now()` be this moment inside the block. `moment` must carry a time zone."""
    if timezone.is_naive(moment):
        raise ValueError("the moment needs a time zone")
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
