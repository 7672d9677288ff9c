"""Kiểm tra trước hội nghị: who could not sign on the day, and what to do about it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from blocs.domain import readiness
from blocs.domain.readiness import Trouble
from emulation.lib import clock
from emulation.organisation.domain import attempts, mandates, secrets
from emulation.organisation.enums import Capacity
from emulation.organisation.models import Mandate, User
from tests import builders, meetings

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return builders.bloc()


@pytest.fixture
def planned(cast):
    made = meetings.conference(of=cast, days=10)
    User.objects.update(last_login=clock.now())
    return made


def found(conference):
    return [(concern.trouble, concern.unit.pk) for concern in readiness.concerns(conference)]


def test_nothing_is_wrong_when_everybody_can_sign(planned):
    assert found(planned) == []


def test_who_never_logged_in_is_named(cast, planned):
    User.objects.filter(pk=cast.members[0].user_id).update(last_login=None)
    (concern,) = readiness.concerns(planned)
    assert (concern.trouble, concern.position) == (Trouble.NEVER, cast.members[0].position)


def test_a_secret_that_somebody_else_set_is_no_secret(cast, planned):
    secrets.issue_link(cast.members[0].user, actor=cast.office)
    assert found(planned) == [(Trouble.NOT_OWN, cast.members[0].unit_id)]


def test_who_is_locked_out(cast, planned):
    for _ in range(5):
        attempts.record(secrets.ACCOUNT, cast.deputies[0].user.username)
    assert found(planned) == [(Trouble.LOCKED, cast.deputies[0].unit_id)]


def test_a_post_that_ends_before_the_day_leaves_the_unit_without_anybody(cast, planned):
    builders.end_position(cast.members[0], last_day=clock.today() + timedelta(days=8))
    unit = cast.members[0].unit_id
    assert found(planned) == [(Trouble.NOBODY, unit), (Trouble.ENDS, unit)]


def test_a_post_that_begins_before_the_day_counts(cast, planned):
    builders.end_position(cast.members[0], last_day=clock.today() + timedelta(days=3))
    successor = builders.commander(cast.members[0].unit)
    successor.position.valid_from = clock.today() + timedelta(days=4)
    successor.position.save()
    User.objects.update(last_login=clock.now())
    assert Trouble.NOBODY not in [trouble for trouble, _unit in found(planned)]


def test_a_mandate_that_ended_the_day_before_does_not_carry_the_deputy(cast, planned):
    deputy = builders.deputy(cast.members[0].unit, mandate=False)
    builders.end_position(cast.members[0], last_day=clock.today() + timedelta(days=5))
    last = clock.local(planned.starts_at).date() - timedelta(days=1)
    mandates.record(
        deputy.position,
        actor=cast.office,
        capacity=Capacity.KT,
        document="Giấy phân công số 1",
        valid_from=clock.today(),
        valid_until=last,
    )
    User.objects.update(last_login=clock.now())
    assert {Trouble.NOBODY, Trouble.MANDATE_ENDS} <= {trouble for trouble, _unit in found(planned)}
    Mandate.objects.update(valid_until=last + timedelta(days=1))
    assert not {Trouble.NOBODY, Trouble.MANDATE_ENDS} & {trouble for trouble, _unit in found(planned)}


def test_the_secretary_signs_too(planned):
    User.objects.filter(pk=planned.secretary.person_id).update(secret_is_own=False)
    assert [trouble for trouble, _unit in found(planned)] == [Trouble.NOT_OWN]


def test_the_office_gets_the_link_to_mend_it_and_others_are_told_whom_to_ask(cast, planned):
    secrets.issue_link(cast.members[0].user, actor=cast.office)
    address, link = reverse("conference_readiness", args=[planned.pk]), reverse("reset_slip", args=[cast.members[0].user_id])
    pages = {}
    for name, actor in {"office": cast.office, "leader": cast.leader}.items():
        client = Client()
        client.force_login(actor.user)
        pages[name] = client.get(address).content.decode()
    assert link in pages["office"]
    assert link not in pages["leader"]
    assert cast.office.unit.name in pages["leader"]
