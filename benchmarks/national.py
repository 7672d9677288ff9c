"""The size of the whole country: 374 blocs, 4,490 units, 176 criteria, two layers, 1.6 million cells on PostgreSQL.

`make bench-national` loads first one province (15 blocs, 105 units), then all the others, and opens the standings of the same bloc
at both sizes. Rows come in bulk, past the verbs: what is measured is reading.
"""

import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from benchmarks import figures, timing
from benchmarks.figures import Figure
from benchmarks.installation import prepared
from benchmarks.timing import milliseconds

if TYPE_CHECKING:
    from emulation.organisation.actors import Actor
    from scoring.models import Campaign

PROVINCES, BLOCS, UNITS = 25, 374, 4490
BLOCS_OF_FIRST, UNITS_OF_FIRST = 15, 105
TIMES = 15
SLOWER = 1.3


def main() -> int:
    """Load and measure; 0 when every figure is kept."""
    sys.path.insert(0, "deploy")
    from cluster import cluster

    with cluster() as address, prepared(database=address):
        print(f"Load: {timing.load()}.")
        found = measure()
        figures.show(f"{BLOCS} blocs, {UNITS} units, 2 layers of 176 criteria, PostgreSQL", found)
    return 1 if figures.missed(found) else 0


def measure() -> list[Figure]:
    """The standings of one bloc before and after the rest of the country is there."""
    from django.db import connection

    from benchmarks.country import Country
    from scoring.domain import runs

    started = time.perf_counter()
    country = Country()
    first = country.load(BLOCS_OF_FIRST, UNITS_OF_FIRST)
    actor = country.clerk()
    runs.compute(first[0], actor=actor)
    page = standings_of(actor, first[0])
    before = timing.repeat(page, TIMES, warm=3)
    for blocs, units in shares(PROVINCES - 1, BLOCS - BLOCS_OF_FIRST, UNITS - UNITS_OF_FIRST):
        country.load(blocs, units)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    after = timing.repeat(page, TIMES, warm=3)
    return [
        figures.beside("Cells loaded", f"{country.cells:,}", note=f"{time.perf_counter() - started:.0f} s with everything around them"),
        figures.beside("Standings of a bloc, one province", milliseconds(before.wall)),
        figures.at_most("The same page with the whole country", after.wall / before.wall, SLOWER, "times", digits=2,
                        note=f"{milliseconds(after.wall)}"),
    ]  # fmt: skip


def standings_of(actor: "Actor", campaign: "Campaign") -> Callable[[], object]:
    """Opening the standings as this person."""
    from django.conf import settings
    from django.test import Client
    from django.urls import reverse

    settings.ALLOWED_HOSTS.append("testserver")
    client = Client()
    client.force_login(actor.user)
    address = reverse("standings", args=[campaign.pk])

    def opened() -> None:
        answer = client.get(address)
        assert answer.status_code == 200, answer.status_code

    return opened


def shares(parts: int, blocs: int, units: int) -> Iterator[tuple[int, int]]:
    """So many blocs and units spread over provinces as evenly as they go."""
    for part in range(parts):
        yield blocs * (part + 1) // parts - blocs * part // parts, units * (part + 1) // parts - units * part // parts


if __name__ == "__main__":
    sys.exit(main())
