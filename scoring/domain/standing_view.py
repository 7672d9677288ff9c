"""Which stored run an actor is shown: what was published, or what the bloc comes to now for who prepares or ratifies the result."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from emulation.lib.verdict import Verdict
from emulation.organisation.actors import Actor
from emulation.organisation.models import Unit
from scoring import campaign_policies as policies
from scoring.documents import settings
from scoring.domain import runs
from scoring.domain.runs import OFFICIAL, Result
from scoring.enums import Layer, Period, Phase, StandingState
from scoring.models import Campaign, Run, Snapshot

# Years that are laid side by side.
MOST_YEARS = 6


@dataclass(frozen=True)
class Shown:
    """A result with the snapshot that publishes it; without a result, why there is none."""

    result: Result | None
    snapshot: Snapshot | None
    published: list[Snapshot]
    verdict: Verdict

    @property
    def is_published(self) -> bool:
        return self.snapshot is not None

    @property
    def newest(self) -> Snapshot | None:
        """The snapshot that holds now."""
        return self.published[0] if self.published else None


def shown(campaign: Campaign, actor: Actor, version: str = "") -> Shown:
    """The run that is to be shown. `version`: a published snapshot's number, as it stands in an address."""
    published = sorted(_published(campaign), key=lambda row: -row.number)
    verdict = policies.may_see_running(campaign, actor)
    wanted = next((row for row in published if str(row.number) == version), None)
    if wanted is None and (campaign.phase == Phase.PUBLISHED or not verdict):
        wanted = next(iter(published), None)
    if wanted:
        return Shown(_result(campaign, wanted.run_id), wanted, published, verdict)
    latest = runs.latest(campaign) if verdict else None
    return Shown(_known(campaign, latest), None, published, verdict)


def _published(campaign: Campaign) -> Iterable[Snapshot]:
    return (row for row in campaign.snapshots.all() if row.state == StandingState.PUBLISHED)


def _result(campaign: Campaign, run_id: int) -> Result | None:
    return _known(campaign, Run.objects.defer("inputs").get(pk=run_id))


def _known(campaign: Campaign, run: Run | None) -> Result | None:
    if run is None:
        return None
    run.campaign = campaign
    return Result(run)


def chosen_unit(campaign: Campaign, result: Result, actor: Actor, given: str) -> Unit:
    """The unit asked for, else one's own, else the first."""
    units = {
        str(seat.unit_id): seat.unit for seat in campaign.bloc_year.ordered_seats if str(seat.unit_id) in result.official.units
    }
    return units.get(given) or units.get(str(actor.unit_id)) or next(iter(units.values()))


def layer_name(campaign: Campaign, name: str) -> str:
    """A layer's name over its column."""
    if name == OFFICIAL:
        return _("Điểm chính thức")
    return campaign.appraisal_name if name == Layer.APPRAISED else str(Layer(name).label)


def before(campaign: Campaign) -> Result | None:
    """What was published of the same bloc a year before, for the same period."""
    found = _of_bloc(campaign, [campaign.bloc_year.year_id - 1])
    return found.get(campaign.bloc_year.year_id - 1)


def years(campaign: Campaign, result: Result) -> dict[int, Result]:
    """This result beside what was published in the years before."""
    year = campaign.bloc_year.year_id
    return {**_of_bloc(campaign, range(year - MOST_YEARS + 1, year)), year: result}


def _of_bloc(campaign: Campaign, wanted: Iterable[int]) -> dict[int, Result]:
    """The newest published results of the bloc in these years, of full years and half years apart; one query."""
    rows = Snapshot.objects.filter(
        state=StandingState.PUBLISHED,
        campaign__bloc_year__bloc=campaign.bloc_year.bloc_id,
        campaign__bloc_year__year__in=list(wanted),
        campaign__period=Period(campaign.period),
    )
    known = rows.select_related("run", "campaign__bloc_year", "campaign__criteria_set").defer("run__inputs").order_by("number")
    found = {}
    for row in known:
        row.run.campaign = row.campaign
        found[row.campaign.bloc_year.year_id] = Result(row.run)
    return found


def other_years(campaign: Campaign, actor: Actor) -> dict[int, int]:
    """The campaigns of the same bloc and period whose result is published and which the actor may see, by year; one query."""
    rows = Campaign.objects.visible_to(actor).exclude(pk=campaign.pk)
    rows = rows.filter(bloc_year__bloc=campaign.bloc_year.bloc_id, period=campaign.period)
    published = rows.filter(Exists(Snapshot.objects.filter(campaign=OuterRef("pk"), state=StandingState.PUBLISHED)))
    newest = published.order_by("-bloc_year__year").values_list("bloc_year__year", "pk")
    return dict(newest[: MOST_YEARS - 1])


def note(result: Result) -> str:
    """How equal totals are told apart, under the table."""
    return settings.ties_in_words(result.text)
