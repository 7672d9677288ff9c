"""From the points of leaves to a total: sums by group with their caps and floors, sections, the scale, the total's own bounds.

Order: leaves → groups from the innermost outward, each with its cap and floor → base, brought to the full scale where criteria
were not assigned and the set says so → plus bonus, minus penalty → the total's cap and floor.
A group that a disqualifier voids counts nothing, whatever is in it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from django.utils.translation import gettext_noop

from scoring.rules.numbers import added, rounded
from scoring.rules.words import Equals, Points, Step, step


class Section(StrEnum):
    """The sections of a criteria set. Only base, bonus and penalty give points."""

    BASE = "base"
    BONUS = "bonus"
    PENALTY = "penalty"
    DISQUALIFIER = "disqualifier"


RESCALE, AS_IT_IS = "rescale", "drop"


@dataclass(frozen=True)
class Leaf:
    """A leaf's rounded points, None where it does not count, and the most that it could have given."""

    points: Decimal | None
    most: Fraction


@dataclass(frozen=True)
class Group:
    """A group of leaves and groups. `cap` and `floor` hold the sum; `section` is that of its root."""

    key: str
    section: Section = Section.BASE
    cap: Fraction | None = None
    floor: Fraction | None = None
    leaves: Sequence[Leaf] = ()
    groups: Sequence["Group"] = ()


@dataclass(frozen=True)
class Bounds:
    """What the set says of the total. `scale` is what an unshortened base is worth."""

    not_assigned: str = AS_IT_IS
    scale: Fraction | None = None
    floor: Fraction | None = None
    cap: Fraction | None = None
    places: int = 2


PLAIN = Bounds()


@dataclass(frozen=True)
class Subtotal:
    """What a group came to, and out of how much as far as it was assigned."""

    points: Fraction
    assigned: Fraction


@dataclass(frozen=True)
class Total:
    """The total with what each group came to, each section before and after, and the steps in words."""

    points: Decimal
    groups: Mapping[str, Subtotal]
    sections: Mapping[Section, Fraction]
    assigned: Fraction
    work: tuple[Step, ...] = field(default=())

    @property
    def steps(self) -> list[str]:
        """How the total came about, in the reader's language."""
        return [str(row) for row in self.work]


def total(groups: Sequence[Group], bounds: Bounds = PLAIN, *, voided: Iterable[str] = ()) -> Total:
    """The total of a unit over the root groups of a set; `voided` names groups that count nothing."""
    found: dict[str, Subtotal] = {}
    barred = set(voided)
    sums: dict[Section, Fraction] = {}
    assigned = Fraction(0)
    for group in groups:
        subtotal = _sum(group, barred, found)
        sums[group.section] = sums.get(group.section, Fraction(0)) + subtotal.points
        assigned += subtotal.assigned if group.section == Section.BASE else 0
    base, scaling = _scaled(sums.get(Section.BASE, Fraction(0)), assigned, bounds)
    bonus, penalty = sums.get(Section.BONUS, Fraction(0)), sums.get(Section.PENALTY, Fraction(0))
    whole = base + bonus + penalty
    held = _held(whole, bounds.floor, bounds.cap)
    adding = step("%(base)s + %(bonus)s + (%(penalty)s) %(sum)s.", base=base, bonus=bonus, penalty=penalty, sum=Equals(whole))
    limit = [step(gettext_noop("Giữ trong khung điểm: %(points)s."), points=Points(held))] if held != whole else []
    points = rounded(held, bounds.places)
    last = step(gettext_noop("Tổng điểm: %(points)s."), points=Points(Fraction(points)))
    return Total(points, found, sums, assigned, (*scaling, adding, *limit, last))


def _sum(group: Group, voided: set[str], found: dict[str, Subtotal]) -> Subtotal:
    inner = [_sum(child, voided, found) for child in group.groups]
    counted = [leaf for leaf in group.leaves if leaf.points is not None]
    points = added([*(leaf.points for leaf in counted if leaf.points is not None), *(row.points for row in inner)])
    assigned = added([*(leaf.most for leaf in counted), *(row.assigned for row in inner)])
    if group.cap is not None:
        assigned = min(assigned, group.cap)
    points = Fraction(0) if group.key in voided else _held(points, group.floor, group.cap)
    found[group.key] = Subtotal(points, assigned)
    return found[group.key]


def _scaled(base: Fraction, assigned: Fraction, bounds: Bounds) -> tuple[Fraction, tuple[Step, ...]]:
    """A base that is short of criteria, as a share of the full scale. Rounded once more: it is a number that people see."""
    if bounds.not_assigned != RESCALE or bounds.scale is None or assigned in (0, bounds.scale):
        return base, ()
    scaled = Fraction(rounded(base * bounds.scale / assigned, bounds.places))
    told = gettext_noop("Quy đổi phần điểm chính theo thang đầy đủ: %(base)s : %(assigned)s × %(scale)s ≈ %(scaled)s.")
    return scaled, (step(told, base=base, assigned=assigned, scale=bounds.scale, scaled=scaled),)


def _held(points: Fraction, floor: Fraction | None, cap: Fraction | None) -> Fraction:
    if cap is not None:
        points = min(points, cap)
    return points if floor is None else max(points, floor)
