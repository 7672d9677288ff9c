"""The current year, act by act: one bloc signs with two seats empty, another discusses, a third signed on paper and scores itself."""

from dataclasses import replace
from datetime import datetime, timedelta

from blocs.domain import blocs, conferences, decisions, discussion, drafts, library, signing
from blocs.domain.blocs import BlocPlan, SeatPlan
from blocs.domain.starting import default_text
from blocs.enums import AdoptionBasis, CheckKind, ConferenceKind, DocumentKind, SeatRole
from blocs.models import BlocYear, Version
from emulation.lib import clock
from emulation.office.demo import (
    build_activities,
    build_on_paper,
    build_replaced,
    build_reports,
    build_scores_now,
    cast,
    joint_activities,
)
from emulation.office.demo import current_year as story
from emulation.office.demo.current_year import BlocStory
from emulation.office.demo.drafting import add_aims, send_stands, set_details, sign
from emulation.office.demo.stage import CLERK, Stage


def build(stage: Stage) -> None:
    """All three blocs. The days are those of the clock outside, so they are settled before any act moves it."""
    to_sign, discussing, with_pens = story.open_for_signing(), story.in_discussion(), story.on_paper()
    ceremony = build_on_paper.Ceremony(checked=story.at(20, 9), signed=story.at(9, 14), recorded=story.at(8, 9))
    signatures, opened, prepared = story.signatures(), story.at(1, 14), story.at(1, 10)
    checked, adopted, deadline = story.at(12, 9), story.at(19, 9), story.at(-5, 17)
    first, second = story.at(7, 8), story.at(3, 8)
    season = build_scores_now.Season(story.at(20, 8), story.at(12, 17), story.at(10, 9), story.at(6, 8), story.at(-5, 17))
    together, told = joint_activities.of_now(story.day(44).year), story.at(18, 15)
    course = build_reports.Course(story.at(8, 8), story.at(6, 9), story.at(2, 17), story.at(-8, 17))
    announced, meeting = (story.at(3, 14), story.at(2, 9)), story.at(-9, 8)
    enter_people(stage, since=datetime.combine(story.COMMUNES_FROM, opened.timetz()))
    keep_library(stage, since=datetime.combine(story.COMMUNES_FROM, opened.timetz()))
    version = publish(stage, to_sign)
    send_stands(stage, version, to_sign.stands)
    adopt_and_check(stage, to_sign, version, adopted=adopted, checked=checked)
    with stage.acting(opened, to_sign.leader) as actor:
        set_details(version.document, actor=actor)
    # The date belongs to the form, which is therefore checked last.
    with stage.acting(opened + timedelta(minutes=5), CLERK) as actor:
        signing.check(version, CheckKind.FORM, actor=actor)
    with stage.acting(opened + timedelta(minutes=10), to_sign.leader) as actor:
        signing_round = signing.open_signing(version.document, actor=actor, deadline=deadline)
    sign(stage, signing_round, signatures)
    version = publish(stage, discussing)
    send_stands(stage, version, discussing.stands)
    with stage.acting(prepared, story.PREPARED_BY) as actor:
        discussion.prepare_stand(version, actor=actor, opinion=story.PREPARED_OPINION)
    invite(stage, discussing, version, announced=announced, starts_at=meeting)
    version = publish(stage, with_pens)
    send_stands(stage, version, with_pens.stands)
    adopt_and_check(stage, with_pens, version, adopted=story.at(23, 9), checked=ceremony.checked)
    build_on_paper.sign(stage, with_pens, version, ceremony)
    build_replaced.build(stage, with_pens, version.document.bloc_year, first=first, second=second)
    bloc_year = BlocYear.objects.full().get(pk=version.document.bloc_year_id)
    build_scores_now.bring_out(stage, with_pens, bloc_year, replace(season, drafted=story.at(20, 10)), DocumentKind.OUTLINE)
    build_activities.build(stage, bloc_year, together, entered=told)
    build_reports.build_now(stage, with_pens, bloc_year, course)
    build_scores_now.build(stage, with_pens, bloc_year, season)


