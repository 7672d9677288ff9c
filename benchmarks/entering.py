"""A score sheet of 176 criteria: its page, and a cell that is saved while it is typed."""

from collections.abc import Callable
from itertools import count

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks import figures, pages, timing
from benchmarks.figures import Figure
from emulation.office.demo.stage import quick_secrets
from scoring.models import Entry
from tests.scoring import campaigns
from tests.scoring.large import large

LAPS = 15


def measure() -> list[Figure]:
    """Queries and time of both; processor time, which a busy machine changes less than the time on the wall."""
    with quick_secrets():
        made = campaigns.campaign(text=campaigns.without_evidence(large()))
        sheet = made.sheet(made.leader)
        made.fill_all(sheet)
    leaf = made.leaf("I.1.1")
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(made.leader.user)
    page, cell = reverse("sheet", args=[sheet.pk]), reverse("sheet_cell", args=[sheet.pk, leaf.key])
    values = count(1)

    def look() -> None:
        assert client.get(page).status_code == 200

    def save() -> None:
        version = Entry.objects.values_list("edits", flat=True).get(sheet=sheet, key=leaf.key)
        posted = {"version": str(version), "f-target": "100", "f-actual": str(next(values) % 90)}
        assert client.post(cell, posted, headers={"X-Autosave": "1"}).status_code == 200

    looked, saved = timing.repeat(look, LAPS), timing.repeat(save, LAPS)
    return [
        figures.at_most("the page of a sheet of 176 criteria", _asked(look), 20, "queries"),
        figures.at_most(
            "the same, processor time", looked.cpu * 1000, 400, "ms", note=f"{timing.milliseconds(looked.wall)} on the wall"
        ),
        # One question more here, which looks up the version that the page would know.
        figures.at_most("a cell that is saved", _asked(save) - 1, 12, "queries"),
        figures.at_most(
            "the same, processor time", saved.cpu * 1000, 40, "ms", note=f"{timing.milliseconds(saved.wall)} on the wall"
        ),
    ]


def _asked(act: Callable[[], None]) -> int:
    with CaptureQueriesContext(connection) as asked:
        act()
    return sum(not query["sql"].startswith(pages.NO_QUESTIONS) for query in asked.captured_queries)
