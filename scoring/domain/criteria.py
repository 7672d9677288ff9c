"""The working set: start it, and change its nodes and settings without ever losing typed text.

Every form carries the `edits` number that it was opened with; a stale one raises `drafts.Conflict` with what is stored now. Any change
takes a checked set back to draft.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from blocs.documents.sections import roman
from blocs.domain import drafts
from blocs.models import BlocDocument, Indicator
from emulation.lib import clock, vietnamese
from emulation.lib.verdict import Refused, enforce, refuse
from emulation.organisation.actors import Actor
from emulation.records.domain import audit
from emulation.records.events import Event
from scoring import policies
from scoring.domain import checking, siblings
from scoring.domain.reading import SETTINGS, in_order, set_text, setting_values, write_rows
from scoring.enums import NodeKind, SectionKind, SetState
from scoring.models import CriteriaSet, Criterion
from scoring.rules import TYPES, Faulty, notation
from scoring.texts import CriteriaText, CriterionText

FIELDS = (
    "section", "code", "name", "guidance", "max_points", "min_points", "is_capped", "step", "rule_type", "rule", "measure",
    "indicator_key", "evidence_required", "is_cross_scored",
)  # fmt: skip
OF_LEAVES = ("rule_type", "rule", "step", "indicator_key")
MOST_NODES = 600


@transaction.atomic
def start(document: BlocDocument, *, actor: Actor, text: CriteriaText) -> CriteriaSet:
    """Start the working set of a scoring regulation from a text: the usual table, or another set's. Raises `Refused`."""
    document = BlocDocument.objects.select_for_update(of=("self",)).full().get(pk=document.pk)
    enforce(policies.may_start_criteria(document, actor))
    moment = clock.now()
    criteria_set = CriteriaSet.objects.create(document=document, created_at=moment, changed_at=moment, **setting_values(text))
    write_rows(criteria_set, linked(text.criteria, document))
    audit.log(Event.CRITERIA_STARTED, stream=document.stream, actor=actor, criteria=len(text.criteria))
    return criteria_set


def linked(criteria: Iterable[CriterionText], document: BlocDocument) -> list[CriterionText]:
    """The criteria with targets of this year's covenant where they named one of an earlier year with the same words."""
    rows = list(criteria)
    wanted = {row.indicator_key for row in rows if row.indicator_key}
    if not wanted:
        return rows
    names = {str(key): name for key, name in Indicator.objects.filter(key__in=wanted).values_list("key", "name")}
    own = Indicator.objects.filter(document__bloc_year=document.bloc_year_id)
    keys = {vietnamese.search_key(name): str(key) for key, name in own.values_list("key", "name")}
    return [
        replace(row, indicator_key=keys.get(vietnamese.search_key(names.get(row.indicator_key, "")), ""))
        if row.indicator_key
        else row
        for row in rows
    ]


@transaction.atomic
def save_settings(criteria_set: CriteriaSet, *, actor: Actor, seen: int, values: Mapping[str, Any]) -> CriteriaSet:
    """Save some of `SETTINGS`. Raises `Refused`, `Conflict`, `ValidationError`."""
    criteria_set = lock(criteria_set, actor)
    if criteria_set.edits != seen:
        raise drafts.Conflict(criteria_set)
    changed = [name for name in SETTINGS if name in values and getattr(criteria_set, name) != values[name]]
    for name in changed:
        setattr(criteria_set, name, values[name])
    if changed:
        criteria_set.full_clean(exclude=["document", "version"])
        criteria_set.edits += 1
        touch(criteria_set, actor, [f"settings: {', '.join(changed)}"], "edits", *changed)
    return criteria_set


