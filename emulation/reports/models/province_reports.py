"""A province's summary of reports: made by its standing office of what its blocs sent, signed by a provincial leader."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from blocs.models import BlocYear, Year
from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.organisation.models import Unit
from emulation.reports.enums import PeriodKind, ProvinceReportState
from emulation.reports.models.bloc_reports import BlocReportVersion
from emulation.reports.models.periods import title_of
from emulation.reports.models.summaries import Summary, SummaryPassage, SummaryVersion


class ProvinceReportQuerySet(models.QuerySet["ProvinceReport"]):
    def visible_to(self, actor: Actor | None) -> ProvinceReportQuerySet:
        """The office's own, the provincial leaders'; once signed, also for every unit of the province but its other offices."""
        rows = self.told_to(actor)
        makes_it = actor is not None and (actor.is_office or actor.is_provincial_leader)
        return rows if makes_it else rows.filter(state=ProvinceReportState.SIGNED)

    def told_to(self, actor: Actor | None) -> ProvinceReportQuerySet:
        """The same, and what was signed before and is being mended: units know of it, and read it again once it is signed anew."""
        if actor is None or actor.unit is None:
            return self.none()
        if actor.is_office:
            return self.filter(office=actor.unit)
        if actor.is_provincial_leader:
            return self.filter(office__parent=actor.unit)
        above = [actor.unit_id, actor.unit.parent_id, actor.unit.parent.parent_id if actor.unit.parent else None]
        return self.filter(office__parent__in=above, signed_at__isnull=False)

    def full(self) -> ProvinceReportQuerySet:
        """With office, province and its names: two queries."""
        return self.select_related("office__parent").prefetch_related("office__parent__names")


class ProvinceReport(Summary):
    """The summary of one kind of report in one year; `name` tells reports of the other kind apart."""

    office = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("cơ quan thường trực"))
    year = models.ForeignKey(Year, on_delete=models.PROTECT, related_name="+", verbose_name=_("năm"))
    kind = models.CharField(_("kỳ báo cáo"), max_length=10, choices=PeriodKind.choices)
    name = models.CharField(_("tên báo cáo"), max_length=120, blank=True)
    state = models.CharField(
        _("trạng thái"), max_length=10, choices=ProvinceReportState.choices, default=ProvinceReportState.DRAFT
    )
    reopened_because = models.TextField(_("lý do mở lại"), max_length=2000, blank=True, editable=False)
    signed_at = models.DateTimeField(_("ký lúc"), null=True, editable=False)
    opened_at = models.DateTimeField(default=clock.now, editable=False)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)

    objects = ProvinceReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("báo cáo tổng hợp của tỉnh")
        verbose_name_plural = _("báo cáo tổng hợp của tỉnh")
        ordering = ["-year_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "year", "kind", "name"],
                name="province_report_once",
                violation_error_message=_("Tỉnh đã mở báo cáo tổng hợp của kỳ này."),
            ),
            models.CheckConstraint(
                condition=Q(kind=PeriodKind.OTHER) & ~Q(name="") | ~Q(kind=PeriodKind.OTHER) & Q(name=""),
                name="province_report_other_has_a_name",
                violation_error_message=_("Đặt tên cho báo cáo khác; sơ kết và tổng kết đã có tên."),
            ),
            models.CheckConstraint(
                condition=~Q(state=ProvinceReportState.SIGNED) | Q(signed_at__isnull=False),
                name="province_report_signed_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_id}/{self.year_id}/{self.kind}"

    @property
    def stream(self) -> str:
        return f"province-report:{self.pk}"

    @property
    def province(self) -> Unit:
        """The provincial police above the office."""
        province = self.office.parent
        assert province is not None  # no office without one, a constraint says
        return province

    @property
    def period_title(self) -> str:
        """What it is about: "Tổng kết năm 2020"."""
        return title_of(self.kind, self.name, self.year_id)


class ProvincePassage(SummaryPassage):
    """A bloc's words as edited, or the office's own; `source` is the version of the bloc's report that they were taken from."""

    report = models.ForeignKey(ProvinceReport, on_delete=models.CASCADE, related_name="passages")
    bloc_year = models.ForeignKey(BlocYear, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("khối"))
    source = models.ForeignKey(BlocReportVersion, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("đoạn báo cáo của tỉnh")
        verbose_name_plural = _("đoạn báo cáo của tỉnh")
        ordering = ["report", "section", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "section", "bloc_year"],
                condition=Q(bloc_year__isnull=False),
                name="province_passage_once_a_bloc",
            ),
            models.UniqueConstraint(
                fields=["report", "section"], condition=Q(bloc_year=None), name="province_passage_of_the_office_once"
            ),
            models.CheckConstraint(
                condition=Q(bloc_year=None, source=None) | Q(bloc_year__isnull=False, source__isnull=False),
                name="province_passage_of_a_bloc_has_its_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.section}/{self.bloc_year_id}"

    @property
    def contributor_id(self) -> int | None:
        """The bloc."""
        return self.bloc_year_id

    @property
    def contributor_name(self) -> str:
        return self.bloc_year.full_name if self.bloc_year else ""


class ProvinceReportVersion(SummaryVersion):
    """The province's summary as it was opened for signing, and the versions of the blocs' reports that it is made of."""

    report = models.ForeignKey(ProvinceReport, on_delete=models.PROTECT, related_name="versions")

    class Meta:
        verbose_name = _("bản báo cáo tổng hợp của tỉnh")
        verbose_name_plural = _("bản báo cáo tổng hợp của tỉnh")
        ordering = ["report", "number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="province_report_version_number_once")]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.number}"
