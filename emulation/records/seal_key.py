"""The sealer's own key: it signs the chain of seals over the audit, so that a chain computed anew or cut short shows.

It is not the key of the signing authority, so whoever can make certificates cannot also rewrite the record of who used them.
"""

import hashlib
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from emulation.lib import private_files

KEY_FILE = "seal.pem"


class SealKeyProblem(Exception):
    """The sealer's key cannot be opened. `str(error)` says why and holds nothing secret."""


class SealKey:
    """An Ed25519 key that signs seals."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key

    @property
    def public_key(self) -> bytes:
        """The 32 bytes that a verifier needs."""
        return self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    @property
    def key_hash(self) -> str:
        """SHA-256 of the public key, in hexadecimal: which key made a seal."""
        return hashlib.sha256(self.public_key).hexdigest()

    def sign(self, content: bytes) -> bytes:
        """The signature (64 bytes) of a seal's content."""
        return self._key.sign(content)

    def __repr__(self) -> str:
        return f"<SealKey {self.key_hash[:16]}>"

    def __reduce__(self) -> str:
        raise TypeError("a seal key is never stored or sent")


def create(folder: Path, *, passphrase: str) -> SealKey:
    """Make the sealer's key, encrypted when there is a passphrase; only set-up does this.

    Raises `FileExistsError` when there is one already.
    """
    key = Ed25519PrivateKey.generate()
    private_files.create(folder / KEY_FILE, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, _encryption(passphrase)))
    return SealKey(key)


def load(folder: Path, passphrase: str) -> SealKey:
    """Open the sealer's key. Raises `SealKeyProblem` when it is missing, open to others, damaged or locked otherwise."""
    try:
        key = load_pem_private_key(private_files.read(folder / KEY_FILE), passphrase.encode() or None)
    except FileNotFoundError as error:
        raise SealKeyProblem("there is no key for seals yet") from error
    except private_files.UnsafeFile as error:
        raise SealKeyProblem(str(error)) from error
    except (ValueError, TypeError) as error:
        raise SealKeyProblem("the key for seals is damaged or the passphrase is not its own") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise SealKeyProblem("the key for seals is of another kind")
    return SealKey(key)


def verify(public_key: bytes, content: bytes, signature: bytes) -> bool:
    """Did the owner of that public key (32 bytes) sign the content?"""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, content)
    except (InvalidSignature, ValueError):
        return False
    return True


def _encryption(passphrase: str) -> KeySerializationEncryption:
    return BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
