"""The tests themselves: on the database that was meant, with nothing of the machine's within reach."""

import os
import socket

import pytest
from django.conf import settings
from django.db import connection

from tests.conftest import VAR_DIR, NetworkRefused


@pytest.mark.django_db
def test_the_database_is_the_one_that_was_asked_for():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert connection.vendor == os.environ.get("EXPECT_VENDOR", "sqlite")


@pytest.mark.django_db
def test_the_database_can_be_shared_between_threads():
    assert "memory" not in str(connection.settings_dict["NAME"])


def test_files_are_written_to_a_folder_of_the_tests_own():
    assert settings.VAR_DIR == VAR_DIR
    assert not VAR_DIR.is_relative_to(settings.BASE_DIR)


@pytest.mark.parametrize("host", ["192.0.2.1", "example.invalid"])
def test_no_other_machine_can_be_reached(host):
    with pytest.raises(NetworkRefused):
        socket.create_connection((host, 443), timeout=1)
