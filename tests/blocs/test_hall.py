"""The projector's view in the hall: who may open it, what it shows, and what it asks every second."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from blocs.domain import hall
from blocs.enums import DocumentState, LeadersPlace
from emulation.lib import clock
from emulation.signing.domain import rounds
from emulation.signing.enums import SigningOrder
from tests import builders

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper")]


@pytest.fixture
def made():
    return builders.document(DocumentState.SIGNING, witness=True)


def client_of(actor):
    client = Client()
    client.force_login(actor.user)
    return client


def look(client, made, tag=""):
    return client.get(reverse("hall_poll", args=[made.pk]), headers={"If-None-Match": tag} if tag else {})


def shown_tag(page):
    return page.content.decode().split('data-poll-tag="')[1].split('"')[0].replace("&quot;", '"')


class TestPicture:
    def test_every_unit_has_a_seat_and_the_witness_one_apart(self, made):
        seen = hall.picture(made.round)
        assert [seat.role for seat in seen.seats] == ["Khối trưởng", "Khối phó", "Thành viên"]
        assert (seen.stage, seen.done, seen.total, seen.columns) == ("open", 0, 4, 2)
        assert seen.witness.place == "Công an tỉnh Quảng Bình"
        assert {seat.words for seat in seen.seats} == {"Chưa ký"}

    def test_leader_and_deputy_stand_first_also_where_they_sign_last(self):
        bloc = builders.bloc(5, leaders_place=LeadersPlace.LAST)
        made = builders.document(DocumentState.SIGNING, of=bloc)
        assert [seat.role for seat in hall.picture(made.round).seats][:2] == ["Khối trưởng", "Khối phó"]

    def test_a_seat_names_place_and_kind_of_unit_apart(self, made):
        seat = hall.picture(made.round).seats[0]
        assert (seat.before, seat.place) == ("Công an xã", made.leader.unit.short_name)

    def test_a_signature_shows_who_signed_in_which_capacity_and_when(self, made):
        deputy = builders.deputy(made.members[0].unit)
        builders.sign(made.slot(deputy), actor=deputy)
        seat = hall.picture(made.round).seats[2]
        assert (seat.state, seat.signer) == ("signed", f"Trung tá {deputy.user.full_name}")
        assert seat.title == "Phó Trưởng Công an xã (KT.)"
        assert seat.time
        assert seat.is_new
        with clock.at(clock.now() + timedelta(seconds=6)):
            assert not hall.picture(made.round).seats[2].is_new

    def test_a_refusal_and_a_later_turn_are_said(self):
        made = builders.document(DocumentState.SIGNING, order=SigningOrder.BY_ROLE)
        member = made.members[0]
        rounds.refuse_to_sign(made.slot(member), actor=member, reason="Thiếu một nội dung")
        assert [seat.words for seat in hall.picture(made.round).seats] == ["Chưa đến lượt", "Chưa đến lượt", "Từ chối ký"]

    @pytest.mark.parametrize(("units", "columns"), [(3, 2), (6, 3), (8, 4)])
    def test_few_units_have_larger_seats(self, units, columns):
        made = builders.document(DocumentState.SIGNING, n=units)
        seen = hall.picture(made.round)
        assert (seen.columns, seen.rows) == (columns, 2)

    def test_it_asks_nothing_of_a_round_that_is_at_hand(self, made, django_assert_num_queries):
        signing_round = made.round
        with django_assert_num_queries(0):
            hall.picture(signing_round)


class TestPage:
    def test_it_waits_fills_and_ends_with_the_qr(self):
        made = builders.document(DocumentState.ADOPTED)
        client, page = client_of(made.leader), reverse("hall", args=[made.pk])
        assert "Chờ mở ký" in client.get(page).content.decode()
        builders.open_signing(made)
        builders.sign(made.slot(made.leader), actor=made.leader)
        shown = client.get(page).content.decode()
        assert "k-hall-signed" in shown
        assert made.leader.user.full_name in shown
        builders.sign_all(made)
        shown = client.get(page).content.decode()
        assert "Đã ký đủ" in shown
        assert 'class="k-hall-qr" src="data:image/png;base64,' in shown
        assert "data-poll=" not in shown

    def test_a_voided_round_is_no_picture_of_signatures(self, made):
        builders.sign(made.slot(made.leader), actor=made.leader)
        rounds.void(made.round, actor=made.leader, reason="Sai số liệu")
        shown = client_of(made.leader).get(reverse("hall", args=[made.pk])).content.decode()
        assert "Vòng ký đã hủy" in shown
        assert made.leader.user.full_name not in shown

    def test_it_holds_no_control(self, made):
        shown = client_of(made.leader).get(reverse("hall", args=[made.pk])).content.decode()
        assert [tag for tag in ("<a ", "<button", "<form", "<input", "<nav") if tag in shown] == []


class TestPolling:
    def test_nothing_new_asks_two_questions(self, made):
        client = client_of(made.leader)
        tag = shown_tag(client.get(reverse("hall", args=[made.pk])))
        with CaptureQueriesContext(connection) as asked:
            answer = look(client, made, tag)
        assert (answer.status_code, answer.content) == (304, b"")
        assert len(asked) == 2

    def test_the_number_of_questions_does_not_grow_with_units(self):
        made = builders.document(DocumentState.SIGNING, n=12)
        client = client_of(made.leader)
        tag = shown_tag(client.get(reverse("hall", args=[made.pk])))
        with CaptureQueriesContext(connection) as asked:
            assert look(client, made, tag).status_code == 304
        assert len(asked) == 2

    def test_a_tag_made_weak_by_a_proxy_is_understood(self, made):
        client = client_of(made.leader)
        tag = shown_tag(client.get(reverse("hall", args=[made.pk])))
        assert look(client, made, f"W/{tag}").status_code == 304

    @pytest.mark.parametrize("act", ["sign", "refuse", "void"])
    def test_whatever_happens_is_seen_by_the_next_look(self, made, act):
        client, member = client_of(made.leader), made.members[0]
        tag = shown_tag(client.get(reverse("hall", args=[made.pk])))
        if act == "sign":
            builders.sign(made.slot(member), actor=member)
        elif act == "refuse":
            rounds.refuse_to_sign(made.slot(member), actor=member, reason="Thiếu")
        else:
            rounds.void(made.round, actor=made.leader, reason="Sai")
        answer = look(client, made, tag)
        assert answer.status_code == 200
        assert shown_tag(answer) == answer.headers["ETag"] != tag
        assert "private" in answer.headers["Cache-Control"]
        assert look(client, made, shown_tag(answer)).status_code == 304

    def test_the_answer_is_a_fragment_that_goes_on_looking(self, made):
        answer = look(client_of(made.leader), made).content.decode()
        assert answer.strip().startswith("<main")
        assert reverse("hall_poll", args=[made.pk]) in answer

    def test_the_last_answer_looks_no_more(self, made):
        builders.sign_all(made)
        answer = look(client_of(made.leader), made).content.decode()
        assert "Đã ký đủ" in answer
        assert "data-poll=" not in answer

    def test_the_tag_of_another_person_is_worth_nothing(self, made):
        """Who may not see gets no 304 either, whatever tag he found."""
        tag = shown_tag(client_of(made.leader).get(reverse("hall", args=[made.pk])))
        assert look(client_of(made.members[0]), made, tag).status_code == 403
        assert look(client_of(builders.commander(builders.unit())), made, tag).status_code == 404
        assert look(Client(), made, tag).status_code == 302

    def test_who_is_not_signed_in_gets_no_tag_to_ask_with(self, made):
        answer = look(Client(), made)
        assert (answer.status_code, "ETag" in answer.headers) == (302, False)
        assert look(Client(), made, "*").status_code == 302

    def test_a_tag_is_worth_nothing_after_signing_out(self, made):
        client = client_of(made.leader)
        tag = shown_tag(client.get(reverse("hall", args=[made.pk])))
        kept = client.cookies["sessionid"].value
        client.logout()
        client.cookies["sessionid"] = kept
        assert look(client, made, tag).status_code == 302
