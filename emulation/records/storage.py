"""Bytes under their SHA-256: written once, synced, read-only, never overwritten, and there before their row commits."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings


class BytesBroken(Exception):
    """Stored bytes are missing or do not have the hash under which they were stored."""


def keep(data: bytes) -> str:
    """Store the bytes and return their SHA-256 (hex). The file and its folders are on disk when this returns."""
    digest = hashlib.sha256(data).hexdigest()
    target = path_of(digest)
    if not target.exists():
        _write(data, target)
    # Also for a file that is there already: whoever wrote it may not have come so far yet.
    root = Path(settings.DOCUMENTS_DIR)
    for folder in (target.parent, root, root.parent):
        _sync_folder(folder)
    return digest


def _write(data: bytes, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=target.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            os.fchmod(file.fileno(), 0o444)
        # A hard link fails where the name exists: nothing is ever overwritten, also by two writers at once.
        with suppress(FileExistsError):
            os.link(draft, target)
    finally:
        Path(draft).unlink()


def read(digest: str) -> bytes:
    """The bytes of this SHA-256; raises `BytesBroken` when they are gone or changed."""
    try:
        data = path_of(digest).read_bytes()
    except OSError as error:
        raise BytesBroken(f"{digest}: {error.strerror}") from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise BytesBroken(f"{digest}: the stored bytes were changed")
    return data


def path_of(digest: str) -> Path:
    """Where the bytes of a SHA-256 (64 hex digits) lie; raises ValueError for anything else."""
    if len(digest) != 64 or set(digest) - set("0123456789abcdef"):
        raise ValueError("not a SHA-256 in hex")
    return Path(settings.DOCUMENTS_DIR) / digest[:2] / digest


def stored() -> Iterator[str]:
    """Every SHA-256 under which bytes are stored."""
    for file in Path(settings.DOCUMENTS_DIR).glob("??/*"):
        if not file.name.startswith("."):
            yield file.name


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def is_writable() -> bool:
    """Whether bytes can be stored: the folder is there, or can be made, and is ours to write."""
    root = Path(settings.DOCUMENTS_DIR)
    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(root, os.W_OK | os.X_OK)
