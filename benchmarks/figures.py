"""A figure: what was measured, the limit that it must keep, and whether it did; and the table in which all of them are printed."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """How a figure stands against its limit."""

    KEPT = "ok"
    MISSED = "MISSED"
    # Said beside the figures, without a limit of its own.
    BESIDE = "-"
    # What it is compared with is not on this machine: neither kept nor missed.
    NOT_INSTALLED = "not installed"


@dataclass(frozen=True)
class Figure:
    """One line of the table. `limit` is in words, as it was promised; `note` says what stands behind the value."""

    name: str
    value: str
    limit: str = ""
    outcome: Outcome = Outcome.BESIDE
    note: str = ""


def at_most(name: str, value: float, limit: float, unit: str, *, digits: int = 0, note: str = "") -> Figure:
    """A figure that may not be larger than its limit; both in `unit`."""
    outcome = Outcome.KEPT if value <= limit else Outcome.MISSED
    return Figure(name, f"{value:.{digits}f} {unit}", f"<= {limit:g} {unit}", outcome, note)


def demand(name: str, value: str, limit: str, *, kept: bool, note: str = "") -> Figure:
    """A figure that is right or wrong, such as a count that must be complete."""
    return Figure(name, value, limit, Outcome.KEPT if kept else Outcome.MISSED, note)


def beside(name: str, value: str, note: str = "") -> Figure:
    """Something worth knowing that has no limit."""
    return Figure(name, value, note=note)


def not_installed(name: str, tool: str, limit: str = "") -> Figure:
    """A comparison that this machine cannot make."""
    return Figure(name, "-", limit, Outcome.NOT_INSTALLED, f"{tool} is not installed")


def show(heading: str, figures: Iterable[Figure]) -> None:
    """Print the figures of one part as soon as they are known."""
    print(f"\n{heading}")
    for figure in figures:
        limit = f"  {figure.limit}" if figure.limit else ""
        print(f"  {figure.outcome:<14}{figure.name:<58}{figure.value:>12}{limit}")
        if figure.note:
            print(f"  {'':<14}  {figure.note}")
    sys.stdout.flush()


def missed(figures: Iterable[Figure]) -> list[Figure]:
    """The figures that did not keep their limit."""
    return [figure for figure in figures if figure.outcome is Outcome.MISSED]
