"""Set-up of the reports app: its kind of signed document, and what of its figures counts elsewhere."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "emulation.reports"
    label = "reports"
    verbose_name = _("Báo cáo")

    def ready(self) -> None:
        from blocs import beside
        from blocs.domain import blocs
        from blocs.domain import dues as bloc_dues
        from emulation.inbox import dues as due
        from emulation.records.domain import documents
        from emulation.reports.domain import (
            activities,
            activity_photos,
            activity_tables,
            actuals,
            dues,
            lateness,
            opening,
            reseating,
            score_tables,
            year,
        )
        from emulation.reports.domain.bloc_report_kind import BlocReportKind
        from emulation.reports.domain.material import register_table
        from emulation.reports.domain.province_kind import ProvinceReportKind
        from emulation.reports.domain.report_kind import ReportKind
        from emulation.signing import kinds
        from scoring.domain import facts
        from scoring.enums import FilledFrom

        blocs.register(reseating.follow)
        beside.register(year.part)
        beside.register(activities.part)
        documents.also_kept(activity_photos.kept)
        register_table(FilledFrom.JOINT, activity_tables.rows)
        register_table(FilledFrom.SCORES, score_tables.rows)
        kinds.register(ReportKind())
        kinds.register(BlocReportKind())
        kinds.register(ProvinceReportKind())
        facts.register(actuals.reported)
        facts.register(lateness.late)
        facts.register(activity_tables.counted)
        due.register(dues.dues)
        due.register(opening.dues)
        bloc_dues.register_condition("unasked", opening.missing)
        facts.register_changes(actuals.changes)
        facts.register_grounds(activity_tables.grounds)
