"""Who acts in a request, and from where."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from emulation.organisation.middleware import SESSION_KEY, ActorMiddleware, address_of
from tests import builders


def request_from(peer="203.0.113.5", forwarded=None):
    headers = {"X-Forwarded-For": forwarded} if forwarded is not None else {}
    return RequestFactory().get("/", REMOTE_ADDR=peer, headers=headers)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, None, "203.0.113.5"),
        (0, "198.51.100.1", "203.0.113.5"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "10.9.9.9, 198.51.100.1", "198.51.100.1"),
        (2, "10.9.9.9, 198.51.100.1, 10.0.0.1", "198.51.100.1"),
        (2, "198.51.100.1", "203.0.113.5"),
        (1, "", "203.0.113.5"),
    ],
)
def test_an_address_counts_only_as_far_as_our_proxies_wrote_it(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    assert address_of(request_from(forwarded=forwarded)) == address


@pytest.mark.django_db
def test_the_actor_is_in_the_chosen_position():
    actor = builders.commander(builders.unit())
    builders.commander(builders.unit(), user=actor.user)
    request = request_from()
    request.user, request.session = actor.user, {SESSION_KEY: actor.position.pk}
    seen = ActorMiddleware(lambda request: request)(request)
    assert seen.actor.position == actor.position
    assert seen.actor.address == "203.0.113.5"
    assert len(seen.positions) == 2


def test_nobody_acts_without_signing_in():
    request = request_from()
    request.user, request.session = AnonymousUser(), {}
    seen = ActorMiddleware(lambda request: request)(request)
    assert (seen.actor, seen.positions) == (None, [])
