"""Roots that a verifier trusts. Trust goes by the key, never by the name, which anybody may copy."""

import hashlib
from dataclasses import dataclass
from functools import cached_property

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID

from emulation.lib.vietnamese import nfc

DEMONSTRATION_MARK = "MẪU"


@dataclass(frozen=True)
class TrustedRoot:
    """A root certificate (DER). A retired root stays trusted for what it signed."""

    certificate: bytes

    @classmethod
    def from_pem(cls, pem: bytes) -> "TrustedRoot":
        """Read the first certificate of a PEM text. Raises `ValueError` when there is none."""
        return cls(x509.load_pem_x509_certificate(pem).public_bytes(Encoding.DER))

    @property
    def pem(self) -> bytes:
        """The certificate as others install it."""
        return self.parsed.public_bytes(Encoding.PEM)

    @cached_property
    def parsed(self) -> x509.Certificate:
        """The certificate taken apart."""
        return x509.load_der_x509_certificate(self.certificate)

    @cached_property
    def key_hash(self) -> str:
        """SHA-256 of the subject public key info, in hexadecimal: what the database keeps as its trust anchor."""
        return key_hash(self.parsed)

    @property
    def name(self) -> str:
        """The common name of the root."""
        return common_name(self.parsed.subject)

    @property
    def is_demonstration(self) -> bool:
        """A root whose key is not protected says so in its name; its signatures bind nobody."""
        return DEMONSTRATION_MARK in self.name


def key_hash(certificate: x509.Certificate) -> str:
    """SHA-256, in hexadecimal, of a certificate's subject public key info (DER)."""
    key = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(key).hexdigest()


def common_name(name: x509.Name) -> str:
    """The common name in composed form, or "" when there is none."""
    return next((nfc(str(part.value)) for part in name.get_attributes_for_oid(NameOID.COMMON_NAME)), "")
