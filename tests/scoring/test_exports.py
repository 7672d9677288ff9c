"""Files of results: who gets which in which phase, how they are made, kept and swept, and that nothing hidden is in them."""

import io
import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from openpyxl import load_workbook

from emulation.inbox.models import Notice
from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.orders.domain import orders
from emulation.orders.enums import OrderState
from emulation.organisation.actors import Actor
from emulation.records.events import Event
from emulation.records.models import AuditEntry
from scoring.domain import exporting, exports, runs, sheets, standings
from scoring.domain.reading import sealed_text
from scoring.enums import ExportKind, Layer, Phase
from scoring.models import Export
from tests.pages.test_queries import questions
from tests.scoring import campaigns
from tests.scoring.exported import BLOC_KINDS, client_of, computed, published, send, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.EXPORTS_DIR = tmp_path / "exports"
    return settings.EXPORTS_DIR


def kept(folder):
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


class TestMaking:
    @pytest.mark.parametrize("kind", BLOC_KINDS)
    def test_asked_for_made_by_the_worker_and_fetched(self, kind, work):
        made = computed(campaigns.campaign(Phase.RATIFY))
        answer = send(made, made.leader, kind)
        page = answer["Location"]
        client = client_of(made.leader)
        assert "Hệ thống đang xuất tệp" in client.get(page).content.decode()
        assert client.get(f"{page}tai/")["Location"] == page
        work()
        assert "Tệp đã sẵn sàng" in client.get(page).content.decode()
        file = client.get(f"{page}tai/")
        assert file["Content-Disposition"].startswith("attachment")
        assert file["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in file["Cache-Control"]
        if kind == ExportKind.WORKBOOK:
            sheet = load_workbook(io.BytesIO(file.content)).worksheets[0]
            assert sheet.max_row == 1 + len(made.row.bloc_year.ordered_seats)
        else:
            told = words(file.content)
            assert made.members[0].unit.short_name in told
            assert "DỰ THẢO" in told
        entry = AuditEntry.objects.get(event=Event.RESULTS_EXPORTED)
        assert entry.data["kind"] == kind

    def test_a_units_own_sheet_tells_each_layer_and_why(self, work):
        made = campaigns.campaign(Phase.APPRAISE)
        made.fill(made.sheet(made.members[0], Layer.APPRAISED), "4", given_points=1, reason="Thiếu hồ sơ gốc.")
        campaigns.leave(made)
        computed(made)
        row = exports.ask(made.row, actor=made.leader, kind="unit", unit=made.members[0].unit_id)
        work()
        row.refresh_from_db()
        told = words(row.path.read_bytes())
        assert "Thẩm định: Thiếu hồ sơ gốc." in told
        assert "Chính thức" in told
        assert "Thứ hạng trong khối" in told

    def test_each_published_version_tells_its_own_reasons(self, work):
        """A correction changes why; the version before still says what was said when it was published."""
        made = campaigns.campaign(Phase.APPRAISE)
        sheet = made.sheet(made.members[0], Layer.APPRAISED)
        made.fill(sheet, "4", given_points=1, reason="Thiếu hồ sơ gốc.")
        made.fill(sheet, "3", given_points=2, reason="Chỉ khám phá hai vụ.")
        campaigns.leave(made)
        published(made)
        standings.correct(made.row, actor=made.office, reason="Đã bổ sung hồ sơ.")
        sheets.send_back(sheet, actor=made.office, reason="Đã bổ sung hồ sơ.")
        made.fill(sheet, "4", given_points=9, reason="Hồ sơ gốc nộp sau.")
        made.fill(sheet, "3", state="agreed", reason="Giữ như khối chấm.")
        during = self.reasons(exports.ask(made.row, actor=made.office, kind="unit", unit=made.members[0].unit_id, number=1))
        made.submit(sheet)
        campaigns.leave(made)
        published(made)
        asked = {n: exports.ask(made.row, actor=made.leader, kind="unit", unit=sheet.unit_id, number=n) for n in (1, 2)}
        assert self.reasons(asked[1]) == during == {"4": "Thiếu hồ sơ gốc.", "3": "Chỉ khám phá hai vụ."}
        assert self.reasons(asked[2]) == {"4": "Hồ sơ gốc nộp sau.", "3": "Giữ như khối chấm."}
        work()
        asked[1].refresh_from_db()
        assert "Thiếu hồ sơ gốc." in words(asked[1].path.read_bytes())

    def reasons(self, row):
        codes = {leaf.key: leaf.code for leaf in sealed_text(row.campaign.criteria_set).leaves}
        return {codes[key]: reason for key, _layer, reason in row.given["reasons"]}

    def test_what_is_published_is_no_draft_and_belongs_to_every_member(self, work):
        made = campaigns.campaign(Phase.RATIFY)
        published(made)
        row = exports.ask(made.row, actor=made.members[0], kind="overview")
        work()
        row.refresh_from_db()
        assert "DỰ THẢO" not in words(row.path.read_bytes())
        file = client_of(made.members[0]).get(reverse("export_file", args=[row.token]))
        assert "du-thao" not in file["Content-Disposition"]

    def test_the_script_asks_and_hears_only_what_is_new(self, work):
        made = computed(campaigns.campaign(Phase.RATIFY))
        page = send(made, made.leader, "workbook")["Location"]
        client = client_of(made.leader)
        first = client.get(f"{page}?cho=1")
        assert first["ETag"] == '"waiting"'
        assert "data-poll" in first.content.decode()
        assert client.get(f"{page}?cho=1", headers={"If-None-Match": first["ETag"]}).status_code == 204
        work()
        last = client.get(f"{page}?cho=1", headers={"If-None-Match": first["ETag"]})
        assert last.status_code == 200
        assert "data-poll" not in last.content.decode()
        assert "Tải về" in last.content.decode()

    def test_each_step_shows_while_it_is_made(self, monkeypatch):
        made = computed(campaigns.campaign(Phase.RATIFY))
        row = exports.ask(made.row, actor=made.leader, kind="overview")
        seen = []

        def look(_html):
            seen.append(Export.objects.get().state)
            return b"%PDF-"

        monkeypatch.setattr(exporting, "render", look)
        monkeypatch.setattr(exporting, "finish", lambda pdf: pdf)
        exporting.make_export.call(str(row.token))
        assert seen == [OrderState.PRINTING]
        assert Export.objects.get().state == OrderState.READY


class TestReuse:
    def test_the_same_of_the_same_run_is_made_once(self, work, monkeypatch):
        made = computed(campaigns.campaign(Phase.RATIFY))
        first = exports.ask(made.row, actor=made.leader, kind="workbook")
        assert exports.ask(made.row, actor=made.leader, kind="workbook") == first
        work()
        monkeypatch.setattr(exporting, "results_workbook", None)
        assert exports.ask(made.row, actor=made.leader, kind="workbook") == first
        other = exports.ask(made.row, actor=made.deputy, kind="workbook")
        assert other != first
        assert other.is_ready
        assert Export.objects.count() == 2

    def test_another_run_is_another_file(self, work):
        made = computed(campaigns.campaign(Phase.APPRAISE))
        first = exports.ask(made.row, actor=made.office, kind="workbook")
        made.fill(made.sheet(made.members[0], Layer.APPRAISED), "4", given_points=1)
        runs.compute(made.row, actor=made.office)
        assert exports.ask(made.row, actor=made.office, kind="workbook").made_of != first.made_of

    def test_a_task_that_comes_twice_or_too_late_does_nothing(self, work):
        made = computed(campaigns.campaign(Phase.RATIFY))
        row = exports.ask(made.row, actor=made.leader, kind="workbook")
        work()
        before = row.path.read_bytes()
        Export.objects.update(asked_at=clock.now() - timedelta(hours=2))
        exporting.make_export.call(str(row.token))
        assert row.path.read_bytes() == before
        assert not Notice.objects.filter(recipient=made.leader.user, path=reverse("export", args=[row.token])).exists()

    def test_who_waits_for_many_waits(self):
        made = computed(campaigns.campaign(Phase.RATIFY, n=6))
        for member in made.members[:2]:
            exports.ask(made.row, actor=made.leader, kind="unit", unit=member.unit_id)
        for kind in BLOC_KINDS:
            exports.ask(made.row, actor=made.leader, kind=kind)
        with pytest.raises(Refused, match="5 tệp"):
            exports.ask(made.row, actor=made.leader, kind="unit", unit=made.leader.unit_id)


class TestFailing:
    def test_it_is_told_and_leaves_no_file_and_can_be_asked_for_again(self, work, monkeypatch, folder):
        made = computed(campaigns.campaign(Phase.RATIFY))

        def fail(_html):
            raise RuntimeError("no ink")

        with monkeypatch.context() as broken:
            broken.setattr(exporting, "render", fail)
            page = send(made, made.leader, "overview")["Location"]
            work()
        told = client_of(made.leader).get(page)
        assert told.status_code == 200
        assert "Không xuất được tệp này." in told.content.decode()
        assert kept(folder) == []
        again = send(made, made.leader, "overview")["Location"]
        work()
        assert client_of(made.leader).get(f"{again}tai/").content.startswith(b"%PDF-")

    def test_a_disk_that_is_full_leaves_no_half_file(self, work, monkeypatch, folder):
        made = computed(campaigns.campaign(Phase.RATIFY))

        class Full(io.BytesIO):
            def write(self, _data):
                raise OSError("no space left on device")

        monkeypatch.setattr(orders.os, "fdopen", lambda *_args: Full())
        row = exports.ask(made.row, actor=made.leader, kind="workbook")
        work()
        row.refresh_from_db()
        assert row.state == OrderState.FAILED
        assert kept(folder) == []

    def test_nobody_came_to_make_it(self):
        made = computed(campaigns.campaign(Phase.RATIFY))
        row = exports.ask(made.row, actor=made.leader, kind="workbook")
        Export.objects.update(asked_at=clock.now() - timedelta(minutes=31))
        told = client_of(made.leader).get(reverse("export", args=[row.token])).content.decode()
        assert "Không xuất được tệp này." in told
        assert "data-poll" not in told
        assert f"<title>{row.get_kind_display()}" in told.replace("<title>\n", "<title>")
        again = exports.ask(made.row, actor=made.leader, kind="workbook")
        assert again != row
        row.refresh_from_db()
        assert row.state == OrderState.FAILED

    def test_bad_input_is_told(self):
        made = campaigns.campaign(Phase.RATIFY)
        for given in ({"kind": "word"}, {"kind": "unit"}, {"kind": "unit", "unit": "x"}, {}):
            answer = client_of(made.leader).post(reverse("export_ask", args=[made.pk]), given, follow=True)
            assert "Chọn loại tệp và đơn vị cần xuất." in answer.content.decode()
        assert send(made, made.leader, "overview", number="7").status_code == 403
        assert "chưa tính điểm lần nào" in send(made, made.leader, "overview").content.decode()


class TestKeeping:
    def test_after_a_day_row_and_file_are_gone(self, work, folder):
        made = computed(campaigns.campaign(Phase.RATIFY))
        row = exports.ask(made.row, actor=made.leader, kind="workbook")
        work()
        assert len(kept(folder)) == 1
        call_command("sweep_orders", verbosity=0)
        assert len(kept(folder)) == 1
        page = reverse("export_file", args=[row.token])
        with clock.at(clock.now() + timedelta(hours=25)):
            # Signed in anew: a session of yesterday has ended.
            assert client_of(made.leader).get(page).status_code == 404
            call_command("sweep_orders", verbosity=0)
        assert kept(folder) == []
        assert not Export.objects.exists()

    def test_tidying_at_night_sweeps_too(self, monkeypatch):
        swept = []
        monkeypatch.setattr(orders, "sweep", lambda: swept.append(1) or 0)
        call_command("tidy", verbosity=0)
        assert swept == [1]

    def test_a_file_that_is_gone_is_told_and_made_again(self, work):
        made = computed(campaigns.campaign(Phase.RATIFY))
        row = exports.ask(made.row, actor=made.leader, kind="workbook")
        work()
        row.path.unlink()
        assert "Tệp không còn trong kho" in client_of(made.leader).get(reverse("export", args=[row.token])).content.decode()
        again = exports.ask(made.row, actor=made.leader, kind="workbook")
        work()
        again.refresh_from_db()
        assert again.is_ready

    def test_who_waited_long_is_told_by_a_notice(self, work):
        made = computed(campaigns.campaign(Phase.RATIFY))
        quick = exports.ask(made.row, actor=made.leader, kind="workbook")
        work()
        slow = exports.ask(made.row, actor=made.leader, kind="overview")
        Export.objects.filter(pk=slow.pk).update(asked_at=clock.now() - timedelta(seconds=20))
        work()
        told = Notice.objects.filter(recipient=made.leader.user, path__startswith="/cham-diem/tep/")
        assert [row.path for row in told] == [reverse("export", args=[slow.token])]
        assert quick.token != slow.token


class TestLinks:
    def test_the_page_of_the_campaign_offers_only_what_can_be_had(self):
        made = computed(campaigns.campaign(Phase.RATIFY))

        def offered(actor: Actor) -> set[str]:
            page = client_of(actor).get(reverse("campaign", args=[made.pk])).content.decode()
            return set(re.findall(r'name="kind" value="(\w+)"', page))

        assert offered(made.leader) == {"overview", "detail", "workbook", "unit"}
        assert offered(made.members[0]) == {"unit"}

    def test_questions_do_not_grow_with_units(self):
        made = computed(campaigns.campaign(Phase.RATIFY, n=3))
        row = exports.ask(made.row, actor=made.leader, kind="workbook")
        few = questions(made.leader, reverse("export", args=[row.token]))
        more = computed(campaigns.campaign(Phase.RATIFY, n=6))
        row = exports.ask(more.row, actor=more.leader, kind="workbook")
        assert questions(more.leader, reverse("export", args=[row.token])) == few
        assert few <= 20
