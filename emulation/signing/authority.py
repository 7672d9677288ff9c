"""The signing authority: a root key that certifies a fresh key for each act of signing.

What proves the will is the recorded act (account, method, time, digest shown). The certificate names who signed, for whom and in
which round; the key behind it exists only while that one signature is made, so there is nothing to steal and nothing to revoke
(RFC 9608: the certificate says that no revocation information will ever exist). A mistake is cured by voiding in the ledger.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID, ObjectIdentifier

from emulation.lib import private_files
from emulation.lib.vietnamese import nfc
from emulation.signing.trust import DEMONSTRATION_MARK, TrustedRoot

ROOT_FILE = "root.pem"
ROOT_LIFE = timedelta(days=30 * 365 + 8)  # thirty years: a covenant is kept and must stay verifiable long after its year
NO_REVOCATION_AVAILABLE = ObjectIdentifier("2.5.29.56")
_NULL = b"\x05\x00"
_NAME_LIMIT = 64  # bytes of a common name: X.520 allows 64 characters, and common readers count bytes
_TEXT_LIMIT = 256  # bytes of any other text, which keeps a certificate under two kilobytes


class AuthorityProblem(Exception):
    """The authority cannot be made, opened or used. `str(error)` says why and holds nothing secret."""


@dataclass(frozen=True)
class SignerSubject:
    """Whom a certificate names. `position_line` is the line above the name, such as "KT. TRƯỞNG CÔNG AN HUYỆN"."""

    name: str
    rank: str
    unit: str
    position_line: str
    capacity: str
    round_label: str


class OneTimeIdentity:
    """A key that signs once and its certificate. The key never leaves memory and is dropped with its one signature."""

    def __init__(self, key: ec.EllipticCurvePrivateKey, certificate: bytes) -> None:
        self._key: ec.EllipticCurvePrivateKey | None = key
        self.certificate = certificate

    def sign(self, content: bytes) -> bytes:
        """The ECDSA signature (P-256, SHA-256, DER) of the content. Raises `AuthorityProblem` the second time."""
        key, self._key = self._key, None
        if key is None:
            raise AuthorityProblem("this key has signed already")
        return key.sign(content, ec.ECDSA(hashes.SHA256()))

    def __repr__(self) -> str:
        return "<OneTimeIdentity>"

    def __reduce__(self) -> str:
        raise TypeError("a one-time key is never stored or sent")


class Authority(Protocol):
    """Whoever certifies signers: here in this process, later perhaps another process under another account."""

    @property
    def root(self) -> TrustedRoot:
        """The root that verifiers have to trust."""

    @property
    def is_demonstration(self) -> bool:
        """True when the root's key is not protected; what it signs binds nobody."""

    def issue(self, subject: SignerSubject, *, at: datetime) -> OneTimeIdentity:
        """Certify a fresh key for one signature at that moment. Raises `AuthorityProblem`."""


class LocalAuthority:
    """An authority whose root key is a file of this machine, encrypted with a passphrase from the environment."""

    def __init__(self, key: ec.EllipticCurvePrivateKey, root: TrustedRoot) -> None:
        self._key = key
        self.root = root

    @property
    def is_demonstration(self) -> bool:
        """True when the authority was made without a passphrase."""
        return self.root.is_demonstration

    def issue(self, subject: SignerSubject, *, at: datetime) -> OneTimeIdentity:
        """Certify a fresh P-256 key for one signature.

        The certificate runs from the moment of signing to the end of the root: a short one would make every covenant untrusted
        later. Raises `AuthorityProblem` outside the root's life or without a name.
        """
        start = _whole_second(at)
        parent = self.root.parsed
        if not parent.not_valid_before_utc <= start < parent.not_valid_after_utc:
            raise AuthorityProblem(f"the authority is not valid at {start.isoformat()}")
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = _leaf(subject, key.public_key(), parent, start=start).sign(self._key, hashes.SHA256())
        return OneTimeIdentity(key, certificate.public_bytes(Encoding.DER))

    def __repr__(self) -> str:
        return f"<LocalAuthority {self.root.key_hash[:16]}>"

    def __reduce__(self) -> str:
        raise TypeError("an authority is never stored or sent")


def create(folder: Path, *, passphrase: str, name: str, valid_from: datetime, at: datetime) -> LocalAuthority:
    """Make a new root key and certificate in one private file; only set-up does this, never a request.

    Without a passphrase it is a demonstration authority and its name says so. Raises `FileExistsError` when there is one already
    and `AuthorityProblem` for an unusable name or date.
    """
    start = _whole_second(valid_from)
    if start > at:
        raise AuthorityProblem("an authority cannot start in the future")
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _root(_root_name(name, protected=bool(passphrase)), key, start=start)
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, _encryption(passphrase))
    private_files.create(folder / ROOT_FILE, secret + certificate.public_bytes(Encoding.PEM))
    return load(folder, passphrase)


