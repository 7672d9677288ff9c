"""`manage.py verify_records` notices whatever was changed behind the application's back."""

import json
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from emulation.records import storage
from emulation.records.domain import audit
from emulation.records.events import Event
from emulation.records.models import AuditEntry, AuditStream, Revision, Seal
from emulation.signing.domain import freezing, rounds
from emulation.signing.domain import recheck as signing_recheck
from emulation.signing.models import Authority, SigningAct, SigningRound, Slot
from tests import builders


@pytest.fixture
def recheck(capsys):
    """Run the command; the breaks that it printed."""

    def run() -> list[str]:
        end = 0
        try:
            call_command("verify_records")
        except CommandError as error:
            end = error.returncode
        lines = capsys.readouterr().out.splitlines()
        breaks = [line.removeprefix("BREAK ") for line in lines if line.startswith("BREAK ")]
        assert (end, lines[-1] == "no break") == ((1, False) if breaks else (0, True))
        return breaks

    return run


@pytest.fixture
def unguarded():
    """Drop the triggers of a table for a moment and put them back, as somebody with the database's password would."""

    @contextmanager
    def lift(model):
        from emulation.records import triggers

        with connection.cursor() as cursor:
            for trigger in triggers.insert_only(model):
                on_table = f" ON {trigger.table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name}{on_table}")
        yield
        triggers.create(connection)

    return lift


@pytest.fixture
def damaged():
    """Change the stored bytes of a revision, and put them back after the test."""
    kept = {}

    def change(revision, data: bytes | None) -> None:
        path = storage.path_of(revision.sha256)
        kept[path] = path.read_bytes()
        path.chmod(0o644)
        if data is None:
            path.unlink()
        else:
            path.write_bytes(data)

    yield change
    for path, data in kept.items():
        path.write_bytes(data)
        path.chmod(0o444)


def test_nothing_is_wrong_with_what_was_rightly_made(recheck, signed, seal):
    seal()
    assert recheck() == []


def test_nothing_is_wrong_with_open_and_voided_rounds(recheck, half, seal):
    assert recheck() == []
    rounds.void(half.made.round, actor=half.made.leader, reason="Sai số liệu")
    seal()
    assert recheck() == []


def test_an_empty_system_is_whole(recheck, db, seal_key):
    assert recheck() == []


def test_the_command_may_be_quiet(db, seal_key, capsys):
    call_command("verify_records", verbosity=0)
    assert not [line for line in capsys.readouterr().out.splitlines() if not line.startswith("orphan")]


