"""What the report of a bloc and that of a province have in common: a head, passages with where they come from, versions that are signed."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from emulation.lib import clock
from emulation.records.models import InsertOnly
from emulation.reports.models.reports import LONGEST_TEXT


class Summary(models.Model):
    """A report made of others' reports; `edits` counts the head's."""

    # Each kind of summary has its own kind of passages.
    passages: Any
    number = models.CharField(_("số, ký hiệu"), max_length=40, blank=True)
    place = models.CharField(_("địa danh"), max_length=60, blank=True)
    addressed_to = models.TextField(_("kính gửi"), max_length=2000, blank=True, help_text=_("Mỗi nơi một dòng."))
    recipients = models.TextField(_("nơi nhận"), max_length=2000, blank=True, help_text=_("Mỗi nơi nhận một dòng."))
    edits = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True

    @property
    def stream(self) -> str:
        """Its audit stream."""
        raise NotImplementedError


class SummaryPassage(models.Model):
    """What stands in a section of a summary: a contributor's words as edited, or the own words of whoever makes it."""

    # Each kind of passage has its own kind of report, and of source.
    report: Any
    report_id: int
    source_id: int | None
    section = models.UUIDField()
    text = models.TextField(_("nội dung"), max_length=LONGEST_TEXT, blank=True)
    is_included = models.BooleanField(_("đưa vào báo cáo"), default=True)
    is_example = models.BooleanField(_("điển hình"), default=False)
    edits = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(default=clock.now, editable=False)
    changed_label = models.CharField(max_length=300, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def place(self) -> tuple[str, str]:
        """Its section, and the item that it is about ("" for the section itself)."""
        return str(self.section), ""

    @property
    def contributor_id(self) -> int | None:
        """Whose words these are; None for the own words of whoever makes the summary."""
        raise NotImplementedError

    @property
    def contributor_name(self) -> str:
        """Whose words these are, by name; "" for own words."""
        raise NotImplementedError


class SummaryVersion(InsertOnly):
    """A summary as it was opened for signing, and the versions that it is made of, by contributor."""

    number = models.PositiveIntegerField(_("bản số"))
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    sources = models.JSONField(default=dict)
    opened_at = models.DateTimeField(default=clock.now)
    opened_label = models.CharField(max_length=300)

    class Meta:
        abstract = True
