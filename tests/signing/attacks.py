"""The attacks of the threat model, made the way an attacker would: with pyHanko, pikepdf and raw bytes.

Nothing here imports our verifier. Each function takes the bytes of a signed paper and gives back a forged file.
"""

import asyncio
import io
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pikepdf
from asn1crypto import cms, x509
from cryptography import x509 as pyca
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner
from pyhanko.stamp import NoOpStampStyle


class StrangersSigner(Signer):
    """pyHanko's signer with somebody's certificate and key; `identity` has `certificate` (DER) and `sign`."""

    def __init__(self, identity):
        super().__init__(signing_cert=x509.Certificate.load(identity.certificate), embed_roots=False)
        self._identity = identity

    async def async_sign_raw(self, data, digest_algorithm, dry_run=False):
        return self._identity.sign(data)


class QuietWriter(IncrementalPdfFileWriter):
    """Leaves the metadata alone, so that nothing shows but the attack itself."""

    def _update_meta(self) -> None:
        pass


class QuietSigner(PdfSigner):
    """Declares no extensions either."""

    def register_extensions(self, pdf_out, *, md_algorithm) -> None:
        pass


def sign_with_pyhanko(
    pdf: bytes, identity, *, field: str, new_box=None, prepare: Callable | None = None, quiet: bool = False
) -> bytes:
    """A signature as any outside tool makes it, in an existing field or (with `new_box`) in a new one on the first page."""
    writer = (QuietWriter if quiet else IncrementalPdfFileWriter)(io.BytesIO(pdf))
    if new_box is not None:
        append_signature_field(writer, SigFieldSpec(field, on_page=0, box=new_box))
    if prepare is not None:
        prepare(writer)
    facts = PdfSignatureMetadata(field_name=field, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    signer = QuietSigner(facts, StrangersSigner(identity), stamp_style=NoOpStampStyle()) if quiet else None
    signer = signer or PdfSigner(facts, StrangersSigner(identity))
    signing = signer.async_sign_pdf(writer, existing_fields_only=True, bytes_reserved=8192)
    return asyncio.run(signing).getvalue()


def update(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], None], *, quiet: bool = False) -> bytes:
    """The file with one more revision in which `change` was made."""
    writer = (QuietWriter if quiet else IncrementalPdfFileWriter)(io.BytesIO(pdf))
    change(writer)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def field_of(handler, name: str) -> generic.IndirectObject:
    return next(entry for entry in handler.root["/AcroForm"]["/Fields"] if entry.get_object()["/T"] == name)


# --- a signature that does not belong ---------------------------------------------------------------------------------------


def cut_off_last_revision(pdf: bytes) -> bytes:
    """Everything after the last but one end-of-file mark is gone, and with it the last signature."""
    ends = [match.end() for match in re.finditer(rb"%%EOF\n", pdf)]
    return pdf[: ends[-2]]


def add_field_for_a_stranger(pdf: bytes, identity) -> bytes:
    """A stranger with a certificate of the same authority adds a field for himself and signs."""
    return sign_with_pyhanko(pdf, identity, field="sig-moi", new_box=(60, 100, 240, 160))


def one_signature_in_two_fields(pdf: bytes, identity, *, own: str, stolen: str) -> bytes:
    """A signer shows his one signature in a second field as well, so that it counts twice."""

    def show_twice(writer: IncrementalPdfFileWriter) -> None:
        mine = field_of(writer, own).get_object()
        hook = mine.__class__.__setitem__

        def set_both(dictionary, key, value):
            hook(dictionary, key, value)
            if key == "/V":
                other = field_of(writer, stolen)
                hook(other.get_object(), pdf_name("/V"), value)
                writer.mark_update(other)

        mine.__class__ = type("Shown", (mine.__class__,), {"__setitem__": set_both})

    return sign_with_pyhanko(pdf, identity, field=own, prepare=show_twice)


def sign_the_same_base_twice(base: bytes, identities, fields) -> list[bytes]:
    """Two persons sign the same base at the same moment: each file lacks the other's signature."""
    return [sign_with_pyhanko(base, identity, field=field) for identity, field in zip(identities, fields, strict=True)]


