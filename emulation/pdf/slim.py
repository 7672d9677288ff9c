"""Making a stamp small: every signature carries its own, and twenty of them are stored and checked together."""

import io
import struct

import pikepdf
from pikepdf import Dictionary, Name, Pdf, Stream

# What a font needs inside a PDF (ISO 32000-1, 9.9); names, metrics for word processors and character maps are not read there.
_NEEDED = (b"cvt ", b"fpgm", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"prep")
_HEADER = struct.Struct(">4sHHHH")
_ENTRY = struct.Struct(">4sIII")


def slim(pdf: bytes) -> bytes:
    """The one-page PDF without unused colour spaces, and with its TrueType fonts cut down to what a PDF reader needs."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        _drop_unused_resources(document)
        for font in document.objects:
            if isinstance(font, Dictionary) and Name.FontFile2 in font:
                _cut_font(document, font)
        slimmed = io.BytesIO()
        document.save(slimmed, recompress_flate=True, deterministic_id=True)
    return slimmed.getvalue()


def _drop_unused_resources(document: Pdf) -> None:
    resources = document.pages[0].Resources
    for key in (Name.ColorSpace, Name.Pattern, Name.Shading):
        if key in resources:
            del resources[key]
    for key in (Name.XObject, Name.ExtGState):
        if key in resources and not len(resources[key]):
            del resources[key]


def _cut_font(document: Pdf, descriptor: pikepdf.Object) -> None:
    cut = needed_tables(descriptor.FontFile2.read_bytes())
    descriptor.FontFile2 = Stream(document, cut, Length1=len(cut))


def needed_tables(font: bytes) -> bytes:
    """A TrueType file with only the tables that a PDF reader needs; the bytes of the tables stay as they are."""
    version, count, *_ = _HEADER.unpack_from(font)
    entries = [_ENTRY.unpack_from(font, _HEADER.size + place * _ENTRY.size) for place in range(count)]
    kept = [entry for entry in entries if entry[0] in _NEEDED]
    power = len(kept).bit_length() - 1
    head = _HEADER.pack(version, len(kept), 16 << power, power, 16 * len(kept) - (16 << power))
    offset = _HEADER.size + len(kept) * _ENTRY.size
    directory, body = b"", b""
    for tag, checksum, start, length in kept:
        directory += _ENTRY.pack(tag, checksum, offset + len(body), length)
        body += font[start : start + length] + b"\0" * (-length % 4)
    return head + directory + body
