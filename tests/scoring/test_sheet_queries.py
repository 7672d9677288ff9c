"""How many questions a sheet of 176 criteria asks the database, and a cell that is saved."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from scoring.enums import Layer, Phase
from scoring.models import Entry
from tests.scoring import campaigns
from tests.scoring.large import large

pytestmark = pytest.mark.django_db

NO_QUESTIONS = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
MOST_PAGE, MOST_SAVE = 20, 12


def asked(act):
    with CaptureQueriesContext(connection) as found:
        answer = act()
    assert answer.status_code == 200
    return sum(not query["sql"].startswith(NO_QUESTIONS) for query in found.captured_queries)


def client_of(actor):
    client = Client()
    client.force_login(actor.user)
    client.get("/")
    return client


def saving(client, sheet, leaf, **values):
    """Save a cell once, and again with another value."""

    def save(value):
        known = Entry.objects.filter(sheet=sheet, key=leaf.key).first()
        posted = {"version": str(known.edits if known else 0), **values, **value}
        address = reverse("sheet_cell", args=[sheet.pk, leaf.key])
        return lambda: client.post(address, posted, headers={"X-Autosave": "1"})

    return save


def test_a_sheet_of_176_criteria_and_a_cell_of_it():
    made = campaigns.campaign(text=campaigns.without_evidence(large()))
    sheet = made.sheet(made.leader)
    client, leaf = client_of(made.leader), made.leaf("I.1.1")
    save = saving(client, sheet, leaf, **{"f-target": "100"})
    assert asked(save({"f-actual": "80"})) <= MOST_SAVE
    made.fill_all(sheet)
    save({"f-actual": "80"})()
    assert asked(save({"f-actual": "81"})) == 11 <= MOST_SAVE
    address = reverse("sheet", args=[sheet.pk])
    client.get(address)
    assert asked(lambda: client.get(address)) == 18 <= MOST_PAGE
    assert asked(lambda: client.get(reverse("sheet_cell", args=[sheet.pk, leaf.key]))) <= MOST_PAGE


@pytest.mark.parametrize("n", [3, 5])
def test_a_sheet_of_the_bloc_asks_as_much_for_five_units_as_for_three(n):
    made = campaigns.campaign(Phase.CROSS, n=n)
    unit = made.members[0]
    for actor in made.commanders:
        if actor.unit_id != unit.unit_id:
            made.fill(made.sheet(unit, Layer.CROSS, by=actor), "2", given_points="9")
    campaigns.leave(made)
    sheet = made.sheet(unit, Layer.CONSOLIDATED)
    client, address = client_of(made.leader), reverse("sheet", args=[sheet.pk])
    client.get(address)
    assert asked(lambda: client.get(address)) == 15 <= MOST_PAGE
    save = saving(client, sheet, made.leaf("2"), state="entered", reason="Theo hồ sơ.")
    save({"points": "8"})()
    assert asked(save({"points": "7"})) == 10 <= MOST_SAVE
