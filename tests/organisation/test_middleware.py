"""Who acts in a request, and from where."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from emulation.organisation.access import polled
from emulation.organisation.middleware import SESSION_KEY, ActorMiddleware, address_of, bring_actor
from tests import builders


def request_from(peer="203.0.113.5", forwarded=None):
    headers = {"X-Forwarded-For": forwarded} if forwarded is not None else {}
    return RequestFactory().get("/", REMOTE_ADDR=peer, headers=headers)


def after_the_middleware(request, view=lambda request: request):
    middleware = ActorMiddleware(lambda request: request)
    seen = middleware(request)
    assert middleware.process_view(request, view, (), {}) is None
    return seen


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
    seen = after_the_middleware(request)
    assert seen.actor.position == actor.position
    assert seen.actor.address == "203.0.113.5"
    assert len(seen.positions) == 2


def test_nobody_acts_without_signing_in():
    request = request_from()
    request.user, request.session = AnonymousUser(), {}
    seen = after_the_middleware(request)
    assert (seen.actor, seen.positions) == (None, [])


@pytest.mark.django_db
def test_what_is_asked_every_second_does_not_look_up_who_acts(django_assert_num_queries):
    request = request_from()
    request.user, request.session = builders.commander(builders.unit()).user, {}
    with django_assert_num_queries(0):
        seen = after_the_middleware(request, polled(lambda request: request))
    assert (seen.actor, seen.positions) == (None, [])
    bring_actor(request)
    assert request.actor.position.unit == request.positions[0].unit
