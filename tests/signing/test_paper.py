"""A round that is signed with pens: the print, the scan, the record, its second person; and that it is never mixed with signatures."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from blocs.domain import signing
from blocs.enums import DocumentState
from emulation.inbox.models import Notice
from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.organisation.domain import mandates
from emulation.organisation.enums import Capacity
from emulation.pdf import finish
from emulation.records.domain import documents
from emulation.records.models import AuditEntry, Revision
from emulation.signing.domain import paper, rounds, scans
from emulation.signing.enums import PaperState, RoundState, SlotState
from emulation.signing.models import PaperRecord, Scan, Slot
from tests import builders
from tests.pdf import reading
from tests.signing import scanned

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(paper_round):
    return paper_round.made


@pytest.fixture
def clerk(made):
    return builders.staff(made.deputy.unit)


@pytest.fixture
def taken(made, clerk, paper_round):
    return scans.take_in(made.round, [paper_round.scan], actor=clerk)


def faults(act):
    with pytest.raises(ValidationError) as refused:
        act()
    return refused.value


def record(made, scan, actor, **changes):
    values = {"signed_on": clock.today(), "signers": builders.signers_on_paper(made)} | changes
    return paper.record(scan, actor=actor, **values)


class TestPrint:
    def test_the_print_is_the_frozen_bytes_and_has_no_field(self, made):
        pdf = documents.read(made.round.current)
        assert made.round.current.number == 0
        assert finish.signature_fields(pdf) == []
        assert b"/AcroForm" not in pdf

    def test_it_names_who_is_to_sign_and_how_many_originals_there_are(self, made):
        text = " ".join(reading.text_of(documents.read(made.round.current)).split())
        for actor in made.commanders:
            assert actor.position.ranked_name in text
        assert "lập thành 04 (bốn) bản có giá trị như nhau" in text
        assert "ký trên giấy" in text
        assert "chữ ký điện tử" not in text

    def test_there_are_thirty_millimetres_between_position_and_name(self, made):
        name = made.leader.position.ranked_name
        pages = reading.pages_of_words(documents.read(made.round.current))
        words = next(page for page in pages if name in " ".join(word.text for word in page))
        under = reading.find(words, name)
        over = reading.find(words, "TRƯỞNG CÔNG AN XÃ")
        assert under.top - over.bottom >= 30 * reading.MM

    def test_everybody_is_told_and_all_slots_are_open_at_once(self, made):
        assert {slot.state for slot in made.slots} == {SlotState.READY}
        assert Notice.objects.filter(recipient=made.members[0].user, text__startswith="Mở ký trên giấy").exists()

    @pytest.mark.parametrize("originals", [0, 100])
    def test_the_number_of_originals_has_bounds(self, originals):
        made = builders.document(DocumentState.ADOPTED)
        assert faults(lambda: builders.open_signing(made, originals=originals)).message_dict.keys() == {"originals"}

    def test_it_needs_no_authority(self, made):
        assert made.round.authority is None
        assert made.round.is_sample


class TestScan:
    def test_a_good_scan_is_kept_by_its_hash(self, taken, paper_round):
        file = taken.files.get()
        assert documents.read(file.revision) == paper_round.scan
        assert (taken.has_code, taken.page_count) == (True, taken.round.page_count)
        assert AuditEntry.objects.filter(event="scan_taken_in", data__files=[file.revision.sha256]).exists()

    def test_pictures_of_the_pages_will_do(self, made, clerk):
        files = [scanned.as_jpeg(page) for page in scanned.pages_of(made)]
        assert scans.take_in(made.round, files, actor=clerk).has_code

    def test_upside_down_is_turned(self, made, clerk):
        pages = [scanned.turned(page, 180) for page in scanned.pages_of(made)]
        scan = scans.take_in(made.round, [scanned.as_pdf(pages)], actor=clerk)
        assert scan.has_code
        assert scan.files.get().pages == [[number, 180] for number in range(1, scan.page_count + 1)]
        assert scans.page_picture(scan.files.get(), scan.page_count, width=300).startswith(b"\xff\xd8")

    def test_empty_backs_do_not_count(self, made, clerk):
        pages = scanned.pages_of(made)
        scan = scans.take_in(made.round, [scanned.as_pdf([*pages, scanned.blank(pages[0])])], actor=clerk)
        assert scan.page_count == len(pages)

    def test_missing_pages_are_refused(self, made, clerk):
        pages = scanned.pages_of(made)
        assert "thiếu 1 trang" in str(faults(lambda: scans.take_in(made.round, [scanned.as_pdf(pages[1:])], actor=clerk)))
        assert not Scan.objects.exists()

    def test_too_many_pages_are_refused(self, made, clerk):
        pages = scanned.pages_of(made)
        assert "thừa 1 trang" in str(faults(lambda: scans.take_in(made.round, [scanned.as_pdf([*pages, pages[0]])], actor=clerk)))

    def test_another_documents_code_is_refused_with_its_name(self, made, clerk):
        other = builders.on_paper()
        wrong = scanned.scan_of(other)
        fault = str(faults(lambda: scans.take_in(made.round, [wrong], actor=clerk)))
        assert "văn bản khác" in fault
        assert other.round.title in fault

    def test_without_a_readable_code_it_is_kept_and_says_so(self, made, clerk):
        *pages, last = scanned.pages_of(made)
        assert not scans.take_in(made.round, [scanned.as_pdf([*pages, scanned.without_code(last)])], actor=clerk).has_code

    def test_the_print_itself_is_no_scan(self, made, clerk):
        printed = documents.read(made.round.current)
        assert "chưa phải bản chụp" in str(faults(lambda: scans.take_in(made.round, [printed], actor=clerk)))

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"", "không phải PDF"),
            (b"MZ\x90\x00 an executable called scan.pdf", "không phải PDF"),
            (b"%PDF-1.7\nnothing more", "Không đọc được tệp thứ 1"),
            (b"\xff\xd8\xff\xe0 no picture", "Không đọc được tệp thứ 1"),
            (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "Không đọc được tệp thứ 1"),
        ],
    )
    def test_files_that_lie_about_their_type_are_refused(self, made, clerk, data, words):
        assert words in str(faults(lambda: scans.take_in(made.round, [data], actor=clerk)))
        assert not Revision.objects.filter(document__kind="scan").exists()

    def test_what_is_too_large_is_refused_unread(self, made, clerk, settings, paper_round):
        settings.SCAN_MAX_BYTES = 1000
        assert "quá lớn" in str(faults(lambda: scans.take_in(made.round, [paper_round.scan], actor=clerk)))

    def test_the_same_page_twice_is_refused(self, made, clerk, paper_round):
        assert "giống hệt nhau" in str(faults(lambda: scans.take_in(made.round, [paper_round.scan] * 2, actor=clerk)))

    def test_a_member_hands_in_nothing(self, made, paper_round):
        with pytest.raises(Refused):
            scans.take_in(made.round, [paper_round.scan], actor=made.members[0])

    def test_nothing_lies_about_afterwards(self, taken, settings):
        assert not [path for path in settings.UPLOADS_DIR.iterdir() if path.is_file()] if settings.UPLOADS_DIR.exists() else True


class TestRecord:
    def test_it_waits_for_a_second_person_and_says_so(self, made, taken, clerk):
        row = record(made, taken, clerk)
        assert row.state == PaperState.PENDING
        assert {slot.state for slot in made.slots} == {SlotState.READY}
        assert Notice.objects.filter(recipient=made.leader.user, text__startswith="Bản ghi đã ký giấy").exists()

    def test_a_second_record_waits_until_the_first_is_decided(self, made, taken, clerk):
        record(made, taken, clerk)
        with pytest.raises(Refused, match="chờ người thứ hai"):
            record(made, taken, clerk)

    def test_every_unit_must_have_signed(self, made, taken, clerk):
        signers = builders.signers_on_paper(made)
        missing, _position = signers.popitem()
        assert f"slot-{missing}" in faults(lambda: record(made, taken, clerk, signers=signers)).message_dict

    def test_nobody_signs_for_another_unit(self, made, taken, clerk):
        signers = builders.signers_on_paper(made)
        first, second = list(signers)[:2]
        signers[first] = signers[second]
        assert f"slot-{first}" in faults(lambda: record(made, taken, clerk, signers=signers)).message_dict

    @pytest.mark.parametrize("days", [-1, 1])
    def test_the_day_is_neither_before_the_round_nor_to_come(self, made, taken, clerk, days):
        day = clock.today() + timedelta(days=days)
        assert "signed_on" in faults(lambda: record(made, taken, clerk, signed_on=day)).message_dict

    def test_a_deputy_signs_on_behalf_with_a_basis_of_that_day(self, made, taken, clerk):
        deputy = builders.deputy(made.members[0].unit)
        row = record(made, taken, clerk, signers=builders.signers_on_paper(made) | {made.slot(deputy).pk: deputy.position})
        tick = row.ticks.get(signer=deputy.user)
        assert (tick.capacity, tick.capacity_mark) == (Capacity.KT, "KT.")
        assert tick.mandate is not None

    def test_a_basis_that_ended_the_day_before_is_refused_in_words(self, made, taken, clerk):
        deputy = builders.deputy(made.members[0].unit, mandate=False)
        yesterday = clock.today() - timedelta(days=1)
        mandates.record(
            deputy.position, actor=made.office, capacity="kt", document="GUQ 1", valid_from=yesterday, valid_until=yesterday
        )
        position = builders.again(deputy).position
        signers = builders.signers_on_paper(made) | {made.slot(deputy).pk: position}
        fault = faults(lambda: record(made, taken, clerk, signers=signers)).message_dict[f"slot-{made.slot(deputy).pk}"]
        assert f"đã hết hiệu lực ngày {yesterday:%d/%m/%Y}" in fault[0]

    def test_a_deputy_without_a_basis_is_refused(self, made, taken, clerk):
        deputy = builders.deputy(made.members[0].unit, mandate=False)
        signers = builders.signers_on_paper(made) | {made.slot(deputy).pk: deputy.position}
        assert faults(lambda: record(made, taken, clerk, signers=signers))

    def test_an_unreadable_code_needs_a_reason(self, made, clerk):
        *pages, last = scanned.pages_of(made)
        scan = scans.take_in(made.round, [scanned.as_pdf([*pages, scanned.without_code(last)])], actor=clerk)
        assert "no_code_reason" in faults(lambda: record(made, scan, clerk)).message_dict
        assert record(made, scan, clerk, no_code_reason="Mực nhòe, đã so mã tra cứu bằng mắt.").no_code_reason


class TestConfirm:
    def test_the_second_person_completes_the_round(self, made, taken, clerk):
        paper.confirm(record(made, taken, clerk), actor=made.office)
        assert made.row.state == DocumentState.SIGNED
        assert made.round.state == RoundState.COMPLETED
        for slot, actor in zip(made.slots, made.signers, strict=True):
            assert (slot.state, slot.signer, slot.capacity) == (SlotState.SIGNED, actor.user, Capacity.OWN)
            assert (slot.act, slot.revision, slot.certificate_sha256) == (None, None, None)
            assert clock.local(slot.signed_at).date() == clock.today()
        events = list(AuditEntry.objects.filter(stream__key=made.row.stream).order_by("-seq").values_list("event", flat=True)[:2])
        assert events == ["round_completed", "paper_confirmed"]

    def test_not_the_one_who_recorded_it(self, made, taken, clerk):
        row = record(made, taken, clerk)
        with pytest.raises(Refused, match="người thứ hai"):
            paper.confirm(row, actor=clerk)

    def test_not_a_member(self, made, taken, clerk):
        row = record(made, taken, clerk)
        with pytest.raises(Refused):
            paper.confirm(row, actor=made.members[0])

    def test_twice_is_once(self, made, taken, clerk):
        row = record(made, taken, clerk)
        paper.confirm(row, actor=made.office)
        with pytest.raises(Refused):
            paper.confirm(row, actor=made.leader)
        assert AuditEntry.objects.filter(event="round_completed", stream__key=made.row.stream).count() == 1

    def test_given_back_it_can_be_recorded_anew(self, made, taken, clerk):
        paper.decline(record(made, taken, clerk), actor=made.leader, reason="Thiếu chữ ký trang 3")
        assert Notice.objects.filter(recipient=clerk.user, text__contains="Thiếu chữ ký trang 3").exists()
        assert record(made, taken, clerk).state == PaperState.PENDING

    def test_giving_back_needs_a_reason(self, made, taken, clerk):
        with pytest.raises(Refused, match="lý do"):
            paper.decline(record(made, taken, clerk), actor=made.leader, reason=" ")

    def test_voiding_takes_the_waiting_record_with_it(self, made, taken, clerk):
        row = record(made, taken, clerk)
        rounds.void(made.round, actor=made.leader, reason="Ký điện tử thay cho ký giấy")
        assert PaperRecord.objects.get(pk=row.pk).state == PaperState.VOID
        with pytest.raises(Refused):
            paper.confirm(row, actor=made.office)
        assert made.row.state == DocumentState.DRAFT


class TestNeverMixed:
    def test_a_round_on_paper_takes_no_electronic_act(self, made):
        slot = made.slot(made.leader)
        for act in (
            lambda: builders.sign(slot, actor=made.leader),
            lambda: rounds.refuse_to_sign(slot, actor=made.leader, reason="Không"),
        ):
            with pytest.raises(Refused, match="trên giấy"):
                act()

    def test_an_electronic_round_takes_no_scan(self, paper_round):
        made = builders.document(DocumentState.SIGNING)
        with pytest.raises(Refused, match="điện tử"):
            scans.take_in(made.round, [paper_round.scan], actor=made.leader)

    def test_the_database_refuses_both(self, made, taken, clerk):
        paper.confirm(record(made, taken, clerk), actor=made.office)
        electronic = builders.document(DocumentState.SIGNED)
        key, pen = electronic.slots[0], made.slots[0]
        stolen = {"act": key.act, "revision": key.revision, "certificate_sha256": key.certificate_sha256}
        Slot.objects.filter(pk=key.pk)
        for row, values in (
            (pen, {"method": "electronic"}),
            (key, {"method": "paper"}),
            (key, {"paper_record": pen.paper_record}),
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                Slot.objects.filter(pk=row.pk).update(**values)
        with pytest.raises(IntegrityError), transaction.atomic():
            Slot.objects.filter(pk=pen.pk).update(**stolen)

    def test_the_database_wants_two_persons(self, made, taken, clerk):
        row = record(made, taken, clerk)
        with pytest.raises(IntegrityError), transaction.atomic():
            PaperRecord.objects.filter(pk=row.pk).update(state="confirmed", decided_by=clerk.user, decided_at=clock.now())

    def test_the_way_of_signing_goes_with_authority_and_originals(self, made):
        with pytest.raises(IntegrityError), transaction.atomic():
            type(made.round).objects.filter(pk=made.round.pk).update(method="electronic")

    def test_changing_ones_mind_is_a_new_round(self, made):
        rounds.void(made.round, actor=made.leader, reason="Ký điện tử")
        builders.publish(made)
        builders.adopt(made)
        builders.open_signing(made)
        assert [row.method for row in type(made.round).objects.filter(subject_id=made.pk).order_by("number")] == [
            "paper",
            "electronic",
        ]


def test_the_print_of_a_unit_without_its_head_names_the_deputy_on_behalf():
    made = builders.document(DocumentState.ADOPTED)
    unit = made.members[0].unit
    deputy = builders.deputy(unit)
    builders.end_position(made.members[0], last_day=clock.today() - timedelta(days=1))
    found = paper.holders([unit], clock.today(), made.row.kind)[unit.pk]
    assert found.position == ("KT. TRƯỞNG CÔNG AN XÃ", "PHÓ TRƯỞNG CÔNG AN XÃ")
    assert found.name == deputy.position.ranked_name
    assert signing.usual_originals(made.row) == 4
