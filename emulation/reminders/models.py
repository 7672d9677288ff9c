"""What was reminded of, once and for ever; how each person wants it; when the office wants it; addresses of calendars."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from emulation.lib import clock
from emulation.organisation.models import Unit
from emulation.records.models import InsertOnly
from emulation.reminders.enums import Frequency, Language

ALL_YEARS = 0


class ReminderDays(models.Model):
    """How many days before and after (below zero) a day an office reminds; of one year, or of every year that has none of its own."""

    office = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+", verbose_name=_("cơ quan thường trực"))
    year = models.PositiveSmallIntegerField(_("năm"), default=ALL_YEARS)
    days = models.JSONField(_("các ngày nhắc"), default=list)

    class Meta:
        verbose_name = _("các ngày nhắc")
        verbose_name_plural = _("các ngày nhắc")
        constraints = [models.UniqueConstraint(fields=["office", "year"], name="reminder_days_once_a_year")]

    def __str__(self) -> str:
        return f"{self.office_id}/{self.year}: {self.days}"


class Choice(models.Model):
    """How a person wants to be reminded. Without one: notices only, in Vietnamese."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminder_choice")
    email = models.EmailField(_("thư điện tử"), blank=True)
    by_mail = models.BooleanField(_("nhận nhắc việc qua thư điện tử"), default=False)
    frequency = models.CharField(_("mức độ"), max_length=8, choices=Frequency.choices, default=Frequency.DAILY)
    language = models.CharField(
        _("ngôn ngữ của thư và lịch"), max_length=2, choices=Language.choices, default=Language.VIETNAMESE
    )

    class Meta:
        verbose_name = _("cách nhận nhắc việc")
        verbose_name_plural = _("cách nhận nhắc việc")
        constraints = [
            models.CheckConstraint(
                condition=Q(by_mail=False) | ~Q(email=""),
                name="choice_mail_needs_an_address",
                violation_error_message=_("Nhập địa chỉ thư điện tử để nhận nhắc việc qua thư."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.frequency}"


class Reminder(InsertOnly):
    """Somebody was reminded of something so many days before its day (below zero: after it). The database lets it happen once."""

    key = models.CharField(max_length=120)
    due_on = models.DateField()
    offset = models.SmallIntegerField()
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reminders")
    run = models.UUIDField(db_index=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("lần nhắc việc")
        verbose_name_plural = _("lần nhắc việc")
        indexes = [models.Index(fields=["due_on"])]
        constraints = [models.UniqueConstraint(fields=["key", "due_on", "offset", "recipient"], name="reminder_once_for_ever")]

    def __str__(self) -> str:
        return f"{self.key} {self.due_on} {self.offset:+d}"


class Letter(models.Model):
    """A mail of one day to one person. Claimed before it is handed over, so that a second run leaves it alone; gone when that failed."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()
    claimed_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("thư nhắc việc")
        verbose_name_plural = _("thư nhắc việc")
        constraints = [models.UniqueConstraint(fields=["recipient", "on"], name="letter_one_a_day")]

    def __str__(self) -> str:
        return f"{self.recipient_id} {self.on}"


class Waiting(models.Model):
    """A reminder that is still to go out by mail, or goes with a letter that was claimed."""

    reminder = models.OneToOneField(Reminder, on_delete=models.CASCADE, related_name="waiting")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    letter = models.ForeignKey(Letter, on_delete=models.SET_NULL, null=True, related_name="waiting")

    class Meta:
        verbose_name = _("nhắc việc chờ gửi thư")
        verbose_name_plural = _("nhắc việc chờ gửi thư")

    def __str__(self) -> str:
        return f"{self.reminder_id}"


class FeedAddress(models.Model):
    """The secret address of somebody's calendar. Only the token's hash is kept; a newer one ends it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    token_sha256 = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField(default=clock.now)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("địa chỉ lịch")
        verbose_name_plural = _("địa chỉ lịch")
        constraints = [models.UniqueConstraint(fields=["person"], condition=Q(revoked_at=None), name="feed_one_a_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.issued_at:%d/%m/%Y}"
