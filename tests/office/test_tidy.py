"""The nightly tidying runs, and forgets sessions that have expired."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command

from emulation.lib import clock

pytestmark = pytest.mark.django_db


def test_expired_sessions_are_forgotten_and_live_ones_kept() -> None:
    now = clock.now()
    Session.objects.create(session_key="cu", session_data="", expire_date=now - timedelta(days=1))
    Session.objects.create(session_key="moi", session_data="", expire_date=now + timedelta(days=1))
    call_command("tidy", verbosity=0)
    assert list(Session.objects.values_list("session_key", flat=True)) == ["moi"]
