"""How a document of a bloc lies on the page in Word: the template that `word.py` fills, built by Decree 30/2020, Appendix I.

A4, margins 20/20/30/15 mm, Times New Roman 14 (named, never embedded), head of two columns at 13 points, page number in the middle of
the upper margin from the second page on, bases in italics, tables whose head comes again on each page. What stands in braces is
filled by docxtpl: `{%p` and `{%tr` and `{%tc` take their whole paragraph, row or cell away with them.
"""

import io
from collections.abc import Sequence
from functools import cache

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.table import _Cell

from blocs.documents.word_page import TEXT_WIDTH, list_recipients, prepare
from blocs.documents.word_parts import (
    CENTRE,
    GRID,
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
    set_widths,
    when,
    whole,
)

# Of the units' names beside one, two, three, four targets.
_UNIT_NAME_WIDTHS = (65, 65, 56, 47)


@cache
def template() -> bytes:
    """The template as a .docx file; built once."""
    document = docx.Document()
    prepare(document)
    _title(document)
    _text(document)
    _signatures(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


# --- Title ---------------------------------------------------------------------------------------------------------------------------


def _title(document: Document) -> None:
    title = document.add_paragraph(style="Title")
    place(title, alignment=CENTRE, before=14)
    run(title, "{{ title|upper }}", bold=True)
    loop(document, "line in subject")
    about = document.add_paragraph()
    place(about, alignment=CENTRE)
    run(about, "{{ line }}", bold=True)
    end(document, "for")
    rule(document, cell=TEXT_WIDTH, width=60, after=10)
    when(document, "frame.lapse_sentence")
    paragraph = document.add_paragraph()
    place(paragraph, alignment=CENTRE, after=8)
    run(paragraph, "{{ frame.lapse_sentence }}", size=12, italic=True)
    end(document, "if")


# --- Text and tables -----------------------------------------------------------------------------------------------------------------


def _text(document: Document) -> None:
    each(document, "basis in bases", "{{ basis }}", italic=True)
    each(document, "paragraph in opening", "{{ paragraph }}")
    _sections(document, "sections_before")
    when(document, "targets_number")
    document.add_heading("{{ targets_number }}. CHỈ TIÊU", 1)
    when(document, "indicator_rows")
    caption(document, "Chỉ tiêu chung của {{ bloc_word }}")
    _table(
        document,
        heads=("TT", "Nội dung chỉ tiêu", "Đơn vị tính", "Chỉ tiêu"),
        widths=(12, 93, 28, 32),
        loop="row in indicator_rows",
        cells=(
            "{{ row.number }}",
            "{{ row.name }}",
            "{{ row.measure }}",
            "{{ 'Theo đơn vị' if row.is_per_unit else row.bloc_value or '–' }}",
        ),
    )
    end(document, "if")
    _unit_tables(document)
    end(document, "if")
    when(document, "titles_number")
    document.add_heading("{{ titles_number }}. DANH HIỆU ĐĂNG KÝ", 1)
    caption(document, "Danh hiệu các đơn vị đăng ký phấn đấu năm {{ frame.year }}")
    _table(
        document,
        heads=("TT", "Đơn vị", "Danh hiệu đăng ký"),
        widths=(12, 65, 88),
        loop="row in registration_rows",
        cells=("{{ row.number }}", "{{ row.unit_name }}", "{{ row.titles|join('; ') }}"),
        left=(1, 2),
    )
    end(document, "if")
    _sections(document, "sections_after")
    each(document, "paragraph in closing", "{{ paragraph }}")


def _sections(document: Document, name: str) -> None:
    loop(document, f"section in {name}")
    document.add_heading("{{ section.number }}. {{ section.heading }}", 1)
    each(document, "paragraph in section.paragraphs", "{{ paragraph }}")
    loop(document, "clause in section.clauses")
    when(document, "clause.heading")
    document.add_heading("{{ clause.number }}. {{ clause.heading }}", 2)
    end(document, "if")
    each(
        document,
        "paragraph in clause.paragraphs",
        "{% if loop.first and not clause.heading %}{{ clause.number }}. {% endif %}{{ paragraph }}",
    )
    end(document, "for")
    end(document, "for")


def _unit_tables(document: Document) -> None:
    """A row for each unit and a column for each of up to four targets: a table for each number of columns, of which one is kept."""
    loop(document, "table in unit_target_tables")
    caption(document, "Chỉ tiêu của từng đơn vị")
    for count, name_width in enumerate(_UNIT_NAME_WIDTHS, start=1):
        when(document, f"table.heads|length == {count}")
        columns = range(count)
        _table(
            document,
            heads=("TT", "Đơn vị", *(f"{{{{ table.heads[{column}] }}}}" for column in columns)),
            widths=(12, name_width, *((TEXT_WIDTH - 12 - name_width) / count for _column in columns)),
            loop="name, values in table.rows",
            cells=("{{ loop.index }}", "{{ name }}", *(f"{{{{ values[{column}] or '–' }}}}" for column in columns)),
        )
        end(document, "if")
    end(document, "for")


def _table(
    document: Document,
    *,
    heads: Sequence[str],
    widths: Sequence[float],
    loop: str,
    cells: Sequence[str],
    left: Sequence[int] = (1,),
) -> None:
    table = document.add_table(rows=4, cols=len(heads), style=GRID)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    set_widths(table, widths)
    for cell, words in zip(table.rows[0].cells, heads, strict=True):
        fill(cell, words, bold=True, centred=True)
    table.rows[1].cells[0].paragraphs[0].add_run(f"{{%tr for {loop} %}}")
    for column, (cell, words) in enumerate(zip(table.rows[2].cells, cells, strict=True)):
        fill(cell, words, centred=column not in left)
    table.rows[3].cells[0].paragraphs[0].add_run("{%tr endfor %}")
    repeat(table.rows[0])
    whole(table.rows[2])
    gap(document)


# --- Signatures ----------------------------------------------------------------------------------------------------------------------


def _signatures(document: Document) -> None:
    when(document, "seat_rows")
    paragraph = document.add_paragraph()
    place(paragraph, alignment=CENTRE, before=10, after=8)
    paragraph.paragraph_format.keep_with_next = True
    run(paragraph, "{{ signatures_heading }}", bold=True)
    table = document.add_table(rows=3, cols=3)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, True
    table.rows[0].cells[0].paragraphs[0].add_run("{%tr for row in seat_rows %}")
    for cell, words in zip(table.rows[1].cells, ("{%tc for seat in row %}", "", "{%tc endfor %}"), strict=True):
        cell.paragraphs[0].add_run(words)
    seat = table.rows[1].cells[1]
    line(seat, "{{ seat.role_label|upper }}", size=13)
    line(seat, "{{ seat.unit_name|upper }}", size=13, bold=True)
    line(seat, "", size=13, after=64)
    drop_first(seat)
    whole(table.rows[1])
    table.rows[2].cells[0].paragraphs[0].add_run("{%tr endfor %}")
    end(document, "if")
    last = plain_table(document, rows=1, widths=(TEXT_WIDTH / 2, TEXT_WIDTH / 2))
    recipients, witness = last.rows[0].cells
    whole(last.rows[0])
    only_if(recipients, "recipients", lambda: list_recipients(recipients))
    only_if(witness, "frame.witness", lambda: _witness(witness))
    for cell in (recipients, witness):
        drop_first(cell)


def _witness(cell: _Cell) -> None:
    line(cell, "{{ frame.witness.role_label|upper }}", size=13)
    line(cell, "{{ frame.witness.unit_name|upper }}", size=13, bold=True)
