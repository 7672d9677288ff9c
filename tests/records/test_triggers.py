"""Insert-only on both databases: the triggers are there, refuse every way of rewriting, and come back after a rebuild."""

import pytest
from django.apps import apps
from django.core.checks import Warning as CheckWarning
from django.db import DatabaseError, connection, transaction

from blocs.models import Adoption, RemarkAttachment, RemarkReply, Reminder, Version
from emulation.records import checks, triggers
from emulation.records.models import AuditEntry, Document, InsertOnly, Revision, Seal
from emulation.reminders.models import Reminder as DueReminder
from emulation.reports.models import (
    BlocReportVersion,
    Extension,
    ProvinceReportVersion,
    ReportVersion,
    Review,
    SentVersion,
    SignedVersion,
)
from emulation.signing.models import PaperTick, Scan, ScanFile, SigningAct
from scoring.models import Recusal, Run, TieDecision, Withdrawal

pytestmark = pytest.mark.django_db

INSERT_ONLY = [
    *(AuditEntry, Seal, Document, Revision),
    *(SigningAct, Scan, ScanFile, PaperTick),
    *(Version, Adoption, Reminder, RemarkReply, RemarkAttachment),
    *(Withdrawal, Recusal, Run, TieDecision),
    *(Extension, ReportVersion, SignedVersion, Review, BlocReportVersion, SentVersion, ProvinceReportVersion, DueReminder),
]


def execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def drop(trigger):
    on_table = f" ON {trigger.table}" if connection.vendor == "postgresql" else ""
    execute(f"DROP TRIGGER {trigger.name}{on_table}")


def test_the_insert_only_tables_are_these():
    assert {model for model in apps.get_models() if issubclass(model, InsertOnly)} == set(INSERT_ONLY)


def test_all_triggers_are_there():
    assert triggers.missing(connection) == []
    assert checks.triggers_are_there(databases=["default"]) == []
    assert checks.triggers_are_there(databases=None) == []


@pytest.mark.parametrize("model", INSERT_ONLY)
def test_each_insert_only_table_has_its_triggers(model):
    table = model._meta.db_table
    expected = {f"{table}_no_update", f"{table}_no_delete"} | (
        {f"{table}_no_truncate"} if connection.vendor == "postgresql" else set()
    )
    assert expected <= triggers.existing(connection)


def test_a_missing_trigger_is_reported_and_made_again():
    trigger = triggers.insert_only(AuditEntry)[0]
    drop(trigger)
    assert triggers.missing(connection) == [trigger.name]
    found = checks.triggers_are_there(databases=["default"])
    assert [type(message) for message in found] == [CheckWarning]
    assert trigger.name in found[0].msg
    triggers.renew_after_migrate()
    assert triggers.missing(connection) == []
    triggers.create(connection)


def test_a_table_can_be_refused_whole():
    Document.objects.create(kind="covenant", created_at="2020-03-04T00:00:00Z")
    statements = ["UPDATE records_document SET kind = 'x'", "DELETE FROM records_document"]
    if connection.vendor == "postgresql":
        statements.append("TRUNCATE records_document CASCADE")
    for statement in statements:
        with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
            execute(statement)
    assert Document.objects.get().kind == "covenant"
