"""The frame that all documents of Word have in common, by Decree 30/2020, Appendix I: paper, faces, head, list of recipients.

A4, margins 20/20/30/15 mm, Times New Roman 14 (named, never embedded), head of two columns at 13 points, page number in the middle of
the upper margin from the second page on.
"""

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import _Header
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from blocs.documents.word_parts import LEFT, TIGHT, drop_first, framed, line, only_if, plain_table, rule, run

FONT = "Times New Roman"
TEXT_WIDTH = 165
_HEAD_WIDTHS = (67, 98)
_INDENT = Mm(12.7)


def prepare(document: Document) -> None:
    """Paper, faces and the head of a document that is to be filled with a frame."""
    _set_page(document)
    _set_styles(document)
    _set_properties(document)
    _head(document)


def _set_page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Mm(20), Mm(20), Mm(30), Mm(15)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    first = _lined_up(section.first_page_header.paragraphs[0])
    run(first, "\t\t{{ demonstration }}", size=10, bold=True)
    number_pages(section.header)


def number_pages(header: _Header, width: float = TEXT_WIDTH) -> None:
    """What stands in the upper margin of the later pages: the marks at both sides, the number in the middle."""
    later = _lined_up(header.paragraphs[0], width)
    run(later, "{{ frame.draft_label|upper }}\t", size=10, bold=True)
    _page_number(later)
    run(later, "\t{{ demonstration }}", size=10, bold=True)


def _lined_up(paragraph: Paragraph, width: float = TEXT_WIDTH) -> Paragraph:
    """Left, in the middle and right in one line."""
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Mm(width / 2), WD_TAB_ALIGNMENT.CENTER)
    stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.paragraph_format.first_line_indent = Mm(0)
    paragraph.paragraph_format.alignment = LEFT
    return paragraph


def _page_number(paragraph: Paragraph) -> None:
    for kind, code in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = run(paragraph, "", size=13)
        if code:
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = code
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        part._r.append(element)  # noqa: SLF001 (python-docx has no fields)


def _set_styles(document: Document) -> None:
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    _set_font(normal)
    form = normal.paragraph_format
    form.alignment, form.first_line_indent, form.space_after, form.line_spacing = WD_ALIGN_PARAGRAPH.JUSTIFY, _INDENT, Pt(6), 1.15
    form.widow_control = True
    for name in ("Heading 1", "Heading 2", "Heading 3", "Title", "Header"):
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)
        _set_font(style, bold=name not in ("Heading 3", "Header"), italic=name == "Heading 3")
        style.paragraph_format.keep_with_next = name != "Header"
        style.paragraph_format.tab_stops.clear_all()
    for name, before in (("Heading 1", 9), ("Heading 2", 3), ("Heading 3", 0)):
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(6)
    tight = document.styles.add_style(TIGHT, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(tight, ParagraphStyle)
    tight.base_style = normal
    form = tight.paragraph_format
    form.alignment, form.first_line_indent, form.space_after, form.line_spacing = LEFT, Mm(0), Pt(0), 1.05


def _set_font(style: ParagraphStyle, *, bold: bool = False, italic: bool = False) -> None:
    style.font.name, style.font.size, style.font.bold, style.font.color.rgb = FONT, Pt(14), bold, RGBColor(0, 0, 0)
    style.font.italic = italic
    properties = style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
        fonts.attrib.pop(qn(f"w:{script}Theme"), None)
    for border in style.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)  # the usual title has a coloured line
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    properties.append(language)


def _set_properties(document: Document) -> None:
    properties = document.core_properties
    properties.title = properties.author = properties.comments = ""
    properties.language = "vi-VN"


def _head(document: Document) -> None:
    table = plain_table(document, rows=2, widths=_HEAD_WIDTHS)
    issuer, nation = table.rows[0].cells
    line(issuer, "{{ agency }}", size=13)
    line(issuer, "{{ bloc }}", size=13, bold=True)
    rule(issuer, cell=_HEAD_WIDTHS[0], width=24)
    line(nation, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=13, bold=True)
    line(nation, "Độc lập - Tự do - Hạnh phúc", size=14, bold=True)
    rule(nation, cell=_HEAD_WIDTHS[1], width=62)
    number, dated = table.rows[1].cells
    line(dated, "{{ place_and_date }}", size=14, italic=True, before=6)
    only_if(number, "frame.number", lambda: line(number, "Số: {{ frame.number }}", size=13, before=6))
    for label in ("frame.marking", "frame.draft_label"):
        only_if(number, label, lambda label=label: framed(number, f"{{{{ {label}|upper }}}}"))  # type: ignore[misc]
    for cell in (issuer, nation, number, dated):
        drop_first(cell)


def list_recipients(cell: _Cell) -> None:
    """To whom it goes, at the lower left."""
    line(cell, "Nơi nhận:", size=12, bold=True, italic=True, alignment=LEFT)
    cell.add_paragraph("{%p for recipient in recipients %}", style=TIGHT)
    line(cell, "- {{ recipient }}", size=11, alignment=LEFT)
    cell.add_paragraph("{%p endfor %}", style=TIGHT)
