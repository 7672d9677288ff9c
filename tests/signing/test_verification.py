"""What is said of a file or a printed code: one headline and five answers in every case, and never a word too much."""

import hashlib
import io
import json
import re
from datetime import timedelta

import pytest

from emulation.lib import clock
from emulation.organisation.enums import Capacity
from emulation.records import storage
from emulation.signing import inspection
from emulation.signing.domain import authorities, ledger, rounds, verification
from emulation.signing.domain.answers import Complete, Holds, Intact, Signers
from emulation.signing.domain.headlines import Tone
from emulation.signing.domain.ledger import Place
from emulation.signing.enums import Standing
from emulation.signing.findings import FileState, Problem
from emulation.signing.models import Authority, SigningRound
from tests import builders
from tests.signing import attacks, hostile, papers

LATE = {"voided", "revoked", "appended", "tampered"}
SPECIALIST_WORDS = re.compile(r"SHA|băm|chứng thư|hash|khóa công khai|mã hóa|PAdES", re.IGNORECASE)


def look(pdf: bytes) -> ledger.Look:
    return ledger.look_up(io.BytesIO(pdf))


def of_file(pdf: bytes) -> verification.Verification:
    """As the page does it: the ledger, and what it does not know is inspected."""
    seen = look(pdf)
    return verification.of_look(seen) or verification.of_inspection(inspection.inspect(pdf, roots=authorities.trusted_roots()))


def of_code(signed) -> verification.Verification:
    record = ledger.by_token(signed.made.round.token)
    assert record is not None
    return verification.of_code(record)


def codes(result: verification.Verification) -> list[str]:
    given = result.answers
    return [answer.code for answer in (given.file, given.intact, given.signers, given.complete, given.standing)]


def lose_force(signed, standing: str, reason: str = "Quyết định số 12/QĐ-CAT") -> None:
    changes = {"standing": standing, "standing_since": clock.now(), "standing_reason": reason}
    SigningRound.objects.filter(pk=signed.made.round.pk).update(**changes)


def today() -> str:
    return f"{clock.today():%d/%m/%Y}"


# --- files that the ledger knows ------------------------------------------------------------------------------------------------


def test_the_final_file(signed):
    result = of_file(signed.final)
    assert result.headline.sentence == "Tệp này là bản giao ước đã ký đủ 9/9, không bị thay đổi, đang có hiệu lực."
    assert result.headline.tone is Tone.OK
    assert result.is_valid
    assert codes(result) == [Place.FINAL, Intact.INTACT, Signers.SAMPLE, Complete.COMPLETE, Holds.IN_FORCE]
    assert result.answers.complete.sentence == "Đủ 9/9."
    assert result.answers.signers.sentence.startswith("8 chỉ huy đơn vị và 1 người chứng kiến, mỗi người một chữ ký riêng.")
    assert [row.unit for row in result.signers] == [slot.unit_name for slot in signed.made.slots]
    assert result.signed_on == clock.today()


def test_an_earlier_revision_is_superseded(signed):
    result = of_file(signed.file(5))
    assert result.headline.sentence == "Tệp này là bản cũ, mới có 5/9 chữ ký; đã có bản ký đủ 9/9."
    assert result.headline.tone is Tone.WAIT
    assert codes(result) == [Place.SUPERSEDED, Intact.INTACT, Signers.SAMPLE, Complete.INCOMPLETE, Holds.NOT_THIS_FILE]
    assert "bản thứ 5 trong 9" in result.answers.file.sentence
    assert len(result.signers) == 5


def test_the_frozen_file_has_no_signature(signed):
    result = of_file(signed.file(0))
    assert result.headline.sentence == "Tệp này là bản giao ước chưa có chữ ký nào (0/9); đã có bản ký đủ 9/9."
    assert codes(result) == [Place.FROZEN, Intact.INTACT, Signers.NONE, Complete.INCOMPLETE, Holds.NOT_THIS_FILE]
    assert result.signers == ()


def test_the_newest_file_of_an_open_round(half):
    result = of_file(half.file(2))
    assert result.headline.sentence == "Tệp này là bản giao ước đang ký: mới có 2/5 chữ ký, chưa có hiệu lực."
    assert codes(result) == [Place.NEWEST, Intact.INTACT, Signers.SAMPLE, Complete.INCOMPLETE, Holds.NOT_YET]
    assert result.answers.standing.sentence == "Chưa có hiệu lực: còn thiếu 3 chữ ký."
    assert result.answers.signers.sentence.startswith("2 chỉ huy đơn vị, mỗi người")