# --- stored files ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [0, 4, 9])
def test_a_flipped_byte_in_a_stored_file(recheck, signed, seal_key, damaged, number):
    data = bytearray(signed.file(number))
    data[len(data) // 2] ^= 1
    damaged(signed.revision(number), bytes(data))
    assert any(f"revision {number}" in line and "changed" in line for line in recheck())


def test_a_stored_file_that_is_gone(recheck, signed, seal_key, damaged):
    damaged(signed.revision(9), None)
    breaks = recheck()
    assert any("revision 9" in line for line in breaks)
    assert any("the file is unverifiable" in line for line in breaks)


def test_orphans_are_listed_and_are_no_error(signed, seal_key, capsys):
    digest = storage.keep(b"left by a crash between file and row")
    try:
        call_command("verify_records")
    finally:
        storage.path_of(digest).unlink()
    assert f"orphan {digest}" in capsys.readouterr().out


@pytest.mark.parametrize("number", [3, 9])
def test_a_missing_revision(recheck, signed, seal_key, unguarded, number):
    """The row is gone. The whole is undone before the database could complain about the rows that point to it."""
    with unguarded(Revision), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM records_revision WHERE id = %s", [signed.revision(number).pk])
        assert any("missing" in line for line in recheck())
        transaction.set_rollback(True)


# --- the audit --------------------------------------------------------------------------------------------------------------------


def last_entry(signed) -> AuditEntry:
    return AuditEntry.objects.filter(stream__key=signed.made.round.stream).order_by("-seq")[0]


def recompute(stream: AuditStream) -> None:
    """Compute the chain anew, as somebody who knows the code can."""
    previous = ""
    for entry in stream.entries.order_by("seq"):
        entry.previous_hash = previous
        previous = audit.entry_hash(entry, stream.key)
        AuditEntry.objects.filter(pk=entry.pk).update(previous_hash=entry.previous_hash, hash=previous)
    last = stream.entries.order_by("seq").last()
    AuditStream.objects.filter(pk=stream.pk).update(head_seq=last.seq, head_hash=last.hash)


def test_an_edited_audit_row(recheck, signed, seal, unguarded):
    seal()
    with unguarded(AuditEntry):
        AuditEntry.objects.filter(pk=last_entry(signed).pk).update(person="Đại tá Người Khác")
    assert any("was changed" in line for line in recheck())


def test_an_edited_audit_row_with_the_chain_recomputed(recheck, signed, seal, unguarded):
    seal()
    with unguarded(AuditEntry):
        entry = last_entry(signed)
        AuditEntry.objects.filter(pk=entry.pk).update(person="Đại tá Người Khác")
        recompute(entry.stream)
    assert list(audit.broken()) == []
    assert any("is another one than seal" in line for line in recheck())


def test_a_deleted_last_row(recheck, signed, seal, unguarded):
    seal()
    with unguarded(AuditEntry):
        AuditEntry.objects.filter(pk=last_entry(signed).pk).delete()
    assert any("the chain ends at" in line for line in recheck())


def test_a_deleted_last_row_with_its_head_set_back(recheck, signed, seal, unguarded):
    seal()
    with unguarded(AuditEntry):
        entry = last_entry(signed)
        AuditStream.objects.filter(pk=entry.stream_id).update(sealed_seq=0)
        AuditEntry.objects.filter(pk=entry.pk).delete()
        recompute(entry.stream)
    assert list(audit.broken()) == []
    assert any("is gone" in line for line in recheck())


def test_a_deleted_seal(recheck, signed, seal, unguarded):
    seal()
    with unguarded(Seal):
        Seal.objects.all().delete()
    assert any("seal 1" in line for line in recheck())


def test_a_missing_guard(recheck, signed, seal_key, unguarded):
    with transaction.atomic(), connection.cursor() as cursor:
        on_table = " ON records_auditentry" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER records_auditentry_no_update{on_table}")
        assert recheck() == ["trigger records_auditentry_no_update is missing"]
        transaction.set_rollback(True)


# --- rounds, slots, acts ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"certificate_sha256": "0" * 64}, "another certificate"),
        ({"signer_name": "Người Khác"}, "names another person"),
        ({"signer_rank": "Đại tá"}, "about something else (rank)"),
        ({"signer_title": "Giám đốc"}, "about something else (title)"),
        ({"unit_name": "Công an xã Khác"}, "slots are not those of the manifest"),
        ({"role": "deputy"}, "slots are not those of the manifest"),
        ({"field_name": "sig-khac"}, "slots are not those of the manifest"),
    ],
)
def test_a_changed_slot(recheck, signed, seal_key, changes, word):
    Slot.objects.filter(pk=signed.made.slots[5].pk).update(**changes)
    assert any(word in line for line in recheck())


def test_two_slots_that_changed_places(recheck, signed, seal_key):
    """Person and certificate move together to another unit's slot."""
    one, other = signed.made.slots[4:6]
    names = ("signer_id", "act_id", "revision_id", "certificate_sha256")
    mine, theirs = ({name: getattr(slot, name) for name in names} for slot in (one, other))
    empty = dict.fromkeys(names) | {"state": "void"}
    Slot.objects.filter(pk=other.pk).update(**empty)
    Slot.objects.filter(pk=one.pk).update(**theirs)
    Slot.objects.filter(pk=other.pk).update(**mine, state="signed")
    breaks = recheck()
    assert any("its act is about something else" in line for line in breaks)
    assert any("in the order, of the signed slots" in line for line in breaks)


def test_a_signature_taken_out_of_the_ledger(recheck, signed, seal_key):
    Slot.objects.filter(pk=signed.made.slots[5].pk).update(state="void", revision=None)
    breaks = recheck()
    assert any("8 of 9 have signed" in line for line in breaks)
    assert any("not signed in the fields" in line for line in breaks)


