"""The text of a province's summary: figures over all units whose versions went into the blocs' sent reports, blocs' passages as edited."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Prefetch
from django.utils import translation

from blocs.domain.snapshots import lines
from blocs.models import BlocYear
from blocs.models.blocs import seats_with_units
from emulation.reports import merging
from emulation.reports.by_heading import by_heading, told, united
from emulation.reports.domain.passages import Gathered
from emulation.reports.enums import BlocReportState, PeriodKind
from emulation.reports.merging import Source
from emulation.reports.models import BlocReportVersion, ProvincePassage, ProvinceReport, ReportVersion
from emulation.reports.texts import FigureLine, FileLine, Item, ReportSection, ReportText, report_of
from scoring.enums import SectionContent
from scoring.report_texts import roman

_ORIGIN = "Nguồn tổng hợp"


@dataclass(frozen=True)
class Bloc:
    """A bloc of the province in that year: what it sent, if anything, and the units' versions that it was made of."""

    row: BlocYear
    name: str
    """As parts of figures and tables are told apart: no two blocs of a year have the same."""
    text: ReportText | None = None
    units: Sequence[Source] = ()

    @property
    def unit_names(self) -> Mapping[int, str]:
        """Everybody who has a seat, in the order of the seats."""
        return {seat.unit_id: seat.unit.name for seat in self.row.seats.all()}

    @property
    def silent(self) -> list[str]:
        """The units of which nothing went into what the bloc sent."""
        own = {source.unit for source in self.units}
        return [name for unit, name in self.unit_names.items() if unit not in own]


@dataclass(frozen=True)
class Material(Gathered):
    """What a province's summary is made of: `sources` are the blocs' sent reports in one voice, `blocs` all of the year."""

    blocs: Sequence[Bloc] = ()

    @property
    def silent(self) -> list[tuple[str, list[str]]]:
        """The blocs that sent, with their units of which nothing went in."""
        return [(bloc.name, bloc.silent) for bloc in self.blocs if bloc.text and bloc.silent]


def gathered(report: ProvinceReport) -> Material:
    """The newest signed version of every bloc's report that stands sent, and the units' versions in it; five queries."""
    blocs = BlocYear.objects.filter(year=report.year_id, bloc__standing_office=report.office_id).order_by("pk")
    blocs = blocs.select_related("year").prefetch_related(Prefetch("seats", seats_with_units(named=True)))
    versions = sent_versions(report)
    of_units = _units([pk for version in versions.values() for pk in version.sources.values()])
    found, sources = [], []
    for row, name in _named(blocs):
        version = versions.get(row.pk)
        if version is None:
            found.append(Bloc(row, name))
            continue
        text = by_heading(report_of(version.content))
        names = {seat.unit_id: seat.unit.name for seat in row.seats.all()}
        units = [of_units[pk] for pk in version.sources.values() if pk in of_units]
        places = {unit: place for place, unit in enumerate(names)}
        units.sort(key=lambda source: places.get(source.unit, len(places)))
        found.append(Bloc(row, name, text, [replace(source, name=names.get(source.unit, source.name)) for source in units]))
        sources.append(Source(row.pk, name, version.pk, version.number, version.sent.at, in_one_voice(text)))
    return Material(sources, {row.row.pk: row.name for row in found}, found)


def _named(blocs: Iterable[BlocYear]) -> Iterator[tuple[BlocYear, str]]:
    """The blocs with their names; of equal names the second is "… (2)"."""
    met: Counter[str] = Counter()
    for row in blocs:
        met[row.full_name] += 1
        number = met[row.full_name]
        yield row, row.full_name if number == 1 else f"{row.full_name} ({number})"


def sent_versions(report: ProvinceReport) -> dict[int, BlocReportVersion]:
    """The newest sent version by bloc, where the bloc's report stands sent."""
    rows = BlocReportVersion.objects.filter(
        sent__isnull=False,
        report__state=BlocReportState.SENT,
        report__period__kind=report.kind,
        report__period__name=report.name,
        report__period__bloc_year__year=report.year_id,
        report__period__bloc_year__bloc__standing_office=report.office_id,
    )
    newest = rows.select_related("sent", "report__period").order_by("number")
    return {version.report.period.bloc_year_id: version for version in newest}


def in_one_voice(text: ReportText) -> ReportText:
    """A bloc's report with one text in each section; sections that are only tables have none."""
    return replace(text, sections=tuple(replace(row, text=told(row), items=()) for row in text.sections))


def title_of(report: ProvinceReport) -> str:
    """ "Báo cáo tổng kết năm 2020 các khối thi đua"."""
    title = report.period_title
    head = title if report.kind == PeriodKind.OTHER else f"Báo cáo {title[:1].lower()}{title[1:]}"
    return f"{head} các khối thi đua"


def text_of(report: ProvinceReport, known: Material | None = None, rows: Sequence[ProvincePassage] | None = None) -> ReportText:
    """The summary as it stands now, always in Vietnamese; `known` and `rows` where somebody has them."""
    known = known or gathered(report)
    rows = passages_of(report, known) if rows is None else rows
    with translation.override("vi"):
        return ReportText(
            title=title_of(report),
            author=report.province.name,
            addressed_to=tuple(lines(report.addressed_to)),
            recipients=tuple(lines(report.recipients)),
            sections=tuple(_sections(known, rows)),
            of_blocs=True,
        )


