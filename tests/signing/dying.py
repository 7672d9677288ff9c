"""A child process that does an act and kills itself, as with kill -9, at a given point of it."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from django.db import connections

SECONDS = 60


def die() -> NoReturn:
    """No handler, no flush, no rollback."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("unreachable")


def before(owner: Any, name: str) -> None:
    """From now on, this process dies when the function is called."""
    setattr(owner, name, lambda *_arguments, **_named: die())


def after(owner: Any, name: str) -> None:
    """From now on, this process dies when the function has done its work."""
    real = getattr(owner, name)

    def act(*arguments: Any, **named: Any) -> None:
        real(*arguments, **named)
        die()

    setattr(owner, name, act)


def kill_child(act: Callable[[], object], arm: Callable[[], None]) -> None:
    """Do the act in a child process in which `arm` has set the point of death. Demands that it died there.

    The child is forked, so it has the test's settings and folders; it opens database connections of its own.
    """
    connections.close_all()
    child = os.fork()
    if child == 0:
        _live_and_die(act, arm)
    with _patience(child):
        _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the child came to its end without dying"
    assert os.WTERMSIG(status) == signal.SIGKILL


def _live_and_die(act: Callable[[], object], arm: Callable[[], None]) -> NoReturn:
    code = 70
    try:
        arm()
        act()
        code = 0
    except BaseException as error:  # noqa: BLE001 (nothing may climb into the test run that this process is a copy of)
        os.write(sys.__stderr__.fileno() if sys.__stderr__ else 2, f"child: {error!r}\n".encode())
    os._exit(code)


@contextmanager
def _patience(child: int) -> Iterator[None]:
    """Do not wait for a child that hangs."""

    def give_up(_number: int, _frame: object) -> None:
        os.kill(child, signal.SIGKILL)
        raise AssertionError(f"the child was still at work after {SECONDS} s")

    earlier = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(SECONDS)
    started = time.monotonic()
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, earlier)
        assert time.monotonic() - started < SECONDS + 5
