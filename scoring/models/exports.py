"""Files that are made in the background for one person: prints and workbooks of results."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from emulation.lib import clock
from emulation.organisation.models import Unit
from scoring.enums import ExportKind
from scoring.models.campaigns import Campaign
from scoring.models.standings import Run, Snapshot


class Export(models.Model):
    """A file that somebody asked for. Its bytes lie under its token; both go after a day."""

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="exports")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(_("loại tệp"), max_length=10, choices=ExportKind.choices)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True)
    has_failed = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("tệp xuất")
        verbose_name_plural = _("tệp xuất")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.campaign_id}/{self.kind}"
