"""A round that was signed with pens: the scan of the paper, who is said to have signed it, and the two persons who vouch for that."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from emulation.organisation.enums import Capacity
from emulation.organisation.models import Mandate
from emulation.records.models import InsertOnly, Revision
from emulation.signing.enums import PaperState
from emulation.signing.models.rounds import SigningRound, Slot


class Scan(InsertOnly):
    """A scan of one original: its pages without blank ones, and whether the round's own QR code was read on one of them."""

    round = models.ForeignKey(SigningRound, on_delete=models.PROTECT, related_name="scans")
    number = models.PositiveSmallIntegerField()
    page_count = models.PositiveSmallIntegerField(_("số trang"))
    has_code = models.BooleanField(_("có mã QR của văn bản"))
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("tải lên lúc"))

    class Meta:
        verbose_name = _("bản chụp")
        verbose_name_plural = _("bản chụp")
        ordering = ["round", "number"]
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="scan_one_per_number")]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.number}"


class ScanFile(InsertOnly):
    """A file of a scan: bytes by their SHA-256, a PDF of some pages or the picture of one."""

    scan = models.ForeignKey(Scan, on_delete=models.PROTECT, related_name="files")
    order = models.PositiveSmallIntegerField()
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="scans")
    media_type = models.CharField(max_length=10)
    # The pages that are shown, as [page from 1, degrees to turn it by]; blank ones are left out.
    pages = models.JSONField()

    class Meta:
        verbose_name = _("tệp của bản chụp")
        verbose_name_plural = _("tệp của bản chụp")
        ordering = ["scan", "order"]
        constraints = [
            models.UniqueConstraint(fields=["scan", "order"], name="scan_file_one_per_place"),
            models.UniqueConstraint(fields=["scan", "revision"], name="scan_file_once"),
        ]

    def __str__(self) -> str:
        return f"{self.scan_id}/{self.order}"


class PaperRecord(models.Model):
    """Somebody's word that the paper was signed, and a second person's that he has looked at it too.

    What was said is never changed: a wrong record is declined, and another one made.
    """

    round = models.ForeignKey(SigningRound, on_delete=models.PROTECT, related_name="paper_records")
    scan = models.ForeignKey(Scan, on_delete=models.PROTECT, related_name="records")
    state = models.CharField(_("trạng thái"), max_length=10, choices=PaperState.choices, default=PaperState.PENDING)
    signed_on = models.DateField(_("ngày ký trên giấy"))
    no_code_reason = models.CharField(_("lý do không đọc được mã QR"), max_length=500, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_label = models.CharField(_("người ghi"), max_length=300)
    recorded_at = models.DateTimeField(_("ghi lúc"))
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_label = models.CharField(_("người xác nhận"), max_length=300, blank=True)
    decided_at = models.DateTimeField(_("xác nhận lúc"), null=True)
    decline_reason = models.CharField(_("lý do trả lại"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("bản ghi ký giấy")
        verbose_name_plural = _("bản ghi ký giấy")
        ordering = ["round", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round"], condition=Q(state=PaperState.PENDING), name="paper_record_one_pending"),
            models.UniqueConstraint(fields=["round"], condition=Q(state=PaperState.CONFIRMED), name="paper_record_one_confirmed"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("recorded_by")), name="paper_record_two_persons"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[PaperState.PENDING, PaperState.VOID], decided_by=None, decided_at=None)
                | Q(state=PaperState.CONFIRMED, decided_by__isnull=False, decided_at__isnull=False, decline_reason="")
                | Q(state=PaperState.DECLINED, decided_by__isnull=False, decided_at__isnull=False) & ~Q(decline_reason=""),
                name="paper_record_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.signed_on:%d/%m/%Y}"


class PaperTick(InsertOnly):
    """Who signed in a slot on paper, in which capacity and on which basis, as somebody has recorded it."""

    record = models.ForeignKey(PaperRecord, on_delete=models.PROTECT, related_name="ticks")
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="+")
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signer_name = models.CharField(max_length=120)
    signer_rank = models.CharField(max_length=40)
    signer_title = models.CharField(max_length=120)
    capacity = models.CharField(max_length=5, choices=Capacity.choices)
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("người đã ký giấy")
        verbose_name_plural = _("người đã ký giấy")
        ordering = ["record", "slot"]
        constraints = [
            models.UniqueConstraint(fields=["record", "slot"], name="paper_tick_one_per_slot"),
            models.UniqueConstraint(fields=["record", "signer"], name="paper_tick_one_per_person"),
            models.CheckConstraint(
                condition=Q(capacity=Capacity.OWN, mandate=None) | Q(mandate__isnull=False) & ~Q(capacity=Capacity.OWN),
                name="paper_tick_on_behalf_needs_a_basis",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slot_id}: {self.signer_name}"

    @property
    def ranked_signer(self) -> str:
        """ "Thượng tá Nguyễn Văn A"."""
        return f"{self.signer_rank} {self.signer_name}".strip()

    @property
    def capacity_mark(self) -> str:
        """ "KT.", "TUQ." and so on; empty for the head himself."""
        return "" if self.capacity == Capacity.OWN else f"{self.capacity.upper()}."
