"""Files of results that are made in the background."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from emulation.orders.models import FileOrder
from emulation.organisation.models import Unit
from scoring.enums import ExportKind
from scoring.models.campaigns import Campaign
from scoring.models.standings import Run, Snapshot


class Export(FileOrder):
    """A file of results somebody asked for. `given` is all that it is made of besides the run."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="exports", verbose_name=_("đợt chấm điểm"))
    kind = models.CharField(_("loại tệp"), max_length=10, choices=ExportKind.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("đơn vị"))
    run = models.ForeignKey(Run, on_delete=models.CASCADE, null=True, related_name="+")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, null=True, related_name="+")
    given = models.JSONField(default=dict)

    class Meta(FileOrder.Meta):
        verbose_name = _("tệp xuất kết quả")
        verbose_name_plural = _("tệp xuất kết quả")
        constraints = [
            *FileOrder.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind=ExportKind.UNIT, unit__isnull=False) | ~Q(kind=ExportKind.UNIT) & Q(unit=None),
                name="export_of_a_unit_names_it",
            ),
            models.CheckConstraint(
                condition=Q(kind=ExportKind.UNIT) | Q(run__isnull=False), name="export_of_a_bloc_is_made_of_a_run"
            ),
        ]

    def __str__(self) -> str:
        return str(self.token)

    @property
    def ending(self) -> str:
        return "xlsx" if self.kind == ExportKind.WORKBOOK else "pdf"

    @property
    def label(self) -> str:
        return f"{self.campaign.title}: {ExportKind(self.kind).label}"

    @property
    def page(self) -> str:
        return reverse("export", args=[self.token])