@transaction.atomic
def add(
    criteria_set: CriteriaSet,
    *,
    actor: Actor,
    kind: str,
    parent: Criterion | None = None,
    after: Criterion | None = None,
    name: str = "",
) -> Criterion:
    """Add a group or a criterion: after another node, or at the end of a group; a top group without either. Raises `Refused`."""
    criteria_set = lock(criteria_set, actor)
    demand_room(criteria_set, 1)
    parent = after.parent if after else parent
    if parent is None and kind != NodeKind.GROUP:
        raise Refused(refuse(_("Tiêu chí phải nằm trong một nhóm.")))
    row = Criterion(
        criteria_set=criteria_set,
        parent=parent,
        kind=kind,
        code=next_code(criteria_set.criteria.all(), kind, parent),
        section="" if parent else (after.section if after else SectionKind.BASE),
        name=vietnamese.nfc(name).strip(),
        rule_type="" if kind == NodeKind.GROUP else "manual",
        order=0,
    )
    siblings.put(row, parent, siblings.place_after(criteria_set, parent, after))
    touch(criteria_set, actor, [f"criterion {row.key}: added"])
    return row


@transaction.atomic
def save(row: Criterion, *, actor: Actor, seen: int, values: Mapping[str, Any]) -> Criterion:
    """Save some of `FIELDS`. Parameters of the rule are checked with the points. Raises `Refused`, `Conflict`, `ValidationError`."""
    criteria_set = lock(row.criteria_set, actor)
    row = siblings.fresh(row)
    if row.edits != seen:
        raise drafts.Conflict(row)
    changed = drafts.assign(row, values, [name for name in FIELDS if not (row.is_group and name in OF_LEAVES)])
    if changed:
        row.full_clean(exclude=["criteria_set", "parent"])
        tidy_rule(row)
        row.edits += 1
        row.save()
        touch(criteria_set, actor, [f"criterion {row.key}: {', '.join(changed)}"])
    return row


def tidy_rule(row: Criterion) -> None:
    """Bring the parameters of a leaf into their one spelling. What is missing or does not fit together, the check says.

    Raises `ValidationError` for a value that cannot be read.
    """
    if row.is_group or row.rule_type not in TYPES:
        row.rule = {}
        return
    try:
        row.rule = notation.tidy(row.rule_type, row.rule)
    except Faulty as error:
        found: dict[str, list[str]] = {}
        for fault in error.faults:
            found.setdefault(f"rule-{fault.place}", []).append(fault.sentence)
        raise ValidationError(found) from error


@transaction.atomic
def duplicate(row: Criterion, *, actor: Actor) -> Criterion:
    """A copy of a node with all below it, right after it, with keys and codes of its own. Raises `Refused`."""
    criteria_set = lock(row.criteria_set, actor)
    row = siblings.fresh(row)
    rows = list(criteria_set.criteria.all())
    taken = {other.code for other in rows}
    texts = in_order(siblings.below(rows, row))
    demand_room(criteria_set, len(texts))
    keys = {text.key: str(uuid.uuid4()) for text in texts}
    parent = str(row.parent.key) if row.parent else ""
    copies = [
        replace(text, key=keys[text.key], parent=keys.get(text.parent, parent), code=free_code(text.code, taken))
        for text in texts
    ]
    write_rows(criteria_set, copies, {str(other.key): other for other in rows})
    made = criteria_set.criteria.get(key=keys[str(row.key)])
    siblings.put(made, row.parent, siblings.place_after(criteria_set, row.parent, row))
    touch(criteria_set, actor, [f"criterion {row.key}: duplicated as {made.key}"])
    return made


@transaction.atomic
def remove(row: Criterion, *, actor: Actor) -> None:
    """Take a node out with all below it. What was taken out last is kept and can be put back. Raises `Refused`."""
    criteria_set = lock(row.criteria_set, actor)
    row = siblings.fresh(row)
    rows = list(criteria_set.criteria.all())
    below = siblings.below(rows, row)
    texts = in_order(below)
    parent = str(row.parent.key) if row.parent else ""
    said = [asdict(text) | ({"parent": parent} if text.key == str(row.key) else {}) for text in texts]
    criteria_set.last_removed = {"order": row.order, "criteria": said}
    parent_row = row.parent
    row.delete()
    siblings.renumber(siblings.of(criteria_set, parent_row))
    touch(criteria_set, actor, [f"criterion {row.key}: removed"], "last_removed", said=said)