def test_earlier_files_of_an_open_round(half):
    assert of_file(half.file(1)).headline.sentence == "Tệp này là bản cũ, mới có 1/5 chữ ký; bản mới nhất có 2/5 chữ ký."
    frozen = of_file(half.file(0)).headline.sentence
    assert frozen == "Tệp này là bản giao ước chưa có chữ ký nào (0/5); bản mới nhất có 2/5 chữ ký."


@pytest.mark.parametrize("number", [0, 1, 2])
def test_every_file_of_a_voided_round_is_voided(half, number):
    rounds.void(half.made.round, actor=half.made.leader, reason="Sai số liệu ở mục 3")
    result = of_file(half.file(number))
    assert result.headline.sentence == f"Bản này đã bị hủy ngày {today()}, các chữ ký trong đó không còn giá trị."
    assert result.headline.tone is Tone.LATE
    assert result.answers.standing.code == Holds.VOIDED
    assert result.answers.intact.code == Intact.INTACT
    assert "Sai số liệu" not in json.dumps(result.as_dict(), default=str), "why it was voided is not the public's"


def test_a_voided_file_says_that_there_is_another_round(half):
    before = half.file(2)
    rounds.void(half.made.round, actor=half.made.leader, reason="Sai số liệu ở mục 3")
    assert "mở ký lại" not in of_file(before).headline.note
    builders.publish(half.made)
    builders.adopt(half.made)
    builders.open_signing(half.made)
    assert "mở ký lại" in of_file(before).headline.note
    assert of_file(before).headline.outcome == "voided"


@pytest.mark.parametrize(
    ("standing", "words", "tone"),
    [
        (Standing.REPLACED, "nhưng đã được thay thế từ ngày", Tone.WAIT),
        (Standing.REVOKED, "nhưng đã bị thu hồi từ ngày", Tone.LATE),
    ],
)
def test_a_final_file_that_no_longer_holds(signed, standing, words, tone):
    lose_force(signed, standing)
    result = of_file(signed.final)
    assert f"không bị thay đổi, {words} {today()}." in result.headline.sentence
    assert (result.headline.tone, result.answers.standing.code) == (tone, standing)
    assert "Quyết định số 12/QĐ-CAT" in result.answers.standing.sentence
    assert not result.is_valid
    assert of_file(signed.file(3)).answers.standing.code == standing


def test_something_appended_to_a_known_file(signed):
    result = of_file(signed.final + b"\n%%EOF\n")
    assert result.headline.sentence.startswith("Tệp này đã bị thêm nội dung vào sau bản giao ước do hệ thống lưu")
    assert codes(result) == [Place.APPENDED, Intact.APPENDED, Signers.SAMPLE, Complete.COMPLETE, Holds.NOT_THIS_FILE]
    assert result.headline.tone is Tone.LATE


def test_the_longest_known_beginning_counts(signed):
    found = look(signed.file(6) + b"x").found
    assert found is not None
    assert (found.place, found.revision.number) == (Place.APPENDED, 6)


def test_the_beginning_is_found_among_many_sizes(signed, monkeypatch):
    monkeypatch.setattr(ledger, "_AT_ONCE", 2)
    monkeypatch.setattr(ledger, "_PIECE", 1000)
    found = look(signed.file(6) + b"x").found
    assert found is not None
    assert found.revision.number == 6


def test_a_file_is_left_at_its_start(signed):
    stream = io.BytesIO(signed.final + b"x")
    ledger.look_up(stream)
    assert stream.tell() == 0


def test_whoever_signed_on_behalf_is_marked(db):
    made = builders.document("signing", n=3)
    deputy = builders.deputy(made.members[0].unit, capacity=Capacity.KT)
    builders.sign(made.slot(deputy), actor=deputy)
    result = verification.of_code(ledger.by_code(made.round.short_code))
    assert [row.title for row in result.signers] == ["Phó Trưởng Công an xã (KT.)"]


def test_a_witness_may_be_the_first_to_sign(db):
    made = builders.document("signing", n=3, witness=True)
    rounds.open_next_group(made.round, actor=made.leader, reason="Lãnh đạo đi công tác")
    builders.sign(made.slot(made.witness), actor=made.witness)
    result = verification.of_code(ledger.by_code(made.round.short_code))
    assert result.answers.signers.sentence.startswith("1 người chứng kiến. Mức tin cậy:")


def test_signatures_of_several_days_carry_their_dates(signed):
    slot = signed.made.slots[0]
    type(slot).objects.filter(pk=slot.pk).update(signed_at=slot.signed_at - timedelta(days=2))
    assert of_file(signed.final).signed_on is None


