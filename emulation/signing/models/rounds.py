"""Signing rounds over frozen bytes, their slots, the recorded acts, the authorities, and files handed in for verification."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from emulation.organisation.enums import Capacity
from emulation.organisation.models import Mandate, Position, Unit
from emulation.records.models import Document, InsertOnly, Revision
from emulation.signing.enums import RoundState, SigningMethod, SigningOrder, SlotRole, SlotState, Standing


class Authority(models.Model):
    """A root that issued certificates for our signatures: the trust anchor, by the SHA-256 of its public key.

    A retired authority issues nothing more; what it issued stays verifiable.
    """

    name = models.CharField(_("tên"), max_length=200)
    certificate = models.TextField(_("chứng thư (PEM)"))
    key_hash = models.CharField(_("mã băm khóa"), max_length=64, unique=True)
    is_demonstration = models.BooleanField(_("mẫu"))
    created_at = models.DateTimeField(_("lập lúc"))
    retired_at = models.DateTimeField(_("ngừng cấp lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("đơn vị cấp chứng thư")
        verbose_name_plural = _("đơn vị cấp chứng thư")

    def __str__(self) -> str:
        return self.name


class SigningRound(models.Model):
    """One gathering of signatures over one frozen text. `kind` and `subject_id` name what is signed (see kinds.py)."""

    kind = models.CharField(max_length=40)
    subject_id = models.PositiveBigIntegerField()
    number = models.PositiveSmallIntegerField(_("vòng ký"))
    method = models.CharField(
        _("cách ký"), max_length=10, choices=SigningMethod.choices, default=SigningMethod.ELECTRONIC, editable=False
    )
    state = models.CharField(_("trạng thái"), max_length=10, choices=RoundState.choices, default=RoundState.OPEN)
    standing = models.CharField(_("hiệu lực"), max_length=10, choices=Standing.choices, default=Standing.IN_FORCE)
    standing_reason = models.CharField(max_length=500, blank=True)
    standing_since = models.DateTimeField(null=True)
    # What replaced it, when that was signed as well.
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    title = models.CharField(_("văn bản"), max_length=300)
    body_name = models.CharField(_("của"), max_length=300)
    document_date = models.DateField(_("ngày ký"))
    page_count = models.PositiveSmallIntegerField(_("số trang"))
    clause_count = models.PositiveSmallIntegerField(_("số nội dung"))

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="round")
    current = models.OneToOneField(Revision, on_delete=models.PROTECT, related_name="+")
    manifest = models.TextField()
    manifest_sha256 = models.CharField(max_length=64)
    token = models.CharField(max_length=40, unique=True)
    short_code = models.CharField(max_length=10, unique=True)
    # Who certifies the one-time keys; on paper nobody does.
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, null=True, related_name="rounds")
    # Of a paper only: what is signed electronically is a sample when its authority is one.
    is_demonstration = models.BooleanField(_("mẫu"), default=False)
    originals = models.PositiveSmallIntegerField(_("số bản gốc"), null=True)

    order = models.CharField(_("thứ tự ký"), max_length=10, choices=SigningOrder.choices, default=SigningOrder.FREE)
    open_group = models.PositiveSmallIntegerField(default=1)
    deadline = models.DateTimeField(_("hạn ký"), null=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("mở lúc"))
    completed_at = models.DateTimeField(_("ký đủ lúc"), null=True)
    voided_at = models.DateTimeField(_("hủy lúc"), null=True)
    void_reason = models.CharField(_("lý do hủy"), max_length=500, blank=True)

    # What is signed, when a page has it at hand; never stored. A verb locks the round anew, and so asks the database.
    known_subject: models.Model | None = None

    class Meta:
        verbose_name = _("vòng ký")
        verbose_name_plural = _("vòng ký")
        ordering = ["kind", "subject_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject_id", "number"], name="round_one_per_number"),
            models.UniqueConstraint(
                fields=["kind", "subject_id"], condition=Q(state=RoundState.OPEN), name="round_at_most_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state=RoundState.OPEN, completed_at=None, voided_at=None)
                | Q(state=RoundState.COMPLETED, completed_at__isnull=False, voided_at=None)
                | (Q(state=RoundState.VOIDED, completed_at=None, voided_at__isnull=False) & ~Q(void_reason="")),
                name="round_state_has_its_dates",
            ),
            models.CheckConstraint(
                condition=Q(standing=Standing.IN_FORCE, standing_since=None)
                | Q(state=RoundState.COMPLETED, standing_since__isnull=False) & ~Q(standing_reason=""),
                name="round_only_completed_loses_force",
            ),
            models.CheckConstraint(
                condition=Q(successor=None) | Q(standing=Standing.REPLACED), name="round_successor_of_a_replaced_one"
            ),
            models.CheckConstraint(
                condition=Q(method=SigningMethod.ELECTRONIC, authority__isnull=False, originals=None)
                | Q(method=SigningMethod.PAPER, authority=None, originals__gte=1),
                name="round_method_has_what_it_needs",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, vòng {self.number}"

    @property
    def is_sample(self) -> bool:
        """Whether its signatures bind nobody."""
        return self.authority.is_demonstration if self.authority else self.is_demonstration

    @property
    def on_paper(self) -> bool:
        """Whether it is signed with pens."""
        return self.method == SigningMethod.PAPER

    @property
    def stream(self) -> str:
        """The audit stream, shared with the thing that is signed."""
        return f"{self.kind}:{self.subject_id}"

    @property
    def short_hash(self) -> str:
        """The first 16 digits of the manifest's hash in groups of four, as printed on the signature page."""
        head = self.manifest_sha256[:16].upper()
        return " ".join(head[start : start + 4] for start in range(0, 16, 4))


