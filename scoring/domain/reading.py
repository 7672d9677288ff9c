"""Between rows and plain values: a set as text, and rows out of a text."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from blocs.models import Version
from scoring.models import CriteriaSet, Criterion
from scoring.rules.numbers import plain
from scoring.texts import CriteriaText, CriterionText, tree

SETTINGS = ("total_points", "places", "not_assigned", "exempt", "bonus_above_scale", "tie_keys", "grades", "method")


def set_text(criteria_set: CriteriaSet) -> CriteriaText:
    """The set as it stands now, in the order of the paper; one query unless its criteria are at hand."""
    settings = {name: getattr(criteria_set, name) for name in SETTINGS}
    settings["total_points"] = plain(criteria_set.total_points)
    return CriteriaText(**settings, criteria=in_order(criteria_set.criteria.all()))


def sealed_text(criteria_set: CriteriaSet) -> CriteriaText:
    """An adopted set as text. It never changes, so it is read once for each process."""
    return _sealed(criteria_set.pk, criteria_set.content_sha256)


@lru_cache(maxsize=64)
def _sealed(pk: int, sha256: str) -> CriteriaText:
    text = set_text(CriteriaSet.objects.prefetch_related("criteria").get(pk=pk))
    if text.sha256 != sha256:
        raise ValueError(f"criteria set {pk} does not read back to its hash")
    return text


def in_order(rows: Iterable[Criterion]) -> list[CriterionText]:
    """The rows as text, each group before what stands in it."""
    found = list(rows)
    keys = {row.pk: str(row.key) for row in found}
    found.sort(key=lambda row: (row.order, row.pk))
    texts = [row_text(row, keys.get(row.parent_id or 0, "")) for row in found]
    return [node.text for top in tree(texts) for node in top.walk()]


def row_text(row: Criterion, parent: str) -> CriterionText:
    """One row as text."""
    return CriterionText(
        key=str(row.key),
        parent=parent,
        kind=row.kind,
        section=row.section,
        code=row.code,
        name=row.name,
        max_points=written(row.max_points),
        guidance=row.guidance,
        min_points=written(row.min_points),
        is_capped=row.is_capped,
        step=written(row.step),
        rule_type=row.rule_type,
        rule=row.rule,
        measure=row.measure,
        indicator_key=str(row.indicator_key or ""),
        evidence_required=row.evidence_required,
        is_cross_scored=row.is_cross_scored,
    )


def write_rows(
    criteria_set: CriteriaSet, criteria: Iterable[CriterionText], known: Mapping[str, Criterion] | None = None
) -> None:
    """Insert the criteria of a text, a level at a time, in its order; `known` are rows of the set that they may stand under."""
    waiting, place = [], Counter[str]()
    for text in criteria:
        place[text.parent] += 1
        waiting.append((place[text.parent], text))
    parents: dict[str, Criterion | None] = {"": None, **(known or {})}
    while waiting:
        level = [(order, text) for order, text in waiting if text.parent in parents]
        waiting = [(order, text) for order, text in waiting if text.parent not in parents]
        if not level:
            raise ValueError("a criterion hangs under a group that is not there")
        rows = [
            Criterion(criteria_set=criteria_set, order=order, **row_values(text, parents[text.parent])) for order, text in level
        ]
        for made in Criterion.objects.bulk_create(rows):
            parents[str(made.key)] = made


@dataclass(frozen=True)
class Readable:
    """A set as somebody may read it. What was published and not adopted has no stored rows: its set has no key."""

    criteria_set: CriteriaSet
    text: CriteriaText
    rows: list[Criterion]


def stored(criteria_set: CriteriaSet) -> Readable:
    """A set that is stored, with its rows; one query unless they are at hand."""
    rows = list(criteria_set.criteria.all())
    return Readable(criteria_set, set_text(criteria_set), rows)


def published(text: CriteriaText, version: Version) -> Readable:
    """What a version encloses, as rows that are only shown."""
    criteria_set = CriteriaSet(version=version, document=version.document, state="", **setting_values(text))
    rows = [Criterion(pk=place, order=place, **row_values(row, None)) for place, row in enumerate(text.criteria, start=1)]
    return Readable(criteria_set, text, rows)


def row_values(text: CriterionText, parent: Criterion | None) -> dict[str, Any]:
    """The fields of a row that a text gives."""
    return {
        "key": text.key,
        "parent": parent,
        "kind": text.kind,
        "section": text.section,
        "code": text.code,
        "name": text.name,
        "guidance": text.guidance,
        "max_points": number(text.max_points),
        "min_points": number(text.min_points),
        "is_capped": text.is_capped,
        "step": number(text.step),
        "rule_type": text.rule_type,
        "rule": dict(text.rule),
        "measure": text.measure,
        "indicator_key": text.indicator_key or None,
        "evidence_required": text.evidence_required,
        "is_cross_scored": text.is_cross_scored,
    }


def setting_values(text: CriteriaText) -> Mapping[str, Any]:
    """The settings of a text as fields of a set."""
    return {**{name: getattr(text, name) for name in SETTINGS}, "total_points": Decimal(text.total_points)}


def written(value: Decimal | None) -> str:
    """ "12.5"; "" for none."""
    return "" if value is None else plain(value)


def number(text: str) -> Decimal | None:
    """The other way."""
    return Decimal(text) if text else None
