"""What is known of a unit without anybody typing it again, each fact with where it comes from.

Targets come from the covenant that the bloc agreed on, where a criterion is linked to one of its indicators. Other sources register
here; a later one never overrules an earlier one.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from blocs.domain.snapshots import version_text
from blocs.enums import SETTLED, DocumentKind
from blocs.models import Version
from blocs.texts import CovenantText, IndicatorText
from scoring.models import CriteriaSet
from scoring.texts import CriteriaText


@dataclass(frozen=True)
class Fact:
    """A value in its one spelling ("12.5"), and where it comes from in words."""

    value: str
    source: str


# By key of the criterion and key of the unit: facts by their name in the rule.
Known = Mapping[tuple[str, int], Mapping[str, Fact]]
Source = Callable[[CriteriaSet, CriteriaText, Collection[int]], Known]

_sources: list[Source] = []


def register(source: Source) -> None:
    """Add a source of facts."""
    _sources.append(source)


def known(criteria_set: CriteriaSet, text: CriteriaText, units: Collection[int]) -> dict[tuple[str, int], dict[str, Fact]]:
    """Every fact that some source knows of these units."""
    found: dict[tuple[str, int], dict[str, Fact]] = {}
    for source in (targets, *_sources):
        for place, facts in source(criteria_set, text, units).items():
            found[place] = {**facts, **found.get(place, {})}
    return found


def targets(criteria_set: CriteriaSet, text: CriteriaText, units: Collection[int]) -> Known:
    """Targets of the covenant of the same bloc and year: a unit's own, else the bloc's; one query."""
    linked = {row.key: row.indicator_key for row in text.leaves if row.indicator_key and "target" in row.read_rule().facts}
    indicators = _agreed(criteria_set) if linked else {}
    found: dict[tuple[str, int], dict[str, Fact]] = {}
    for key, indicator_key in linked.items():
        number, indicator = indicators.get(indicator_key, (0, None))
        if indicator is None:
            continue
        for unit in units:
            if value := indicator.unit_values.get(str(unit)) or indicator.bloc_value:
                found[key, unit] = {"target": Fact(value, f"Giao ước thi đua, chỉ tiêu {number}")}
    return found


def _agreed(criteria_set: CriteriaSet) -> dict[str, tuple[int, IndicatorText]]:
    """The indicators of the covenant as agreed on, by key, each with its number on paper."""
    covenant = agreed_covenant(criteria_set.document.bloc_year_id)
    return {row.key: (number, row) for number, row in enumerate(covenant.indicators if covenant else [], start=1)}


def agreed_covenant(bloc_year_id: int) -> CovenantText | None:
    """The covenant of a bloc in a year as agreed on; one query."""
    settled = {"document__kind": DocumentKind.COVENANT, "document__state__in": SETTLED}
    versions = Version.objects.filter(document__bloc_year=bloc_year_id, **settled)
    version = versions.order_by("-document", "-number").first()
    return version_text(version) if version else None