# --- content that changes after signing --------------------------------------------------------------------------------------


def base_with_hidden_field(paper: bytes) -> bytes:
    """A paper prepared for a shadow attack: an empty text field lies over the page, waiting to be "filled in"."""
    with pikepdf.open(io.BytesIO(paper)) as document:
        page = document.pages[0].obj
        blank = document.make_stream(b"q Q", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 400, 60])
        widget = document.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T="note", F=4, P=page,
                Rect=[20, 780, 420, 840], AP=pikepdf.Dictionary(N=blank), DA="/Helv 12 Tf 0 g",
            )
        )  # fmt: skip
        page.Annots = pikepdf.Array([*page.get("/Annots", []), widget])
        document.Root.AcroForm.Fields.append(widget)
        output = io.BytesIO()
        document.save(output, min_version="1.7", object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return output.getvalue().rstrip() + b"\n"


def fill_in_the_hidden_field(pdf: bytes) -> bytes:
    """The other half of the shadow attack: other words appear over the page as the value of the form field."""

    def fill(writer: IncrementalPdfFileWriter) -> None:
        field = field_of(writer, "note")
        drawn = b"1 1 1 rg 0 0 400 60 re f 0 g BT /F1 12 Tf 0 4 Td (dieu 1, chi tieu 10 %) Tj ET"
        look = generic.StreamObject(
            {
                pdf_name("/Type"): pdf_name("/XObject"),
                pdf_name("/Subtype"): pdf_name("/Form"),
                pdf_name("/BBox"): generic.ArrayObject(generic.NumberObject(side) for side in (0, 0, 400, 60)),
                pdf_name("/Resources"): generic.DictionaryObject({pdf_name("/Font"): _helvetica()}),
            },
            stream_data=drawn,
        )
        dictionary = field.get_object()
        dictionary[pdf_name("/V")] = generic.pdf_string("10 %")
        dictionary[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): writer.add_object(look)})
        writer.mark_update(field)

    return update(pdf, fill)


def add_page(pdf: bytes) -> bytes:
    def add(writer: IncrementalPdfFileWriter) -> None:
        pages = writer.root["/Pages"]
        page = generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Page"),
                pdf_name("/Parent"): writer.root.raw_get("/Pages"),
                pdf_name("/MediaBox"): generic.ArrayObject(generic.NumberObject(side) for side in (0, 0, 595, 842)),
                pdf_name("/Resources"): generic.DictionaryObject(),
            }
        )
        pages["/Kids"].append(writer.add_object(page))
        pages["/Count"] = generic.NumberObject(pages["/Count"] + 1)
        writer.update_container(pages)

    return update(pdf, add)


def remove_page(pdf: bytes) -> bytes:
    def remove(writer: IncrementalPdfFileWriter) -> None:
        pages = writer.root["/Pages"]
        del pages["/Kids"][0]
        pages["/Count"] = generic.NumberObject(pages["/Count"] - 1)
        writer.update_container(pages)

    return update(pdf, remove)


def white_box_over_a_clause(pdf: bytes) -> bytes:
    """New content on the first page that hides the old words and shows others."""

    def paint(writer: IncrementalPdfFileWriter) -> None:
        drawn = b"q 1 1 1 rg 0 780 595 60 re f Q BT /F1 12 Tf 20 802 Td (dieu 1, chi tieu 10 %) Tj ET"
        writer.add_stream_to_page(0, writer.add_object(generic.StreamObject(stream_data=drawn)))

    return update(pdf, paint)


def add_note(pdf: bytes) -> bytes:
    """A comment on the first page, as any reader adds it."""

    def comment(writer: IncrementalPdfFileWriter) -> None:
        page = writer.root["/Pages"]["/Kids"][0].get_object()
        note = generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Annot"),
                pdf_name("/Subtype"): pdf_name("/FreeText"),
                pdf_name("/Rect"): generic.ArrayObject(generic.NumberObject(side) for side in (20, 700, 300, 740)),
                pdf_name("/Contents"): generic.pdf_string("bản này thay bản trước"),
                pdf_name("/DA"): generic.pdf_string("/Helv 12 Tf"),
            }
        )
        page[pdf_name("/Annots")] = generic.ArrayObject([*page.get("/Annots", ()), writer.add_object(note)])
        writer.mark_update(writer.root["/Pages"]["/Kids"].raw_get(0))

    return update(pdf, comment)


