"""How long the print of a long report takes in the worker: thirty pages of a unit, and a bloc of twenty units with forty figures."""

import io
from collections.abc import Callable

import pikepdf

from benchmarks import figures, timing
from benchmarks.figures import Figure
from benchmarks.timing import milliseconds
from emulation.pdf.finish import finish
from emulation.pdf.render import render
from emulation.reports.documents.report import report_html
from emulation.reports.documents.word import word_report
from emulation.reports.documents.workbook import report_workbook
from tests.reports.documents import samples

TIMES = 3
PAGES, MOST = 30, 4.0


def measure() -> list[Figure]:
    """Processor time, since the worker shares its machine; the wall is said beside."""
    unit = samples.report(paragraphs=14, sections=8, figures=40, notes=True, items=8)
    bloc = samples.bloc(20)
    frame, of_bloc = samples.frame(verification=samples.proof()), samples.bloc_frame(verification=samples.proof())
    printing = timing.repeat(lambda: finish(render(report_html(unit, frame))), TIMES)
    compared = timing.repeat(lambda: finish(render(report_html(bloc, of_bloc))), 1)
    pages = _pages(lambda: finish(render(report_html(unit, frame))))
    word = timing.repeat(lambda: word_report(unit, frame), TIMES)
    book = timing.repeat(lambda: report_workbook(bloc), TIMES)
    return [
        figures.demand("pages of the long report", str(pages), f">= {PAGES}", kept=pages >= PAGES),
        figures.at_most("its print", printing.cpu, MOST, "s", digits=2, note=f"{milliseconds(printing.wall)} on the wall"),
        figures.beside("a bloc of 20 units x 40 figures", f"{compared.cpu:.1f} s", f"{milliseconds(compared.wall)} on the wall"),
        figures.beside("the long report as a Word file", milliseconds(word.cpu)),
        figures.beside("the numbers of the bloc as a workbook", milliseconds(book.cpu)),
    ]


def _pages(make: Callable[[], bytes]) -> int:
    with pikepdf.open(io.BytesIO(make())) as document:
        return len(document.pages)
