"""The points of one criterion for one unit: its rule on its facts, rounded once, with every step in words.

Zero, empty, not assigned and exempt are four different things:
an entered 0 is a result like any other; an empty cell is 0 or stays open, as the rule says, and keeps the run provisional;
a criterion that was not assigned counts neither for the unit nor against it; an exempt unit has nothing to do there through no
merit or fault of its own, and gets what the set says, by default all points of a base criterion.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from django.utils.translation import gettext_noop

from scoring.rules.inputs import Faulty
from scoring.rules.kinds import Effect, Rule, Survey
from scoring.rules.numbers import rounded
from scoring.rules.words import Points, Step, step


class State(StrEnum):
    """What stands in a cell."""

    ENTERED = "entered"
    EMPTY = "empty"
    NOT_ASSIGNED = "not_assigned"
    EXEMPT = "exempt"


@dataclass(frozen=True)
class Entry:
    """A cell: its state, and when entered the facts as JSON.

    With `points` a scorer set the points by hand: they count instead of what the rule makes of the facts, which still are known.
    """

    state: State
    value: Mapping[str, object]
    points: Decimal | None = None

    @classmethod
    def of(cls, value: Mapping[str, object]) -> "Entry":
        """An entered value; `{"missing": true}` is an empty cell."""
        return cls(State.EMPTY, {}) if value.get("missing") is True else cls(State.ENTERED, value)


EMPTY = Entry(State.EMPTY, {})
NOT_ASSIGNED = Entry(State.NOT_ASSIGNED, {})
EXEMPT = Entry(State.EXEMPT, {})


@dataclass(frozen=True)
class Outcome:
    """What a cell came to. `points` is None where nothing is counted; `is_open` where something is still to come."""

    points: Decimal | None
    work: tuple[Step, ...]
    effects: tuple[Effect, ...] = ()
    is_open: bool = False

    @property
    def steps(self) -> list[str]:
        """How the points came about, in the reader's language; the last step says the points."""
        return [str(row) for row in self.work]


def score(rule: Rule, entry: Entry, cohort: Sequence[Entry] = (), *, places: int = 2, exempt: str = "full") -> Outcome:
    """The points of one cell. `cohort`: the cells of all units of the bloc, for a rule that couples them. Raises `Faulty`."""
    return _outcome(rule, entry, _survey(rule, [*cohort, entry]), places, exempt)


def score_all(rule: Rule, entries: Sequence[Entry], *, places: int = 2, exempt: str = "full") -> list[Outcome]:
    """The points of one criterion for all units of a bloc, each unit's cell once. Raises `Faulty`."""
    survey = _survey(rule, entries)
    return [_outcome(rule, entry, survey, places, exempt) for entry in entries]


def _outcome(rule: Rule, entry: Entry, survey: Survey | None, places: int, exempt: str) -> Outcome:
    if entry.state == State.NOT_ASSIGNED:
        return Outcome(None, (_NOT_ASSIGNED,))
    if entry.state == State.EXEMPT:
        return _exempt(rule, places, exempt)
    if entry.state == State.EMPTY:
        return _empty(rule, places)
    if entry.points is not None:
        return _by_hand(rule, entry.points, places)
    work = rule.work(rule.read_facts(entry.value), survey)
    if work.points is None:
        return Outcome(None, work.steps, work.effects)
    points = rounded(work.points, places)
    if 10**places % work.points.denominator == 0:
        last = _result(work.points)
    else:
        told = gettext_noop("Làm tròn đến %(n)s chữ số thập phân: %(points)s.")
        last = step(told, n=places, points=Points(Fraction(points)))
    return Outcome(points, (*work.steps, last), work.effects)


def _by_hand(rule: Rule, given: Decimal, places: int) -> Outcome:
    points = rule.read_points(given, places)
    told = gettext_noop("Điểm do người chấm cho trực tiếp: %(points)s.")
    return Outcome(rounded(points, places), (step(told, points=Points(points)),))


def _survey(rule: Rule, cohort: Sequence[Entry]) -> Survey | None:
    """What the rule finds in the bloc, from cells that are entered and well formed: what is not yet in cannot lead."""
    if not rule.couples:
        return None
    found = []
    for entry in cohort:
        if entry.state == State.ENTERED:
            try:
                found.append(rule.read_facts(entry.value))
            except Faulty:
                continue
    return rule.survey(found)


_NOT_ASSIGNED = step(gettext_noop("Không giao chỉ tiêu cho đơn vị: không tính vào điểm và không tính vào thang điểm."))
_LEFT_OUT = step(gettext_noop("Được miễn: không tính vào điểm và không tính vào thang điểm."))
_FULL = step(gettext_noop("Được miễn, không phát sinh nhiệm vụ: tính điểm tối đa."))
_UNSAID = step(gettext_noop("Chưa nhập."))
_OPEN = step(gettext_noop("Chưa có số liệu: để ngỏ, chưa tính."))
_AS_ZERO = step(gettext_noop("Chưa có số liệu: tạm tính 0 điểm."))


def _result(points: Fraction) -> Step:
    return step(gettext_noop("Kết quả: %(points)s."), points=Points(points))


def _empty(rule: Rule, places: int) -> Outcome:
    if not rule.counts:
        return Outcome(None, (_UNSAID,), is_open=True)
    if rule.missing == "open":
        return Outcome(None, (_OPEN,), is_open=True)
    return Outcome(rounded(Fraction(0), places), (_AS_ZERO, _result(Fraction(0))), is_open=True)


def _exempt(rule: Rule, places: int, exempt: str) -> Outcome:
    if exempt == "out" or not rule.counts:
        return Outcome(None, (_LEFT_OUT,))
    points = rounded(rule.bounds[1], places)
    return Outcome(points, (_FULL, _result(Fraction(points))))
