"""What taking over a newer outline means for those who write: sections and figures that come, go or change. Changes nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from blocs.domain.snapshots import version_text
from blocs.enums import DocumentKind
from blocs.models import Version
from emulation.reports.composing import figure_key
from emulation.reports.domain import periods
from emulation.reports.models import Report, ReportPeriod
from emulation.reports.texts import ReportText
from scoring.report_texts import OutlineText, outline_of


@dataclass(frozen=True)
class Difference:
    """Headings and labels, in the order of the paper."""

    gone: list[str]
    come: list[str]
    renamed: list[tuple[str, str]]
    gone_figures: list[str]
    come_figures: list[str]


@dataclass(frozen=True)
class Dropped:
    """What was typed where the outline asks for nothing any more."""

    heading: str
    text: str


def newer(period: ReportPeriod) -> Version | None:
    """The agreed version that the period does not follow yet."""
    version = periods.agreed_outline(period.bloc_year)
    return version if version and version.pk != period.outline_id else None


def difference(before: OutlineText, after: OutlineText) -> Difference:
    """What the newer outline takes away, brings and calls otherwise."""
    old, new = _headings(before), _headings(after)
    old_figures, new_figures = _labels([before]), _labels([after])
    return Difference(
        gone=[words for key, words in old.items() if key not in new],
        come=[words for key, words in new.items() if key not in old],
        renamed=[(words, new[key]) for key, words in old.items() if key in new and new[key] != words],
        gone_figures=[words for key, words in old_figures.items() if key not in new_figures],
        come_figures=[words for key, words in new_figures.items() if key not in old_figures],
    )


def dropped(report: Report, outline: OutlineText, text: ReportText) -> list[Dropped]:
    """Texts and figures of this report that no section asks for, with the heading that they once had; to be copied, never lost.

    `text`: the report as it stands, which holds every figure that is asked.
    """
    asked = {row.key for row in outline.sections if row.parent}
    texts = [row for row in report.written.all() if row.text and str(row.section) not in asked]
    typed = [row for row in report.figures.all() if row.actual is not None or row.note]
    known = {figure.key for figure in text.figures}
    figures = [row for row in typed if str(row.key) not in known]
    if not texts and not figures:
        return []
    earlier = list(_earlier(report.period))
    headings = {key: words for text in earlier for key, words in _headings(text).items()}
    labels = _labels(earlier)
    return [
        *(Dropped(headings.get(str(row.section), ""), row.text) for row in texts),
        *(Dropped(labels.get(str(row.key), ""), f"{row.actual or ''} {row.note}".strip()) for row in figures),
    ]


def _earlier(period: ReportPeriod) -> Iterator[OutlineText]:
    """The outlines that the bloc has had, the oldest first."""
    rows = Version.objects.filter(document__bloc_year=period.bloc_year_id, document__kind=DocumentKind.OUTLINE)
    for version in rows.order_by("document", "number"):
        if enclosed := version_text(version).enclosed:
            yield outline_of(enclosed)


def _headings(outline: OutlineText) -> dict[str, str]:
    return {row.key: row.heading for row in outline.sections if row.parent}


def _labels(outlines: Iterable[OutlineText]) -> dict[str, str]:
    return {figure_key(figure): figure.label for outline in outlines for figure in outline.figures}
