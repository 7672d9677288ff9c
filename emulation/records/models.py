"""Rows that are written once: the audit with its chains and seals, and official documents with their revisions."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from emulation.records.events import Event


class InsertOnly(models.Model):
    """A row that is written once. The database refuses UPDATE and DELETE too (see triggers.py)."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError(f"{type(self).__name__} is insert-only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError(f"{type(self).__name__} is insert-only")


class AuditStream(models.Model):
    """One chain of entries (one covenant, one account, one bloc) and its head, which is locked last in a transaction."""

    key = models.CharField(max_length=80, unique=True)
    head_seq = models.PositiveIntegerField(default=0)
    head_hash = models.CharField(max_length=64, blank=True, default="")
    sealed_seq = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("dòng nhật ký")
        verbose_name_plural = _("dòng nhật ký")
        constraints = [
            models.CheckConstraint(condition=Q(sealed_seq__lte=F("head_seq")), name="stream_sealed_not_past_head"),
        ]

    def __str__(self) -> str:
        return self.key


class AuditEntry(InsertOnly):
    """What happened: event, who (as named then), when, from where, with what data; chained by hash inside its stream."""

    stream = models.ForeignKey(AuditStream, on_delete=models.PROTECT, related_name="entries", verbose_name=_("dòng"))
    seq = models.PositiveIntegerField(_("số thứ tự"))
    event = models.CharField(_("sự kiện"), max_length=40, choices=Event.choices)
    at = models.DateTimeField(_("thời điểm"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("tài khoản")
    )
    person = models.CharField(_("người thực hiện"), max_length=300, blank=True)
    address = models.CharField(_("địa chỉ"), max_length=45, blank=True)
    data = models.JSONField(_("nội dung"), default=dict)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("mục nhật ký")
        verbose_name_plural = _("nhật ký")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["stream", "seq"], name="audit_one_entry_per_seq"),
            models.CheckConstraint(
                condition=Q(seq=1, previous_hash="") | Q(seq__gt=1) & ~Q(previous_hash=""), name="audit_chained"
            ),
        ]
        indexes = [models.Index(fields=["-at"])]

    def __str__(self) -> str:
        return f"{self.stream_id}/{self.seq} {self.event}"


class Seal(InsertOnly):
    """The heads of all streams that moved since the seal before, chained and signed with the sealer's own key."""

    seq = models.PositiveIntegerField(unique=True)
    at = models.DateTimeField()
    heads = models.JSONField()
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    signature = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("niêm phong nhật ký")
        verbose_name_plural = _("niêm phong nhật ký")
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"seal {self.seq}"


class Document(InsertOnly):
    """One official document whose bytes we keep. Its revisions carry them."""

    kind = models.CharField(max_length=40)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("văn bản")
        verbose_name_plural = _("văn bản")

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Revision(InsertOnly):
    """Bytes of a document by their SHA-256: number 0 is the frozen text, number k the file with k signatures.

    A revision has at most one successor (`parent` is unique), so two signatures can never start from the same bytes.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveIntegerField()
    parent = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="successor")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("bản lưu")
        verbose_name_plural = _("bản lưu")
        ordering = ["document", "number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="revision_one_per_number"),
            models.CheckConstraint(
                condition=Q(number=0, parent=None) | Q(number__gt=0, parent__isnull=False), name="revision_follows_parent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}/{self.number}"
