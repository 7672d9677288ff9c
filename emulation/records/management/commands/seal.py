"""`manage.py seal`: seal the audit. Started each minute by a timer; quiet when nothing moved."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from emulation.records.domain import seals
from emulation.records.seal_key import SealKeyProblem


class Command(BaseCommand):
    help = "Seal the heads of all audit streams that moved since the last seal."

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            seal = seals.seal_new_heads()
        except SealKeyProblem as error:
            raise CommandError(f"{error}: run `manage.py setup` with the environment of the server") from error
        if seal and options["verbosity"]:
            self.stdout.write(f"Đã niêm phong / sealed: {seal.seq}, {len(seal.heads)} streams")
