"""Seals over the audit: what moved is sealed once, and every way of rewriting the past shows."""

import threading
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from emulation.lib import clock
from emulation.records import seal_key, triggers
from emulation.records.domain import audit, seals
from emulation.records.events import Event
from emulation.records.models import AuditEntry, AuditStream, Seal


@pytest.fixture
def folder(tmp_path, settings):
    settings.SEAL_DIR = tmp_path / "seals"
    seal_key.create(settings.SEAL_DIR, passphrase="")
    return settings.SEAL_DIR


def happen(stream="covenant:1", **data):
    with transaction.atomic():
        return audit.log(Event.SIGNED, stream=stream, actor=None, **data)


def rewrite(statement, *values):
    """What somebody with full rights on the database can do: the triggers that refuse it are lifted first."""
    with connection.cursor() as cursor:
        for trigger in triggers.declared():
            on_table = f" ON {trigger.table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name}{on_table}")
        cursor.execute(statement, values)


def cut_off_last_entry(key):
    """Delete the last entry of a stream and set its head back, so that the chain itself is whole again."""
    stream = AuditStream.objects.get(key=key)
    rewrite("DELETE FROM records_auditentry WHERE stream_id = %s AND seq = %s", stream.pk, stream.head_seq)
    last = stream.entries.order_by("-seq").first()
    AuditStream.objects.filter(pk=stream.pk).update(head_seq=last.seq, head_hash=last.hash, sealed_seq=last.seq)


@pytest.mark.django_db
def test_heads_that_moved_are_sealed_once(folder):
    happen(), happen(), happen("user:7")
    first = seals.seal_new_heads()
    assert [(key, seq) for key, seq, _ in first.heads] == [("covenant:1", 2), ("user:7", 1)]
    assert seals.seal_new_heads() is None
    happen("user:7")
    second = seals.seal_new_heads()
    assert [(key, seq) for key, seq, _ in second.heads] == [("user:7", 2)]
    assert second.previous_hash == first.hash
    assert list(seals.broken()) == []


@pytest.mark.django_db
def test_nothing_to_seal_and_nothing_broken_at_the_start(folder):
    assert seals.seal_new_heads() is None
    assert list(seals.broken()) == []


@pytest.mark.django_db
def test_without_a_key_nothing_is_sealed_and_the_command_says_what_to_do(tmp_path, settings):
    settings.SEAL_DIR = tmp_path / "none"
    happen()
    with pytest.raises(seal_key.SealKeyProblem):
        seals.seal_new_heads()
    with pytest.raises(CommandError, match="setup"):
        call_command("seal")
    assert list(seals.broken()) == []


@pytest.mark.django_db
def test_the_command_speaks_only_when_something_moved(folder, capsys):
    happen()
    call_command("seal", verbosity=0)
    assert capsys.readouterr().out == ""
    happen()
    call_command("seal")
    assert "sealed: 2" in capsys.readouterr().out
    call_command("seal")
    assert capsys.readouterr().out == ""


@pytest.mark.django_db
def test_a_cut_off_entry_shows_although_the_chain_is_whole(folder):
    happen(), happen()
    seals.seal_new_heads()
    cut_off_last_entry("covenant:1")
    assert list(audit.broken()) == []
    assert list(seals.broken()) == ["covenant:1: entry 2 was sealed (seal 1) and is gone"]


@pytest.mark.django_db
def test_a_chain_computed_anew_shows(folder):
    entry = happen(who="A")
    seals.seal_new_heads()
    entry.data = {"who": "B"}
    entry.hash = audit.entry_hash(entry, "covenant:1")
    rewrite("UPDATE records_auditentry SET data = %s, hash = %s WHERE id = %s", '{"who": "B"}', entry.hash, entry.pk)
    AuditStream.objects.update(head_hash=entry.hash)
    assert list(audit.broken()) == []
    assert list(seals.broken()) == ["covenant:1: entry 1 is another one than seal 1 says"]


@pytest.mark.django_db
def test_a_cut_off_seal_shows_in_the_text_file(folder):
    happen()
    seals.seal_new_heads()
    happen()
    seals.seal_new_heads()
    rewrite("DELETE FROM records_seal WHERE seq = 2")
    cut_off_last_entry("covenant:1")
    assert list(seals.broken()) == ["seal 2 was written to seals.txt and is gone"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE records_seal SET heads = '[[7]]' WHERE seq = 1", ["seal 1 was changed", "seal 1 is not signed with our key"]),
        ("UPDATE records_seal SET signature = 'zz' WHERE seq = 1", ["seal 1 is not signed with our key"]),
        ("UPDATE records_seal SET previous_hash = 'no' WHERE seq = 2", ["seal 2 does not follow the one before"]),
        ("DELETE FROM records_seal WHERE seq = 1", ["seal 1 is missing", "seal 1 was written to seals.txt and is gone"]),
        (
            "UPDATE records_auditstream SET head_seq = 9, sealed_seq = 9",
            ["covenant:1: marked as sealed up to 9, but no seal says so"],
        ),
    ],
)
def test_a_changed_seal_shows(folder, statement, said):
    happen()
    seals.seal_new_heads()
    happen()
    seals.seal_new_heads()
    rewrite(statement)
    found = list(seals.broken())
    assert [sentence for sentence in said if sentence not in found] == []


@pytest.mark.django_db
def test_seals_by_another_key_show(folder):
    happen()
    seals.seal_new_heads()
    (folder / seal_key.KEY_FILE).unlink()
    assert list(seals.broken()) == ["seals: there is no key for seals yet"]
    seal_key.create(folder, passphrase="")
    assert "seal 1 is not signed with our key" in list(seals.broken())


@pytest.mark.django_db
@pytest.mark.parametrize("line", ["1 0000 2020-03-04T00:00:00+00:00", "gibberish"])
def test_a_changed_line_of_the_text_file_shows(folder, line):
    happen()
    seals.seal_new_heads()
    (folder / seals.LOG_FILE).write_text(f"{line}\n", encoding="ascii")
    assert len(list(seals.broken())) == 1


@pytest.mark.django_db
def test_a_crash_before_the_last_step_is_caught_up(folder):
    happen()
    seals.seal_new_heads()
    (folder / seals.LOG_FILE).unlink()
    AuditStream.objects.update(sealed_seq=0)
    assert list(seals.broken()) == []
    assert seals.seal_new_heads() is None
    assert (folder / seals.LOG_FILE).read_text(encoding="ascii").startswith("1 ")
    assert AuditStream.objects.get().sealed_seq == 1


@pytest.mark.django_db
def test_the_text_file_is_private_and_grows(folder):
    with clock.at(clock.now() - timedelta(days=400)):
        happen()
        seals.seal_new_heads()
    happen()
    seals.seal_new_heads()
    file = folder / seals.LOG_FILE
    assert file.stat().st_mode & 0o777 == 0o600
    assert [line.split()[0] for line in file.read_text(encoding="ascii").splitlines()] == ["1", "2"]
    assert list(seals.broken()) == []


@pytest.mark.django_db(transaction=True)
def test_two_sealers_queue(folder):
    happen(), happen("user:7")
    found = []

    def work():
        try:
            found.append(seals.seal_new_heads())
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(seal is not None for seal in found) == 1
    assert Seal.objects.count() == 1
    assert AuditEntry.objects.count() == 2
    assert list(seals.broken()) == []
