"""Joint activities: entered once by who hosted them, seen by the bloc, and taken from there into reports and points."""

import io
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from blocs.domain.drafts import Conflict
from emulation.inbox.models import Notice
from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.organisation.actors import Actor
from emulation.records.domain import documents
from emulation.records.models import AuditEntry
from emulation.reports.domain import activities, activity_photos, activity_tables, material
from emulation.reports.enums import PeriodKind
from emulation.reports.models import Activity
from emulation.reports.texts import report_of
from scoring.enums import FilledFrom
from tests import builders
from tests.builders import BlocCast
from tests.reports import casts

pytestmark = pytest.mark.django_db
HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def year() -> int:
    return clock.today().year


def enter(bloc: BlocCast, actor: Actor, *units: Actor, host: Actor | None = None, on: date | None = None, **more) -> Activity:
    values = {
        "kind": "charity",
        "title": "Tặng quà học sinh nghèo",
        "held_on": on or clock.today(),
        "host": (host or actor).unit,
        **more,
    }
    return activities.enter(bloc.bloc_year, actor=actor, values=values, units=[row.unit_id for row in units])


def change(row: Activity, actor: Actor, *, seen: int | None = None, **values) -> Activity:
    units = [unit.pk for unit in row.units.all()]
    return activities.change(row, actor=actor, seen=row.edits if seen is None else seen, values=values, units=units)


def picture(colour: str = "green") -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (640, 400), colour).save(stream, "JPEG")
    return stream.getvalue()


def test_a_member_enters_what_it_hosted_and_its_partners_and_leader_are_told():
    bloc = builders.bloc(n=4)
    member, partner = bloc.members
    made = enter(bloc, member, partner, money=5_000_000)
    assert [unit.pk for unit in made.units.all()] == [partner.unit_id]
    assert made.unit_ids == {member.unit_id, partner.unit_id}
    assert AuditEntry.objects.filter(event="activity_entered", stream__key=made.stream).count() == 1
    told = set(Notice.objects.filter(text__contains="ghi hoạt động chung").values_list("recipient", flat=True))
    assert told == {partner.user_id, bloc.leader.user_id}


def test_a_member_names_no_other_host_the_leader_and_the_office_any():
    bloc = builders.bloc(n=4)
    member, other = bloc.members
    with pytest.raises(Refused, match="do mình chủ trì"):
        enter(bloc, member, host=other)
    assert enter(bloc, bloc.leader, host=other).host_id == other.unit_id
    assert enter(bloc, bloc.office, host=other).host_id == other.unit_id
    with pytest.raises(Refused, match="Chỉ đơn vị trong khối"):
        enter(bloc, builders.commander(builders.unit()), host=member)


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"title": "  "}, "title", ""),
        ({"held_on": date(2019, 5, 1)}, "held_on", "phải trong năm"),
        ({"money": 0}, "__all__", "Kinh phí từ 1 đồng"),
        ({"criterion": "6f5c9c52-2b39-4d22-9a0e-0d3c5b7f1a11"}, "criterion", "không còn trong bộ tiêu chí"),
    ],
)
def test_what_is_wrong_is_said_where_it_is(values, field, words):
    bloc = builders.bloc()
    with pytest.raises(ValidationError) as found:
        enter(bloc, bloc.leader, **values)
    assert any(words in sentence for sentence in found.value.message_dict[field])
    assert not Activity.objects.exists()


def test_only_what_has_been_held_and_by_units_of_the_bloc():
    bloc = builders.bloc()
    tomorrow = clock.today() + timedelta(days=1)
    with pytest.raises(ValidationError, match="đã tổ chức"):
        enter(bloc, bloc.leader, held_on=tomorrow)
    with pytest.raises(ValidationError, match="thuộc khối"):
        enter(bloc, bloc.leader, builders.commander(builders.unit()))
    with pytest.raises(ValidationError, match="Ngày kết thúc"):
        enter(bloc, bloc.leader, held_to=clock.today() - timedelta(days=1))


def test_the_database_keeps_days_in_order():
    bloc = builders.bloc()
    made = enter(bloc, bloc.leader)
    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.filter(pk=made.pk).update(held_to=made.held_on)


def test_two_people_at_one_activity_and_a_second_save():
    bloc = builders.bloc()
    member = bloc.members[0]
    made = enter(bloc, member)
    changed = change(made, bloc.leader, title="Tặng quà Tết")
    assert changed.edits == 1
    with pytest.raises(Conflict) as conflict:
        change(made, member, title="Tặng sách", seen=0)
    assert conflict.value.stored.title == "Tặng quà Tết"
    assert change(changed, member, title="Tặng quà Tết").edits == 1
    assert AuditEntry.objects.filter(event="activity_changed").count() == 1
    with pytest.raises(Refused, match="do mình chủ trì"):
        change(changed, bloc.deputies[0], title="Khác")


