"""A walk over every address as every role, with real keys of one's own bloc and of another one."""

import copy
import logging
from collections.abc import Iterator
from http.cookies import SimpleCookie

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from emulation.organisation.actors import Actor
from tests import builders
from tests.pages import addresses, world
from tests.pages.addresses import Row
from tests.pages.world import ROLES, World

pytestmark = pytest.mark.django_db


def names() -> set[str]:
    """The names of all addresses outside the admin, which has a walk of its own."""
    return set(_names(get_resolver().url_patterns))


def _names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":
                yield from _names(pattern.url_patterns)
        else:
            assert pattern.name, pattern
            yield pattern.name


def test_every_address_has_a_line() -> None:
    assert names() - {row.name for row in addresses.ROWS} == set()


def test_every_line_answers_every_role() -> None:
    assert [row for row in addresses.ROWS if set(row.answers) != set(ROLES)] == []


# On PostgreSQL every page is opened by the walks in test_english.py and tests/browser, and each act has its own tests.
@pytest.mark.any_database
def test_every_address_as_every_role(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR, "django.request")
    built = world.build()
    come_in = Entrance()
    wrong = [found for row in addresses.ROWS for role in ROLES if (found := _try(built, row, role, come_in))]
    assert wrong == []


class Entrance:
    """Who comes in for the first time logs in; later he is known by his cookie of then."""

    def __init__(self) -> None:
        self.known: dict[int | None, SimpleCookie] = {None: SimpleCookie()}

    def __call__(self, actor: Actor | None) -> Client:
        client = Client(raise_request_exception=False)
        key = actor.user_id if actor else None
        if actor and key not in self.known:
            client.force_login(actor.user)
            self.known[key] = client.cookies
        client.cookies = copy.deepcopy(self.known[key])
        return client


def _try(built: World, row: Row, role: str, come_in: Entrance) -> str:
    of = built.empty if row.of in ("", "empty") else built.documents[row.of]
    address = reverse(row.name, kwargs={**(built.kwargs(row.keys, of) if row.of or row.keys else {}), **row.more})
    client = come_in(None if role == "visitor" else built.actor(role, of))
    with transaction.atomic():
        status = _ask(client, address, row, built)
        transaction.set_rollback(True)
    if status == row.answers[role]:
        return ""
    method = "GET" if row.send is None else "POST"
    return f"{method} {row.name} ({row.of}) as {role}: {status}, not {row.answers[role]}"


def _ask(client: Client, address: str, row: Row, built: World) -> int:
    if row.send is None:
        return client.get(address).status_code
    data = dict(row.send() if callable(row.send) else row.send)
    if row.name == "sign":
        data["digest"] = builders.frozen_digest(built.documents[row.of].round)
    return client.post(address, data).status_code
