"""Published versions, the units' stands on them, their adoption, and the two checks before freezing."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from blocs.enums import AdoptionBasis, CheckKind, Opinion, VoteRule
from blocs.models.conferences import Conference
from blocs.models.documents import BlocDocument
from emulation.organisation.models import Unit
from emulation.records.models import InsertOnly


class Version(InsertOnly):
    """A published draft: immutable, with the whole text as canonical JSON and its hash."""

    document = models.ForeignKey(BlocDocument, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.TextField()
    content_sha256 = models.CharField(max_length=64)
    deadline = models.DateTimeField()
    lapse_sentence = models.CharField(max_length=300, blank=True)
    # What became of the stands on the version before: by unit, why it was reset; no reason where it was carried over.
    carried = models.JSONField(default=dict)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = _("bản dự thảo")
        verbose_name_plural = _("bản dự thảo")
        ordering = ["document", "number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="version_one_per_number")]

    def __str__(self) -> str:
        return f"{self.document_id} bản {self.number}"


class Stand(models.Model):
    """A unit's stand on a version: prepared by its staff, sent by a commander."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="stands")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    opinion = models.CharField(_("ý kiến"), max_length=10, choices=Opinion.choices)
    remark = models.TextField(_("nội dung ý kiến"), blank=True)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    prepared_label = models.CharField(max_length=200)
    prepared_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    sent_label = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True)
    # The number of the version on which it was given, when what concerns the unit has not changed since.
    carried_from = models.PositiveSmallIntegerField(null=True)

    class Meta:
        verbose_name = _("ý kiến của đơn vị")
        verbose_name_plural = _("ý kiến của các đơn vị")
        constraints = [
            models.UniqueConstraint(fields=["version", "unit"], name="stand_one_per_unit"),
            models.CheckConstraint(
                condition=Q(sent_at=None, sent_by=None) | Q(sent_at__isnull=False, sent_by__isnull=False),
                name="stand_sent_by_someone",
            ),
            models.CheckConstraint(condition=Q(carried_from=None) | Q(sent_at__isnull=False), name="stand_carried_was_sent"),
            models.CheckConstraint(
                condition=Q(opinion=Opinion.AGREE) | ~Q(remark=""),
                name="stand_with_its_reason",
                violation_error_message=_("Ghi nội dung bảo lưu hoặc ý kiến của đơn vị."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.opinion}"


class Reminder(InsertOnly):
    """The units that had sent no stand were reminded; once a day for a version."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="reminders")
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=300)
    units = models.JSONField()

    class Meta:
        verbose_name = _("lần nhắc")
        verbose_name_plural = _("lần nhắc")
        constraints = [models.UniqueConstraint(fields=["version", "on"], name="reminder_once_a_day")]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.on}"


class Adoption(InsertOnly):
    """How a version was agreed: by all stands, by lapse of the printed deadline, or at the conference, which the system may know."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="adoptions")
    basis = models.CharField(max_length=12, choices=AdoptionBasis.choices)
    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, null=True, related_name="adoptions")
    held_on = models.DateField()
    present = models.PositiveSmallIntegerField(null=True)
    total = models.PositiveSmallIntegerField()
    votes_for = models.PositiveSmallIntegerField(null=True)
    against = models.PositiveSmallIntegerField(null=True)
    abstained = models.PositiveSmallIntegerField(null=True)
    rule = models.CharField(max_length=12, choices=VoteRule.choices, blank=True)
    note = models.TextField(blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("lần thông qua")
        verbose_name_plural = _("lần thông qua")
        constraints = [
            models.CheckConstraint(
                condition=Q(basis=AdoptionBasis.CONFERENCE) | Q(conference=None), name="adoption_conference_where_one_agreed"
            ),
            models.CheckConstraint(
                condition=~Q(basis=AdoptionBasis.CONFERENCE) | Q(present__isnull=False, present__lte=models.F("total")),
                name="adoption_conference_counts_heads",
            ),
            models.CheckConstraint(
                condition=~Q(basis=AdoptionBasis.CONFERENCE) & Q(votes_for=None, against=None, abstained=None, rule="")
                | Q(basis=AdoptionBasis.CONFERENCE, votes_for__isnull=False, against__isnull=False, abstained__isnull=False)
                & Q(present=F("votes_for") + F("against") + F("abstained")),
                name="adoption_votes_add_up",
            ),
            models.CheckConstraint(
                condition=~Q(basis=AdoptionBasis.CONFERENCE)
                | Q(rule=VoteRule.ALL, votes_for=F("present"))
                | Q(rule=VoteRule.TWO_THIRDS, votes_for__gte=F("present") * 2 - F("votes_for") * 2)
                | Q(rule=VoteRule.MAJORITY, votes_for__gt=F("present") - F("votes_for")),
                name="adoption_rule_holds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.basis}"


class Check(models.Model):
    """One of the two checks of the adopted version, each by another person."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="checks")
    kind = models.CharField(_("phần kiểm tra"), max_length=10, choices=CheckKind.choices)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("lần kiểm tra")
        verbose_name_plural = _("lần kiểm tra")
        constraints = [
            models.UniqueConstraint(fields=["version", "kind"], name="check_once_per_kind"),
            models.UniqueConstraint(fields=["version", "person"], name="check_two_persons"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.kind}"
