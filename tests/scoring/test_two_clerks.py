"""Two clerks in one cell in the same moment, with real threads and real row locks; on PostgreSQL only."""

import pytest

from emulation.lib.verdict import Refused
from emulation.records.events import Event
from emulation.records.models import AuditEntry
from scoring.domain import sheets, verifying
from scoring.domain.sheets import Conflict, Filled
from scoring.enums import EntryState, SheetState
from scoring.models import Entry, Sheet
from tests import builders
from tests.scoring import campaigns
from tests.signing.test_concurrency import together

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_one_is_saved_and_the_other_is_shown_both():
    made = campaigns.campaign()
    sheet, leaf = made.sheet(made.leader), made.leaf("2")
    clerks = [made.leader, builders.staff(made.leader.unit)]

    def enters(actor, value):
        filled = Filled(EntryState.ENTERED, {"target": "100", "actual": value})
        return lambda: sheets.save_cell(sheet, leaf.key, actor=actor, seen=0, filled=filled)

    found = together(*(enters(actor, value) for actor, value in zip(clerks, ("60", "70"), strict=True)))
    saved = [row for row in found if isinstance(row, Entry)]
    refused = [row for row in found if isinstance(row, Conflict)]
    assert (len(saved), len(refused)) == (1, 1)
    assert refused[0].stored.value == saved[0].value == Entry.objects.get(sheet=sheet, key=leaf.key).value


def test_two_cells_of_one_sheet_are_both_saved():
    made = campaigns.campaign()
    sheet = made.sheet(made.leader)
    clerk = builders.staff(made.leader.unit)
    found = together(
        lambda: made.fill(sheet, "1", made.leader, yes=True), lambda: made.fill(sheet, "2", clerk, target="100", actual="60")
    )
    assert all(isinstance(row, Entry) for row in found), found
    assert sheet.entries.count() == 2


@pytest.mark.parametrize("first", ["save", "submit"])
def test_nothing_is_saved_into_a_sheet_that_is_in(first):
    """Who hands in and who still types meet: the value is in before the sheet is, or its clerk is told that it is too late."""
    made = campaigns.campaign()
    sheet = made.sheet(made.leader)
    made.fill_all(sheet)
    leaf, clerk = made.leaf("2"), builders.staff(made.leader.unit)
    before = Entry.objects.get(sheet=sheet, key=leaf.key)
    filled = Filled(EntryState.ENTERED, {"target": "100", "actual": "61"})
    acts = [
        lambda: sheets.save_cell(sheet, leaf.key, actor=clerk, seen=before.edits, filled=filled),
        lambda: sheets.submit(sheet, actor=made.leader),
    ]
    found = together(*(acts if first == "save" else reversed(acts)))
    sheet.refresh_from_db()
    assert sheet.state == SheetState.SUBMITTED, found
    said = AuditEntry.objects.filter(stream__key=sheet.stream).order_by("seq")
    assert said.last().event == Event.SHEET_SUBMITTED
    is_saved = Entry.objects.get(pk=before.pk).value != before.value
    assert [type(row) for row in found if not isinstance(row, Sheet)] == [Entry if is_saved else Refused]
    assert list(verifying.broken()) == []
