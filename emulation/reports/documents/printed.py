"""A report laid out: sections with their paragraphs, tables, charts, and what goes to the annex. The same for the print and for Word."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from blocs.documents.sections import listed, paragraphs
from emulation.pdf.frame import DocumentFrame
from emulation.pdf.sheet import sheet, title_lines
from emulation.reports.documents.charts import Chart, plan_chart, unit_charts
from emulation.reports.documents.compared import UnitsCompared, compared
from emulation.reports.documents.tables import SIDEWAYS, UPRIGHT, Table, figure_table, rows_table, unit_tables
from emulation.reports.texts import FigureLine, FileLine, ReportSection, ReportText

# A table longer than this is read in the annex when it stands there anyway.
_LONGEST_INSIDE = 25
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_SEE_ANNEX = "Số liệu chi tiết tại Phụ lục."
# Decree 30/2020 leaves the number to the records office, which may write it with a pen.
NUMBER_BY_PEN = "\u00a0" * 10 + "/BC"


@dataclass(frozen=True)
class PrintedItem:
    """A commitment, or a unit's passage: "a) Công an huyện Lệ Thủy"."""

    letter: str
    heading: str
    paragraphs: Sequence[str]


@dataclass(frozen=True)
class PrintedSection:
    """A part ("I") or a section ("1") as it stands on paper."""

    number: str
    level: int
    heading: str
    paragraphs: Sequence[str] = ()
    items: Sequence[PrintedItem] = ()
    tables: Sequence[Table] = ()
    chart: Chart | None = None
    files: Sequence[FileLine] = ()


@dataclass
class Annex:
    """Wide tables and charts on pages that lie on their side."""

    tables: list[Table] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.tables)


def printed(text: ReportText, frame: DocumentFrame) -> dict[str, object]:
    """Everything that stands on the page; the report of a bloc has its units side by side in the annex."""
    annex = Annex()
    sections = [_section(row, annex) for row in text.sections]
    figures = list(text.figures)
    if units := compared(text):
        _compare(figures, units, annex)
    subject = text.title.removeprefix("Báo cáo").strip()
    about = subject[:1].upper() + subject[1:]
    return {
        "frame": frame,
        "sheet": sheet(frame),
        "document_title": f"{text.title} của {text.author}",
        "subject": [about],
        "subject_lines": title_lines(about),
        "addressed_to": listed(text.addressed_to),
        "addressed_lines": title_lines(f"Kính gửi: {listed(text.addressed_to)[0]}") if len(text.addressed_to) == 1 else [],
        "sections": sections,
        "annex": annex or None,
        "signatures_heading": "",
        "recipients": listed(text.recipients),
    }


def letter(place: int) -> str:
    """The sign of the nth item from 0: a, b, c, d, đ, e, g ... y, then aa, ab."""
    round_, at = divmod(place, len(_LETTERS))
    return (_LETTERS[round_ - 1] if round_ else "") + _LETTERS[at]


def _section(section: ReportSection, annex: Annex) -> PrintedSection:
    lines = [_dashed(line) for line in paragraphs(section.text)]
    tables, chart = [], None
    if section.figures:
        inside = _figures(section, annex)
        tables += [inside] if inside else []
        lines += [] if inside else [_SEE_ANNEX]
        chart = plan_chart(section.figures)
    if len(section.rows) > 1:
        table = rows_table(section.rows)
        if table.width > UPRIGHT:
            annex.tables.append(_named(section, table).fitted(SIDEWAYS))
            lines.append(_SEE_ANNEX)
        else:
            tables.append(table.fitted(UPRIGHT))
    items = [
        PrintedItem(letter(place), item.heading, [_dashed(line) for line in paragraphs(item.text)] or ["Không có nội dung."])
        for place, item in enumerate(section.items)
    ]
    nothing = section.level > 1 and not (lines or items or tables or section.files)
    return PrintedSection(
        number=section.number.rpartition(".")[2],
        level=section.level,
        heading=section.heading,
        paragraphs=["Không có nội dung."] if nothing else lines,
        items=items,
        tables=tables,
        chart=chart,
        files=section.files,
    )


def _figures(section: ReportSection, annex: Annex) -> Table | None:
    """The section's figures; all their columns go to the annex where the page is too narrow for them. None: only there."""
    inside = figure_table(section.figures, full=False)
    whole = figure_table(section.figures, full=True)
    noted = section.has_notes and len(whole.columns) > len(inside.columns)
    too_wide = inside.width > UPRIGHT
    if too_wide or noted:
        annex.tables.append(_named(section, whole).fitted(SIDEWAYS))
        if too_wide or len(section.figures) > _LONGEST_INSIDE:
            return None
    return inside.fitted(UPRIGHT)


def _compare(figures: Sequence[FigureLine], units: UnitsCompared, annex: Annex) -> None:
    annex.tables += [table.fitted(SIDEWAYS) for table in unit_tables(figures, units)]
    annex.charts += unit_charts(figures, units)
    if units.missing:
        annex.notes.append(f"Chưa có số liệu của: {', '.join(units.missing)}.")


def _named(section: ReportSection, table: Table) -> Table:
    return Table(table.columns, table.rows, f"Mục {section.number}. {section.heading}")


def _dashed(line: str) -> str:
    """A dash stays with its first word, however the line is stretched."""
    return line[0] + "\u00a0" + line[1:].lstrip() if line[:2] in ("- ", "+ ") else line