class SigningAct(InsertOnly):
    """What proves the will: who agreed to sign what, as whom, how he proved himself, when and from where.

    `sha256` is the hash of the canonical JSON in `statement`; the signature carries it as a signed attribute.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    statement = models.TextField()
    sha256 = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("lần ký")
        verbose_name_plural = _("lần ký")

    def __str__(self) -> str:
        return f"{self.user_id} {self.at:%d/%m/%Y %H:%M}"


_SIGNED_BY_SOMEBODY = ~Q(capacity="") & Q(signer__isnull=False, signed_at__isnull=False)
# The ways of signing are never mixed: what signs a slot goes with the method of its round.
_BY_KEY = Q(
    method=SigningMethod.ELECTRONIC,
    act__isnull=False,
    revision__isnull=False,
    certificate_sha256__isnull=False,
    paper_record=None,
)
_BY_PEN = Q(method=SigningMethod.PAPER, act=None, revision=None, certificate_sha256=None, paper_record__isnull=False)


class Slot(models.Model):
    """One place to sign: a unit in a role, a field in the file, and, once signed, who did it and in which revision."""

    round = models.ForeignKey(SigningRound, on_delete=models.PROTECT, related_name="slots")
    number = models.PositiveSmallIntegerField(_("thứ tự"))
    # The round's own, here so that the database can compare it with what signs the slot.
    method = models.CharField(max_length=10, choices=SigningMethod.choices, default=SigningMethod.ELECTRONIC, editable=False)
    group = models.PositiveSmallIntegerField(_("lượt"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    unit_name = models.CharField(_("tên đơn vị"), max_length=150)
    role = models.CharField(_("vai trò"), max_length=10, choices=SlotRole.choices)
    role_label = models.CharField(_("vai trò in"), max_length=60)
    field_name = models.CharField(max_length=60)
    # Where its field stands in the file; on paper there is none.
    page = models.PositiveSmallIntegerField(default=0)
    width_pt = models.FloatField(default=0)
    height_pt = models.FloatField(default=0)
    state = models.CharField(_("trạng thái"), max_length=10, choices=SlotState.choices)

    signer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    signer_name = models.CharField(_("người ký"), max_length=120, blank=True)
    signer_rank = models.CharField(_("cấp bậc"), max_length=40, blank=True)
    signer_title = models.CharField(_("chức vụ"), max_length=120, blank=True)
    capacity = models.CharField(_("tư cách"), max_length=5, choices=Capacity.choices, blank=True)
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, null=True, related_name="+")
    act = models.OneToOneField(SigningAct, on_delete=models.PROTECT, null=True, related_name="slot")
    revision = models.OneToOneField(Revision, on_delete=models.PROTECT, null=True, related_name="slot")
    paper_record = models.ForeignKey("signing.PaperRecord", on_delete=models.PROTECT, null=True, related_name="slots")
    certificate_sha256 = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 (unique, and absent until signed)
    signed_at = models.DateTimeField(_("ký lúc"), null=True)
    refused_at = models.DateTimeField(null=True)
    refusal_reason = models.CharField(_("lý do từ chối"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("ô ký")
        verbose_name_plural = _("ô ký")
        ordering = ["round", "number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="slot_one_per_number"),
            models.UniqueConstraint(fields=["round", "unit", "role"], name="slot_one_per_unit_and_role"),
            models.UniqueConstraint(fields=["round", "field_name"], name="slot_one_per_field"),
            models.UniqueConstraint(fields=["round", "signer"], name="slot_one_per_person"),
            models.UniqueConstraint(fields=["round"], condition=Q(role=SlotRole.WITNESS), name="slot_at_most_one_witness"),
            models.CheckConstraint(
                condition=Q(state=SlotState.SIGNED) & _SIGNED_BY_SOMEBODY & (_BY_KEY | _BY_PEN)
                | Q(
                    state__in=[SlotState.WAITING, SlotState.READY, SlotState.REFUSED],
                    signer=None,
                    act=None,
                    revision=None,
                    paper_record=None,
                    signed_at=None,
                )
                | Q(state=SlotState.VOID),
                name="slot_signed_with_everything",
            ),
            models.CheckConstraint(
                condition=~Q(state=SlotState.REFUSED) | Q(refused_at__isnull=False) & ~Q(refusal_reason=""),
                name="slot_refused_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(capacity__in=["", Capacity.OWN], mandate=None)
                | Q(mandate__isnull=False) & ~Q(capacity__in=["", Capacity.OWN]),
                name="slot_on_behalf_needs_a_basis",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.unit_name}"

    @property
    def ranked_signer(self) -> str:
        """ "Thượng tá Nguyễn Văn A", empty while unsigned."""
        return f"{self.signer_rank} {self.signer_name}".strip()

    @property
    def capacity_mark(self) -> str:
        """ "KT.", "TUQ." and so on for a signature on behalf; empty otherwise."""
        return "" if self.capacity in ("", Capacity.OWN) else f"{self.capacity.upper()}."


class VerificationJob(models.Model):
    """A file that the ledger does not know, waiting for its full analysis in the background. The bytes go when it is done."""

    token = models.UUIDField(unique=True, default=uuid.uuid4)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    result = models.JSONField(null=True)

    class Meta:
        verbose_name = _("tệp chờ xác minh")
        verbose_name_plural = _("tệp chờ xác minh")
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at=None, result=None) | Q(finished_at__isnull=False, result__isnull=False),
                name="job_finished_with_result",
            ),
        ]

    def __str__(self) -> str:
        return str(self.token)
