"""Set-up of the app for reminders."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RemindersConfig(AppConfig):
    name = "emulation.reminders"
    label = "reminders"
    verbose_name = _("Lịch và nhắc việc")
