"""How points come about: pure and exact. Nothing in here knows the database, and nothing in here is a float.

    rule = read_rule({"type": "percent", "max": "10"})
    score(rule, Entry.of({"target": "100", "actual": "95"})).points      # Decimal("9.50")

Order of a computation (each in its own module): leaf points, rounded half up once (`leaf`) → sums by group with caps and floors,
sections, total (`totals`) → effects of disqualifiers → grades (`grades`) → ranks (`ranking`). `consolidation` brings several
scorers' points together.
"""

from scoring.rules import bands, direct, marks, relative, tallies, targets
from scoring.rules.inputs import Fault, Faulty
from scoring.rules.kinds import TYPES, Effect, Rule, parameters, read_rule
from scoring.rules.leaf import EMPTY, EXEMPT, NOT_ASSIGNED, Entry, Outcome, State, score, score_all

# Published results name the engine that computed them. A change of any rule's meaning is a new number.
ENGINE = "1"

FAMILIES = (direct, targets, bands, tallies, relative, marks)
_PLACES = {family.__name__: place for place, family in enumerate(FAMILIES)}
for _name in sorted(TYPES, key=lambda name: _PLACES[TYPES[name].__module__]):
    TYPES[_name] = TYPES.pop(_name)  # in the order of the families, as lists show them

__all__ = [
    "EMPTY",
    "ENGINE",
    "EXEMPT",
    "FAMILIES",
    "NOT_ASSIGNED",
    "TYPES",
    "Effect",
    "Entry",
    "Fault",
    "Faulty",
    "Outcome",
    "Rule",
    "State",
    "parameters",
    "read_rule",
    "score",
    "score_all",
]
