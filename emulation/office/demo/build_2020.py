"""2020, act by act: the district-level units, their bloc, the covenant from draft to nine signatures, the conference, their end in 2025."""

from datetime import timedelta

from blocs.domain import blocs, discussion, drafts, signing
from blocs.domain.blocs import BlocPlan, SeatPlan
from blocs.domain.starting import StartingText
from blocs.enums import AdoptionBasis, CheckKind, SeatRole
from blocs.models import BlocDocument, BlocYear, Remark, Version
from emulation.lib import clock
from emulation.office.demo import (
    build_activities,
    build_reports,
    build_scores_2020,
    cast,
    covenant_2020,
    joint_activities,
    papers_2020,
)
from emulation.office.demo import build_meeting_2020 as meeting
from emulation.office.demo import year_2020 as story
from emulation.office.demo.drafting import add_aims, send_stands, set_details, sign
from emulation.office.demo.stage import CLERK, Stage
from emulation.organisation.domain import people, units
from emulation.organisation.models import Position
from emulation.reports.enums import PeriodKind


def build(stage: Stage) -> None:
    """Everything of 2020."""
    enter_people(stage)
    bloc_year = form_bloc(stage)
    document = draft(stage, bloc_year)
    version, parked = discuss(stage, document)
    papers = papers_2020.publish(stage, bloc_year)
    conference = meeting.prepare(stage, bloc_year, [version, *papers])
    meeting.open_hall(stage, conference, parked)
    meeting.vote(stage, conference)
    adopt_and_sign(stage, version, papers)
    papers_2020.bring_out(stage, papers)
    meeting.conclude(stage, conference)
    meeting.report(stage, conference)
    bloc_year = BlocYear.objects.full().get(pk=bloc_year.pk)
    build_activities.build(stage, bloc_year, joint_activities.FIRST_HALF, entered=joint_activities.FIRST_ENTERED)
    build_reports.build_2020(stage, bloc_year, PeriodKind.INTERIM)
    build_activities.build(stage, bloc_year, joint_activities.SECOND_HALF)
    build_reports.build_2020(stage, bloc_year, PeriodKind.FINAL)
    build_reports.of_province(stage)
    build_scores_2020.build(stage, bloc_year)
    end_districts(stage)


def enter_people(stage: Stage) -> None:
    """Set-up makes province and office; the office enters everybody else."""
    with clock.at(story.ACCOUNTS_OPENED):
        since, in_post = cast.DISTRICTS_FROM, cast.IN_POST_SINCE
        stage.enter(cast.PROVINCE, since=since, in_post_since=in_post, parent=None, actor=None)
        province = stage.units[cast.PROVINCE.key]
        stage.enter(cast.OFFICE, since=since, in_post_since=in_post, parent=province, actor=None)
        office = stage.actor(CLERK)
        for unit in cast.DISTRICTS:
            stage.enter(unit, since=since, in_post_since=in_post, parent=province, actor=office)
        for unit in (cast.PROVINCE, *cast.DISTRICTS):
            stage.record_mandates(unit, actor=office)


def form_bloc(stage: Stage) -> BlocYear:
    """The office forms the bloc as the decision says."""
    with stage.acting(story.FORMED, CLERK) as actor:
        seats = [SeatPlan(stage.units[unit.key], story.ROLES.get(unit.key, SeatRole.MEMBER)) for unit in cast.DISTRICTS]
        plan = BlocPlan(
            name=story.BLOC_NAME,
            decision_number=story.DECISION_NUMBER,
            decision_date=story.DECISION_DATE,
            seats=seats,
            presiding_leader=story.PRESIDING_LEADER,
            draft_due=story.DRAFT_DUE,
            sign_due=story.SIGN_DUE,
        )
        return blocs.form(story.YEAR, plan, actor=actor)


