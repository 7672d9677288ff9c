"""Signature fields, and signatures in them that leave the earlier ones alone."""

import io
import math

import pikepdf
import pytest
from pikepdf import Name

from emulation.pdf.finish import finish, signature_fields
from emulation.pdf.render import render
from emulation.pdf.stamp import StampText, stamp
from tests.pdf.samples import covenant_pdf, covenant_text, document_frame, printed, units
from tests.pdf.signing import TestSigner

A_BOX = (
    '<input type="checkbox" name="{}" title="Chữ ký điện tử của Công an xã" style="appearance: auto; width: 70mm; height: 30mm">'
)
PAGE = '<html lang="vi"><title>Thử</title><body><p>{}</p></body></html>'
TEXT = StampText(
    position=("KT. TRƯỞNG CÔNG AN HUYỆN", "PHÓ TRƯỞNG CÔNG AN HUYỆN"),
    mark=("Ký điện tử bởi: Nguyễn Văn A", "lúc 09:15:30 ngày 04/3/2020 (+07:00)"),
    name="Thượng tá Nguyễn Văn A",
)


@pytest.mark.parametrize(("count", "witness"), [(1, False), (3, True), (8, True), (20, False)])
def test_every_seat_has_its_field_in_order(count, witness):
    names = [box.name for box in signature_fields(covenant_pdf(count, witness=witness))]
    assert names == [f"sig-{place:02d}q7" for place in range(count)] + ["sig-witness"] * witness


def test_a_field_tells_its_page_and_size():
    (box,) = signature_fields(finish(render(PAGE.format(A_BOX.format("sig-a")))))
    assert box.page == 1
    assert math.isclose(box.width, 70 * 72 / 25.4, abs_tol=1.6)
    assert math.isclose(box.height, 30 * 72 / 25.4, abs_tol=1.6)


def test_a_field_is_a_clean_signature_widget():
    with pikepdf.open(io.BytesIO(covenant_pdf(1))) as document:
        (widget,) = document.Root.AcroForm.Fields
        assert set(widget.keys()) == {"/Type", "/Subtype", "/FT", "/T", "/TU", "/F", "/P", "/Rect", "/AP", "/StructParent"}
        assert (widget.FT, int(widget.F)) == (Name.Sig, 132)
        assert str(widget.TU) == "Chữ ký điện tử của Công an huyện Quảng Ninh"
        assert widget.AP.N.read_bytes() == b""
        assert set(document.Root.AcroForm.keys()) == {"/Fields", "/SigFlags"}


def test_the_form_element_points_at_its_field_directly():
    with pikepdf.open(io.BytesIO(covenant_pdf(3))) as document:
        forms = [item for item in document.objects if isinstance(item, pikepdf.Dictionary) and item.get(Name.S) == Name.Form]
        assert len(forms) == 3
        assert all(form.K.Type == Name.OBJR for form in forms)


def test_a_checkbox_of_another_name_stays_one():
    assert signature_fields(finish(render(PAGE.format(A_BOX.format("agree"))))) == []


def test_a_document_without_fields_is_finished_too():
    content = finish(render(PAGE.format("Không có chữ ký")))
    assert signature_fields(content) == []
    assert content.endswith(b"\n")


def test_finishing_again_changes_nothing_of_substance():
    once = covenant_pdf(1)
    assert signature_fields(finish(once)) == signature_fields(once)
    assert finish(once).count(b"pdfuaid:part") == once.count(b"pdfuaid:part")


def test_the_same_text_gives_the_same_bytes():
    names = units(8)
    assert printed(covenant_text(names), document_frame(names)) == covenant_pdf(8)


def test_another_text_gives_another_identity():
    identities = []
    for content in (covenant_pdf(1), covenant_pdf(3)):
        with pikepdf.open(io.BytesIO(content)) as document:
            identities.append(bytes(document.trailer.ID[0]))
    assert identities[0] != identities[1]


def test_what_is_no_pdf_is_refused():
    with pytest.raises(pikepdf.PdfError):
        signature_fields(b"%PDF-1.7 nothing more")


def test_each_signature_leaves_the_earlier_ones_valid_and_adds_little():
    signer = TestSigner()
    content = covenant_pdf(3, witness=True)
    for box in signature_fields(content):
        mark = stamp(TEXT, width_pt=box.width, height_pt=box.height)
        signed = signer.sign(content, field=box.name, stamp=mark)
        assert signed.startswith(content)
        assert len(signed) - len(content) < 25_000
        content = signed
    verdicts = signer.verdicts(content)
    assert len(verdicts) == 4
    assert all(verdicts)


def test_signed_pages_still_have_all_fonts_embedded():
    signer = TestSigner()
    (box,) = signature_fields(covenant_pdf(1))
    signed = signer.sign(covenant_pdf(1), field=box.name, stamp=stamp(TEXT, width_pt=box.width, height_pt=box.height))
    with pikepdf.open(io.BytesIO(signed)) as document:
        described = [item for item in document.objects if isinstance(item, pikepdf.Dictionary) and Name.FontBBox in item]
        assert len(described) == 4 + 2
        assert all(Name.FontFile2 in item for item in described)
        assert b"pdfuaid" in document.Root.Metadata.read_bytes()
