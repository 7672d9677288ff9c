"""One PAdES signature appended to the agreed bytes, in the field of one unit, and the check that nothing else was appended.

Plain approval signatures, never a certification: outside signing tools refuse certified files. Each signature is an incremental
update, so every earlier revision stays an exact prefix of the file.
"""

import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from asn1crypto import x509
from pyhanko.pdf_utils import layout
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.attributes import CMSAttributeProvider
from pyhanko.sign.diff_analysis import SuspiciousModification
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_cms import CAdESSignedAttributeProviderSpec, PdfCMSSignedAttributes, Signer
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner, PdfSigningSession
from pyhanko.stamp import BaseStampStyle, NoOpStampStyle, StaticStampStyle

from emulation.lib import garbage
from emulation.signing import differences, reading
from emulation.signing.act_attribute import ActDigestProvider
from emulation.signing.authority import OneTimeIdentity
from emulation.signing.coroutines import complete
from emulation.signing.trust import TrustedRoot

# Bytes of a signature beside its certificate: 560 to 800, by the length of the root's name (measured), and some to spare.
_BESIDE_CERTIFICATE = 1000
_CENTRED = layout.SimpleBoxLayoutRule(x_align=layout.AxisAlignment.ALIGN_MID, y_align=layout.AxisAlignment.ALIGN_MID)


class Unsignable(Exception):
    """The file cannot take this signature: no such field, signed already, or not a PDF that we froze."""


class Break(StrEnum):
    """Why an appended revision is refused."""

    PREFIX = "prefix"
    UNREADABLE = "unreadable"
    REVISIONS = "revisions"
    FIELDS = "fields"
    CHANGES = "changes"
    SIGNATURE = "signature"
    COVERAGE = "coverage"
    TRUST = "trust"
    ACT = "act"


