"""Files of results that are made in the background: who asked for which, how far it is. Row and file go after a day."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.organisation.models import Unit
from scoring.enums import ExportKind, ExportState
from scoring.models.campaigns import Campaign
from scoring.models.standings import Run, Snapshot

KEPT = timedelta(days=1)
# Longer than a full queue takes: after that, no worker is coming.
WAITED_ENOUGH = timedelta(minutes=30)
FINISHED = (ExportState.READY, ExportState.FAILED)


class ExportQuerySet(models.QuerySet["Export"]):
    def visible_to(self, actor: Actor | None) -> ExportQuerySet:
        """What the actor himself asked for in this position, as long as it is kept. Nobody else ever gets it."""
        if actor is None or actor.unit is None:
            return self.none()
        return self.filter(asker=actor.user_id, asked_in=actor.unit_id, asked_at__gt=clock.now() - KEPT)


class Export(models.Model):
    """A file of results somebody asked for. `given` is all that it is made of besides the run; `made_of` names the same file."""

    token = models.UUIDField(unique=True, default=uuid.uuid4)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="exports", verbose_name=_("đợt chấm điểm"))
    kind = models.CharField(_("loại tệp"), max_length=10, choices=ExportKind.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("đơn vị"))
    run = models.ForeignKey(Run, on_delete=models.CASCADE, null=True, related_name="+")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, null=True, related_name="+")
    given = models.JSONField(default=dict)
    made_of = models.CharField(max_length=64)
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("người xuất"))
    asked_in = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("yêu cầu lúc"), default=clock.now)
    state = models.CharField(_("tình trạng"), max_length=10, choices=ExportState.choices, default=ExportState.WAITING)
    finished_at = models.DateTimeField(null=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("tệp xuất kết quả")
        verbose_name_plural = _("tệp xuất kết quả")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["asker", "asked_in", "made_of"], condition=~Q(state=ExportState.FAILED), name="export_asked_once"
            ),
            models.CheckConstraint(
                condition=Q(kind=ExportKind.UNIT, unit__isnull=False) | ~Q(kind=ExportKind.UNIT) & Q(unit=None),
                name="export_of_a_unit_names_it",
            ),
            models.CheckConstraint(
                condition=Q(kind=ExportKind.UNIT) | Q(run__isnull=False), name="export_of_a_bloc_is_made_of_a_run"
            ),
            models.CheckConstraint(
                condition=Q(state__in=FINISHED, finished_at__isnull=False) | ~Q(state__in=FINISHED) & Q(finished_at=None),
                name="export_finished_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.token)

    @property
    def path(self) -> Path:
        """Where the file lies once it is ready."""
        return Path(settings.EXPORTS_DIR) / f"{self.made_of}.{self.ending}"

    @property
    def ending(self) -> str:
        return "xlsx" if self.kind == ExportKind.WORKBOOK else "pdf"

    @property
    def kept_until(self) -> datetime:
        """When it goes."""
        return self.asked_at + KEPT

    @property
    def has_failed(self) -> bool:
        """Whether there will be no file: something broke, or nobody came to make it."""
        given_up = self.state not in FINISHED and self.asked_at < clock.now() - WAITED_ENOUGH
        return given_up or self.state == ExportState.FAILED

    @property
    def is_ready(self) -> bool:
        """Whether the file can be fetched."""
        return self.state == ExportState.READY and self.path.is_file()
