"""The documents of a bloc in a year and their working drafts, row by row, so that two people can work on different clauses at once.

Each row carries `edits`, a counter: a form sends the number it was opened with, and a stale one is refused with both texts.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from blocs.enums import CLOSED, ENDED, ISSUED, NOUNS, ClauseKind, ClausePart, Direction, DocumentKind, DocumentState, Title
from blocs.models.blocs import BlocYear, seats_with_units
from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.organisation.models import Unit
from emulation.records.models import Revision
from emulation.signing.enums import SigningOrder

LONGEST_HEADING = 300  # of a clause


class DocumentQuerySet(models.QuerySet["BlocDocument"]):
    def visible_to(self, actor: Actor | None) -> DocumentQuerySet:
        """Documents of the blocs that the actor may see; a first draft only to leader, deputy and office."""
        mine = self.filter(bloc_year__in=BlocYear.objects.visible_to(actor))
        if actor is None or actor.is_office or actor.is_provincial_leader:
            return mine
        drafting = Q(bloc_year__seats__unit=actor.unit, bloc_year__seats__role__in=["leader", "deputy"])
        published = Q(pk__in=BlocDocument.objects.filter(versions__isnull=False).values("pk"))
        return mine.filter(drafting | published).distinct()

    def full(self, *, named: bool = True) -> DocumentQuerySet:
        """With bloc, office, seats, units and the units' names: three queries for any number of rows; two without names."""
        return self.select_related("host_unit", "bloc_year__year", "bloc_year__bloc__standing_office__parent").prefetch_related(
            Prefetch("bloc_year__seats", seats_with_units(named=named))
        )


