"""Units that are equal on every key, with what the bloc decided about them: to decide it, and to decide it again before signing."""

from dataclasses import dataclass

from scoring.domain import runs
from scoring.models import Campaign, TieDecision
from scoring.results import Standings


@dataclass(frozen=True)
class Tie:
    """A group of equal units, as they stand now; what was decided about them, the last word first."""

    units: list[str]
    decisions: list[TieDecision]

    @property
    def decision(self) -> TieDecision | None:
        """What counts."""
        return self.decisions[0] if self.decisions else None


def ties(campaign: Campaign, result: runs.Result) -> list[Tie]:
    """The groups of a run, best first, decided or not. The bloc is only computed anew when a decision hides that units are equal."""
    official = result.official
    if not is_decided(official):
        return [Tie(group, []) for group in runs.shared_ranks(official)]
    known = of_campaign(campaign)
    found = []
    for group in runs.tied(result.run):
        ranked = sorted(group, key=lambda unit: official.units[unit].rank or 0)
        found.append(Tie(ranked, known.get(frozenset(group), [])))
    return found


def is_decided(standings: Standings) -> bool:
    """Whether some rank was settled by a decision of the bloc."""
    return any(row.settled_by == "decision" for row in standings.units.values())


def of_campaign(campaign: Campaign) -> dict[frozenset[str], list[TieDecision]]:
    """Every decision by the units that it is about, the last word first; one query."""
    found: dict[frozenset[str], list[TieDecision]] = {}
    for row in campaign.tie_decisions.order_by("-pk"):
        found.setdefault(frozenset(str(unit) for unit in row.units), []).append(row)
    return found
