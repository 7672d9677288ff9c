"""`manage.py remind`: tell everybody what is due, send the mail. Run by a timer; doing it twice, or at once, does it once."""

from typing import Any

from django.core.management.base import BaseCommand

from emulation.reminders.domain import letters, running


class Command(BaseCommand):
    help = "Remind people of what is due or has passed, once each, and send the mail that they want."

    def handle(self, *_args: Any, **options: Any) -> None:
        said = running.remind()
        mail = letters.send()
        if options["verbosity"] and (said or mail.sent or mail.failed):
            self.stdout.write(f"{len(said)} reminders; letters: {mail.sent} sent, {mail.failed} to be tried again")
