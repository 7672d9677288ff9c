"""A unit's report: what is typed while it is written, the versions that were signed, and what reviewers said of them.

What is typed goes by the keys of the outline, so it stays when the outline gets a newer version.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from blocs.enums import SeatRole
from blocs.models import BlocYear, Seat, Version
from blocs.models.blocs import seats_with_units
from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.organisation.models import Unit
from emulation.records.models import InsertOnly, Revision
from emulation.reports.enums import ReportState, Ruling
from emulation.reports.models.periods import AROUND, ReportPeriod, extended_to

LONGEST_TEXT = 200_000


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, actor: Actor | None) -> ReportQuerySet:
        """Reports that the actor may open: his unit's own; those signed once, to leader, deputies, office and provincial leaders.

        What of a foreign report he reads is its newest signed version, never what is being written (`Report.is_own`).
        """
        if actor is None or actor.unit is None:
            return self.none()
        rows = self.filter(period__bloc_year__in=BlocYear.objects.visible_to(actor))
        signed = Q(first_submitted_at__isnull=False)
        if actor.is_office or actor.is_provincial_leader:
            return rows.filter(signed)
        presides = Seat.objects.filter(bloc_year=OuterRef("period__bloc_year"), unit=actor.unit).exclude(role=SeatRole.MEMBER)
        return rows.filter(Q(unit=actor.unit) | signed & Q(Exists(presides)))

    def in_period(self) -> ReportQuerySet:
        """With the period and all that stands around it (`ReportPeriod.objects.full`): three queries for any number of rows.

        Of later days only the unit's own, on the row itself.
        """
        known = self.select_related(*(f"period__{path}" for path in AROUND)).annotate(extended_to=extended_to())
        return known.prefetch_related(models.Prefetch("period__bloc_year__seats", seats_with_units(named=True)))

    def full(self) -> ReportQuerySet:
        """The same with unit and its names: four queries."""
        return self.in_period().select_related("unit").prefetch_related("unit__names")


class Report(models.Model):
    """The report of one unit in one period."""

    period = models.ForeignKey(ReportPeriod, on_delete=models.PROTECT, related_name="reports", verbose_name=_("kỳ báo cáo"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    state = models.CharField(_("trạng thái"), max_length=12, choices=ReportState.choices, default=ReportState.NOT_STARTED)
    number = models.CharField(
        _("số, ký hiệu"), max_length=40, blank=True, help_text=_("Văn thư đơn vị cấp; để trống để ghi bằng bút khi in.")
    )
    place = models.CharField(_("địa danh"), max_length=60, blank=True)
    addressed_to = models.TextField(_("kính gửi"), max_length=2000, blank=True, help_text=_("Mỗi nơi một dòng."))
    recipients = models.TextField(_("nơi nhận"), max_length=2000, blank=True, help_text=_("Mỗi nơi nhận một dòng."))
    first_submitted_at = models.DateTimeField(_("nộp lần đầu lúc"), null=True, editable=False)
    returned_because = models.TextField(_("lý do trả lại"), max_length=2000, blank=True, editable=False)
    edits = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(default=clock.now, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("báo cáo của đơn vị")
        verbose_name_plural = _("báo cáo của đơn vị")
        ordering = ["period", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["period", "unit"], name="report_once_a_unit"),
            models.CheckConstraint(
                condition=Q(state__in=[ReportState.NOT_STARTED, ReportState.DRAFT, ReportState.SIGNING])
                | Q(first_submitted_at__isnull=False),
                name="report_submitted_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReportState.RETURNED) | ~Q(returned_because=""),
                name="report_returned_with_a_reason",
                violation_error_message=_("Ghi lý do trả lại."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period_id}/{self.unit_id}"

    @property
    def stream(self) -> str:
        """Its audit stream."""
        return f"report:{self.pk}"

    @property
    def due_on(self) -> date:
        """The last day for this unit."""
        if "extended_to" in self.__dict__:  # fetched `in_period`
            return self.__dict__["extended_to"] or self.period.due_on
        return self.period.due_of(self.unit_id)

    @property
    def days_late(self) -> int:
        """Days after the due day at which it was first signed, or that have passed without; 0 in time. A repair is never late."""
        return days_late(self.first_submitted_at, self.due_on)

    def is_own(self, actor: Actor | None) -> bool:
        """Whether the actor's unit writes it, and so reads what is not signed yet."""
        return bool(actor and actor.unit_id == self.unit_id)