def test_what_is_taken_away_is_gone_for_everybody():
    bloc = builders.bloc()
    made = enter(bloc, bloc.leader)
    with pytest.raises(Refused):
        activities.remove(made, actor=bloc.members[0])
    activities.remove(made, actor=bloc.leader)
    activities.remove(made, actor=bloc.leader)
    assert not Activity.objects.visible_to(bloc.leader).exists()
    assert AuditEntry.objects.filter(event="activity_removed").count() == 1


def test_which_criterion_it_counts_for_only_who_runs_the_bloc_says():
    bloc = builders.bloc()
    made = enter(bloc, bloc.members[0])
    with pytest.raises(Refused, match="chọn tiêu chí"):
        change(made, bloc.members[0], criterion="6f5c9c52-2b39-4d22-9a0e-0d3c5b7f1a11")


def test_photographs_are_drawn_anew_kept_once_and_never_swept():
    bloc = builders.bloc()
    member = bloc.members[0]
    made = enter(bloc, member)
    photo = activity_photos.add(made, actor=member, data=picture(), caption="Trao quà")
    assert activity_photos.add(made, actor=member, data=picture()).pk == photo.pk
    assert activity_photos.read(photo, small=True).startswith(b"\xff\xd8")
    assert not {photo.sha256, photo.small_sha256} & set(documents.orphans())
    with pytest.raises(ValidationError, match="JPEG hoặc PNG"):
        activity_photos.add(made, actor=member, data=b"%PDF-1.7")
    with pytest.raises(Refused):
        activity_photos.add(made, actor=bloc.deputies[0], data=picture("red"))
    activity_photos.take_away(photo, actor=bloc.leader)
    assert {photo.sha256, photo.small_sha256} <= set(documents.orphans())


# --- Into reports ----------------------------------------------------------------------------------------------------------------


def test_an_activity_entered_once_stands_in_the_final_report_of_the_bloc_and_of_its_units():
    with clock.at(datetime(year(), 11, 20, 9, tzinfo=HERE)):
        made = casts.period(PeriodKind.FINAL, n=4)
        member, outsider = made.members
        enter(made.bloc, made.deputy, member, on=date(year(), 3, 8), money=52_000_000, works="120 suất quà", people=120)
        enter(made.bloc, outsider, title="Giải bóng đá", kind="sport", on=date(year(), 9, 2))
        whole = material.tables_of(made.row, None)[FilledFrom.JOINT]
        assert [row[1] for row in whole] == [
            "Hoạt động",
            "Từ thiện: Tặng quà học sinh nghèo",
            "Thể dục, thể thao: Giải bóng đá",
            "2 hoạt động",
        ]
        assert whole[1][3] == "52.000.000 đồng; 120 suất quà; 120 người"
        assert whole[-1][3] == "52.000.000 đồng; 120 lượt người"
        of_member = material.tables_of(made.row, member.unit_id)[FilledFrom.JOINT]
        assert [row[1] for row in of_member[1:-1]] == ["Từ thiện: Tặng quà học sinh nghèo"]
        assert f"tham gia: {member.unit.short_name}" in of_member[1][2]
        assert material.tables_of(made.row, made.leader.unit_id)[FilledFrom.JOINT] == []


def test_a_signed_report_keeps_the_activities_that_it_was_signed_with():
    made = casts.period(PeriodKind.FINAL)
    member = made.members[0]
    row = enter(made.bloc, member)
    made.submit(member)
    activities.remove(row, actor=made.leader)
    version = material.signed_version(made.report(member))
    section = next(part for part in report_of(version.content).sections if part.source == FilledFrom.JOINT)
    assert section.rows[1][1] == "Từ thiện: Tặng quà học sinh nghèo"
    assert next(part for part in made.text(member).sections if part.source == FilledFrom.JOINT).rows == ()


def test_the_interim_report_tells_of_the_first_half_year_to_its_last_day():
    with clock.at(datetime(year(), 7, 2, 9, tzinfo=HERE)):
        made = casts.period(PeriodKind.INTERIM)
        member = made.members[0]
        enter(made.bloc, member, title="Cuối tháng sáu", on=date(year(), 6, 30))
        enter(made.bloc, member, title="Đầu tháng bảy", on=date(year(), 7, 1))
        rows = material.tables_of(made.row, member.unit_id)[FilledFrom.JOINT]
        assert [row[1] for row in rows[1:]] == ["Từ thiện: Cuối tháng sáu", "1 hoạt động"]


