"""Files handed in by strangers: how they wait, what hostile ones can do (nothing), limits, and what is left behind."""

import re
import resource
import stat
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from emulation.lib import clock
from emulation.signing import inspection
from emulation.signing.domain import ledger, uploads
from emulation.signing.models import VerificationJob
from tests.signing import attacks, hostile, papers

VERIFY = "/xac-minh/"


@pytest.fixture(autouse=True)
def uploads_folder(settings, tmp_path):
    settings.UPLOADS_DIR = tmp_path / "uploads"
    return settings.UPLOADS_DIR


def upload(client, pdf: bytes, name: str = "giao-uoc.pdf"):
    return client.post(VERIFY, {"tep": SimpleUploadedFile(name, pdf, "application/pdf")})


def headline(response) -> str:
    return response.context["result"].headline.sentence


def kept(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.exists() else []


@pytest.fixture
def verified(client, work):
    """Upload an unknown file, let the worker do its part, and load the page of the result."""

    def ask(pdf: bytes):
        response = upload(client, pdf)
        assert response.status_code == 302
        work()
        return client.get(response.url)

    return ask


# --- files that it does not know ----------------------------------------------------------------------------------------------------


def test_an_unknown_file_waits_for_its_inspection(client, signed, work, uploads_folder):
    response = upload(client, papers.paper(), name="../../etc/passwd")
    job = VerificationJob.objects.get()
    assert response.url == reverse("verify_job", args=[job.token])
    [file] = kept(uploads_folder)
    assert file.name == str(job.token)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(uploads_folder.stat().st_mode) == 0o700
    page = client.get(response.url)
    assert "Đang kiểm tra tệp" in page.content.decode()
    assert f'data-poll="{response.url}?cho=1"' in page.content.decode()
    assert client.get(response.url, {"cho": 1}).status_code == 204
    work()
    assert kept(uploads_folder) == []
    assert client.get(response.url, {"cho": 1}).status_code == 200
    assert headline(client.get(response.url)).startswith("Hệ thống không lưu tệp này")


def test_a_later_file_is_told_how_many_are_before_it(client, signed):
    for number in range(3):
        response = upload(client, papers.paper() + b"%" * number)
    assert "Còn 2 tệp phía trước." in client.get(response.url).content.decode()


def test_a_tampered_file(verified, signed):
    assert "không còn nguyên vẹn" in headline(verified(attacks.flip_a_byte_of_a_page(signed.final)))


HOSTILE = {
    "empty": b"",
    "no PDF": b"MZ\x90\x00" * 100,
    "header only": b"%PDF-1.7\n%%EOF\n",
    "bomb": hostile.bomb(),
    "endless pages": hostile.circular_pages(),
    "endless tables": hostile.circular_previous(),
    "deep": hostile.deep_nesting(),
    "encrypted": hostile.encrypted(papers.paper(), password="x"),
    "truncated": papers.paper()[:700],
    "random": bytes(range(256)) * 50,
    "random after the header": b"%PDF-" + bytes(range(256)) * 50,
}


@pytest.mark.parametrize("pdf", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_files_cannot_be_verified_and_break_nothing(verified, signed, uploads_folder, pdf):
    response = verified(pdf)
    assert response.status_code == 200
    assert headline(response) == "Không xác minh được tệp này."
    assert kept(uploads_folder) == []


def test_a_torn_signature_cannot_be_verified(verified, signed, tmp_path):
    torn = attacks.break_the_message(papers.signed_paper(papers.new_authority(tmp_path / "issuer")).pdf)
    assert headline(verified(torn)) == "Không xác minh được tệp này."


@pytest.mark.parametrize(
    "error",
    [inspection.InspectorBusy(), MemoryError(), OSError("disk"), ValueError("x"), RecursionError()],
    ids=lambda error: type(error).__name__,
)
def test_whatever_happens_to_the_inspection_the_page_has_an_answer(verified, signed, monkeypatch, uploads_folder, error):
    def fail(*_args, **_named):
        raise error

    monkeypatch.setattr(inspection, "inspect_in_child", fail)
    assert headline(verified(papers.paper())) == "Không xác minh được tệp này."
    assert kept(uploads_folder) == []


def test_an_answer_about_another_file_is_not_believed(verified, signed, monkeypatch):
    other = inspection.unverifiable(inspection.Problem.ENCRYPTED, sha256="0" * 64, size=1)
    monkeypatch.setattr(inspection, "inspect_in_child", lambda *_args, **_named: other)
    assert "khóa bằng mật khẩu" not in verified(papers.paper()).content.decode()


def test_a_task_that_comes_twice_or_too_late_does_nothing(client, signed, work):
    upload(client, papers.paper())
    work()
    job = VerificationJob.objects.get()
    uploads.inspect_upload.call(str(job.token))
    uploads.inspect_upload.call(str(uuid.uuid4()))
    before = job.finished_at
    job.refresh_from_db()
    assert job.finished_at == before


def test_a_request_that_fails_leaves_no_bytes(client, signed, monkeypatch, uploads_folder):
    def fail(_token):
        raise RuntimeError("no task")

    monkeypatch.setattr(type(uploads.inspect_upload), "enqueue", lambda *_args: fail(None))
    with pytest.raises(RuntimeError):
        upload(client, papers.paper())
    assert kept(uploads_folder) == []
    assert not VerificationJob.objects.exists()


def test_an_unknown_file_with_twenty_signatures_takes_less_than_six_seconds(verified, signed, tmp_path):
    issuer = papers.new_authority(tmp_path / "issuer")
    pdf = papers.signed_paper(issuer, [f"sig-{number}" for number in range(20)]).pdf
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    response = verified(pdf)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    # The child's processor time: the clock on the wall tells how busy the machine is.
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 6
    assert len(response.context["result"].technical) > 20


# --- limits -----------------------------------------------------------------------------------------------------------------------


def test_the_form_without_a_file_says_so(client, db):
    response = client.post(VERIFY, {})
    assert response.status_code == 400
    assert "Chọn tệp PDF" in response.content.decode()


def test_a_file_without_the_forms_token_is_refused(signed):
    strict = Client(enforce_csrf_checks=True)
    assert upload(strict, signed.final).status_code == 403
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', strict.get(VERIFY).content.decode())[1]
    file = SimpleUploadedFile("a.pdf", signed.final)
    assert strict.post(VERIFY, {"tep": file, "csrfmiddlewaretoken": token}).status_code == 200


def test_an_oversized_request_is_refused_before_it_is_read(client, db, settings):
    class Unread:
        def read(self, *_args):
            raise AssertionError("the body was read")

        readline = read

    length = settings.VERIFY_MAX_BYTES + 100_000
    response = client.post(
        VERIFY, content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(length), **{"wsgi.input": Unread()}
    )
    assert response.status_code == 413
    assert "20 MB" in response.content.decode()


def test_a_file_a_little_too_large_is_refused_too(client, signed, settings, uploads_folder):
    settings.VERIFY_MAX_BYTES = 1000
    assert upload(client, papers.paper()).status_code == 413
    assert kept(uploads_folder) == []


def test_guessed_jobs_are_limited_and_the_polling_of_a_real_one_is_not(client, signed, settings):
    settings.VERIFY_PER_MINUTE = 2
    url = upload(client, papers.paper()).url
    assert [client.get(reverse("verify_job", args=[uuid.uuid4()])).status_code for _ in range(3)] == [404, 404, 429]
    assert {client.get(url, {"cho": 1}).status_code for _ in range(5)} == {204}


def test_uploads_are_limited_for_each_address(client, signed, settings):
    settings.VERIFY_UPLOADS_PER_MINUTE = 2
    pdf = signed.final
    assert [upload(client, pdf).status_code for _ in range(3)] == [200, 200, 429]


def test_a_full_queue_turns_files_away(client, signed, settings, work, uploads_folder):
    settings.VERIFY_QUEUE = 2
    waiting = [upload(client, papers.paper() + b"%" * number).status_code for number in range(3)]
    assert waiting == [302, 302, 429]
    assert len(kept(uploads_folder)) == 2
    assert upload(client, signed.final).status_code == 200, "a known file needs no queue"
    work()
    assert upload(client, papers.paper()).status_code == 302


# --- what is left behind ------------------------------------------------------------------------------------------------------------


def test_stale_uploads_are_swept(client, signed, uploads_folder):
    url = upload(client, papers.paper()).url
    with clock.at(clock.now() + timedelta(hours=1)):
        (uploads_folder / str(uuid.uuid4())).write_bytes(b"left by a crash")
        assert uploads.sweep() == 2
        assert kept(uploads_folder) == []
        assert headline(client.get(url)) == "Không xác minh được tệp này."
    with clock.at(clock.now() + timedelta(days=2)):
        assert uploads.sweep() == 1
        assert client.get(url).status_code == 404


def test_a_new_upload_sweeps_before_it_queues(client, signed, settings):
    settings.VERIFY_QUEUE = 1
    upload(client, papers.paper())
    with clock.at(clock.now() + timedelta(hours=1)):
        assert upload(client, papers.paper() + b"%").status_code == 302


def test_a_fresh_file_is_left_to_the_request_that_writes_it(signed, uploads_folder):
    uploads_folder.mkdir()
    file = uploads_folder / str(uuid.uuid4())
    file.write_bytes(b"being written")
    assert uploads.sweep() == 0
    assert file.exists()


def test_two_sweepers_do_not_stumble(signed, uploads_folder, monkeypatch):
    uploads_folder.mkdir()
    monkeypatch.setattr(uploads, "_kept", lambda: [uploads_folder / "gone already"])
    with clock.at(clock.now() + timedelta(hours=1)):
        assert uploads.sweep() == 0


def test_there_is_nothing_to_sweep_before_the_first_upload(db):
    assert uploads.sweep() == 0


def test_the_ledger_reads_uploads_as_django_hands_them(signed):
    found = ledger.look_up(SimpleUploadedFile("a.pdf", signed.final)).found
    assert found is not None
    assert found.place is ledger.Place.FINAL
