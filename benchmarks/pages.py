"""Every page of the demonstration as every role: how many queries it asks, and how long it takes warm.

Measured through Django's test client, so with all middleware, sessions and templates, but without a network. The first time that a
preview is asked for, it is printed; that one time is the printing figure's matter, so each page is opened once before it is measured.
"""

import statistics
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks import addresses, figures
from benchmarks.addresses import Address
from benchmarks.figures import Figure
from emulation.organisation.models import User

MOST_QUERIES = 15
MOST_MILLISECONDS = 60
REPEATS = 5
# Begin, commit and savepoints ask the tables nothing.
NO_QUESTIONS = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


@dataclass(frozen=True)
class Visit:
    """A page as one role saw it."""

    role: str
    name: str
    path: str
    queries: int
    milliseconds: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.name} as {self.role}: {self.queries} queries, {self.milliseconds:.0f} ms ({self.cpu:.0f} ms of processor)"


def walk(roles: Mapping[str, User], *, repeats: int = REPEATS) -> list[Visit]:
    """Every page that answers with 200, as a visitor and as every role."""
    settings.ALLOWED_HOSTS.append("testserver")
    settings.VERIFY_PER_MINUTE = 10**6
    found = list(_visits("visitor", Client(), addresses.public(), repeats))
    places = [*addresses.menu(), *addresses.of_blocs(), *addresses.in_admin()]
    for role, user in roles.items():
        client = Client()
        client.force_login(user)
        found += _visits(role, client, places, repeats)
    return found


def measure(visits: list[Visit]) -> list[Figure]:
    """The worst page by queries and by time, and how many pages were seen."""
    busiest = max(visits, key=lambda visit: visit.queries)
    slowest = max(visits, key=lambda visit: visit.milliseconds)
    half = statistics.median(visit.milliseconds for visit in visits)
    over = [visit for visit in visits if visit.queries > MOST_QUERIES or visit.milliseconds > MOST_MILLISECONDS]
    return [
        figures.beside("pages seen, each as every role that may", str(len(visits)), f"the median page takes {half:.0f} ms"),
        figures.at_most("queries of the busiest page", busiest.queries, MOST_QUERIES, "queries", note=str(busiest)),
        figures.at_most("median of the slowest page, warm", slowest.milliseconds, MOST_MILLISECONDS, "ms", note=str(slowest)),
        *(figures.beside("over a limit", "", str(visit)) for visit in over),
    ]


def growth(before: list[Visit], after: list[Visit]) -> Figure:
    """Whether any page asks more now that there are more rows."""
    asked = {(visit.role, visit.path): visit for visit in before}
    both = [(asked[visit.role, visit.path], visit) for visit in after if (visit.role, visit.path) in asked]
    grown = [(old, new) for old, new in both if new.queries > old.queries]
    notes = "; ".join(f"{new.name} as {new.role}: {old.queries} -> {new.queries}" for old, new in grown)
    return figures.demand(
        "pages that ask more after rows were added", str(len(grown)), "0", kept=not grown, note=notes or f"of {len(both)}"
    )


def _visits(role: str, client: Client, places: Iterable[Address], repeats: int) -> Iterator[Visit]:
    for place in places:
        if client.get(place.path).status_code == 200:
            yield _visit(role, client, place, repeats)


def _visit(role: str, client: Client, place: Address, repeats: int) -> Visit:
    with CaptureQueriesContext(connection) as captured:
        client.get(place.path)
    queries = sum(not query["sql"].startswith(NO_QUESTIONS) for query in captured.captured_queries)
    laps = [lap(client, place.path) for _ in range(repeats)]
    return Visit(
        role,
        place.name,
        place.path,
        queries,
        statistics.median(wall for wall, _cpu in laps),
        statistics.median(cpu for _wall, cpu in laps),
    )


def lap(client: Client, path: str) -> tuple[float, float]:
    """Milliseconds on the wall and of the processor for one look at a page."""
    wall, cpu = time.perf_counter(), time.process_time()
    response = client.get(path)
    if response.streaming:
        b"".join(response)
    return (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000
