"""`manage.py sweep_orders`: delete files that were asked for more than a day ago."""

from typing import Any

from django.core.management.base import BaseCommand

from emulation.orders.domain import orders


class Command(BaseCommand):
    help = "Delete files made in the background that are older than a day. Each new one does so too."

    def handle(self, *_args: Any, **options: Any) -> None:
        gone = orders.sweep()
        if options["verbosity"]:
            self.stdout.write(f"{gone} gone")
