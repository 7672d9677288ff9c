"""The audit: `log` appends an entry to a stream's hash chain; `broken` recomputes all chains."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC
from typing import Any, Protocol

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction

from emulation.lib import clock
from emulation.records.events import Event
from emulation.records.models import AuditEntry, AuditStream


class Person(Protocol):
    """Who acts, as the audit names him: account, full label of that moment, network address."""

    @property
    def user_id(self) -> int | None: ...
    @property
    def label(self) -> str: ...
    @property
    def address(self) -> str: ...


def log(event: Event, *, stream: str, actor: Person | None, **data: Any) -> AuditEntry:
    """Append an entry to the stream. Call it last inside the verb's transaction: it locks the stream's head.

    `actor` is None for the system itself. `data` must be JSON-able and must never hold a secret. Raises
    `TransactionManagementError` outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:  # SQLite, which locks no rows, would not notice
        raise transaction.TransactionManagementError("an entry belongs to its verb's transaction")
    entry = AuditEntry(
        event=event.value,
        at=clock.now(),
        user_id=actor.user_id if actor else None,
        person=actor.label if actor else "",
        address=actor.address if actor else "",
        data=json.loads(json.dumps(data, cls=DjangoJSONEncoder)),
    )
    entry.stream = _moved_on(stream, entry)
    entry.save(force_insert=True)
    return entry


def _moved_on(stream: str, entry: AuditEntry) -> AuditStream:
    """The stream's head with this entry chained to it, locked; a new one is locked by being inserted."""
    heads = AuditStream.objects.select_for_update(of=("self",)).filter(key=stream)
    head = heads.first()
    if head is None:
        head = _chained(AuditStream(key=stream), entry)
        try:
            with transaction.atomic():
                head.save(force_insert=True)
        except IntegrityError:  # somebody else opened it in the same moment
            head = heads.get()
        else:
            return head
    _chained(head, entry).save(update_fields=["head_seq", "head_hash"])
    return head


def _chained(head: AuditStream, entry: AuditEntry) -> AuditStream:
    """Put the entry after what the head knows as the last one."""
    entry.seq, entry.previous_hash = head.head_seq + 1, head.head_hash
    entry.hash = entry_hash(entry, head.key)
    head.head_seq, head.head_hash = entry.seq, entry.hash
    return head


def entry_hash(entry: AuditEntry, stream: str) -> str:
    """SHA-256 (hex) over everything an entry says, the hash before it included."""
    at = entry.at.astimezone(UTC).isoformat()
    said = [stream, entry.seq, entry.event, at, entry.user_id, entry.person, entry.address, entry.data, entry.previous_hash]
    return hashlib.sha256(canonical(said)).hexdigest()


def canonical(value: Any) -> bytes:
    """One spelling of a JSON value: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, cls=DjangoJSONEncoder).encode()


@transaction.atomic
def broken() -> Iterator[str]:
    """Recompute every chain; yield a sentence for each break (edited, missing or extra entry, wrong head)."""
    for stream in AuditStream.objects.order_by("pk"):
        previous, seq = "", 0
        for entry in stream.entries.order_by("seq").iterator():
            seq += 1
            if entry.seq != seq:
                yield f"{stream.key}: entry {seq} is missing"
                seq = entry.seq
            elif entry.previous_hash != previous:
                yield f"{stream.key}: entry {entry.seq} does not follow the one before"
            if entry.hash != entry_hash(entry, stream.key):
                yield f"{stream.key}: entry {entry.seq} was changed"
            previous = entry.hash
        if (seq, previous) != (stream.head_seq, stream.head_hash):
            yield f"{stream.key}: the chain ends at {seq}, its head says {stream.head_seq}"
