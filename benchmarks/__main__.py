"""`make bench`, or `python -m benchmarks [part ...]`: prints every figure with its limit, and exits with 1 when one is missed.

Parts: pages, printing, comparing, discussing, signing, verifying, crowding, hall, computing, entering, reminding, reporting, gathering;
all of them when none is named.
Needs nothing but a prepared checkout; what it compares with is used when it is there. On a busy machine the ratios hold and the counts do,
wall times do not: the first line says how busy it is.
"""

import logging
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import figures, timing
from benchmarks.figures import Figure
from benchmarks.installation import load_demonstration, prepared

Part = Callable[[Path], Iterator[tuple[str, list[Figure]]]]


def main() -> int:
    """Run the parts and print their figures as they come; 0 when every figure is kept."""
    wanted = sys.argv[1:] or list(PARTS)
    if unknown := set(wanted) - set(PARTS):
        print(f"No such part: {', '.join(sorted(unknown))}. There are: {', '.join(PARTS)}.")
        return 2
    print(f"Load: {timing.load()}.")
    found: list[Figure] = []
    with prepared() as folder:
        from emulation.lib import garbage
        from emulation.pdf import render

        load_demonstration()
        logging.disable()
        render.warm()
        garbage.settle()
        for name in wanted:
            for heading, part in PARTS[name](folder):
                figures.show(heading, part)
                found += part
    missed = figures.missed(found)
    print(f"\nLoad: {timing.load()}. {len(found)} lines, {len(missed)} figures missed.")
    return 1 if missed else 0


def _pages(_folder: Path) -> Iterator[tuple[str, list[Figure]]]:
    from benchmarks import addresses, growing, pages

    roles = addresses.roles()
    yield "Pages of the demonstration", pages.measure(pages.walk(roles))
    growing.add_rows()
    once = pages.walk(roles, repeats=3)
    yield "The same with a covenant in every state", pages.measure(once)
    growing.add_rows()
    yield "The same with one more in every state", [pages.growth(once, pages.walk(roles, repeats=1))]


def _printing(folder: Path) -> Iterator[tuple[str, list[Figure]]]:
    from benchmarks import previewing, printing

    yield "Printing the covenant of eight units, tagged, PDF/A-3a and PDF/UA-1", printing.measure(folder)
    yield "Previews", previewing.measure()


def _comparing(_folder: Path) -> Iterator[tuple[str, list[Figure]]]:
    from benchmarks import comparing

    yield "Comparing two versions of 60 clauses and 20,000 words", comparing.measure()


def _discussing(_folder: Path) -> Iterator[tuple[str, list[Figure]]]:
    from benchmarks import discussing

    yield "A document that many units discuss", discussing.measure()


def _signing(folder: Path) -> Iterator[tuple[str, list[Figure]]]:
    from benchmarks import signing

    yield "Signing", signing.measure(folder)


def _verifying(_folder: Path) -> Iterator[tuple[str, list[Figure]]]:
    from benchmarks import verifying

    yield "Verifying a file", verifying.measure()


def _crowding(_folder: Path) -> Iterator[tuple[str, list[Figure]]]:
    from benchmarks import crowding

    yield "Signing at once", crowding.measure()


def _hall(_folder: Path) -> Iterator[tuple[str, list[Figure]]]:
    from benchmarks import hall

    yield "The projector in the hall", hall.measure()


def _computing(_folder: Path) -> Iterator[tuple[str, list[Figure]]]:
    from benchmarks import computing

    yield "Computing points, totals, grades and ranks", computing.measure()


def _entering(_folder: Path) -> Iterator[tuple[str, list[Figure]]]:
    from benchmarks import entering

    yield "Filling in a score sheet", entering.measure()


def _reminding(_folder: Path) -> Iterator[tuple[str, list[Figure]]]:
    from benchmarks import reminding

    yield "Reminding", reminding.measure()


def _reporting(_folder: Path) -> Iterator[tuple[str, list[Figure]]]:
    from benchmarks import reporting

    yield "Printing long reports", reporting.measure()


def _gathering(_folder: Path) -> Iterator[tuple[str, list[Figure]]]:
    from benchmarks import gathering

    yield "The report of a bloc out of its units'", gathering.measure()


PARTS: dict[str, Part] = {
    "pages": _pages,
    "printing": _printing,
    "comparing": _comparing,
    "discussing": _discussing,
    "signing": _signing,
    "verifying": _verifying,
    "crowding": _crowding,
    "hall": _hall,
    "computing": _computing,
    "entering": _entering,
    "reminding": _reminding,
    "reporting": _reporting,
    "gathering": _gathering,
}


if __name__ == "__main__":
    sys.exit(main())
