"""Starting a child process of ours for a file from outside: one at a time on a machine, with little time and no environment.

What the child gives up by itself stands in `inspection_child.py`.
"""

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import emulation

_POLL_SECONDS = 0.1
_ANSWER_LIMIT = 1024 * 1024
_TIME_SIGNALS = (signal.SIGXCPU, signal.SIGKILL)


class Busy(Exception):
    """Another file is being read on this machine and the wait was too long."""


class OutOfTime(Exception):
    """The child did not come to an end in the time that it had."""


@contextmanager
def alone(lock_path: Path, *, wait_seconds: float) -> Iterator[None]:
    """Hold the machine-wide lock; raises `Busy`. The system lets go of it even when this process is killed."""
    until = time.monotonic() + wait_seconds
    with lock_path.open("ab") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= until:
                    raise Busy from None
                time.sleep(_POLL_SECONDS)
        yield


def answer_of(module: str, request: str, *, wall_seconds: float) -> str:
    """What the child prints when it is given the request; cut off at a megabyte. Raises `OutOfTime`."""
    try:
        done = subprocess.run(  # noqa: S603 (the module is one of ours, named in the code)
            [sys.executable, "-s", "-B", "-m", module],
            input=request.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=Path(emulation.__file__).parent.parent,
            env={"PATH": os.defpath, "LANG": "C.UTF-8"},
            timeout=wall_seconds,
            check=False,
            start_new_session=True,
        )
    except subprocess.TimeoutExpired:
        raise OutOfTime from None
    if -done.returncode in _TIME_SIGNALS:
        raise OutOfTime
    return done.stdout[:_ANSWER_LIMIT].decode(errors="replace")
