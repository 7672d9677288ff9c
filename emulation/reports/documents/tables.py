"""Tables of a report: columns with their widths and cells as people read them, the same for the print and for Word."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from emulation.reports.documents.compared import UnitsCompared, head_of
from emulation.reports.texts import FigureLine
from scoring.rules.numbers import written

NOTHING = "–"
# The text's width on upright paper and on paper that lies on its side, in mm (Decree 30/2020, Appendix I).
UPRIGHT, SIDEWAYS = 165.0, 257.0
# A column of words is never narrower than this; where it would be, the table lies on its side.
_LEAST_WORDS = 42.0
# So many columns of units leave room for the names of figures.
_MOST_UNITS = 10
_LEAST_UNIT = 17.0
_DIGIT, _PADDING = 2.1, 4.5
# What fills the rest, words that may break (at the left, in the middle), a number that may not, the number of a line.
REST, WORDS, MIDDLE, AMOUNT, PLACE = "rest", "words", "middle", "amount", "place"


@dataclass(frozen=True)
class Column:
    """A column; `width` in mm, of a column that takes the rest its least width."""

    head: str
    kind: str
    width: float


@dataclass(frozen=True)
class Table:
    """A table ready to be set."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    caption: str = ""

    @property
    def width(self) -> float:
        """The least width that it needs, in mm."""
        return sum(column.width for column in self.columns)

    @property
    def lines(self) -> list[list[tuple[str, str]]]:
        """The rows cell by cell, each with the kind of its column."""
        kinds = [column.kind for column in self.columns]
        return [list(zip(kinds, row, strict=True)) for row in self.rows]

    def fitted(self, width: float) -> "Table":
        """The same with its widths given out over the whole line."""
        spare = width - self.width
        takers = [column for column in self.columns if column.kind == REST] or list(self.columns)
        more = spare / len(takers)
        return replace(self, columns=[replace(row, width=row.width + more) if row in takers else row for row in self.columns])


def number(value: str) -> str:
    """ "1.234,5" of "1234.5"; a dash for none."""
    return written(Decimal(value)) if value else NOTHING


def signed(value: Decimal | None) -> str:
    """A change with its sign."""
    if value is None:
        return NOTHING
    return f"{'+' if value > 0 else ''}{written(value)}"


def figure_table(figures: Sequence[FigureLine], *, full: bool, caption: str = "") -> Table:
    """The figures with the columns in which something stands; `full` with notes too, and every column of numbers."""
    plans, years = any(row.plan for row in figures), any(row.last_year and row.compares for row in figures)
    columns = [
        Column("TT", PLACE, 11),
        Column("Nội dung", REST, _LEAST_WORDS),
        Column("Đơn vị tính", MIDDLE, _words([row.measure for row in figures], 17, 26)),
    ]
    cells: list[Callable[[FigureLine], str]] = []
    for head, shown, cell in _numbers(plans, years):
        if shown or full:
            columns.append(_amounts(head, [cell(row) for row in figures]))
            cells.append(cell)
    if any(row.note for row in figures) and (full or not (plans and years)):
        columns.append(Column("Ghi chú", WORDS, 38))
        cells.append(lambda row: row.note)
    rows = [[str(place), row.label, row.measure, *(cell(row) for cell in cells)] for place, row in enumerate(figures, start=1)]
    return Table(columns, rows, caption)


def _numbers(plans: bool, years: bool) -> list[tuple[str, bool, Callable[[FigureLine], str]]]:
    return [
        ("Kế hoạch", plans, lambda row: number(row.plan)),
        ("Kết quả", True, lambda row: number(row.actual)),
        ("Đạt (%)", plans, lambda row: written(row.percent) if row.percent is not None else NOTHING),
        ("Cùng kỳ", years, lambda row: number(row.last_year) if row.compares else NOTHING),
        ("Tăng, giảm (%)", years, lambda row: signed(row.growth)),
    ]


def rows_table(rows: Sequence[Sequence[str]]) -> Table:
    """A table that was filled in automatically, its head first, with a number before each row."""
    head, lines = rows[0], rows[1:]
    columns = [Column("TT", PLACE, 11), *(_column(name, [row[at] for row in lines]) for at, name in enumerate(head))]
    return Table(columns, [[str(place), *row] for place, row in enumerate(lines, start=1)])


def unit_tables(figures: Sequence[FigureLine], compared: UnitsCompared) -> list[Table]:
    """Figures as lines, units as columns; many units, or long numbers, are split into tables of about equal width, each with the sum."""
    units = compared.units
    found: list[Table] = []
    for count in range(max(-(-len(units) // _MOST_UNITS), 1), len(units) + 1):
        found = [_of_units(figures, compared, part) for part in _runs(units, count)]
        if all(table.width <= SIDEWAYS for table in found):
            break
    places = f"{{}}/{len(found)}" if len(found) > 1 else ""
    return [
        replace(table, caption=f"Số liệu của {compared.each}{f' ({places.format(place)})' if places else ''}")
        for place, table in enumerate(found, start=1)
    ]


def _of_units(figures: Sequence[FigureLine], compared: UnitsCompared, units: Sequence[str]) -> Table:
    told = [_of_unit(figures, compared.values, unit) for unit in units]
    columns = [
        Column("TT", PLACE, 11),
        Column("Nội dung", REST, _LEAST_WORDS),
        Column("Đơn vị tính", MIDDLE, _words([row.measure for row in figures], 17, 24)),
        _amounts(compared.whole, [number(row.actual) for row in figures]),
        *(_amounts(head_of(name), cells, _LEAST_UNIT) for name, cells in zip(units, told, strict=True)),
    ]
    rows = [
        [str(at), row.label, row.measure, number(row.actual), *(cells[at - 1] for cells in told)]
        for at, row in enumerate(figures, start=1)
    ]
    return Table(columns, rows)


def _of_unit(figures: Sequence[FigureLine], values: Mapping[str, Mapping[str, str]], unit: str) -> list[str]:
    return [number(values.get(row.key, {}).get(unit, "")) for row in figures]


def _runs(units: Sequence[str], count: int) -> list[Sequence[str]]:
    bounds = [len(units) * at // count for at in range(count + 1)]
    return [units[first:last] for first, last in pairwise(bounds)]


def _column(head: str, cells: Sequence[str]) -> Column:
    """A column of words takes its share of the line; one of short words only what it needs."""
    longest = max(map(len, cells), default=0)
    return Column(head, WORDS, _words([head, *cells], 18, 30)) if longest <= 14 else Column(head, REST, 30)


def _amounts(head: str, cells: Sequence[str], least: float = 17) -> Column:
    longest = max((len(cell) for cell in cells), default=0)
    word = max(len(part) for part in head.split()) if head else 0
    return Column(head, AMOUNT, max(least, longest * _DIGIT + _PADDING, min(word, 14) * _DIGIT + _PADDING))


def _words(cells: Sequence[str], least: float, most: float) -> float:
    longest = max((len(cell) for cell in cells), default=0)
    return min(max(longest * _DIGIT + _PADDING, least), most)
