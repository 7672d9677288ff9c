"""What every rule is: parameters read from JSON, a sentence on how it counts, and the way from facts to points.

A rule type is a frozen dataclass whose fields are its parameters. `of_type` puts it into the registry.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from scoring.rules.inputs import ABSENT, Choice, Fault, Faulty, Input, Number, Text, read_all
from scoring.rules.numbers import plain
from scoring.rules.words import Step

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Effect:
    """What a disqualifier does to a unit besides points: `what` is one of `marks.EFFECTS`, `target` a grade or group code."""

    what: str
    target: str = ""


@dataclass(frozen=True)
class Survey:
    """The best in the bloc: excess over the own target among units with one, result among units without; None where there is none."""

    excess: Fraction | None
    result: Fraction | None


@dataclass(frozen=True)
class Work:
    """The way to the points: exact points (None: nothing to count), the steps in words, effects beside the points."""

    points: Fraction | None
    steps: tuple[Step, ...]
    effects: tuple[Effect, ...] = ()


def parameter(wanted: Input) -> Any:
    """A field of a rule type: what its input says, with its default in the engine's own type."""
    if wanted.default is ABSENT:
        return field(metadata={"input": wanted})
    return field(metadata={"input": wanted}, default=wanted.default)


@dataclass(frozen=True, kw_only=True)
class Rule(ABC):
    """One criterion's rule."""

    type: ClassVar[str]
    label: ClassVar[Text]
    purpose: ClassVar[Text]
    # Whether one unit's points depend on the facts of the others.
    couples: ClassVar[bool] = False
    # Whether it gives points at all.
    counts: ClassVar[bool] = True

    missing: str = parameter(
        Choice(
            gettext_lazy("Khi chưa có số liệu"),
            default="zero",
            choices={"zero": gettext_lazy("tính 0 điểm"), "open": gettext_lazy("để ngỏ, chưa tính")},
        )
    )

    @cached_property
    @abstractmethod
    def facts(self) -> dict[str, Input]:
        """What has to be known of a unit, by name."""

    def faults(self) -> list[Fault]:
        """What is wrong between parameters that are each well by themselves."""
        return []

    @property
    @abstractmethod
    def bounds(self) -> tuple[Fraction, Fraction]:
        """The fewest and the most points that it can give."""

    @abstractmethod
    def sentence(self) -> str:
        """How it counts, in one sentence."""

    @abstractmethod
    def work(self, facts: Facts, survey: Survey | None) -> Work:
        """From the facts of one unit, and what the rule's survey of the bloc found, to exact points."""

    def survey(self, cohort: Sequence[Facts]) -> Survey | None:
        """What a rule that couples has to know of all units, found once for the whole bloc."""
        return None

    def read_facts(self, value: Mapping[str, object]) -> Facts:
        """The facts in the engine's own types. Raises `Faulty`."""
        return read_all(self.facts, {name: given for name, given in value.items() if name != "unit"})

    def read_points(self, given: Decimal, places: int) -> Fraction:
        """Points that a scorer sets by hand, within the rule's bounds and no finer than the set rounds. Raises `Faulty`."""
        if not self.counts:
            raise Faulty([Fault("points", _("Tiêu chí này không cho điểm, nên không cho điểm trực tiếp được."))])
        least, most = self.bounds
        wanted = Number(gettext_lazy("Điểm cho trực tiếp"), at_least=plain(least), at_most=plain(most))
        points: Fraction = read_all({"points": wanted}, {"points": given})["points"]
        if (points * 10**places).denominator != 1:
            told = _("Điểm cho trực tiếp: không quá %(n)d chữ số thập phân.")
            raise Faulty([Fault("points", told % {"n": places})])
        return points


TYPES: dict[str, type[Rule]] = {}


def of_type(name: str, label: Text, purpose: Text) -> Callable[[type[Rule]], type[Rule]]:
    """Put a rule type into the registry under the name that stands in JSON."""

    def register(kind: type[Rule]) -> type[Rule]:
        kind.type, kind.label, kind.purpose = name, label, purpose
        TYPES[name] = kind
        return kind

    return register


def parameters(kind: type[Rule]) -> dict[str, Input]:
    """The parameters of a rule type by name, in their order."""
    found = {row.name: row.metadata["input"] for row in fields(kind)}
    return {**{name: wanted for name, wanted in found.items() if name != "missing"}, "missing": found["missing"]}


def read_rule(spec: Mapping[str, object]) -> Rule:
    """The rule that JSON describes. Raises `Faulty` with everything that is wrong."""
    kind = TYPES.get(str(spec.get("type")))
    if kind is None:
        raise Faulty([Fault("type", _("Không có cách tính điểm “%(name)s”.") % {"name": spec.get("type", "")})])
    values = read_all(parameters(kind), {name: given for name, given in spec.items() if name != "type"})
    rule = kind(**values)
    if faults := rule.faults():
        raise Faulty(faults)
    return rule