def test_an_act_of_another_person(recheck, signed, seal_key):
    slot = signed.made.slots[5]
    Slot.objects.filter(pk=slot.pk).update(signer=signed.made.office.user)
    assert any("about something else (account)" in line for line in recheck())


def test_a_slot_without_its_act(recheck, signed, seal_key):
    Slot.objects.filter(pk=signed.made.slots[5].pk).update(state="void", act=None)
    breaks = recheck()
    assert any("its act or its revision is missing" in line for line in breaks)
    assert any("has another act" in line for line in breaks)


def test_a_changed_act(recheck, signed, seal_key, unguarded):
    act = signed.made.slots[5].act
    with unguarded(SigningAct):
        said = json.loads(act.statement) | {"digest_shown": "0" * 64}
        SigningAct.objects.filter(pk=act.pk).update(statement=audit.canonical(said).decode())
    breaks = recheck()
    assert f"act {act.pk}: its statement was changed" in breaks
    assert any("about something else (digest_shown)" in line for line in breaks)


def test_an_act_that_is_no_statement_any_more(recheck, signed, seal_key, unguarded):
    with unguarded(SigningAct):
        SigningAct.objects.filter(pk=signed.made.slots[5].act_id).update(statement="")
    assert any("it cannot be checked" in line for line in recheck())


def test_a_changed_manifest(recheck, signed, seal_key):
    SigningRound.objects.update(manifest="{}")
    assert any("its manifest was changed" in line for line in recheck())


def test_a_round_that_names_another_revision_as_its_newest(recheck, signed, seal_key):
    SigningRound.objects.update(current=signed.revision(8))
    assert any("is not the one that the round names" in line for line in recheck())


def test_a_voided_round_brought_back(recheck, half, seal_key):
    rounds.void(half.made.round, actor=half.made.leader, reason="Sai")
    SigningRound.objects.update(state="open", voided_at=None, void_reason="")
    assert any("the audit says that it was voided" in line for line in recheck())


def test_a_round_completed_by_hand(recheck, half, seal_key):
    from emulation.lib import clock

    SigningRound.objects.update(state="completed", completed_at=clock.now())
    breaks = recheck()
    assert any("2 of 5 have signed" in line for line in breaks)
    assert any("the audit does not say that it was completed" in line for line in breaks)


def test_somebody_signs_in_the_meantime(recheck, half, seal_key, monkeypatch):
    inspected, signers = signing_recheck._inspected, iter(half.made.commanders[2:3])

    def sign_and_inspect(revision, fields):
        for actor in signers:
            builders.sign(half.made.slot(actor), actor=actor)
        return inspected(revision, fields)

    monkeypatch.setattr(signing_recheck, "_inspected", sign_and_inspect)
    assert recheck() == []
    assert half.made.round.current.number == 3


# --- roots --------------------------------------------------------------------------------------------------------------------------


def test_a_root_put_in_by_hand(recheck, signed, seal_key, tmp_path):
    from emulation.lib import clock
    from tests.signing import papers

    root = papers.new_authority(tmp_path / "stranger").root
    Authority.objects.create(
        name=root.name, certificate=root.pem.decode(), key_hash=root.key_hash, is_demonstration=True, created_at=clock.now()
    )
    assert any("the audit knows nothing of it" in line for line in recheck())


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"is_demonstration": False}, "another one than its row says"),
        ({"key_hash": "0" * 64}, "another one than its row says"),
        ({"certificate": "nothing"}, "cannot be read"),
    ],
)
def test_a_changed_root(recheck, signed, seal_key, changes, word):
    Authority.objects.update(**changes)
    assert any(word in line for line in recheck())


def test_every_root_is_in_the_audit(signed):
    assert AuditEntry.objects.filter(event=Event.AUTHORITY_CREATED).count() == Authority.objects.count() == 1


@pytest.mark.django_db
def test_a_round_from_before_there_was_paper_is_sound(monkeypatch):
    usual = freezing._manifest

    def before_paper(*arguments):
        said = json.loads(usual(*arguments))
        return audit.canonical({name: value for name, value in said.items() if name not in ("method", "originals")})

    monkeypatch.setattr(freezing, "_manifest", before_paper)
    builders.document.__wrapped__("signing")
    assert list(signing_recheck.rounds()) == []
