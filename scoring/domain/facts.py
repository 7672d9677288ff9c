"""What is known of a unit without anybody typing it again, each fact with where it comes from.

Targets come from the covenant that the bloc agreed on, where a criterion is linked to one of its indicators. Other sources register
here; a later one never overrules an earlier one.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import JSONObject

from blocs.domain.snapshots import version_text
from blocs.enums import SETTLED, DocumentKind
from blocs.models import Version
from blocs.texts import CovenantText, IndicatorText, from_json
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
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Asking:
    """What a source wants to know: rows of the database, of each these columns by name, and what it reads in them.

    Columns come as JSON has them: a day or a moment as a string (`moment`), a UUID without a certain spelling.
    """

    rows: QuerySet[Any]
    columns: Mapping[str, Any]
    read: Callable[[Sequence[Row]], Known]


# None: the criteria want nothing of this source.
Source = Callable[[Campaign, CriteriaText, Collection[int]], Asking | None]
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
    """Every fact that some source knows of these units in the period of the campaign; one query for all sources."""
    found: dict[tuple[str, int], dict[str, Fact]] = {}
    asking = [wanted for source in (targets, *_sources) if (wanted := source(campaign, text, units))]
    for wanted, rows in zip(asking, _answers(asking), strict=True):
        for place, facts in wanted.read(rows).items():
            found[place] = {**facts, **found.get(place, {})}
    for place, facts in found.items():
        if set(text.leaf_of[place[0]].read_rule().facts) <= set(facts):
            found[place] = {name: replace(fact, is_whole=True) for name, fact in facts.items()}
    return found


def _answers(asking: Sequence[Asking]) -> list[list[Row]]:
    """The rows that each source asked for."""
    found: list[list[Row]] = [[] for _ in asking]
    parts = [
        wanted.rows.order_by().annotate(asked_by=Value(place), told=JSONObject(**wanted.columns)).values_list("asked_by", "told")
        for place, wanted in enumerate(asking)
    ]
    for place, row in parts[0].union(*parts[1:], all=True) if parts else ():
        found[place].append(row)
    return found


def moment(spelled: str) -> datetime:
    """A moment in a row: SQLite leaves out that it is in UTC."""
    read = datetime.fromisoformat(spelled)
    return read if read.tzinfo else read.replace(tzinfo=UTC)


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


def targets(campaign: Campaign, text: CriteriaText, units: Collection[int]) -> Asking | None:
    """Targets of the covenant of the same bloc and year: a unit's own, else the bloc's."""
    linked = {row.key: row.indicator_key for row in text.leaves if row.indicator_key and "target" in row.read_rule().facts}
    if not linked:
        return None

    def read(rows: Sequence[Row]) -> Known:
        indicators = _numbered(from_json(row["content"]) for row in rows)
        found = {}
        for key, indicator_key in linked.items():
            number, indicator = indicators.get(indicator_key, (0, None))
            for unit in units if indicator else ():
                if indicator and (value := indicator.unit_values.get(str(unit)) or indicator.bloc_value):
                    found[key, unit] = {"target": Fact(value, f"Giao ước thi đua, chỉ tiêu {number}")}
        return found

    newest = Version.objects.filter(pk__in=agreed_versions(campaign.bloc_year_id).values("pk")[:1])
    return Asking(newest, {"content": F("content")}, read)


def _numbered(covenants: Iterable[CovenantText]) -> dict[str, tuple[int, IndicatorText]]:
    """The indicators by key, each with its number on paper."""
    return {row.key: (number, row) for covenant in covenants for number, row in enumerate(covenant.indicators, start=1)}


def agreed_covenant(bloc_year_id: int) -> CovenantText | None:
    """The covenant of a bloc in a year as agreed on; one query."""
    version = agreed_versions(bloc_year_id).first()
    return version_text(version) if version else None


def agreed_versions(bloc_year_id: int) -> QuerySet[Version]:
    """The versions of covenants that were agreed on, the one that holds first."""
    settled = {"document__kind": DocumentKind.COVENANT, "document__state__in": SETTLED}
    return Version.objects.filter(document__bloc_year=bloc_year_id, **settled).order_by("-document", "-number")
