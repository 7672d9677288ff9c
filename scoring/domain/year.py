"""The scoring of a bloc as its page shows it: the campaigns of the year, and the way to open one."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from blocs.beside import Act, Link, Part
from blocs.enums import DocumentKind
from blocs.models import BlocDocument, BlocYear
from emulation.organisation.actors import Actor
from scoring import campaign_policies as policies
from scoring.domain import campaigns, overview
from scoring.enums import Period, Phase
from scoring.models import Campaign


def part(bloc_year: BlocYear, documents: Sequence[BlocDocument], actor: Actor) -> Part:
    """The campaigns of this bloc; who may open another is offered it once the criteria are adopted.

    Without a scoring regulation there is neither, and nothing is asked.
    """
    if not any(row.kind == DocumentKind.SCORING for row in documents):
        return Part(_("Chấm điểm"))
    found = list(Campaign.objects.filter(bloc_year=bloc_year).prefetch_related("dates"))
    for campaign in found:
        campaign.bloc_year = bloc_year
    links = [
        Link(row.title, reverse("campaign", args=[row.pk]), "done" if row.phase == Phase.PUBLISHED else "doing", row.phase_name)
        for row in found
    ]
    return Part(_("Chấm điểm"), overview.year_steps(found), links, _opening(bloc_year, found, actor))


def _opening(bloc_year: BlocYear, found: list[Campaign], actor: Actor) -> Act | None:
    if {row.period for row in found} >= set(Period.values) or not policies.leading(bloc_year, actor):
        return None
    criteria_set = campaigns.adopted_set(bloc_year)
    if criteria_set is None:
        return None
    verdict = policies.may_open_campaign(bloc_year, criteria_set, actor)
    return Act(_("Mở đợt chấm điểm"), reverse("campaign_open", args=[bloc_year.pk]), verdict)
