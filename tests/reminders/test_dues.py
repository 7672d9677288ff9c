"""What is due, and who sees it: each app's own, in a fixed number of questions."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blocs.domain import directives
from blocs.domain.directives import Wanted
from blocs.enums import ConferenceState, DocumentState
from blocs.models import BlocYear
from emulation.inbox import dues
from emulation.lib import clock
from scoring.domain import explanations
from scoring.enums import Layer, Phase
from scoring.models import Explanation
from tests import builders, meetings
from tests.reports import casts
from tests.scoring import campaigns

pytestmark = pytest.mark.django_db


def heads(actor):
    """The kinds of things that are due for this actor."""
    return {due.subject.split(":")[0] for due in dues.of(actor)}


def test_nobody_and_strangers_have_nothing_due():
    builders.document(DocumentState.DISCUSSION)
    assert dues.of(None) == []
    assert dues.of(builders.administrator()) == []
    assert dues.of(builders.commander(builders.unit())) == []


def test_a_draft_is_due_to_those_who_write_it_and_hidden_from_the_others():
    cast = builders.bloc()
    BlocYear.objects.update(draft_due=clock.today() + timedelta(days=3))
    made = builders.document(DocumentState.DRAFT, of=cast)
    assert [heads(actor) for actor in (made.leader, made.deputy, made.office, made.members[0])] == [{"draft"}] * 3 + [set()]


def test_stands_are_due_until_they_are_sent():
    made = builders.document(DocumentState.DISCUSSION)
    member = made.members[0]
    assert {due.unit_id for due in dues.of(made.leader)} == {actor.unit_id for actor in made.commanders}
    assert [due.unit_id for due in dues.of(member)] == [member.unit_id]
    builders.agree(made, member)
    assert dues.of(member) == []


def test_signatures_are_due_to_who_has_not_signed():
    made = builders.document(DocumentState.SIGNING)
    member = made.members[0]
    BlocYear.objects.update(sign_due=clock.today())
    assert {due.for_signers for due in dues.of(member)} == {True}
    builders.sign(made.slot(member), actor=member)
    assert dues.of(member) == []
    assert {due.unit_id for due in dues.of(made.office)} == {made.leader.unit_id, made.deputy.unit_id}


def test_conferences_are_due_until_their_hour_and_then_what_came_of_them():
    cast = builders.bloc()
    made = meetings.conference(of=cast, days=2)
    assert heads(cast.leader) == {"meet"}
    assert heads(cast.members[0]) == set()  # nobody was invited yet
    assert dues.of(cast.leader)[0].is_meeting
    with clock.at(made.starts_at + timedelta(minutes=1)):
        (due,) = dues.of(cast.leader)
        assert (due.key, due.unit_id, due.is_meeting) == (f"record:{made.pk}", cast.leader.unit_id, False)
        assert (heads(cast.office), heads(cast.members[0])) == ({"record"}, set())


def test_what_units_explain_is_answered_by_who_scored_them():
    made = campaigns.campaign(Phase.REPLY)
    assert heads(made.leader) == {"score"}
    member = made.members[0]
    explanations.send(made.sheet(member, Layer.CONSOLIDATED), made.leaf("4").key, actor=member, text="Có hồ sơ.")
    (due,) = [due for due in dues.of(made.leader) if due.subject.startswith("answer:")]
    assert (due.unit_id, due.day, due.is_meeting) == (made.leader.unit_id, made.row.closes_on(Phase.REPLY), False)
    assert "answer" in heads(made.office)
    assert "answer" not in heads(member)
    explanations.answer(Explanation.objects.get(), actor=made.leader, text="Giữ điểm.")
    assert "answer" not in heads(made.leader)


def test_directives_are_due_to_the_units_that_were_named():
    cast = builders.bloc()
    made = meetings.conference(ConferenceState.HELD, of=cast)
    member = cast.members[0]
    wanted = Wanted("Thăm gia đình chính sách.", [member.unit_id], clock.today() + timedelta(days=5))
    given = directives.give(made, wanted, actor=cast.leader)
    assert [due.title for due in dues.of(member)] == ["Thăm gia đình chính sách."]
    assert heads(cast.deputies[0]) == set()
    directives.report(given.tasks.get(), actor=member, text="Đã thăm.")
    assert dues.of(member) == []


def test_sheets_are_due_to_who_fills_them_in():
    made = campaigns.campaign()
    member = made.members[0]
    assert [due.subject for due in dues.of(member)] == [f"score:{made.pk}:self"]
    made.fill_all(made.sheet(member))
    made.submit(made.sheet(member))
    assert dues.of(member) == []
    campaigns.leave(campaigns.campaign(Phase.CROSS, of=builders.bloc(year=clock.today().year - 1)))
    assert "score" in heads(made.leader)


def test_reports_are_due_until_they_were_signed_once():
    made = casts.period()
    member = made.members[0]
    (due,) = [due for due in dues.of(member) if due.subject.startswith("report:")]
    assert due.path_for(member.unit_id) != due.path_for(made.leader.unit_id)
    assert due.day == made.row.due_on


def test_a_day_lasts_until_its_end_in_viet_nam_whatever_the_servers_zone():
    row = {"work": "Việc", "unit_id": 1, "path": "/", "bloc_id": 1, "bloc_name": "Khối", "year": 2020, "office_id": 2}
    day = dues.Due("k", "s", moment=date(2020, 3, 4), **row)
    with clock.at(datetime(2020, 3, 4, 16, 59, 59, tzinfo=UTC)):  # 23:59:59 in Việt Nam
        assert (day.days_left, day.is_past) == (0, False)
    with clock.at(datetime(2020, 3, 4, 17, 0, tzinfo=UTC)):
        assert (day.days_left, day.is_past) == (-1, True)
    late_in_the_evening = dues.Due("k", "s", moment=datetime(2020, 3, 3, 18, 0, tzinfo=UTC), **row)
    assert late_in_the_evening.day == date(2020, 3, 4)


def test_more_blocs_ask_no_more():
    def asked(actor):
        with CaptureQueriesContext(connection) as found:
            dues.of(actor)
        return len(found)

    builders.document(DocumentState.DISCUSSION)
    made = builders.document(DocumentState.SIGNING)
    meetings.conference(of=made.bloc, days=2)
    once = asked(made.office)
    for state in (DocumentState.DISCUSSION, DocumentState.SIGNING, DocumentState.ADOPTED):
        builders.document(state)
    meetings.conference(of=builders.bloc(), days=2)
    assert asked(made.office) == once
    assert once <= 16


def test_all_of_everybody_is_known_for_the_reminders():
    made = builders.document(DocumentState.DISCUSSION)
    assert {due.unit_id for due in dues.everything()} == {actor.unit_id for actor in made.commanders}
    with clock.at(clock.now() + dues.FORGOTTEN + timedelta(days=40)):
        assert dues.everything() == []
