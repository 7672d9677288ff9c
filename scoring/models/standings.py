"""Results: runs of the computation with their inputs, decisions on ties, and snapshots that are signed and published."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from emulation.lib import clock
from emulation.records.models import InsertOnly
from emulation.records.triggers import Trigger
from scoring.enums import StandingState
from scoring.models.campaigns import Campaign
from scoring.models.criteria import row_trigger


class Run(InsertOnly):
    """One computation over the whole bloc. The same inputs give the same result, byte for byte, so they are run once."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="runs", verbose_name=_("đợt chấm điểm"))
    number = models.PositiveIntegerField(_("lần"))
    engine = models.CharField(max_length=10)
    inputs = models.TextField()
    inputs_sha256 = models.CharField(max_length=64)
    result = models.TextField()
    result_sha256 = models.CharField(max_length=64)
    is_provisional = models.BooleanField(_("tạm tính"))
    at = models.DateTimeField(default=clock.now)
    label = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("lần tính điểm")
        verbose_name_plural = _("lần tính điểm")
        ordering = ["campaign", "-number"]
        constraints = [models.UniqueConstraint(fields=["campaign", "number"], name="run_numbered")]

    def __str__(self) -> str:
        return f"{self.campaign_id}/{self.number}"


class TieDecision(InsertOnly):
    """In which order units that are equal on every key stand, best first; decided by the bloc and written into its minutes."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="tie_decisions")
    units = models.JSONField(_("thứ tự các đơn vị"))
    reason = models.TextField(_("căn cứ quyết định"), max_length=2000)
    decided_on = models.DateField(_("ngày quyết định"))
    at = models.DateTimeField(default=clock.now)
    label = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("quyết định khi bằng điểm")
        verbose_name_plural = _("quyết định khi bằng điểm")
        ordering = ["campaign", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="tie_decision_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.campaign_id}: {self.units}"


def _published(operation: str) -> Trigger:
    """What was published never changes; a correction is another snapshot."""
    name = f"scoring_snapshot_published_{operation.lower()}"
    return row_trigger(name, "scoring_snapshot", operation, "OLD.state = 'published'", "the snapshot is published")


class Snapshot(models.Model):
    """The standings as they are signed by leader and deputy and then published. One that corrects another says which and why."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="snapshots", verbose_name=_("đợt chấm điểm"))
    number = models.PositiveSmallIntegerField(_("bản"))
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="snapshots")
    state = models.CharField(_("trạng thái"), max_length=10, choices=StandingState.choices, default=StandingState.DRAFT)
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="superseded_by")
    reason = models.TextField(_("lý do đính chính"), max_length=2000, blank=True)
    made_at = models.DateTimeField(default=clock.now, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)

    triggers: ClassVar[list[Trigger]] = [_published("UPDATE"), _published("DELETE")]

    class Meta:
        verbose_name = _("bảng xếp hạng")
        verbose_name_plural = _("bảng xếp hạng")
        ordering = ["campaign", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="snapshot_numbered"),
            models.UniqueConstraint(
                fields=["campaign"], condition=~Q(state=StandingState.PUBLISHED), name="snapshot_one_in_work"
            ),
            models.CheckConstraint(
                condition=Q(supersedes=None, reason="") | Q(supersedes__isnull=False) & ~Q(reason=""),
                name="snapshot_correction_has_a_reason",
                violation_error_message=_("Ghi lý do đính chính."),
            ),
            models.CheckConstraint(
                condition=Q(state=StandingState.PUBLISHED, published_at__isnull=False)
                | ~Q(state=StandingState.PUBLISHED) & Q(published_at=None),
                name="snapshot_published_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id}/{self.number}"
