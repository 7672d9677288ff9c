"""What stands in the table without points of its own: what bars a unit from rank or grade, and what is only shown."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from scoring.rules.inputs import Choice, Fault, Input, Rows, Word, Words, YesNo
from scoring.rules.kinds import Effect, Facts, Rule, Survey, Work, of_type, parameter
from scoring.rules.words import step

NO_RANK, CEILING, ZERO_GROUP = "no_rank", "ceiling", "zero_group"
EFFECTS = {
    NO_RANK: gettext_lazy("không xếp hạng"),
    CEILING: gettext_lazy("xếp loại không quá"),
    ZERO_GROUP: gettext_lazy("không tính điểm nhóm"),
}


@of_type(
    "disqualifier",
    gettext_lazy("Điều kiện loại trừ"),
    gettext_lazy("Không cho điểm; khi xảy ra thì không xếp hạng, hạ trần xếp loại hoặc không tính điểm một nhóm."),
)
@dataclass(frozen=True, kw_only=True)
class Disqualifier(Rule):
    """Gives no points; when it happened, it bars the unit from a rank, caps its grade, or voids a group."""

    counts = False

    effects: tuple[dict[str, Any], ...] = parameter(
        Rows(
            gettext_lazy("Hậu quả"),
            columns={
                "effect": Choice(gettext_lazy("Loại"), choices=EFFECTS),
                "target": Word(gettext_lazy("Mã xếp loại hoặc mã nhóm"), default="", longest=20),
            },
            most=5,
        )
    )

    @cached_property
    def facts(self) -> dict[str, Input]:
        return {"happened": YesNo(gettext_lazy("Có xảy ra"))}

    def faults(self) -> list[Fault]:
        if any((row["effect"] == NO_RANK) == bool(row["target"]) for row in self.effects):
            return [Fault("effects", _("Ghi mã cho trần xếp loại và nhóm không tính điểm; không xếp hạng thì để trống mã."))]
        return []

    @property
    def bounds(self) -> tuple[Fraction, Fraction]:
        return Fraction(0), Fraction(0)

    def sentence(self) -> str:
        return _("Khi xảy ra: %(effects)s.") % {"effects": self._told()}

    def _told(self) -> str:
        return "; ".join(" ".join(part for part in (str(EFFECTS[row["effect"]]), row["target"]) if part) for row in self.effects)

    def work(self, facts: Facts, survey: Survey | None) -> Work:
        if not facts["happened"]:
            return Work(None, (step(gettext_noop("Không xảy ra.")),))
        effects = tuple(Effect(row["effect"], row["target"]) for row in self.effects)
        return Work(None, (step(gettext_noop("Đã xảy ra: %(effects)s."), effects=self._told()),), effects)


@of_type("info", gettext_lazy("Chỉ để biết"), gettext_lazy("Hiện trong bảng, không tính điểm."))
@dataclass(frozen=True, kw_only=True)
class Info(Rule):
    """Shown, never counted."""

    counts = False

    @cached_property
    def facts(self) -> dict[str, Input]:
        return {"text": Words(gettext_lazy("Nội dung"), longest=2000)}

    @property
    def bounds(self) -> tuple[Fraction, Fraction]:
        return Fraction(0), Fraction(0)

    def sentence(self) -> str:
        return _("Chỉ để biết, không tính điểm.")

    def work(self, facts: Facts, survey: Survey | None) -> Work:
        return Work(None, (step(gettext_noop("Chỉ để biết, không tính điểm.")),))
