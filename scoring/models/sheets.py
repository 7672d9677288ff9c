"""Score sheets: what one layer says of one unit, cell by cell, with evidence and explanations.

A sheet of the unit itself has an entry for every criterion that was filled in. Sheets above it hold only what differs from the layer
below, or was looked at and kept: who agrees writes nothing.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from blocs.enums import SeatRole
from blocs.models import Seat
from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.organisation.models import Unit
from emulation.records.models import Revision
from emulation.records.triggers import Trigger
from scoring.enums import EntryState, ExplanationState, Layer, Phase, SheetState, since
from scoring.models.campaigns import Campaign
from scoring.models.criteria import POINTS, row_trigger

SUBMITTED = (SheetState.SUBMITTED, SheetState.ACCEPTED, SheetState.LOCKED)


class SheetQuerySet(models.QuerySet["Sheet"]):
    def visible_to(self, actor: Actor | None) -> SheetQuerySet:
        """The sheets whose points the actor may read now. Pages, files, exports and notices all ask this one question.

        One's own sheets always. Those of others only from the phase in which one has to work with them: peers' own points once
        one's own sheet is in, cross-scoring when the bloc consolidates, what the bloc gave when units may explain, the rest to
        leader, deputies and office when the result is ratified, and to everybody in the bloc when it is published. What a peer
        never handed in, or took back, stays with him.
        """
        if actor is None or actor.unit is None:
            return self.none()
        handed_in = Q(submitted_at__isnull=False) & ~Q(state=SheetState.RETURNED)
        spoken = ~Q(layer=Layer.CROSS) | handed_in | Q(scorer=actor.unit)
        rows = self.filter(spoken, campaign__in=Campaign.objects.visible_to(actor))
        if actor.is_office:
            return rows.filter(_of_the_scorer(actor) | _for_the_office())
        if actor.is_provincial_leader:
            return rows.filter(campaign__phase__in=since(Phase.RATIFY))
        return rows.filter(
            _of_the_scorer(actor) | _about_one_self(actor) | _of_peers(actor) | _for_the_presidium(actor) | _published()
        )

    def full(self) -> SheetQuerySet:
        """With campaign, bloc, criteria set and both units."""
        return self.select_related(
            "campaign__bloc_year__bloc__standing_office", "campaign__criteria_set__document", "unit", "scorer"
        )


def _of_the_scorer(actor: Actor) -> Q:
    """What one's unit writes itself, and what it consolidates is made of."""
    consolidates = Sheet.objects.filter(
        campaign=OuterRef("campaign"), unit=OuterRef("unit"), layer=Layer.CONSOLIDATED, scorer=actor.unit
    )
    below = Q(layer=Layer.SELF, state__in=SUBMITTED) | Q(layer=Layer.CROSS)
    return Q(scorer=actor.unit) | below & Q(Exists(consolidates), campaign__phase__in=since(Phase.CONSOLIDATE))


def _about_one_self(actor: Actor) -> Q:
    told = Q(layer__in=(Layer.CROSS, Layer.CONSOLIDATED), campaign__phase__in=since(Phase.REPLY))
    return Q(unit=actor.unit) & (told | Q(layer=Layer.APPRAISED, campaign__phase__in=since(Phase.RATIFY)))


def _of_peers(actor: Actor) -> Q:
    """What other units gave themselves, for who has handed in his own."""
    own = Sheet.objects.filter(campaign=OuterRef("campaign"), unit=actor.unit, layer=Layer.SELF, state__in=SUBMITTED)
    return Q(Exists(own), layer=Layer.SELF, state__in=SUBMITTED, campaign__phase=Phase.CROSS)


def _for_the_presidium(actor: Actor) -> Q:
    """Leader and deputies sign the result, so they see all of it first."""
    seat = Seat.objects.filter(bloc_year=OuterRef("campaign__bloc_year"), unit=actor.unit).exclude(role=SeatRole.MEMBER)
    return Q(Exists(seat), campaign__phase__in=since(Phase.RATIFY))