def load(folder: Path, passphrase: str) -> LocalAuthority:
    """Open the authority of that folder.

    Raises `AuthorityProblem` when it is missing, open to other accounts, damaged, or locked by another passphrase.
    """
    pem = _read(folder / ROOT_FILE)
    try:
        key = load_pem_private_key(pem, passphrase.encode() or None)
        root = TrustedRoot.from_pem(pem)
    except (ValueError, TypeError) as error:
        raise AuthorityProblem("the authority's file is damaged or the passphrase is not its own") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != root.parsed.public_key():
        raise AuthorityProblem("the authority's key and certificate do not belong together")
    if not passphrase and not root.is_demonstration:
        raise AuthorityProblem("the key of a real authority lies open, without a passphrase")
    return LocalAuthority(key, root)


def _read(path: Path) -> bytes:
    try:
        return private_files.read(path)
    except FileNotFoundError as error:
        raise AuthorityProblem("there is no signing authority yet") from error
    except private_files.UnsafeFile as error:
        raise AuthorityProblem(str(error)) from error


def _encryption(passphrase: str) -> KeySerializationEncryption:
    return BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()


def _root_name(name: str, *, protected: bool) -> str:
    clean = _one_line(name)
    if protected and DEMONSTRATION_MARK in clean:
        raise AuthorityProblem(f"a real authority cannot be called {DEMONSTRATION_MARK}")
    if not protected and DEMONSTRATION_MARK not in clean:
        clean = f"{DEMONSTRATION_MARK} - {clean}"
    if not _one_line(name) or not _fits(clean):
        raise AuthorityProblem(f"an authority's name has 1 to {_NAME_LIMIT} bytes: {clean!r}")
    return clean


def _root(name: str, key: ec.EllipticCurvePrivateKey, *, start: datetime) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"), x509.NameAttribute(NameOID.COMMON_NAME, name)])
    return (
        _certificate(subject, key.public_key(), issuer=subject)
        .not_valid_before(start)
        .not_valid_after(start + ROOT_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def _leaf(
    subject: SignerSubject, key: ec.EllipticCurvePublicKey, parent: x509.Certificate, *, start: datetime
) -> x509.CertificateBuilder:
    known = parent.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return (
        _certificate(_subject_name(subject), key, issuer=parent.subject)
        .not_valid_before(start)
        .not_valid_after(parent.not_valid_after_utc)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(content_commitment=True), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(known), critical=False)
        .add_extension(x509.UnrecognizedExtension(NO_REVOCATION_AVAILABLE, _NULL), critical=False)
    )


def _certificate(subject: x509.Name, key: ec.EllipticCurvePublicKey, *, issuer: x509.Name) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _subject_name(subject: SignerSubject) -> x509.Name:
    parts = (
        (NameOID.COUNTRY_NAME, "VN"),
        (NameOID.ORGANIZATION_NAME, _one_line(subject.unit)),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, _one_line(subject.capacity)),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, _one_line(subject.round_label)),
        (NameOID.TITLE, _one_line(subject.position_line)),
        (NameOID.COMMON_NAME, _person(subject)),
    )
    return x509.Name([x509.NameAttribute(oid, _cut(value, _TEXT_LIMIT)) for oid, value in parts if value])


def _person(subject: SignerSubject) -> str:
    """Rank and name; without the rank when both are too long for a certificate."""
    name = _one_line(subject.name)
    if not name:
        raise AuthorityProblem("a signer needs a name")
    full = _one_line(f"{subject.rank} {name}")
    return full if _fits(full) else _cut(name, _NAME_LIMIT)


def _usage(*, content_commitment: bool = False, key_cert_sign: bool = False, crl_sign: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=False,
        content_commitment=content_commitment,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        encipher_only=False,
        decipher_only=False,
    )


def _one_line(text: str) -> str:
    return " ".join(nfc(text).split())


def _fits(name: str) -> bool:
    return len(name.encode()) <= _NAME_LIMIT


def _cut(text: str, limit: int) -> str:
    """As many whole letters as have room in that many bytes."""
    return text.encode()[:limit].decode(errors="ignore").rstrip()


def _whole_second(moment: datetime) -> datetime:
    """Certificates count in whole seconds, rounded down so that the certificate never starts after the signature."""
    return moment.astimezone(UTC).replace(microsecond=0)
