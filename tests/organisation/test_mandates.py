"""Bases for signing on behalf of the head of a unit."""

import io
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from PIL import Image

from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.organisation.domain import mandates
from emulation.organisation.enums import Capacity
from emulation.organisation.models import Mandate
from emulation.records.domain import documents
from emulation.records.events import Event
from emulation.records.models import AuditEntry
from tests import builders

pytestmark = pytest.mark.django_db

TODAY = clock.today()


def _png():
    stream = io.BytesIO()
    Image.new("L", (20, 20), 200).save(stream, "PNG")
    return stream.getvalue()


PNG = _png()


@pytest.fixture
def unit():
    return builders.unit("Đức Hòa")


@pytest.fixture
def head(unit):
    return builders.commander(unit)


@pytest.fixture
def deputy(unit):
    return builders.deputy(unit, mandate=False)


def record(deputy, actor, *, capacity=Capacity.KT, document="Giấy ủy quyền số 1", begins=TODAY, until=None):
    return mandates.record(
        deputy.position, actor=actor, capacity=capacity, document=document, valid_from=begins, valid_until=until
    )


def events(unit):
    return list(AuditEntry.objects.filter(stream__key=f"unit:{unit.pk}").order_by("seq").values_list("event", flat=True))


@pytest.mark.parametrize("by", ["head", "office"])
def test_head_or_office_record_a_basis(by, unit, head, deputy):
    actor = head if by == "head" else builders.staff(builders.office())
    mandate = record(deputy, actor)
    assert mandates.live(deputy.position) == mandate
    assert mandate.recorded_by == actor.user
    assert events(unit)[-1] == Event.MANDATE_RECORDED
    assert "KT." in mandates.describe(mandate)
    assert "không thời hạn" in mandates.describe(mandate)


def test_nobody_else_records_a_basis(unit, deputy):
    strangers = [deputy, builders.staff(unit), builders.commander(builders.unit()), builders.director(), builders.administrator()]
    for actor in strangers:
        with pytest.raises(Refused):
            record(deputy, actor)
    assert Mandate.objects.count() == 0


def test_a_head_needs_no_basis_and_staff_cannot_have_one(unit, head):
    with pytest.raises(Refused, match="Cấp trưởng"):
        record(head, builders.staff(builders.office()))
    with pytest.raises(Refused, match="không được ký"):
        record(builders.staff(unit), head)


def test_a_position_that_has_ended_gets_no_basis(head, deputy):
    builders.end_position(deputy, last_day=TODAY - timedelta(days=1))
    with pytest.raises(Refused, match="hết thời hạn"):
        record(deputy, head)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"document": ""}, "để trắng"),
        ({"until": TODAY - timedelta(days=1)}, "Ngày kết thúc"),
        ({"capacity": Capacity.OWN}, "lựa chọn"),
    ],
)
def test_a_basis_has_a_document_and_a_period(changed, said, head, deputy):
    with pytest.raises(ValidationError, match=said):
        record(deputy, head, **changed)
    assert Mandate.objects.count() == 0


def test_a_basis_is_live_from_its_first_to_its_last_day(head, deputy):
    record(deputy, head, begins=TODAY - timedelta(days=1), until=TODAY + timedelta(days=1))
    found = {}
    for offset in (-2, -1, 1, 2):
        with clock.at(clock.now() + timedelta(days=offset)):
            found[offset] = mandates.live(deputy.position) is not None
    assert found == {-2: False, -1: True, 1: True, 2: False}


def test_the_newest_live_basis_counts(head, deputy):
    record(deputy, head, begins=TODAY - timedelta(days=9))
    newest = record(deputy, head, capacity=Capacity.TUQ, begins=TODAY - timedelta(days=1), until=TODAY)
    record(deputy, head, begins=TODAY + timedelta(days=1))
    assert mandates.live(deputy.position) == newest
    assert newest.valid_from.strftime("%d/%m/%Y") in mandates.describe(newest)


def test_an_ended_basis_no_longer_holds(unit, head, deputy):
    mandate = record(deputy, head, begins=TODAY - timedelta(days=9))
    ended = mandates.end(mandate, actor=head)
    assert ended.valid_until == TODAY - timedelta(days=1)
    assert mandates.live(deputy.position) is None
    assert events(unit)[-1] == Event.MANDATE_ENDED


def test_ended_twice_is_ended_once(unit, head, deputy):
    mandate = mandates.end(record(deputy, head, begins=TODAY - timedelta(days=9)), actor=head)
    before = events(unit)
    assert mandates.end(mandate, actor=head).valid_until == mandate.valid_until
    assert events(unit) == before