class SignatureBroken(Exception):
    """The appended revision is not one sound signature in its own field. `reason` says what is wrong."""

    def __init__(self, reason: Break, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason


@dataclass(frozen=True)
class SignedRevision:
    """The whole file with one more signature, and the two digests that tie the signature to its slot in the ledger."""

    pdf: bytes
    certificate_sha256: str
    signature_sha256: str


def append_signature(
    pdf: bytes, *, field_name: str, identity: OneTimeIdentity, act_sha256: bytes, stamp_pdf: bytes | None, at: datetime
) -> SignedRevision:
    """Sign the file in its existing, empty field.

    `act_sha256` is the digest of the recorded act, which goes under the signature; `stamp_pdf` a one-page PDF of the field's size
    to be shown in it, or None to leave the field blank; `at` the moment of signing. Raises `Unsignable`.
    """
    signer = _OneTimeSigner(identity, act_sha256)
    try:
        writer = _SignatureOnlyWriter(io.BytesIO(pdf))
        _demand_empty_field(writer.prev, field_name)
        session = _open_session(writer, signer, field_name=field_name, stamp_pdf=stamp_pdf)
        session.system_time = at
        signed = complete(_sign(session, reserved=_reserved(identity)))
    except (PdfError, SigningError, layout.LayoutError) as error:
        raise Unsignable(str(error)) from error
    return SignedRevision(
        pdf=signed,
        certificate_sha256=hashlib.sha256(identity.certificate).hexdigest(),
        signature_sha256=hashlib.sha256(signer.signature).hexdigest(),
    )


def check_appended(previous: bytes, current: bytes, *, field_name: str, roots: Sequence[TrustedRoot], act_sha256: bytes) -> None:
    """Demand that `current` is `previous` plus exactly one sound signature in that field.

    It must cover the whole file, be intact, come from one of the roots by its key, and carry the digest of the recorded act. Only
    the last step is compared: the earlier ones were when they were stored. Raises `SignatureBroken`.
    """
    if len(current) <= len(previous) or not current.startswith(previous):
        raise SignatureBroken(Break.PREFIX)
    try:
        with garbage.put_off():
            _check_revision(previous, current, field_name=field_name, roots=roots, act_sha256=act_sha256)
    except SuspiciousModification as error:
        raise SignatureBroken(Break.CHANGES, str(error)) from error
    except SignatureBroken:
        raise
    except Exception as error:  # whatever the reader stumbles over, the revision is not accepted
        raise SignatureBroken(Break.UNREADABLE, f"{type(error).__name__}: {error}") from error


def _check_revision(previous: bytes, current: bytes, *, field_name: str, roots: Sequence[TrustedRoot], act_sha256: bytes) -> None:
    before, after = reading.open_reader(previous), reading.open_reader(current)
    last = after.xrefs.total_revisions - 1
    if last != before.xrefs.total_revisions or after.xrefs.get_startxref_for_revision(last - 1) != before.last_startxref:
        raise SignatureBroken(Break.REVISIONS)
    old, new = reading.signature_fields(before), reading.signature_fields(after)
    filled = {name for name, field in new.items() if field.is_signed} - {name for name, field in old.items() if field.is_signed}
    if list(old) != list(new) or filled != {field_name}:
        raise SignatureBroken(Break.FIELDS)
    differences.filled_field(after, revision=last)
    _check_signature(reading.read_signature(after, new[field_name], roots=roots), act_sha256=act_sha256)


def _check_signature(signature: reading.ReadSignature, *, act_sha256: bytes) -> None:
    if not signature.covers_whole_file:
        raise SignatureBroken(Break.COVERAGE)
    if not (signature.intact and signature.valid and signature.is_plain):
        raise SignatureBroken(Break.SIGNATURE)
    if not signature.trusted:
        raise SignatureBroken(Break.TRUST)
    if signature.act_sha256 != act_sha256.hex():
        raise SignatureBroken(Break.ACT)


def _demand_empty_field(reader: PdfFileReader, field_name: str) -> None:
    field = reading.signature_fields(reader).get(field_name)
    if field is None:
        raise Unsignable(f"there is no signature field {field_name}")
    if field.is_signed:
        raise Unsignable(f"the signature field {field_name} is signed already")


def _open_session(
    writer: IncrementalPdfFileWriter, signer: "_OneTimeSigner", *, field_name: str, stamp_pdf: bytes | None
) -> PdfSigningSession:
    facts = PdfSignatureMetadata(field_name=field_name, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    pdf_signer = _PlainPdfSigner(facts, signer, stamp_style=_style(stamp_pdf))
    return pdf_signer.init_signing_session(writer, existing_fields_only=True)


def _reserved(identity: OneTimeIdentity) -> int:
    """Hexadecimal digits to keep free for the signature. Known beforehand, so that no trial signature is needed."""
    return 2 * (len(identity.certificate) + _BESIDE_CERTIFICATE)


async def _sign(session: PdfSigningSession, *, reserved: int) -> bytes:
    document = session.prepare_tbs_document(None, bytes_reserved=reserved)
    output = io.BytesIO()
    digest, _ = document.digest_tbs_document(output=output)
    await document.perform_signature(digest.document_digest, PdfCMSSignedAttributes(signing_time=session.system_time))
    return output.getvalue()


def _style(stamp_pdf: bytes | None) -> BaseStampStyle:
    if stamp_pdf is None:
        return NoOpStampStyle()
    return StaticStampStyle(border_width=0, background=_StampPage(stamp_pdf), background_layout=_CENTRED)


class _StampPage(PdfContent):
    """The first page of a PDF held in memory; pyHanko's own importer reads files only."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__()
        self._pdf = pdf

    def render(self) -> bytes:
        page = self._ensure_writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._pdf)))
        self.resources.xobject["/Stamp"] = page
        left, bottom, right, top = page.get_object()["/BBox"]
        self.box = layout.BoxConstraints(width=abs(right - left), height=abs(top - bottom))
        return b"/Stamp Do"


class _SignatureOnlyWriter(IncrementalPdfFileWriter):
    """Appends the signature and leaves title, dates and conformance marks of the frozen file as they are."""

    def _update_meta(self) -> None:
        """Nothing: pyHanko would name itself as the producer and rewrite the metadata with each signature."""


class _PlainPdfSigner(PdfSigner):
    """Declares no extensions in the catalog, so that a signature touches its own field only."""

    def register_extensions(self, pdf_out: BasePdfFileWriter, *, md_algorithm: str) -> None:
        """Nothing: P-256 with SHA-256 and ETSI.CAdES.detached are known to every verifier that knows PAdES."""


class _SignedAttributes(CAdESSignedAttributeProviderSpec):
    """The attributes of PAdES and the digest of the recorded act."""

    def __init__(self, certificate: x509.Certificate, act_sha256: bytes) -> None:
        super().__init__(PdfCMSSignedAttributes(), signing_cert=certificate, is_pades=True, timestamper=None)
        self._act = ActDigestProvider(act_sha256)

    def signed_attr_providers(self, data_digest: bytes, digest_algorithm: str) -> Iterable[CMSAttributeProvider]:
        return self._all(data_digest, digest_algorithm)

    def _all(self, data_digest: bytes, digest_algorithm: str) -> Iterator[CMSAttributeProvider]:
        yield from super().signed_attr_providers(data_digest, digest_algorithm)
        yield self._act


class _OneTimeSigner(Signer):
    """Signs with an identity that can sign once; the root is not embedded, since trust must not come from the file itself."""

    def __init__(self, identity: OneTimeIdentity, act_sha256: bytes) -> None:
        certificate = x509.Certificate.load(identity.certificate)
        super().__init__(signing_cert=certificate, embed_roots=False)
        self.signed_attr_prov_spec = _SignedAttributes(certificate, act_sha256)
        self._identity = identity
        self.signature = b""

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: ARG002
        self.signature = self._identity.sign(data)
        return self.signature
