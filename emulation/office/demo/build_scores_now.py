"""The bloc that signed with pens goes on to its points: a regulation adopted and signed, a campaign in self-scoring."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from blocs.domain import discussion, drafts, signing
from blocs.domain.starting import default_text
from blocs.enums import AdoptionBasis, CheckKind, DocumentKind
from blocs.models import BlocDocument, BlocYear
from emulation.lib import clock
from emulation.office.demo import current_year as story
from emulation.office.demo.build_scores_2020 import fill_in
from emulation.office.demo.current_year import BlocStory
from emulation.office.demo.drafting import set_details, sign
from emulation.office.demo.papers_2020 import criteria_2020
from emulation.office.demo.stage import CLERK, Stage
from scoring.domain import campaigns, criteria, report_outlines, sheets
from scoring.domain.campaigns import adopted_set
from scoring.domain.reading import sealed_text
from scoring.domain.usual_outline import usual_outline
from scoring.enums import Phase
from scoring.models import Sheet

# How much of its sheet each unit has filled in by now, in the order of the seats; who filled in everything has handed in.
FILLED = (1, 0.6, 0.25)


@dataclass(frozen=True)
class Season:
    """When a document was drafted, when silence counted as consent, when it was signed, when scoring began, until when it lasts."""

    drafted: datetime
    deadline: datetime
    signed: datetime
    opened: datetime
    until: datetime


def build(stage: Stage, bloc: BlocStory, bloc_year: BlocYear, season: Season) -> None:
    """From the regulation to sheets that are filled in by half; before that, reports by the outline."""
    bring_out(stage, bloc, bloc_year, season, DocumentKind.SCORING)
    days = {phase: season.until.date() + timedelta(days=4 * place) for place, phase in enumerate(list(Phase)[:-1])}
    with stage.acting(season.opened, bloc.leader) as actor:
        campaign = campaigns.open_campaign(bloc_year, adopted_set(bloc_year), actor=actor, dates=days)
    text = sealed_text(campaign.criteria_set)
    for place, (unit, share) in enumerate(zip(bloc.units, FILLED, strict=False)):
        sheet = Sheet.objects.full().get(campaign=campaign, unit=stage.units[unit.key])
        with stage.acting(season.opened + timedelta(days=1, hours=place), f"{unit.key}.canbo") as actor:
            fill_in(sheet, text, unit, actor, share=share)
        if share == 1:
            with stage.acting(season.opened + timedelta(days=2), f"{unit.key}.truong") as actor:
                sheets.submit(sheet, actor=actor)


def bring_out(stage: Stage, bloc: BlocStory, bloc_year: BlocYear, season: Season, kind: str) -> BlocDocument:
    """The regulation with its criteria, or the outline of reports: adopted since nobody objected, checked twice, signed by the leader."""
    with stage.acting(season.drafted, bloc.drafter) as actor:
        text = replace(default_text(bloc_year, kind), bases=story.BASES)
        document = drafts.start(bloc_year, actor=actor, kind=kind, text=text)
        if kind == DocumentKind.SCORING:
            criteria.start(document, actor=actor, text=criteria_2020())
        else:
            report_outlines.start(document, actor=actor, text=usual_outline())
        set_details(document, actor=actor)
    with stage.acting(season.drafted + timedelta(hours=1), bloc.leader) as actor:
        version = discussion.publish(document, actor=actor, deadline=season.deadline)
    with stage.acting(season.deadline + timedelta(hours=15), bloc.leader) as actor:
        discussion.adopt(version, actor=actor, basis=AdoptionBasis.LAPSE, held_on=clock.today())
    with stage.acting(season.signed, bloc.deputy) as actor:
        signing.check(version, CheckKind.CONTENT, actor=actor)
    with stage.acting(season.signed + timedelta(minutes=20), CLERK) as actor:
        signing.check(version, CheckKind.FORM, actor=actor)
    with stage.acting(season.signed + timedelta(minutes=40), bloc.leader) as actor:
        signing_round = signing.open_signing(document, actor=actor)
    sign(stage, signing_round, [(season.signed + timedelta(minutes=50), bloc.leader)])
    return document
