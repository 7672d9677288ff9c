"""A report as printed (báo cáo, Decree 30/2020, Appendix III): head, title, to whom, sections with tables, recipients, signature."""

from dataclasses import dataclass
from decimal import Decimal

from django.template.loader import render_to_string
from django.utils import translation

from blocs.documents.sections import listed, paragraphs
from emulation.pdf.frame import DocumentFrame
from emulation.pdf.sheet import sheet, title_lines
from emulation.reports.texts import FigureLine, ReportSection, ReportText
from scoring.rules.numbers import written

NOTHING = "–"


@dataclass(frozen=True)
class PrintedFigure:
    """A figure with its numbers as people read them."""

    label: str
    measure: str
    plan: str
    actual: str
    percent: str
    last_year: str
    note: str


@dataclass(frozen=True)
class PrintedSection:
    """A section with its lines broken into paragraphs."""

    section: ReportSection
    paragraphs: list[str]
    items: list[tuple[str, list[str]]]
    figures: list[PrintedFigure]

    @property
    def has_plans(self) -> bool:
        return any(figure.plan != NOTHING for figure in self.figures)

    @property
    def has_last_year(self) -> bool:
        return any(figure.last_year != NOTHING for figure in self.figures)

    @property
    def has_notes(self) -> bool:
        return any(figure.note for figure in self.figures)


def report_html(text: ReportText, frame: DocumentFrame) -> str:
    """The HTML of a report for `emulation.pdf.render.render`; always Vietnamese."""
    with translation.override("vi"):
        return render_to_string("documents/report.html", _context(text, frame))


def _context(text: ReportText, frame: DocumentFrame) -> dict[str, object]:
    subject = text.title.removeprefix("Báo cáo").strip()
    return {
        "frame": frame,
        "sheet": sheet(frame),
        "document_title": f"{text.title} của {text.author}",
        "subject_lines": title_lines(subject[:1].upper() + subject[1:]),
        "addressed_to": text.addressed_to,
        "sections": [_printed(section) for section in text.sections],
        "signatures_heading": "",
        "recipients": listed(text.recipients),
    }


def _printed(section: ReportSection) -> PrintedSection:
    return PrintedSection(
        section,
        paragraphs(section.text),
        [(item.heading, paragraphs(item.text)) for item in section.items],
        [_figure(figure) for figure in section.figures],
    )


def _figure(figure: FigureLine) -> PrintedFigure:
    return PrintedFigure(
        figure.label,
        figure.measure,
        number(figure.plan),
        number(figure.actual),
        f"{written(figure.percent)}" if figure.percent is not None else NOTHING,
        number(figure.last_year) if figure.compares else NOTHING,
        figure.note,
    )


def number(value: str) -> str:
    """ "1.234,5" of "1234.5"; a dash for none."""
    return written(Decimal(value)) if value else NOTHING
