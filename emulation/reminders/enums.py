"""Fixed lists of reminders."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Frequency(TextChoices):
    """How often somebody wants mail. Notices in the application come always."""

    DAILY = "daily", _("Mỗi ngày một thư gom các việc")
    WEEKLY = "weekly", _("Mỗi tuần một thư gom các việc")
    URGENT = "urgent", _("Chỉ khi còn một ngày, đến hạn hoặc quá hạn")


class Language(TextChoices):
    VIETNAMESE = "vi", _("Tiếng Việt")
    ENGLISH = "en", _("Tiếng Anh")
