"""`manage.py tidy`: forget what has served: finished background tasks, stale uploads and exports, expired sessions. Run each night."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Delete finished background tasks older than two weeks, stale uploads and exports, expired sessions."

    def handle(self, *_args: Any, **options: Any) -> None:
        call_command("prune_db_task_results", verbosity=options["verbosity"])
        call_command("sweep_uploads", verbosity=options["verbosity"])
        call_command("sweep_orders", verbosity=options["verbosity"])
        call_command("clearsessions", verbosity=options["verbosity"])
