"""Points that a person gives: by hand, or by saying yes or no."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from scoring.rules.inputs import Fault, Input, Number, Unfit, YesNo
from scoring.rules.kinds import Facts, Rule, Survey, Work, of_type, parameter
from scoring.rules.numbers import written
from scoring.rules.words import Points, in_points, step

MOST_POINTS = "100000"
LEAST_POINTS = "-100000"


@of_type("manual", gettext_lazy("Chấm trực tiếp"), gettext_lazy("Người chấm cho điểm trong khung, có thể theo bước điểm."))
@dataclass(frozen=True, kw_only=True)
class Manual(Rule):
    """Points between a floor and a maximum, in steps where the set asks for them."""

    max: Fraction = parameter(Number(gettext_lazy("Điểm tối đa"), at_least="0", at_most=MOST_POINTS))
    min: Fraction = parameter(
        Number(gettext_lazy("Điểm tối thiểu"), default=Fraction(0), at_least=LEAST_POINTS, at_most=MOST_POINTS)
    )
    step: Fraction | None = parameter(Number(gettext_lazy("Bước điểm"), default=None, above="0", at_most=MOST_POINTS))

    @cached_property
    def facts(self) -> dict[str, Input]:
        return {"points": _Given(gettext_lazy("Điểm"), at_least=str(self.min), at_most=str(self.max), step=self.step)}

    def faults(self) -> list[Fault]:
        if self.min > self.max:
            return [Fault("min", _("Điểm tối thiểu không lớn hơn điểm tối đa."))]
        if self.step is not None and (self.max % self.step or self.min % self.step):
            return [Fault("step", _("Điểm tối đa và tối thiểu phải chia hết cho bước điểm."))]
        return []

    @property
    def bounds(self) -> tuple[Fraction, Fraction]:
        return min(self.min, Fraction(0)), self.max

    def read_points(self, given: Decimal, places: int) -> Fraction:
        """The same as the points of the cell: in steps, too."""
        self.read_facts({"points": given})
        return super().read_points(given, places)

    def sentence(self) -> str:
        words = {"min": written(self.min), "max": in_points(self.max)}
        if self.step is None:
            return _("Người chấm cho từ %(min)s đến %(max)s.") % words
        return _("Người chấm cho từ %(min)s đến %(max)s, theo bước %(step)s.") % {**words, "step": written(self.step)}

    def work(self, facts: Facts, survey: Survey | None) -> Work:
        return Work(facts["points"], (step(gettext_noop("Người chấm cho %(points)s."), points=Points(facts["points"])),))


@dataclass(frozen=True)
class _Given(Number):
    """Points typed by a scorer: within bounds, a multiple of the step."""

    step: Fraction | None = None

    def read(self, given: object) -> Fraction:
        value = super().read(given)
        if self.step is not None and value % self.step:
            raise Unfit(_("%(label)s: phải là bội số của %(step)s.") % {"label": self.label, "step": written(self.step)})
        return value


@of_type(
    "yes_no", gettext_lazy("Đạt hoặc không đạt"), gettext_lazy("Đạt thì được đủ điểm, không đạt thì không có điểm hoặc bị trừ.")
)
@dataclass(frozen=True, kw_only=True)
class Answered(Rule):
    """All for yes; for no nothing, or what the table says, which may be a deduction."""

    max: Fraction = parameter(Number(gettext_lazy("Điểm tối đa"), at_least="0", at_most=MOST_POINTS))
    no: Fraction = parameter(
        Number(gettext_lazy("Điểm khi không đạt"), default=Fraction(0), at_least=LEAST_POINTS, at_most=MOST_POINTS)
    )

    @cached_property
    def facts(self) -> dict[str, Input]:
        return {"yes": YesNo(gettext_lazy("Đạt"))}

    def faults(self) -> list[Fault]:
        if self.no > self.max:
            return [Fault("no", _("Điểm khi không đạt không lớn hơn điểm tối đa."))]
        return []

    @property
    def bounds(self) -> tuple[Fraction, Fraction]:
        return min(self.no, Fraction(0)), self.max

    def sentence(self) -> str:
        return _("Đạt: %(yes)s; không đạt: %(no)s.") % {"yes": in_points(self.max), "no": in_points(self.no)}

    def work(self, facts: Facts, survey: Survey | None) -> Work:
        if facts["yes"]:
            return Work(self.max, (step(gettext_noop("Đạt, được %(points)s."), points=Points(self.max)),))
        return Work(self.no, (step(gettext_noop("Không đạt, tính %(points)s."), points=Points(self.no)),))
