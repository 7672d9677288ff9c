"""Two provinces in one house: whoever belongs to the second finds nothing of the first, by no address and on no list."""

from dataclasses import dataclass

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from blocs.domain import blocs
from blocs.domain.blocs import SeatPlan
from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.organisation.domain import units
from emulation.organisation.enums import UnitKind
from emulation.organisation.models import Unit, UnitName
from tests import builders
from tests.pages import addresses, report_addresses, world
from tests.pages.answers import Row
from tests.pages.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

WALKED = [
    row
    for rows in (
        addresses.CAMPAIGNS,
        report_addresses.PERIODS,
        report_addresses.REPORTS,
        report_addresses.BLOC_REPORTS,
        report_addresses.PROVINCE_REPORTS,
        report_addresses.BOARDS,
        report_addresses.ACTIVITIES,
    )
    for row in rows
    if row.of
]
# What blocs do. The register of units, people and mandates is the whole house's, kept by its offices together.
LISTS = (
    "campaigns", "periods", "province_reports", "report_trends", "board", "obligations", "activities", "calendar", "home",
    "notices", "reminders", "blocs", "documents", "first_steps",
)  # fmt: skip
# Pages that only an office or a provincial leader has.
KEPT_FROM = {"unit": {"board", "obligations", "first_steps"}, "leader": {"first_steps"}, "office": set()}


@dataclass
class Province:
    """Another provincial police with an office, a leader and a bloc of its own."""

    people: dict[str, Actor]
    own: Unit


def second_province() -> Province:
    def made(kind: str, place: str, parent: Unit | None = None, **more: bool) -> Unit:
        since = builders.LONG_AGO
        return units.create(
            actor=None, kind=kind, name=f"Công an {place}", short_name=place, valid_from=since, parent=parent, **more
        )

    province = made(UnitKind.PROVINCE, "tỉnh Phương Xa")
    office = made(UnitKind.DEPARTMENT, "Phòng Phương Xa", province, is_emulation_office=True)
    seats = [SeatPlan(made(UnitKind.COMMUNE, f"xã Miền Xa {n}", province), "leader" if n == 1 else "member") for n in (1, 2, 3)]
    seats[1] = SeatPlan(seats[1].unit, "deputy")
    head = builders.commander(office)
    blocs.form(clock.today().year, builders.plan(seats, name="Miền Xa"), actor=head)
    people = {"office": head, "leader": builders.commander(province), "unit": builders.commander(seats[0].unit)}
    return Province(people, seats[0].unit)


def client_of(actor: Actor) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(actor.user)
    return client


def test_nothing_of_the_first_is_opened_or_named():
    built, province = world.build(), second_province()
    clients = {role: client_of(actor) for role, actor in province.people.items()}
    own = client_of(built.empty.office)  # what is looked for below stands on the same pages for people of the first
    assert [name for name in ("campaigns", "periods", "board", "blocs") if not told(own.get(reverse(name)))] == []
    assert [*opened(clients, built), *named(clients, built)] == []


def opened(clients: dict[str, Client], built: World) -> list[str]:
    """By keys of the first province."""
    wrong = []
    for row in WALKED:
        for role, client in clients.items():
            with transaction.atomic():
                answer = asked(client, row, built)
                transaction.set_rollback(True)
            if answer.status_code not in (403, 404):
                wrong.append(f"{row.name} ({row.of}) as {role}: {answer.status_code}")
            wrong += [f"{row.name} tells {role} of {name}" for name in told(answer)]
    return wrong


def asked(client: Client, row: Row, built: World) -> HttpResponse:
    of = built.empty if row.of == "empty" else built.documents[row.of]
    address = reverse(row.name, kwargs={**built.kwargs(row.keys, of), **row.more})
    if row.send is None:
        return client.get(address)
    return client.post(address, row.send() if callable(row.send) else row.send)


def told(answer: HttpResponse) -> list[str]:
    """Names of blocs and units of the first province on a page, whose head is the house's own."""
    if answer.streaming:
        return ["a file"]
    text = answer.content.decode(errors="replace")
    return [name for name in first_names() if name in text]


def first_names() -> list[str]:
    first = UnitName.objects.exclude(unit__kind=UnitKind.PROVINCE).exclude(unit__is_emulation_office=True)
    return [*first.exclude(name__contains="Xa").values_list("name", flat=True).distinct(), "ven biển"]


def named(clients: dict[str, Client], built: World) -> list[str]:
    """On lists, also when they are asked for what only the first has."""
    wrong = []
    for role, client in clients.items():
        for name in LISTS:
            for query in ("", "?q=An", f"?nam={clock.today().year}&khoi={built.empty.bloc_year.pk}"):
                answer = client.get(reverse(name) + query, follow=True)
                expected = 403 if name in KEPT_FROM[role] else 200
                if answer.status_code != expected:
                    wrong.append(f"{name}{query} as {role}: {answer.status_code}")
                wrong += [f"{name}{query} tells {role} of {found}" for found in told(answer)]
    return wrong
