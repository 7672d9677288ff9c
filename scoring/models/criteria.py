"""Criteria sets: the working set of a bloc's scoring regulation, and the sets that were adopted, which never change again.

A working set is edited row by row like the clauses of a draft; each row carries `edits`. What is published travels inside the
version of the document; when that version is adopted, its content becomes rows of a set of its own, sealed by the database.
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from blocs.models import BlocDocument, Version
from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.records.triggers import Trigger
from scoring.enums import Exempt, Method, NodeKind, NotAssigned, SectionKind, SetState

# Points as they are kept: two decimals, below a hundred thousand.
POINTS: dict[str, Any] = {"max_digits": 7, "decimal_places": 2}


def usual_tie_keys() -> list[list[str]]:
    """Who has more points in the first group stands above, then who lost fewer; each key with its direction."""
    return [["group:I", "desc"], ["penalty", "asc"]]


def _sealed_set(operation: str) -> Trigger:
    """An adopted set is sealed once its rows are in; from then on it is refused any change."""
    table, name = "scoring_criteriaset", f"scoring_criteriaset_sealed_{operation.lower()}"
    return row_trigger(name, table, operation, "OLD.is_sealed", "the criteria set is sealed")


# Whether the set of a row is sealed, as triggers ask it of the new and of the old row.
_NEW_SEALED = "(SELECT is_sealed FROM scoring_criteriaset WHERE id = NEW.criteria_set_id)"
_OLD_SEALED = "(SELECT is_sealed FROM scoring_criteriaset WHERE id = OLD.criteria_set_id)"


def _sealed_row(operation: str, condition: str) -> Trigger:
    """No criterion of a sealed set is added, changed or taken out."""
    table, name = "scoring_criterion", f"scoring_criterion_sealed_{operation.lower()}"
    return row_trigger(name, table, operation, condition, "the criteria set is sealed")


def _own_group(operation: str) -> Trigger:
    """A criterion stands under a group of its own set, which no check constraint can see."""
    table, name = "scoring_criterion", f"scoring_criterion_under_a_group_{operation.lower()}"
    group = "SELECT 1 FROM scoring_criterion g WHERE g.id = NEW.parent_id AND g.criteria_set_id = NEW.criteria_set_id"
    condition = f"NEW.parent_id IS NOT NULL AND NOT EXISTS ({group} AND g.kind = 'group')"
    return row_trigger(name, table, operation, condition, "a criterion stands under a group of its own set")


def row_trigger(name: str, table: str, operation: str, condition: str, words: str) -> Trigger:
    """Refuse an operation on rows that meet the condition, on both databases."""
    done = "OLD" if operation == "DELETE" else "NEW"
    return Trigger(
        name,
        table,
        f"CREATE TRIGGER {name} BEFORE {operation} ON {table} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{words}'); END",
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {condition} THEN RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        f"RETURN {done}; END $$; "
        f"CREATE TRIGGER {name} BEFORE {operation} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    )


class CriteriaSetQuerySet(models.QuerySet["CriteriaSet"]):
    def visible_to(self, actor: Actor | None) -> CriteriaSetQuerySet:
        """Sets of the documents that the actor may see. Who may read a working set, `enclosing.readable` says."""
        return self.filter(document__in=BlocDocument.objects.visible_to(actor))

    def working(self) -> CriteriaSetQuerySet:
        """Sets that are still being worked on."""
        return self.exclude(state=SetState.ADOPTED)


class CriteriaSet(models.Model):
    """The criteria by which a bloc scores a year, with the settings of the computation."""

    document = models.ForeignKey(BlocDocument, on_delete=models.PROTECT, related_name="criteria_sets", verbose_name=_("quy định"))
    state = models.CharField(_("trạng thái"), max_length=10, choices=SetState.choices, default=SetState.DRAFT)
    version = models.OneToOneField(Version, on_delete=models.PROTECT, null=True, related_name="criteria_set", editable=False)
    content_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    is_sealed = models.BooleanField(default=False, editable=False)
    total_points = models.DecimalField(_("tổng điểm chính"), default=1000, **POINTS)
    places = models.PositiveSmallIntegerField(_("số chữ số thập phân"), default=2)
    not_assigned = models.CharField(
        _("khi không giao chỉ tiêu"), max_length=10, choices=NotAssigned.choices, default=NotAssigned.RESCALE
    )
    exempt = models.CharField(_("khi được miễn"), max_length=10, choices=Exempt.choices, default=Exempt.FULL)
    bonus_above_scale = models.BooleanField(_("điểm thưởng được vượt tổng điểm chính"), default=False)
    tie_keys = models.JSONField(_("thứ tự xét khi bằng điểm"), default=usual_tie_keys, blank=True)
    grades = models.JSONField(_("xếp loại"), default=list, blank=True)
    method = models.CharField(_("cách tổng hợp điểm chấm chéo"), max_length=10, choices=Method.choices, default=Method.MEDIAN)
    # What was taken out last, so that it can be put back.
    last_removed = models.JSONField(null=True, editable=False)
    edits = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    changed_at = models.DateTimeField(default=clock.now, editable=False)

    objects = CriteriaSetQuerySet.as_manager()

    triggers: ClassVar[list[Trigger]] = [_sealed_set("UPDATE"), _sealed_set("DELETE")]

    class Meta:
        verbose_name = _("bộ tiêu chí")
        verbose_name_plural = _("bộ tiêu chí")
        ordering = ["document", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document"],
                condition=~Q(state=SetState.ADOPTED),
                name="criteria_one_working_set",
                violation_error_message=_("Quy định này đã có bộ tiêu chí đang soạn."),
            ),
            models.CheckConstraint(
                condition=Q(state=SetState.ADOPTED, version__isnull=False) & ~Q(content_sha256="")
                | ~Q(state=SetState.ADOPTED) & Q(version=None, is_sealed=False),
                name="criteria_adopted_with_its_version",
            ),
            models.CheckConstraint(
                condition=Q(state=SetState.DRAFT, content_sha256="") | ~Q(state=SetState.DRAFT) & ~Q(content_sha256=""),
                name="criteria_checked_with_its_hash",
            ),
            models.CheckConstraint(
                condition=Q(total_points__gt=0),
                name="criteria_total_above_zero",
                violation_error_message=_("Tổng điểm chính phải lớn hơn 0."),
            ),
            models.CheckConstraint(
                condition=Q(places__lte=2),
                name="criteria_at_most_two_places",
                violation_error_message=_("Làm tròn đến 0, 1 hoặc 2 chữ số thập phân."),
            ),
        ]

    def __str__(self) -> str:
        return f"Bộ tiêu chí {self.document_id}/{self.pk}"

    @property
    def is_working(self) -> bool:
        """Whether it may still change, as far as its own state goes."""
        return self.state in (SetState.DRAFT, SetState.CHECKED)


class Criterion(models.Model):
    """A group, or a criterion with its rule. `key` stays the same through moves, versions and years' copies of one set.

    Depth is not stored: it is where the row stands under its parents.
    """

    criteria_set = models.ForeignKey(
        CriteriaSet, on_delete=models.CASCADE, related_name="criteria", verbose_name=_("bộ tiêu chí")
    )
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="children")
    order = models.PositiveIntegerField(_("thứ tự"))
    kind = models.CharField(_("loại"), max_length=5, choices=NodeKind.choices)
    section = models.CharField(_("phần"), max_length=12, choices=SectionKind.choices, blank=True)
    code = models.CharField(_("mã"), max_length=20, blank=True)
    name = models.CharField(_("tên"), max_length=500)
    guidance = models.TextField(_("hướng dẫn chấm"), max_length=4000, blank=True)
    max_points = models.DecimalField(_("điểm tối đa"), null=True, blank=True, **POINTS)
    min_points = models.DecimalField(_("điểm tối thiểu"), null=True, blank=True, **POINTS)
    is_capped = models.BooleanField(_("chỉ tính đến điểm tối đa"), default=False)
    step = models.DecimalField(_("bước điểm"), null=True, blank=True, **POINTS)
    rule_type = models.CharField(_("cách tính"), max_length=30, blank=True)
    rule = models.JSONField(_("tham số"), default=dict, blank=True)
    measure = models.CharField(_("đơn vị tính"), max_length=40, blank=True)
    indicator_key = models.UUIDField(_("chỉ tiêu giao ước"), null=True, blank=True)
    evidence_required = models.BooleanField(_("bắt buộc có minh chứng"), default=False)
    is_cross_scored = models.BooleanField(_("chấm chéo"), default=True)
    edits = models.PositiveIntegerField(default=0, editable=False)

    triggers: ClassVar[list[Trigger]] = [
        _sealed_row("INSERT", _NEW_SEALED),
        _sealed_row("UPDATE", f"{_OLD_SEALED} OR {_NEW_SEALED}"),
        _sealed_row("DELETE", _OLD_SEALED),
        _own_group("INSERT"),
        _own_group("UPDATE"),
    ]

    class Meta:
        verbose_name = _("tiêu chí")
        verbose_name_plural = _("tiêu chí")
        ordering = ["criteria_set", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["criteria_set", "key"], name="criterion_key_once"),
            models.CheckConstraint(
                condition=Q(parent=None, kind=NodeKind.GROUP, section__in=SectionKind.values)
                | Q(parent__isnull=False, section=""),
                name="criterion_section_at_the_top",
                violation_error_message=_("Chỉ nhóm lớn nhất thuộc một phần; tiêu chí phải nằm trong nhóm."),
            ),
            models.CheckConstraint(
                condition=Q(kind=NodeKind.GROUP, rule_type="", indicator_key=None, step=None)
                | Q(kind=NodeKind.LEAF, is_capped=False),
                name="criterion_rule_in_leaves_only",
            ),
            models.CheckConstraint(
                condition=Q(max_points=None) | Q(max_points__gte=0),
                name="criterion_max_not_negative",
                violation_error_message=_("Điểm tối đa không âm."),
            ),
            models.CheckConstraint(
                condition=Q(min_points=None) | Q(min_points__lte=0),
                name="criterion_min_not_positive",
                violation_error_message=_("Điểm tối thiểu là 0 hoặc số âm."),
            ),
            models.CheckConstraint(
                condition=Q(step=None) | Q(step__gt=0),
                name="criterion_step_above_zero",
                violation_error_message=_("Bước điểm phải lớn hơn 0."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip()

    @property
    def is_group(self) -> bool:
        """Whether it holds others, and has no rule of its own."""
        return self.kind == NodeKind.GROUP
