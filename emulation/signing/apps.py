"""Set-up of the signing app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SigningConfig(AppConfig):
    name = "emulation.signing"
    label = "signing"
    verbose_name = _("Ký và xác minh")
