"""The full inspection of a file, and the child process in which a stranger's file is taken apart."""

import fcntl
import io
import json
import os
import resource
import subprocess
import sys
import time
from base64 import b64encode
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

import emulation
from emulation.signing import examination, inspection, inspection_child
from emulation.signing.findings import FileState, Inspection, Problem
from emulation.signing.inspection import SIZE_LIMIT, InspectorBusy, inspect, inspect_in_child
from tests.signing import attacks, hostile, papers
from tests.signing.papers import FIELDS, MOMENT, act_of

PROJECT = Path(emulation.__file__).parent.parent


@pytest.fixture(scope="module")
def issuer(tmp_path_factory):
    return papers.new_authority(tmp_path_factory.mktemp("inspection") / "authority")


@pytest.fixture(scope="module")
def genuine(issuer):
    return papers.signed_paper(issuer)


@pytest.fixture
def in_child(issuer, tmp_path):
    def ask(pdf, **limits):
        file = tmp_path / "upload"
        file.write_bytes(pdf)
        return inspect_in_child(file, roots=[issuer.root], lock_path=tmp_path / "lock", **limits)

    return ask


def test_each_signature_is_told_in_full(issuer, genuine):
    found = inspect(genuine.pdf, roots=[issuer.root])
    assert (found.state, found.pages, found.size, found.fields) == (FileState.SOUND, 2, len(genuine.pdf), FIELDS)
    first, second, _third = found.signatures
    assert (first.field, first.signer, first.organisation) == (FIELDS[0], "Thượng tá Nguyễn Văn A", "Công an huyện số 1")
    assert (first.title, first.capacities) == ("TRƯỞNG CÔNG AN HUYỆN", ("Đơn vị thành viên", "covenant:1/1"))
    assert first.signed_at == MOMENT.isoformat()
    assert (first.act_sha256, second.act_sha256) == (act_of(0).hex(), act_of(1).hex())
    assert first.root_key_hash == issuer.root.key_hash
    assert first.is_sound


@pytest.mark.parametrize("number", range(4))
def test_every_revision_is_sound_and_says_what_is_missing(issuer, genuine, number):
    found = inspect(genuine.revisions[number], roots=[issuer.root], expected_fields=FIELDS)
    assert found.state is (FileState.SOUND if number else FileState.UNSIGNED)
    assert found.empty_fields == FIELDS[number:]
    assert found.is_complete == (number == 3)


def test_the_exact_set_of_fields_may_be_demanded(issuer, genuine):
    for expected in (FIELDS[:2], (*FIELDS, "sig-bon"), ()):
        found = inspect(genuine.pdf, roots=[issuer.root], expected_fields=expected)
        assert (found.state, found.problems) == (FileState.BROKEN, (Problem.FIELDS_DIFFER,))
    assert inspect(genuine.pdf, roots=[issuer.root], expected_fields=FIELDS[::-1]).is_complete


def test_without_a_root_nothing_is_trusted(genuine):
    found = inspect(genuine.pdf, roots=[])
    assert (found.state, found.problems) == (FileState.BROKEN, (Problem.NOT_TRUSTED,))


@pytest.mark.parametrize(
    "entry",
    [
        b"/OpenAction << /S /JavaScript /JS (1) >>",
        b"/OCProperties << /OCGs [] /D << >> >>",
        b"/Names << /EmbeddedFiles << /Names [] >> >>",
        b"/AcroForm << /Fields [] /XFA (x) >>",
        b"/AcroForm << /Fields [] /NeedAppearances true >>",
    ],
)
def test_a_base_that_acts_or_hides_is_named(issuer, entry):
    pdf = hostile.plain_pdf({1: b"<< /Type /Catalog /Pages 2 0 R " + entry + b" >>", 2: b"<< /Type /Pages /Kids [] /Count 0 >>"})
    found = inspect(pdf, roots=[issuer.root])
    assert (found.state, found.problems) == (FileState.UNSIGNED, (Problem.ACTIVE_CONTENT,))


