"""Set-up of the organisation app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationConfig(AppConfig):
    name = "emulation.organisation"
    label = "organisation"
    verbose_name = _("Đơn vị và cán bộ")