class BlocDocument(models.Model):
    """A document that a bloc agrees on for a year, its covenant first of all: the frame of the page and the state of its making."""

    bloc_year = models.ForeignKey(BlocYear, on_delete=models.PROTECT, related_name="documents", verbose_name=_("khối"))
    kind = models.CharField(_("loại văn bản"), max_length=20, choices=DocumentKind.choices, default=DocumentKind.COVENANT)
    state = models.CharField(_("trạng thái"), max_length=12, choices=DocumentState.choices, default=DocumentState.DRAFT)
    title = models.CharField(_("tên văn bản"), max_length=120, default="Giao ước thi đua")
    movement = models.CharField(_("phong trào"), max_length=120, blank=True, default="Vì An ninh Tổ quốc")
    number = models.CharField(
        _("số, ký hiệu"),
        max_length=40,
        blank=True,
        help_text=_("Để trống nếu không đánh số; giao ước không thuộc 29 loại văn bản hành chính."),
    )
    place = models.CharField(_("địa danh"), max_length=60, blank=True, help_text=_("In trước ngày ký, ví dụ: Quảng Ninh."))
    date = models.DateField(_("ngày ký"), null=True, blank=True)
    host_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("đơn vị đăng cai")
    )
    is_internal = models.BooleanField(_("đóng dấu LƯU HÀNH NỘI BỘ"), default=False)
    has_witness = models.BooleanField(_("có lãnh đạo Công an tỉnh chứng kiến"), default=False)
    signing_order = models.CharField(_("thứ tự ký"), max_length=10, choices=SigningOrder.choices, default=SigningOrder.FREE)
    bases = models.TextField(_("căn cứ"), blank=True, help_text=_("Mỗi căn cứ một dòng, không cần dấu ở cuối dòng."))
    opening = models.TextField(_("lời mở đầu"), blank=True)
    recipients = models.TextField(_("nơi nhận"), blank=True, help_text=_("Mỗi nơi nhận một dòng."))
    # What went out with the minutes of a conference, byte by byte.
    annex = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, editable=False, related_name="annexed")
    edits = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("bắt đầu soạn"), default=clock.now, editable=False)
    changed_at = models.DateTimeField(_("sửa lần cuối"), default=clock.now, editable=False)
    signed_at = models.DateTimeField(_("ký đủ lúc"), null=True, editable=False)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="replaced_by", verbose_name=_("thay thế cho")
    )
    replace_reason = models.CharField(_("lý do thay thế"), max_length=500, blank=True, editable=False)
    ended_at = models.DateTimeField(_("hết hiệu lực lúc"), null=True, editable=False)
    end_reason = models.CharField(_("lý do hết hiệu lực"), max_length=500, blank=True, editable=False)
    end_decision = models.CharField(_("quyết định thu hồi"), max_length=200, blank=True, editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("văn bản")
        verbose_name_plural = pgettext_lazy("plural", "văn bản")
        ordering = ["-bloc_year__year_id", "bloc_year__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bloc_year", "kind"],
                condition=Q(state__in=ISSUED),
                name="document_one_in_force",
                violation_error_message=_("Khối đã có văn bản loại này của năm đang có hiệu lực."),
            ),
            models.UniqueConstraint(
                fields=["bloc_year", "kind"],
                condition=~Q(state__in=CLOSED),
                name="document_one_at_work",
                violation_error_message=_("Khối đang soạn văn bản loại này của năm."),
            ),
            models.CheckConstraint(
                condition=Q(state=DocumentState.SIGNED, signed_at__isnull=False)
                | Q(state__in=ENDED)
                | ~Q(state__in=[DocumentState.SIGNED, *ENDED]) & Q(signed_at=None),
                name="document_signed_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(replaces=None, replace_reason="") | Q(replaces__isnull=False) & ~Q(replace_reason=""),
                name="document_replaces_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ENDED, ended_at__isnull=False) & ~Q(end_reason="")
                | ~Q(state__in=ENDED) & Q(ended_at=None, end_reason=""),
                name="document_ended_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=DocumentState.REVOKED) & ~Q(end_decision="")
                | ~Q(state=DocumentState.REVOKED) & Q(end_decision=""),
                name="document_revoked_by_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[DocumentState.DRAFT, DocumentState.DISCUSSION, DocumentState.ADOPTED, DocumentState.ATTACHED]
                )
                | Q(state__in=ENDED, signed_at=None)
                | Q(date__isnull=False) & ~Q(place=""),
                name="document_frozen_with_date_and_place",
            ),
            models.CheckConstraint(
                condition=~Q(kind=DocumentKind.COVENANT, state=DocumentState.ATTACHED), name="document_covenant_is_never_attached"
            ),
            models.CheckConstraint(
                condition=~Q(state=DocumentState.ATTACHED) | Q(annex__isnull=False), name="document_attached_has_its_bytes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.printed_title} ({self.bloc_year.full_name})"

    @property
    def printed_title(self) -> str:
        """ "Giao ước thi đua “Vì An ninh Tổ quốc” năm 2020"."""
        movement = f" “{self.movement}”" if self.movement else ""
        return f"{self.title}{movement} năm {self.bloc_year.year_id}"

    @property
    def is_covenant(self) -> bool:
        """Whether it has targets and titles and is signed by all units; the other kinds are text, and the leader signs for all."""
        return self.kind == DocumentKind.COVENANT

    @property
    def has_bloc_days(self) -> bool:
        """Whether the bloc's days for drafting and signing are its own: those of its first covenant, not of what replaces it."""
        return self.is_covenant and self.replaces_id is None

    @property
    def noun(self) -> str:
        """What a person calls it in a sentence: "giao ước", "quy chế"."""
        return NOUNS[DocumentKind(self.kind)]

    @property
    def stream(self) -> str:
        """Its audit stream."""
        return f"{self.kind}:{self.pk}"

    @property
    def is_annex(self) -> bool:
        """Whether it went out with the minutes of a conference, unsigned; also when it holds no longer."""
        return self.annex_id is not None

    @property
    def has_ended(self) -> bool:
        """Whether it was in force once, and is not any more."""
        return self.state in ENDED

    @property
    def is_editable(self) -> bool:
        """Whether the working draft may change."""
        return self.state in (DocumentState.DRAFT, DocumentState.DISCUSSION)


class Clause(models.Model):
    """A clause or section heading of the working draft. `key` stays the same through moves, renumbering and versions."""

    document = models.ForeignKey(BlocDocument, on_delete=models.CASCADE, related_name="clauses", verbose_name=_("văn bản"))
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    part = models.CharField(_("phần"), max_length=15, choices=ClausePart.choices, default=ClausePart.BODY)
    kind = models.CharField(_("loại"), max_length=10, choices=ClauseKind.choices, default=ClauseKind.CLAUSE)
    order = models.PositiveIntegerField(_("thứ tự"))
    heading = models.CharField(_("tiêu đề"), max_length=LONGEST_HEADING, blank=True)
    text = models.TextField(_("nội dung"), blank=True)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    edits = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("nội dung văn bản")
        verbose_name_plural = _("nội dung văn bản")
        ordering = ["part", "order", "pk"]
        constraints = [models.UniqueConstraint(fields=["document", "key"], name="clause_key_once")]

    def __str__(self) -> str:
        return self.heading or self.text[:60]


class Indicator(models.Model):
    """A target of the covenant: what is measured, in what, in which direction, and how much for the whole bloc."""

    document = models.ForeignKey(BlocDocument, on_delete=models.CASCADE, related_name="indicators", verbose_name=_("văn bản"))
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    order = models.PositiveIntegerField(_("thứ tự"))
    name = models.CharField(_("chỉ tiêu"), max_length=300)
    measure = models.CharField(_("đơn vị tính"), max_length=40)
    direction = models.CharField(_("chiều"), max_length=10, choices=Direction.choices, default=Direction.HIGHER)
    bloc_value = models.DecimalField(_("chỉ tiêu của khối"), max_digits=13, decimal_places=4, null=True, blank=True)
    to_check = models.BooleanField(_("giữ từ năm trước, chưa rà"), default=False, editable=False)
    edits = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("chỉ tiêu")
        verbose_name_plural = _("chỉ tiêu")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["document", "key"], name="indicator_key_once"),
            models.CheckConstraint(
                condition=Q(bloc_value=None) | Q(bloc_value__gte=0),
                name="indicator_not_negative",
                violation_error_message=_("Chỉ tiêu là số từ 0 trở lên."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Target(models.Model):
    """The value of an indicator for one unit."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="targets", verbose_name=_("chỉ tiêu"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    value = models.DecimalField(_("mức giao"), max_digits=13, decimal_places=4)

    class Meta:
        verbose_name = _("mức giao cho đơn vị")
        verbose_name_plural = _("mức giao cho đơn vị")
        constraints = [
            models.UniqueConstraint(fields=["indicator", "unit"], name="target_one_per_unit"),
            models.CheckConstraint(
                condition=Q(value__gte=0), name="target_not_negative", violation_error_message=_("Mức giao là số từ 0 trở lên.")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}/{self.unit_id}: {self.value}"


class TitleRegistration(models.Model):
    """A title that a unit registers to strive for."""

    document = models.ForeignKey(BlocDocument, on_delete=models.CASCADE, related_name="registrations", verbose_name=_("văn bản"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    title = models.CharField(_("danh hiệu"), max_length=20, choices=Title.choices)

    class Meta:
        verbose_name = _("danh hiệu đăng ký")
        verbose_name_plural = _("danh hiệu đăng ký")
        constraints = [models.UniqueConstraint(fields=["document", "unit", "title"], name="registration_once")]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.title}"
