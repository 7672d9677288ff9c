"""Set-up of the scoring app: it says what a scoring regulation encloses, and what a bloc shows of its scoring."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScoringConfig(AppConfig):
    name = "scoring"
    verbose_name = _("Chấm điểm")

    def ready(self) -> None:
        from blocs import beside, enclosing
        from blocs.enums import DocumentKind
        from emulation.inbox import dues as due
        from emulation.records.domain import checks
        from emulation.signing import kinds
        from scoring.domain import dues, runs, verifying, year
        from scoring.domain.enclosing import CriteriaEnclosure
        from scoring.domain.outline_enclosing import OutlineEnclosure
        from scoring.domain.standings_kind import StandingsKind

        enclosing.register(DocumentKind.SCORING, CriteriaEnclosure())
        enclosing.register(DocumentKind.OUTLINE, OutlineEnclosure())
        beside.register(year.part)
        checks.register(runs.broken)
        checks.register(verifying.broken)
        kinds.register(StandingsKind())
        due.register(dues.dues)
