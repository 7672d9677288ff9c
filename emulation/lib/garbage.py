"""Python's cyclic garbage collector, put off during a short burst of work, and spared what a process keeps for good.

Printing a PDF or taking one apart makes a hundred thousand small objects at once; collecting in between costs a third of the time
and finds nothing.
"""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class _Pause:
    """How many threads are inside a burst; the collector comes back with the last of them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0
        self._was_on = False

    def enter(self) -> None:
        with self._lock:
            if self._inside == 0:
                self._was_on = gc.isenabled()
                gc.disable()
            self._inside += 1

    def leave(self) -> None:
        with self._lock:
            self._inside -= 1
            if self._inside == 0 and self._was_on:
                gc.enable()


_pause = _Pause()


@contextmanager
def put_off() -> Iterator[None]:
    """No cyclic collection inside the block, in any thread. For bursts of less than a second or so."""
    _pause.enter()
    try:
        yield
    finally:
        _pause.leave()


def settle() -> None:
    """What is loaded by now stays: a serving process calls this when it is ready, and later collections leave it out.

    Without it, each burst ends with a look through all of Django, the printing engine and the signing library.
    """
    gc.collect()
    gc.freeze()
