"""`manage.py verify FILE`: five answers, and an end that programs can rely on."""

import json

import pytest
from django.core.management import CommandError, call_command

from emulation.lib import clock
from emulation.signing import inspection
from emulation.signing.domain import rounds
from emulation.signing.models import SigningRound, Slot
from tests.signing import attacks, papers


@pytest.fixture
def verify(tmp_path, capsys):
    """Run the command on a file; its end and what it printed."""

    def run(pdf: bytes, *options: str) -> tuple[int, str]:
        file = tmp_path / "giao-uoc.pdf"
        file.write_bytes(pdf)
        try:
            call_command("verify", str(file), *options)
        except SystemExit as end:
            return int(end.code or 0), capsys.readouterr().out
        return 0, capsys.readouterr().out

    return run


def test_only_the_final_document_in_force_ends_with_zero(verify, signed):
    end, said = verify(signed.final)
    assert end == 0
    assert said.startswith("Tệp này là bản giao ước đã ký đủ 9/9, không bị thay đổi, đang có hiệu lực.")
    assert "5. Đang có hiệu lực." in said
    assert "9 signatures examined: sound" in said
    assert signed.made.slots[0].ranked_signer in said


@pytest.mark.parametrize("number", [0, 8])
def test_an_earlier_revision_ends_with_one(verify, signed, number):
    assert verify(signed.file(number))[0] == 1


def test_a_document_that_lost_its_force_ends_with_one(verify, signed):
    SigningRound.objects.update(standing="revoked", standing_since=clock.now(), standing_reason="QĐ 12")
    assert verify(signed.final)[0] == 1


def test_other_files_end_with_one(verify, half):
    rounds.void(half.made.round, actor=half.made.leader, reason="Sai")
    for pdf in (half.file(2), half.file(2) + b"x", papers.paper(), b"no PDF", attacks.flip_a_byte_of_a_page(half.file(2))):
        assert verify(pdf)[0] == 1


def test_answers_for_programs(verify, signed):
    end, said = verify(signed.final, "--json")
    found = json.loads(said)
    assert end == 0
    assert found["valid"] is True
    assert {name: answer["code"] for name, answer in found["answers"].items()} == {
        "file": "final",
        "intact": "intact",
        "signers": "sample",
        "complete": "complete",
        "standing": "in_force",
    }
    assert len(found["signers"]) == len(found["inspection"]["signatures"]) == 9
    assert found["breaks"] == []


def test_the_ledger_alone_is_not_enough(verify, signed):
    """The row of a slot was changed to name another certificate: the page cannot see it, the full check does."""
    Slot.objects.filter(pk=signed.made.slots[3].pk).update(certificate_sha256="0" * 64)
    end, said = verify(signed.final)
    assert end == 1
    assert "slot 4: the signature in its field has another certificate" in said


def test_signatures_alone_are_not_enough(verify, signed, monkeypatch):
    nothing = inspection.unverifiable(inspection.Problem.TIME_LIMIT, sha256="0" * 64, size=1)
    monkeypatch.setattr(inspection, "inspect_in_child", lambda *_args, **_named: nothing)
    assert verify(signed.final)[0] == 1


def test_a_broken_record_ends_with_one(verify, signed):
    SigningRound.objects.update(manifest="{}")
    end, said = verify(signed.final)
    assert end == 1
    assert said.startswith("Không xác minh được tệp này.")


@pytest.mark.parametrize("place", ["gone.pdf", "."])
def test_a_file_that_cannot_be_read_ends_with_two(db, tmp_path, place):
    with pytest.raises(CommandError) as error:
        call_command("verify", str(tmp_path / place))
    assert error.value.returncode == 2


def test_a_busy_machine_is_told(db, tmp_path, monkeypatch):
    def busy(*_args, **_named):
        raise inspection.InspectorBusy

    monkeypatch.setattr(inspection, "inspect_in_child", busy)
    file = tmp_path / "a.pdf"
    file.write_bytes(papers.paper())
    with pytest.raises(CommandError, match="try again") as error:
        call_command("verify", str(file))
    assert error.value.returncode == 1


def test_the_sweeping_command_tells_how_much_went(db, settings, tmp_path, capsys):
    settings.UPLOADS_DIR = tmp_path
    call_command("sweep_uploads")
    assert "0 gone" in capsys.readouterr().out
    call_command("sweep_uploads", verbosity=0)
    assert capsys.readouterr().out == ""
