"""What one signature costs on the server, and what it leaves in the file, when eight and when twenty have to sign.

The act is the real one, `rounds.sign`: the password, the lock, the one-time certificate, the stamp, the signature, one step of
difference analysis, the ledger, the audit, the notices. The last signature is the dearest, since all earlier ones are read again;
it is made several times, rolled back in between, and then once for good. The limit is on wall time: what the commander waits.
"""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from unittest import mock

from django.db import transaction

from benchmarks import figures, timing
from benchmarks.figures import Figure
from benchmarks.timing import Series, milliseconds
from blocs.enums import DocumentState
from emulation.organisation.actors import Actor
from emulation.organisation.domain import secrets
from emulation.records.domain import documents
from tests import builders
from tests.builders import DocumentCast
from tests.signing import outside

# Signers and the most seconds for one signature.
LIMITS = {8: 0.4, 20: 0.6}
MOST_BYTES = 25_000
TIMES = 9


def measure(folder: Path) -> list[Figure]:
    """Seconds at eight and at twenty signers; what others say of the full file; its size."""
    found = []
    for signers, limit in LIMITS.items():
        made = builders.document(DocumentState.SIGNING, n=signers)
        found += _times(made, signers, limit)
    return found + _file(made, folder)


def _times(made: DocumentCast, signers: int, limit: float) -> list[Figure]:
    *others, last = made.signers
    for actor in others:
        builders.sign(made.slot(actor), actor=actor)
    whole = _last_signature(made, last)
    with mock.patch.object(secrets, "check"):
        bare = _last_signature(made, last)
    builders.sign(made.slot(last), actor=last)
    note = f"{milliseconds(whole.cpu)} of processor, slowest {milliseconds(whole.slowest)}; median of {TIMES}, password included"
    return [
        figures.at_most(f"signature {signers} of {signers}, median", whole.wall, limit, "s", digits=2, note=note),
        figures.beside("  the same without the password check", f"{bare.wall:.2f} s", f"{milliseconds(bare.cpu)} of processor"),
    ]


def _last_signature(made: DocumentCast, actor: Actor) -> Series:
    """The same signature several times, undone after each."""
    acts = [_undone(made, actor) for _ in range(TIMES + 1)]
    acts.pop()()
    return Series([timing.lap(act) for act in acts])


def _undone(made: DocumentCast, actor: Actor) -> Callable[[], None]:
    slot = made.slot(actor)

    def act() -> None:
        with transaction.atomic():
            builders.sign(slot, actor=actor)
            transaction.set_rollback(True)

    return act


def _file(made: DocumentCast, folder: Path) -> list[Figure]:
    revisions = [documents.read(revision) for revision in made.round.document.revisions.order_by("number")]
    final, wanted = revisions[-1], len(revisions) - 1
    by_pyhanko = outside.pyhanko_verdicts(final, made.round.authority.certificate.encode())
    by_pdfsig = outside.pdfsig_verdicts(final, folder)
    grown = max(len(later) - len(earlier) for earlier, later in pairwise(revisions))
    return [
        _all("signatures valid in pyHanko", by_pyhanko, wanted),
        _all("signatures valid in pdfsig", by_pdfsig, wanted),
        figures.demand(
            "the frozen bytes, and each revision, begin the next one",
            "yes" if all(later.startswith(earlier) for earlier, later in pairwise(revisions)) else "no",
            "yes",
            kept=all(later.startswith(earlier) for earlier, later in pairwise(revisions)),
        ),
        figures.at_most("bytes of the largest signature, without images", grown, MOST_BYTES, "bytes"),
    ]


def _all(name: str, verdicts: list[bool], wanted: int) -> Figure:
    good = sum(verdicts)
    return figures.demand(name, f"{good} of {len(verdicts)}", f"{wanted} of {wanted}", kept=good == len(verdicts) == wanted)
