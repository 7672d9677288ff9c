"""Stop-watches: wall time and processor time of one call, and medians of calls that take turns.

Taking turns (A, B, C, A, B, C ...) lets a machine that is busy with other things slow all candidates alike, so their ratio stays
true where the milliseconds do not.
"""

import os
import resource
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Lap:
    """One call: seconds on the wall, and seconds of processor time of this process and of the children it waited for."""

    wall: float
    cpu: float


@dataclass
class Series:
    """The laps of one candidate."""

    laps: list[Lap] = field(default_factory=list)

    @property
    def wall(self) -> float:
        """Median wall time in seconds."""
        return statistics.median(lap.wall for lap in self.laps)

    @property
    def cpu(self) -> float:
        """Median processor time in seconds."""
        return statistics.median(lap.cpu for lap in self.laps)

    @property
    def slowest(self) -> float:
        """The longest wall time in seconds."""
        return max(lap.wall for lap in self.laps)


def lap(call: Callable[[], object]) -> Lap:
    """Time one call."""
    wall, cpu = time.perf_counter(), _cpu()
    call()
    return Lap(time.perf_counter() - wall, _cpu() - cpu)


def repeat(call: Callable[[], object], times: int, *, warm: int = 1) -> Series:
    """Some unmeasured calls, then so many measured ones."""
    for _ in range(warm):
        call()
    return Series([lap(call) for _ in range(times)])


def take_turns(calls: Mapping[str, Callable[[], object]], rounds: int, *, warm: int = 2) -> dict[str, Series]:
    """Time all candidates, one after the other in each round."""
    for call in calls.values():
        for _ in range(warm):
            call()
    series = {name: Series() for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            series[name].laps.append(lap(call))
    return series


def milliseconds(seconds: float) -> str:
    """As tables show it."""
    return f"{seconds * 1000:.0f} ms"


def load() -> str:
    """How busy the machine is: its load of the last minute against its processors."""
    return f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"


def _cpu() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