def draft(stage: Stage, bloc_year: BlocYear) -> BlocDocument:
    """The deputy unit's staff drafts; each unit registers the titles it strives for."""
    text = StartingText(
        title="Giao ước thi đua",
        bases=covenant_2020.BASES,
        opening=covenant_2020.OPENING,
        pieces=covenant_2020.PIECES,
        recipients=covenant_2020.RECIPIENTS,
    )
    with stage.acting(story.DRAFTED, story.DRAFTER) as actor:
        document = drafts.start(bloc_year, actor=actor, text=text)
        add_aims(stage, document, covenant_2020.AIMS, actor=actor)
    for place, unit in enumerate(cast.DISTRICTS):
        with stage.acting(story.REGISTERED + timedelta(minutes=7 * place), f"{unit.key}.canbo") as actor:
            drafts.register_titles(document, stage.units[unit.key], story.TITLES[unit.key], actor=actor)
    return document


def discuss(stage: Stage, document: BlocDocument) -> tuple[Version, Remark]:
    """Remarks on the first version lead to a second, on which all units take their stand; one remark is left for the conference."""
    with stage.acting(story.PUBLISHED, story.PUBLISHER) as actor:
        first = discussion.publish(document, actor=actor, deadline=story.FIRST_DEADLINE)
    send_stands(stage, first, [story.REMARK_ON_FIRST])
    meeting.remark_on_first(stage, first)
    with stage.acting(story.PUBLISHED_AGAIN - timedelta(minutes=20), story.DRAFTER) as actor:
        indicator = document.indicators.get(name=covenant_2020.SERIOUS_CASES)
        drafts.save_indicator(indicator, actor=actor, seen=indicator.edits, values={"bloc_value": covenant_2020.AGREED_VALUE})
    with stage.acting(story.PUBLISHED_AGAIN, story.PUBLISHER) as actor:
        second = discussion.publish(document, actor=actor, deadline=story.SECOND_DEADLINE)
    send_stands(stage, second, story.STANDS)
    return second, meeting.remark_on_second(stage, second)


def adopt_and_sign(stage: Stage, version: Version, papers: list[Version]) -> None:
    """The conference of 4 March: three documents agreed in one act; the covenant then checked, frozen and signed by nine."""
    document = version.document
    with stage.acting(story.DETAILS_SET, story.DRAFTER) as actor:
        host = stage.units[story.HOST]
        set_details(document, actor=actor, date=story.CONFERENCE_DATE, place=story.PLACE, host_unit=host, has_witness=True)
    with stage.acting(story.ADOPTED, story.ADOPTED_BY) as actor:
        discussion.adopt(
            version,
            actor=actor,
            basis=AdoptionBasis.CONFERENCE,
            held_on=story.CONFERENCE_DATE,
            present=len(cast.DISTRICTS),
            note=story.ADOPTION_NOTE,
            also=papers,
        )
    with stage.acting(story.CHECKED_CONTENT, story.CHECKER_OF_CONTENT) as actor:
        signing.check(version, CheckKind.CONTENT, actor=actor)
    with stage.acting(story.CHECKED_FORM, story.CHECKER_OF_FORM) as actor:
        signing.check(version, CheckKind.FORM, actor=actor)
    with stage.acting(story.OPENED, story.OPENED_BY) as actor:
        signing_round = signing.open_signing(document, actor=actor, deadline=story.SIGN_DEADLINE)
    sign(stage, signing_round, story.SIGNATURES)


def end_districts(stage: Stage) -> None:
    """The district level ended with February 2025; what its units signed stays."""
    with stage.acting(story.DISTRICTS_END, CLERK) as actor:
        for unit in cast.DISTRICTS:
            for position in Position.objects.full().filter(unit=stage.units[unit.key]):
                people.end_position(position, actor=actor, last_day=cast.DISTRICTS_UNTIL)
            units.end(stage.units[unit.key], actor=actor, last_day=cast.DISTRICTS_UNTIL)
