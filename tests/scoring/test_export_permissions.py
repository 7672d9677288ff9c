"""Who may export what in which phase: nothing comes out that its asker may not see, although there is always something that could."""

import re
import zipfile

import openpyxl
import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from emulation.organisation.actors import Actor
from scoring.domain import campaigns as verbs
from scoring.domain import exports, runs, sight
from scoring.enums import Layer, Phase, SheetState
from scoring.models import Export, Sheet
from scoring.rules.numbers import written
from tests import builders
from tests.scoring import campaigns
from tests.scoring.campaigns import CampaignCast
from tests.scoring.exported import BLOC_KINDS, client_of, computed, published, send, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper")]


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.EXPORTS_DIR = tmp_path / "exports"


class TestWhoGetsWhat:
    """Every unit reported other figures, and the office changed some: there is always something that could leak."""

    # In which phases who may export what the whole bloc comes to. Nobody else, and nobody in any other phase before publication.
    MAY = {
        Phase.APPRAISE: {"office"},
        Phase.RATIFY: {"office", "leader", "deputy", "director"},
        Phase.PUBLISHED: {"office", "leader", "deputy", "member", "director"},
    }

    @staticmethod
    def people(made: CampaignCast) -> dict[str, Actor]:
        outside = builders.bloc(3)
        return {
            "office": made.office,
            "leader": made.leader,
            "deputy": made.deputy,
            "member": made.members[0],
            "director": builders.director(),
            "stranger": outside.members[0],
            "other office": builders.staff(builders.another_office()),
        }

    @pytest.mark.parametrize("phase", list(Phase))
    def test_of_the_whole_bloc(self, phase):
        made = campaigns.campaign(Phase.RATIFY if phase == Phase.PUBLISHED else phase, n=4)
        # A run that was made in a later phase stays stored when the campaign goes back: it must not come out.
        runs.run(made.row, made.office)
        if phase == Phase.PUBLISHED:
            published(made)
        for name, actor in self.people(made).items():
            for kind in BLOC_KINDS:
                given = send(made, actor, kind).status_code
                expected = 302 if name in self.MAY.get(phase, ()) else 404 if name in ("stranger", "other office") else 403
                assert given == expected, (phase, name, kind)

    @pytest.mark.parametrize("phase", list(Phase))
    def test_a_units_sheet_comes_only_with_layers_in_sight(self, phase):
        made = campaigns.campaign(Phase.RATIFY if phase == Phase.PUBLISHED else phase, n=4)
        runs.run(made.row, made.office)
        if phase == Phase.PUBLISHED:
            published(made)
        units = [seat.unit_id for seat in made.row.bloc_year.ordered_seats]
        for name, actor in self.people(made).items():
            visible = list(Sheet.objects.visible_to(actor).filter(campaign=made.pk))
            for unit in units:
                layers = {sheet.layer for sheet in visible if sheet.unit_id == unit}
                Export.objects.all().delete()
                if not layers - {Layer.CROSS}:
                    assert send(made, actor, "unit", unit=unit).status_code in (403, 404), (phase, name, unit)
                    continue
                assert send(made, actor, "unit", unit=unit).status_code == 302, (phase, name, unit)
                row = Export.objects.get()
                assert set(row.given["layers"]) <= layers, (phase, name)
                assert set(row.given["sheets"]) <= {sheet.pk for sheet in visible}, (phase, name)
                assert bool(row.run) == bool(exports.sources(made.row, actor)), (phase, name)

    def test_a_members_own_sheet_before_the_end_says_nothing_of_what_it_may_not_see(self, work):
        made = campaigns.campaign(Phase.APPRAISE, n=4)
        member = made.members[0]
        made.fill(made.sheet(member, Layer.APPRAISED), "4", given_points=1, reason="Kín đến khi công bố.")
        runs.compute(made.row, actor=made.office)
        own = sight.look(made.sheet(member, Layer.CONSOLIDATED), member)
        row = exports.ask(made.row, actor=member, kind="unit", unit=member.unit_id)
        assert row.run is None
        assert set(row.given["inputs"]) == {Layer.SELF, Layer.CONSOLIDATED}
        assert all(set(given["cells"]) == {str(member.unit_id)} for given in row.given["inputs"].values())
        work()
        row.refresh_from_db()
        told = words(row.path.read_bytes())
        assert "Kín đến khi công bố" not in told
        assert "Thẩm định" not in re.sub("Điểm ở bước “Thẩm định”", "", told)
        assert "Thứ hạng trong khối" not in told
        assert "chưa phải kết quả của khối" in told
        assert 0 < told.index("Tự chấm") < told.index("Khối chấm")
        assert f"Tổng điểm {written(own.result.total.points)}" in told

    def test_beside_its_words_a_file_tells_nothing_of_others(self, work):
        """Neither name, author, attachments nor hidden parts: a unit's print names no other unit, a workbook shows all that it holds."""
        made = computed(campaigns.campaign(Phase.RATIFY, n=4))
        member = made.members[0]
        own = exports.ask(made.row, actor=member, kind="unit", unit=member.unit_id)
        book = exports.ask(made.row, actor=made.leader, kind="workbook")
        work()
        own.refresh_from_db()
        book.refresh_from_db()
        others = [seat.unit.name for seat in made.row.bloc_year.ordered_seats if seat.unit_id != member.unit_id]
        with pikepdf.open(own.path) as document:
            told = " ".join([own.path.name, *map(str, document.docinfo.values()), str(document.open_metadata())])
            assert not document.attachments
        assert [name for name in (*others, made.leader.user.full_name) if name in told] == []
        with zipfile.ZipFile(book.path) as parts:
            assert [name for name in parts.namelist() if re.search("comment|custom|external|vba|media", name.lower())] == []
        workbook = openpyxl.load_workbook(book.path)
        assert ({sheet.sheet_state for sheet in workbook}, list(workbook.defined_names)) == ({"visible"}, [])
        assert not any(hidden.hidden for sheet in workbook for hidden in sheet.column_dimensions.values())
        assert made.leader.user.full_name not in f"{workbook.properties.creator} {workbook.properties.lastModifiedBy}"

    def test_nobody_fetches_what_another_asked_for(self, work):
        made = computed(campaigns.campaign(Phase.RATIFY))
        row = exports.ask(made.row, actor=made.leader, kind="workbook")
        work()
        for actor in (made.deputy, made.office, made.members[0], builders.bloc(3).members[0]):
            for name in ("export", "export_file"):
                assert client_of(actor).get(reverse(name, args=[row.token])).status_code == 404
        assert Client().get(reverse("export_file", args=[row.token])).status_code == 302

    def test_a_campaign_that_goes_back_hides_what_was_made(self, work):
        made = computed(campaigns.campaign(Phase.RATIFY))
        asked = [exports.ask(made.row, actor=made.leader, kind="workbook")]
        asked.append(exports.ask(made.row, actor=made.leader, kind="unit", unit=made.members[0].unit_id))
        work()
        for row in asked:
            assert client_of(made.leader).get(reverse("export_file", args=[row.token])).status_code == 200
        verbs.step_back(made.row, actor=made.office, reason="Thiếu một hồ sơ.")
        for row in asked:
            for name in ("export", "export_file"):
                assert client_of(made.leader).get(reverse(name, args=[row.token])).status_code == 403

    def test_while_it_is_corrected_members_get_what_is_published(self, work):
        made = campaigns.campaign(Phase.RATIFY, n=4)
        snapshot = published(made)
        type(made.row).objects.filter(pk=made.pk).update(phase=Phase.APPRAISE, correction="Sai một số liệu.")
        member = made.members[0]
        Sheet.objects.filter(campaign=made.pk, layer=Layer.APPRAISED).update(state=SheetState.OPEN)
        made.fill(made.sheet(member, Layer.APPRAISED), "4", given_points=1, reason="Đang đính chính, chưa ai được biết.")
        newer = runs.compute(made.row, actor=made.office)
        assert newer != snapshot.run
        of_bloc = exports.ask(made.row, actor=member, kind="overview")
        own = exports.ask(made.row, actor=member, kind="unit", unit=member.unit_id)
        assert of_bloc.run == own.run == snapshot.run
        assert "Đang đính chính" not in str(own.given)
        assert exports.ask(made.row, actor=made.office, kind="overview").run == newer
        old = exports.ask(made.row, actor=made.office, kind="unit", unit=member.unit_id, number=1)
        assert (old.run, "Đang đính chính" in str(old.given)) == (snapshot.run, False)
