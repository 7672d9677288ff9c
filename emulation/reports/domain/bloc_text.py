"""The text of a bloc's report: figures over the units' newest signed versions, passages as the leader edited them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

from django.utils import translation

from blocs.domain.snapshots import lines
from emulation.reports import merging
from emulation.reports.composing import Material, Plan, compose
from emulation.reports.domain import material
from emulation.reports.domain.passages import Gathered
from emulation.reports.domain.periods import outline_text
from emulation.reports.enums import HANDED_IN
from emulation.reports.merging import Source
from emulation.reports.models import BlocReport, Passage, ReportPeriod, ReportVersion
from emulation.reports.texts import FileLine, Item, ReportSection, ReportText, report_of
from scoring.domain import facts
from scoring.enums import FilledFrom, SectionContent
from scoring.report_texts import OutlineText


def gathered(period: ReportPeriod) -> Gathered:
    """The newest signed version of every report that stands handed in; one query."""
    signed = ReportVersion.objects.filter(report__period=period, report__state__in=HANDED_IN, signed__isnull=False)
    newest = {version.report.unit_id: version for version in signed.select_related("signed", "report").order_by("number")}
    sources, names = [], {}
    for seat in period.bloc_year.ordered_seats:
        names[seat.unit_id] = seat.unit.name
        if version := newest.get(seat.unit_id):
            text = report_of(version.content)
            sources.append(Source(seat.unit_id, seat.unit.name, version.pk, version.number, version.signed.at, text))
    return Gathered(sources, names)


def text_of(report: BlocReport, known: Gathered | None = None, rows: Sequence[Passage] | None = None) -> ReportText:
    """The bloc's report as it stands now, always in Vietnamese; `known` and `rows` where somebody has them."""
    period = report.period
    known, outline = known or gathered(period), outline_text(period.outline)
    rows = passages_of(report) if rows is None else rows
    with translation.override("vi"):
        return ReportText(
            title=material.title_of(period),
            author=period.bloc_year.full_name,
            addressed_to=tuple(lines(report.addressed_to)),
            recipients=tuple(lines(report.recipients)),
            sections=tuple(_sections(period, outline, known, rows)),
        )


def passages_of(report: BlocReport) -> list[Passage]:
    """The passages of a report, each knowing its unit with the unit's names and its source without the content; one query."""
    units = {seat.unit_id: seat.unit for seat in report.period.bloc_year.ordered_seats}
    rows = list(report.passages.select_related("source").defer("source__content").order_by("pk"))
    for row in rows:
        row.report = report
        if row.unit_id in units:
            row.unit = units[row.unit_id]
    return rows


def _sections(period: ReportPeriod, outline: OutlineText, known: Gathered, rows: Sequence[Passage]) -> list[ReportSection]:
    covenant = facts.agreed_covenant(period.bloc_year_id)
    plans = [
        Plan(row.key, row.name, row.measure, row.direction, row.bloc_value) for row in (covenant.indicators if covenant else [])
    ]
    asked = compose(
        outline, Material(plans=plans, commitments=material.commitments(covenant), tables=material.tables_of(period, None))
    )
    written = _by_place(rows, known)
    return [_merged(section, known, written) for section in asked]


def _merged(section: ReportSection, known: Gathered, written: Mapping[tuple[str, str], Sequence[Passage]]) -> ReportSection:
    own = written.get((section.key, ""), [])
    of_units = [row for row in own if row.unit_id is not None]
    return replace(
        section,
        text="\n".join(row.text for row in own if row.unit_id is None),
        items=tuple(_items(section, of_units, written)),
        figures=merging.figures(section, known.sources, known.names),
        rows=_titles(known, section) if section.source == FilledFrom.TITLES else section.rows,
        files=_files(section, known),
    )


def _items(
    section: ReportSection, of_units: Sequence[Passage], written: Mapping[tuple[str, str], Sequence[Passage]]
) -> list[Item]:
    """Commitments with what each unit did, or what each unit wrote in the section."""
    if section.items:
        return [replace(item, text="\n".join(map(_named, written.get((section.key, item.key), [])))) for item in section.items]
    return [Item(str(row.unit_id), _heading(row), text=row.text) for row in of_units]


def _named(row: Passage) -> str:
    """A unit's words about an item in one paragraph, its name first."""
    return f"- {row.unit.name}: {' '.join(row.text.split())}" if row.unit else row.text


def _heading(row: Passage) -> str:
    name = row.unit.name if row.unit else ""
    return f"{name} (điển hình)" if row.is_example else name


def _by_place(rows: Sequence[Passage], known: Gathered) -> Mapping[tuple[str, str], Sequence[Passage]]:
    """What goes into the report, by section and item: the leader's own words first, then examples, then the order of the seats.

    What a unit said in a report that was given back waits until it hands in again, as its figures do.
    """
    seats = {unit: place for place, unit in enumerate(known.names)}
    standing = {None, *(source.unit for source in known.sources)}
    found: dict[tuple[str, str], list[Passage]] = defaultdict(list)
    for row in rows:
        if row.unit_id in standing and row.is_included and row.text.strip():
            found[str(row.section), row.item].append(row)
    for group in found.values():
        group.sort(key=lambda row: (row.unit_id is not None, not row.is_example, seats.get(row.unit_id or 0, len(seats))))
    return found


def _titles(known: Gathered, section: ReportSection) -> tuple[tuple[str, ...], ...]:
    """The titles that units registered, unit by unit."""
    of_units = [(source.name, source.text.section(section.key)) for source in known.sources]
    rows = [(name, ", ".join(chain.from_iterable(own.rows[1:]))) for name, own in of_units if own and own.rows]
    return (("Đơn vị", "Danh hiệu đã đăng ký"), *rows) if rows else ()


def _files(section: ReportSection, known: Gathered) -> tuple[FileLine, ...]:
    if section.content != SectionContent.ATTACHMENTS:
        return ()
    of_units = [(source.name, source.text.section(section.key)) for source in known.sources]
    return tuple(replace(file, name=f"{name}: {file.name}") for name, own in of_units if own for file in own.files)