# --- how far it can be relied on --------------------------------------------------------------------------------------------------


def test_a_real_authority_gives_at_most_a_specialised_signature(signed):
    Authority.objects.update(is_demonstration=False)
    result = of_file(signed.final)
    assert result.answers.signers.code == Signers.SPECIALISED
    assert "cao nhất là chữ ký điện tử chuyên dùng" in result.answers.signers.sentence
    assert "không phải chữ ký số công vụ" in result.answers.signers.sentence
    assert not result.is_sample


def test_a_sample_binds_nobody(signed):
    result = of_file(signed.final)
    assert result.is_sample
    assert "không ràng buộc ai" in result.answers.signers.sentence


# --- a printed code ------------------------------------------------------------------------------------------------------------


def test_a_code_never_vouches_for_the_paper(signed):
    result = of_code(signed)
    assert result.headline.sentence.startswith("Mã này thuộc Giao ước thi đua “Vì An ninh Tổ quốc” năm")
    assert result.headline.sentence.endswith("đã ký đủ 9/9.")
    assert result.headline.tone is Tone.INFO
    assert "có thể bị sao chép: hãy đối chiếu" in result.headline.note
    assert "Trang này không xác nhận được bản giấy." in result.answers.intact.sentence
    assert codes(result) == ["document", Intact.COPY_INTACT, Signers.SAMPLE, Complete.COMPLETE, Holds.IN_FORCE]
    assert not result.is_valid


def test_a_code_tells_what_to_compare(signed):
    row = signed.made.round
    assert dict(of_code(signed).compare) == {
        "Ngày ghi trên văn bản": today(),
        "Số trang": str(row.page_count),
        "Số nội dung": str(row.clause_count),
        "Mã kiểm tra nội dung": row.short_hash,
        "Người ký": "9",
    }


def test_a_code_of_an_open_round(half):
    result = of_code(half)
    assert "đang ký: mới có 2/5 chữ ký, chưa có hiệu lực." in result.headline.sentence
    assert result.headline.tone is Tone.WAIT
    assert dict(result.compare)["Người ký"] == "2/5"
    assert "đang trong quá trình ký" in result.answers.file.sentence


def test_a_code_of_a_voided_round(half):
    rounds.void(half.made.round, actor=half.made.leader, reason="Sai số liệu")
    result = of_code(half)
    assert f"Bản này đã bị hủy ngày {today()}: không dùng tờ giấy này." in result.headline.sentence
    assert (result.headline.tone, result.compare) == (Tone.LATE, ())
    assert result.answers.complete.sentence == "Chưa đủ: mới có 2/5 chữ ký."


@pytest.mark.parametrize(("standing", "words"), [(Standing.REPLACED, "đã được thay thế"), (Standing.REVOKED, "đã bị thu hồi")])
def test_a_code_of_a_document_that_no_longer_holds(signed, standing, words):
    lose_force(signed, standing)
    result = of_code(signed)
    assert f"{words} từ ngày {today()}" in result.headline.sentence
    assert result.headline.tone in {Tone.WAIT, Tone.LATE}


def test_a_code_whose_stored_copy_was_damaged(signed):
    path = storage.path_of(signed.made.round.current.sha256)
    before = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(before[:-1] + b"?")
    try:
        result = of_code(signed)
    finally:
        path.write_bytes(before)
        path.chmod(0o444)
    assert result.headline.tone is Tone.LATE
    assert result.answers.intact.code == Intact.COPY_DAMAGED
    assert "KHÔNG khớp" in json.dumps(result.technical, ensure_ascii=False)


def test_a_code_may_be_typed_or_scanned(signed):
    row = signed.made.round
    assert ledger.by_code(row.short_code).round == ledger.by_token(row.token).round == row
    assert ledger.by_code(row.token) is None
    assert ledger.by_token(row.short_code) is None


# --- files that the ledger does not know ------------------------------------------------------------------------------------------


def test_an_unknown_file_is_not_called_false(signed):
    result = of_file(papers.paper())
    assert result.headline.sentence == "Hệ thống không lưu tệp này nên không xác minh được; điều đó chưa có nghĩa là tệp giả."
    assert result.headline.tone is Tone.NEUTRAL
    assert codes(result) == ["unknown", Intact.UNKNOWN, Signers.NONE, Complete.UNKNOWN, Holds.UNKNOWN]


