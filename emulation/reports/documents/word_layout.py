"""How a report lies on the page in Word: the template that `word.py` fills; annexes lie on their side in a section of their own."""

import io
from functools import cache

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.shared import Mm, RGBColor
from docx.table import _Cell

from blocs.documents.word_page import TEXT_WIDTH, list_recipients, number_pages, prepare
from blocs.documents.word_parts import (
    CENTRE,
    GRID,
    LEFT,
    TIGHT,
    caption,
    drop_first,
    each,
    end,
    fill,
    gap,
    line,
    loop,
    only_if,
    place,
    plain_table,
    repeat,
    rule,
    run,
    when,
    whole,
)
from emulation.reports.documents.tables import SIDEWAYS

# Widths of a chart's columns, in mm: whose bar, the bar, its numbers.
_CHART = (62, 54, 49)


@cache
def template(*, annexed: bool) -> bytes:
    """The template as a .docx file, with an annex or without; each built once."""
    document = docx.Document()
    prepare(document)
    _title(document)
    _sections(document)
    _signature(document)
    if annexed:
        _annex(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _title(document: Document) -> None:
    title = document.add_paragraph(style="Title")
    place(title, alignment=CENTRE, before=14)
    run(title, "BÁO CÁO", bold=True)
    loop(document, "line in subject_lines")
    about = document.add_paragraph()
    place(about, alignment=CENTRE)
    run(about, "{{ line }}", bold=True)
    end(document, "for")
    rule(document, cell=TEXT_WIDTH, width=60, after=10)
    when(document, "addressed_lines")
    to = document.add_paragraph()
    place(to, alignment=CENTRE, after=9)
    run(to, "{{ addressed_lines|join(line_break) }}")
    end(document, "if")
    when(document, "addressed_to|length > 1")
    to = document.add_paragraph()
    place(to, alignment=LEFT)
    to.paragraph_format.left_indent = Mm(30)
    run(to, "Kính gửi:")
    loop(document, "line in addressed_to")
    to = document.add_paragraph()
    place(to, alignment=LEFT)
    to.paragraph_format.left_indent = Mm(50)
    run(to, "- {{ line }}")
    end(document, "for")
    end(document, "if")


def _sections(document: Document) -> None:
    loop(document, "section in sections")
    when(document, "section.level == 1")
    document.add_heading("{{ section.number }}. {{ section.heading|upper }}", 1)
    end(document, "if")
    when(document, "section.level > 1")
    document.add_heading("{{ section.number }}. {{ section.heading }}", 2)
    end(document, "if")
    each(document, "paragraph in section.paragraphs", "{{ paragraph }}")
    loop(document, "item in section.items")
    document.add_heading("{{ item.letter }}) {{ item.heading }}", 3)
    each(document, "paragraph in item.paragraphs", "{{ paragraph }}")
    end(document, "for")
    loop(document, "table in section.tables")
    _table(document)
    end(document, "for")
    when(document, "section.chart")
    _chart(document, "section.chart")
    end(document, "if")
    loop(document, "file in section.files")
    document.add_paragraph("- {{ file.name }} ({{ file.sha256[:16] }}…)")
    end(document, "for")
    end(document, "for")


def _table(document: Document) -> None:
    """A table of any number of columns; widths and sides are set when it is filled, since a template knows neither."""
    when(document, "table.caption")
    caption(document, "{{ table.caption }}")
    end(document, "if")
    table = document.add_table(rows=4, cols=3, style=GRID)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    heads, begin, cells, last = table.rows
    for cell, words in zip(heads.cells, ("{%tc for column in table.columns %}", "", "{%tc endfor %}"), strict=True):
        cell.paragraphs[0].add_run(words)
    fill(heads.cells[1], "{{ column.head }}", bold=True, centred=True, size=12)
    begin.cells[0].paragraphs[0].add_run("{%tr for row in table.rows %}")
    for cell, words in zip(cells.cells, ("{%tc for words in row %}", "", "{%tc endfor %}"), strict=True):
        cell.paragraphs[0].add_run(words)
    fill(cells.cells[1], "{{ words }}", size=12)
    last.cells[0].paragraphs[0].add_run("{%tr endfor %}")
    repeat(heads)
    whole(cells)
    gap(document)


def _chart(document: Document, chart: str) -> None:
    """Bars in letters, which every program shows and every printer prints, between whose they are and their numbers."""
    caption(document, f"{{{{ {chart}.caption }}}}")
    table = plain_table(document, rows=3, widths=_CHART)
    begin, cells, last = table.rows
    begin.cells[0].paragraphs[0].add_run(f"{{%tr for bar in {chart}.bars %}}")
    for cell, words, size in zip(
        cells.cells, ("{{ bar.label }}", "{{ bar.blocks }}", "{{ bar.words }}"), (10, 8, 10), strict=True
    ):
        fill(cell, words, size=size)
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    cells.cells[1].paragraphs[0].runs[0].font.color.rgb = RGBColor(0x80, 0x80, 0x80)
    last.cells[0].paragraphs[0].add_run("{%tr endfor %}")
    whole(cells)
    gap(document)


def _signature(document: Document) -> None:
    gap(document)
    table = plain_table(document, rows=1, widths=(TEXT_WIDTH / 2, TEXT_WIDTH / 2))
    recipients, signer = table.rows[0].cells
    whole(table.rows[0])
    only_if(recipients, "recipients", lambda: list_recipients(recipients))
    _seat(signer)
    for cell in (recipients, signer):
        drop_first(cell)


def _seat(cell: _Cell) -> None:
    cell.add_paragraph("{%p for caption in captions %}", style=TIGHT)
    line(cell, "{{ caption }}", size=13, bold=True)
    cell.add_paragraph("{%p endfor %}", style=TIGHT)
    line(cell, "", size=13, after=64)
    line(cell, "{{ signer_name }}", size=13, bold=True)


def _annex(document: Document) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Mm(30), Mm(15), Mm(20), Mm(20)
    section.different_first_page_header_footer = False
    section.header.is_linked_to_previous = False
    number_pages(section.header, SIDEWAYS)
    document.add_heading("PHỤ LỤC", 1)
    place(document.paragraphs[-1], alignment=CENTRE)
    about = document.add_paragraph()
    place(about, alignment=CENTRE, after=8)
    run(about, "(Kèm theo {{ document_title }})", italic=True)
    each(document, "note in annex.notes", "{{ note }}")
    loop(document, "table in annex.tables")
    _table(document)
    end(document, "for")
    loop(document, "chart in annex.charts")
    _chart(document, "chart")
    end(document, "for")
