"""Official documents: freeze the first bytes, append revisions, read and re-check them."""

import hashlib
from collections.abc import Callable, Iterable, Iterator

from django.db import IntegrityError, transaction

from emulation.lib import clock
from emulation.records import storage
from emulation.records.models import Document, Revision

# Other things whose bytes are kept in the same store; each names the digests that it still needs.
_others: list[Callable[[], Iterable[str]]] = []


class NotAnAppend(ValueError):
    """New bytes do not start with the bytes of the revision before."""


def freeze(kind: str, pdf: bytes) -> Revision:
    """Keep the frozen bytes of a new document as its revision 0."""
    digest = storage.keep(pdf)
    moment = clock.now()
    document = Document.objects.create(kind=kind, created_at=moment)
    return Revision.objects.create(document=document, number=0, sha256=digest, size=len(pdf), created_at=moment)


def keep_once(kind: str, data: bytes) -> Revision:
    """Keep bytes from outside as a document of one revision; bytes that are kept already, as whatever, are that revision.

    Two who bring the same bytes in the same moment both get it: the later one waits for the row of the first.
    """
    kept = Revision.objects.filter(sha256=hashlib.sha256(data).hexdigest())
    if known := kept.first():
        return known
    try:
        with transaction.atomic():
            return freeze(kind, data)
    except IntegrityError:
        return kept.get()


def append(parent: Revision, pdf: bytes, *, before: bytes) -> Revision:
    """Keep `pdf` as the successor of `parent`, whose bytes are `before`. Raises `NotAnAppend` unless it starts with them.

    The bytes are on disk before the row is written, so a row never points to nothing; a crash between the two leaves an
    orphan, which `verify_records` lists.
    """
    if len(pdf) <= len(before) or not pdf.startswith(before):
        raise NotAnAppend("the new bytes do not start with the old ones")
    digest = storage.keep(pdf)
    return Revision.objects.create(
        document_id=parent.document_id,
        number=parent.number + 1,
        sha256=digest,
        size=len(pdf),
        parent=parent,
        created_at=clock.now(),
    )


def read(revision: Revision) -> bytes:
    """The bytes of a revision; raises `storage.BytesBroken` when they are gone or changed."""
    return storage.read(revision.sha256)


def broken() -> Iterator[str]:
    """Re-check every stored revision: bytes there and unchanged, numbers without a gap, each an append to its parent."""
    previous: Revision | None = None
    before = b""
    for revision in Revision.objects.order_by("document_id", "number").iterator():
        same = previous is not None and previous.document_id == revision.document_id
        if revision.number != (previous.number + 1 if same and previous else 0):
            yield f"document {revision.document_id}: revision before {revision.number} is missing"
        try:
            data = read(revision)
        except storage.BytesBroken as error:
            yield f"document {revision.document_id} revision {revision.number}: {error}"
            data = b""
        if same and data and before and not data.startswith(before):
            yield f"document {revision.document_id}: revision {revision.number} does not start with the one before"
        previous, before = revision, data


def also_kept(digests: Callable[[], Iterable[str]]) -> None:
    """Something else keeps bytes in the store too: `digests` names those that it needs. Called once, when the app is set up."""
    _others.append(digests)


def orphans() -> list[str]:
    """SHA-256 of stored bytes that neither a revision nor anything else names: left by a crash, harmless."""
    known = set(Revision.objects.values_list("sha256", flat=True))
    known.update(digest for digests in _others for digest in digests())
    return sorted(digest for digest in storage.stored() if digest not in known)
