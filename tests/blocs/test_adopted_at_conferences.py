"""A document adopted at a conference: the conference's vote and the adoption agree; what goes out with the minutes is kept byte by byte."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from blocs.domain import annexes, conferences, decisions, discussion, minutes, signing, votes
from blocs.domain.votes import Vote
from blocs.enums import AdoptionBasis, ConferenceKind, ConferenceState, DocumentKind, DocumentState, VoteRule
from blocs.models import Conference
from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.pdf import pictures
from emulation.records.domain import documents
from tests import builders, meetings

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return builders.bloc()


@pytest.fixture
def held(cast):
    return meetings.conference(ConferenceState.HELD, of=cast)


@pytest.fixture
def made(cast):
    return builders.document(DocumentState.DISCUSSION, of=cast, kind=DocumentKind.OUTLINE)


def day_of(conference):
    return clock.local(conference.starts_at).date()


def adopt(made, *, present=3, vote=votes.UNANIMOUS, note=""):
    day = day_of(Conference.objects.get(bloc_year=made.row.bloc_year))
    conference = {"basis": AdoptionBasis.CONFERENCE, "held_on": day}
    return discussion.adopt(made.version, actor=made.leader, present=present, vote=vote, note=note, **conference)


def decide(held, made, votes_for=3, **how):
    item = decisions.lay(held, actor=made.leader, document=made.row)
    return decisions.decide(held, decisions.Vote("Thông qua đề cương", votes_for, about=item, **how), actor=made.leader)


class TestOneVote:
    def test_the_vote_at_a_conference_is_written_down_there_too(self, held, made):
        vote = Vote(VoteRule.MAJORITY, against=1)
        adoption = adopt(made, vote=vote, note="Xin thêm thời gian")
        decision = held.decisions.get()
        assert adoption.conference == decision.conference == held
        assert decision.about.document == made.row
        assert (decision.votes_for, decision.against, decision.rule) == (2, 1, VoteRule.MAJORITY)
        assert (decision.text, decision.reservations) == (f"Thông qua {made.row.printed_title}", "Xin thêm thời gian")

    def test_what_the_conference_wrote_down_counts_with_its_rule(self, held, made):
        decision = decide(held, made, 2, against=1)
        adoption = adopt(made, vote=Vote(VoteRule.ALL, against=1))
        assert (adoption.rule, adoption.votes_for, held.decisions.get()) == (decision.rule, 2, decision)

    def test_other_numbers_than_those_of_the_conference_are_refused(self, held, made):
        decide(held, made, 2, against=1)
        with pytest.raises(ValidationError) as refused:
            adopt(made)
        assert "có mặt 3, đồng ý 2, không đồng ý 1" in refused.value.message_dict["present"][0]

    def test_what_did_not_carry_there_is_not_adopted(self, held, made):
        decide(held, made, 1, against=2)
        with pytest.raises(Refused, match="Chưa đủ phiếu"):
            adopt(made, vote=Vote(VoteRule.ALL, against=2))

    def test_once_adopted_the_votes_stand_until_it_is_discussed_again(self, held, made):
        decision = decide(held, made)
        adopt(made)
        decision.refresh_from_db()
        other = decisions.Vote(decision.text, 2, 1, about=decision.about)
        with pytest.raises(ValidationError, match="đã được thông qua với số phiếu này"):
            decisions.correct(decision, other, actor=made.leader, seen=decision.edits)
        with pytest.raises(Refused, match="lấy ý kiến lại"):
            decisions.strike(decision, actor=made.leader)
        words = decisions.Vote("Thông qua đề cương báo cáo", 3, about=decision.about)
        decision = decisions.correct(decision, words, actor=made.leader, seen=decision.edits)
        discussion.redraft(made.row, actor=made.leader, reason="Sửa lại")
        assert decisions.correct(decision, other, actor=made.leader, seen=decision.edits).against == 1

    def test_once_adopted_no_other_vote_on_it_is_written_down(self, held, made):
        decision = decide(held, made)
        adopt(made)
        again = decisions.Vote("Thông qua lại", 2, 1, about=decision.about)
        with pytest.raises(ValidationError, match="đã được thông qua với số phiếu này"):
            decisions.decide(held, again, actor=made.leader)
        other = decisions.decide(held, decisions.Vote("Việc khác", 2, 1), actor=made.leader)
        with pytest.raises(ValidationError, match="đã được thông qua với số phiếu này"):
            decisions.correct(other, again, actor=made.leader, seen=other.edits)

    def test_a_conference_that_is_only_planned_is_not_meant(self, cast, made):
        meetings.conference(of=cast)
        assert adopt(made).conference is None

    def test_a_conference_of_another_day_is_not_meant(self, cast, held, made):
        day = day_of(held) - timedelta(days=1)
        adopted = discussion.adopt(made.version, actor=made.leader, basis=AdoptionBasis.CONFERENCE, held_on=day, present=3)
        assert (adopted.conference, held.decisions.count()) == (None, 0)

    def test_a_concluded_conference_is_named_and_not_written_into(self, cast, held, made):
        conferences.close(held, actor=cast.leader, ended_at=clock.now())
        assert adopt(made).conference == held
        assert not held.decisions.exists()

    def test_the_form_starts_from_what_was_decided(self, client, held, made):
        decide(held, made, 2, against=1, reservations="Xin thêm thời gian")
        client.force_login(made.leader.user)
        form = client.get(reverse("document", args=[made.pk])).context["adopt_form"]
        assert form.initial == {
            "basis": AdoptionBasis.CONFERENCE,
            "held_on": day_of(held),
            "present": 3,
            "against": 1,
            "abstained": 0,
            "rule": VoteRule.MAJORITY,
            "note": "Xin thêm thời gian",
        }

    def test_the_document_leads_to_its_conference(self, client, held, made):
        adopt(made)
        client.force_login(made.members[0].user)
        assert reverse("conference", args=[held.pk]) in client.get(reverse("document", args=[made.pk])).content.decode()


class TestAnnexes:
    @pytest.fixture
    def attached(self, made):
        builders.demonstration()
        adopt(made)
        builders.check(made)
        return signing.attach(made.row, actor=made.leader)

    def test_who_downloads_it_later_gets_the_same_bytes(self, client, monkeypatch, held, made, attached):
        client.force_login(made.members[0].user)
        address = reverse("document_pdf", args=[made.pk])
        first = client.get(address).content
        assert first == documents.read(attached.annex)
        monkeypatch.setattr(clock, "today", lambda: clock.local(clock.now()).date().replace(year=2030))
        assert client.get(address).content == first
        picture = client.get(reverse("document_page", args=[made.pk, attached.annex.sha256, 1, "nho"]))
        assert picture["Content-Type"] == "image/png"

    def test_the_picture_is_only_that_documents(self, client, cast, held, made, attached):
        other = builders.document(DocumentState.DRAFT, of=cast, kind=DocumentKind.SCORING)
        client.force_login(made.leader.user)
        assert client.get(reverse("document_page", args=[other.pk, attached.annex.sha256, 1, "nho"])).status_code == 404

    def test_the_minutes_of_an_earlier_conference_do_not_name_it(self, cast, held, made):
        adopt(made)
        discussion.redraft(made.row, actor=made.leader, reason="Hội nghị sau quyết định")
        with clock.at(clock.now() + timedelta(days=1)):
            later = meetings.conference(ConferenceState.HELD, of=cast, kind=ConferenceKind.INTERIM)
            conference = {"basis": AdoptionBasis.CONFERENCE, "held_on": day_of(later)}
            discussion.adopt(made.version, actor=made.leader, present=3, **conference)
            builders.check(made)
            signing.attach(made.row, actor=made.leader)
        assert [[row.pk for row in annexes.of_conference(each)] for each in (held, later)] == [[], [made.pk]]

    def test_the_minutes_name_it_with_its_hash(self, cast, held, made, attached):
        assert [row.pk for row in annexes.of_conference(held)] == [made.pk]
        conferences.close(held, actor=cast.leader, ended_at=clock.now())
        drafted = minutes.draft(held, actor=cast.leader)
        plain = minutes.text_of(drafted)
        signing_round = minutes.open_signing(drafted, actor=cast.leader)
        said = "".join("".join(pictures.page_texts(documents.read(signing_round.current))).split())
        assert "Vănbảnbanhànhkèmtheobiênbản" in said
        assert attached.annex.sha256 in said
        assert plain.sha256 in signing_round.manifest
