"""Results as files: made in the background, for who asked alone, gone after a day."""

import io
from datetime import timedelta

import pypdfium2
import pytest
from django.urls import reverse
from openpyxl import load_workbook

from emulation.lib import clock
from emulation.records.models import AuditEntry
from scoring.domain import exports, runs
from scoring.enums import ExportKind, Phase
from scoring.models import Export
from tests import builders
from tests.scoring import campaigns
from tests.scoring.test_campaign_pages import client_of
from tests.scoring.test_standings_pages import published
from tests.signing.conftest import work

__all__ = ["work"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    """Somebody certifies keys; files lie in a folder of the test."""
    builders.demonstration()
    settings.EXPORTS_DIR = tmp_path / "exports"


def asked(actor, made, kind: str, **more: object) -> Export:
    answer = client_of(actor).post(reverse("export_start", args=[made.pk]), {"kind": kind, **more})
    assert answer.status_code == 302
    return Export.objects.get(token=answer["Location"].rstrip("/").rsplit("/", 1)[-1])


@pytest.mark.parametrize("kind", ExportKind.values)
def test_made_in_the_background_and_fetched(kind, work):
    made = published()
    member = made.members[0]
    row = asked(member, made, kind)
    page, file = reverse("export", args=[row.token]), reverse("export_file", args=[row.token])
    client = client_of(member)
    assert (client.get(f"{page}?cho=1").status_code, client.get(file).status_code) == (204, 404)
    assert "Đang tạo tệp" in client.get(page).content.decode()
    work()
    assert "Tải tệp" in client.get(page).content.decode()
    answer = client.get(file)
    assert answer.status_code == 200
    if kind == ExportKind.EXCEL:
        assert "Tổng hợp" in load_workbook(io.BytesIO(answer.content)).sheetnames
    else:
        text = pypdfium2.PdfDocument(answer.content)[0].get_textpage().get_text_range()
        assert "thi đua" in text.lower()
        assert "CHƯA CÔNG BỐ" not in text
    assert AuditEntry.objects.filter(event="results_exported").count() == 1


def test_nobody_else_fetches_it(work):
    made = published()
    row = asked(made.members[0], made, ExportKind.EXCEL)
    work()
    for actor in (made.leader, made.office):
        for name in ("export", "export_file"):
            assert client_of(actor).get(reverse(name, args=[row.token])).status_code == 404


def test_what_one_is_not_shown_one_cannot_take_home():
    made = campaigns.campaign(Phase.RATIFY)
    runs.compute(made.row, actor=made.leader)
    for kind in ExportKind.values:
        answer = client_of(made.members[0]).post(reverse("export_start", args=[made.pk]), {"kind": kind})
        assert answer.status_code == 404
    assert client_of(made.leader).post(reverse("export_start", args=[made.pk]), {"kind": "khác"}).status_code == 404
    assert not Export.objects.exists()


def test_not_after_one_may_see_it_no_longer(work):
    made = campaigns.campaign(Phase.RATIFY)
    runs.compute(made.row, actor=made.leader)
    row = asked(made.leader, made, ExportKind.OVERVIEW)
    work()
    assert client_of(made.leader).get(reverse("export_file", args=[row.token])).status_code == 200
    campaigns.verbs.step_back(made.row, actor=made.office, reason="Sót điểm.")
    assert client_of(made.leader).get(reverse("export_file", args=[row.token])).status_code == 404


def test_gone_after_a_day(work):
    made = published()
    row = asked(made.members[0], made, ExportKind.OVERVIEW)
    work()
    assert exports.path_of(row.token).stat().st_mode & 0o777 == 0o600
    with clock.at(clock.now() + timedelta(days=1, minutes=1)):
        assert exports.sweep() == 1
    assert not exports.path_of(row.token).exists()
    assert not Export.objects.exists()
