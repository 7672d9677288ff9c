"""Eight commanders who sign in the same second, on PostgreSQL: a process of its own, since its database is another one.

`python -m benchmarks.crowd` expects the address of an empty database in TEST_DATABASE_URL (deploy/cluster.py sets it) and prints
what came of it as JSON.
"""

import json
import logging
import os
import threading
import time
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from typing import Any

from benchmarks.installation import prepared

SIGNERS = 8


@dataclass
class Outcome:
    """What came of it. `chain` says that each revision begins with the one before it: no signature was lost on the way."""

    vendor: str
    signed: int
    signatures: int
    chain: bool
    deadlocks: int
    seconds: float
    faults: list[str] = field(default_factory=list)


def main() -> None:
    with prepared(database=os.environ["TEST_DATABASE_URL"]):
        logging.disable()
        print(json.dumps(asdict(_sign_at_once())))


def _sign_at_once() -> Outcome:
    from django.db import connection

    from blocs.enums import DocumentState
    from emulation.records.domain import documents
    from emulation.signing import inspection
    from emulation.signing.domain import authorities
    from emulation.signing.enums import SlotState
    from tests import builders

    made = builders.document(DocumentState.SIGNING, n=SIGNERS)
    faults: list[str] = []
    seconds = _run_together(made, faults)
    revisions = [documents.read(row) for row in made.round.document.revisions.order_by("number")]
    examined = inspection.inspect(revisions[-1], roots=authorities.trusted_roots())
    return Outcome(
        vendor=connection.vendor,
        signed=sum(slot.state == SlotState.SIGNED for slot in made.slots),
        signatures=len(examined.signatures) if examined.state == "sound" else 0,
        chain=all(later.startswith(earlier) for earlier, later in pairwise(revisions)),
        deadlocks=_deadlocks(),
        seconds=seconds,
        faults=faults,
    )


def _run_together(made: Any, faults: list[str]) -> float:
    """Let all sign at once, each in a thread with a connection of its own; gives the seconds until the last one is done."""
    start = threading.Barrier(SIGNERS + 1)
    threads = [threading.Thread(target=_sign, args=(made.slot(actor), actor, start, faults)) for actor in made.signers]
    for thread in threads:
        thread.start()
    start.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began


def _sign(slot: Any, actor: Any, start: threading.Barrier, faults: list[str]) -> None:
    from django.db import connection

    from tests import builders

    try:
        connection.ensure_connection()
        start.wait()
        builders.sign(slot, actor=actor)
    except Exception as error:  # noqa: BLE001 - whatever goes wrong is what is measured
        faults.append(f"{type(error).__name__}: {error}")
    finally:
        connection.close()


def _deadlocks() -> int:
    """How many deadlocks the server counted in this database."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    main()
