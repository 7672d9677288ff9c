"""The pages of a campaign: list, opening, phases, the table of units, who may know what."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from blocs.enums import SeatRole
from emulation.lib import clock
from emulation.organisation.actors import Actor
from scoring.domain import campaigns as verbs
from scoring.domain import explanations, sheets
from scoring.enums import Layer, Period, Phase
from scoring.models import Campaign
from tests import builders
from tests.pages.test_queries import questions
from tests.scoring import campaigns

pytestmark = pytest.mark.django_db


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.user)
    return client


def shown(actor: Actor, name: str, *args: object) -> str:
    answer = client_of(actor).get(reverse(name, args=args))
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


def days(**changes: str) -> dict[str, str]:
    """The form as it is sent: a day for each phase, ten days apart."""
    wanted = [phase for phase in Phase if phase != Phase.PUBLISHED]
    coming = {row.value: f"{clock.today() + timedelta(days=10 * n):%d/%m/%Y}" for n, row in enumerate(wanted, start=1)}
    return {"period": Period.YEAR, "with_cross": "on", "with_reply": "on", **coming, **changes}


class TestOpening:
    def adopted(self):
        cast = builders.bloc(3)
        campaigns.adopted(cast)
        return cast

    def test_from_the_page_of_the_bloc(self):
        cast = self.adopted()
        page = reverse("campaign_open", args=[cast.bloc_year.pk])
        assert page in shown(cast.leader, "bloc", cast.bloc_year.pk)
        assert page not in shown(cast.members[0], "bloc", cast.bloc_year.pk)
        answer = client_of(cast.leader).post(page, days())
        campaign = Campaign.objects.get()
        assert (answer.status_code, answer["Location"]) == (302, reverse("campaign", args=[campaign.pk]))
        assert [row.phase for row in campaign.dates.order_by("closes_on")] == [
            phase for phase in Phase if phase != Phase.PUBLISHED
        ]
        assert "Tự chấm" in shown(cast.members[0], "bloc", cast.bloc_year.pk)

    def test_without_the_optional_phases(self):
        cast = self.adopted()
        given = {name: value for name, value in days().items() if name not in ("with_cross", "with_reply")}
        client_of(cast.office).post(reverse("campaign_open", args=[cast.bloc_year.pk]), given)
        assert not Campaign.objects.get().dates.filter(phase__in=(Phase.CROSS, Phase.REPLY)).exists()

    def test_faults_stand_at_their_fields_and_nothing_is_lost(self):
        cast = self.adopted()
        early = f"{clock.today() + timedelta(days=2):%d/%m/%Y}"
        answer = client_of(cast.leader).post(
            reverse("campaign_open", args=[cast.bloc_year.pk]), days(consolidate=early, appraise="mai")
        )
        text = answer.content.decode()
        assert answer.status_code == 422
        assert "Nhập ngày theo dạng" in text
        assert early in text
        answer = client_of(cast.leader).post(reverse("campaign_open", args=[cast.bloc_year.pk]), days(consolidate=early))
        assert "hạn của bước trước" in answer.content.decode()
        assert not Campaign.objects.exists()

    def test_a_second_one_of_the_period_is_refused_at_the_period(self):
        cast = self.adopted()
        address = reverse("campaign_open", args=[cast.bloc_year.pk])
        client_of(cast.leader).post(address, days())
        answer = client_of(cast.leader).post(address, days())
        assert (answer.status_code, "đã mở đợt chấm điểm" in answer.content.decode()) == (422, True)

    def test_before_the_criteria_are_adopted(self):
        cast = builders.bloc(3)
        answer = client_of(cast.leader).get(reverse("campaign_open", args=[cast.bloc_year.pk]))
        assert (answer.status_code, "chưa thông qua" in answer.content.decode()) == (403, True)
        assert "Mở đợt chấm điểm" not in shown(cast.leader, "bloc", cast.bloc_year.pk)


class TestPhases:
    def test_on_by_hand_once(self):
        made = campaigns.campaign()
        address = reverse("campaign_move", args=[made.pk])
        assert "Chưa có đơn vị nào nộp" in shown(made.leader, "campaign", made.pk)
        made.score_self()
        client = client_of(made.leader)
        for _ in range(2):
            assert client.post(address, {"from": "self"}).status_code == 302
        assert made.row.phase == Phase.CROSS

    def test_on_by_hand_names_who_has_not_handed_in(self):
        made = campaigns.campaign()
        address = reverse("campaign_move", args=[made.pk])
        client, member = client_of(made.leader), made.members[0].unit.name
        made.score_self(made.leader, made.deputy)
        assert f'href="{address}"' in shown(made.leader, "campaign", made.pk)
        page = client.get(address).content.decode()
        assert ("Còn 1 đơn vị chưa nộp" in page, member in page, made.deputy.unit.name in page) == (True, True, False)
        assert made.row.phase == Phase.SELF
        made.score_self(made.members[0])
        assert f'action="{address}"' in shown(made.leader, "campaign", made.pk)
        assert "Mọi đơn vị đã nộp" in client.get(address).content.decode()
        client.post(address, {"from": "self"})
        page = client.get(address).content.decode()
        assert ("Còn 3 đơn vị chưa nộp" in page, "chấm chéo" in page) == (True, True)

    def test_who_left_the_bloc_is_not_waited_for(self):
        made = campaigns.campaign()
        gone = made.members[0].unit
        verbs.withdraw_unit(made.row, gone, actor=made.office, since=clock.today(), reason="Sáp nhập.")
        page = client_of(made.leader).get(reverse("campaign_move", args=[made.pk])).content.decode()
        assert ("Còn 2 đơn vị chưa nộp" in page, gone.name in page) == (True, False)

    def test_a_member_sees_no_button_and_is_refused(self):
        made = campaigns.campaign(Phase.CROSS)
        assert "Chuyển sang" not in shown(made.members[0], "campaign", made.pk)
        answer = client_of(made.members[0]).post(reverse("campaign_move", args=[made.pk]), {"from": "cross"})
        assert (answer.status_code, made.row.phase) == (403, Phase.CROSS)

    def test_back_with_a_reason(self):
        made = campaigns.campaign(Phase.CROSS)
        address = reverse("campaign_back", args=[made.pk])
        assert client_of(made.leader).post(address, {"reason": " "}).status_code == 422
        client_of(made.leader).post(address, {"reason": "Thiếu hai đơn vị."})
        assert made.row.phase == Phase.SELF

    def test_dates(self):
        made = campaigns.campaign(Phase.CROSS)
        address = reverse("campaign_dates", args=[made.pk])
        given = {name: value for name, value in days().items() if "with" not in name and name != "period"}
        faulty = {**given, "appraisal_name": "Phúc tra", "reply": f"{clock.today() + timedelta(days=1):%d/%m/%Y}"}
        answer = client_of(made.leader).post(address, faulty)
        assert (answer.status_code, "hạn của bước trước" in answer.content.decode()) == (422, True)
        client_of(made.leader).post(address, {**given, "appraisal_name": "Phúc tra", "cross": given["cross"]})
        assert (made.row.moves_by_date, made.row.appraisal_name) == (False, "Phúc tra")
        assert "Phúc tra" in shown(made.members[0], "campaign", made.pk)

    def test_a_unit_that_leaves(self):
        made = campaigns.campaign(Phase.CROSS)
        address = reverse("campaign_withdraw", args=[made.pk])
        unit = made.members[0].unit
        assert unit.name in client_of(made.office).get(address).content.decode()
        given = {"unit": unit.pk, "since": f"{clock.today():%d/%m/%Y}", "reason": "Quyết định số 12."}
        assert client_of(made.office).post(address, {**given, "unit": "0"}).status_code == 422
        assert client_of(made.office).post(address, given).status_code == 302
        assert "không xếp hạng" in shown(made.leader, "campaign", made.pk)
        assert client_of(made.leader).get(address).status_code == 403

    def test_by_the_calendar(self, capsys):
        made = campaigns.campaign()
        made.score_self()
        closes = made.row.closes_on(Phase.SELF)
        with clock.at(clock.now() + timedelta(days=(closes - clock.today()).days + 1)):
            call_command("move_campaigns")
            call_command("move_campaigns")
        assert made.row.phase == Phase.CROSS
        assert capsys.readouterr().out.count("Chấm chéo") == 1


class TestWhoKnowsWhat:
    def test_that_a_sheet_was_given_back_is_known_to_who_has_to_do_with_it(self):
        made = campaigns.campaign(Phase.CROSS)
        sheets.send_back(made.sheet(made.members[0]), actor=made.office, reason="Thiếu số liệu.")
        assert "Trả lại để sửa" in shown(made.members[0], "campaign", made.pk)
        assert "Trả lại để sửa" in shown(made.office, "campaign", made.pk)
        assert "Trả lại để sửa" not in shown(made.deputy, "campaign", made.pk)

    def test_links_only_to_what_may_be_read(self):
        made = campaigns.campaign(Phase.CONSOLIDATE)
        other = reverse("sheet", args=[made.sheet(made.deputy).pk])
        assert other not in shown(made.members[0], "campaign", made.pk)
        assert other in shown(made.leader, "campaign", made.pk)
        assert reverse("sheet", args=[made.sheet(made.members[0]).pk]) in shown(made.members[0], "campaign", made.pk)

    def test_late_ones_are_marked(self):
        made = campaigns.campaign(Phase.CROSS)
        assert "muộn" not in shown(made.leader, "campaign", made.pk)
        made = campaigns.campaign()
        sheet = made.sheet(made.members[0])
        made.fill_all(sheet)
        with clock.at(clock.now() + timedelta(days=11)):
            made.submit(sheet)
        assert "muộn" in shown(made.leader, "campaign", made.pk)

    def test_recusals_are_for_who_leads_and_for_oneself(self):
        made = campaigns.campaign(Phase.CROSS)
        campaigns.verbs.recuse(made.sheet(made.leader, Layer.CROSS, made.members[0]), actor=made.members[0], reason="Người nhà")
        assert "Người nhà" in shown(made.office, "campaign", made.pk)
        assert "Người nhà" in shown(made.members[0], "campaign", made.pk)
        assert "Người nhà" not in shown(made.deputy, "campaign", made.pk)


class TestExplanations:
    def test_only_its_own_unit_and_who_answers_read_it(self):
        made = campaigns.campaign(Phase.REPLY, n=4)
        member = made.members[0]
        row = explanations.send(made.sheet(member, Layer.CONSOLIDATED), made.leaf("4").key, actor=member, text="Có hồ sơ mật số.")
        for actor, reads in (
            (member, True),
            (made.leader, True),
            (made.office, False),
            (made.deputy, False),
            (made.members[1], False),
        ):
            assert ("Có hồ sơ mật số." in shown(actor, "explanations", made.pk)) is reads, actor
        answer = reverse("explanation_answer", args=[made.pk, row.pk])
        assert client_of(made.members[1]).get(answer).status_code == 404
        assert client_of(member).get(answer).status_code == 403

    def test_answered_on_the_page(self):
        made = campaigns.campaign(Phase.REPLY)
        member = made.members[0]
        row = explanations.send(made.sheet(member, Layer.CONSOLIDATED), made.leaf("4").key, actor=member, text="Có hồ sơ.")
        address = reverse("explanation_answer", args=[made.pk, row.pk])
        client = client_of(made.leader)
        for points in ("", "một", "1e9", "41", "-1", "38,123"):
            answer = client.post(address, {"outcome": "adjusted", "points": points, "text": "Đồng ý với đơn vị."})
            assert (answer.status_code, "Đồng ý với đơn vị." in answer.content.decode()) == (422, True), points
        assert client.post(address, {"outcome": "kept", "text": " "}).status_code == 422
        assert client.post(address, {"outcome": "adjusted", "points": "38,5", "text": "Đồng ý."}).status_code == 302
        assert "Đã điều chỉnh" in shown(member, "explanations", made.pk)


@pytest.mark.parametrize("units", [3, 6])
def test_pages_ask_as_much_for_six_units_as_for_three(units):
    made = campaigns.campaign(Phase.REPLY, n=units)
    for member in made.members:
        explanations.send(made.sheet(member, Layer.CONSOLIDATED), made.leaf("4").key, actor=member, text="Có.")
    pages = [reverse(name, args=[made.pk]) for name in ("campaign", "explanations")]
    assert [questions(made.leader, page) for page in [*pages, reverse("campaigns")]] == NUMBERS


NUMBERS = [14, 13, 10]


def test_the_line_of_the_year_knows_the_scoring():
    made = campaigns.campaign(Phase.APPRAISE)
    text = shown(made.members[0], "bloc", made.bloc.bloc_year.pk)
    for word in ("Tự chấm", "Khối chấm", "Thẩm định", "Công bố điểm"):
        assert word in text
    assert made.bloc.bloc_year.seat_of(made.members[0].unit_id).role == SeatRole.MEMBER
    assert "Khối chấm" in shown(made.members[0], "home")
