"""Set-up of the inbox app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InboxConfig(AppConfig):
    name = "emulation.inbox"
    label = "inbox"
    verbose_name = _("Thông báo")
