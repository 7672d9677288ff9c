"""What PDF/A-3a and PDF/UA-1 ask for, read back with pikepdf, qpdf and poppler."""

import io
import itertools
from xml.etree import ElementTree

import pikepdf
import pytest
from pikepdf import Name

from tests.pdf.reading import run
from tests.pdf.samples import covenant_pdf

PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
PDFUA = "{http://www.aiim.org/pdfua/ns/id/}"
DC = "{http://purl.org/dc/elements/1.1/}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
EXTENSION = "{http://www.aiim.org/pdfa/ns/extension/}schemas"
TITLE = "Giao ước thi đua “Vì An ninh Tổ quốc” năm 2020 của Khối thi đua Công an các huyện, thị xã, thành phố"


@pytest.fixture(scope="module", params=[1, 8, 20])
def document(request):
    with pikepdf.open(io.BytesIO(covenant_pdf(request.param, witness=request.param == 8))) as opened:
        yield opened


@pytest.fixture
def facts(document):
    return ElementTree.fromstring(document.Root.Metadata.read_bytes())


def elements(document, tag):
    return [item for item in document.objects if isinstance(item, pikepdf.Dictionary) and item.get(Name.S) == tag]


@pytest.mark.parametrize("count", [1, 3, 8, 20])
def test_qpdf_finds_no_fault(count, tmp_path):
    file = tmp_path / "covenant.pdf"
    file.write_bytes(covenant_pdf(count))
    assert b"No syntax or stream encoding errors found" in run("qpdf", "--check", file)


def test_it_says_which_standards_it_keeps(facts):
    stated = {key: value for element in facts.iter(f"{RDF}Description") for key, value in element.attrib.items()}
    assert (stated[f"{PDFA}part"], stated[f"{PDFA}conformance"]) == ("3", "A")
    assert stated[f"{PDFUA}part"] == "1"
    assert len(list(facts.iter(EXTENSION))) == 1


def test_title_and_language_are_given(document, facts):
    assert "".join(facts.find(f".//{DC}title").itertext()).strip() == TITLE
    assert str(document.docinfo.Title) == TITLE
    assert str(document.Root.Lang) == "vi"
    assert document.Root.ViewerPreferences.DisplayDocTitle


def test_colours_have_a_profile(document):
    (intent,) = document.Root.OutputIntents
    assert intent.S == Name.GTS_PDFA1
    assert intent.DestOutputProfile.N == 3
    assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"


def test_every_font_is_embedded_and_maps_to_unicode(document):
    fonts = [item for item in document.objects if isinstance(item, pikepdf.Dictionary) and item.get(Name.Type) == Name.Font]
    composite = [font for font in fonts if font.Subtype == Name.Type0]
    assert {str(font.BaseFont).split("+")[-1] for font in composite} >= {"Document", "Document-Bold", "Document-Italic"}
    assert all(Name.ToUnicode in font for font in composite)
    assert all(Name.FontFile2 in font.DescendantFonts[0].FontDescriptor for font in composite)
    assert all(font.Subtype in {Name.Type0, Name.CIDFontType2} for font in fonts)


def test_it_is_tagged(document):
    assert document.Root.MarkInfo.Marked
    assert str(document.Root.StructTreeRoot.K[0].S) == "/Document"
    assert all(page.Tabs == Name.S for page in document.pages)
    for tag in (Name.H1, Name.H2, Name.H3, Name.P, Name.Table, Name.THead, Name.TH, Name.TD, Name.L, Name.Figure, Name.Form):
        assert elements(document, tag), tag


def test_headings_leave_no_level_out(document):
    assert len(elements(document, Name.H1)) == 1
    levels = [
        int(str(item.S)[2]) for item in _in_order(document.Root.StructTreeRoot.K[0]) if str(item.S) in {"/H1", "/H2", "/H3"}
    ]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels))


def _in_order(element):
    kids = element.get(Name.K, [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and Name.S in kid:
            yield kid
            yield from _in_order(kid)


def test_every_heading_cell_says_what_it_heads(document):
    scopes = {str(cell.A.Scope) for cell in elements(document, Name.TH) if Name.A in cell}
    assert scopes == {"/Column", "/Row"}
    assert all(Name.A in cell and Name.Scope in cell.A for cell in elements(document, Name.TH) if Name.ID in cell)


def test_pictures_have_words(document):
    assert all(str(figure.Alt) for figure in elements(document, Name.Figure))


def test_outlines_lead_to_every_section(document):
    with document.open_outline() as outline:
        (root,) = outline.root
        headings = [item.title for item in root.children]
    assert root.title.startswith("GIAO ƯỚC THI ĐUA")
    assert [heading.split(".")[0] for heading in headings[:4]] == ["I", "II", "III", "IV"]
    assert headings[-1] == "ĐẠI DIỆN CÁC ĐƠN VỊ KÝ GIAO ƯỚC"


def test_nothing_is_hidden_in_it(document):
    assert not {"/Names", "/AA", "/OpenAction", "/OCProperties", "/AF", "/Perms"} & set(document.Root.keys())
    kinds = {str(note.Subtype) for page in document.pages for note in page.get(Name.Annots, [])}
    assert kinds == {"/Widget"}
    assert "/Encrypt" not in document.trailer


@pytest.mark.parametrize("count", [1, 20])
def test_the_file_is_laid_out_for_later_revisions(count):
    content = covenant_pdf(count)
    assert content.endswith(b"%%EOF\n")
    assert b"/ObjStm" not in content
    assert b"/Type /XRef" not in content