def passages_of(report: ProvinceReport, known: Material | None = None) -> list[ProvincePassage]:
    """The passages, each knowing its bloc and its source without the content; one query, two without `known`."""
    rows = list(report.passages.select_related("source").defer("source__content").order_by("pk"))
    blocs = {bloc.row.pk: bloc.row for bloc in known.blocs} if known else _blocs(rows)
    for row in rows:
        row.report = report
        if row.bloc_year_id in blocs:
            row.bloc_year = blocs[row.bloc_year_id]
    return rows


def origin(known: Material) -> str:
    """Of which blocs it is made, and plainly which blocs and units are missing."""
    names = [source.name for source in known.sources]
    said = [f"Tổng hợp từ báo cáo đã gửi của {len(names)}/{len(known.names)} khối{': ' if names else ''}{'; '.join(names)}."]
    if known.missing:
        said.append(f"Chưa có báo cáo của khối: {'; '.join(known.missing)}.")
    said += [f"Báo cáo của {name} chưa có số liệu của: {', '.join(units)}." for name, units in known.silent]
    return "\n".join(said)


def _sections(known: Material, rows: Sequence[ProvincePassage]) -> Iterator[ReportSection]:
    written = _by_section(rows, known)
    blocs = [bloc for bloc in known.blocs if bloc.text]
    asked = united([bloc.text for bloc in blocs if bloc.text])
    for section in asked:
        own = written.get(section.key, [])
        yield replace(
            section,
            text="\n".join(row.text for row in own if row.bloc_year_id is None),
            items=tuple(_item(row) for row in own if row.bloc_year_id is not None),
            figures=tuple(_figure(figure, blocs, known) for figure in section.figures),
            rows=_rows(section, blocs),
            files=_files(section, blocs),
        )
    number = roman(1 + sum(section.level == 1 for section in asked))
    yield ReportSection(_ORIGIN, number, 1, _ORIGIN, SectionContent.NARRATIVE, text=origin(known))


def _figure(asked: FigureLine, blocs: Sequence[Bloc], known: Material) -> FigureLine:
    """A figure over all units of the blocs that ask for it, with a part for each bloc; never an average of averages."""
    asking = [bloc for bloc in blocs if bloc.text and any(row.key == asked.key for row in bloc.text.figures)]
    sources = [source for bloc in asking for source in bloc.units]
    names = {unit: name for bloc in asking for unit, name in bloc.unit_names.items()}
    whole = merging.figure(asked, sources, {**{source.unit: source.name for source in sources}, **names})
    of_blocs = [(bloc.name, merging.figure(asked, bloc.units, bloc.unit_names).actual) for bloc in asking]
    return replace(whole, parts=tuple(part for part in of_blocs if part[1]), missing=(*known.missing, *whole.missing))


def _rows(section: ReportSection, blocs: Sequence[Bloc]) -> tuple[tuple[str, ...], ...]:
    """The blocs' tables below each other, each row with its bloc; only of those with the same head."""
    found: list[tuple[str, ...]] = []
    for name, own in _of_blocs(section, blocs):
        if own.rows and (not found or tuple(own.rows[0]) == found[0][1:]):
            found = found or [("Khối", *own.rows[0])]
            found += [(name, *line) for line in own.rows[1:]]
    return tuple(found)


def _files(section: ReportSection, blocs: Sequence[Bloc]) -> tuple[FileLine, ...]:
    return tuple(replace(file, name=f"{name} – {file.name}") for name, own in _of_blocs(section, blocs) for file in own.files)


def _of_blocs(section: ReportSection, blocs: Sequence[Bloc]) -> Iterator[tuple[str, ReportSection]]:
    for bloc in blocs:
        if bloc.text and (own := bloc.text.section(section.key)):
            yield bloc.name, own


def _item(row: ProvincePassage) -> Item:
    name = row.contributor_name
    return Item(str(row.bloc_year_id), f"{name} (điển hình)" if row.is_example else name, text=row.text)


def _by_section(rows: Iterable[ProvincePassage], known: Material) -> Mapping[str, Sequence[ProvincePassage]]:
    """What goes in, by section: own words first, then examples, then the order of the blocs; of blocs whose report stands sent."""
    places = {bloc: place for place, bloc in enumerate(known.names)}
    standing = {None, *(source.unit for source in known.sources)}
    found: dict[str, list[ProvincePassage]] = defaultdict(list)
    for row in rows:
        if row.bloc_year_id in standing and row.is_included and row.text.strip():
            found[str(row.section)].append(row)
    for group in found.values():
        group.sort(key=lambda row: (row.bloc_year_id is not None, not row.is_example, places.get(row.bloc_year_id or 0, 0)))
    return found


def _units(versions: Iterable[int]) -> dict[int, Source]:
    """The units' reports in these versions, with keys that all outlines share."""
    rows = ReportVersion.objects.filter(pk__in=list(versions), signed__isnull=False).select_related("signed", "report")
    return {row.pk: _unit(row) for row in rows}


def _unit(row: ReportVersion) -> Source:
    text = report_of(row.content)
    return Source(row.report.unit_id, text.author, row.pk, row.number, row.signed.at, by_heading(text))


def _blocs(rows: Iterable[ProvincePassage]) -> dict[int, BlocYear]:
    wanted = {row.bloc_year_id for row in rows if row.bloc_year_id}
    return {row.pk: row for row in BlocYear.objects.filter(pk__in=wanted).select_related("year")} if wanted else {}
