"""The audit: one chain a stream, every entry hashed with the one before, and every change to the past found."""

import pytest
from django.db import DatabaseError, connection, transaction

from emulation.records import triggers
from emulation.records.domain import audit
from emulation.records.events import Event
from emulation.records.models import AuditEntry, AuditStream
from tests import builders

pytestmark = pytest.mark.django_db


def happen(stream="covenant:1", actor=None, **data):
    with transaction.atomic():
        return audit.log(Event.SIGNED, stream=stream, actor=actor, **data)


def rewrite(statement, *values):
    """What somebody with full rights on the database can do: lift the triggers, then write."""
    with connection.cursor() as cursor:
        for trigger in triggers.declared():
            on_table = f" ON {trigger.table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name}{on_table}")
        cursor.execute(statement, values)


def test_entries_of_a_stream_are_numbered_and_chained():
    first, second, other = happen(), happen(), happen("user:7")
    assert (first.seq, first.previous_hash) == (1, "")
    assert (second.seq, second.previous_hash) == (2, first.hash)
    assert (other.seq, other.previous_hash) == (1, "")
    head = AuditStream.objects.get(key="covenant:1")
    assert (head.head_seq, head.head_hash) == (2, second.hash)
    assert list(audit.broken()) == []


def test_an_entry_names_person_place_and_data():
    actor = builders.commander(builders.unit("Đức Hòa"))
    entry = happen(actor=actor, unit=actor.unit_id, note="đã ký")
    stored = AuditEntry.objects.get(pk=entry.pk)
    assert stored.user_id == actor.user_id
    assert "Công an xã Đức Hòa" in stored.person
    assert stored.address == builders.ADDRESS
    assert stored.data == {"unit": actor.unit_id, "note": "đã ký"}


def test_a_stored_entry_hashes_as_it_was_written():
    entry = happen(day=builders.LONG_AGO, number=1.5, nothing=None, letters="Ước đ")
    stored = AuditEntry.objects.get(pk=entry.pk)
    assert audit.entry_hash(stored, "covenant:1") == entry.hash


def test_the_system_itself_acts_without_a_person():
    entry = happen()
    assert (entry.user_id, entry.person, entry.address) == (None, "", "")


def test_an_entry_belongs_to_the_transaction_of_its_verb():
    def fail():
        with transaction.atomic():
            audit.log(Event.SIGNED, stream="covenant:1", actor=None)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert AuditEntry.objects.count() == 0
    happen()
    assert list(audit.broken()) == []


@pytest.mark.django_db(transaction=True)
def test_nothing_is_logged_outside_a_transaction():
    with pytest.raises(transaction.TransactionManagementError):
        audit.log(Event.SIGNED, stream="covenant:1", actor=None)
    assert AuditStream.objects.count() == 0
    assert AuditEntry.objects.count() == 0


@pytest.mark.parametrize("act", ["save", "delete", "update", "erase"])
def test_an_entry_is_never_changed_or_deleted(act):
    entry = happen()
    entry.person = "somebody else"
    acts = {
        "save": entry.save,
        "delete": entry.delete,
        "update": lambda: AuditEntry.objects.update(person="somebody else"),
        "erase": lambda: AuditEntry.objects.all()._raw_delete("default"),
    }
    with pytest.raises((TypeError, DatabaseError)), transaction.atomic():
        acts[act]()
    assert AuditEntry.objects.get().person == ""


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE records_auditentry SET person = 'X' WHERE seq = 2", "covenant:1: entry 2 was changed"),
        ("UPDATE records_auditentry SET address = 'X' WHERE seq = 3", "covenant:1: entry 3 was changed"),
        ("DELETE FROM records_auditentry WHERE seq = 2", "covenant:1: entry 2 is missing"),
        ("DELETE FROM records_auditentry WHERE seq = 3", "covenant:1: the chain ends at 2, its head says 3"),
        ("UPDATE records_auditentry SET previous_hash = 'X' WHERE seq = 2", "covenant:1: entry 2 does not follow the one before"),
        ("UPDATE records_auditstream SET head_hash = 'X'", "covenant:1: the chain ends at 3, its head says 3"),
    ],
)
def test_every_change_to_the_past_is_found(statement, said):
    happen(), happen(), happen()
    rewrite(statement)
    assert said in list(audit.broken())


def test_one_broken_stream_does_not_hide_another():
    happen("covenant:1"), happen("covenant:2")
    rewrite("UPDATE records_auditentry SET person = 'X'")
    assert len(list(audit.broken())) == 2


def test_a_value_has_one_spelling():
    assert audit.canonical({"b": 1, "a": "Ước"}) == audit.canonical({"a": "Ước", "b": 1}) == '{"a":"Ước","b":1}'.encode()