def _for_the_office() -> Q:
    handed_in = Q(layer=Layer.SELF) & (Q(state__in=SUBMITTED) | Q(campaign__phase__in=since(Phase.CONSOLIDATE)))
    return handed_in | Q(campaign__phase__in=since(Phase.APPRAISE)) | Q(layer=Layer.CROSS, campaign__phase__in=since(Phase.REPLY))


def _published() -> Q:
    """While a published result is being corrected, only what the office enters anew is hidden again."""
    return Q(campaign__phase=Phase.PUBLISHED) | ~Q(campaign__correction="") & ~Q(layer=Layer.APPRAISED)


class Sheet(models.Model):
    """What one scorer says of one unit in one layer."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="sheets", verbose_name=_("đợt chấm điểm"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("đơn vị được chấm"))
    layer = models.CharField(_("lớp điểm"), max_length=12, choices=Layer.choices)
    scorer = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("đơn vị chấm"))
    state = models.CharField(_("trạng thái"), max_length=10, choices=SheetState.choices, default=SheetState.OPEN)
    submitted_at = models.DateTimeField(_("nộp lúc"), null=True, editable=False)
    submitted_label = models.CharField(max_length=300, blank=True, editable=False)
    is_late = models.BooleanField(_("nộp muộn"), default=False, editable=False)
    returned_because = models.TextField(_("lý do trả lại"), max_length=1000, blank=True, editable=False)
    changed_at = models.DateTimeField(default=clock.now, editable=False)

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("bảng chấm điểm")
        verbose_name_plural = _("bảng chấm điểm")
        ordering = ["campaign", "unit", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "unit", "layer", "scorer"], name="sheet_once_a_scorer"),
            models.UniqueConstraint(
                fields=["campaign", "unit", "layer"], condition=~Q(layer=Layer.CROSS), name="sheet_one_but_for_peers"
            ),
            models.CheckConstraint(
                condition=Q(layer=Layer.SELF, scorer=F("unit")) | ~Q(layer=Layer.SELF) & ~Q(scorer=F("unit")),
                name="sheet_nobody_scores_himself_for_others",
                violation_error_message=_("Không đơn vị nào chấm cho chính mình ở lớp điểm của người khác."),
            ),
            models.CheckConstraint(
                condition=~Q(state=SheetState.RETURNED) | ~Q(returned_because=""),
                name="sheet_returned_with_a_reason",
                violation_error_message=_("Ghi lý do trả lại."),
            ),
            models.CheckConstraint(
                condition=Q(state=SheetState.OPEN) | Q(submitted_at__isnull=False) | Q(state=SheetState.LOCKED),
                name="sheet_submitted_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id}/{self.unit_id}/{self.layer}/{self.scorer_id}"

    @property
    def stream(self) -> str:
        """Its audit stream: every value that ever stood in a cell, who entered it and why."""
        return f"sheet:{self.pk}"

    @property
    def is_handed_in(self) -> bool:
        return self.state in SUBMITTED


def _criterion_of_the_set(operation: str) -> Trigger:
    """A cell is about a criterion of the campaign's set, which is named by its key and no foreign key can see."""
    table, name = "scoring_entry", f"scoring_entry_criterion_{operation.lower()}"
    known = (
        "SELECT 1 FROM scoring_sheet s JOIN scoring_campaign c ON c.id = s.campaign_id JOIN scoring_criterion k "
        "ON k.criteria_set_id = c.criteria_set_id WHERE s.id = NEW.sheet_id AND k.key = NEW.key AND k.kind = 'leaf'"
    )
    return row_trigger(name, table, operation, f"NOT EXISTS ({known})", "the criterion is not in the set")