def test_an_inspection_survives_storage(issuer, genuine):
    for pdf in (genuine.pdf, b"no PDF"):
        found = inspect(pdf, roots=[issuer.root])
        assert Inspection.from_json(found.as_json()) == found
    assert "Thượng tá" in inspect(genuine.pdf, roots=[issuer.root]).as_json()


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"state": "perfect"}'])
def test_another_text_is_no_inspection(text):
    with pytest.raises((ValueError, KeyError, TypeError)):
        Inspection.from_json(text)


# --- files that nothing can be said of -----------------------------------------------------------------------------------------

HOSTILE = {
    "empty": (bytes, Problem.NOT_PDF),
    "not a PDF": (lambda: b"MZ\x90\x00" * 100, Problem.NOT_PDF),
    "junk before the header": (lambda: b"junk %PDF-1.7\n", Problem.NOT_PDF),
    "header only": (lambda: b"%PDF-1.7\n%%EOF\n", Problem.UNREADABLE),
    "endless page tree": (hostile.circular_pages, Problem.UNREADABLE),
    "endless chain of tables": (hostile.circular_previous, Problem.UNREADABLE),
    "deep nesting": (hostile.deep_nesting, Problem.UNREADABLE),
    "bomb": (hostile.bomb, Problem.UNREADABLE),
    "too many pages": (lambda: hostile.many_pages(examination.PAGE_LIMIT + 1), Problem.TOO_MANY_PAGES),
}


