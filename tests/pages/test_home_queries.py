"""How many questions home and the page of a bloc ask with everything on them: documents, conferences, campaigns, periods."""

import pytest
from django.urls import reverse

from blocs.domain import directives, minutes
from blocs.domain.directives import Wanted
from blocs.enums import ConferenceState, DocumentKind, DocumentState
from emulation.lib import clock
from emulation.organisation.actors import Actor
from scoring.domain import runs, standings
from scoring.enums import Phase
from tests import builders, meetings
from tests.builders import BlocCast
from tests.pages.test_queries import MOST, blocs_in_work, questions
from tests.reports import casts
from tests.scoring import campaigns

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def of_the_office(rows: int) -> Actor:
    """So many blocs with a document in each state, minutes and standings being signed, and a campaign in each phase."""
    builders.demonstration()
    office = blocs_in_work.__wrapped__(rows)
    for _ in range(rows):
        for phase in (Phase.SELF, Phase.CROSS, Phase.REPLY, Phase.APPRAISE, Phase.RATIFY):
            made = campaigns.campaign(phase)
        runs.compute(made.row, actor=made.leader)
        standings.open_signing(standings.prepare(made.row, actor=made.leader), actor=made.leader)
        minutes_in_signing(made.bloc)
        meetings.conference(ConferenceState.HELD, of=builders.bloc())
    return office


def of_a_leader(rows: int) -> Actor:
    """A bloc with a text that is discussed and one that is signed, minutes being signed, so many directives, and a campaign."""
    builders.demonstration()
    cast = builders.bloc(3)
    campaigns.campaign(Phase.CONSOLIDATE, of=cast)
    builders.document(DocumentState.SIGNING, of=cast)
    builders.document(DocumentState.DISCUSSION, of=cast, kind=DocumentKind.REGULATION)
    minutes_in_signing(cast)
    held = meetings.conference(ConferenceState.HELD, of=cast)
    for number in range(rows):
        directives.give(held, Wanted(f"Việc {number}", [cast.leader.unit_id], clock.today()), actor=cast.leader)
    return cast.leader


def minutes_in_signing(cast: BlocCast) -> None:
    closed = meetings.conference(ConferenceState.CLOSED, of=cast)
    minutes.open_signing(minutes.draft(closed, actor=cast.leader), actor=cast.leader)


@pytest.mark.parametrize("rows", [1, 2])
@pytest.mark.parametrize("made_of", [of_the_office, of_a_leader])
def test_the_home_page_with_everything_on_it(made_of, rows):
    assert questions(made_of(rows), reverse("home")) == 14 <= MOST


def test_the_page_of_a_bloc_with_everything_on_it():
    made = casts.period(n=6)
    campaigns.campaign(Phase.CONSOLIDATE, of=made.bloc)
    builders.document(DocumentState.SIGNING, of=made.bloc, kind=DocumentKind.REGULATION)
    meetings.conference(ConferenceState.HELD, of=made.bloc)
    page = reverse("bloc", args=[made.bloc.bloc_year.pk])
    assert questions(made.leader, page) <= MOST
    assert questions(made.office, page) <= MOST
