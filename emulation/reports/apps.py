"""Set-up of the reports app: its kind of signed document, and what of its figures counts elsewhere."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "emulation.reports"
    label = "reports"
    verbose_name = _("Báo cáo")

    def ready(self) -> None:
        from emulation.reports.domain import actuals
        from emulation.reports.domain.report_kind import ReportKind
        from emulation.signing import kinds
        from scoring.domain import facts

        kinds.register(ReportKind())
        facts.register(actuals.reported)
