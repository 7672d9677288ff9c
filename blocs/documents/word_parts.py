"""Small parts of the Word template: loops, lines, cells, rules; what python-docx has no name for is said to Word directly."""

from collections.abc import Callable, Sequence

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

# The style of lines in tables, and Word's own of ruled tables.
TIGHT, GRID = "Bảng", "Table Grid"
CENTRE = WD_ALIGN_PARAGRAPH.CENTER
LEFT = WD_ALIGN_PARAGRAPH.LEFT


def loop(document: Document, words: str) -> None:
    """Repeat what follows up to `end("for")`."""
    document.add_paragraph(f"{{%p for {words} %}}")


def when(document: Document, condition: str) -> None:
    """Keep what follows up to `end("if")` only under this condition."""
    document.add_paragraph(f"{{%p if {condition} %}}")


def end(document: Document, what: str) -> None:
    """The end of what is repeated or kept."""
    document.add_paragraph(f"{{%p end{what} %}}")


def each(document: Document, words: str, text: str, *, italic: bool = False) -> None:
    """A paragraph for each."""
    loop(document, words)
    run(document.add_paragraph(), text, italic=italic)
    end(document, "for")


def only_if(cell: _Cell, condition: str, write: Callable[[], None]) -> None:
    """Lines of a cell that are there only under this condition."""
    cell.add_paragraph(f"{{%p if {condition} %}}", style=TIGHT)
    write()
    cell.add_paragraph("{%p endif %}", style=TIGHT)


def caption(document: Document, words: str) -> None:
    """The line above a table; it stays with it."""
    paragraph = document.add_paragraph()
    place(paragraph, alignment=CENTRE, before=3, after=4)
    paragraph.paragraph_format.keep_with_next = True
    run(paragraph, words, size=13, italic=True)


def gap(document: Document) -> None:
    """A little room under a table, which cannot have any itself."""
    place(document.add_paragraph(style=TIGHT), alignment=LEFT, after=2)


def plain_table(document: Document, *, rows: int, widths: Sequence[float]) -> Table:
    """A table without lines or inner margins, to lay things side by side."""
    table = document.add_table(rows=rows, cols=len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    set_widths(table, widths)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)  # noqa: SLF001 (python-docx has no margins of cells)
    return table


def set_widths(table: Table, widths: Sequence[float]) -> None:
    """Of the columns and of each cell: some programs look at these, some at those."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def line(
    cell: _Cell,
    words: str,
    *,
    size: float,
    bold: bool = False,
    italic: bool = False,
    before: float = 0,
    after: float = 0,
    alignment: WD_ALIGN_PARAGRAPH = CENTRE,
) -> None:
    """A line of a cell."""
    paragraph = cell.add_paragraph(style=TIGHT)
    place(paragraph, alignment=alignment, before=before, after=after)
    run(paragraph, words, size=size, bold=bold, italic=italic)


def fill(cell: _Cell, words: str, *, bold: bool = False, centred: bool = False, size: float = 13) -> None:
    """The words of a cell of a ruled table."""
    paragraph = cell.paragraphs[0]
    paragraph.style = TIGHT
    place(paragraph, alignment=CENTRE if centred else LEFT, before=2, after=2)
    run(paragraph, words, size=size, bold=bold)


def framed(cell: _Cell, words: str) -> None:
    """Words in a frame: DỰ THẢO, LƯU HÀNH NỘI BỘ."""
    paragraph = cell.add_paragraph(style=TIGHT)
    place(paragraph, alignment=CENTRE, before=6)
    words_run = run(paragraph, f"\u00a0{words}\u00a0", size=13, bold=True)
    frame = OxmlElement("w:bdr")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000")):
        frame.set(qn(f"w:{name}"), value)
    words_run._r.get_or_add_rPr().append(frame)  # noqa: SLF001 (python-docx frames no words)


def rule(where: Document | _Cell, *, cell: float, width: float, after: float = 0) -> None:
    """The thin line under agency, motto and title: a border of an empty paragraph that is as narrow as the line."""
    paragraph = where.add_paragraph(style=TIGHT)
    place(paragraph, alignment=CENTRE, after=after)
    side = Mm((cell - width) / 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
    paragraph.paragraph_format.line_spacing = Pt(4)
    run(paragraph, "", size=2)
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 (python-docx draws no borders)
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr")


def place(paragraph: Paragraph, *, alignment: WD_ALIGN_PARAGRAPH, before: float = 0, after: float = 0) -> None:
    """How a paragraph stands."""
    form = paragraph.paragraph_format
    form.alignment, form.first_line_indent, form.space_before, form.space_after = alignment, Mm(0), Pt(before), Pt(after)


def run(paragraph: Paragraph, words: str, *, size: float = 0, bold: bool = False, italic: bool = False) -> Run:
    """Words in a face."""
    run = paragraph.add_run(words)
    if size:
        run.font.size = Pt(size)
    if bold:
        run.font.bold = True
    if italic:
        run.font.italic = True
    return run


def drop_first(cell: _Cell) -> None:
    """Word gives each cell an empty paragraph, which we need not."""
    first = cell.paragraphs[0]._p  # noqa: SLF001 (python-docx removes nothing)
    first.getparent().remove(first)


def repeat(row: _Row) -> None:
    """The row comes again at the top of each page on which the table goes on."""
    mark(row, "w:tblHeader")
    whole(row)


def whole(row: _Row) -> None:
    """The row is never split between two pages."""
    mark(row, "w:cantSplit")


def mark(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001 (python-docx has no name for it)
