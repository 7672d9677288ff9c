"""The lines of the permission matrix that ask about conferences, and a conference in each state to ask about."""

from collections.abc import Callable
from typing import Any

from blocs import conference_policies as meeting
from blocs.enums import ConferenceKind, ConferenceState
from blocs.models import Conference, Directive, DirectiveTask, Minutes
from emulation.lib.verdict import Verdict
from emulation.organisation.actors import Actor
from emulation.reminders import policies as reminders
from tests import meetings
from tests.builders import BlocCast

ORGANISERS = "office leader leader-staff deputy deputy-staff"
RECORDERS = f"{ORGANISERS} secretary"
MEMBERS = "member member-kt member-bare member-staff secretary"


def lines(line: Callable[..., Any], always: str) -> dict[str, Any]:
    """A line for each policy; conferences do not depend on a document, so they are asked about in the bloc without one."""

    def meeting_line(ask: Callable[[Conference, Actor | None], Verdict], state: str, allowed: str) -> Any:
        return line(lambda scene, actor: ask(scene.meetings[state], actor), {"none": allowed}, ("none",))

    return {
        # Who is reminded of conferences and of all else that is due, and when.
        "reminders.may_set_days": line(lambda _scene, actor: reminders.may_set_days(actor), {always: "office other-office"}),
        "blocs.may_plan_conference": line(
            lambda scene, actor: meeting.may_plan_conference(scene.bloc_year, actor), {always: ORGANISERS}
        ),
        "blocs.may_change_conference": meeting_line(meeting.may_change_conference, "planned", RECORDERS),
        "blocs.may_change_conference@held": meeting_line(meeting.may_change_conference, "held", RECORDERS),
        "blocs.may_change_conference@closed": meeting_line(meeting.may_change_conference, "closed", ""),
        "blocs.may_invite": meeting_line(meeting.may_invite, "planned", ORGANISERS),
        "blocs.may_invite@held": meeting_line(meeting.may_invite, "held", ""),
        "blocs.may_call_off": meeting_line(meeting.may_call_off, "planned", ORGANISERS),
        "blocs.may_call_off@closed": meeting_line(meeting.may_call_off, "closed", ""),
        "blocs.may_hold": meeting_line(meeting.may_hold, "planned", RECORDERS),
        "blocs.may_hold@closed": meeting_line(meeting.may_hold, "closed", ""),
        "blocs.may_record_outcomes": meeting_line(meeting.may_record_outcomes, "held", RECORDERS),
        "blocs.may_record_outcomes@planned": meeting_line(meeting.may_record_outcomes, "planned", ""),
        "blocs.may_record_outcomes@closed": meeting_line(meeting.may_record_outcomes, "closed", ""),
        "blocs.may_close": meeting_line(meeting.may_close, "held", RECORDERS),
        "blocs.may_close@planned": meeting_line(meeting.may_close, "planned", ""),
        "blocs.may_reopen_conference": meeting_line(
            lambda row, actor: meeting.may_reopen_conference(row, None, actor), "closed", RECORDERS
        ),
        "blocs.may_reopen_conference@held": meeting_line(
            lambda row, actor: meeting.may_reopen_conference(row, None, actor), "held", ""
        ),
        "blocs.may_report": meeting_line(
            lambda row, actor: meeting.may_report(DirectiveTask.objects.get(directive__conference=row), actor), "closed", MEMBERS
        ),
        "blocs.may_check_readiness": meeting_line(meeting.may_check_readiness, "planned", ORGANISERS),
        "blocs.may_write_minutes": meeting_line(
            lambda row, actor: meeting.may_write_minutes(row, None, actor), "closed", RECORDERS
        ),
        "blocs.may_write_minutes@held": meeting_line(lambda row, actor: meeting.may_write_minutes(row, None, actor), "held", ""),
        "blocs.may_lead_minutes": meeting_line(meeting.may_lead_minutes, "closed", RECORDERS),
        "blocs.may_open_minutes": meeting_line(
            lambda row, actor: meeting.may_open_minutes(Minutes(conference=row), actor), "closed", RECORDERS
        ),
    }


def meetings_of(cast: BlocCast, secretary: Actor) -> dict[str, Conference]:
    """A conference in each state with this secretary; one directive of the last is the first member's task."""
    kinds = dict(zip(ConferenceState.values, ConferenceKind.values, strict=True))
    made = {state: meetings.conference(state, of=cast, kind=kind) for state, kind in kinds.items()}
    Conference.objects.update(secretary=secretary.position)
    directive = Directive.objects.create(conference=made["closed"], order=1, text="Rà soát")
    DirectiveTask.objects.create(directive=directive, unit=cast.members[0].unit)
    return {state: Conference.objects.full().get(pk=row.pk) for state, row in made.items()}
