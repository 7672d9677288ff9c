"""Pages that spare work: numbers that the system knows stand in the form, and the next thing to do is one click away."""

import pytest
from django.test import Client
from django.urls import reverse

from blocs.domain import decisions, remarks
from blocs.enums import AdoptionBasis, ConferenceState, DocumentKind, DocumentState
from emulation.lib import clock
from tests import builders, meetings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper")]


def client_of(actor):
    client = Client()
    client.force_login(actor.user)
    return client


class TestAtTheConference:
    @pytest.fixture
    def made(self):
        return builders.document(DocumentState.DISCUSSION)

    @pytest.fixture
    def held(self, made):
        held = meetings.conference(ConferenceState.HELD, of=made.bloc)
        meetings.call_roll(held, actor=made.leader, absent=1)
        return held

    def test_the_roll_stands_in_the_form_of_adoption(self, held, made):
        form = client_of(made.leader).get(reverse("document", args=[made.pk])).context["adopt_form"]
        assert (form.initial["present"], form.initial["held_on"], form.initial["basis"]) == (2, clock.today(), "")
        room = client_of(made.leader).get(reverse("draft", args=[made.pk]))
        assert room.context["conference_form"].initial["present"] == 2

    def test_without_a_conference_nothing_is_assumed(self, made):
        form = client_of(made.leader).get(reverse("document", args=[made.pk])).context["adopt_form"]
        assert "present" not in form.initial

    def test_another_bloc_s_roll_is_not_taken(self, made):
        meetings.conference(ConferenceState.HELD, of=builders.bloc())
        form = client_of(made.leader).get(reverse("document", args=[made.pk])).context["adopt_form"]
        assert "present" not in form.initial

    def test_what_was_decided_first_is_listed_first_and_the_page_names_all(self, held, made):
        other = builders.document(DocumentState.DISCUSSION, of=made.bloc, kind=DocumentKind.OUTLINE)
        client = client_of(made.leader)
        given = {
            "version": 1,
            "basis": AdoptionBasis.CONFERENCE,
            "held_on": clock.today().strftime("%d/%m/%Y"),
            "present": 2,
            "also": [other.version.pk],
        }
        client.post(reverse("adopt", args=[made.pk]), given)
        assert [row.about.document_id for row in held.decisions.order_by("order")] == [made.pk, other.pk]
        assert f"Cùng được thông qua: {other.row.printed_title}." in client.get("/").content.decode()

    def test_what_lies_on_the_table_is_not_offered_again(self, held, made):
        client, page = client_of(made.leader), reverse("conference", args=[held.pk]) + "?phan=tai-lieu"
        offered = f'<option value="{made.pk}">'
        assert offered in client.get(page).content.decode()
        decisions.lay(held, actor=made.leader, document=made.row)
        assert offered not in client.get(page).content.decode()


class TestRemarks:
    @pytest.fixture
    def made(self):
        made = builders.document(DocumentState.DISCUSSION)
        for text in ("Một", "Hai", "Ba"):
            remarks.raise_remark(made.version, actor=made.members[0], place="whole", text=text)
        return made

    def link_to(self, made, number):
        return f'href="{reverse("remark", args=[made.pk, number])}"'

    def test_an_answered_one_leads_to_the_next_and_the_last_to_the_first(self, made):
        leader, page = client_of(made.leader), reverse("remark", args=[made.pk, 2])
        assert leader.get(page).context["next_open"] is None  # this one waits itself
        remarks.reject(made.row.remarks.get(number=2), actor=made.leader, answer="Đã có ở mục khác")
        assert self.link_to(made, 3) in leader.get(page).content.decode()
        remarks.reject(made.row.remarks.get(number=3), actor=made.leader, answer="Đã có ở mục khác")
        assert self.link_to(made, 1) in leader.get(reverse("remark", args=[made.pk, 3])).content.decode()

    def test_who_does_not_answer_is_not_led_on(self, made):
        remarks.reject(made.row.remarks.get(number=1), actor=made.leader, answer="Đã có ở mục khác")
        shown = client_of(made.members[0]).get(reverse("remark", args=[made.pk, 1]))
        assert shown.context["next_open"] is None

    def test_its_own_wording_in_the_clause_is_no_surprise(self, made):
        clause = made.row.clauses.filter(kind="clause").order_by("part", "order").first()
        mine = {"actor": made.members[0], "place": "clause", "key": str(clause.key), "text": "Đề nghị sửa."}
        remark = remarks.raise_remark(made.version, proposed="Câu chữ mới của đơn vị.", **mine)
        other = remarks.raise_remark(made.version, **mine)
        remarks.accept(remark, actor=made.leader)
        builders.publish(made)
        rows = {
            row["remark"].number: row for row in client_of(made.leader).get(reverse("remarks", args=[made.pk])).context["rows"]
        }
        assert (rows[remark.number]["became"], "đã sửa" in rows[other.number]["became"]) == ("", True)


def test_a_settled_draft_leads_back_to_its_page():
    made = builders.document(DocumentState.ADOPTED)
    client, back = client_of(made.leader), reverse("document", args=[made.pk])
    page = client.get(reverse("draft", args=[made.pk]) + "?phan=ngay-ky").content.decode()
    assert f'href="{back}"' in page
    assert "Xong, về trang văn bản" in page
    assert "Công bố bản" not in page.split("<main")[1].split("</header>")[0]


def test_the_last_signed_document_is_named_once():
    made = builders.document(DocumentState.SIGNED)
    page = client_of(made.members[0]).get("/").content.decode()
    assert page.count(f'href="{reverse("document", args=[made.pk])}"') == 1
