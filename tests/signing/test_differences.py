"""What one signature may change: every other change in the same revision is refused, each for its own reason."""

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.sign.diff_analysis import SuspiciousModification

from emulation.signing import differences, reading
from emulation.signing.pades import Break, SignatureBroken, check_appended
from tests.signing import attacks, papers
from tests.signing.papers import FIELDS, act_of

FIRST, SECOND, THIRD = FIELDS


@pytest.fixture(scope="module")
def issuer(tmp_path_factory):
    return papers.new_authority(tmp_path_factory.mktemp("differences") / "authority")


@pytest.fixture(scope="module")
def once(issuer):
    """The paper with its first signature."""
    paper = papers.SignedPaper(issuer)
    return paper.sign(FIRST, stamp_pdf=papers.stamp_page())


def compare(pdf: bytes) -> str:
    reader = reading.open_reader(pdf)
    return differences.filled_field(reader, revision=reader.xrefs.total_revisions - 1)


def sign_second(issuer, pdf, change=None):
    """The second signature, and something else in the same revision."""
    return attacks.sign_with_pyhanko(pdf, papers.identity(issuer, 1), field=SECOND, prepare=change, quiet=True)


def field(writer, name=SECOND):
    return attacks.field_of(writer, name).get_object()


def replace_page(writer):
    writer.mark_update(writer.root["/Pages"]["/Kids"].raw_get(0))


def add_an_orphan(writer):
    writer.add_object(generic.pdf_string("nobody needs this"))


def use_an_old_object(writer):
    """The mark of the first signer is shown in the second field."""
    field(writer)[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): field(writer, FIRST)["/AP"].raw_get("/N")})


def draw_over_an_old_mark(writer):
    """The look of the field is replaced where it lies."""
    look = field(writer)["/AP"].raw_get("/N")
    look.get_object()._data = b"BT ET"
    writer.mark_update(look)


def move_the_field(writer):
    field(writer)[pdf_name("/Rect")] = generic.ArrayObject(generic.NumberObject(side) for side in (0, 0, 595, 842))


def rename_the_field(writer):
    field(writer)[pdf_name("/TU")] = generic.pdf_string("Chữ ký của đơn vị khác")


def show_two_looks(writer):
    look = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    field(writer)[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): look, pdf_name("/D"): look})


def begin_elsewhere(writer):
    writer.set_info(generic.DictionaryObject({pdf_name("/Title"): generic.pdf_string("khác")}))


def add_to_the_trailer(writer):
    writer.set_custom_trailer_entry(pdf_name("/Other"), generic.NumberObject(1))


def test_a_signature_alone_is_all_that_is_allowed(issuer, once):
    assert compare(once) == FIRST
    assert compare(sign_second(issuer, once)) == SECOND


def test_a_mark_may_use_one_object_twice(issuer, once):
    def draw(writer):
        font = writer.add_object(generic.DictionaryObject({pdf_name("/Type"): pdf_name("/Font")}))
        fonts = generic.DictionaryObject({pdf_name("/F1"): font, pdf_name("/F2"): font})
        resources = generic.DictionaryObject({pdf_name("/Font"): fonts})
        look = generic.StreamObject({pdf_name("/Resources"): resources}, stream_data=b"BT ET")
        field(writer)[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): writer.add_object(look)})

    assert compare(sign_second(issuer, once, draw)) == SECOND


@pytest.mark.parametrize(
    "change",
    [
        replace_page, add_an_orphan, use_an_old_object, draw_over_an_old_mark, move_the_field, rename_the_field, show_two_looks,
        begin_elsewhere, add_to_the_trailer,
    ],
)  # fmt: skip
def test_anything_else_in_the_same_revision_is_refused(issuer, once, change):
    forged = sign_second(issuer, once, change)
    with pytest.raises(SuspiciousModification):
        compare(forged)
    with pytest.raises(SignatureBroken) as error:
        check_appended(once, forged, field_name=SECOND, roots=[issuer.root], act_sha256=act_of(1))
    assert error.value.reason is Break.CHANGES


def put_back(pdf: bytes, change) -> bytes:
    """A revision that replaces one object and signs nothing."""
    return attacks.update(pdf, change, quiet=True)


def replace_the_field_list(writer):
    writer.mark_update(writer.root.raw_get("/AcroForm"))


def replace_a_stream(writer):
    writer.mark_update(writer.root["/Pages"]["/Kids"][0].raw_get("/Contents"))


def fill_with_nothing(writer):
    field(writer)[pdf_name("/V")] = writer.add_object(generic.DictionaryObject())
    del field(writer)["/P"]
    writer.mark_update(attacks.field_of(writer, SECOND))


def exchange_the_value(writer):
    field(writer, FIRST)[pdf_name("/V")] = writer.add_object(generic.DictionaryObject())
    writer.mark_update(attacks.field_of(writer, FIRST))


@pytest.mark.parametrize("change", [replace_the_field_list, replace_a_stream, fill_with_nothing, exchange_the_value])
def test_what_was_replaced_must_be_an_empty_field_of_the_form(once, change):
    reader = reading.open_reader(put_back(once, change))
    assert not differences.is_signing_only(reader, revision=2)


@pytest.mark.filterwarnings("ignore:This document has")
def test_a_field_that_the_form_did_not_have(issuer):
    """The frozen form lacks a field that lies on the page: filling it in is no signing."""

    def forget(document):
        del document.Root.AcroForm.Fields[1]

    base = papers.changed(papers.paper(), forget)
    assert list(reading.signature_fields(reading.open_reader(base))) == [FIRST, THIRD]

    def fill(writer):
        lone = next(entry for entry in writer.root["/Pages"]["/Kids"][1]["/Annots"] if entry.get_object()["/T"] == SECOND)
        lone.get_object()[pdf_name("/V")] = writer.add_object(generic.DictionaryObject())
        writer.mark_update(lone)

    with pytest.raises(SuspiciousModification, match="not a field of the form"):
        compare(put_back(base, fill))


def test_a_list_that_was_replaced_is_no_field():
    base = papers.changed(
        papers.paper(),
        lambda document: setattr(document.pages[1].obj, "Annots", document.make_indirect(document.pages[1].obj.Annots)),
    )

    def replace_the_list(writer):
        writer.mark_update(writer.root["/Pages"]["/Kids"][1].raw_get("/Annots"))

    with pytest.raises(SuspiciousModification, match="no field"):
        compare(put_back(base, replace_the_list))


def test_the_frozen_revision_has_nothing_before_it():
    with pytest.raises(ValueError, match="nothing to be compared"):
        differences.filled_field(reading.open_reader(papers.paper()), revision=0)
