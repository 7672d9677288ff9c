"""Bases for signing on behalf of the head of a unit."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.organisation.domain import mandates
from emulation.organisation.enums import Capacity
from emulation.organisation.models import Mandate
from emulation.records.events import Event
from emulation.records.models import AuditEntry
from tests import builders

pytestmark = pytest.mark.django_db

TODAY = clock.today()


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
    newest = record(deputy, head, capacity=Capacity.TUQ, begins=TODAY - timedelta(days=1))
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
