"""2020: what the units remarked and what became of it; the conference of 4 March from its plan to its signed minutes."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from blocs.domain import attendance, conferences, decisions, directives, minutes, places, remarks
from blocs.domain.attendance import AttendanceRow
from blocs.domain.conferences import usual_plan
from blocs.domain.decisions import Vote
from blocs.domain.directives import Wanted
from blocs.domain.snapshots import version_text
from blocs.enums import AttendanceRole, ConferenceKind, RemarkState
from blocs.models import BlocYear, Conference, DirectiveTask, Remark, Version
from emulation.office.demo import cast
from emulation.office.demo import meeting_2020 as story
from emulation.office.demo.cast import PASSWORD
from emulation.office.demo.meeting_2020 import RemarkStory
from emulation.office.demo.stage import Stage
from emulation.signing.domain import rounds
from emulation.signing.models import SigningRound


def remark(stage: Stage, version: Version, told: RemarkStory) -> Remark:
    """A unit's staff make a remark on this version."""
    meant = next(
        place for place in places.places(version_text(version)) if (place.kind, place.heading) == (told.place, told.heading)
    )
    with stage.acting(told.at, told.login) as actor:
        return remarks.raise_remark(version, actor=actor, place=meant.kind, key=meant.key, text=told.text, proposed=told.proposed)


def answer(stage: Stage, made: Remark, told: RemarkStory) -> None:
    """The deputy unit's commander accepts it, declines it, or leaves it for the conference."""
    with stage.acting(told.answered, told.answered_by) as actor:
        if told.state == RemarkState.ACCEPTED:
            remarks.accept(made, actor=actor, answer=told.answer)
        elif told.state == RemarkState.REJECTED:
            remarks.reject(made, actor=actor, answer=told.answer)
        else:
            remarks.park(made, actor=actor, answer=told.answer)


def remark_on_first(stage: Stage, version: Version) -> None:
    """Three remarks on the first version and what was answered."""
    for told in story.REMARKS_ON_FIRST:
        answer(stage, remark(stage, version, told), told)


def remark_on_second(stage: Stage, version: Version) -> Remark:
    """One remark on the second version, left for the conference."""
    made = remark(stage, version, story.PARKED_REMARK)
    answer(stage, made, story.PARKED_REMARK)
    return made


def prepare(stage: Stage, bloc_year: BlocYear, versions: Iterable[Version]) -> Conference:
    """The leader unit plans the conference, invites the units and lays the documents on the table."""
    bloc_year = BlocYear.objects.full().get(pk=bloc_year.pk)
    with stage.acting(story.PLANNED, story.ORGANISER) as actor:
        assert actor.position is not None
        usual = usual_plan(bloc_year, ConferenceKind.SIGNING, story.STARTS)
        number, note = story.INVITATION_NUMBER, story.INVITATION_NOTE
        plan = replace(usual, secretary=actor.position, invitation_number=number, invitation_note=note)
        conference = conferences.plan(bloc_year, ConferenceKind.SIGNING, plan, actor=actor)
    with stage.acting(story.INVITED, story.ORGANISER) as actor:
        conferences.invite(conference, actor=actor)
    with stage.acting(story.LAID, story.ORGANISER) as actor:
        for version in versions:
            decisions.lay(conference, actor=actor, document=version.document)
    return conference


def open_hall(stage: Stage, conference: Conference, parked: Remark) -> None:
    """The conference begins: the roll, and the remark that was left for it."""
    with stage.acting(story.STARTS, story.SECRETARY) as actor:
        conferences.hold(conference, actor=actor)
        attendance.record(conference, list(_roll(stage, conference)), actor=actor)
    with stage.acting(story.SETTLED, story.PARKED_REMARK.answered_by) as actor:
        remarks.accept(parked, actor=actor, answer=story.SETTLED_ANSWER)


def vote(stage: Stage, conference: Conference) -> None:
    """Everybody is in favour of each document on the table; one unit has its reservation written down."""
    with stage.acting(story.DECIDED, story.SECRETARY) as actor:
        for item in conference.table.order_by("order"):
            reservations = story.RESERVATION if item.order == 1 else ""
            said = Vote(f"Thông qua {item.title}", len(cast.DISTRICTS), about=item, reservations=reservations)
            decisions.decide(conference, said, actor=actor)


def conclude(stage: Stage, conference: Conference) -> SigningRound:
    """What the presiding leader asked for, the end, the minutes with their two signatures."""
    with stage.acting(story.DIRECTED, story.SECRETARY) as actor:
        for told in story.DIRECTIVES:
            units = [stage.units[key].pk for key in told.units or [unit.key for unit in cast.DISTRICTS]]
            directives.give(conference, Wanted(told.text, units, told.due), actor=actor)
    with stage.acting(story.ENDED, story.SECRETARY) as actor:
        conferences.close(conference, actor=actor, ended_at=story.ENDED)
    with stage.acting(story.WRITTEN, story.SECRETARY) as actor:
        drafted = minutes.draft(conference, actor=actor)
        drafted = minutes.save(drafted, actor=actor, seen=drafted.edits, values={"number": story.MINUTES_NUMBER})
    with stage.acting(story.MINUTES_OPENED, story.SECRETARY) as actor:
        signing_round = minutes.open_signing(drafted, actor=actor)
    for moment, login, role in story.MINUTES_SIGNED:
        with stage.acting(moment, login) as actor:
            slot = signing_round.slots.select_related("round", "unit").get(role=role)
            frozen = signing_round.document.revisions.get(number=0)
            rounds.sign(slot, actor=actor, secret=PASSWORD, digest_shown=frozen.sha256)
    return signing_round


def report(stage: Stage, conference: Conference) -> None:
    """What the units had done about it by the end of the year."""
    logins = {stage.units[unit.key].pk: f"{unit.key}.canbo" for unit in cast.DISTRICTS}
    for order, moment, text in story.REPORTS:
        tasks = DirectiveTask.objects.filter(directive__conference=conference, directive__order=order).order_by("pk")
        for place, task in enumerate(tasks):
            with stage.acting(moment + timedelta(minutes=11 * place), logins[task.unit_id]) as actor:
                directives.report(task, actor=actor, text=text)


def _roll(stage: Stage, conference: Conference) -> Iterable[AttendanceRow]:
    for row in conference.attendance.order_by("order"):
        away = row.unit_id == stage.units[story.STAND_IN_UNIT].pk
        reason = story.ABSENT_REASON if away else ""
        yield AttendanceRow(row.pk, representative=row.representative, role=row.role, is_present=not away, reason=reason)
    yield AttendanceRow(None, unit=stage.units[story.STAND_IN_UNIT], representative=story.STAND_IN, is_present=True)
    guests = stage.units[story.GUEST_UNIT]
    yield AttendanceRow(None, unit=guests, representative=story.GUEST, role=AttendanceRole.GUEST, is_present=True)
