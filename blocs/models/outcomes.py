"""What a conference came to: decisions with their votes, directives with the tasks that follow from them, minutes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from blocs.enums import MinutesState, VoteRule
from blocs.models.conferences import Conference, TableItem
from emulation.lib import clock
from emulation.organisation.models import Unit


class Decision(models.Model):
    """One decision and the vote on it. Units vote, each with one voice."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="decisions", verbose_name=_("hội nghị"))
    order = models.PositiveSmallIntegerField(_("thứ tự"))
    text = models.TextField(_("nội dung biểu quyết"), max_length=2000)
    about = models.ForeignKey(
        TableItem, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name=_("về tài liệu")
    )
    rule = models.CharField(_("nguyên tắc thông qua"), max_length=12, choices=VoteRule.choices, default=VoteRule.MAJORITY)
    present = models.PositiveSmallIntegerField(_("số đơn vị có mặt"))
    total = models.PositiveSmallIntegerField(_("tổng số đơn vị"))
    votes_for = models.PositiveSmallIntegerField(_("đồng ý"))
    against = models.PositiveSmallIntegerField(_("không đồng ý"), default=0)
    abstained = models.PositiveSmallIntegerField(_("không biểu quyết"), default=0)
    reservations = models.TextField(_("ý kiến bảo lưu"), max_length=2000, blank=True)
    edits = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("nội dung biểu quyết")
        verbose_name_plural = _("nội dung biểu quyết")
        ordering = ["conference", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(present__lte=F("total"), present__gte=1),
                name="decision_present_within_total",
                violation_error_message=_("Số đơn vị có mặt từ 1 đến tổng số đơn vị của khối."),
            ),
            models.CheckConstraint(
                condition=Q(present=F("votes_for") + F("against") + F("abstained")),
                name="decision_votes_add_up",
                violation_error_message=_("Số đồng ý, không đồng ý và không biểu quyết cộng lại phải bằng số đơn vị có mặt."),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Directive(models.Model):
    """What the presiding leader asked for. It becomes a task for each unit that is named."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="directives", verbose_name=_("hội nghị"))
    order = models.PositiveSmallIntegerField(_("thứ tự"))
    text = models.TextField(_("nội dung chỉ đạo"), max_length=2000)
    due = models.DateField(_("thời hạn"), null=True, blank=True)
    edits = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("nội dung chỉ đạo")
        verbose_name_plural = _("nội dung chỉ đạo")
        ordering = ["conference", "order", "pk"]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_done(self) -> bool:
        """Whether every unit that was named has reported it as done."""
        tasks = list(self.tasks.all())
        return bool(tasks) and all(task.done_at for task in tasks)


class DirectiveTask(models.Model):
    """A directive as one unit's task: done when, by whom, and what was done."""

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="tasks", verbose_name=_("chỉ đạo"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("đơn vị thực hiện"))
    report = models.TextField(_("kết quả thực hiện"), max_length=4000, blank=True)
    done_at = models.DateTimeField(_("xong lúc"), null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    done_label = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("việc theo chỉ đạo")
        verbose_name_plural = _("việc theo chỉ đạo")
        ordering = ["directive", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["directive", "unit"], name="directive_task_one_per_unit"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | (Q(done_at__isnull=False, done_by__isnull=False) & ~Q(report="")),
                name="directive_task_done_with_report",
                violation_error_message=_("Ghi kết quả thực hiện."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.directive_id}/{self.unit_id}"

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and it is not done."""
        return self.done_at is None and self.directive.due is not None and self.directive.due < clock.today()

    @property
    def days_late(self) -> int:
        """By how many days; 0 while there is time."""
        due = self.directive.due
        return max((clock.today() - due).days, 0) if due and self.done_at is None else 0


class Minutes(models.Model):
    """The minutes of a conference: a text drafted from what was recorded, then frozen and signed by secretary and chair."""

    conference = models.OneToOneField(Conference, on_delete=models.PROTECT, related_name="minutes", verbose_name=_("hội nghị"))
    state = models.CharField(_("trạng thái"), max_length=10, choices=MinutesState.choices, default=MinutesState.DRAFT)
    number = models.CharField(_("số, ký hiệu"), max_length=40, blank=True)
    text = models.TextField(_("nội dung"), max_length=60_000)
    recipients = models.TextField(_("nơi nhận"), max_length=4_000, blank=True)
    edits = models.PositiveIntegerField(default=0, editable=False)
    drafted_at = models.DateTimeField(default=clock.now, editable=False)
    changed_at = models.DateTimeField(default=clock.now, editable=False)
    signed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("biên bản hội nghị")
        verbose_name_plural = _("biên bản hội nghị")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=MinutesState.SIGNED, signed_at__isnull=False)
                | ~Q(state=MinutesState.SIGNED) & Q(signed_at=None),
                name="minutes_signed_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"Biên bản {self.conference_id}"

    @property
    def stream(self) -> str:
        """Its audit stream."""
        return f"minutes:{self.conference_id}"