@transaction.atomic
def put_back(criteria_set: CriteriaSet, *, actor: Actor) -> None:
    """Put back what was taken out last, where it stood. A second call changes nothing. Raises `Refused`."""
    criteria_set = lock(criteria_set, actor)
    if criteria_set.last_removed is None:
        return
    texts = [CriterionText(**said) for said in criteria_set.last_removed["criteria"]]
    demand_room(criteria_set, len(texts))
    known = {str(row.key): row for row in criteria_set.criteria.all()}
    if texts[0].parent and texts[0].parent not in known:
        raise Refused(refuse(_("Nhóm chứa nội dung này đã bị gỡ; không đưa lại được.")))
    write_rows(criteria_set, texts, known=known)
    top = criteria_set.criteria.select_related("parent").get(key=texts[0].key)
    siblings.put(top, top.parent, criteria_set.last_removed["order"] - 1)
    criteria_set.last_removed = None
    touch(criteria_set, actor, [f"criterion {texts[0].key}: put back"], "last_removed")


@transaction.atomic
def check(criteria_set: CriteriaSet, *, actor: Actor) -> list[checking.Fault]:
    """Check the set as it stands. Without faults it is marked as checked, with its hash. Raises `Refused`."""
    criteria_set = lock(criteria_set, actor)
    text = set_text(criteria_set)
    found = checking.faults(text)
    if not found and criteria_set.content_sha256 != text.sha256:
        criteria_set.state, criteria_set.content_sha256 = SetState.CHECKED, text.sha256
        criteria_set.save(update_fields=["state", "content_sha256"])
        audit.log(Event.CRITERIA_CHECKED, stream=criteria_set.document.stream, actor=actor, content=text.sha256)
    return found


def lock(criteria_set: CriteriaSet, actor: Actor) -> CriteriaSet:
    """The set and its document, locked, for somebody who may edit it. Raises `Refused`."""
    document = BlocDocument.objects.select_for_update(of=("self",)).full().get(pk=criteria_set.document_id)
    locked = CriteriaSet.objects.select_for_update(of=("self",)).get(pk=criteria_set.pk)
    locked.document = document
    enforce(policies.may_edit_criteria(locked, actor))
    return locked


def touch(criteria_set: CriteriaSet, actor: Actor, changed: list[str], *fields: str, **said: Any) -> None:
    """What every change leaves behind: a draft again, the time, an entry in the audit of the document."""
    criteria_set.state, criteria_set.content_sha256, criteria_set.changed_at = SetState.DRAFT, "", clock.now()
    criteria_set.save(update_fields=["state", "content_sha256", "changed_at", *fields])
    BlocDocument.objects.filter(pk=criteria_set.document_id).update(changed_at=criteria_set.changed_at)
    audit.log(Event.CRITERIA_CHANGED, stream=criteria_set.document.stream, actor=actor, changed=changed, **said)


def demand_room(criteria_set: CriteriaSet, more: int) -> None:
    """Raises `Refused` when the set would grow beyond what one can read."""
    if criteria_set.criteria.count() + more > MOST_NODES:
        raise Refused(refuse(_("Bộ tiêu chí có nhiều nhất %(n)d dòng.") % {"n": MOST_NODES}))


def next_code(rows: Iterable[Criterion], kind: str, parent: Criterion | None) -> str:
    """A code for a new node: leaves are numbered through the whole set, groups under their own ("I.2" has "I.2.1")."""
    taken = {row.code for row in rows}
    if kind == NodeKind.LEAF:
        return str(max((int(code) for code in taken if code.isascii() and code.isdigit() and len(code) < 5), default=0) + 1)
    codes = (f"{parent.code}.{number}" if parent else roman(number) for number in range(1, 40))
    return next((code for code in codes if code not in taken and len(code) <= 20), "")


def free_code(code: str, taken: set[str]) -> str:
    """A code like this one that no other node has: "I.1" becomes "I.1-2". It is taken from now on."""
    if not code:
        return ""
    number = 2
    while f"{code[:16]}-{number}" in taken:
        number += 1
    taken.add(f"{code[:16]}-{number}")
    return f"{code[:16]}-{number}"