@pytest.mark.parametrize("begins", [0, 5])
def test_a_basis_ended_on_its_first_day_or_before_does_not_hold(begins, head, deputy):
    mandate = mandates.end(record(deputy, head, begins=TODAY + timedelta(days=begins)), actor=head)
    assert not mandate.live_on(TODAY)
    assert mandates.live(deputy.position) is None
    with clock.at(clock.now() + timedelta(days=begins)):
        assert mandates.live(deputy.position) is None


def test_only_head_or_office_end_a_basis(head, deputy):
    mandate = record(deputy, head, begins=TODAY - timedelta(days=9))
    with pytest.raises(Refused):
        mandates.end(mandate, actor=deputy)
    assert mandates.live(deputy.position) == mandate


# --- Scope, copy, limits ---------------------------------------------------------------------------------------------------------


def test_a_basis_may_be_good_for_one_kind_of_document_only(head, deputy):
    values = {"capacity": "kt", "document": "Giấy 2", "valid_from": TODAY}
    narrow = mandates.record(deputy.position, actor=head, scope="covenant", **values)
    assert mandates.live(deputy.position, "covenant") == narrow
    assert mandates.live(deputy.position, "minutes") is None
    assert mandates.live_today("covenant").get() == narrow
    assert not mandates.live_today("minutes").exists()
    assert "chỉ dùng cho: giao ước thi đua" in mandates.why_not(deputy.position, "minutes", TODAY)


def test_everything_covers_each_kind(head, deputy):
    wide = record(deputy, head)
    assert {mandates.live(deputy.position, scope) for scope in ("covenant", "regulation", "minutes")} == {wide}


def test_an_authorisation_is_limited_in_time_also_in_the_database(head, deputy):
    with pytest.raises(ValidationError) as refused:
        record(deputy, head, capacity=Capacity.TUQ)
    assert "valid_until" in refused.value.message_dict
    limited = record(deputy, head, capacity=Capacity.TUQ, until=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Mandate.objects.filter(pk=limited.pk).update(valid_until=None)


def test_who_was_authorised_authorises_nobody(unit, head, deputy):
    record(deputy, head, capacity=Capacity.TUQ, until=TODAY)
    other = builders.deputy(unit, mandate=False)
    with pytest.raises(Refused, match="không được ủy quyền lại"):
        record(other, builders.again(deputy))


@pytest.mark.parametrize("file", [("giay.pdf", b"%PDF-1.7\n%%EOF\n"), ("giay.png", PNG)])
def test_the_copy_is_kept_by_its_hash(head, deputy, file):
    mandate = mandates.record(deputy.position, actor=head, capacity="kt", document="Giấy 3", valid_from=TODAY, file=file)
    assert documents.read(mandate.file) == file[1]
    assert mandate.file_name == file[0]
    assert AuditEntry.objects.get(event=Event.MANDATE_RECORDED, data__mandate=mandate.pk).data["file"] == mandate.file.sha256


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (("giay.pdf", b"MZ\x90 a program"), "không phải PDF, JPG hoặc PNG"),
        (("giay.pdf", PNG), "khác với tên tệp"),
        (("giay.docx", b"PK\x03\x04"), "không phải PDF, JPG hoặc PNG"),
        (("giay.pdf", b""), "không phải PDF, JPG hoặc PNG"),
        (("giay.pdf", b"%PDF-1.7\n" + b"0" * (10 * 2**20) + b"%%EOF"), "lớn quá 10 MB"),
    ],
)
def test_a_copy_that_lies_or_is_too_large_is_refused(head, deputy, file, words):
    with pytest.raises(ValidationError) as refused:
        mandates.record(deputy.position, actor=head, capacity="kt", document="Giấy 3", valid_from=TODAY, file=file)
    assert words in refused.value.message_dict["file"][0]
    assert not Mandate.objects.exists()


@pytest.mark.parametrize(("begins", "until", "words"), [(-9, -1, "đã hết hiệu lực ngày"), (1, 9, "chưa đến ngày"), (0, 0, "")])
def test_why_there_is_no_basis(head, deputy, begins, until, words):
    mandate = record(deputy, head, begins=TODAY + timedelta(days=begins), until=TODAY + timedelta(days=until))
    said = mandates.why_not(deputy.position, "covenant", TODAY)
    assert words in said if words else mandate.live_on(TODAY)
