"""Set-up of the office app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficeConfig(AppConfig):
    name = "emulation.office"
    label = "office"
    verbose_name = _("Cơ quan thường trực")
