"""`manage.py sweep_exports`: delete files of results that were asked for more than a day ago."""

from typing import Any

from django.core.management.base import BaseCommand

from scoring.domain import exports


class Command(BaseCommand):
    help = "Delete exported results older than a day. Each new export does so too."

    def handle(self, *_args: Any, **options: Any) -> None:
        gone = exports.sweep()
        if options["verbosity"]:
            self.stdout.write(f"{gone} gone")