@pytest.mark.parametrize(("make", "problem"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_files_are_unverifiable_and_break_nothing(in_child, issuer, make, problem):
    pdf = make()
    found = in_child(pdf)
    assert found == inspect(pdf, roots=[issuer.root])
    assert (found.state, found.problems, found.size) == (FileState.UNVERIFIABLE, (problem,), len(pdf))
    assert not found.signatures


@pytest.mark.parametrize("password", ["", "secret"])
def test_encrypted_files_are_unverifiable(issuer, genuine, password):
    found = inspect(hostile.encrypted(genuine.pdf, password=password), roots=[issuer.root])
    assert (found.state, found.problems) == (FileState.UNVERIFIABLE, (Problem.ENCRYPTED,))


def test_pages_that_are_no_objects_of_their_own_are_unverifiable(issuer):
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] >>"
    kids = b"<< /Type /Pages /Kids [" + page + b"] /Count 1 >>"
    pdf = hostile.plain_pdf({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: kids})
    assert inspect(pdf, roots=[issuer.root]).problems == (Problem.UNREADABLE,)


def test_fields_that_are_no_objects_of_their_own_are_unverifiable(issuer):
    form = b"/AcroForm << /Fields [<< /FT /Sig /T (sig-mot) >>] >>"
    pdf = hostile.plain_pdf({1: b"<< /Type /Catalog /Pages 2 0 R " + form + b" >>", 2: b"<< /Type /Pages /Kids [] /Count 0 >>"})
    assert inspect(pdf, roots=[issuer.root]).problems == (Problem.UNREADABLE,)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_truncated_files_are_unverifiable(issuer, genuine, share):
    found = inspect(genuine.pdf[: int(len(genuine.pdf) * share)], roots=[issuer.root])
    assert found.state is FileState.UNVERIFIABLE


def test_a_torn_signature_is_unverifiable(issuer, genuine):
    assert inspect(attacks.break_the_message(genuine.pdf), roots=[issuer.root]).state is FileState.UNVERIFIABLE


def test_a_field_that_is_its_own_child_is_foreign(in_child):
    found = in_child(hostile.circular_fields())
    assert found.state is FileState.UNSIGNED
    assert Problem.FOREIGN_FIELD in found.problems


def test_two_fields_of_one_name_are_unverifiable(issuer):
    pdf = papers.paper(("sig-mot", "sig-mot"))
    assert inspect(pdf, roots=[issuer.root]).problems == (Problem.UNREADABLE,)


def test_more_fields_than_any_of_ours_are_unverifiable(issuer):
    pdf = papers.paper([f"sig-{number}" for number in range(examination.FIELD_LIMIT + 1)])
    assert inspect(pdf, roots=[issuer.root]).problems == (Problem.UNREADABLE,)


def test_a_huge_file_is_not_even_opened(issuer, tmp_path):
    file = tmp_path / "huge"
    with file.open("wb") as stream:
        stream.write(b"%PDF-1.7\n")
        stream.truncate(SIZE_LIMIT + 1)
    found = inspect_in_child(file, roots=[issuer.root], lock_path=tmp_path / "lock")
    assert (found.state, found.problems) == (FileState.UNVERIFIABLE, (Problem.TOO_LARGE,))


@pytest.mark.parametrize("error", [MemoryError, RecursionError, AssertionError, KeyError, ZeroDivisionError])
def test_whatever_goes_wrong_is_never_valid(issuer, genuine, monkeypatch, error):
    def stumble(*_arguments, **_keywords):
        raise error

    monkeypatch.setattr(examination.reading, "read_signature", stumble)
    found = inspect(genuine.pdf, roots=[issuer.root])
    expected = Problem.MEMORY_LIMIT if error is MemoryError else Problem.UNREADABLE
    assert (found.state, found.problems, found.signatures) == (FileState.UNVERIFIABLE, (expected,), ())


# --- the child -----------------------------------------------------------------------------------------------------------------


def test_the_child_finds_what_we_find(in_child, issuer, genuine):
    assert in_child(genuine.pdf) == inspect(genuine.pdf, roots=[issuer.root])
    assert in_child(genuine.pdf, expected_fields=FIELDS[:1]).problems == (Problem.FIELDS_DIFFER,)


def test_a_slow_file_runs_out_of_processor_time(in_child):
    assert in_child(hostile.slow(), cpu_seconds=2).problems == (Problem.TIME_LIMIT,)


def test_a_slow_file_runs_out_of_time(in_child):
    started = time.monotonic()
    assert in_child(hostile.slow(), wall_seconds=1).problems == (Problem.TIME_LIMIT,)
    assert time.monotonic() - started < 10


def test_a_large_file_runs_out_of_memory(in_child):
    """Where memory ends is a matter of chance; now and then it is in a place that reports a file which cannot be read."""
    found = in_child(hostile.slow(), memory_mb=120)
    assert found.state is FileState.UNVERIFIABLE
    assert set(found.problems) < {Problem.MEMORY_LIMIT, Problem.UNREADABLE}


def test_a_child_that_cannot_even_start_says_nothing(in_child, genuine):
    found = in_child(genuine.pdf, memory_mb=20)
    assert found.state is FileState.UNVERIFIABLE


def test_only_one_file_at_a_time_on_a_machine(in_child, genuine, tmp_path):
    with (tmp_path / "lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(InspectorBusy):
            in_child(genuine.pdf, wait_seconds=0.3)
    assert in_child(genuine.pdf, wait_seconds=0).state is FileState.SOUND


def test_a_file_that_is_gone_is_an_error_of_ours(issuer, tmp_path):
    with pytest.raises(FileNotFoundError):
        inspect_in_child(tmp_path / "gone", roots=[issuer.root], lock_path=tmp_path / "lock")


def test_an_answer_about_another_file_is_not_believed(in_child, issuer, genuine, monkeypatch):
    other = replace(inspect(genuine.pdf, roots=[issuer.root]), sha256="0" * 64)
    monkeypatch.setattr(inspection, "_ask_child", lambda *_arguments, **_keywords: other)
    assert in_child(genuine.pdf).problems == (Problem.UNREADABLE,)


def test_the_child_answers_the_one_request_that_it_reads(issuer, genuine, tmp_path, monkeypatch, capsys):
    """The same in this process, without giving up its rights."""
    file = tmp_path / "upload"
    file.write_bytes(genuine.pdf)
    found = inspect(genuine.pdf, roots=[issuer.root])
    request = {
        "path": str(file), "sha256": found.sha256, "roots": [b64encode(issuer.root.certificate).decode()],
        "expected_fields": None, "cpu_seconds": 5, "memory_mb": 300,
    }  # fmt: skip
    given_up = {}
    monkeypatch.setattr(inspection_child, "give_up_rights", lambda **limits: given_up.update(limits))
    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps(request)))
    inspection_child.main()
    assert Inspection.from_json(capsys.readouterr().out) == found
    assert given_up == {"cpu_seconds": 5, "memory_mb": 300}


