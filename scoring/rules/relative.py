"""Against the best unit of the bloc: meeting one's own target earns a share, the rest is shared out by how far one went beyond it.

One definition, and no other: the leader is the unit whose result is furthest beyond its own target in proportion to it,
(result − target) / target, compared exactly. Where less is better, it is (target − result) / target.
Units without a target form a group of their own and are measured by the best result in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from scoring.rules.direct import MOST_POINTS
from scoring.rules.inputs import Input, Number
from scoring.rules.kinds import Facts, Rule, Survey, Work, of_type, parameter
from scoring.rules.numbers import percentage
from scoring.rules.targets import BETTER, LOWER, target_and_actual, with_direction
from scoring.rules.words import Equals, Points, Share, Step, in_points, step


@of_type(
    "leader_relative",
    gettext_lazy("So với đơn vị dẫn đầu"),
    gettext_lazy("Đạt chỉ tiêu được một phần điểm; phần còn lại chia theo mức vượt so với đơn vị vượt cao nhất khối."),
)
@dataclass(frozen=True, kw_only=True)
class LeaderRelative(Rule):
    """Half for the target, the rest by one's excess over the leader's excess (the police regulation's "Article 6" rule)."""

    couples = True

    max: Fraction = parameter(Number(gettext_lazy("Điểm tối đa"), at_least="0", at_most=MOST_POINTS))
    at_target: Fraction = parameter(
        Number(gettext_lazy("Phần điểm khi đạt chỉ tiêu"), default=Fraction(1, 2), at_least="0", at_most="1")
    )
    better: str = parameter(BETTER)

    @cached_property
    def facts(self) -> dict[str, Input]:
        return target_and_actual()

    @property
    def bounds(self) -> tuple[Fraction, Fraction]:
        return Fraction(0), self.max

    def sentence(self) -> str:
        words = {"share": percentage(self.at_target), "max": in_points(self.max)}
        told = _(
            "Đạt chỉ tiêu được %(share)s của %(max)s; chưa đạt thì theo tỷ lệ; vượt thì thêm phần còn lại theo mức vượt so với đơn vị"
            " vượt cao nhất khối; đơn vị không được giao chỉ tiêu so với kết quả tốt nhất trong nhóm không giao chỉ tiêu."
        )
        return with_direction(told % words, self.better)

    def work(self, facts: Facts, survey: Survey | None) -> Work:
        assert survey is not None  # a rule that couples is always given one, and the unit itself is in it
        if facts["target"] == 0:
            assert survey.result is not None
            return self._without_target(facts["actual"], survey.result)
        excess = self._excess(facts)
        compared = step(gettext_noop("Kết quả %(actual)s, chỉ tiêu %(target)s."), actual=facts["actual"], target=facts["target"])
        if excess < 0:
            return self._short_of_target(facts, compared)
        earned = self.max * self.at_target
        told = gettext_noop("Đạt chỉ tiêu: %(share)s của %(max)s %(points)s.")
        reached = step(told, share=Share(self.at_target), max=self.max, points=Equals(earned))
        if excess == 0:
            return Work(earned, (compared, reached))
        best = survey.excess
        assert best is not None
        if excess == best:
            leads = gettext_noop("Vượt %(excess)s, cao nhất khối: được đủ %(max)s.")
            return Work(self.max, (compared, step(leads, excess=Share(excess), max=Points(self.max))))
        rest = self.max - earned
        points = earned + rest * excess / best
        behind = gettext_noop("Vượt %(excess)s, đơn vị dẫn đầu vượt %(best)s.")
        shares = {"excess": Share(excess), "best": Share(best)}
        total = step(
            "%(earned)s + %(rest)s × %(excess)s : %(best)s %(points)s.", earned=earned, rest=rest, points=Equals(points), **shares
        )
        return Work(points, (compared, reached, step(behind, **shares), total))

    def survey(self, cohort: Sequence[Facts]) -> Survey:
        """The leader among the units with a target, and the best result among those without."""
        excesses = [self._excess(row) for row in cohort if row["target"]]
        results = [row["actual"] for row in cohort if not row["target"]]
        best = min if self.better == LOWER else max
        return Survey(max(excesses, default=None), best(results, default=None))

    def _excess(self, row: Facts) -> Fraction:
        """How far beyond its target a unit is, in proportion to the target; below zero when it fell short."""
        missed: Fraction = (row["actual"] - row["target"]) / row["target"]
        return -missed if self.better == LOWER else missed

    def _short_of_target(self, facts: Facts, compared: Step) -> Work:
        over, under = facts["actual"], facts["target"]
        if self.better == LOWER:
            over, under = under, over
        points = self.max * self.at_target * over / under
        values = {"max": self.max, "share": Share(self.at_target), "over": over, "under": under, "points": Equals(points)}
        product = Step("%(max)s × %(share)s × %(over)s : %(under)s %(points)s.", values)
        return Work(points, (compared, step(gettext_noop("Chưa đạt chỉ tiêu: tính theo tỷ lệ.")), product))

    def _without_target(self, actual: Fraction, best: Fraction) -> Work:
        compared = step(gettext_noop("Không được giao chỉ tiêu, kết quả %(actual)s."), actual=actual)
        if actual == best and (actual or self.better == LOWER):
            leads = gettext_noop("Tốt nhất trong nhóm không giao chỉ tiêu: được đủ %(max)s.")
            return Work(self.max, (compared, step(leads, max=Points(self.max))))
        over, under = (best, actual) if self.better == LOWER else (actual, best)
        among = step(gettext_noop("Kết quả tốt nhất trong nhóm không giao chỉ tiêu: %(best)s."), best=best)
        if not over:
            return Work(Fraction(0), (compared, among))
        points = self.max * over / under
        product = step("%(max)s × %(over)s : %(under)s %(points)s.", max=self.max, over=over, under=under, points=Equals(points))
        return Work(points, (compared, among, product))
