"""The home page in a campaign: in every phase somebody has a next step, each to the person whose turn it is."""

import pytest
from django.test import Client
from django.urls import reverse

from blocs.domain import todo
from emulation.organisation.actors import Actor
from scoring.domain import explanations, runs, sheets, standings, standings_kind
from scoring.domain import todo as scoring
from scoring.enums import Layer, Phase
from tests import builders
from tests.pages.test_queries import questions
from tests.scoring import campaigns
from tests.scoring.campaigns import CampaignCast
from tests.scoring.test_standings import tied_campaign

pytestmark = pytest.mark.django_db


def titles(actor: Actor) -> list[str]:
    """What the actor's home page asks of him in his campaigns."""
    seen = todo.overview(actor, scoring.signing, scores=scoring.at_work())
    return [task.title for task in scoring.tasks(scoring.gather(seen, actor), actor)]


def test_nothing_without_a_campaign():
    cast = builders.bloc(3)
    assert [titles(actor) for actor in (*cast.commanders, cast.office)] == [[]] * 4


def test_everybody_scores_himself_first():
    made = campaigns.campaign()
    year = made.bloc.bloc_year.year_id
    own = f"Tự chấm điểm năm {year}"
    assert titles(made.members[0]) == [own]
    assert titles(made.leader) == [own, "Theo dõi bước “Tự chấm”"]
    made.fill_all(made.sheet(made.leader))
    made.submit(made.sheet(made.leader))
    assert titles(made.leader) == ["Chuyển sang bước “Chấm chéo”"]
    assert titles(made.office) == ["Chuyển sang bước “Chấm chéo”"]


def test_a_returned_sheet_says_why():
    made = campaigns.campaign(Phase.CROSS)
    sheet = made.sheet(made.members[0])
    sheets.send_back(sheet, actor=made.office, reason="Thiếu số liệu quý IV.")
    seen = todo.overview(made.members[0], scoring.signing, scores=scoring.at_work())
    task = scoring.tasks(scoring.gather(seen, made.members[0]), made.members[0])[0]
    assert (task.note, task.url) == ("Được trả lại để sửa: Thiếu số liệu quý IV.", reverse("sheet", args=[sheet.pk]))


def test_peers_then_the_bloc():
    made = campaigns.campaign(Phase.CROSS)
    assert titles(made.members[0]) == ["Chấm chéo 2 đơn vị"]
    assert titles(made.deputy) == ["Chấm chéo 2 đơn vị"]
    campaigns.leave(made)
    assert titles(made.leader)[0] == "Chấm cho khối: 2 đơn vị"
    assert titles(made.deputy) == [f"Chấm cho khối: {made.leader.unit.name}"]
    assert titles(made.members[0]) == []


def test_explaining_and_answering():
    made = campaigns.campaign(Phase.REPLY)
    member = made.members[0]
    assert titles(member) == ["Xem điểm khối chấm, giải trình nếu cần"]
    explanations.send(made.sheet(member, Layer.CONSOLIDATED), made.leaf("4").key, actor=member, text="Có hồ sơ.")
    assert titles(made.leader)[0] == "Trả lời giải trình của 1 đơn vị"
    assert "Trả lời giải trình của 1 đơn vị" not in titles(made.deputy)


def test_who_recused_himself_is_not_asked_again():
    made = campaigns.campaign(Phase.CROSS)
    campaigns.verbs.recuse(made.sheet(made.leader, Layer.CROSS, made.members[0]), actor=made.members[0], reason="Người nhà")
    assert titles(made.members[0]) == [f"Chấm chéo {made.deputy.unit.name}"]


@pytest.mark.parametrize("deputies", [0, 1])
def test_nobody_is_stranded(deputies):
    """Walked to ratification by nobody but those whose home pages ask for it."""
    made = campaigns.campaign(deputies=deputies)
    everybody = [*made.commanders, made.office]
    for phase in (Phase.SELF, Phase.CROSS, Phase.CONSOLIDATE, Phase.REPLY, Phase.APPRAISE):
        assert made.row.phase == phase
        _do_what_is_asked(made, everybody)
        assert any("Chuyển sang bước" in title for title in titles(made.leader)), phase
        campaigns.verbs.move_on(made.row, actor=made.leader)
    assert made.row.phase == Phase.RATIFY
    _publish_as_asked(made, everybody)


def _publish_as_asked(made: CampaignCast, everybody: list[Actor]) -> None:
    """Computed, brought out, opened and signed, each when a home page asks for it."""
    builders.demonstration()
    everybody.append(builders.commander(made.office.unit))
    assert titles(made.leader) == ["Tính điểm toàn khối"]
    runs.compute(made.row, actor=made.leader)
    assert titles(made.office) == ["Lập bảng xếp hạng để ký"]
    snapshot = standings.prepare(made.row, actor=made.leader)
    assert titles(made.leader) == ["Mở ký bảng xếp hạng"]
    standings.open_signing(snapshot, actor=made.leader)
    sign = f"Ký bảng xếp hạng năm {made.bloc.bloc_year.year_id}"
    for _ in range(2):
        actor = next(actor for actor in everybody if sign in titles(actor))
        slots = standings_kind.current_round(snapshot).slots.all()
        builders.sign(next(slot for slot in slots if slot.unit_id == actor.unit_id), actor=actor)
    assert made.row.phase == Phase.PUBLISHED
    assert [titles(actor) for actor in everybody] == [[]] * len(everybody)


def test_ties_are_asked_for():
    made = tied_campaign()
    runs.compute(made.row, actor=made.leader)
    assert titles(made.leader) == ["Ghi quyết định thứ hạng: 1 nhóm đơn vị bằng điểm"]


def _do_what_is_asked(made: CampaignCast, everybody: list[Actor]) -> None:
    for actor in everybody:
        seen = todo.overview(actor, scoring.signing, scores=scoring.at_work())
        for task in scoring.tasks(scoring.gather(seen, actor), actor):
            if task.kind != scoring.SCORE:
                continue
            for sheet in made.row.sheets.filter(scorer=actor.unit, submitted_at=None):
                if sheet.layer == Layer.SELF:
                    made.fill_all(sheet, [one.unit_id for one in made.commanders].index(sheet.unit_id))
                sheets.submit(sheet, actor=actor)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_home_page_asks_as_much_for_three_campaigns_as_for_one(rows):
    for _ in range(rows):
        made = campaigns.campaign(Phase.CONSOLIDATE)
    assert questions(made.office, reverse("home")) == HOME
    assert Client().get(reverse("home")).status_code == 302


HOME = 13
