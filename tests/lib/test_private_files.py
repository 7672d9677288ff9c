"""Files for keys: complete or absent, private, never overwritten."""

import os

import pytest

from emulation.lib import private_files
from emulation.lib.private_files import UnsafeFile


@pytest.fixture
def file(tmp_path):
    return tmp_path / "keys" / "root.pem"


def test_what_is_written_is_read_and_private(file):
    private_files.create(file, b"secret")
    assert private_files.read(file) == b"secret"
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert [found.name for found in file.parent.iterdir()] == [file.name]


def test_nothing_is_overwritten(file):
    private_files.create(file, b"first")
    with pytest.raises(FileExistsError):
        private_files.create(file, b"second")
    assert private_files.read(file) == b"first"
    assert [found.name for found in file.parent.iterdir()] == [file.name]


def test_a_missing_file_is_missing(file):
    with pytest.raises(FileNotFoundError):
        private_files.read(file)
    private_files.create(file, b"x")
    with pytest.raises(FileNotFoundError):
        private_files.read(file.with_name("other"))


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_file_open_to_others_is_refused(file, mode):
    private_files.create(file, b"x")
    file.chmod(mode)
    with pytest.raises(UnsafeFile, match="open to other accounts"):
        private_files.read(file)


def test_a_folder_open_to_others_is_refused(file):
    private_files.create(file, b"x")
    file.parent.chmod(0o750)
    with pytest.raises(UnsafeFile):
        private_files.read(file)
    with pytest.raises(UnsafeFile):
        private_files.create(file.with_name("other"), b"y")


def test_a_file_of_another_account_is_refused(file, monkeypatch):
    private_files.create(file, b"x")
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    with pytest.raises(UnsafeFile, match="another account"):
        private_files.read(file)


def test_links_and_folders_are_not_followed(file):
    private_files.create(file, b"x")
    link = file.with_name("link")
    link.symlink_to(file)
    with pytest.raises(UnsafeFile):
        private_files.read(link)
    folder = file.with_name("folder")
    folder.mkdir(mode=0o700)
    with pytest.raises(UnsafeFile, match="plain file"):
        private_files.read(folder)


def test_a_huge_file_is_no_key(file):
    private_files.create(file, b"x" * 70_000)
    with pytest.raises(UnsafeFile, match="too large"):
        private_files.read(file)


def test_a_link_in_the_way_of_a_new_file_is_not_followed(file):
    file.parent.mkdir(mode=0o700)
    file.symlink_to(file.with_name("elsewhere"))
    with pytest.raises(FileExistsError):
        private_files.create(file, b"secret")
    assert not file.with_name("elsewhere").exists()


def test_a_disk_that_fails_leaves_no_half_a_key(file, monkeypatch):
    def fail(_handle):
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        private_files.create(file, b"secret")
    assert [found.name for found in file.parent.iterdir()] == []