def _difference_has_a_reason(operation: str) -> Trigger:
    """Who changes a value of the layer below says why; so does a unit for a criterion that was not assigned to it."""
    table, name = "scoring_entry", f"scoring_entry_reason_{operation.lower()}"
    above = "(SELECT layer FROM scoring_sheet WHERE id = NEW.sheet_id) <> 'self' AND NEW.state <> 'agreed'"
    said = f"NEW.reason = '' AND NEW.state <> 'empty' AND (NEW.state IN ('not_assigned', 'exempt') OR {above})"
    return row_trigger(name, table, operation, said, "a change against the layer below has a reason")


class Entry(models.Model):
    """A cell: what was entered for one criterion (by its key), as facts of its rule or as points given directly."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="entries", verbose_name=_("bảng chấm điểm"))
    key = models.UUIDField(_("tiêu chí"))
    state = models.CharField(_("trạng thái"), max_length=12, choices=EntryState.choices, default=EntryState.EMPTY)
    value = models.JSONField(_("số liệu"), default=dict, blank=True)
    points = models.DecimalField(_("điểm"), null=True, blank=True, **POINTS)
    reason = models.TextField(_("lý do"), max_length=1000, blank=True)
    edits = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(default=clock.now, editable=False)
    changed_label = models.CharField(max_length=300, blank=True, editable=False)

    triggers: ClassVar[list[Trigger]] = [
        _criterion_of_the_set("INSERT"),
        _criterion_of_the_set("UPDATE"),
        _difference_has_a_reason("INSERT"),
        _difference_has_a_reason("UPDATE"),
    ]

    class Meta:
        verbose_name = _("ô điểm")
        verbose_name_plural = _("ô điểm")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "key"], name="entry_once_a_criterion"),
            # What is filled in by half is kept, and counts as empty.
            models.CheckConstraint(
                condition=Q(state=EntryState.ENTERED) | Q(state=EntryState.EMPTY, points=None) | Q(value={}, points=None),
                name="entry_value_when_entered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id}/{self.key}"


class EvidenceFile(models.Model):
    """A file that shows what a unit entered, or what it explains. Taken off before the sheet is in, it stays known."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="evidence", verbose_name=_("bảng tự chấm"))
    key = models.UUIDField(_("tiêu chí"))
    for_explanation = models.BooleanField(default=False)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("tên tệp"), max_length=150)
    media_type = models.CharField(max_length=100)
    added_at = models.DateTimeField(default=clock.now, editable=False)
    added_label = models.CharField(max_length=300, editable=False)
    removed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("minh chứng")
        verbose_name_plural = _("minh chứng")
        ordering = ["sheet", "key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "key", "revision", "for_explanation"],
                condition=Q(removed_at=None),
                name="evidence_once_a_criterion",
                violation_error_message=_("Tệp này đã có ở tiêu chí."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Explanation(models.Model):
    """What a unit says about the points that the bloc gave it, and what was answered."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="explanations")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    key = models.UUIDField(_("tiêu chí"))
    text = models.TextField(_("nội dung giải trình"), max_length=4000)
    sent_at = models.DateTimeField(default=clock.now, editable=False)
    sent_label = models.CharField(max_length=300, editable=False)
    state = models.CharField(
        _("kết quả"), max_length=10, choices=ExplanationState.choices, default=ExplanationState.OPEN, editable=False
    )
    answer = models.TextField(_("trả lời"), max_length=4000, blank=True, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_label = models.CharField(max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = _("giải trình")
        verbose_name_plural = _("giải trình")
        ordering = ["campaign", "unit", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "unit", "key"],
                name="explanation_once_a_criterion",
                violation_error_message=_("Đơn vị đã giải trình tiêu chí này."),
            ),
            models.CheckConstraint(
                condition=Q(state=ExplanationState.OPEN, answer="", answered_at=None)
                | ~Q(state=ExplanationState.OPEN) & ~Q(answer="") & Q(answered_at__isnull=False),
                name="explanation_answered_in_words",
                violation_error_message=_("Ghi nội dung trả lời."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id}/{self.unit_id}/{self.key}"

    @property
    def is_open(self) -> bool:
        """Whether it still waits for its answer."""
        return self.state == ExplanationState.OPEN
