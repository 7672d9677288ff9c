"""`manage.py move_campaigns`: move on by date the campaigns whose phase is over and ready. Run by a timer; doing it twice does it once."""

from typing import Any

from django.core.management.base import BaseCommand

from scoring.domain import campaigns


class Command(BaseCommand):
    help = "Move on the scoring campaigns whose phase has passed its last day and that wait for nobody."

    def handle(self, *_args: Any, **options: Any) -> None:
        for campaign in campaigns.move_due():
            if options["verbosity"]:
                self.stdout.write(f"{campaign.bloc_year.full_name}: {campaign.title}: {campaign.phase_name}")
