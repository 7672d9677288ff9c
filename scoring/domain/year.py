"""The scoring of a bloc as its page shows it: the campaigns of the year, and the way to open one."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from blocs.beside import Act, Link, Part
from blocs.enums import SETTLED, DocumentKind
from blocs.models import BlocDocument, BlocYear
from emulation.organisation.actors import Actor
from scoring import campaign_policies as policies
from scoring.domain import overview
from scoring.enums import Period, Phase
from scoring.models import Campaign, CampaignPhase


def part(bloc_year: BlocYear, documents: Sequence[BlocDocument], actor: Actor) -> Part:
    """The campaigns of this bloc; who may open another is offered it once the regulation is agreed on.

    Without a scoring regulation there is neither, and nothing is asked.
    """
    regulations = [row for row in documents if row.kind == DocumentKind.SCORING]
    if not regulations:
        return Part(_("Chấm điểm"))
    found: dict[Campaign, dict[str, date | None]] = {}
    for row in (
        CampaignPhase.objects.filter(campaign__bloc_year=bloc_year)
        .select_related("campaign")
        .order_by("campaign__period", "campaign")
    ):
        row.campaign.bloc_year = bloc_year
        found.setdefault(row.campaign, {})[row.phase] = row.closes_on
    links = [
        Link(row.title, reverse("campaign", args=[row.pk]), "done" if row.phase == Phase.PUBLISHED else "doing", row.phase_name)
        for row in found
    ]
    settled = any(row.state in SETTLED for row in regulations)
    return Part(_("Chấm điểm"), overview.year_steps(found), links, _opening(bloc_year, found, actor) if settled else None)


def _opening(bloc_year: BlocYear, found: Iterable[Campaign], actor: Actor) -> Act | None:
    verdict = policies.leading(bloc_year, actor)
    if {row.period for row in found} >= set(Period.values) or not verdict:
        return None
    return Act(_("Mở đợt chấm điểm"), reverse("campaign_open", args=[bloc_year.pk]), verdict)
