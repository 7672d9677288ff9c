"""The sealer's own key."""

import pickle
import stat

import pytest

from emulation.lib import private_files
from emulation.records import seal_key
from emulation.records.seal_key import SealKeyProblem

SECRET = "một câu khác"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "seals"


def test_a_seal_is_verified_by_the_public_key(folder):
    key = seal_key.create(folder, passphrase=SECRET)
    signature = key.sign(b"heads of all streams")
    assert seal_key.verify(key.public_key, b"heads of all streams", signature)
    assert not seal_key.verify(key.public_key, b"other heads", signature)
    assert not seal_key.verify(key.public_key, b"heads of all streams", signature[:-1] + bytes([signature[-1] ^ 1]))
    assert not seal_key.verify(b"no key", b"heads of all streams", signature)


def test_the_same_key_is_loaded_again(folder):
    made = seal_key.create(folder, passphrase=SECRET)
    again = seal_key.load(folder, SECRET)
    assert (again.public_key, again.key_hash) == (made.public_key, made.key_hash)
    assert len(made.public_key) == 32
    assert seal_key.verify(made.public_key, b"x", again.sign(b"x"))


def test_the_file_is_private_and_encrypted_and_made_once(folder):
    seal_key.create(folder, passphrase=SECRET)
    file = folder / seal_key.KEY_FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert b"ENCRYPTED" in file.read_bytes()
    with pytest.raises(FileExistsError):
        seal_key.create(folder, passphrase=SECRET)


def test_without_a_passphrase_it_lies_open_like_a_sample_authority(folder):
    seal_key.create(folder, passphrase="")
    assert b"ENCRYPTED" not in (folder / seal_key.KEY_FILE).read_bytes()
    assert seal_key.load(folder, "").public_key
    with pytest.raises(SealKeyProblem):
        seal_key.load(folder, SECRET)


@pytest.mark.parametrize("passphrase", ["", "sai"])
def test_another_passphrase_does_not_open_it(folder, passphrase):
    seal_key.create(folder, passphrase=SECRET)
    with pytest.raises(SealKeyProblem, match="passphrase"):
        seal_key.load(folder, passphrase)


def test_a_key_missing_or_open_to_others_is_refused(folder):
    folder.mkdir(mode=0o700)
    with pytest.raises(SealKeyProblem, match="no key"):
        seal_key.load(folder, SECRET)
    seal_key.create(folder, passphrase=SECRET)
    (folder / seal_key.KEY_FILE).chmod(0o644)
    with pytest.raises(SealKeyProblem, match="open to other accounts"):
        seal_key.load(folder, SECRET)


def test_a_key_of_another_kind_is_refused(folder):
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    private_files.create(folder / seal_key.KEY_FILE, pem)
    with pytest.raises(SealKeyProblem, match="another kind"):
        seal_key.load(folder, "")


def test_the_key_is_neither_shown_nor_stored(folder):
    key = seal_key.create(folder, passphrase=SECRET)
    assert repr(key) == f"<SealKey {key.key_hash[:16]}>"
    with pytest.raises(TypeError):
        pickle.dumps(key)
