"""Points for things that are counted: added, taken off, or both; and days late."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from scoring.rules.direct import LEAST_POINTS, MOST_POINTS
from scoring.rules.inputs import Choice, Counts, Fault, Input, Number, Rows, Whole, Word
from scoring.rules.kinds import Facts, Rule, Survey, Work, of_type, parameter
from scoring.rules.numbers import written
from scoring.rules.targets import floored
from scoring.rules.words import Equals, Points, Step, in_points, step

MOST_CASES = "1000000"


@of_type("deduct", gettext_lazy("Trừ điểm theo vụ việc"), gettext_lazy("Có sẵn điểm tối đa; mỗi vụ việc trừ điểm theo loại."))
@dataclass(frozen=True, kw_only=True)
class Deduct(Rule):
    """Starts from the maximum; each kind of event takes off its own points, perhaps up to a cap of its own."""

    max: Fraction = parameter(Number(gettext_lazy("Điểm tối đa"), at_least="0", at_most=MOST_POINTS))
    min: Fraction = parameter(
        Number(gettext_lazy("Điểm tối thiểu"), default=Fraction(0), at_least=LEAST_POINTS, at_most=MOST_POINTS)
    )
    events: tuple[dict[str, Any], ...] = parameter(
        Rows(
            gettext_lazy("Các loại vụ việc"),
            columns={
                "key": Word(gettext_lazy("Mã"), longest=40),
                "name": Word(gettext_lazy("Tên"), default=""),
                "points": Number(gettext_lazy("Điểm trừ mỗi lần"), above="0", at_most=MOST_POINTS),
                "cap": Number(gettext_lazy("Trừ nhiều nhất"), default=None, above="0", at_most=MOST_POINTS),
            },
        )
    )

    @cached_property
    def facts(self) -> dict[str, Input]:
        return {"counts": Counts(gettext_lazy("Số lần"), names={row["key"]: self._name(row) for row in self.events})}

    def _name(self, row: dict[str, Any]) -> str:
        return str(row["name"] or row["key"])

    def faults(self) -> list[Fault]:
        found = []
        keys = [row["key"] for row in self.events]
        if len(set(keys)) < len(keys):
            found.append(Fault("events", _("Mã của các loại vụ việc phải khác nhau.")))
        if self.min > self.max:
            found.append(Fault("min", _("Điểm tối thiểu không lớn hơn điểm tối đa.")))
        return found

    @property
    def bounds(self) -> tuple[Fraction, Fraction]:
        return min(self.min, Fraction(0)), self.max

    def sentence(self) -> str:
        told = [
            _("%(name)s trừ %(points)s/lần") % {"name": self._name(row), "points": in_points(row["points"])}
            if row["cap"] is None
            else _("%(name)s trừ %(points)s/lần, nhiều nhất %(cap)s")
            % {"name": self._name(row), "points": in_points(row["points"]), "cap": in_points(row["cap"])}
            for row in self.events
        ]
        words = {"max": in_points(self.max), "events": "; ".join(told), "min": in_points(self.min)}
        return _("Có sẵn %(max)s; %(events)s; không dưới %(min)s.") % words

    def work(self, facts: Facts, survey: Survey | None) -> Work:
        lines, left = [], self.max
        for row in self.events:
            times = facts["counts"][row["key"]]
            if not times:
                continue
            off = times * row["points"]
            told = "%(name)s: %(times)s × %(each)s %(off)s."
            shown = {"name": self._name(row), "times": times, "each": row["points"], "off": Equals(off), "cap": row["cap"]}
            if row["cap"] is not None and off > row["cap"]:
                off = row["cap"]
                told = gettext_noop("%(name)s: %(times)s × %(each)s %(off)s, chỉ trừ nhiều nhất %(cap)s.")
            lines.append(Step(told, shown))
            left -= off
        if not lines:
            return Work(self.max, (step(gettext_noop("Không có vụ việc nào phải trừ.")),))
        lines.append(step("%(max)s − %(off)s %(left)s.", max=self.max, off=self.max - left, left=Equals(left)))
        return Work(max(left, self.min), (*lines, *floored(left, self.min)))


@of_type(
    "count", gettext_lazy("Cộng theo số lượng"), gettext_lazy("Mỗi đơn vị kết quả được một mức điểm, không quá điểm tối đa.")
)
@dataclass(frozen=True, kw_only=True)
class Count(Rule):
    """So many points for each, up to the maximum."""

    max: Fraction = parameter(Number(gettext_lazy("Điểm tối đa"), at_least="0", at_most=MOST_POINTS))
    points: Fraction = parameter(Number(gettext_lazy("Điểm mỗi lần"), above="0", at_most=MOST_POINTS))

    @cached_property
    def facts(self) -> dict[str, Input]:
        return {"count": Whole(gettext_lazy("Số lượng"), at_least="0", at_most=MOST_CASES)}

    @property
    def bounds(self) -> tuple[Fraction, Fraction]:
        return Fraction(0), self.max

    def sentence(self) -> str:
        words = {"points": in_points(self.points), "max": in_points(self.max)}
        return _("Mỗi kết quả được %(points)s, không quá %(max)s.") % words

    def work(self, facts: Facts, survey: Survey | None) -> Work:
        product = facts["count"] * self.points
        told = step("%(n)s × %(each)s %(product)s.", n=facts["count"], each=self.points, product=Equals(product))
        if product <= self.max:
            return Work(product, (told,))
        return Work(self.max, (told, step(gettext_noop("Không quá %(max)s."), max=Points(self.max))))


@of_type("bonus_penalty", gettext_lazy("Cộng và trừ"), gettext_lazy("Số lần được cộng và số lần bị trừ, trong một khung điểm."))
@dataclass(frozen=True, kw_only=True)
class BonusPenalty(Rule):
    """So many up for each good thing, so many down for each bad one, kept within a frame."""

    bonus: Fraction = parameter(Number(gettext_lazy("Điểm cộng mỗi lần"), at_least="0", at_most=MOST_POINTS))
    penalty: Fraction = parameter(Number(gettext_lazy("Điểm trừ mỗi lần"), at_least="0", at_most=MOST_POINTS))
    min: Fraction = parameter(Number(gettext_lazy("Điểm tối thiểu"), at_least=LEAST_POINTS, at_most="0"))
    max: Fraction = parameter(Number(gettext_lazy("Điểm tối đa"), at_least="0", at_most=MOST_POINTS))

    @cached_property
    def facts(self) -> dict[str, Input]:
        return {
            "bonus": Whole(gettext_lazy("Số lần cộng"), default=Fraction(0), at_least="0", at_most=MOST_CASES),
            "penalty": Whole(gettext_lazy("Số lần trừ"), default=Fraction(0), at_least="0", at_most=MOST_CASES),
        }

    @property
    def bounds(self) -> tuple[Fraction, Fraction]:
        return self.min, self.max

    def sentence(self) -> str:
        words = {
            "bonus": in_points(self.bonus),
            "penalty": in_points(self.penalty),
            "min": written(self.min),
            "max": in_points(self.max),
        }
        return _("Mỗi lần cộng %(bonus)s, mỗi lần trừ %(penalty)s; từ %(min)s đến %(max)s.") % words

    def work(self, facts: Facts, survey: Survey | None) -> Work:
        net = facts["bonus"] * self.bonus - facts["penalty"] * self.penalty
        told = step(
            "%(up)s × %(bonus)s − %(down)s × %(penalty)s %(net)s.",
            up=facts["bonus"],
            bonus=self.bonus,
            down=facts["penalty"],
            penalty=self.penalty,
            net=Equals(net),
        )
        if self.min <= net <= self.max:
            return Work(net, (told,))
        frame = step(gettext_noop("Trong khung từ %(min)s đến %(max)s."), min=self.min, max=Points(self.max))
        return Work(min(max(net, self.min), self.max), (told, frame))


# Which document is late: that of the period that is scored, one of them by name, or something that only people know of.
OF_PERIOD, OF_INTERIM, OF_FINAL, OF_OTHER = "period", "interim", "final", "other"
LATE_DOCUMENT = Choice(
    gettext_lazy("Văn bản phải nộp"),
    default=OF_PERIOD,
    choices={
        OF_PERIOD: gettext_lazy("báo cáo của kỳ được chấm"),
        OF_INTERIM: gettext_lazy("báo cáo sơ kết"),
        OF_FINAL: gettext_lazy("báo cáo tổng kết"),
        OF_OTHER: gettext_lazy("văn bản khác, nhập số ngày chậm"),
    },
)


@of_type(
    "late",
    gettext_lazy("Trừ điểm nộp chậm"),
    gettext_lazy("Đúng hạn được đủ điểm; mỗi ngày chậm trừ một mức; không nộp thì 0 điểm."),
)
@dataclass(frozen=True, kw_only=True)
class Late(Rule):
    """Full points in time, so many off for each day late, none for what was never sent."""

    max: Fraction = parameter(Number(gettext_lazy("Điểm tối đa"), at_least="0", at_most=MOST_POINTS))
    per_day: Fraction = parameter(Number(gettext_lazy("Điểm trừ mỗi ngày chậm"), above="0", at_most=MOST_POINTS))
    document: str = parameter(LATE_DOCUMENT)

    @cached_property
    def facts(self) -> dict[str, Input]:
        return {"days_late": Whole(gettext_lazy("Số ngày chậm"), default=None, at_least="0", at_most=MOST_CASES)}

    @property
    def bounds(self) -> tuple[Fraction, Fraction]:
        return Fraction(0), self.max

    def sentence(self) -> str:
        words = {"max": in_points(self.max), "per_day": in_points(self.per_day)}
        told = _("Đúng hạn được %(max)s; mỗi ngày chậm trừ %(per_day)s; không nộp 0 điểm.") % words
        if self.document == OF_PERIOD:
            return told
        which = _("Văn bản: %(name)s.") % {"name": LATE_DOCUMENT.choices[self.document]}
        return f"{told} {which}"

    def work(self, facts: Facts, survey: Survey | None) -> Work:
        days = facts["days_late"]
        if days is None:
            return Work(Fraction(0), (step(gettext_noop("Không nộp: 0 điểm.")),))
        if not days:
            return Work(self.max, (step(gettext_noop("Nộp đúng hạn.")),))
        left = self.max - days * self.per_day
        told = step(gettext_noop("Nộp chậm %(n)s ngày."), n=days)
        product = step("%(max)s − %(n)s × %(each)s %(left)s.", max=self.max, n=days, each=self.per_day, left=Equals(left))
        return Work(max(left, Fraction(0)), (told, product, *floored(left, Fraction(0))))
