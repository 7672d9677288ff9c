"""What is said in public of a document signed with pens, and what the nightly check finds wrong with one."""

import json
from dataclasses import dataclass
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from emulation.lib import clock
from emulation.records import storage
from emulation.records.domain import documents
from emulation.signing.domain import ledger, paper, recheck, rounds, scans, verification
from emulation.signing.domain.answers import Complete, Holds, Intact, Signers
from emulation.signing.domain.headlines import Tone
from emulation.signing.models import PaperRecord, Slot
from tests import builders, snapshots
from tests.builders import DocumentCast
from tests.signing import scanned

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(paper_round):
    return paper_round.made


@dataclass
class Recorded:
    """A document signed with pens, and its scan."""

    made: DocumentCast
    scan: bytes


@snapshots.once
def record() -> Recorded:
    made = builders.on_paper()
    scan = scanned.scan_of(made)
    builders.record_paper(made, scan)
    return Recorded(made, scan)


@pytest.fixture
def recorded(db):
    return record()


@pytest.fixture
def confirmed(recorded):
    paper.confirm(recorded.made.round.paper_records.get(), actor=recorded.made.office)
    return recorded


def by_code(made):
    return verification.of_code(ledger.by_token(made.round.token))


def by_file(data):
    from io import BytesIO

    return verification.of_look(ledger.look_up(BytesIO(data)))


def sentences(result):
    given = result.answers
    answers = [given.file, given.intact, given.signers, given.complete, given.standing]
    return " ".join([result.headline.sentence, result.headline.note, *(answer.sentence for answer in answers)])


class TestCode:
    def test_signed_on_paper(self, confirmed):
        result = by_code(confirmed.made)
        assert "Đã ký trên giấy 3/3; hệ thống lưu bản chụp." in result.headline.sentence
        assert result.headline.tone is Tone.INFO
        assert result.answers.signers.code == Signers.PAPER
        assert result.answers.complete.code == Complete.COMPLETE
        assert result.answers.standing.code == Holds.IN_FORCE
        assert "chữ ký riêng" not in sentences(result)
        assert "Không có chữ ký điện tử" in result.answers.signers.sentence
        assert len(result.signers) == 3

    def test_not_recorded_yet(self, made):
        result = by_code(made)
        assert result.headline.outcome == "code_unfinished"
        assert (result.answers.signers.code, result.answers.standing.code) == (Signers.NONE, Holds.NOT_YET)

    def test_recorded_but_not_confirmed_counts_for_nothing(self, recorded):
        assert by_code(recorded.made).answers.complete.code == Complete.INCOMPLETE

    def test_voided(self, made):
        rounds.void(made.round, actor=made.leader, reason="Sai")
        assert by_code(made).headline.outcome == "voided"

    def test_a_damaged_scan_is_told(self, confirmed):
        digest = confirmed.made.round.scans.get().files.get().revision.sha256
        path = storage.path_of(digest)
        path.chmod(0o644)
        path.write_bytes(b"other")
        result = by_code(confirmed.made)
        path.write_bytes(confirmed.scan)
        assert result.answers.intact.code == Intact.COPY_DAMAGED

    def test_the_page_names_the_day_and_no_hour(self, confirmed, client):
        page = client.get(reverse("verify_token", args=[confirmed.made.round.token])).content.decode()
        assert "không có chữ ký điện tử" in page
        assert f"{clock.today():%d/%m/%Y}" in page
        assert "00:00" not in page


class TestFile:
    def test_the_scan_is_recognised(self, confirmed):
        result = by_file(confirmed.scan)
        assert result.headline.sentence.startswith("Đã ký trên giấy; hệ thống lưu bản chụp.")
        assert result.answers.file.code == "scan"
        assert not result.is_valid

    def test_a_scan_that_nobody_confirmed_proves_nothing(self, recorded):
        result = by_file(recorded.scan)
        assert result.headline.outcome == "loose_scan"
        assert result.signers == ()

    def test_the_print_has_no_signature(self, confirmed):
        result = by_file(documents.read(confirmed.made.round.current))
        assert "chưa có chữ ký nào" in result.headline.sentence
        assert (result.answers.signers.code, result.answers.standing.code) == (Signers.NONE, Holds.NOT_THIS_FILE)

    def test_something_appended_to_the_print(self, confirmed):
        result = by_file(documents.read(confirmed.made.round.current) + b"more")
        assert result.answers.intact.code == Intact.APPENDED
        assert result.headline.tone is Tone.LATE

    def test_an_unknown_scan_is_unknown(self, confirmed):
        assert by_file(b"%PDF-1.7 other") is None

    def test_the_command_says_so_and_does_not_call_it_valid(self, confirmed, tmp_path, capsys):
        file = tmp_path / "scan.pdf"
        file.write_bytes(confirmed.scan)
        out = StringIO()
        with pytest.raises(SystemExit):
            call_command("verify", str(file), "--json", stdout=out)
        said = json.loads(out.getvalue())
        assert (said["valid"], said["on_paper"], said["headline"]["outcome"]) == (False, True, "paper")


class TestRecords:
    def breaks(self):
        return list(recheck.rounds())

    def test_nothing_is_wrong(self, confirmed, seal_key):
        assert self.breaks() == []
        assert list(documents.broken()) == []

    def test_an_open_round_is_sound(self, recorded):
        assert self.breaks() == []

    def test_a_changed_scan_is_found(self, confirmed):
        digest = confirmed.made.round.scans.get().files.get().revision.sha256
        path = storage.path_of(digest)
        path.chmod(0o644)
        path.write_bytes(b"other")
        found = self.breaks()
        assert any("its scan is broken" in break_ for break_ in found)
        assert list(documents.broken()) != []
        with pytest.raises(CommandError):
            call_command("verify_records", verbosity=0, stdout=StringIO())
        path.write_bytes(confirmed.scan)

    @pytest.mark.parametrize(
        ("act", "words"),
        [
            (
                lambda made: Slot.objects.filter(round=made.round, number=1).update(signer_name="Người Khác"),
                "names another person",
            ),
            (lambda made: PaperRecord.objects.update(recorded_by=made.members[0].user), "who recorded whom"),
            (lambda made: PaperRecord.objects.update(decided_by=made.members[0].user), "who confirmed which scan"),
            (lambda made: type(made.round).objects.update(page_count=99), "not of this round's paper"),
        ],
    )
    def test_every_change_is_found(self, confirmed, act, words):
        act(confirmed.made)
        assert any(words in break_ for break_ in self.breaks()), self.breaks()

    def test_signed_without_a_confirmed_record(self, confirmed):
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE signing_paperrecord SET state = 'pending', decided_by_id = NULL, decided_at = NULL, decided_label = ''"
            )
        found = self.breaks()
        assert any("without a confirmed record" in break_ for break_ in found)
        assert any("was not confirmed" in break_ for break_ in found)


def test_the_same_file_again_after_it_was_given_back_is_recognised(recorded):
    made = recorded.made
    paper.decline(made.round.paper_records.get(), actor=made.leader, reason="Chọn nhầm người ký")
    again = builders.record_paper(made, recorded.scan)
    paper.confirm(again, actor=made.office)
    assert scans.latest(made.round).number == 2
    assert by_file(recorded.scan).answers.file.code == "scan"
