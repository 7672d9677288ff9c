"""Against a unit's own target: a share of the points, or points off for each step short of it."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from scoring.rules.direct import LEAST_POINTS, MOST_POINTS
from scoring.rules.inputs import Choice, Fault, Input, Number
from scoring.rules.kinds import Facts, Rule, Survey, Work, of_type, parameter
from scoring.rules.numbers import percentage, written
from scoring.rules.words import Equals, Points, Share, Step, in_points, step

HIGHER, LOWER = "higher", "lower"
BETTER = Choice(
    gettext_lazy("Chiều"),
    default=HIGHER,
    choices={HIGHER: gettext_lazy("càng cao càng tốt"), LOWER: gettext_lazy("càng thấp càng tốt")},
)
MOST_FACT = "9999999999999"
# The share of a target that nothing can beat: more than any result but 0 comes to.
_BEST = Fraction(10**24)


def target_and_actual() -> dict[str, Input]:
    """The two facts of every rule about a target. A target of 0 is one: nothing was to be reached, or nothing may happen."""
    return {
        "target": Number(gettext_lazy("Chỉ tiêu"), at_least="0", at_most=MOST_FACT),
        "actual": Number(gettext_lazy("Kết quả"), at_least="0", at_most=MOST_FACT),
    }


def with_direction(told: str, better: str) -> str:
    """A sentence that also says so when less is better."""
    return " ".join([told, _("Kết quả càng thấp càng tốt.")]) if better == LOWER else told


def reached(facts: Facts, better: str) -> tuple[Fraction | None, Step]:
    """What share of the target was reached, with the calculation in words; None where there was no target to reach.

    Where less is better the share is target by actual, and nothing beats a result of 0; against a target of 0 any other is nothing.
    """
    over, under = facts["actual"], facts["target"]
    if better == LOWER:
        over, under = under, over
        if under == 0:
            return _BEST, step(gettext_noop("Kết quả 0, càng thấp càng tốt: mức tốt nhất."))
    if under == 0:
        return None, step(gettext_noop("Chỉ tiêu bằng 0: không có mức để đạt, tính 0 điểm."))
    share: Fraction = over / under
    told = gettext_noop("Tỷ lệ đạt chỉ tiêu: %(over)s : %(under)s %(share)s%%.")
    return share, step(told, over=over, under=under, share=Equals(share * 100))


@of_type("percent", gettext_lazy("Theo tỷ lệ đạt chỉ tiêu"), gettext_lazy("Đạt đến đâu được điểm đến đó, không quá điểm tối đa."))
@dataclass(frozen=True, kw_only=True)
class Percent(Rule):
    """A share of the points as large as the share of the target that was reached."""

    max: Fraction = parameter(Number(gettext_lazy("Điểm tối đa"), at_least="0", at_most=MOST_POINTS))
    full_at: Fraction = parameter(Number(gettext_lazy("Đủ điểm từ tỷ lệ"), default=Fraction(1), above="0", at_most="10"))
    zero_below: Fraction = parameter(
        Number(gettext_lazy("Không có điểm khi dưới tỷ lệ"), default=Fraction(0), at_least="0", at_most="10")
    )
    better: str = parameter(BETTER)

    @cached_property
    def facts(self) -> dict[str, Input]:
        return target_and_actual()

    def faults(self) -> list[Fault]:
        if self.zero_below > self.full_at:
            return [Fault("zero_below", _("Tỷ lệ không có điểm không lớn hơn tỷ lệ đủ điểm."))]
        return []

    @property
    def bounds(self) -> tuple[Fraction, Fraction]:
        return Fraction(0), self.max

    def sentence(self) -> str:
        words = {"full": percentage(self.full_at), "max": in_points(self.max), "zero": percentage(self.zero_below)}
        told = _("Đạt từ %(full)s chỉ tiêu được %(max)s; thấp hơn thì được điểm theo tỷ lệ.") % words
        if self.zero_below:
            told = _("Đạt từ %(full)s chỉ tiêu được %(max)s; thấp hơn thì theo tỷ lệ; dưới %(zero)s không có điểm.") % words
        return with_direction(told, self.better)

    def work(self, facts: Facts, survey: Survey | None) -> Work:
        share, told = reached(facts, self.better)
        if share is None:
            return Work(Fraction(0), (told,))
        if share < self.zero_below:
            return Work(Fraction(0), (told, step(gettext_noop("Dưới %(zero)s: không có điểm."), zero=Share(self.zero_below))))
        if share >= self.full_at:
            enough = step(gettext_noop("Từ %(full)s trở lên: được đủ %(max)s."), full=Share(self.full_at), max=Points(self.max))
            return Work(self.max, (told, enough))
        points = self.max * share / self.full_at
        product = "%(max)s × %(share)s %(points)s." if self.full_at == 1 else "%(max)s × %(share)s : %(full)s %(points)s."
        shown = step(product, max=self.max, share=Share(share), full=Share(self.full_at), points=Equals(points))
        return Work(points, (told, shown))


COUNTING = Choice(
    gettext_lazy("Cách đếm bước thiếu"),
    default="complete",
    choices={"complete": gettext_lazy("đủ một bước mới trừ"), "started": gettext_lazy("chưa đủ một bước cũng trừ")},
)


@of_type(
    "step_deduct_percent",
    gettext_lazy("Trừ điểm theo phần trăm thiếu"),
    gettext_lazy("Cứ thiếu thêm một bước phần trăm so với chỉ tiêu thì trừ một mức điểm."),
)
@dataclass(frozen=True, kw_only=True)
class StepDeduct(Rule):
    """Full points at the target; so many off for each step of percent short of it, or above it where less is better."""

    max: Fraction = parameter(Number(gettext_lazy("Điểm tối đa"), at_least="0", at_most=MOST_POINTS))
    step: Fraction = parameter(Number(gettext_lazy("Mỗi bước thiếu (%)"), default=Fraction(1), above="0", at_most="100"))
    points: Fraction = parameter(Number(gettext_lazy("Điểm trừ mỗi bước"), above="0", at_most=MOST_POINTS))
    min: Fraction = parameter(
        Number(gettext_lazy("Điểm tối thiểu"), default=Fraction(0), at_least=LEAST_POINTS, at_most=MOST_POINTS)
    )
    count: str = parameter(COUNTING)
    better: str = parameter(BETTER)

    @cached_property
    def facts(self) -> dict[str, Input]:
        return target_and_actual()

    def faults(self) -> list[Fault]:
        if self.min > self.max:
            return [Fault("min", _("Điểm tối thiểu không lớn hơn điểm tối đa."))]
        return []

    @property
    def bounds(self) -> tuple[Fraction, Fraction]:
        return min(self.min, Fraction(0)), self.max

    def sentence(self) -> str:
        words = {
            "max": in_points(self.max),
            "step": written(self.step),
            "points": in_points(self.points),
            "counting": COUNTING.choices[self.count],
            "min": in_points(self.min),
        }
        if self.better == LOWER:
            told = _("Không quá chỉ tiêu được %(max)s; cứ vượt %(step)s%% thì trừ %(points)s (%(counting)s), không dưới %(min)s.")
        else:
            told = _("Đạt chỉ tiêu được %(max)s; cứ thiếu %(step)s%% thì trừ %(points)s (%(counting)s), không dưới %(min)s.")
        return told % words

    def work(self, facts: Facts, survey: Survey | None) -> Work:
        short, told = self._short(facts)
        if short is None:
            return Work(Fraction(0), (told,))
        whole, rest = divmod(short, self.step)
        steps = Fraction(whole + bool(rest and self.count == "started"))
        left = self.max - steps * self.points
        counted = step(gettext_noop("Số bước phải trừ: %(n)s (%(counting)s)."), n=steps, counting=COUNTING.choices[self.count])
        product = step("%(max)s − %(n)s × %(each)s %(left)s.", max=self.max, n=steps, each=self.points, left=Equals(left))
        return Work(max(left, self.min), (told, counted, product, *floored(left, self.min)))

    def _short(self, facts: Facts) -> tuple[Fraction | None, Step]:
        """By how many percent the target was missed."""
        target, actual = facts["target"], facts["actual"]
        if target == 0:
            if self.better == LOWER and actual == 0:
                return Fraction(0), step(gettext_noop("Kết quả 0, đúng chỉ tiêu 0."))
            return None, step(gettext_noop("Chỉ tiêu bằng 0: không tính được phần trăm, tính 0 điểm."))
        missed = actual - target if self.better == LOWER else target - actual
        short = max(missed / target * 100, Fraction(0))
        told = gettext_noop("Kết quả %(actual)s, chỉ tiêu %(target)s: thiếu %(short)s%%.")
        if self.better == LOWER:
            told = gettext_noop("Kết quả %(actual)s, chỉ tiêu không quá %(target)s: vượt %(short)s%%.")
        return short, step(told, actual=actual, target=target, short=short)


def floored(left: Fraction, least: Fraction) -> tuple[Step, ...]:
    """The step that says so when points would fall below the least."""
    if left >= least:
        return ()
    return (step(gettext_noop("Không dưới mức tối thiểu %(min)s."), min=Points(least)),)
