"""The tests themselves: on the database that was meant, with nothing of the machine's within reach."""

import os
import socket

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from emulation.records import triggers
from emulation.records.domain import audit
from emulation.records.events import Event
from emulation.records.models import AuditEntry
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


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", [1, 2])
def test_insert_only_tables_are_empty_and_guarded_at_the_start_of_each_test(time):
    assert AuditEntry.objects.count() == 0
    assert triggers.missing(connection) == []
    with transaction.atomic():
        audit.log(next(iter(Event)), stream=f"test:{time}", actor=None)
    with pytest.raises(DatabaseError):
        AuditEntry.objects.update(person="somebody else")
