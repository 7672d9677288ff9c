"""A criteria set as plain values: what is published, hashed, compared, printed and written into workbooks. No database in here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from scoring.rules import TYPES, Rule, parameters, read_rule


@dataclass(frozen=True)
class CriterionText:
    """A group or a leaf. Numbers are canonical decimals ("12.5"), "" where none is set; `parent` is a key, "" at the top."""

    key: str
    parent: str
    kind: str
    section: str
    code: str
    name: str
    max_points: str
    guidance: str = ""
    min_points: str = ""
    is_capped: bool = False
    step: str = ""
    rule_type: str = ""
    rule: Mapping[str, Any] = field(default_factory=dict)
    measure: str = ""
    indicator_key: str = ""
    evidence_required: bool = False
    is_cross_scored: bool = True

    @property
    def is_group(self) -> bool:
        return self.kind == "group"

    def spec(self) -> dict[str, Any]:
        """The rule as the engine reads it: parameters with the leaf's own maximum, minimum and step, where the type takes them."""
        kind = TYPES.get(self.rule_type)
        taken = parameters(kind) if kind else {}
        spec: dict[str, Any] = {"type": self.rule_type, **self.rule}
        if "max" in taken:
            spec["max"] = self.max_points
        if "min" in taken:
            spec["min"] = self.min_points or "0"
        if self.rule_type == "manual" and self.step:
            spec["step"] = self.step
        return spec

    def read_rule(self) -> Rule:
        """The leaf's rule. Raises `Faulty`."""
        return read_rule(self.spec())


@dataclass(frozen=True)
class CriteriaText:
    """The whole set: settings of the computation, then every node, each group before what stands in it."""

    total_points: str
    places: int
    not_assigned: str
    exempt: str
    bonus_above_scale: bool
    method: str
    tie_keys: Sequence[Sequence[str]]
    grades: Sequence[Sequence[str]]
    criteria: Sequence[CriterionText]

    @property
    def leaves(self) -> list[CriterionText]:
        return [row for row in self.criteria if not row.is_group]

    @cached_property
    def leaf_of(self) -> Mapping[str, CriterionText]:
        """The leaves by their keys."""
        return {row.key: row for row in self.leaves}

    def to_data(self) -> dict[str, Any]:
        """As JSON-able values."""
        return asdict(self)

    def to_json(self) -> str:
        """One spelling, so that equal sets have equal hashes."""
        return json.dumps(self.to_data(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.to_json().encode()).hexdigest()


def from_data(data: Mapping[str, Any]) -> CriteriaText:
    """The set that `to_data` wrote."""
    return CriteriaText(**{**data, "criteria": [CriterionText(**row) for row in data["criteria"]]})


@dataclass(frozen=True)
class Node:
    """A node where it stands: how deep, what is below it, and the sum of the maxima of its children."""

    text: CriterionText
    depth: int
    children: Sequence[Node]

    @property
    def most(self) -> Decimal:
        """What counts above: a group's declared maximum, or the sum of its children where none is declared."""
        return Decimal(self.text.max_points) if self.text.max_points else self.sum

    @property
    def sum(self) -> Decimal:
        """The maxima of the children together; a leaf's own maximum."""
        if not self.text.is_group:
            return Decimal(self.text.max_points or 0)
        return sum((child.most for child in self.children), Decimal(0))

    @property
    def leaf_count(self) -> int:
        return sum(child.leaf_count for child in self.children) if self.text.is_group else 1

    def walk(self) -> Iterator[Node]:
        """The node and all below it, in the order of the paper."""
        yield self
        for child in self.children:
            yield from child.walk()


def tree(criteria: Sequence[CriterionText]) -> list[Node]:
    """The top nodes with everything below them; what hangs under no known group is left out."""
    below: dict[str, list[CriterionText]] = {}
    for row in criteria:
        below.setdefault(row.parent, []).append(row)
    return _nodes(below, "", 0)


def _nodes(below: Mapping[str, Sequence[CriterionText]], parent: str, depth: int) -> list[Node]:
    return [Node(row, depth, _nodes(below, row.key, depth + 1)) for row in below.get(parent, [])]
