"""Units, their dated names, and the letterhead."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.organisation.domain import units
from emulation.organisation.enums import UnitKind
from emulation.organisation.models import Installation, Unit
from emulation.records.events import Event
from emulation.records.models import AuditEntry
from tests import builders

pytestmark = pytest.mark.django_db

TODAY = clock.today()


def rename(unit, name, day, actor=None):
    units.rename(unit, actor=actor, name=name, short_name=name.removeprefix("Công an "), valid_from=day)


def test_a_unit_has_its_first_name_from_its_first_day():
    unit = builders.unit("Đức Hòa")
    assert unit.name == "Công an xã Đức Hòa"
    assert unit.short_name == "Đức Hòa"
    assert unit.name_on(builders.LONG_AGO) == unit.name
    assert str(unit) == unit.name


def test_documents_of_earlier_days_keep_the_old_name():
    unit = builders.unit("Đức Hòa")
    rename(unit, "Công an xã Hòa Đức", TODAY)
    assert unit.name == "Công an xã Hòa Đức"
    assert unit.name_on(TODAY - timedelta(days=1)) == "Công an xã Đức Hòa"
    assert unit.short_name_on(TODAY + timedelta(days=900)) == "xã Hòa Đức"
    assert unit.name_on(date(1990, 1, 1)) == "Công an xã Đức Hòa"


def test_a_name_of_the_future_waits():
    unit = builders.unit("Đức Hòa")
    rename(unit, "Công an xã Hòa Đức", TODAY + timedelta(days=1))
    assert unit.name == "Công an xã Đức Hòa"
    with clock.at(clock.now() + timedelta(days=1)):
        assert unit.name == "Công an xã Hòa Đức"


def test_one_name_a_day():
    unit = builders.unit()
    with pytest.raises(ValidationError, match="đã có tên khác"):
        rename(unit, "Công an xã Khác", builders.LONG_AGO)
    assert unit.names.count() == 1


def test_names_are_stored_composed():
    unit = builders.unit("Đư\u0301c Ho\u0300a")
    assert unit.name == "Công an xã Đức Hòa"


def test_a_unit_without_names_says_so():
    assert Unit(kind=UnitKind.COMMUNE, valid_from=builders.LONG_AGO, pk=0).name == "Đơn vị chưa đặt tên"
    assert Unit(kind=UnitKind.COMMUNE, valid_from=builders.LONG_AGO, pk=0).short_name == ""


def test_a_unit_exists_from_its_first_to_its_last_day():
    first, last = TODAY - timedelta(days=3), TODAY + timedelta(days=3)
    unit = units.create(actor=None, kind=UnitKind.DISTRICT, name="Công an huyện X", short_name="X", valid_from=first)
    Unit.objects.filter(pk=unit.pk).update(valid_to=last)
    found = {offset: unit in Unit.objects.on(TODAY + timedelta(days=offset)) for offset in (-4, -3, 0, 3, 4)}
    assert found == {-4: False, -3: True, 0: True, 3: True, 4: False}


def test_a_unit_cannot_end_before_it_begins():
    unit = builders.unit()
    unit.valid_to = unit.valid_from - timedelta(days=1)
    with pytest.raises(ValidationError, match="Ngày kết thúc"):
        unit.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        unit.save()


def test_a_standing_office_belongs_to_a_province():
    with pytest.raises(ValidationError, match="Công an tỉnh"):
        units.create(
            actor=None, kind=UnitKind.DEPARTMENT, name="Phòng", short_name="P", valid_from=TODAY, is_emulation_office=True
        )


@pytest.mark.parametrize("who", ["staff of the office", "administrator"])
def test_office_and_administrators_keep_units(who):
    actor = builders.administrator() if who == "administrator" else builders.staff(builders.office())
    unit = units.create(actor=actor, kind=UnitKind.WARD, name="Công an phường Y", short_name="Y", valid_from=TODAY)
    rename(unit, "Công an phường Z", TODAY + timedelta(days=1), actor)
    entries = AuditEntry.objects.filter(stream__key=f"unit:{unit.pk}").order_by("seq")
    assert [entry.event for entry in entries] == [Event.UNIT_CREATED, Event.UNIT_CHANGED]
    assert entries[0].user_id == actor.user_id
    assert entries[0].data["name"] == "Công an phường Y"


def test_nobody_else_keeps_units():
    actor = builders.commander(builders.unit())
    before = Unit.objects.count()
    with pytest.raises(Refused, match="cơ quan thường trực"):
        units.create(actor=actor, kind=UnitKind.WARD, name="Công an phường Y", short_name="Y", valid_from=TODAY)
    with pytest.raises(Refused):
        rename(actor.unit, "Công an xã Khác", TODAY, actor)
    assert Unit.objects.count() == before
    assert actor.unit.names.count() == 1


def test_the_letterhead_follows_the_names():
    assert units.letterhead().agency == "Công an tỉnh"
    assert units.letterhead().office == ""
    office = builders.office()
    assert units.letterhead().agency == "Công an tỉnh Quảng Bình"
    assert units.letterhead().office == office.name
    rename(builders.province(), "Công an tỉnh Mới", TODAY)
    assert units.letterhead().agency == "Công an tỉnh Mới"


def test_the_letterhead_is_remembered(django_assert_num_queries):
    builders.office()
    units.letterhead()
    with django_assert_num_queries(0):
        units.letterhead()


def test_a_database_is_real_until_it_is_marked_as_demonstration():
    assert not units.is_demonstration()
    units.mark_as_demonstration()
    units.mark_as_demonstration()
    assert units.is_demonstration()
    with pytest.raises(IntegrityError), transaction.atomic():
        Installation.objects.create(pk=2)
