"""Set-up of the scoring app: it says what a scoring regulation encloses."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScoringConfig(AppConfig):
    name = "scoring"
    verbose_name = _("Chấm điểm")

    def ready(self) -> None:
        from blocs import enclosing
        from blocs.enums import DocumentKind
        from scoring.domain.enclosing import CriteriaEnclosure

        enclosing.register(DocumentKind.SCORING, CriteriaEnclosure())