def enter_people(stage: Stage, *, since: datetime) -> None:
    """The office enters the communes' units and people."""
    with stage.acting(since, CLERK) as office:
        day = clock.today()
        for unit in (*story.COAST, *story.UPLAND, *story.RIVER):
            stage.enter(unit, since=day, in_post_since=day, parent=stage.units[cast.PROVINCE.key], actor=office)
            stage.record_mandates(unit, actor=office)


def keep_library(stage: Stage, *, since: datetime) -> None:
    """The office writes the clauses that its blocs may take into their drafts."""
    with stage.acting(since, CLERK) as office:
        for order, (heading, text) in enumerate(story.LIBRARY, start=1):
            library.keep(None, actor=office, values={"order": order, "heading": heading, "text": text})


def publish(stage: Stage, bloc: BlocStory) -> Version:
    """From the decision to the published draft, which starts from the default text."""
    bloc_year = form_bloc(stage, bloc)
    with stage.acting(bloc.drafted, bloc.drafter) as actor:
        document = drafts.start(bloc_year, actor=actor, text=replace(default_text(bloc_year), bases=story.BASES))
        add_aims(stage, document, story.AIMS, actor=actor)
    for place, unit in enumerate(bloc.units):
        with stage.acting(bloc.drafted + timedelta(days=1, minutes=9 * place), f"{unit.key}.canbo") as actor:
            title = story.TITLES[place % len(story.TITLES)]
            drafts.register_titles(document, stage.units[unit.key], [title], actor=actor)
    with stage.acting(bloc.published, bloc.leader) as actor:
        return discussion.publish(document, actor=actor, deadline=bloc.deadline)


def form_bloc(stage: Stage, bloc: BlocStory) -> BlocYear:
    """The office forms the bloc as the decision says."""
    year = clock.today().year
    with stage.acting(bloc.formed, CLERK) as actor:
        plan = BlocPlan(
            name=bloc.name,
            decision_number=bloc.decision_number,
            decision_date=bloc.formed.date(),
            seats=[SeatPlan(stage.units[unit.key], bloc.roles.get(unit.key, SeatRole.MEMBER)) for unit in bloc.units],
            draft_due=bloc.draft_due,
            sign_due=bloc.sign_due,
        )
        return blocs.form(year, plan, actor=actor)


def invite(stage: Stage, bloc: BlocStory, version: Version, *, announced: tuple[datetime, datetime], starts_at: datetime) -> None:
    """The leader unit plans the conference at which the covenant is to be signed, and invites the units to it."""
    planned, invited = announced
    bloc_year = BlocYear.objects.full().get(pk=version.document.bloc_year_id)
    with stage.acting(planned, bloc.drafter) as actor:
        usual = conferences.usual_plan(bloc_year, ConferenceKind.SIGNING, starts_at)
        wanted = replace(
            usual, secretary=actor.position, presiding_leader=story.PRESIDING_LEADER, invitation_number=story.INVITATION
        )
        conference = conferences.plan(bloc_year, ConferenceKind.SIGNING, wanted, actor=actor)
        decisions.lay(conference, actor=actor, document=version.document)
    with stage.acting(invited, bloc.leader) as actor:
        conferences.invite(conference, actor=actor)


def adopt_and_check(stage: Stage, bloc: BlocStory, version: Version, *, adopted: datetime, checked: datetime) -> None:
    """All units agreed; the deputy unit's commander checks the content."""
    with stage.acting(adopted, bloc.leader) as actor:
        discussion.adopt(version, actor=actor, basis=AdoptionBasis.CONSENSUS, held_on=clock.today())
    with stage.acting(checked, bloc.deputy) as actor:
        signing.check(version, CheckKind.CONTENT, actor=actor)
