"""What the units of a bloc do together in a year (charity, works of gratitude, culture, sport), with photographs.

Entered once: reports of units and of the bloc take it from here, and so may a criterion that it is counted for.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from blocs.models import BlocYear
from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.organisation.models import Unit
from emulation.reports.enums import ActivityKind

# A hundred thousand milliards: more than any bloc gives, and every sum of them fits.
MOST_MONEY = 100_000_000_000_000


class ActivityQuerySet(models.QuerySet["Activity"]):
    def visible_to(self, actor: Actor | None) -> ActivityQuerySet:
        """Activities of the blocs that the actor may see; what was taken away is gone for everybody."""
        return self.filter(bloc_year__in=BlocYear.objects.visible_to(actor), removed_at=None)

    def with_units(self) -> ActivityQuerySet:
        """With the keys of the units that took part and with photographs: two queries for any number of rows."""
        return self.prefetch_related(models.Prefetch("units", Unit.objects.only("pk")), "photos")

    def of_unit(self, unit_id: int) -> ActivityQuerySet:
        """Those that the unit hosted or took part in."""
        return self.filter(Q(host=unit_id) | Q(pk__in=Activity.units.through.objects.filter(unit=unit_id).values("activity")))


class Activity(models.Model):
    """One joint activity of a bloc: when, where, who, and what it came to."""

    bloc_year = models.ForeignKey(BlocYear, on_delete=models.PROTECT, related_name="activities", verbose_name=_("khối"))
    kind = models.CharField(_("loại hoạt động"), max_length=10, choices=ActivityKind.choices)
    title = models.CharField(_("tên hoạt động"), max_length=300)
    held_on = models.DateField(_("ngày tổ chức"))
    held_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    place = models.CharField(_("địa điểm"), max_length=200, blank=True)
    host = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("đơn vị chủ trì"))
    units = models.ManyToManyField(Unit, related_name="+", blank=True, verbose_name=_("đơn vị tham gia"))
    money = models.PositiveBigIntegerField(_("kinh phí (đồng)"), null=True, blank=True)
    works = models.CharField(_("công trình, hiện vật, ngày công"), max_length=500, blank=True)
    people = models.PositiveIntegerField(_("số người được giúp đỡ, tham dự"), null=True, blank=True)
    text = models.TextField(_("nội dung, kết quả"), max_length=5000, blank=True)
    criterion = models.UUIDField(_("tính cho tiêu chí"), null=True, blank=True)
    edits = models.PositiveIntegerField(default=0, editable=False)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    changed_at = models.DateTimeField(default=clock.now, editable=False)
    changed_label = models.CharField(max_length=300, editable=False)
    removed_at = models.DateTimeField(null=True, editable=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("hoạt động chung")
        verbose_name_plural = pgettext_lazy("plural", "hoạt động chung")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""), name="activity_has_a_title", violation_error_message=_("Ghi tên hoạt động.")
            ),
            models.CheckConstraint(
                condition=Q(held_to=None) | Q(held_to__gt=F("held_on")),
                name="activity_ends_after_it_begins",
                violation_error_message=_("Ngày kết thúc phải sau ngày bắt đầu; để trống nếu trong một ngày."),
            ),
            models.CheckConstraint(
                condition=Q(money=None) | Q(money__gt=0, money__lte=MOST_MONEY),
                name="activity_money_in_range",
                violation_error_message=_("Kinh phí từ 1 đồng đến 100.000 tỷ đồng; không có thì để trống."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def stream(self) -> str:
        """Its audit stream."""
        return f"activity:{self.pk}"

    @property
    def unit_ids(self) -> set[int]:
        """The host and all who took part."""
        return {self.host_id, *(unit.pk for unit in self.units.all())}

    @property
    def days(self) -> Iterator[str]:
        """The day, or the first and the last one, as printed."""
        yield f"{self.held_on:%d/%m/%Y}"
        if self.held_to:
            yield f"{self.held_to:%d/%m/%Y}"


class ActivityPhoto(models.Model):
    """A photograph of an activity: drawn anew, large and small, known by the SHA-256 of its bytes."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="photos", verbose_name=_("hoạt động chung"))
    sha256 = models.CharField(max_length=64)
    small_sha256 = models.CharField(max_length=64)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    caption = models.CharField(_("chú thích"), max_length=200, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("ảnh hoạt động chung")
        verbose_name_plural = pgettext_lazy("plural", "ảnh hoạt động chung")
        ordering = ["activity", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "sha256"], name="activity_photo_once", violation_error_message=_("Ảnh này đã có.")
            ),
        ]

    def __str__(self) -> str:
        return self.caption or f"ảnh {self.pk}"
