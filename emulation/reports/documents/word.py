"""A report as a Word file: the same content and frame as the print, to read, circulate and print for a pen; never the signed document."""

from collections.abc import Sequence
from typing import Any, cast

from django.utils import translation

from blocs.documents.word import filled, saved
from emulation.pdf.frame import DocumentFrame
from emulation.reports.documents.printed import Annex, PrintedSection, printed
from emulation.reports.documents.tables import AMOUNT, MIDDLE, PLACE, Table
from emulation.reports.texts import ReportText

_SIDES = {AMOUNT: "right", MIDDLE: "center", PLACE: "center"}
_UNITS_PER_MM = 1440 / 25.4
# Only tables of a report are ruled.
_GRID = "Table Grid"


def word_report(text: ReportText, frame: DocumentFrame) -> bytes:
    """The .docx of a report; always Vietnamese."""
    from emulation.reports.documents import word_layout

    with translation.override("vi"):
        context = printed(text, frame)
        sections, annex = cast("list[PrintedSection]", context["sections"]), cast("Annex | None", context["annex"])
        document = filled(word_layout.template(annexed=annex is not None), context | _seat(frame), frame)
        tables = [table for section in sections for table in section.tables] + (annex.tables if annex else [])
        _set(document, tables)
    return saved(document)


def _seat(frame: DocumentFrame) -> dict[str, object]:
    """Who signs, in capitals above free room, and his name below where it is known."""
    seat = frame.seats[0]
    captions = [line.upper() for line in (seat.role_label, seat.unit_name, *seat.position) if line]
    return {"captions": captions, "signer_name": seat.name, "line_break": "\n"}


def _set(document: Any, tables: Sequence[Table]) -> None:
    """Give the ruled tables, which come in this order, their widths, and their numbers their side."""
    ruled = [table for table in document.docx.tables if table.style is not None and table.style.name == _GRID]
    for made, table in zip(ruled, tables, strict=True):
        widths = [str(round(column.width * _UNITS_PER_MM)) for column in table.columns]
        for grid, width in zip(made._tbl.tblGrid.gridCol_lst, widths, strict=True):  # noqa: SLF001 (python-docx is slow cell by cell)
            grid.set(_name("w"), width)
        for place, row in enumerate(made._tbl.tr_lst):  # noqa: SLF001
            for cell, column, width in zip(row.tc_lst, table.columns, widths, strict=True):
                _width(cell, width)
                if place and (side := _SIDES.get(column.kind)):
                    _align(cell, side)


def _width(cell: Any, width: str) -> None:
    properties = cell.get_or_add_tcPr()
    known = properties.get_or_add_tcW()
    known.set(_name("w"), width)
    known.set(_name("type"), "dxa")


def _align(cell: Any, side: str) -> None:
    for paragraph in cell.p_lst:
        paragraph.get_or_add_pPr().get_or_add_jc().set(_name("val"), side)


def _name(word: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{word}"))