# --- Pages -----------------------------------------------------------------------------------------------------------------------


def client(actor: Actor) -> Client:
    found = Client()
    found.force_login(actor.user)
    return found


def test_the_whole_bloc_sees_it_and_nobody_else():
    bloc = builders.bloc()
    made = enter(bloc, bloc.members[0], money=5_000_000)
    page = client(bloc.deputies[0]).get(reverse("bloc_activities", args=[bloc.bloc_year.pk])).content.decode()
    assert "Tặng quà học sinh nghèo" in page
    assert "5.000.000 đồng" in page
    assert client(builders.commander(builders.unit())).get(reverse("activity", args=[made.pk])).status_code == 404


def test_what_is_typed_wrong_comes_back_with_its_sentence():
    bloc = builders.bloc()
    member = bloc.members[0]
    address = reverse("activity_new", args=[bloc.bloc_year.pk])
    given = {"kind": "charity", "title": "Quà", "held_on": f"{clock.today():%d/%m/%Y}", "host": member.unit_id, "money": "2,5"}
    answer = client(member).post(address, given)
    assert answer.status_code == 422
    assert "Nhập số nguyên" in answer.content.decode()
    good = client(member).post(address, {**given, "money": "1.500.000", "units": [bloc.leader.unit_id]})
    made = Activity.objects.get()
    assert good.url == reverse("activity", args=[made.pk])
    assert made.money == 1_500_000
    assert [unit.pk for unit in made.units.all()] == [bloc.leader.unit_id]


def test_a_host_who_is_not_of_the_bloc_cannot_be_smuggled_in():
    bloc = builders.bloc()
    given = {"kind": "charity", "title": "Quà", "held_on": f"{clock.today():%d/%m/%Y}", "host": bloc.leader.unit_id}
    client(bloc.members[0]).post(reverse("activity_new", args=[bloc.bloc_year.pk]), given)
    assert Activity.objects.get().host_id == bloc.members[0].unit_id


def test_the_second_who_saves_sees_what_the_first_saved():
    bloc = builders.bloc()
    made = enter(bloc, bloc.members[0])
    change(made, bloc.leader, title="Tặng quà Tết")
    given = {
        "kind": "charity",
        "title": "Tặng sách",
        "held_on": f"{clock.today():%d/%m/%Y}",
        "host": bloc.members[0].unit_id,
        "seen": "0",
    }
    answer = client(bloc.members[0]).post(reverse("activity_edit", args=[made.pk]), given)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Tặng quà Tết" in page
    assert 'value="Tặng sách"' in page
    assert client(bloc.members[0]).post(reverse("activity_edit", args=[made.pk]), {**given, "seen": "1"}).status_code == 302


def test_photographs_come_and_go_through_their_page():
    bloc = builders.bloc()
    member = bloc.members[0]
    made = enter(bloc, member)
    files = {"photos": SimpleUploadedFile("a.jpg", picture(), "image/jpeg"), "caption": "Trao quà"}
    assert client(member).post(reverse("activity_photo_add", args=[made.pk]), files).status_code == 302
    photo = made.photos.get()
    shown = client(bloc.deputies[0]).get(reverse("activity_photo", args=[made.pk, photo.pk, "nho"]))
    assert shown["Content-Type"] == "image/jpeg"
    wrong = client(member).post(reverse("activity_photo_add", args=[made.pk]), {"photos": SimpleUploadedFile("b.jpg", b"no")})
    assert wrong.status_code == 422
    assert client(bloc.deputies[0]).post(reverse("activity_photo_remove", args=[made.pk, photo.pk])).status_code == 403
    assert client(member).post(reverse("activity_photo_remove", args=[made.pk, photo.pk])).status_code == 302
    assert not made.photos.exists()


def test_totals_of_the_year():
    bloc = builders.bloc()
    enter(bloc, bloc.leader, money=3_000_000, people=20)
    enter(bloc, bloc.leader, kind="sport", people=5)
    found = activities.totals(list(Activity.objects.all()))
    assert (found.number, found.money, found.people) == (2, 3_000_000, 25)
    assert list(activity_tables.results(Activity(money=2_000_000, works="1 nhà"))) == ["2.000.000 đồng", "1 nhà"]
    assert Decimal(found.money) == 3_000_000