def test_a_file_signed_elsewhere_is_left_to_others(signed, tmp_path):
    stranger = papers.signed_paper(papers.new_authority(tmp_path / "stranger"))
    result = of_file(stranger.pdf)
    assert result.headline.sentence.startswith("Hệ thống không lưu tệp này")
    assert "hỏi nơi đã cấp chữ ký" in result.headline.note
    assert result.answers.signers.code == Signers.FOREIGN
    said = json.dumps(result.as_dict(), default=str, ensure_ascii=False)
    assert not any(name in said for name in papers.PEOPLE), "a stranger's names are not repeated on the agency's page"


def test_a_tampered_file_is_told_from_an_unknown_one(signed):
    result = of_file(attacks.flip_a_byte_of_a_page(signed.final))
    assert result.headline.sentence == "Tệp này mang chữ ký của hệ thống nhưng không còn nguyên vẹn: không dùng tệp này."
    assert result.headline.tone is Tone.LATE
    assert signed.made.round.title in result.headline.note
    assert codes(result) == ["unknown", Intact.CHANGED, Signers.UNKNOWN, Complete.UNKNOWN, Holds.UNKNOWN]


def test_a_file_with_our_signatures_that_nobody_recorded(signed):
    """As after a restore from an old backup: sound, and still not ours to vouch for."""
    _row, key = authorities.issuing()
    result = of_file(papers.signed_paper(key).pdf)
    assert "không có trong sổ lưu" in result.headline.sentence
    assert (result.headline.tone, result.headline.outcome) == (Tone.WAIT, "ours_unrecorded")
    assert result.answers.intact.code == Intact.UNKNOWN


@pytest.mark.parametrize(
    ("pdf", "reason"),
    [
        (b"MZ\x90\x00", "không phải là tệp PDF"),
        (hostile.encrypted(papers.paper(), password="x"), "khóa bằng mật khẩu"),
        (hostile.circular_pages(), "không đọc được"),
        (papers.paper()[:400], "không đọc được"),
    ],
    ids=["no PDF", "encrypted", "endless", "truncated"],
)
def test_what_cannot_be_verified_says_why(signed, pdf, reason):
    result = of_file(pdf)
    assert result.headline.sentence == "Không xác minh được tệp này."
    assert reason in result.headline.note
    assert "chưa có nghĩa là tệp giả" in result.headline.note
    assert result.headline.tone is Tone.NEUTRAL


@pytest.mark.parametrize("problem", list(Problem))
def test_every_problem_has_its_words(signed, problem):
    found = inspection.unverifiable(problem, sha256="0" * 64, size=1)
    assert verification.of_inspection(found).technical[-1][1]


def test_an_unknown_file_may_have_become_known(signed):
    sha256 = hashlib.sha256(signed.final).hexdigest()
    found = inspection.unverifiable(Problem.TIME_LIMIT, sha256=sha256, size=len(signed.final))
    assert found.state is FileState.UNVERIFIABLE
    assert verification.of_inspection(found).is_valid


# --- whatever happens -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("manifest", ["", "{}", "[]", '{"slots": 3}'])
def test_a_broken_record_is_never_valid_and_never_an_error(signed, manifest):
    SigningRound.objects.update(manifest=manifest)
    assert of_file(signed.final).headline.outcome == "unverifiable"
    assert of_code(signed).headline.outcome == "unverifiable"


def test_a_round_marked_complete_without_its_signatures_is_not_complete(half):
    SigningRound.objects.update(state="completed", completed_at=clock.now())
    result = of_file(half.file(2))
    assert not result.is_valid
    assert result.answers.file.code == Place.NEWEST
    assert result.answers.complete.code == Complete.INCOMPLETE


def test_a_complete_round_without_its_end_is_said_to_be_at_odds(signed):
    SigningRound.objects.update(state="open", completed_at=None)
    result = of_file(signed.final)
    assert not result.is_valid
    assert result.answers.standing.code == Holds.UNKNOWN


def test_laymen_read_no_specialist_words(signed):
    for number in range(10):
        said = of_file(signed.file(number)).as_dict()
        assert not SPECIALIST_WORDS.search(json.dumps([said["headline"], said["answers"]], ensure_ascii=False, default=str))
    said = of_code(signed).as_dict()
    assert not SPECIALIST_WORDS.search(
        json.dumps([said["headline"], said["answers"], said["compare"]], ensure_ascii=False, default=str)
    )


def test_only_the_final_file_in_force_is_green(signed):
    green = [number for number in range(10) if of_file(signed.file(number)).headline.tone is Tone.OK]
    assert green == [9]
