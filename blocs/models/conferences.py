"""A bloc's conference: when and where, its agenda, who came, what lay on the table, photographs."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from blocs.enums import AttendanceRole, ConferenceKind, ConferenceState
from blocs.models.blocs import BlocYear, seats_with_units
from blocs.models.documents import BlocDocument
from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.organisation.models import Position, Unit

if TYPE_CHECKING:
    from blocs.models.outcomes import DirectiveTask
    from emulation.signing.models import SigningRound

# How long a conference is taken to last when its agenda does not say.
USUAL_LENGTH = timedelta(hours=2)


class ConferenceQuerySet(models.QuerySet["Conference"]):
    def visible_to(self, actor: Actor | None) -> ConferenceQuerySet:
        """Conferences of the blocs that the actor may see: every unit of a bloc sees all of them."""
        return self.filter(bloc_year__in=BlocYear.objects.visible_to(actor))

    def full(self, *, named: bool = True) -> ConferenceQuerySet:
        """With bloc, office, seats, units and the units' names: three queries for any number of rows; two without names."""
        rows = self.select_related("secretary__person", "bloc_year__year", "bloc_year__bloc__standing_office__parent")
        return rows.prefetch_related(Prefetch("bloc_year__seats", seats_with_units(named=named)))


class Conference(models.Model):
    """One conference of a bloc in a year. What is written down about it hangs on this row."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    bloc_year = models.ForeignKey(BlocYear, on_delete=models.PROTECT, related_name="conferences", verbose_name=_("khối"))
    kind = models.CharField(_("loại"), max_length=10, choices=ConferenceKind.choices, default=ConferenceKind.SIGNING)
    state = models.CharField(_("trạng thái"), max_length=10, choices=ConferenceState.choices, default=ConferenceState.PLANNED)
    title = models.CharField(_("tên hội nghị"), max_length=250)
    starts_at = models.DateTimeField(_("thời gian"))
    ended_at = models.DateTimeField(_("kết thúc lúc"), null=True, blank=True)
    venue = models.CharField(_("địa điểm"), max_length=200)
    locality = models.CharField(_("địa danh"), max_length=60, blank=True)
    host_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("đơn vị đăng cai")
    )
    presiding_leader = models.CharField(_("lãnh đạo dự và chỉ đạo"), max_length=150, blank=True)
    chair_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("đơn vị chủ trì"))
    secretary = models.ForeignKey(
        Position, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("thư ký")
    )
    invitation_number = models.CharField(_("số giấy mời"), max_length=40, blank=True)
    invitation_note = models.TextField(_("đề nghị các đơn vị chuẩn bị"), blank=True)
    invited_at = models.DateTimeField(_("gửi giấy mời lúc"), null=True, editable=False)
    edits = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    # What a home page has found out about it; never stored: what the person's unit was asked to do, who signs its minutes now.
    asked_of_me: list[DirectiveTask] = []
    minutes_round: SigningRound | None = None

    objects = ConferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("hội nghị")
        verbose_name_plural = pgettext_lazy("plural", "hội nghị")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bloc_year", "kind"],
                condition=Q(state=ConferenceState.PLANNED),
                name="conference_one_of_a_kind_planned",
                violation_error_message=_("Khối đang chuẩn bị một hội nghị cùng loại: mở hội nghị đó để sửa."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gt=models.F("starts_at")),
                name="conference_ends_after_it_begins",
                violation_error_message=_("Giờ kết thúc phải sau giờ bắt đầu."),
            ),
            models.CheckConstraint(
                condition=Q(state=ConferenceState.CLOSED, closed_at__isnull=False, ended_at__isnull=False)
                | ~Q(state=ConferenceState.CLOSED) & Q(closed_at=None),
                name="conference_closed_has_its_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.bloc_year.full_name})"

    @property
    def stream(self) -> str:
        """Its audit stream."""
        return f"conference:{self.pk}"

    @property
    def usual_end(self) -> datetime:
        """When it ended, or when it will by its agenda; two hours after its beginning when that says nothing."""
        if self.ended_at:
            return self.ended_at
        planned = sum(item.minutes or 0 for item in self.agenda.all())
        return self.starts_at + (timedelta(minutes=planned) if planned else USUAL_LENGTH)


class AgendaItem(models.Model):
    """One item of the agenda: what, by whom, for how long."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="agenda", verbose_name=_("hội nghị"))
    order = models.PositiveSmallIntegerField(_("thứ tự"))
    title = models.CharField(_("nội dung"), max_length=300)
    presenter = models.CharField(_("người thực hiện"), max_length=150, blank=True)
    minutes = models.PositiveSmallIntegerField(_("số phút"), null=True, blank=True)
    edits = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("nội dung chương trình")
        verbose_name_plural = _("chương trình")
        ordering = ["conference", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes=None) | Q(minutes__gte=1, minutes__lte=600),
                name="agenda_minutes_in_range",
                violation_error_message=_("Thời lượng từ 1 đến 600 phút."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.title}"


class Attendance(models.Model):
    """Somebody who was asked to come, for a unit or as a guest of another body; and whether he came."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="attendance", verbose_name=_("hội nghị"))
    order = models.PositiveSmallIntegerField(_("thứ tự"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("đơn vị"))
    body = models.CharField(_("cơ quan khác"), max_length=150, blank=True)
    representative = models.CharField(_("người dự"), max_length=200, blank=True)
    role = models.CharField(_("vai trò"), max_length=10, choices=AttendanceRole.choices, default=AttendanceRole.DELEGATE)
    is_present = models.BooleanField(_("có mặt"), null=True, blank=True)
    reason = models.CharField(_("lý do vắng"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("người dự")
        verbose_name_plural = _("thành phần dự")
        ordering = ["conference", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(unit=None) | ~Q(body="") | ~Q(representative=""),
                name="attendance_of_somebody",
                violation_error_message=_("Ghi tên cơ quan hoặc người dự."),
            ),
            models.CheckConstraint(
                condition=~Q(is_present=False) | ~Q(reason=""),
                name="attendance_absent_with_reason",
                violation_error_message=_("Ghi lý do vắng mặt."),
            ),
        ]

    def __str__(self) -> str:
        return self.representative or self.body or str(self.unit)


class TableItem(models.Model):
    """A document on the table: one of the bloc's own, or any other by its name."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="table", verbose_name=_("hội nghị"))
    order = models.PositiveSmallIntegerField(_("thứ tự"))
    title = models.CharField(_("tên tài liệu"), max_length=300)
    document = models.ForeignKey(
        BlocDocument, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("văn bản của khối")
    )

    class Meta:
        verbose_name = _("tài liệu hội nghị")
        verbose_name_plural = pgettext_lazy("plural", "tài liệu hội nghị")
        ordering = ["conference", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "document"],
                name="table_item_document_once",
                violation_error_message=_("Văn bản này đã có trong danh mục tài liệu."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Photo(models.Model):
    """A photograph: re-encoded bytes by their SHA-256, large and small. Nothing of the camera is kept in them."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="photos", verbose_name=_("hội nghị"))
    sha256 = models.CharField(max_length=64)
    small_sha256 = models.CharField(max_length=64)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    caption = models.CharField(_("chú thích"), max_length=200, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("ảnh hội nghị")
        verbose_name_plural = pgettext_lazy("plural", "ảnh hội nghị")
        ordering = ["conference", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "sha256"],
                name="photo_once",
                violation_error_message=_("Ảnh này đã có."),
            ),
        ]

    def __str__(self) -> str:
        return self.caption or f"ảnh {self.pk}"
