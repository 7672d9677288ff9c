"""What logs write of addresses that carry a secret."""

import runpy
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from emulation.lib import codes
from emulation.lib.secret_paths import masked
from tests.house.tree import ROOT

TOKEN = codes.token()


@pytest.mark.parametrize(("name", "shown"), [("calendar_feed", "/lich/***.ics"), ("set_secret", "/dat-mat-khau/***/")])
def test_the_secret_is_masked(name, shown):
    assert masked(reverse(name, args=[TOKEN])) == shown


def test_other_addresses_stay():
    for name in ("calendar", "feed_revoke", "set_secret_code", "periods"):
        assert masked(reverse(name)) == reverse(name)


@pytest.mark.django_db
def test_a_warning_of_the_application_masks_it(caplog):
    Client().get(reverse("calendar_feed", args=[TOKEN]))
    assert "/lich/***.ics" in caplog.text  # the console's handler comes first, and masks for all after it
    assert TOKEN not in caplog.text


def test_the_web_server_masks_it():
    made = runpy.run_path(str(ROOT / "deploy" / "gunicorn.conf.py"))
    logger = made["logger_class"].__new__(made["logger_class"])
    answer, environ = (
        SimpleNamespace(status="200 OK", headers=[]),
        {"REQUEST_METHOD": "GET", "RAW_URI": "", "SERVER_PROTOCOL": ""},
    )
    environ["PATH_INFO"] = reverse("calendar_feed", args=[TOKEN])
    atoms = logger.atoms(answer, SimpleNamespace(headers=[]), environ, timedelta(0))
    line = made["access_log_format"].replace("%({x-request-id}o)s", "-") % atoms
    assert "/lich/***.ics" in line
    assert TOKEN not in line
