"""Files that only this account may read: signing keys.

A key file appears complete or not at all, is never overwritten, and is refused when anybody else could read or swap it.
"""

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

_FILE_MODE = 0o600
_FOLDER_MODE = 0o700
_OTHERS = 0o077
_SIZE_LIMIT = 64 * 1024


class UnsafeFile(Exception):
    """A key file or its folder is open to others, is not ours, or is not a plain file; the message never tells its content."""


def create(path: Path, content: bytes) -> None:
    """Write a new private file (mode 0600, in a folder of mode 0700) and make it durable.

    Raises `FileExistsError` when the file is there already, `UnsafeFile` when the folder is open to others.
    """
    path.parent.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
    folder = _open_folder(path.parent)
    draft = f".{path.name}.{secrets.token_hex(8)}"
    try:
        try:
            _write(draft, content, folder=folder)
            # A hard link fails when the name is taken and shows only finished content, which rename and open cannot both promise.
            os.link(draft, path.name, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=False)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(draft, dir_fd=folder)
        os.fsync(folder)
    finally:
        os.close(folder)


def read(path: Path) -> bytes:
    """The content of a private file.

    Raises `FileNotFoundError` when there is none, `UnsafeFile` when others could read or replace it.
    """
    folder = _open_folder(path.parent)
    try:
        return _read(path, folder=folder)
    finally:
        os.close(folder)


def _open_folder(folder: Path) -> int:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        _demand_private(os.fstat(handle), folder)
    except UnsafeFile:
        os.close(handle)
        raise
    return handle


def _write(name: str, content: bytes, *, folder: int) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    with os.fdopen(os.open(name, flags, _FILE_MODE, dir_fd=folder), "wb") as stream:
        os.fchmod(stream.fileno(), _FILE_MODE)
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _read(path: Path, *, folder: int) -> bytes:
    try:
        handle = os.open(path.name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise UnsafeFile(f"{path} cannot be opened as a plain file") from error
    facts = os.fstat(handle)
    if not stat.S_ISREG(facts.st_mode):  # before it becomes a stream, which a folder cannot
        os.close(handle)
        raise UnsafeFile(f"{path} is not a plain file")
    with os.fdopen(handle, "rb") as stream:
        _demand_private(facts, path)
        content = stream.read(_SIZE_LIMIT + 1)
    if len(content) > _SIZE_LIMIT:
        raise UnsafeFile(f"{path} is too large for a key")
    return content


def _demand_private(facts: os.stat_result, path: Path) -> None:
    if facts.st_uid != os.geteuid():
        raise UnsafeFile(f"{path} belongs to another account")
    if stat.S_IMODE(facts.st_mode) & _OTHERS:
        raise UnsafeFile(f"{path} is open to other accounts: mode {stat.S_IMODE(facts.st_mode):04o}")
