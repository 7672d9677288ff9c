"""What the page of a sheet says above its grid: when it was saved, what is not scored."""

from datetime import timedelta

import pytest

from emulation.lib import clock
from scoring.domain.usual_set import usual_set
from scoring.enums import Layer, Phase, SheetState
from scoring.models import Sheet
from tests.scoring import campaigns
from tests.scoring.test_sheet_pages import entry, page, save

pytestmark = pytest.mark.django_db


def test_a_sheet_says_when_it_was_last_saved_and_nothing_before():
    made = campaigns.campaign()
    sheet, leaf = made.sheet(made.leader), made.leaf("2")
    assert 'data-state="untouched"' in page(made.leader, sheet).content.decode()
    save(made.leader, sheet, leaf, **{"f-target": "10", "f-actual": "10"})
    with clock.at(entry(sheet, leaf).changed_at):
        html = page(made.leader, sheet).content.decode()
        assert 'data-state="saved"' in html
        assert f"lúc {clock.local(clock.now()):%H:%M:%S}" in html
    with clock.at(entry(sheet, leaf).changed_at + timedelta(days=2)):
        assert f"lúc {clock.local(entry(sheet, leaf).changed_at):%H:%M %d/%m/%Y}" in page(made.leader, sheet).content.decode()


def test_criteria_that_are_only_followed_explain_the_difference_of_the_two_counts():
    words = "1 tiêu chí chỉ để theo dõi, không chấm"
    made = campaigns.campaign()
    assert words not in page(made.leader, made.sheet(made.leader)).content.decode()
    usual = usual_set()
    assert sum(leaf.rule_type == "info" for leaf in usual.leaves) == 1
    made = campaigns.campaign(text=usual)
    assert words in page(made.leader, made.sheet(made.leader)).content.decode()


def test_a_cell_with_one_of_two_figures_says_that_it_is_saved_and_not_whole():
    made = campaigns.campaign()
    sheet, leaf = made.sheet(made.leader), made.leaf("2")
    before = page(made.leader, sheet).content.decode().count("Đã lưu, chưa đủ")
    answer = save(made.leader, sheet, leaf, **{"f-target": "", "f-actual": "8"}).json()
    assert (answer["cell"]["save"], answer["values"]["f-actual"]) == ("partial", "8")
    assert page(made.leader, sheet).content.decode().count("Đã lưu, chưa đủ") == before + 1
    assert save(made.leader, sheet, leaf, **{"f-target": "10", "f-actual": "8"}).json()["cell"]["save"] == "saved"


def test_a_peer_is_told_that_the_figures_of_a_unit_are_not_there_to_be_seen():
    made = campaigns.campaign(Phase.CROSS)
    unit, peer = made.members[0], made.leader
    words = "Số liệu và điểm tự chấm của đơn vị này chưa hiện"
    assert words not in page(peer, made.sheet(unit, Layer.CROSS, by=peer)).content.decode()
    assert words not in page(unit, made.sheet(unit)).content.decode()
    Sheet.objects.filter(pk=made.sheet(unit).pk).update(state=SheetState.OPEN, submitted_at=None)
    assert words in page(peer, made.sheet(unit, Layer.CROSS, by=peer)).content.decode()
