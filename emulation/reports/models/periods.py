"""Periods that a bloc reports on: explicit days, and later ones for single units."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from blocs.models import BlocYear, Version
from blocs.models.blocs import seats_with_units
from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.organisation.models import Unit
from emulation.records.models import InsertOnly
from emulation.reports.enums import PeriodKind

AROUND = ("bloc_year__year", "bloc_year__bloc__standing_office__parent", "outline")


class PeriodQuerySet(models.QuerySet["ReportPeriod"]):
    def visible_to(self, actor: Actor | None) -> PeriodQuerySet:
        """Periods of the blocs that the actor may see. Whose report he may read, reports say themselves."""
        return self.filter(bloc_year__in=BlocYear.objects.visible_to(actor))

    def full(self) -> PeriodQuerySet:
        """With bloc, seats, units with names, outline and extensions: four queries for any number of rows."""
        seats = models.Prefetch("bloc_year__seats", seats_with_units(named=True))
        return self.select_related(*AROUND).prefetch_related(seats, "extensions")


class ReportPeriod(models.Model):
    """One report of a year, by one version of the bloc's outline. Every unit of the bloc has a report in it."""

    bloc_year = models.ForeignKey(BlocYear, on_delete=models.PROTECT, related_name="report_periods", verbose_name=_("khối"))
    kind = models.CharField(_("kỳ báo cáo"), max_length=10, choices=PeriodKind.choices)
    name = models.CharField(
        _("tên báo cáo"), max_length=120, blank=True, help_text=_("Chỉ đặt cho báo cáo khác, ví dụ: Báo cáo quý III.")
    )
    outline = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+", verbose_name=_("đề cương"))
    opens_on = models.DateField(_("bắt đầu viết từ ngày"))
    due_on = models.DateField(_("đơn vị nộp đến hết ngày"))
    bloc_due_on = models.DateField(_("khối nộp đến hết ngày"))
    opened_at = models.DateTimeField(default=clock.now, editable=False)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("kỳ báo cáo")
        verbose_name_plural = _("kỳ báo cáo")
        ordering = ["-bloc_year__year_id", "bloc_year", "due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bloc_year", "kind"],
                condition=~Q(kind=PeriodKind.OTHER),
                name="report_period_once_a_year",
                violation_error_message=_("Khối đã mở kỳ báo cáo này."),
            ),
            models.UniqueConstraint(
                fields=["bloc_year", "name"],
                condition=Q(kind=PeriodKind.OTHER),
                name="report_period_of_that_name_once",
                violation_error_message=_("Khối đã có báo cáo mang tên này."),
            ),
            models.CheckConstraint(
                condition=Q(kind=PeriodKind.OTHER) & ~Q(name="") | ~Q(kind=PeriodKind.OTHER) & Q(name=""),
                name="report_period_other_has_a_name",
                violation_error_message=_("Đặt tên cho báo cáo khác; sơ kết và tổng kết đã có tên."),
            ),
            models.CheckConstraint(
                condition=Q(opens_on__lte=F("due_on"), due_on__lte=F("bloc_due_on")),
                name="report_period_days_in_order",
                violation_error_message=_("Ngày bắt đầu, hạn của đơn vị, hạn của khối phải theo thứ tự."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bloc_year_id}/{self.kind}"

    @property
    def stream(self) -> str:
        """Its audit stream."""
        return f"period:{self.pk}"

    @property
    def title(self) -> str:
        """ "Sơ kết 6 tháng đầu năm 2020", "Tổng kết năm 2020", "Báo cáo quý III năm 2020"."""
        return title_of(self.kind, self.name, self.bloc_year.year_id)

    def due_of(self, unit_id: int) -> date:
        """The last day for this unit: the period's, or that of an extension which is later still."""
        return max([self.due_on, *(row.due_on for row in self.extensions.all() if row.unit_id == unit_id)])

    def is_open(self) -> bool:
        """Whether writing has begun."""
        return self.opens_on <= clock.today()

    def reviewer_of(self, unit_id: int) -> Unit:
        """Who receives a unit's report for the bloc: the leader; the leader's own the first deputy, without one the standing office."""
        leader = self.bloc_year.leader
        if unit_id != leader.unit_id:
            return leader.unit
        deputies = [seat for seat in self.bloc_year.ordered_seats if seat.deputy_number]
        return min(deputies, key=lambda seat: seat.deputy_number or 0).unit if deputies else self.bloc_year.standing_office


def title_of(kind: str, name: str, year: int) -> str:
    """What a period of this kind is called in a year; `name` counts only for other reports."""
    head = {PeriodKind.INTERIM: "Sơ kết 6 tháng đầu năm", PeriodKind.FINAL: "Tổng kết năm"}
    return f"{head.get(PeriodKind(kind), f'{name} năm')} {year}"


class Extension(InsertOnly):
    """A later day for one unit, and why. It counts while it is later than the period's own day and than every other one."""

    period = models.ForeignKey(ReportPeriod, on_delete=models.PROTECT, related_name="extensions", verbose_name=_("kỳ báo cáo"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    due_on = models.DateField(_("gia hạn đến hết ngày"))
    reason = models.TextField(_("lý do"), max_length=1000)
    at = models.DateTimeField(default=clock.now)
    label = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("gia hạn báo cáo")
        verbose_name_plural = _("gia hạn báo cáo")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="extension_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.period_id}/{self.unit_id}"


def extended_to() -> Subquery:
    """Of reports: the unit's own later day; nothing where everybody has as long, as when the whole period was moved on since."""
    given = Extension.objects.filter(period=OuterRef("period"), unit=OuterRef("unit"), due_on__gt=OuterRef("period__due_on"))
    return Subquery(given.order_by("-due_on").values("due_on")[:1])
