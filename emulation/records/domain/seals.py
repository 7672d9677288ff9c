"""Seals over the audit: all heads that moved, hashed into a chain and signed with the sealer's own key.

A hash chain alone can be computed anew by whoever may write to the database, and its last entries can be cut off without a trace.
A seal remembers where each chain stood; only the holder of the key can make one. Each seal is also written as a line of a text
file beside the key, so that cutting off the last seals shows too.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from emulation.lib import clock
from emulation.records import seal_key
from emulation.records.domain.audit import canonical
from emulation.records.models import AuditEntry, AuditStream, Seal

LOG_FILE = "seals.txt"
LOCK_FILE = "seals.lock"


def seal_new_heads() -> Seal | None:
    """Seal the heads of all streams that moved since the last seal; None when none did. Two sealers queue.

    Raises `SealKeyProblem` when the key cannot be opened.
    """
    key = _key()
    with _turn():
        last = Seal.objects.order_by("-seq").first()
        _mark_sealed(last)
        _write_log_up_to(last)
        moved = list(AuditStream.objects.filter(head_seq__gt=F("sealed_seq")).order_by("pk"))
        if not moved:
            return None
        seal = Seal(
            seq=last.seq + 1 if last else 1,
            at=clock.now(),
            heads=[[stream.key, stream.head_seq, stream.head_hash] for stream in moved],
            previous_hash=last.hash if last else "",
        )
        content = _content(seal)
        seal.hash, seal.signature = hashlib.sha256(content).hexdigest(), key.sign(content).hex()
        with transaction.atomic():
            seal.save(force_insert=True)
        # The row first: a line without its row would look like a cut-off tail; a row without its line is caught up by the next seal.
        _write_log_up_to(seal)
        _mark_sealed(seal)
        return seal


def broken() -> Iterator[str]:
    """A sentence for each break: a seal changed, missing or not signed by our key, and a sealed head that the audit no longer has."""
    lines = _read_log()
    sealed: dict[str, int] = {}
    if lines or Seal.objects.exists():
        try:
            public_key = _key().public_key
        except seal_key.SealKeyProblem as error:
            yield f"seals: {error}"
            return
        hashes: dict[int, str] = {}
        previous: Seal | None = None
        for seal in Seal.objects.order_by("seq").iterator():
            yield from _faults(seal, previous)
            if _is_signed(seal, public_key):
                yield from _lost_heads(seal)
                sealed.update({key: seq for key, seq, _hash in seal.heads})
            else:
                yield f"seal {seal.seq} is not signed with our key"
            hashes[seal.seq], previous = seal.hash, seal
        yield from _cut_off(lines, hashes)
    for stream in AuditStream.objects.filter(sealed_seq__gt=0):
        if stream.sealed_seq > sealed.get(stream.key, 0):
            yield f"{stream.key}: marked as sealed up to {stream.sealed_seq}, but no seal says so"


def _key() -> seal_key.SealKey:
    return seal_key.load(Path(settings.SEAL_DIR), settings.AUTHORITY_PASSPHRASE)


def _content(seal: Seal) -> bytes:
    """What is hashed and signed."""
    return canonical([seal.seq, seal.at.astimezone(UTC).isoformat(), seal.heads, seal.previous_hash])


@contextmanager
def _turn() -> Iterator[None]:
    """One sealer at a time. A file lock, since key and text file are on this machine too; `Seal.seq` is unique for all others."""
    handle = os.open(Path(settings.SEAL_DIR) / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _mark_sealed(seal: Seal | None) -> None:
    """Remember at each stream how far it is sealed. Statement by statement, so that no verb ever waits for two of these rows."""
    if seal is None:
        return
    heads = {key: seq for key, seq, _hash in seal.heads}
    for stream in AuditStream.objects.filter(key__in=heads, head_seq__gt=F("sealed_seq")):
        AuditStream.objects.filter(pk=stream.pk, sealed_seq__lt=heads[stream.key]).update(sealed_seq=heads[stream.key])


def _write_log_up_to(seal: Seal | None) -> None:
    """Append the lines that are missing: after a crash there may be one more than the newest."""
    if seal is None:
        return
    lines = _read_log()
    written = lines[-1][0] if lines else 0
    missing = [] if seal.seq == written else list(Seal.objects.filter(seq__gt=written, seq__lte=seal.seq).order_by("seq"))
    if not missing:
        return
    handle = os.open(_log_path(), os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "ab") as file:
        file.write("".join(f"{row.seq} {row.hash} {row.at.astimezone(UTC).isoformat()}\n" for row in missing).encode())
        file.flush()
        os.fsync(file.fileno())


def _read_log() -> list[tuple[int, str]]:
    """Number and hash of each seal in the text file; what cannot be read counts as number 0."""
    try:
        text = _log_path().read_text(encoding="ascii", errors="replace")
    except FileNotFoundError:
        return []
    parts = [line.split() for line in text.splitlines()]
    return [(int(words[0]), words[1]) if len(words) == 3 and words[0].isdecimal() else (0, "") for words in parts]


def _log_path() -> Path:
    return Path(settings.SEAL_DIR) / LOG_FILE


def _faults(seal: Seal, previous: Seal | None) -> Iterator[str]:
    number, before = (previous.seq + 1, previous.hash) if previous else (1, "")
    if seal.seq != number:
        yield f"seal {number} is missing"
    elif seal.previous_hash != before:
        yield f"seal {seal.seq} does not follow the one before"
    if seal.hash != hashlib.sha256(_content(seal)).hexdigest():
        yield f"seal {seal.seq} was changed"


def _is_signed(seal: Seal, public_key: bytes) -> bool:
    try:
        signature = bytes.fromhex(seal.signature)
    except ValueError:
        return False
    return seal_key.verify(public_key, _content(seal), signature)


def _lost_heads(seal: Seal) -> Iterator[str]:
    """Heads of the seal that the audit no longer has: entries cut off, or a chain computed anew."""
    heads: dict[tuple[str, int], str] = {(key, seq): digest for key, seq, digest in seal.heads}
    rows: Any = AuditEntry.objects.filter(stream__key__in={key for key, _seq in heads}, seq__in={seq for _key, seq in heads})
    stored = {(key, seq): digest for key, seq, digest in rows.values_list("stream__key", "seq", "hash")}
    for (key, seq), digest in heads.items():
        if (key, seq) not in stored:
            yield f"{key}: entry {seq} was sealed (seal {seal.seq}) and is gone"
        elif stored[key, seq] != digest:
            yield f"{key}: entry {seq} is another one than seal {seal.seq} says"


def _cut_off(lines: list[tuple[int, str]], hashes: dict[int, str]) -> Iterator[str]:
    for place, (seq, digest) in enumerate(lines, start=1):
        if seq != place:
            yield f"{LOG_FILE}: line {place} is not that of seal {place}"
        elif seq not in hashes:
            yield f"seal {seq} was written to {LOG_FILE} and is gone"
        elif hashes[seq] != digest:
            yield f"seal {seq} is another one than {LOG_FILE} says"