def remove_signature_value(pdf: bytes, name: str) -> bytes:
    def remove(writer: IncrementalPdfFileWriter) -> None:
        field = field_of(writer, name)
        del field.get_object()["/V"]
        writer.mark_update(field)

    return update(pdf, remove)


def swap_appearances(pdf: bytes, first: str, second: str) -> bytes:
    """The marks of two signers change places; their signatures stay where they are."""

    def swap(writer: IncrementalPdfFileWriter) -> None:
        one, other = field_of(writer, first), field_of(writer, second)
        looks = one.get_object()["/AP"], other.get_object()["/AP"]
        other.get_object()[pdf_name("/AP")], one.get_object()[pdf_name("/AP")] = looks
        writer.mark_update(one)
        writer.mark_update(other)

    return update(pdf, swap)


# --- bytes ---------------------------------------------------------------------------------------------------------------------


def flip_a_byte_of_a_page(pdf: bytes) -> bytes:
    """One bit in the compressed words of a page."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        words = document.pages[0].obj.Contents.read_raw_bytes()
    place = pdf.index(words) + len(words) // 2
    return pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]


def change_padding(pdf: bytes) -> bytes:
    """The last signature is followed by zeros up to the room kept for it; one of them becomes another digit."""
    _start, end = _last_contents(pdf)
    return pdf[: end - 1] + b"1" + pdf[end:]


def change_what_the_signature_does_not_sign(pdf: bytes) -> bytes:
    """Put another certificate beside the signer's into the last signature: that list is not under the signature."""
    start, end = _last_contents(pdf)
    message = cms.ContentInfo.load(bytes.fromhex(pdf[start:end].decode()))
    message["content"]["certificates"].append(
        cms.CertificateChoices("certificate", x509.Certificate.load(_smallest_certificate()))
    )
    digits = message.dump(force=True).hex().encode()
    if len(digits) > end - start:
        raise ValueError("no room for another certificate")
    return pdf[:start] + digits.ljust(end - start, b"0") + pdf[end:]


def break_the_message(pdf: bytes) -> bytes:
    """The last signature's own structure is torn."""
    start, end = _last_contents(pdf)
    return pdf[:start] + b"30820fff" + pdf[start + 8 : end] + pdf[end:]


def move_the_gap(pdf: bytes) -> bytes:
    """The byte range of the last signature leaves out more than the signature, to make room for unsigned content."""
    found = list(re.finditer(rb"/ByteRange \[0 (\d+) (\d+) (\d+)\]( *)", pdf))[-1]
    before, after, length = (int(found[number]) for number in (1, 2, 3))
    new = b"/ByteRange [0 %d %d %d]" % (before, after + 40, length - 40)
    return pdf[: found.start()] + new.ljust(len(found[0])) + pdf[found.end() :]


def shorten_the_range(pdf: bytes) -> bytes:
    """The last signature says that it signs only what is before it."""
    found = list(re.finditer(rb"/ByteRange \[0 (\d+) \d+ \d+\] *", pdf))[-1]
    new = b"/ByteRange [0 %d]" % int(found[1])
    return pdf[: found.start()] + new.ljust(len(found[0])) + pdf[found.end() :]


def _smallest_certificate() -> bytes:
    key, day = ec.generate_private_key(ec.SECP256R1()), datetime(2020, 1, 1, tzinfo=UTC)
    name = pyca.Name([pyca.NameAttribute(NameOID.COMMON_NAME, "x")])
    builder = pyca.CertificateBuilder(name, name, key.public_key(), 1, day, day + timedelta(days=1))
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


def _last_contents(pdf: bytes) -> tuple[int, int]:
    found = list(re.finditer(rb"/Contents <([0-9a-fA-F]+)>", pdf))[-1]
    return found.start(1), found.end(1)


def _helvetica() -> generic.DictionaryObject:
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    names = generic.DictionaryObject({pdf_name(key): pdf_name(value) for key, value in font.items()})
    return generic.DictionaryObject({pdf_name("/F1"): names})
