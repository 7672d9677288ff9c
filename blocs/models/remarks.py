"""Remarks of the units on a document under discussion: none is ever deleted, whatever becomes of its place or of the version."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from blocs.enums import DocumentState, RemarkPlace, RemarkState
from blocs.models.discussion import Version
from blocs.models.documents import BlocDocument
from emulation.organisation.models import Unit
from emulation.records.models import InsertOnly, Revision

MOST_ATTACHMENTS = 5
MOST_BYTES = 10 * 1024 * 1024


class Remark(models.Model):
    """What a unit has to say on a clause, a target or the whole, as it was published then; and what was answered.

    `quoted_*` keep what the place said when the remark was made: the place may change or go. `entered_text` is the wording that
    came into the draft when the remark was accepted, `entered_version` the number of the version in which it was published.
    """

    document = models.ForeignKey(BlocDocument, on_delete=models.PROTECT, related_name="remarks", verbose_name=_("văn bản"))
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="remarks", verbose_name=_("bản dự thảo"))
    number = models.PositiveSmallIntegerField(_("số"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    place = models.CharField(_("góp ý về"), max_length=10, choices=RemarkPlace.choices)
    key = models.UUIDField(null=True)
    quoted_number = models.CharField(max_length=20, blank=True)
    quoted_heading = models.CharField(max_length=300, blank=True)
    quoted_text = models.TextField(blank=True)
    text = models.TextField(_("nội dung góp ý"))
    proposed = models.TextField(_("câu chữ đề xuất"), blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    author_label = models.CharField(max_length=300)
    at = models.DateTimeField(_("lúc"))
    state = models.CharField(_("trạng thái"), max_length=10, choices=RemarkState.choices, default=RemarkState.OPEN)
    answer = models.TextField(_("trả lời"), blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answered_label = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True)
    entered_text = models.TextField(blank=True)
    entered_version = models.PositiveSmallIntegerField(null=True)

    class Meta:
        verbose_name = _("ý kiến góp ý")
        verbose_name_plural = _("ý kiến góp ý")
        ordering = ["document", "number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="remark_one_per_number"),
            models.CheckConstraint(
                condition=Q(place=RemarkPlace.WHOLE, key=None) | ~Q(place=RemarkPlace.WHOLE) & Q(key__isnull=False),
                name="remark_place_has_its_key",
            ),
            models.CheckConstraint(
                condition=Q(proposed="") | Q(place=RemarkPlace.CLAUSE), name="remark_proposes_wording_for_a_clause"
            ),
            models.CheckConstraint(
                condition=~Q(text=""), name="remark_says_something", violation_error_message=_("Ghi nội dung góp ý.")
            ),
            models.CheckConstraint(
                condition=Q(state=RemarkState.OPEN, answered_at=None, answered_by=None)
                | ~Q(state=RemarkState.OPEN) & Q(answered_at__isnull=False, answered_by__isnull=False),
                name="remark_closed_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(state=RemarkState.REJECTED) | ~Q(answer=""),
                name="remark_rejected_with_reason",
                violation_error_message=_("Nêu lý do không tiếp thu."),
            ),
            models.CheckConstraint(
                condition=Q(state=RemarkState.ACCEPTED) | Q(entered_version=None, entered_text=""),
                name="remark_enters_when_accepted",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(answered_at__gte=F("at")), name="remark_answered_after_it_was_made"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} ý kiến {self.number}"

    @property
    def awaits_version(self) -> bool:
        """Whether it was accepted and the wording enters with the version to come; what is agreed already has none to come."""
        drafting = self.document.state in {DocumentState.DRAFT, DocumentState.DISCUSSION}
        return self.state == RemarkState.ACCEPTED and self.entered_version is None and drafting


class RemarkReply(InsertOnly):
    """What somebody added in the thread of a remark."""

    remark = models.ForeignKey(Remark, on_delete=models.PROTECT, related_name="replies")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    author_label = models.CharField(max_length=300)
    text = models.TextField(_("nội dung"))
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("trao đổi về góp ý")
        verbose_name_plural = _("trao đổi về góp ý")
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="reply_says_something")]

    def __str__(self) -> str:
        return f"{self.remark_id}: {self.text[:60]}"


class RemarkAttachment(InsertOnly):
    """A file that came with a remark. Its bytes are kept by their hash like every document; the type was found in them."""

    remark = models.ForeignKey(Remark, on_delete=models.PROTECT, related_name="attachments")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=150)
    media_type = models.CharField(max_length=80)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("tệp kèm góp ý")
        verbose_name_plural = _("tệp kèm góp ý")
        ordering = ["remark", "order"]
        constraints = [
            models.UniqueConstraint(fields=["remark", "order"], name="attachment_one_per_place"),
            models.CheckConstraint(condition=Q(order__gte=1, order__lte=MOST_ATTACHMENTS), name="attachment_at_most_five"),
        ]

    def __str__(self) -> str:
        return self.name
