"""Small charts of a report as drawings of ours: bars in black and grey that a copier keeps, the numbers beside them as text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from emulation.reports.documents.compared import UnitsCompared, head_of
from emulation.reports.documents.tables import number
from emulation.reports.texts import FigureLine
from scoring.rules.numbers import written

_WIDTH, _HEIGHT = 200, 11
# The plan stands here; what goes beyond one and a half plans ends in an open bar.
_PLAN_AT = 130
# A letter of a bar in letters is so long.
_BLOCK = 10
_FULL, _THIN, _EMPTY = "█", "▏", "░"
_MOST_BARS = 12
_FEWEST_BARS = 3
_MOST_CHARTS = 4


@dataclass(frozen=True)
class Bar:
    """A line of a chart: whose bar, the drawing, the numbers in words; its length, and where the plan stands if there is one."""

    label: str
    drawing: SafeString
    words: str
    length: float
    plan_at: float = 0

    @property
    def blocks(self) -> str:
        """The bar in letters, for a program that shows no drawing of ours; the upright line is the plan."""
        filled, plan = round(self.length / _BLOCK), round(self.plan_at / _BLOCK)
        bar = _FULL * filled or (_THIN if self.length else "")
        return f"{bar[:plan]:{_EMPTY}<{plan}}│{bar[plan:]}" if plan else bar


@dataclass(frozen=True)
class Chart:
    """Bars under one caption."""

    caption: str
    bars: Sequence[Bar]


def plan_chart(figures: Sequence[FigureLine]) -> Chart | None:
    """What was reached against the plan, in shares of the plan; none for a few figures or for very many."""
    shown = [figure for figure in figures if figure.percent is not None]
    if not _FEWEST_BARS <= len(shown) <= _MOST_BARS:
        return None
    return Chart("Kết quả so với kế hoạch (vạch đứng: 100% kế hoạch)", [_against_plan(figure) for figure in shown])


def unit_charts(figures: Sequence[FigureLine], compared: UnitsCompared) -> list[Chart]:
    """The units side by side in the first figures that most of them report."""
    return list(_compared(figures, compared))[:_MOST_CHARTS]


def _against_plan(figure: FigureLine) -> Bar:
    share = figure.percent or Decimal(0)
    words = f"{number(figure.actual)}/{number(figure.plan)} {figure.measure} – đạt {written(share)}%"
    length = min(float(share) / 100 * _PLAN_AT, _WIDTH - 2)
    mark = format_html('<line x1="{0}" y1="0" x2="{0}" y2="{1}" stroke="#000" stroke-width="1.4"/>', _PLAN_AT, _HEIGHT)
    return Bar(
        figure.label, _drawing(f"{figure.label}: {words}", length, mark, is_open=length > _WIDTH - 3), words, length, _PLAN_AT
    )


def _compared(figures: Sequence[FigureLine], compared: UnitsCompared) -> Iterator[Chart]:
    for figure in figures:
        found = compared.values.get(figure.key, {})
        values = {name: found.get(name, "") for name in compared.units}
        most = max((Decimal(value) for value in values.values() if value), default=Decimal(0))
        if most > 0 and len(compared.units) >= _FEWEST_BARS and 2 * sum(map(bool, values.values())) > len(values):
            yield Chart(f"{figure.label} ({figure.measure})", [_of_unit(name, value, most) for name, value in values.items()])


def _of_unit(name: str, value: str, most: Decimal) -> Bar:
    length = float(Decimal(value) / most) * (_WIDTH - 2) if value else 0
    words = number(value) if value else "chưa có số liệu"
    return Bar(head_of(name), _drawing(f"{name}: {words}", length), words, length)


def _drawing(title: str, length: float, mark: str = "", *, is_open: bool = False) -> SafeString:
    """A grey bar with a black edge on a thin line; the title is what a screen reader says."""
    edge = format_html('<path d="M{0} 1 l3 4.5 l-3 4.5" fill="none" stroke="#000"/>', f"{length - 3:.1f}") if is_open else ""
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="bar" viewBox="0 0 {} {}"><title>{}</title>'
        '<line x1="0" y1="{}" x2="{}" y2="{}" stroke="#999" stroke-width="0.4"/>'
        '<rect x="0.4" y="1.5" width="{}" height="8" fill="#b5b5b5" stroke="#000" stroke-width="0.6"/>{}{}</svg>',
        _WIDTH,
        _HEIGHT,
        title,
        _HEIGHT - 0.3,
        _WIDTH,
        _HEIGHT - 0.3,
        f"{max(length, 0.2):.1f}",
        edge,
        mark,
    )
