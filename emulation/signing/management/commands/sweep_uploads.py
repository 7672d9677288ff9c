"""`manage.py sweep_uploads`: delete uploaded files that nobody will inspect any more, and answers older than a day."""

from typing import Any

from django.core.management.base import BaseCommand

from emulation.signing.domain import uploads


class Command(BaseCommand):
    help = "Delete stale uploads of the verification page. Each new upload does so too."

    def handle(self, *_args: Any, **options: Any) -> None:
        gone = uploads.sweep()
        if options["verbosity"]:
            self.stdout.write(f"{gone} gone")
