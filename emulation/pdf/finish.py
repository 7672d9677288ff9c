"""The last hand on a printed PDF before it is frozen: signature fields, marks of conformance, a file fit for many revisions.

WeasyPrint cannot make signature fields, so templates print a checkbox whose name starts with "sig-" and it becomes one here.
"""

import io
from dataclasses import dataclass
from decimal import Decimal

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from emulation.lib import garbage

FIELD_PREFIX = "sig-"
# Print and locked: the widget shows on paper and cannot be moved or deleted in a viewer.
_PRINT_AND_LOCKED = 4 + 128
# There are signature fields, and the file may only be appended to.
_SIGNATURES_AND_APPEND_ONLY = 1 + 2
_LEFTOVERS = (Name.AS, Name.MK, Name.Border, Name.V, Name.DA, Name.Ff, Name.AP)
# PDF/A allows a foreign property like pdfuaid:part only together with its description.
_PDFUA = b"""
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" \
rdf:about="" pdfuaid:part="1"/>
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" \
xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of the standard</pdfaProperty:description>
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
_END_OF_FACTS = b"</rdf:RDF>"


@dataclass(frozen=True)
class FieldBox:
    """A signature field: its name, its page (from 1) and its rectangle in points (left, bottom, right, top)."""

    name: str
    page: int
    rect: tuple[float, float, float, float]

    @property
    def width(self) -> float:
        return self.rect[2] - self.rect[0]

    @property
    def height(self) -> float:
        return self.rect[3] - self.rect[1]


def finish(pdf: bytes) -> bytes:
    """The printed PDF with signature fields, PDF/UA-1 beside PDF/A-3a, no object streams and a newline at its end.

    The same input gives the same bytes. Object streams would make each check of a signature about three times slower, and the
    first signature needs the newline before it.
    """
    with garbage.put_off(), pikepdf.open(io.BytesIO(pdf)) as document:
        structure = _structure(document)
        _make_signature_fields(document, structure)
        _say_which_cells_head_what(structure)
        _declare_pdfua(document)
        _spare_later_revisions(document)
        finished = io.BytesIO()
        document.save(
            finished,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            compress_streams=True,
            deterministic_id=True,
            fix_metadata_version=False,
        )
    content = finished.getvalue()
    return content if content.endswith(b"\n") else content + b"\n"


def signature_fields(pdf: bytes) -> list[FieldBox]:
    """The signature fields of a PDF, signed or not, in the order of the pages and on each page as they were printed.

    Raises `pikepdf.PdfError` for bytes that are no readable PDF.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [
            FieldBox(str(widget.T), number, _corners(widget.Rect))
            for number, page in enumerate(document.pages, start=1)
            for widget in page.get(Name.Annots, Array())
            if widget.get(Name.FT) == Name.Sig
        ]


def _make_signature_fields(document: Pdf, structure: list[Object]) -> None:
    form = document.Root.get(Name.AcroForm)
    if form is None:
        return
    for widget in form.Fields:
        if widget.get(Name.FT) == Name.Btn and str(widget.T).startswith(FIELD_PREFIX):
            _turn_into_signature_field(document, widget)
    for key in (Name.NeedAppearances, Name.DR):
        if key in form:
            del form[key]
    for element in structure:
        _unwrap_form(element)


def _turn_into_signature_field(document: Pdf, widget: Object) -> None:
    for key in _LEFTOVERS:
        if key in widget:
            del widget[key]
    left, bottom, right, top = _corners(widget.Rect)
    widget.FT = Name.Sig
    widget.Rect = Array([_points(value) for value in (left, bottom, right, top)])
    widget.F = _PRINT_AND_LOCKED
    blank = document.make_stream(b"")
    blank.Type, blank.Subtype = Name.XObject, Name.Form
    blank.BBox = Array([0, 0, _points(right - left), _points(top - bottom)])
    blank.Resources = Dictionary()
    widget.AP = Dictionary(N=blank)


def _unwrap_form(element: Object) -> None:
    """A single reference instead of a list of one: pyHanko takes the list for an illegal change of all earlier signatures."""
    if element.get(Name.S) == Name.Form:
        kids = element.get(Name.K)
        if isinstance(kids, Array) and len(kids) == 1:
            element.K = kids[0]


def _say_which_cells_head_what(structure: list[Object]) -> None:
    """Table heads say whether they head a row or a column (PDF/UA-1, 7.5): a column when they stand in the head of the table."""
    for element in structure:
        if element.get(Name.S) == Name.TH:
            attributes = element.get(Name.A)
            if attributes is not None and Name.Scope not in attributes:
                attributes.Scope = Name.Column if _stands_in_head(element) else Name.Row


def _stands_in_head(cell: Object) -> bool:
    row = cell.P
    return bool(row.P.get(Name.S) == Name.THead)


def _structure(document: Pdf) -> list[Object]:
    """All elements of the structure tree."""
    return [item for item in document.objects if isinstance(item, Dictionary) and item.get(Name.Type) == Name.StructElem]


def _declare_pdfua(document: Pdf) -> None:
    stream = document.Root.get(Name.Metadata)
    if stream is None:
        return
    facts = stream.read_bytes()
    if b"pdfuaid:part" in facts or _END_OF_FACTS not in facts:
        return
    head, end, tail = facts.rpartition(_END_OF_FACTS)
    stream.write(head + _PDFUA + end + tail)


def _spare_later_revisions(document: Pdf) -> None:
    """The form as an object of its own, with its flags set beforehand: a signature then replaces its own field and nothing else."""
    form = document.Root.get(Name.AcroForm)
    if form is None:
        return
    form.SigFlags = _SIGNATURES_AND_APPEND_ONLY
    if not form.is_indirect:
        document.Root.AcroForm = document.make_indirect(form)


def _corners(rect: Object) -> tuple[float, float, float, float]:
    first, second, third, fourth = (float(value) for value in rect)
    return min(first, third), min(second, fourth), max(first, third), max(second, fourth)


def _points(value: float) -> Decimal:
    return Decimal(str(round(value, 3)))
