"""What the page of a set shows: the tree with its sums and what is wrong in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from emulation.organisation.access import ActedRequest
from scoring import policies
from scoring.domain import checking
from scoring.domain.reading import Readable
from scoring.enums import SectionKind
from scoring.models import CriteriaSet, Criterion
from scoring.rules import TYPES, Faulty
from scoring.texts import CriteriaText, CriterionText, Node
from scoring.texts import tree as tree_of


@dataclass(frozen=True)
class Line:
    """A line of the tree."""

    row: Criterion
    node: Node
    section: str
    faults: list[str]
    rule: str
    how: str = ""

    @property
    def least(self) -> Decimal | None:
        """The fewest points, where they are below zero."""
        return Decimal(self.node.text.min_points) if self.node.text.min_points not in ("", "0") else None

    @property
    def sum_differs(self) -> bool:
        """Whether a group's declared maximum and the sum of what is in it differ."""
        return bool(self.node.text.is_group and self.node.text.max_points and self.node.most != self.node.sum)


def context(request: ActedRequest, shown: Readable, *, opened: Criterion | None = None) -> dict[str, Any]:
    """Everything that the tree and the page around it need."""
    criteria_set, text = shown.criteria_set, shown.text
    may_edit = policies.may_edit_criteria(criteria_set, request.actor)
    faults = checking.faults(text) if may_edit else []
    return {
        "document": criteria_set.document,
        "bloc": criteria_set.document.bloc_year,
        "set": criteria_set,
        "lines": lines(shown, faults, told=not may_edit),
        "opened": opened,
        "summary": summary(text),
        "faults": faults,
        "acts": acts(opened) if opened else [],
        "sentence": sentence(text, opened) if opened else "",
        "may_edit": may_edit,
        "save_key": f"{request.actor.user_id}-criteria-{opened.key}" if opened else "",
    }


def acts(row: Criterion) -> list[tuple[str, str, str]]:
    """What can be done with a node: the word in the address, the icon, the label."""
    moves = [("len", "arrow-up", _("Chuyển lên")), ("xuong", "arrow-down", _("Chuyển xuống"))]
    inward = [("vao", "indent-increase", _("Đưa vào nhóm trên"))]
    outward = [("ra", "indent-decrease", _("Đưa ra ngoài nhóm"))] if row.parent_id else []
    return [*moves, *inward, *outward, ("nhan-ban", "copy", _("Nhân bản")), ("go", "trash", _("Gỡ"))]


def sentence(text: CriteriaText, row: Criterion) -> str:
    """How the open criterion counts, in words; nothing while its rule does not hold together."""
    found = next((leaf for leaf in text.leaves if leaf.key == str(row.key)), None)
    return sentence_of(found) if found else ""


def sentence_of(leaf: CriterionText) -> str:
    """How a leaf counts; nothing for a group, nor while the rule does not hold together."""
    if leaf.is_group or not leaf.max_points:
        return ""
    try:
        return leaf.read_rule().sentence()
    except Faulty:
        return ""


def lines(shown: Readable, faults: Iterable[checking.Fault], *, told: bool = False) -> list[Line]:
    """The lines in the order of the paper; for who reads and does not edit, each is told how it counts."""
    rows = {str(row.key): row for row in shown.rows}
    about: dict[str, list[str]] = {}
    for fault in faults:
        about.setdefault(fault.key, []).append(fault.sentence)
    found = []
    for top in tree_of(shown.text.criteria):
        label = SectionKind(top.text.section).label
        for node in top.walk():
            row = rows[node.text.key]
            rule = str(TYPES[row.rule_type].label) if row.rule_type in TYPES else ""
            how = sentence_of(node.text) if told else ""
            section = "" if node.depth else str(label)
            found.append(Line(row, node, section, about.get(node.text.key, []), rule, how))
    return found


def summary(text: CriteriaText) -> dict[str, Any]:
    """How many criteria, and how many points in each section, against the total."""
    sums: dict[str, Decimal] = {}
    for top in tree_of(text.criteria):
        sums[top.text.section] = sums.get(top.text.section, Decimal(0)) + top.most
    base = sums.get(SectionKind.BASE, Decimal(0))
    total = Decimal(text.total_points)
    return {"leaves": len(text.leaves), "base": base, "bonus": sums.get(SectionKind.BONUS), "total": total, "fits": base == total}


def opened(request: ActedRequest, shown: Readable) -> Criterion | None:
    """The node that the address names."""
    wanted = request.GET.get("muc", "")
    row = next((row for row in shown.rows if str(row.key) == wanted), None)
    if row is not None:
        row.criteria_set = shown.criteria_set
    return row


def path(shown: CriteriaSet, row: Criterion | None) -> str:
    """The page, at a node."""
    page = reverse("criteria", args=[shown.document_id])
    return f"{page}?muc={row.key}#muc-{row.key}" if row else page


def as_typed(form: forms.Form, name: str, values: dict[str, Any]) -> Any:
    """A stored value as its field shows it."""
    value = values.get(name)
    field = form.fields.get(name)
    if field is None or isinstance(value, bool):
        return value
    shown = field.prepare_value(value)
    return "" if shown is None else shown
