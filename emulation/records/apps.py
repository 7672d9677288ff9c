"""Set-up of the records app: its triggers are renewed after every migration and checked on request."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    name = "emulation.records"
    label = "records"
    verbose_name = _("Hồ sơ, nhật ký")

    def ready(self) -> None:
        from emulation.records import checks, triggers

        # Not a rule hidden in a signal: SQLite silently drops triggers when a migration rebuilds a table.
        post_migrate.connect(triggers.renew_after_migrate, dispatch_uid="records.triggers")
        register(checks.triggers_are_there, Tags.database)
