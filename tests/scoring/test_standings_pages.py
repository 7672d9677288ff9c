"""The pages of results: who sees which run, what they show, ties, signing, corrections."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from blocs.models import BlocYear
from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.records.models import AuditEntry
from scoring.domain import boards, runs, sheets, standing_view, standings
from scoring.enums import Layer, Phase
from scoring.models import Run, Snapshot
from tests import builders
from tests.builders import SECRET, BlocCast
from tests.pages.test_queries import questions
from tests.scoring import campaigns
from tests.scoring.campaigns import CampaignCast
from tests.scoring.test_campaign_pages import client_of, shown
from tests.scoring.test_standings import sign, tied_campaign

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper")]


@pytest.fixture(autouse=True)
def authority():
    """Somebody certifies the keys of those who sign."""
    builders.demonstration()


def published(n: int = 3, of: BlocCast | None = None) -> CampaignCast:
    made = campaigns.campaign(Phase.RATIFY, n=n, of=of)
    snapshot = standings.prepare(made.row, actor=made.leader)
    standings.open_signing(snapshot, actor=made.leader)
    sign(made, snapshot)
    return made


def status(actor: Actor, name: str, *args: object, **data: object) -> int:
    client = client_of(actor)
    return (client.post(reverse(name, args=args), data) if data else client.get(reverse(name, args=args))).status_code


class TestWhoSees:
    def test_nothing_leaks_before_it_is_published(self):
        made = campaigns.campaign(Phase.RATIFY, n=4)
        run = runs.compute(made.row, actor=made.leader)
        totals = {boards.fixed(total) for total in runs.Result(run).totals("official").values()}
        for actor in (made.members[0], builders.commander(builders.unit("Xa Lạ"))):
            answer = client_of(actor).get(reverse("standings", args=[made.pk]))
            if answer.status_code == 200:
                assert not any(total in answer.content.decode() for total in totals)
                assert "chưa được công bố" in answer.content.decode()
            else:
                assert answer.status_code == 404
            assert status(actor, "standings_unit", made.pk, made.leader.unit_id) == 404
        for actor in (made.leader, made.deputy, made.office):
            assert any(total in shown(actor, "standings", made.pk) for total in totals)

    def test_the_office_alone_while_it_appraises(self):
        made = campaigns.campaign(Phase.APPRAISE)
        runs.compute(made.row, actor=made.office)
        assert "Tạm tính" in shown(made.office, "standings", made.pk)
        assert "chưa được công bố" in shown(made.leader, "standings", made.pk)

    def test_everybody_in_the_bloc_when_it_is_published(self):
        made = published()
        text = shown(made.members[0], "standings", made.pk)
        assert "hai đơn vị đã ký" in text
        assert made.leader.unit.name in text
        assert status(made.members[0], "standings_signing", Snapshot.objects.get().pk) == 200

    def test_during_a_correction_members_keep_seeing_what_is_published(self):
        made = published()
        standings.correct(made.row, actor=made.office, reason="Cộng sót điểm thưởng.")
        sheet = made.sheet(made.members[0], Layer.APPRAISED)
        sheets.send_back(sheet, actor=made.office, reason="Sót điểm.")
        made.fill(sheet, "4", given_points="0.5")
        run = runs.compute(made.row, actor=made.office)
        now = boards.fixed(runs.Result(run).totals("official")[str(made.members[0].unit_id)])
        assert now not in shown(made.members[0], "standings", made.pk)
        assert now in shown(made.office, "standings", made.pk)
        assert "đang được đính chính" in shown(made.members[0], "standings", made.pk)

    def test_a_snapshot_that_is_not_published(self):
        made = campaigns.campaign(Phase.RATIFY)
        snapshot = standings.prepare(made.row, actor=made.leader)
        assert status(made.members[0], "standings_signing", snapshot.pk) == 404
        assert status(made.deputy, "standings_signing", snapshot.pk) == 200
        assert status(made.leader, "standings_pdf", snapshot.pk) == 404


class TestShowing:
    def test_all_tabs_and_their_pictures(self):
        made = published(n=4)
        for tab, kind in (("lop", "gaps"), ("nhom", "groups"), ("khoi", "ranges"), ("linh tinh", "gaps")):
            text = client_of(made.members[0]).get(reverse("standings", args=[made.pk]), {"xem": tab}).content.decode()
            drawn = re.search(r'<script id="so-lieu" type="application/json">(.*?)</script>', text)
            assert json.loads(drawn.group(1))["kind"] == kind
            assert text.count("<canvas") == 1
        assert "năm nào khác" in client_of(made.leader).get(reverse("standings", args=[made.pk]), {"xem": "nam"}).content.decode()

    def test_a_unit_from_the_address_or_nonsense(self):
        made = published()
        address = reverse("standings", args=[made.pk])
        for given in ("", "0", "x", str(made.deputy.unit_id), "9" * 30):
            assert client_of(made.leader).get(address, {"xem": "khoi", "don-vi": given, "ban": given}).status_code == 200

    def test_last_year_beside_this_year(self):
        old = published(of=builders.bloc(3, year=clock.today().year - 1))
        made = published()
        BlocYear.objects.filter(pk=made.bloc.bloc_year.pk).update(bloc=old.bloc.bloc_year.bloc)
        before = standing_view.before(made.row)
        assert before is not None
        assert set(before.official.units) == {str(actor.unit_id) for actor in old.commanders}
        text = client_of(made.leader).get(reverse("standings", args=[made.pk]), {"xem": "nam"}).content.decode()
        assert "năm nào khác" not in text

    def test_the_same_bloc_in_another_year_is_one_click_away(self):
        """Only what is published, and only to who sat in the bloc then."""
        year = clock.today().year
        old = published(of=builders.bloc(3, year=year - 1))
        older = campaigns.campaign(of=builders.bloc(3, year=year - 2))
        made = published()
        bloc = made.bloc.bloc_year.bloc
        for other in (old, older):
            BlocYear.objects.filter(pk=other.bloc.bloc_year.pk).update(bloc=bloc)

        def switch(actor: Actor, campaign: CampaignCast) -> list[tuple[str, str, bool]]:
            page = client_of(actor).get(reverse("standings", args=[campaign.pk]), {"xem": "nhom"})
            return [(row["label"], row["url"], row["active"]) for row in page.context["year_tabs"]]

        now, before = (f"{reverse('standings', args=[row.pk])}?xem=nhom" for row in (made, old))
        assert switch(made.office, made) == [(str(year - 1), before, False), (str(year), now, True)]
        assert switch(made.office, old) == [(str(year - 1), before, True), (str(year), now, False)]
        assert switch(made.members[0], made) == []
        assert f'href="{before.replace("&", "&amp;")}"' in shown(made.office, "standings", made.pk).replace("xem=lop", "xem=nhom")

    def test_every_number_of_a_unit_leads_to_its_cell(self):
        made = published()
        text = shown(made.members[0], "standings_unit", made.pk, made.leader.unit_id)
        cell = reverse("sheet_cell", args=[made.sheet(made.leader, Layer.APPRAISED).pk, made.leaf("4").key])
        assert cell in text
        assert status(made.members[0], "standings_unit", made.pk, 0) == 404

    def test_computing_again_says_that_nothing_changed(self):
        made = campaigns.campaign(Phase.RATIFY)
        client = client_of(made.leader)
        for words in ("lần 1", "giữ nguyên"):
            answer = client.post(reverse("standings_compute", args=[made.pk]), follow=True)
            assert words in answer.content.decode()
        assert Run.objects.count() == 1
        assert status(made.members[0], "standings_compute", made.pk, x=1) == 403


class TestTies:
    def test_decided_on_the_page(self):
        made = tied_campaign()
        runs.compute(made.row, actor=made.leader)
        assert "Bằng điểm ở mọi tiêu chí" in shown(made.leader, "standings", made.pk)
        address = reverse("standings_tie", args=[made.pk, 1])
        first, second = (member.unit_id for member in made.members[:2])
        client = client_of(made.leader)
        good = {
            f"place-{first}": "2",
            f"place-{second}": "1",
            "decided_on": f"{clock.today():%d/%m/%Y}",
            "reason": "Biên bản số 3.",
        }
        late = f"{clock.today() + timedelta(days=2):%d/%m/%Y}"
        faulty = [
            {f"place-{first}": "1"},
            {"decided_on": "hôm qua"},
            {"decided_on": late},
            {"reason": " "},
            {f"place-{first}": "9"},
        ]
        for change in faulty:
            answer = client.post(address, {**good, **change})
            assert answer.status_code == 422, change
        assert client.post(address, good).status_code == 302
        assert "khối đã quyết định" in shown(made.leader, "standings", made.pk)
        assert client.get(reverse("standings_tie", args=[made.pk, 2])).status_code == 404
        assert status(made.members[0], "standings_tie", made.pk, 1) == 403

    def test_decided_again_on_the_page_until_it_is_signed(self):
        made = tied_campaign()
        first, second = (member.unit for member in made.members[:2])
        for order, reason in (
            ([second.pk, first.pk], "Biên bản số 3."),
            ([first.pk, second.pk], "Biên bản số 4 sửa biên bản số 3."),
        ):
            standings.decide_tie(made.row, actor=made.leader, order=order, decided_on=clock.today(), reason=reason)
            text = shown(made.leader, "standings", made.pk)
            assert (reason in text, "Quyết định lại" in text, "Lập bảng xếp hạng" in text) == (True, True, True)
        asked = shown(made.leader, "standings_tie", made.pk, 1)
        assert asked.index("Biên bản số 4 sửa") < asked.index("Biên bản số 3.")
        address = reverse("standings_tie", args=[made.pk, 1])
        sent = {f"place-{first.pk}": "2", f"place-{second.pk}": "1", "decided_on": f"{clock.today():%d/%m/%Y}", "reason": "Số 5."}
        assert client_of(made.leader).post(address, sent).status_code == 302
        assert runs.Result(runs.latest(made.row)).official.units[str(second.pk)].rank == 3
        assert [row.reason for row in made.row.tie_decisions.order_by("pk")][-1:] == ["Số 5."]
        assert made.row.tie_decisions.count() == 3
        last = AuditEntry.objects.filter(event="tie_decided").latest("seq").data
        assert last["replaces"]["reason"] == "Biên bản số 4 sửa biên bản số 3."
        standings.open_signing(standings.prepare(made.row, actor=made.leader), actor=made.leader)
        assert client_of(made.leader).post(address, sent).status_code == 403


class TestSigning:
    @pytest.mark.usefixtures("real_paper")
    def test_prepared_opened_signed_and_verified(self):
        made = campaigns.campaign(Phase.RATIFY)
        runs.compute(made.row, actor=made.leader)
        leader, deputy = client_of(made.leader), client_of(made.deputy)
        answer = leader.post(reverse("standings_prepare", args=[made.pk]))
        snapshot = Snapshot.objects.get()
        page = reverse("standings_signing", args=[snapshot.pk])
        assert answer["Location"] == page
        assert leader.get(page).status_code == 200
        assert leader.post(reverse("standings_open", args=[snapshot.pk])).status_code == 302
        for client in (leader, deputy):
            sign_page = reverse("standings_sign", args=[snapshot.pk])
            text = client.get(sign_page).content.decode()
            digest = re.search(r'name="digest" value="(\w{64})"', text).group(1)
            assert client.post(sign_page, {"secret": "sai", "digest": digest}).status_code == 422
            assert client.post(sign_page, {"secret": SECRET, "digest": digest}).status_code == 302
        assert made.row.phase == Phase.PUBLISHED
        pdf = client_of(made.members[0]).get(reverse("standings_pdf", args=[snapshot.pk]))
        assert (pdf.status_code, pdf.content[:5]) == (200, b"%PDF-")
        picture = re.search(r"/xep-hang/\d+/trang/[^\"]+\.png", leader.get(page).content.decode()).group()
        assert client_of(made.members[0]).get(picture).status_code == 200
        checked = Client().get(re.search(r'href="(/xac-minh/[^"]+)"', leader.get(page).content.decode()).group(1))
        assert (checked.status_code, "Kết quả xếp hạng thi đua" in checked.content.decode()) == (200, True)

    def test_refused_and_taken_back_and_voided(self):
        made = campaigns.campaign(Phase.RATIFY)
        snapshot = standings.prepare(made.row, actor=made.leader)
        standings.open_signing(snapshot, actor=made.leader)
        deputy = client_of(made.deputy)
        assert status(made.deputy, "standings_refuse", snapshot.pk) == 200
        assert deputy.post(reverse("standings_refuse", args=[snapshot.pk]), {"reason": " "}).status_code == 422
        assert deputy.post(reverse("standings_refuse", args=[snapshot.pk]), {"reason": "Sai tên."}).status_code == 302
        assert "Sai tên." in shown(made.leader, "standings_signing", snapshot.pk)
        assert deputy.post(reverse("standings_withdraw", args=[snapshot.pk])).status_code == 302
        assert status(made.members[0], "standings_void", snapshot.pk) == 404
        void = client_of(made.leader).post(reverse("standings_void", args=[snapshot.pk]), {"reason": "Sai tên."})
        assert void.status_code == 302
        assert "đã bị hủy" in shown(made.leader, "standings_signing", snapshot.pk)

    def test_correction_from_the_page(self):
        made = published()
        assert status(made.leader, "campaign_correct", made.pk) == 403
        address = reverse("campaign_correct", args=[made.pk])
        assert client_of(made.office).post(address, {"reason": ""}).status_code == 422
        assert client_of(made.office).post(address, {"reason": "Cộng sót."}).status_code == 302
        assert made.row.phase == Phase.APPRAISE


@pytest.mark.parametrize("units", [3, 6])
def test_the_page_asks_as_much_for_six_units_as_for_three(units):
    made = published(n=units)
    address = reverse("standings", args=[made.pk])
    found = [questions(made.members[0], f"{address}?xem={tab}") for tab in ("lop", "nhom", "khoi", "nam")]
    unit = questions(made.members[0], reverse("standings_unit", args=[made.pk, made.leader.unit_id]))
    assert [*found, unit] == [14, 13, 13, 14, 13]
