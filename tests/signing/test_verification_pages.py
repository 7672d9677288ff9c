"""The public pages: no log-in, no search engine, few questions, limits, and guesses that learn nothing."""

import re
import time
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from emulation.lib import clock, codes
from emulation.signing import inspection
from emulation.signing.models import VerificationJob
from tests.signing import attacks, papers

VERIFY = "/xac-minh/"


@pytest.fixture(autouse=True)
def uploads_folder(settings, tmp_path):
    settings.UPLOADS_DIR = tmp_path / "uploads"
    return settings.UPLOADS_DIR


def upload(client, pdf: bytes, name: str = "giao-uoc.pdf"):
    return client.post(VERIFY, {"tep": SimpleUploadedFile(name, pdf, "application/pdf")})


def headline(response) -> str:
    return response.context["result"].headline.sentence


# --- every page ----------------------------------------------------------------------------------------------------------------


def test_every_page_is_open_and_kept_out_of_search_engines_and_caches(client, signed):
    row = signed.made.round
    upload(client, papers.paper())
    waiting = VerificationJob.objects.get().token
    for path, status in {
        VERIFY: 200,
        reverse("verify_token", args=[row.token]): 200,
        reverse("verify_code", args=[row.short_code]): 200,
        reverse("verify_job", args=[waiting]): 200,
        reverse("verify_token", args=["x"]): 404,
        reverse("verify_code", args=["x"]): 404,
        reverse("verify_job", args=[uuid.uuid4()]): 404,
    }.items():
        response = client.get(path)
        assert response.status_code == status, path
        assert "noindex" in response["X-Robots-Tag"], path
        assert "no-store" in response["Cache-Control"], path
        assert '<meta name="robots" content="noindex' in response.content.decode(), path


def test_pages_need_few_questions(client, signed, django_assert_max_num_queries):
    path, pdf = reverse("verify_token", args=[signed.made.round.token]), signed.final
    with django_assert_max_num_queries(12):
        client.get(path)
    with django_assert_max_num_queries(12):
        upload(client, pdf)


def test_the_page_shows_sentence_answers_and_signers(client, signed):
    page = client.get(reverse("verify_token", args=[signed.made.round.token])).content.decode()
    for words in (
        "đã ký đủ 9/9.",
        "Đây là văn bản nào?",
        "Đối chiếu với tờ giấy",
        "Trang này không xác nhận được bản giấy.",
        "MẪU",
    ):
        assert words in page
    for slot in signed.made.slots:
        assert slot.unit_name in page
        assert slot.ranked_signer in page
    assert "k-verdict k-info" in page
    assert "k-verdict k-ok" not in page


def test_specialist_words_stand_below_the_fold_only(client, signed):
    page = upload(client, signed.final).content.decode()
    above, below = page.split("<details", 1)
    assert not re.search(r"SHA-256|chứng thư|băm", above)
    assert "SHA-256" in below
    assert "có thể làm giả" in below


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client, signed, method):
    assert getattr(client, method)(VERIFY).status_code == 405
    assert client.post(reverse("verify_token", args=[signed.made.round.token])).status_code == 405


# --- typed codes and guesses ------------------------------------------------------------------------------------------------------


def test_a_typed_code_leads_to_its_document(client, signed):
    code = signed.made.round.short_code
    for typed in (code, code.lower(), f"{code[:5]} {code[5:]}", f" {code[:5]}-{code[5:]} "):
        response = client.get(VERIFY, {"ma": typed}, follow=True)
        assert response.status_code == 200
        assert headline(response).endswith("đã ký đủ 9/9.")


@pytest.mark.parametrize("typed", ["", "ABC", "ABCDE FGHJK2", "<script>"])
def test_a_code_that_cannot_be_one_is_asked_for_again(client, db, typed):
    response = client.get(VERIFY, {"ma": typed})
    assert response.status_code == 400
    assert response.context["code_form"].errors


def without_token(page: bytes) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.decode())


def test_a_guess_learns_nothing(client, signed):
    """Malformed, unknown, almost right: one page, byte for byte."""
    token, code = signed.made.round.token, signed.made.round.short_code
    guesses = [
        reverse("verify_token", args=[codes.token()]),
        reverse("verify_token", args=[token[:-1]]),
        reverse("verify_token", args=[token.swapcase()]),
        reverse("verify_token", args=[code]),
        reverse("verify_token", args=["a" * 2000]),
        reverse("verify_token", args=["' OR 1=1 --"]),
        reverse("verify_token", args=["\0"]),
        reverse("verify_code", args=[codes.typing_code()]),
        reverse("verify_code", args=[token]),
        reverse("verify_code", args=["\0"]),
        reverse("verify_job", args=[uuid.uuid4()]),
    ]
    answers = [client.get(path) for path in guesses]
    assert {answer.status_code for answer in answers} == {404}
    assert len({without_token(answer.content) for answer in answers}) == 1


# --- files that the ledger knows --------------------------------------------------------------------------------------------------


def test_a_known_file_is_answered_at_once(client, signed):
    response = upload(client, signed.final)
    assert response.status_code == 200
    assert headline(response) == "Tệp này là bản giao ước đã ký đủ 9/9, không bị thay đổi, đang có hiệu lực."
    assert "k-verdict k-ok" in response.content.decode()
    assert not VerificationJob.objects.exists()


@pytest.mark.usefixtures("usual_garbage")
def test_a_known_file_takes_less_than_a_tenth_of_a_second(client, signed):
    pdf, times = signed.final, []
    for _ in range(7):
        # The processor's time, and the quickest: all else tells how busy the machine is.
        started = time.process_time()
        upload(client, pdf)
        times.append(time.process_time() - started)
    assert min(times) < 0.1, times


def test_a_large_known_file_arrives_by_a_temporary_file(client, signed, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    assert "đã ký đủ 9/9" in headline(upload(client, signed.final))


def test_a_file_with_something_appended_is_answered_without_reading_it(client, signed, monkeypatch):
    monkeypatch.setattr(inspection, "inspect_in_child", None)
    assert "đã bị thêm nội dung" in headline(upload(client, attacks.add_page(signed.final)))


# --- limits ---------------------------------------------------------------------------------------------------------------------


def test_look_ups_are_limited_for_each_address(client, signed, settings):
    settings.VERIFY_PER_MINUTE = 3
    path = reverse("verify_token", args=[signed.made.round.token])
    assert [client.get(path).status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    assert client.get(path)["Retry-After"] == "60"
    assert client.get(path, REMOTE_ADDR="192.0.2.7").status_code == 200
    assert client.get(reverse("verify_code", args=["x"])).status_code == 429
    with clock.at(clock.now() + timedelta(seconds=61)):
        assert client.get(path).status_code == 200
