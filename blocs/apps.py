"""Set-up of the blocs app: the covenant registers as a kind of document that can be signed."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BlocsConfig(AppConfig):
    name = "blocs"
    verbose_name = _("Khối thi đua")

    def ready(self) -> None:
        from blocs.domain.signing_kind import CovenantKind
        from emulation.signing import kinds

        kinds.register(CovenantKind())
