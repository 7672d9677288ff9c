"""Bytes under their SHA-256: durable, read-only, never overwritten."""

import hashlib
import os
import stat
import threading
from pathlib import Path

import pytest

from emulation.records import storage

DATA = "Giao ước thi đua".encode()
DIGEST = hashlib.sha256(DATA).hexdigest()


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DOCUMENTS_DIR = tmp_path / "documents"
    return settings.DOCUMENTS_DIR


def test_what_is_kept_is_read():
    assert storage.keep(DATA) == DIGEST
    assert storage.read(DIGEST) == DATA
    assert list(storage.stored()) == [DIGEST]


def test_kept_bytes_are_read_only_and_alone():
    storage.keep(DATA)
    file = storage.path_of(DIGEST)
    assert stat.S_IMODE(file.stat().st_mode) == 0o444
    assert list(file.parent.iterdir()) == [file]


def test_kept_bytes_are_never_overwritten():
    storage.keep(DATA)
    before = storage.path_of(DIGEST).stat()
    storage.keep(DATA)
    after = storage.path_of(DIGEST).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_a_broken_file_is_not_mended_by_keeping_again():
    storage.keep(DATA)
    file = storage.path_of(DIGEST)
    file.chmod(0o600)
    file.write_bytes(b"something else")
    storage.keep(DATA)
    with pytest.raises(storage.BytesBroken, match="changed"):
        storage.read(DIGEST)


def test_file_and_folders_are_synced_before_they_count(folder, monkeypatch):
    synced = []
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (synced.append(Path(f"/proc/self/fd/{handle}").resolve()), real(handle))[1])
    storage.keep(DATA)
    assert synced[0].parent == folder / DIGEST[:2]
    assert synced[0].name.startswith(".new-")
    folders = [folder / DIGEST[:2], folder, folder.parent]
    assert synced[1:] == folders
    synced.clear()
    storage.keep(DATA)
    assert synced == folders


def test_a_crash_while_writing_leaves_nothing_that_counts(monkeypatch):
    def fail(handle):
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="no space"):
        storage.keep(DATA)
    assert list(storage.stored()) == []
    assert list(storage.path_of(DIGEST).parent.iterdir()) == []


def test_two_writers_of_the_same_bytes_agree(monkeypatch):
    barrier = threading.Barrier(4)
    real = os.link

    def link(*arguments):
        barrier.wait(10)
        real(*arguments)

    monkeypatch.setattr(os, "link", link)
    kept = []
    threads = [threading.Thread(target=lambda: kept.append(storage.keep(DATA))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kept == [DIGEST] * 4
    assert storage.read(DIGEST) == DATA
    assert len(list(storage.path_of(DIGEST).parent.iterdir())) == 1


def test_missing_bytes_are_broken_bytes():
    with pytest.raises(storage.BytesBroken):
        storage.read(DIGEST)


@pytest.mark.parametrize("digest", ["", "ab", "../../etc/passwd", DIGEST.upper(), DIGEST + "0", "g" * 64])
def test_only_a_digest_names_a_file(digest):
    with pytest.raises(ValueError, match="not a SHA-256"):
        storage.path_of(digest)


def test_unfinished_files_do_not_count(folder):
    storage.keep(DATA)
    (folder / DIGEST[:2] / ".new-abc").write_bytes(b"half")
    assert list(storage.stored()) == [DIGEST]


def test_whether_bytes_can_be_stored(settings, tmp_path):
    assert storage.is_writable()
    (tmp_path / "file").touch()
    settings.DOCUMENTS_DIR = tmp_path / "file" / "documents"
    assert not storage.is_writable()
