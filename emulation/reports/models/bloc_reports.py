"""The report of a bloc: passages gathered from its units' signed reports, edited by the leader, with the versions that were signed."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from blocs.enums import SeatRole
from blocs.models import BlocYear, Seat, Version
from blocs.models.blocs import seats_with_units
from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.organisation.models import Unit
from emulation.records.models import InsertOnly
from emulation.reports.enums import BlocReportState
from emulation.reports.models.periods import AROUND, ReportPeriod
from emulation.reports.models.reports import ReportVersion
from emulation.reports.models.summaries import Summary, SummaryPassage, SummaryVersion


class BlocReportQuerySet(models.QuerySet["BlocReport"]):
    def visible_to(self, actor: Actor | None) -> BlocReportQuerySet:
        """Once sent, to everybody who sees the bloc; before, to leader, deputies, office and provincial leaders."""
        return self._seen(actor, Q(state=BlocReportState.SENT))

    def told_to(self, actor: Actor | None) -> BlocReportQuerySet:
        """The same, and what was sent before and is being mended: units know of it, and read it again once it is sent anew."""
        return self._seen(actor, Q(first_sent_at__isnull=False))

    def _seen(self, actor: Actor | None, when: Q) -> BlocReportQuerySet:
        """To everybody who sees the bloc in this case; to leader, deputies, office and provincial leaders always."""
        if actor is None or actor.unit is None:
            return self.none()
        rows = self.filter(period__bloc_year__in=BlocYear.objects.visible_to(actor))
        if actor.is_office or actor.is_provincial_leader:
            return rows
        presides = Seat.objects.filter(bloc_year=OuterRef("period__bloc_year"), unit=actor.unit).exclude(role=SeatRole.MEMBER)
        return rows.filter(when | Q(Exists(presides)))

    def full(self) -> BlocReportQuerySet:
        """With the period and all that stands around it but later days of units: three queries for any number of rows."""
        known = self.select_related(*(f"period__{path}" for path in AROUND))
        return known.prefetch_related(models.Prefetch("period__bloc_year__seats", seats_with_units(named=True)))


class BlocReport(Summary):
    """The report of a bloc in one period; there from the day on which the period is opened."""

    period = models.OneToOneField(
        ReportPeriod, on_delete=models.PROTECT, related_name="bloc_report", verbose_name=_("kỳ báo cáo")
    )
    state = models.CharField(_("trạng thái"), max_length=10, choices=BlocReportState.choices, default=BlocReportState.GATHERING)
    # Why it goes out although units are missing.
    without_because = models.TextField(_("lý do gửi khi còn thiếu báo cáo"), max_length=1000, blank=True, editable=False)
    returned_because = models.TextField(_("lý do trả lại"), max_length=2000, blank=True, editable=False)
    returned_label = models.CharField(max_length=300, blank=True, editable=False)
    checked_label = models.CharField(max_length=300, blank=True, editable=False)
    # The hash of what was checked: figures go on with every report that comes in or is given back.
    checked_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    first_sent_at = models.DateTimeField(_("gửi lần đầu lúc"), null=True, editable=False)

    objects = BlocReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("báo cáo của khối")
        verbose_name_plural = _("báo cáo của khối")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=BlocReportState.SENT) | Q(first_sent_at__isnull=False), name="bloc_report_sent_has_its_time"
            ),
            models.CheckConstraint(
                condition=~Q(state=BlocReportState.RETURNED) | ~Q(returned_because=""), name="bloc_report_returned_has_its_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period_id}"

    @property
    def stream(self) -> str:
        """Its audit stream."""
        return f"bloc-report:{self.pk}"

    @property
    def due_on(self) -> date:
        """The last day for the bloc."""
        return self.period.bloc_due_on

    @property
    def days_late(self) -> int:
        """Days after the due day at which it was first sent, or that have passed without."""
        came = clock.local(self.first_sent_at).date() if self.first_sent_at else clock.today()
        return max((came - self.due_on).days, 0)


class Passage(SummaryPassage):
    """What stands in a section of the bloc's report, or about one of its items: a unit's words as edited, or the leader's own.

    `source` is the version that a unit's words were taken from; when its newest signed one says something else, the source has moved on.
    """

    report = models.ForeignKey(BlocReport, on_delete=models.CASCADE, related_name="passages")
    item = models.CharField(max_length=36, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("đơn vị"))
    source = models.ForeignKey(ReportVersion, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("đoạn báo cáo của khối")
        verbose_name_plural = _("đoạn báo cáo của khối")
        ordering = ["report", "section", "item", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "section", "item", "unit"], condition=Q(unit__isnull=False), name="passage_once_a_unit"
            ),
            models.UniqueConstraint(
                fields=["report", "section", "item"], condition=Q(unit=None), name="passage_of_the_bloc_once"
            ),
            models.CheckConstraint(
                condition=Q(unit=None, source=None) | Q(unit__isnull=False, source__isnull=False),
                name="passage_of_a_unit_has_its_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.section}/{self.item}/{self.unit_id}"

    @property
    def place(self) -> tuple[str, str]:
        return str(self.section), self.item

    @property
    def contributor_id(self) -> int | None:
        """The unit."""
        return self.unit_id

    @property
    def contributor_name(self) -> str:
        return self.unit.name if self.unit else ""


class BlocReportVersion(SummaryVersion):
    """The bloc's report as it was opened for signing, and the units' versions that it is made of (version by unit)."""

    report = models.ForeignKey(BlocReport, on_delete=models.PROTECT, related_name="versions")
    outline = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("bản báo cáo của khối")
        verbose_name_plural = _("bản báo cáo của khối")
        ordering = ["report", "number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="bloc_report_version_number_once")]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.number}"


class SentVersion(InsertOnly):
    """That a version was signed and so sent."""

    version = models.OneToOneField(BlocReportVersion, on_delete=models.PROTECT, related_name="sent")
    at = models.DateTimeField(default=clock.now)
    label = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("bản báo cáo khối đã gửi")
        verbose_name_plural = _("bản báo cáo khối đã gửi")

    def __str__(self) -> str:
        return f"{self.version_id}"