def test_the_child_gives_up_all_that_it_does_not_need(monkeypatch):
    limits, hooks = {}, []
    monkeypatch.setattr(inspection_child.resource, "setrlimit", lambda kind, most: limits.update({kind: most}))
    monkeypatch.setattr(inspection_child.os, "nice", lambda step: None)
    monkeypatch.setattr(inspection_child.ctypes, "CDLL", lambda name: SimpleNamespace(unshare=lambda flags: -1))
    monkeypatch.setattr(inspection_child.sys, "addaudithook", hooks.append)
    monkeypatch.setattr(inspection_child.logging, "disable", lambda: None)
    inspection_child.give_up_rights(cpu_seconds=7, memory_mb=1)
    assert limits == {
        resource.RLIMIT_CPU: (7, 7), resource.RLIMIT_AS: (1048576, 1048576),
        resource.RLIMIT_FSIZE: (0, 0), resource.RLIMIT_CORE: (0, 0),
    }  # fmt: skip
    [hook] = hooks
    hook("open", ())
    with pytest.raises(PermissionError):
        hook("socket.connect", ())


def test_memory_that_ends_before_the_inspection_is_told(monkeypatch):
    def stumble(*_arguments, **_keywords):
        raise MemoryError

    monkeypatch.setattr(inspection_child, "inspect", stumble)
    found = inspection_child._inspect(b"%PDF-", {"roots": [], "expected_fields": None, "sha256": "0" * 64})
    assert (found.state, found.problems) == (FileState.UNVERIFIABLE, (Problem.MEMORY_LIMIT,))


def test_the_child_knows_no_secret_and_loads_no_settings():
    program = (
        "import sys, os, json; from emulation.signing import inspection_child;"
        "print(json.dumps([sorted(os.environ), [name for name in sys.modules if name.startswith('django')]]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=PROJECT, env={"PATH": os.defpath}, capture_output=True, text=True, check=True
    )
    environment, modules = json.loads(done.stdout)
    assert set(environment) <= {"PATH", "LC_CTYPE"}
    assert modules == []


@pytest.mark.parametrize(
    "act",
    [
        "socket.create_connection(('127.0.0.1', 9))",
        "socket.getaddrinfo('localhost', 80)",
        "subprocess.run(['true'])",
        "os.fork()",
        "pathlib.Path('written').write_bytes(b'x' * 10)",
    ],
)
def test_the_child_can_neither_call_out_nor_write_nor_start_anything(tmp_path, act):
    program = (
        "import os, pathlib, socket, subprocess, sys; from emulation.signing import inspection_child;"
        f"os.chdir({str(tmp_path)!r}); inspection_child.give_up_rights(cpu_seconds=10, memory_mb=512);"
        f"\ntry:\n    {act}\nexcept OSError as error:\n    print('refused', type(error).__name__)"
    )
    done = subprocess.run([sys.executable, "-B", "-c", program], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.stdout.startswith("refused"), done.stderr
    assert (tmp_path / "written").stat().st_size == 0 if (tmp_path / "written").exists() else True
