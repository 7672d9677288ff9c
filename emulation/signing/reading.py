"""Reading signatures out of a PDF, strictly: what each one covers, who made it, and whether it holds.

Everything here may raise; the caller decides what an unreadable file means. Nothing is fetched, and only the given roots are
trusted.
"""

import hashlib
import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from asn1crypto import parser
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.decode_limits import DecodeLimits
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from emulation.lib.vietnamese import nfc
from emulation.signing.act_attribute import read_act_digest
from emulation.signing.coroutines import complete
from emulation.signing.trust import TrustedRoot, common_name

# What pyHanko finds is ours to tell; its log would put signers' names and what strangers hand in among our own messages.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class FormField:
    """One entry of the form. Ours are all signature fields without children; anything else is foreign."""

    name: str
    is_signature: bool
    is_signed: bool
    dictionary: generic.DictionaryObject


@dataclass(frozen=True)
class ReadSignature:
    """One signature as it was read. Times are the signer's claim; digests are SHA-256 in hexadecimal."""

    field: str
    revision: int
    signer: str
    organisation: str
    title: str
    capacities: tuple[str, ...]
    signed_at: datetime | None
    certificate_sha256: str
    signature_sha256: str
    act_sha256: str
    root_key_hash: str
    intact: bool
    valid: bool
    trusted: bool
    covers_revision: bool
    covers_whole_file: bool
    is_plain: bool


def open_reader(pdf: bytes) -> PdfFileReader:
    """A strict reader with limits on what streams may unpack to."""
    return PdfFileReader(io.BytesIO(pdf), strict=True, decode_limits=DecodeLimits.for_untrusted_input())


def form_fields(reader: PdfFileReader) -> list[FormField]:
    """All fields at the root of the form. Raises `PdfReadError` when two have one name or one is not a dictionary of its own."""
    form = entry_of(reader.root, "/AcroForm", {})
    fields = [_form_field(entry) for entry in entry_of(form, "/Fields", ())]
    if len({field.name for field in fields}) != len(fields):
        raise PdfReadError("two fields have the same name")
    return fields


def entry_of(dictionary: Any, key: str, default: object = None) -> Any:
    """The value of a dictionary's entry. `get` would hand over a value that is an object of its own as a bare reference."""
    return dictionary[key] if key in dictionary else default  # noqa: SIM401


def signature_fields(reader: PdfFileReader) -> dict[str, FormField]:
    """The signature fields by name, in the order of the form."""
    return {field.name: field for field in form_fields(reader) if field.is_signature}


def read_signature(reader: PdfFileReader, field: FormField, *, roots: Sequence[TrustedRoot]) -> ReadSignature:
    """Read and validate the signature in that field, without looking at later revisions.

    Trust is judged at the time that the signature claims: a root that has ended still verifies what was signed under it.
    """
    embedded = EmbeddedPdfSignature(reader, field.dictionary, field.name)
    signed_at = embedded.self_reported_timestamp
    status = complete(
        async_validate_pdf_signature(embedded, signer_validation_context=_context(roots, signed_at), skip_diff=True)
    )
    leaf = x509.load_der_x509_certificate(embedded.signer_cert.dump())
    issuer = _issuer(leaf, roots)
    exact = _hole_is_exact(embedded)
    return ReadSignature(
        field=field.name,
        revision=embedded.signed_revision,
        signer=common_name(leaf.subject),
        organisation=_joined(leaf.subject, NameOID.ORGANIZATION_NAME),
        title=_joined(leaf.subject, NameOID.TITLE),
        capacities=_values(leaf.subject, NameOID.ORGANIZATIONAL_UNIT_NAME),
        signed_at=signed_at.astimezone(UTC) if signed_at is not None else None,
        certificate_sha256=hashlib.sha256(leaf.public_bytes(Encoding.DER)).hexdigest(),
        signature_sha256=hashlib.sha256(embedded.signer_info["signature"].native).hexdigest(),
        act_sha256=read_act_digest(embedded.signer_info).hex(),
        root_key_hash=issuer.key_hash if issuer is not None else "",
        intact=bool(status.intact),
        valid=bool(status.valid),
        trusted=bool(status.trusted) and issuer is not None,
        covers_revision=exact and status.coverage >= SignatureCoverageLevel.ENTIRE_REVISION,
        covers_whole_file=exact and status.coverage == SignatureCoverageLevel.ENTIRE_FILE and _reaches_the_end(embedded),
        is_plain=_is_plain(embedded),
    )


def _form_field(entry: generic.PdfObject) -> FormField:
    dictionary = entry.get_object()  # type: ignore[no-untyped-call]
    if not isinstance(entry, generic.IndirectObject) or not isinstance(dictionary, generic.DictionaryObject):
        raise PdfReadError("a form field must be an object of its own")
    return FormField(
        name=nfc(str(dictionary["/T"])),
        is_signature=entry_of(dictionary, "/FT") == "/Sig" and "/Kids" not in dictionary,
        is_signed="/V" in dictionary,
        dictionary=dictionary,
    )


def _context(roots: Sequence[TrustedRoot], moment: datetime | None) -> ValidationContext:
    return ValidationContext(
        trust_roots=[asn1.Certificate.load(root.certificate) for root in roots],
        allow_fetching=False,
        revocation_mode="soft-fail",  # there is nothing to ask: the keys are gone (RFC 9608)
        moment=moment,
    )


def _issuer(leaf: x509.Certificate, roots: Sequence[TrustedRoot]) -> TrustedRoot | None:
    """The root whose key signed the certificate; names are not believed."""
    for root in roots:
        try:
            leaf.verify_directly_issued_by(root.parsed)
        except (InvalidSignature, ValueError, TypeError):
            continue
        return root
    return None


def _hole_is_exact(embedded: EmbeddedPdfSignature) -> bool:
    """Is the one gap in the signed bytes the signature itself, followed by nothing but zeros?"""
    content = embedded.pkcs7_content
    if len(embedded.byte_range) != 4:
        return False
    start, before, after, _length = (int(part) for part in embedded.byte_range)
    stream = embedded.reader.stream
    stream.seek(before)
    hole = stream.read(max(0, after - before))
    size = parser.peek(content)
    return start == 0 and hole.lower() == b"<" + content.hex().encode() + b">" and not content[size:].strip(b"\0")


def _reaches_the_end(embedded: EmbeddedPdfSignature) -> bool:
    stream = embedded.reader.stream
    return int(stream.seek(0, io.SEEK_END)) == int(embedded.byte_range[2]) + int(embedded.byte_range[3])


def _is_plain(embedded: EmbeddedPdfSignature) -> bool:
    """An approval signature as we make them: PAdES, without permissions or locks, and with nothing in it that it does not sign.

    Its one certificate is tied to it by a signed attribute; further certificates, lists and unsigned attributes would be open to
    whoever passes the file on.
    """
    signature, message = embedded.sig_object, embedded.signed_data
    return bool(
        entry_of(signature, "/SubFilter") == SigSeedSubFilter.PADES.value
        and "/Reference" not in signature
        and len(message["certificates"]) == 1
        and not message["crls"]
        and not embedded.signer_info["unsigned_attrs"]
    )


def _values(name: x509.Name, oid: x509.ObjectIdentifier) -> tuple[str, ...]:
    return tuple(nfc(str(part.value)) for part in name.get_attributes_for_oid(oid))


def _joined(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    return ", ".join(_values(name, oid))
