"""What a unit's peers say of it, as one: advice for who consolidates, never a layer that counts.

A peer agrees with the unit's own sheet wherever it wrote nothing. Each criterion's points are brought together as the set says.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from scoring.computing import BlocResult, Cells, Computation
from scoring.enums import Method
from scoring.rules import EMPTY, Entry, Outcome, Rule, score
from scoring.rules.consolidation import consolidate
from scoring.rules.direct import Manual
from scoring.rules.numbers import rounded, written
from scoring.rules.words import step
from scoring.texts import CriteriaText

# By unit and peer: the cells in which the peer sees the unit otherwise.
Disagreements = Mapping[str, Mapping[str, Cells]]


def as_one(text: CriteriaText, own: Mapping[str, Cells], peers: Disagreements) -> BlocResult:
    """What the peers' sheets come to for every unit that has some. `own` are all units' own cells. Raises `Faulty`."""
    computation = Computation(text)
    outcomes = computation.outcomes(own)
    found = {unit: dict(outcomes[unit]) for unit, sheets in peers.items() if sheets}
    for leaf in text.leaves:
        rule = leaf.read_rule()
        for unit in found if rule.counts and leaf.is_cross_scored else ():
            cells = [sheet.get(leaf.key) for sheet in peers[unit].values()]
            if any(cells):
                others = [row.get(leaf.key, EMPTY) for name, row in own.items() if name != unit]
                found[unit][leaf.key] = _outcome(text, rule, found[unit][leaf.key], cells, others)
    return computation.sum_up(found)


def advice(text: CriteriaText, rule: Rule, given: Sequence[Decimal | None]) -> Decimal | None:
    """The peers' points of one criterion as one, in the steps of the criterion: it can be taken over as it is."""
    value = consolidate(given, text.method, places=text.places)
    if value is None or not isinstance(rule, Manual) or rule.step is None:
        return value
    return rounded(int(rounded(Fraction(value) / rule.step, 0)) * rule.step, text.places)


def advice_in_words(text: CriteriaText, rule: Rule) -> str:
    """How such advice comes about: brought together as the set says, then rounded half up to what a scorer may give."""
    method = str(Method(text.method).label)
    if isinstance(rule, Manual) and rule.step is not None:
        words = _("%(method)s các điểm đã chấm, làm tròn theo bước %(step)s điểm, nửa bước làm tròn lên.")
        return words % {"method": method, "step": written(rule.step)}
    words = _("%(method)s các điểm đã chấm, làm tròn đến %(n)d chữ số thập phân.")
    return words % {"method": method, "n": text.places}


def _outcome(text: CriteriaText, rule: Rule, own: Outcome, cells: Sequence[Entry | None], others: Sequence[Entry]) -> Outcome:
    """One criterion of one unit as its peers see it together; as it is where none of them sees anything that counts."""
    given = [
        own.points if cell is None else score(rule, cell, others, places=text.places, exempt=text.exempt).points for cell in cells
    ]
    value = advice(text, rule, given)
    if value is None:
        return own
    told = "; ".join(written(points) for points in given if points is not None)
    return Outcome(value, (step(gettext_noop("Các đơn vị chấm: %(points)s."), points=told),), own.effects)
