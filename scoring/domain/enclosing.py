"""The criteria set as what a scoring regulation encloses: published, agreed on, printed and signed with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from blocs.domain.snapshots import version_text
from blocs.enclosing import Row, Table
from blocs.enums import DocumentKind
from blocs.models import BlocDocument, Version
from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.records.domain import audit
from emulation.records.events import Event
from scoring import policies
from scoring.documents import settings
from scoring.domain import changes, checking
from scoring.domain.reading import Readable, published, set_text, setting_values, stored, write_rows
from scoring.enums import SetState
from scoring.models import CriteriaSet
from scoring.rules import Faulty
from scoring.rules.numbers import written
from scoring.texts import CriteriaText, CriterionText, Node, from_data, tree


@dataclass(frozen=True)
class CriteriaEnclosure:
    """The working set of a scoring regulation as its enclosure."""

    def page(self, document: BlocDocument) -> tuple[str, str]:
        return _("Bộ tiêu chí"), reverse("criteria", args=[document.pk])

    def enclosed(self, document: BlocDocument) -> Mapping[str, Any] | None:
        working = working_set(document)
        return set_text(working).to_data() if working else None

    def faults(self, data: Mapping[str, Any]) -> list[str]:
        return [f"{fault.place}: {fault.sentence}" for fault in checking.faults(from_data(data))]

    def table(self, data: Mapping[str, Any]) -> Table:
        with translation.override("vi"):
            return printed(from_data(data))

    def changes(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
        if not old:
            return [_("Thêm bảng tiêu chí chấm điểm kèm theo.")]
        if not new:
            return [_("Bỏ bảng tiêu chí chấm điểm kèm theo.")]
        return [change.sentence for change in changes.changes(from_data(old), from_data(new))]

    def adopted(self, version: Version, data: Mapping[str, Any], *, actor: Actor) -> None:
        freeze(version, from_data(data), actor=actor)


@transaction.atomic
def freeze(version: Version, text: CriteriaText, *, actor: Actor) -> CriteriaSet:
    """Keep what was agreed on as a set that never changes. A version that is adopted once more has its set already."""
    known = CriteriaSet.objects.filter(version=version).first()
    if known is not None:
        return known
    moment = clock.now()
    made = CriteriaSet.objects.create(
        document=version.document,
        version=version,
        state=SetState.ADOPTED,
        content_sha256=text.sha256,
        created_at=moment,
        changed_at=moment,
        **setting_values(text),
    )
    write_rows(made, text.criteria)
    made.is_sealed = True
    made.save(update_fields=["is_sealed"])
    stored = set_text(CriteriaSet.objects.get(pk=made.pk))
    if stored.sha256 != text.sha256:
        raise ValueError("the adopted set reads otherwise than what was published")
    audit.log(
        Event.CRITERIA_ADOPTED, stream=version.document.stream, actor=actor, version=version.number, content=made.content_sha256
    )
    return made


def working_set(document: BlocDocument) -> CriteriaSet | None:
    """The working set of a regulation, with its criteria: two queries; none for documents of other kinds."""
    if document.kind != DocumentKind.SCORING:
        return None
    return CriteriaSet.objects.working().filter(document=document).prefetch_related("criteria").first()


def readable(document: BlocDocument, actor: Actor | None) -> Readable | None:
    """What this person may read: who edits the working set reads it, everybody else what was published last.

    None when there is nothing to read: nobody else sees what is still being written.
    """
    working = working_set(document)
    if working is not None:
        working.document = document
        if policies.may_edit_criteria(working, actor):
            return stored(working)
    version = document.versions.order_by("-number").first()
    data = version_text(version).enclosed if version else {}
    if version is None or not data:
        return None
    version.document = document
    adopted = CriteriaSet.objects.filter(version=version).prefetch_related("criteria").first()
    if adopted is None:
        return published(from_data(data), version)
    adopted.document, adopted.version = document, version
    return stored(adopted)


def printed(text: CriteriaText) -> Table:
    """The table as it prints, with what is said below it on totals and ties."""
    rows: list[Row] = []
    for top in tree(text.criteria):
        rows += [_row(node) for node in top.walk()]
    return Table(
        title="BẢNG TIÊU CHÍ CHẤM ĐIỂM",
        notes=settings.notes(text),
        columns=["Mã", "Nội dung, tiêu chí", "Điểm tối đa", "Cách chấm điểm"],
        rows=rows,
        numeric=[2],
    )


def _row(node: Node) -> Row:
    row = node.text
    return Row([row.code, row.name, _points(node), _how(row, node)], level=min(node.depth + 1, 5) if row.is_group else 0)


def _points(node: Node) -> str:
    """The most that a node gives; where points are taken off, how many; nothing for what gives none."""
    row = node.text
    least, most = Decimal(row.min_points or 0), node.most
    if least and most:
        return f"từ {written(least)} đến {written(most)}"
    if least:
        return f"trừ đến {written(-least)}"
    return written(most) if most else ""


def _how(row: CriterionText, node: Node) -> str:
    """How a leaf is scored, with its guidance; of a group, what holds its sum."""
    if row.is_group:
        return f"Không quá {written(node.most)} điểm." if row.is_capped else row.guidance
    try:
        sentence = row.read_rule().sentence()
    except Faulty:
        sentence = ""
    evidence = "Có minh chứng." if row.evidence_required else ""
    return " ".join(part for part in (sentence, row.guidance, evidence) if part)
