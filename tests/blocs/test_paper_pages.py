"""Pages of a signing on paper: each refusal and each bad file is said at its place, nothing is lost, and each person is led to his step."""

import io

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from blocs.domain import todo
from blocs.enums import DocumentState
from emulation.lib import clock
from emulation.pdf import scan as reader
from emulation.signing import children, scanning
from emulation.signing.domain import paper, scans
from emulation.signing.enums import PaperState
from emulation.signing.models import PaperRecord, Scan
from tests import builders
from tests.signing import scanned

pytestmark = pytest.mark.django_db


def client_of(actor):
    client = Client()
    client.force_login(actor.user)
    return client


@pytest.fixture
def made():
    return builders.on_paper()


@pytest.fixture
def clerk(made):
    return builders.staff(made.deputy.unit)


def upload(made, actor, *files, name="ban-chup.pdf"):
    sent = [SimpleUploadedFile(name, data, "application/pdf") for data in files]
    return client_of(actor).post(reverse("paper_scan", args=[made.pk]), {"scan": sent})


def locked(pdf):
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(stream, encryption=pikepdf.Encryption(owner="khóa", user="khóa"))
    return stream.getvalue()


def recorded_as(made, **changes):
    """What the form of the record sends when everybody signed today."""
    newest = scans.latest(made.round)
    sent = {"signed_on": f"{clock.today():%d/%m/%Y}", "scan": newest.number if newest else None}
    for slot, position in builders.signers_on_paper(made).items():
        sent |= {f"tick-{slot}": "on", f"slot-{slot}": position.pk}
    return {key: value for key, value in (sent | changes).items() if value is not None}


def record(made, actor, **changes):
    return client_of(actor).post(reverse("paper", args=[made.pk]), recorded_as(made, **changes))


def kinds_of_tasks(made, actor):
    return {task.kind for task in todo.tasks(todo.overview(actor), actor) if task.document and task.document.pk == made.pk}


class TestScan:
    def test_a_good_scan_leads_to_the_record(self, made, clerk):
        answer = upload(made, clerk, scanned.scan_of(made))
        assert (answer.status_code, answer["Location"]) == (302, reverse("paper", args=[made.pk]))
        assert Scan.objects.get().has_code

    @pytest.mark.parametrize(
        ("bad", "words"),
        [
            (lambda made: scanned.as_pdf(scanned.pages_of(made)[1:]), "thiếu 1 trang"),
            (lambda made: scanned.as_pdf([*scanned.pages_of(made), scanned.pages_of(made)[0]]), "thừa 1 trang"),
            (lambda made: scanned.scan_of(builders.on_paper()), "mã QR của văn bản khác"),
            (lambda made: locked(scanned.scan_of(made)), "có mật khẩu"),
            (lambda made: b"MZ\x90 a program called ban-chup.pdf", "không phải PDF, JPG hoặc PNG"),
            (lambda made: b"%PDF-1.7\nnothing more", "Không đọc được tệp thứ 1"),
            (lambda made: b"", "Tệp rỗng"),
        ],
    )
    def test_a_bad_scan_is_refused_at_its_field_and_not_kept(self, made, clerk, bad, words):
        answer = upload(made, clerk, bad(made))
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert not Scan.objects.filter(round=made.round).exists()

    def test_no_file_at_all(self, made, clerk):
        answer = upload(made, clerk)
        assert (answer.status_code, "Chọn tệp PDF hoặc ảnh" in answer.content.decode()) == (422, True)

    def test_too_large_is_refused_before_it_is_read(self, made, clerk, settings):
        settings.SCAN_MAX_BYTES = 1000
        answer = upload(made, clerk, scanned.scan_of(made))
        assert (answer.status_code, "Bản chụp quá lớn" in answer.content.decode()) == (422, True)

    def test_upside_down_is_taken_and_turned(self, made, clerk):
        pages = [scanned.turned(page, 180) for page in scanned.pages_of(made)]
        assert upload(made, clerk, scanned.as_pdf(pages)).status_code == 302
        scan = Scan.objects.get()
        assert (scan.has_code, scan.files.get().pages[0]) == (True, [1, 180])
        picture = reverse("scan_page", args=[made.pk, scan.files.get().pk, 1, "nho"])
        answer = client_of(clerk).get(picture)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")

    def test_without_a_readable_code_the_record_asks_for_a_reason(self, made, clerk):
        *pages, last = scanned.pages_of(made)
        upload(made, clerk, scanned.as_pdf([*pages, scanned.without_code(last)]))
        assert "ghi lý do và cách đồng chí đã đối chiếu" in record(made, clerk).content.decode()
        assert record(made, clerk, no_code_reason="Mực nhòe, đã so mã tra cứu.").status_code == 302
        assert PaperRecord.objects.get().no_code_reason == "Mực nhòe, đã so mã tra cứu."

    @pytest.mark.parametrize(
        ("raised", "words"),
        [
            (children.OutOfTime(), "quá nặng để đọc"),
            (children.Busy(), "đang đọc bản chụp khác"),
            (scanning.ScanUnreadable(), "Không đọc được"),
        ],
    )
    def test_a_reader_that_fails_is_told_in_words(self, made, clerk, monkeypatch, raised, words):
        def fail(*_arguments, **_options):
            raise raised

        good = scanned.scan_of(made)
        monkeypatch.setattr(scanning, "read_in_child", fail)
        answer = upload(made, clerk, good)
        assert (answer.status_code, words in answer.content.decode()) == (422, True)

    def test_nobody_waits_longer_than_the_proxy(self):
        assert scanning._WAIT_SECONDS + scanning._READ_SECONDS <= 20
        assert 3 * scanning._PICTURE_SECONDS <= 30

    def test_members_and_strangers_hand_in_nothing(self, made):
        good = scanned.scan_of(made)
        assert upload(made, made.members[0], good).status_code == 403
        assert upload(made, builders.commander(builders.unit("Xa Lạ")), good).status_code == 404

    def test_the_reader_knows_kinds_by_their_first_bytes(self):
        assert [reader.kind_of(head) for head in (b"%PDF-1.4", b"\xff\xd8\xff\xe1", b"GIF89a")] == ["pdf", "jpeg", None]


