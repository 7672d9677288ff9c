"""What tools other than ours say of a file: pyHanko as it comes, with its own rules, and poppler's pdfsig."""

import asyncio
import io
import re
import subprocess
from pathlib import Path

from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext


def pyhanko_verdicts(pdf: bytes, root_pem: bytes) -> list[bool]:
    """pyHanko's last word ("bottom line") on each signature, in the order of signing."""
    reader = PdfFileReader(io.BytesIO(pdf), strict=True)
    root = x509.Certificate.load(pem.unarmor(root_pem)[2])
    return [_verdict(signature, root) for signature in reader.embedded_regular_signatures]


def pdfsig_verdicts(pdf: bytes, folder: Path) -> list[bool]:
    """poppler's word on each signature: are its bytes as they were signed? It knows no root and looks at no later change."""
    file = folder / "outside.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=False, timeout=60)
    return [found == "Signature is Valid." for found in re.findall(r"- Signature Validation: (.*)", done.stdout)]


def text_of(pdf: bytes, folder: Path) -> str:
    """The words that a reader sees."""
    file = folder / "text.pdf"
    file.write_bytes(pdf)
    return subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=False, timeout=60).stdout


def _verdict(signature, root) -> bool:
    context = ValidationContext(
        trust_roots=[root],
        allow_fetching=False,
        revocation_mode="soft-fail",
        moment=signature.self_reported_timestamp,
    )
    return asyncio.run(async_validate_pdf_signature(signature, signer_validation_context=context)).bottom_line
