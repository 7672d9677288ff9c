"""`manage.py verify_records`: verify anew all that is stored, computed results too. Run each night and after every restore.

Prints a line for each break and ends with 1 when there is any. Stored bytes that no row names are listed, and are no error.
"""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from emulation.records import triggers
from emulation.records.domain import audit, checks, documents, seals
from emulation.signing.domain import recheck


class Command(BaseCommand):
    help = "Verify all that is stored: revisions, signatures, the audit and its seals, computed results, guards of insert-only tables."

    def handle(self, *_args: Any, **options: Any) -> None:
        count = 0
        for break_ in _breaks():
            count += 1
            self.stdout.write(f"BREAK {break_}")
        for digest in documents.orphans():
            self.stdout.write(f"orphan {digest}")
        if count:
            raise CommandError(f"{count} breaks", returncode=1)
        if options["verbosity"]:
            self.stdout.write("no break")


def _breaks() -> Iterator[str]:
    yield from (f"trigger {name} is missing" for name in triggers.missing(connection))
    yield from documents.broken()
    yield from audit.broken()
    yield from seals.broken()
    yield from recheck.anchors()
    yield from recheck.acts()
    yield from recheck.rounds()
    yield from checks.broken()
