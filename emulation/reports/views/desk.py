"""What lies before somebody who writes a report: outline, text as it stands, faults, what was said on return. Read once a page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from emulation.records.domain.joining import beside
from emulation.reports import contents
from emulation.reports import faults as checks
from emulation.reports.contents import Line
from emulation.reports.domain import material
from emulation.reports.domain.periods import outline_text
from emulation.reports.enums import ReportState, Ruling
from emulation.reports.faults import Fault
from emulation.reports.forms.writing import SectionForm
from emulation.reports.models import Report, ReportFile, ReportVersion, Review
from emulation.reports.texts import FigureLine, ReportSection, ReportText
from scoring.report_texts import OutlineText


@dataclass
class Desk:
    """A report with all that its pages ask of it."""

    report: Report
    outline: OutlineText
    text: ReportText
    faults: list[Fault]
    known_last_year: frozenset[str]
    review: Review | None
    versions: list[ReportVersion]
    lines: list[Line] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.lines = contents.lines(self.text, self.outline, self.faults)

    @property
    def blocking(self) -> list[Fault]:
        return checks.blocking(self.faults)

    def has(self, key: str) -> bool:
        """Whether there is a section (not a part) of this key."""
        return any(line.key == key and line.level == 2 for line in self.lines)

    def line(self, key: str) -> Line:
        return next(line for line in self.lines if line.key == key)

    def section(self, key: str) -> ReportSection:
        found = self.text.section(key)
        assert found is not None
        return found

    def form(self, key: str, data: Any = None) -> SectionForm:
        """The form of a section."""
        with_text = contents.takes_text(self.line(key).asked)
        return SectionForm(data, section=self.section(key), with_text=with_text, known=self.known_last_year)

    def around(self, key: str) -> dict[str, Any]:
        """The section among the others, what is asked of it, what is missing, what a reviewer said of it."""
        before, after = contents.neighbours(self.lines, key)
        line = self.line(key)
        return {
            "lines": self.lines,
            "line": line,
            "section": self.section(key),
            "before": before,
            "after": after,
            "is_typed": contents.is_typed(line.asked),
            "section_faults": [fault for fault in self.faults if fault.section == key],
            "said": self.said.get(key, ""),
        }

    def fields(self, key: str, form: SectionForm) -> dict[str, Any]:
        """The boxes of the form beside what they are about."""
        section = self.section(key)
        return {
            "text_box": form["text"] if "text" in form.fields else None,
            "items": [(item, form[f"text-{item.key}"]) for item in section.items],
            "figures": [_figure(figure, form) for figure in section.figures],
        }

    def files(self, key: str) -> Sequence[ReportFile]:
        return [row for row in self.report.files.all() if str(row.section) == key and row.removed_at is None]

    @property
    def said(self) -> dict[str, str]:
        """What the newest return says of single sections, while the report is being mended."""
        return dict(self.review.sections) if self.review else {}


def desk_of(report: Report) -> Desk:
    """The desk of this report."""
    outline = outline_text(report.period.outline)
    known = material.said_before(report)
    text = material.text_of(report, outline, before=known)
    versions, review = history(report)
    return Desk(report, outline, text, checks.faults(text, outline), frozenset(known.last_year), review, versions)


def history(report: Report) -> tuple[list[ReportVersion], Review | None]:
    """The signed versions, the newest first, and the review by which the report is to be mended now; one query."""
    if report.first_submitted_at is None:
        return [], None
    rows = beside(material.signed_versions(report), "reviews", Review, Q(reviews__ruling__in=[Ruling.RETURNED, Ruling.REOPENED]))
    versions = {version.pk: version for version, _review in rows}
    reviews = [review for _version, review in rows if review]
    newest = max(reviews, key=lambda row: row.pk, default=None) if report.state == ReportState.RETURNED else None
    return sorted(versions.values(), key=lambda row: -row.number), newest


def _figure(figure: FigureLine, form: SectionForm) -> dict[str, Any]:
    """A figure's line of the table: numbers known, boxes for the others."""
    last_year = f"last_year-{figure.key}"
    return {
        "figure": figure,
        "actual": form[f"actual-{figure.key}"],
        "last_year": form[last_year] if last_year in form.fields else None,
        "note": form[f"note-{figure.key}"],
    }