def days_late(came_at: datetime | None, due_on: date) -> int:
    """Days after the due day at which a report came, or that have passed without; 0 in time."""
    came = clock.local(came_at).date() if came_at else clock.today()
    return max((came - due_on).days, 0)


class WrittenSection(models.Model):
    """What is typed in a section; of a section that goes item by item, what is typed about one item."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="written")
    section = models.UUIDField()
    item = models.CharField(max_length=36, blank=True)
    text = models.TextField(_("nội dung"), max_length=LONGEST_TEXT, blank=True)
    edits = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(default=clock.now, editable=False)
    changed_label = models.CharField(max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = _("mục đã viết")
        verbose_name_plural = _("mục đã viết")
        constraints = [models.UniqueConstraint(fields=["report", "section", "item"], name="written_section_once")]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.section}/{self.item}"


class ReportedFigure(models.Model):
    """A figure that a unit reports, by the key of the covenant's target where it is linked to one, else by its own.

    `last_year` is typed only where no report of last year knows it.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="figures")
    key = models.UUIDField()
    actual = models.DecimalField(_("kết quả"), max_digits=18, decimal_places=4, null=True, blank=True)
    last_year = models.DecimalField(_("cùng kỳ năm trước"), max_digits=18, decimal_places=4, null=True, blank=True)
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)
    edits = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(default=clock.now, editable=False)
    changed_label = models.CharField(max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = _("số liệu báo cáo")
        verbose_name_plural = _("số liệu báo cáo")
        constraints = [
            models.UniqueConstraint(fields=["report", "key"], name="reported_figure_once"),
            models.CheckConstraint(
                condition=(Q(actual=None) | Q(actual__gte=0)) & (Q(last_year=None) | Q(last_year__gte=0)),
                name="reported_figure_not_negative",
                violation_error_message=_("Số liệu không được âm."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.key}"


class ReportFile(models.Model):
    """A file that goes with a section of a report."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="files", verbose_name=_("báo cáo"))
    section = models.UUIDField()
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("tên tệp"), max_length=150)
    media_type = models.CharField(max_length=100)
    added_at = models.DateTimeField(default=clock.now, editable=False)
    added_label = models.CharField(max_length=300, editable=False)
    removed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("tệp kèm báo cáo")
        verbose_name_plural = _("tệp kèm báo cáo")
        ordering = ["report", "section", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "section", "revision"],
                condition=Q(removed_at=None),
                name="report_file_once_a_section",
                violation_error_message=_("Tệp này đã có ở mục."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ReportVersion(InsertOnly):
    """The report as it was presented for signing: its whole text (`texts.ReportText`) in one spelling, with its hash."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="versions", verbose_name=_("báo cáo"))
    number = models.PositiveIntegerField(_("bản số"))
    outline = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    presented_at = models.DateTimeField(default=clock.now)
    presented_label = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("bản báo cáo")
        verbose_name_plural = _("bản báo cáo")
        ordering = ["report", "number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="report_version_number_once")]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.number}"


class SignedVersion(InsertOnly):
    """That a version was signed and so handed in."""

    version = models.OneToOneField(ReportVersion, on_delete=models.PROTECT, related_name="signed")
    at = models.DateTimeField(default=clock.now)
    label = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("bản đã ký nộp")
        verbose_name_plural = _("bản đã ký nộp")

    def __str__(self) -> str:
        return f"{self.version_id}"


class Review(InsertOnly):
    """What a reviewer said of a signed version: taken, or given back with the reason, section by section where he names them."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="reviews", verbose_name=_("báo cáo"))
    version = models.ForeignKey(ReportVersion, on_delete=models.PROTECT, related_name="reviews")
    ruling = models.CharField(_("kết luận"), max_length=10, choices=Ruling.choices)
    reason = models.TextField(_("lý do"), max_length=2000, blank=True)
    # By the key of a section: what is to be mended there.
    sections = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now)
    label = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("ý kiến tiếp nhận báo cáo")
        verbose_name_plural = _("ý kiến tiếp nhận báo cáo")
        ordering = ["report", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ruling=Ruling.ACCEPTED) | ~Q(reason=""),
                name="review_given_back_with_a_reason",
                violation_error_message=_("Ghi lý do."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.ruling}"