class TestRecord:
    @pytest.fixture(autouse=True)
    def _taken(self, made, clerk):
        scans.take_in(made.round, [scanned.scan_of(made)], actor=clerk)

    def test_what_was_recorded_waits_for_the_second_person(self, made, clerk):
        assert record(made, clerk).status_code == 302
        said = client_of(clerk).get(reverse("paper", args=[made.pk])).content.decode()
        assert "Chờ người thứ hai xác nhận" in said
        assert "bản ghi ký giấy phải do người thứ hai xác nhận" in said

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"signed_on": ""}, "is-invalid"),
            ({"signed_on": "32/13/2020"}, "is-invalid"),
            ({"signed_on": "01/01/2015"}, "Ngày ký phải từ ngày mở ký"),
        ],
    )
    def test_a_wrong_day_is_said_at_its_field(self, made, clerk, changes, words):
        answer = record(made, clerk, **changes)
        assert (answer.status_code, words in answer.content.decode()) == (422, True)
        assert not PaperRecord.objects.exists()

    def test_a_unit_without_its_tick_or_signer_is_named(self, made, clerk):
        slot = made.slots[-1]
        said = record(made, clerk, **{f"tick-{slot.pk}": None, f"slot-{slot.pk}": ""}).content.decode()
        assert "Đánh dấu khi đã thấy chữ ký của đơn vị này" in said
        assert f"Chọn người đã ký thay mặt {slot.unit_name}." in said

    def test_nobody_vouches_for_a_scan_that_came_after_his_page(self, made, clerk):
        seen = recorded_as(made)
        *pages, last = scanned.pages_of(made)
        scans.take_in(made.round, [scanned.as_pdf([*pages, scanned.turned(last, 180)])], actor=made.office)
        answer = client_of(clerk).post(reverse("paper", args=[made.pk]), seen)
        assert (answer.status_code, "Có bản chụp mới hơn bản đồng chí đã xem" in answer.content.decode()) == (422, True)
        assert 'name="scan" value="2"' in answer.content.decode()
        assert not PaperRecord.objects.exists()
        assert record(made, clerk).status_code == 302

    def test_a_forged_signer_is_refused(self, made, clerk):
        stranger = builders.commander(builders.unit("Xa Lạ")).position
        answer = record(made, clerk, **{f"slot-{made.slots[0].pk}": stranger.pk})
        assert answer.status_code == 422
        assert not PaperRecord.objects.exists()

    def test_who_recorded_it_does_not_confirm_it_and_a_member_neither(self, made, clerk):
        record(made, clerk)
        address = reverse("paper_confirm", args=[made.pk, PaperRecord.objects.get().pk])
        for actor in (clerk, made.members[0]):
            assert client_of(actor).post(address).status_code == 403
        assert made.row.state == DocumentState.SIGNING

    def test_the_second_person_confirms_once(self, made, clerk):
        record(made, clerk)
        address = reverse("paper_confirm", args=[made.pk, PaperRecord.objects.get().pk])
        assert client_of(made.office).post(address).status_code == 302
        assert made.row.state == DocumentState.SIGNED
        assert client_of(made.leader).post(address).status_code == 403

    def test_given_back_its_reason_is_shown_to_who_records_it_anew(self, made, clerk):
        record(made, clerk)
        address = reverse("paper_decline", args=[made.pk, PaperRecord.objects.get().pk])
        assert client_of(made.leader).post(address, {"reason": ""}).status_code == 422
        assert client_of(made.leader).post(address, {"reason": "Thiếu chữ ký ở ô 3"}).status_code == 302
        assert PaperRecord.objects.get().state == PaperState.DECLINED
        said = client_of(clerk).get(reverse("paper", args=[made.pk])).content.decode()
        assert "Thiếu chữ ký ở ô 3" in said

    def test_home_leads_who_records_and_then_another_person(self, made, clerk):
        assert todo.RECORD in kinds_of_tasks(made, clerk)
        record(made, clerk)
        assert todo.CONFIRM not in kinds_of_tasks(made, clerk)
        assert todo.CONFIRM in kinds_of_tasks(made, made.leader)


def test_without_a_scan_there_is_nothing_to_record(made, clerk):
    assert record(made, clerk).status_code == 302
    assert not PaperRecord.objects.exists()


def test_the_witness_signs_on_paper_too():
    made = builders.on_paper(witness=True)
    row = builders.record_paper(made, scanned.scan_of(made))
    assert [tick.slot.role for tick in row.ticks.order_by("slot__number")][-1] == "witness"
    paper.confirm(row, actor=made.office)
    assert made.row.state == DocumentState.SIGNED
    assert {slot.signer for slot in made.slots} == {actor.user for actor in made.signers}
