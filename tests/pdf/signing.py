"""A signer of the tests' own, made of pyHanko alone: it shares nothing with the signing of the product."""

import datetime as dt
import io
import tempfile

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.content import ImportedPdfPage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, InnerScaling, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext

_RESERVED = 8192
_CENTRED = SimpleBoxLayoutRule(
    x_align=AxisAlignment.ALIGN_MID,
    y_align=AxisAlignment.ALIGN_MID,
    margins=Margins(0, 0, 0, 0),
    inner_content_scaling=InnerScaling.NO_SCALING,
)


class TestSigner:
    """One key with a certificate that it issued to itself."""

    __test__ = False

    def __init__(self) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Nguyễn Văn A (thử)")])
        now = dt.datetime.now(dt.UTC)
        usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
        self.certificate = (
            x509.CertificateBuilder(name, name, key.public_key(), 7, now - dt.timedelta(days=1), now + dt.timedelta(days=2))
            .add_extension(usage, critical=True)
            .sign(key, hashes.SHA256())
        )
        bundle = pkcs12.serialize_key_and_certificates(b"test", key, self.certificate, None, NoEncryption())
        self._signer = signers.SimpleSigner.load_pkcs12_data(bundle, None)

    def sign(self, content: bytes, *, field: str, stamp: bytes) -> bytes:
        """The content with one signature appended in an existing field."""
        with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
            file.write(stamp)
            file.flush()
            background = ImportedPdfPage(file.name)
            style = StaticStampStyle(border_width=0, background=background, background_opacity=1, background_layout=_CENTRED)
            facts = signers.PdfSignatureMetadata(field, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES)
            writer = IncrementalPdfFileWriter(io.BytesIO(content))
            signer = signers.PdfSigner(facts, self._signer, stamp_style=style)
            return signer.sign_pdf(writer, existing_fields_only=True, bytes_reserved=_RESERVED).getvalue()

    def verdicts(self, content: bytes) -> list[bool]:
        """Whether each signature is sound, with everything that was appended after it."""
        trusted = asn1.Certificate.load(self.certificate.public_bytes(Encoding.DER))
        context = ValidationContext(trust_roots=[trusted], allow_fetching=False)
        reader = PdfFileReader(io.BytesIO(content))
        return [validate_pdf_signature(found, context).bottom_line for found in reader.embedded_regular_signatures]
