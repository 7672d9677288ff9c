"""Set-up of the app of files that are made in the background."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrdersConfig(AppConfig):
    name = "emulation.orders"
    label = "orders"
    verbose_name = _("Tệp tạo ngầm")
