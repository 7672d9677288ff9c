"""What is known of a unit without anybody typing it again, each fact with where it comes from.

Targets come from the covenant that the bloc agreed on, where a criterion is linked to one of its indicators. Other sources register
here; a later one never overrules an earlier one.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from blocs.domain.snapshots import version_text
from blocs.enums import SETTLED, DocumentKind
from blocs.models import Version
from blocs.texts import CovenantText, IndicatorText
from scoring.models import Campaign
from scoring.texts import CriteriaText, CriterionText


@dataclass(frozen=True)
class Fact:
    """A value in its one spelling ("12.5"), and where it comes from in words. `is_whole`: with it the rule has all that it asks for."""

    value: str
    source: str
    is_whole: bool = False


@dataclass(frozen=True)
class Ground:
    """Something that speaks for a criterion of a unit: what, and its page."""

    label: str
    url: str


# By key of the criterion and key of the unit: facts by their name in the rule.
Known = Mapping[tuple[str, int], Mapping[str, Fact]]
Source = Callable[[Campaign, CriteriaText, Collection[int]], Known]
Moment = Callable[[], datetime | None]
# What became of facts since a sheet was handed in (None: it is not), in sentences by key of the criterion.
Changes = Callable[[Campaign, CriteriaText, int, Moment], Mapping[str, Sequence[str]]]
Grounds = Callable[[Campaign, int, str], Sequence[Ground]]
# Rules that may be told by another source without a link to a target of the covenant.
TOLD_RULES = ("count", "late")

_sources: list[Source] = []
_changes: list[Changes] = []
_grounds: list[Grounds] = []


def register(source: Source) -> None:
    """Add a source of facts."""
    _sources.append(source)


def register_changes(source: Changes) -> None:
    """Add what says how its facts changed since a sheet was handed in."""
    _changes.append(source)


def register_grounds(source: Grounds) -> None:
    """Add what speaks for criteria."""
    _grounds.append(source)


def may_be_told(leaf: CriterionText) -> bool:
    """Whether another source may know something of this criterion."""
    return bool(leaf.indicator_key) or leaf.rule_type in TOLD_RULES


def known(campaign: Campaign, text: CriteriaText, units: Collection[int]) -> dict[tuple[str, int], dict[str, Fact]]:
    """Every fact that some source knows of these units in the period of the campaign."""
    found: dict[tuple[str, int], dict[str, Fact]] = {}
    for source in (targets, *_sources):
        for place, facts in source(campaign, text, units).items():
            found[place] = {**facts, **found.get(place, {})}
    for place, facts in found.items():
        if set(text.leaf_of[place[0]].read_rule().facts) <= set(facts):
            found[place] = {name: replace(fact, is_whole=True) for name, fact in facts.items()}
    return found


def changes(campaign: Campaign, text: CriteriaText, unit_id: int, handed_in: Moment) -> dict[str, list[str]]:
    """What became of the facts of a unit since its sheet was handed in, and which sources are being mended, by criterion."""
    found: dict[str, list[str]] = {}
    for source in _changes:
        for key, sentences in source(campaign, text, unit_id, handed_in).items():
            found.setdefault(key, []).extend(sentences)
    return found


def grounds(campaign: Campaign, unit_id: int, key: str) -> list[Ground]:
    """What speaks for a criterion of a unit besides the evidence on its sheet."""
    return [ground for source in _grounds for ground in source(campaign, unit_id, key)]


def targets(campaign: Campaign, text: CriteriaText, units: Collection[int]) -> Known:
    """Targets of the covenant of the same bloc and year: a unit's own, else the bloc's; one query."""
    linked = {row.key: row.indicator_key for row in text.leaves if row.indicator_key and "target" in row.read_rule().facts}
    indicators = _agreed(campaign) if linked else {}
    found: dict[tuple[str, int], dict[str, Fact]] = {}
    for key, indicator_key in linked.items():
        number, indicator = indicators.get(indicator_key, (0, None))
        if indicator is None:
            continue
        for unit in units:
            if value := indicator.unit_values.get(str(unit)) or indicator.bloc_value:
                found[key, unit] = {"target": Fact(value, f"Giao ước thi đua, chỉ tiêu {number}")}
    return found


def _agreed(campaign: Campaign) -> dict[str, tuple[int, IndicatorText]]:
    """The indicators of the covenant as agreed on, by key, each with its number on paper."""
    covenant = agreed_covenant(campaign.bloc_year_id)
    return {row.key: (number, row) for number, row in enumerate(covenant.indicators if covenant else [], start=1)}


def agreed_covenant(bloc_year_id: int) -> CovenantText | None:
    """The covenant of a bloc in a year as agreed on; one query."""
    settled = {"document__kind": DocumentKind.COVENANT, "document__state__in": SETTLED}
    versions = Version.objects.filter(document__bloc_year=bloc_year_id, **settled)
    version = versions.order_by("-document", "-number").first()
    return version_text(version) if version else None
