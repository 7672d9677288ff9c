"""The working outline of a bloc's reports: rows that are edited one by one. What is published stands in the version of its document."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from blocs.models import BlocDocument
from emulation.lib import clock
from scoring.enums import Aggregate, FilledFrom, MergeRule, SectionContent


class ReportOutline(models.Model):
    """The sections and figures of a report outline while it is drafted."""

    document = models.OneToOneField(
        BlocDocument, on_delete=models.PROTECT, related_name="report_outline", verbose_name=_("đề cương")
    )
    last_removed = models.JSONField(null=True, editable=False)
    changed_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("khung báo cáo")
        verbose_name_plural = _("khung báo cáo")

    def __str__(self) -> str:
        return f"Khung báo cáo {self.document_id}"


class OutlineSection(models.Model):
    """A part (I, II) or a section of one (I.1). `key` stays the same through moves, versions and years."""

    outline = models.ForeignKey(ReportOutline, on_delete=models.CASCADE, related_name="sections")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="children", editable=False)
    order = models.PositiveIntegerField(_("thứ tự"), editable=False)
    content = models.CharField(
        _("loại nội dung"), max_length=12, choices=SectionContent.choices, default=SectionContent.NARRATIVE
    )
    heading = models.CharField(_("tiêu đề"), max_length=300)
    guidance = models.TextField(_("hướng dẫn viết"), max_length=4000, blank=True)
    is_required = models.BooleanField(_("bắt buộc"), default=True)
    word_limit = models.PositiveIntegerField(_("số từ nhiều nhất"), default=0, help_text=_("0: không giới hạn."))
    merge = models.CharField(_("khi làm báo cáo của khối"), max_length=10, choices=MergeRule.choices, default=MergeRule.GATHER)
    source = models.CharField(_("lấy từ"), max_length=12, choices=FilledFrom.choices, blank=True)
    edits = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("mục báo cáo")
        verbose_name_plural = _("mục báo cáo")
        ordering = ["outline", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["outline", "key"], name="outline_section_key_once"),
            models.CheckConstraint(
                condition=Q(content=SectionContent.AUTOMATIC) | Q(source=""),
                name="outline_source_of_automatic_ones",
                violation_error_message=_("Chỉ mục tự điền mới có nguồn."),
            ),
            models.CheckConstraint(
                condition=Q(word_limit__lte=20_000),
                name="outline_word_limit_in_range",
                violation_error_message=_("Số từ nhiều nhất là 20.000."),
            ),
        ]

    def __str__(self) -> str:
        return self.heading


class OutlineFigure(models.Model):
    """A figure that units report in a section."""

    section = models.ForeignKey(OutlineSection, on_delete=models.CASCADE, related_name="figures")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    order = models.PositiveIntegerField(editable=False)
    label = models.CharField(_("chỉ số"), max_length=300)
    measure = models.CharField(_("đơn vị tính"), max_length=40, blank=True)
    aggregate = models.CharField(_("tổng hợp của khối"), max_length=10, choices=Aggregate.choices, default=Aggregate.SUM)
    indicator_key = models.UUIDField(_("chỉ tiêu giao ước"), null=True, blank=True)
    compares = models.BooleanField(_("so với cùng kỳ năm trước"), default=True)
    is_share = models.BooleanField(_("tỷ lệ, không quá 100%"), default=False)
    edits = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("chỉ số báo cáo")
        verbose_name_plural = _("chỉ số báo cáo")
        ordering = ["section", "order", "pk"]

    def __str__(self) -> str:
        return self.label
