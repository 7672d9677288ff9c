"""Points by where a value lies: in one of several bands, or between anchors that are joined by straight lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from scoring.rules.direct import LEAST_POINTS, MOST_POINTS
from scoring.rules.inputs import Choice, Fault, Input, Number, Rows
from scoring.rules.kinds import Facts, Rule, Survey, Work, of_type, parameter
from scoring.rules.numbers import percentage, written
from scoring.rules.targets import BETTER, HIGHER, MOST_FACT, reached, target_and_actual
from scoring.rules.words import Equals, Points, Share, Step, in_points, step

BY = Choice(
    gettext_lazy("Xét theo"),
    default="value",
    choices={"value": gettext_lazy("giá trị nhập"), "ratio": gettext_lazy("tỷ lệ phần trăm đạt chỉ tiêu")},
)
_VALUE = Number(gettext_lazy("Giá trị"), at_least=f"-{MOST_FACT}", at_most=MOST_FACT)


def _facts(by: str) -> dict[str, Input]:
    return target_and_actual() if by == "ratio" else {"value": _VALUE}


def _measured(facts: Facts, by: str, better: str) -> tuple[Fraction | None, Step]:
    """The value that is looked up, with where it came from in words; a share of a target counts in percent."""
    if by == "value":
        return facts["value"], step(gettext_noop("Giá trị: %(value)s."), value=facts["value"])
    share, told = reached(facts, better)
    return (None if share is None else share * 100), told


@of_type("tier", gettext_lazy("Theo bậc"), gettext_lazy("Giá trị thuộc bậc nào được điểm của bậc đó."))
@dataclass(frozen=True, kw_only=True)
class Tier(Rule):
    """The points of the first row whose bound holds. The last row may go without a bound: whatever is left."""

    rows: tuple[dict[str, Any], ...] = parameter(
        Rows(
            gettext_lazy("Các bậc"),
            columns={
                "from": Number(gettext_lazy("Mốc"), default=None, at_least=f"-{MOST_FACT}", at_most=MOST_FACT),
                "points": Number(gettext_lazy("Điểm"), at_least=LEAST_POINTS, at_most=MOST_POINTS),
            },
        )
    )
    max: Fraction | None = parameter(Number(gettext_lazy("Điểm tối đa"), default=None, at_least="0", at_most=MOST_POINTS))
    by: str = parameter(BY)
    better: str = parameter(BETTER)

    @cached_property
    def facts(self) -> dict[str, Input]:
        return _facts(self.by)

    def faults(self) -> list[Fault]:
        found = []
        if any(row["from"] is None for row in self.rows[:-1]):
            found.append(Fault("rows", _("Chỉ bậc cuối cùng được để trống mốc.")))
        elif not _one_way([row["from"] for row in self.rows if row["from"] is not None], self._is_down):
            found.append(Fault("rows", _("Các mốc phải giảm dần.") if self._is_down else _("Các mốc phải tăng dần.")))
        points = [row["points"] for row in self.rows]
        if self.rows[-1]["from"] is not None:
            points.append(Fraction(0))
        if any(first < second for first, second in pairwise(points)):
            found.append(
                Fault("rows", _("Điểm của các bậc không được tăng từ bậc tốt nhất trở xuống, và ngoài các bậc là 0 điểm."))
            )
        if self.max is not None and self.max != self.rows[0]["points"]:
            found.append(Fault("max", _("Điểm tối đa phải bằng điểm của bậc tốt nhất.")))
        return found

    @property
    def _is_down(self) -> bool:
        """Whether bounds go down from the best row: a share of a target is best high, whichever way the value itself goes."""
        return self.better == HIGHER or self.by == "ratio"

    @property
    def bounds(self) -> tuple[Fraction, Fraction]:
        return min(self.rows[-1]["points"], Fraction(0)), max(self.rows[0]["points"], Fraction(0))

    def sentence(self) -> str:
        sign = "≥" if self._is_down else "≤"
        unit = "%" if self.by == "ratio" else ""
        told = [
            _("%(bound)s: %(points)s") % {"bound": f"{sign} {written(row['from'])}{unit}", "points": in_points(row["points"])}
            if row["from"] is not None
            else _("còn lại: %(points)s") % {"points": in_points(row["points"])}
            for row in self.rows
        ]
        if self.rows[-1]["from"] is not None:
            told.append(_("còn lại: %(points)s") % {"points": in_points(Fraction(0))})
        return _("Theo bậc: %(rows)s.") % {"rows": "; ".join(told)}

    def work(self, facts: Facts, survey: Survey | None) -> Work:
        value, told = _measured(facts, self.by, self.better)
        if value is None:
            return Work(Fraction(0), (told,))
        row = next((row for row in self.rows if row["from"] is None or self._holds(value, row["from"])), None)
        if row is None:
            return Work(Fraction(0), (told, step(gettext_noop("Không thuộc bậc nào: 0 điểm."))))
        if row["from"] is None:
            rest = step(gettext_noop("Thuộc bậc còn lại: %(points)s."), points=Points(row["points"]))
            return Work(row["points"], (told, rest))
        sign = "≥" if self._is_down else "≤"
        band = gettext_noop("Thuộc bậc %(sign)s %(bound)s: %(points)s.")
        return Work(row["points"], (told, step(band, sign=sign, bound=row["from"], points=Points(row["points"]))))

    def _holds(self, value: Fraction, bound: Fraction) -> bool:
        return value >= bound if self._is_down else value <= bound


@of_type(
    "anchors",
    gettext_lazy("Nội suy giữa các mốc"),
    gettext_lazy("Mỗi mốc ứng với một phần của điểm tối đa; giữa hai mốc tính theo đường thẳng, kém mốc cuối thì không có điểm."),
)
@dataclass(frozen=True, kw_only=True)
class Anchors(Rule):
    """Anchors from the best value to the worst, each with a share of the maximum, joined by straight lines."""

    max: Fraction = parameter(Number(gettext_lazy("Điểm tối đa"), at_least="0", at_most=MOST_POINTS))
    anchors: tuple[dict[str, Any], ...] = parameter(
        Rows(
            gettext_lazy("Các mốc"),
            columns={
                "value": Number(gettext_lazy("Giá trị"), at_least=f"-{MOST_FACT}", at_most=MOST_FACT),
                "share": Number(gettext_lazy("Phần của điểm tối đa"), at_least="0", at_most="1"),
            },
            fewest=2,
        )
    )
    by: str = parameter(BY)
    better: str = parameter(BETTER)

    @cached_property
    def facts(self) -> dict[str, Input]:
        return _facts(self.by)

    def faults(self) -> list[Fault]:
        values = [row["value"] for row in self.anchors]
        found = []
        if not _one_way(values, self._is_down):
            found.append(Fault("anchors", _("Các mốc phải cùng giảm dần hoặc cùng tăng dần, từ tốt nhất đến kém nhất.")))
        elif self.by == "ratio" and not self._is_down:
            found.append(Fault("anchors", _("Xét theo tỷ lệ đạt chỉ tiêu thì các mốc phải giảm dần.")))
        if any(first["share"] < second["share"] for first, second in pairwise(self.anchors)):
            found.append(Fault("anchors", _("Phần điểm của các mốc không được tăng từ mốc tốt nhất trở xuống.")))
        return found

    @property
    def _is_down(self) -> bool:
        return bool(self.anchors[0]["value"] > self.anchors[1]["value"])

    @property
    def bounds(self) -> tuple[Fraction, Fraction]:
        return Fraction(0), self.max

    def sentence(self) -> str:
        unit = "%" if self.by == "ratio" else ""
        told = "; ".join(f"{written(row['value'])}{unit}: {percentage(row['share'])}" for row in self.anchors)
        return _("Theo mốc, tính trên %(max)s: %(rows)s; giữa hai mốc tính theo đường thẳng, kém mốc cuối 0 điểm.") % {
            "max": in_points(self.max),
            "rows": told,
        }

    def work(self, facts: Facts, survey: Survey | None) -> Work:
        value, told = _measured(facts, self.by, self.better)
        if value is None:
            return Work(Fraction(0), (told,))
        share, where = self._share(value)
        points = self.max * share
        product = step("%(max)s × %(share)s %(points)s.", max=self.max, share=Share(share), points=Equals(points))
        return Work(points, (told, where, product))

    def _share(self, value: Fraction) -> tuple[Fraction, Step]:
        best, worst = self.anchors[0], self.anchors[-1]
        if self._is_past(value, best["value"]):
            return best["share"], step(gettext_noop("Từ mốc tốt nhất trở lên: %(share)s."), share=Share(best["share"]))
        if value != worst["value"] and self._is_past(worst["value"], value):
            return Fraction(0), step(gettext_noop("Kém mốc cuối %(worst)s: không có điểm."), worst=worst["value"])
        upper, lower = next(pair for pair in pairwise(self.anchors) if self._is_past(value, pair[1]["value"]))
        part = (value - lower["value"]) / (upper["value"] - lower["value"])
        share: Fraction = lower["share"] + part * (upper["share"] - lower["share"])
        return share, step(
            gettext_noop("Giữa mốc %(lower)s (%(low)s) và mốc %(upper)s (%(high)s): %(share)s."),
            lower=lower["value"],
            low=Share(lower["share"]),
            upper=upper["value"],
            high=Share(upper["share"]),
            share=Share(share),
        )

    def _is_past(self, value: Fraction, anchor: Fraction) -> bool:
        """Whether the value is as good as the anchor or better."""
        return value >= anchor if self._is_down else value <= anchor


def _one_way(values: Sequence[Fraction], is_down: bool) -> bool:
    return all(first > second if is_down else first < second for first, second in pairwise(values))
