"""Files made to exhaust or to confuse whoever opens them. Nothing here imports our verifier."""

import io
import zlib

import pikepdf


def bomb(size: int = 200 * 1024 * 1024) -> bytes:
    """A small file whose metadata and whose object stream unpack to hundreds of megabytes."""
    packer = zlib.compressobj(9)
    chunk = b" " * (1024 * 1024)
    packed = b"".join(packer.compress(chunk) for _ in range(size // len(chunk))) + packer.flush()
    head = b"<< /Type /ObjStm /N 2 /First 10 /Filter /FlateDecode /Length %d >>" % len(packed)
    return plain_pdf({1: b"<< /Type /Catalog /Pages 5 0 R /AcroForm 6 0 R >>"}, {4: (head, packed)}, in_stream={5: 0, 6: 1})


def circular_pages() -> bytes:
    """A page tree that contains itself."""
    return plain_pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>",
            3: b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>",
        }
    )


def circular_previous() -> bytes:
    """A cross-reference table that names itself as the one before it."""
    pdf = plain_pdf({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [] /Count 0 >>"})
    start = int(pdf.rsplit(b"startxref\n", 1)[1].split()[0])
    return pdf.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % start)


def deep_nesting(depth: int = 200_000) -> bytes:
    """An array in an array in an array."""
    return plain_pdf({1: b"<< /Type /Catalog /Pages 2 0 R /AcroForm " + b"[" * depth + b"]" * depth + b" >>"})


def circular_fields() -> bytes:
    """A form field that is its own child."""
    return plain_pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] >> >>",
            2: b"<< /Type /Pages /Kids [] /Count 0 >>",
            4: b"<< /T (a) /Kids [4 0 R] /Parent 4 0 R >>",
        }
    )


def encrypted(paper: bytes, *, password: str = "") -> bytes:
    with pikepdf.open(io.BytesIO(paper)) as document:
        output = io.BytesIO()
        document.save(output, encryption=pikepdf.Encryption(owner="owner", user=password, R=6))
        return output.getvalue()


def many_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 3 + count))
    objects = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [" + kids + b"] /Count %d >>" % count}
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] >>"
    return plain_pdf(objects | dict.fromkeys(range(3, 3 + count), page))


def plain_pdf(objects: dict[int, bytes], streams=None, *, in_stream=None) -> bytes:
    """A PDF written by hand, with a classic cross-reference table or, for object streams, a cross-reference stream."""
    body, places = b"%PDF-1.7\n", {}
    for number, content in objects.items():
        places[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    for number, (head, content) in (streams or {}).items():
        places[number] = len(body)
        body += b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (number, head, content)
    size = max([*places, *(in_stream or {})]) + 2
    if in_stream:
        return body + _cross_reference_stream(places, in_stream, container=min(streams), size=size, start=len(body))
    rows = b"".join(
        b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n" for number in range(size - 1)
    )
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size - 1, len(body))
    return body + b"xref\n0 %d\n" % (size - 1) + rows + trailer


def _cross_reference_stream(places, in_stream, *, container, size, start) -> bytes:
    places = {**places, size - 1: start}
    rows = bytearray()
    for number in range(size):
        if number in places:
            rows += bytes([1]) + places[number].to_bytes(4, "big") + bytes(2)
        elif number in in_stream:
            rows += bytes([2]) + container.to_bytes(4, "big") + in_stream[number].to_bytes(2, "big")
        else:
            rows += bytes(7)
    head = b"<< /Type /XRef /Size %d /W [1 4 2] /Root 1 0 R /Length %d >>" % (size, len(rows))
    return b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (size - 1, head, bytes(rows), start)


def slow(entries: int = 4_000_000) -> bytes:
    """A form with millions of entries, each of which has to be read."""
    return plain_pdf({1: b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [" + b"0 " * entries + b"] >> >>"})
