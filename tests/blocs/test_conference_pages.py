"""The page of a conference: what it takes from a form, what it says to bad input, and what two people at once see."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from blocs.domain import directives
from blocs.domain.directives import Wanted
from blocs.enums import ConferenceKind, ConferenceState
from blocs.models import Attendance, Conference
from emulation.lib import clock
from emulation.pdf import pictures
from tests import builders, meetings

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return builders.bloc()


def client_of(actor):
    client = Client()
    client.force_login(actor.user)
    return client


def fields(page: str, form: str) -> dict[str, str]:
    """What a form of the page would send as it stands."""
    inside = page[page.index(f'action="{form}"') :].split("</form>", maxsplit=1)[0]
    found = dict(re.findall(r'<input[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"', inside))
    found |= {name: "" for name in re.findall(r'<input(?![^>]*value=)[^>]*?name="([^"]+)"', inside) if name not in found}
    for name, options in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', inside, re.DOTALL):
        chosen = re.findall(r'<option value="([^"]*)" selected', options)
        found[name] = chosen[0] if chosen else re.findall(r'<option value="([^"]*)"', options)[0]
    return found


def test_from_the_page_of_the_bloc_to_a_planned_conference(cast):
    client = client_of(cast.leader)
    page = client.get(reverse("bloc", args=[cast.bloc_year.pk])).content.decode()
    assert reverse("conference_new", args=[cast.bloc_year.pk]) in page
    address = reverse("conference_new", args=[cast.bloc_year.pk]) + "?loai=final"
    sent = {
        "title": "Hội nghị tổng kết",
        "starts_at": f"{clock.today():%d/%m/%Y} 14:00",
        "venue": "Hội trường",
        "chair_unit": cast.leader.unit_id,
    }
    assert client.post(address, {**sent, "starts_at": "31/02/2026"}).status_code == 422
    response = client.post(address, sent, follow=True)
    made = Conference.objects.get()
    assert made.kind == ConferenceKind.FINAL
    assert "Hội nghị tổng kết" in response.content.decode()
    again = client.post(address, sent)
    assert again.status_code == 422
    assert "cùng loại" in again.content.decode()


def test_members_see_it_without_any_form(cast):
    made = meetings.conference(ConferenceState.HELD, of=cast)
    for section in ("chuong-trinh", "thanh-phan", "tai-lieu", "bieu-quyet", "anh"):
        page = client_of(cast.members[0]).get(f"{reverse('conference', args=[made.pk])}?phan={section}").content.decode()
        main = page.split("<main")[1]
        assert "<form" not in main, section


def test_who_said_nothing_is_present_when_asked_so(cast):
    made = meetings.conference(of=cast)
    client = client_of(cast.leader)
    page = client.get(f"{reverse('conference', args=[made.pk])}?phan=thanh-phan").content.decode()
    address = reverse("attendance_save", args=[made.pk])
    data = fields(page, address) | {"dd-1-presence": "no", "dd-1-reason": "Ốm"}
    assert client.post(address, {**data, "everybody": "1"}).status_code == 302
    assert sorted(Attendance.objects.values_list("is_present", flat=True)) == [False, True, True, True]


def test_an_absence_without_a_reason_stands_at_its_field(cast):
    made = meetings.conference(of=cast)
    client = client_of(cast.leader)
    address = reverse("attendance_save", args=[made.pk])
    data = fields(client.get(f"{reverse('conference', args=[made.pk])}?phan=thanh-phan").content.decode(), address)
    response = client.post(address, data | {"dd-1-presence": "no"})
    assert response.status_code == 422
    assert "Ghi lý do vắng mặt." in response.content.decode()


def test_a_stale_agenda_form_brings_both_texts(cast):
    made = meetings.conference(of=cast)
    item = made.agenda.first()
    address = reverse("agenda_save", args=[made.pk, item.pk])
    assert client_of(cast.leader).post(address, {"title": "Của người trước", "seen": "0"}).status_code == 302
    response = client_of(cast.deputies[0]).post(address, {"title": "Của người sau", "seen": "0"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Của người trước" in page
    assert "Của người sau" in page
    assert client_of(cast.deputies[0]).post(address, {"title": "Của người sau", "seen": "1"}).status_code == 302


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"votes_for": "9"}, "Tổng số phiếu"),
        ({"votes_for": "-1"}, "0"),
        ({"votes_for": "ba"}, "số nguyên"),
        ({"text": ""}, "bắt buộc"),
        ({"rule": "khac"}, "khac"),
        ({"about": "99999"}, "chọn hợp lệ"),
    ],
)
def test_bad_votes_stand_at_their_fields(cast, data, said):
    made = meetings.conference(ConferenceState.HELD, of=cast)
    vote = {"text": "Thông qua", "rule": "majority", "votes_for": "3", "against": "0", "abstained": "0"}
    response = client_of(cast.leader).post(reverse("decision_add", args=[made.pk]), {**vote, **data})
    assert response.status_code == 422
    assert "is-invalid" in response.content.decode()


def test_without_a_quorum_the_page_says_what_is_missing(cast):
    made = meetings.conference(of=cast)
    client = client_of(cast.leader)
    client.post(reverse("conference_hold", args=[made.pk]))
    response = client.post(
        reverse("conference_close", args=[made.pk]), {"ended_at": f"{clock.local(clock.now()):%d/%m/%Y %H:%M}"}
    )
    assert response.status_code == 422
    assert "0/3 đơn vị có mặt" in response.content.decode()


def test_attachments_that_lie_are_named_and_the_others_kept(cast):
    made = meetings.conference(ConferenceState.HELD, of=cast)
    files = [
        SimpleUploadedFile("anh.jpg", meetings.picture(), "image/jpeg"),
        SimpleUploadedFile("gia.jpg", b"%PDF-1.7 khong phai anh", "image/jpeg"),
    ]
    response = client_of(cast.leader).post(reverse("photo_add", args=[made.pk]), {"photos": files})
    assert response.status_code == 422
    assert "gia.jpg" in response.content.decode()
    photo = made.photos.get()
    served = client_of(cast.members[0]).get(reverse("photo", args=[made.pk, photo.pk, "vua"]))
    assert (served["Content-Type"], served["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert (
        client_of(builders.commander(builders.unit())).get(reverse("photo", args=[made.pk, photo.pk, "vua"])).status_code == 404
    )


def test_the_invitation_prints_whom_when_and_where(cast):
    made = meetings.conference(of=cast, days=1)
    client = client_of(cast.members[0])
    whole = io.BytesIO(client.get(reverse("conference_invitation", args=[made.pk])).content).getvalue()
    text = " ".join(" ".join(pictures.page_texts(whole)).split())
    assert "GIẤY MỜI" in text
    assert cast.members[0].unit.name in text
    assert made.venue in text
    assert text.count("Nơi nhận:") == 1
    one = client.get(reverse("conference_invitation_of", args=[made.pk, cast.members[0].unit_id])).content
    assert f"Kính gửi: {cast.members[0].unit.name}." in " ".join(" ".join(pictures.page_texts(one)).split())
    assert client.get(reverse("conference_invitation_of", args=[made.pk, 0])).status_code in (200, 404)
    assert client.get(reverse("conference_calendar", args=[made.pk]))["Content-Type"].startswith("text/calendar")


def test_a_directive_stands_on_the_home_page_of_its_unit_until_it_is_reported(cast):
    made = meetings.conference(ConferenceState.HELD, of=cast)
    member = cast.members[0]
    late = directives.give(made, Wanted("Việc đã đến hạn", [member.unit_id], clock.today()), actor=cast.leader)
    directives.give(made, Wanted("Việc không hạn", [member.unit_id]), actor=cast.leader)
    page = client_of(member).get(reverse("home")).content.decode()
    assert page.index("Việc đã đến hạn") < page.index("Việc không hạn")
    assert "Việc đã đến hạn" not in client_of(cast.leader).get(reverse("home")).content.decode()
    task = late.tasks.get()
    address = reverse("directive_report", args=[made.pk, task.pk])
    assert client_of(member).post(address, {"report": " "}).status_code == 422
    assert client_of(member).post(address, {"report": "Đã làm xong"}).status_code == 302
    assert "Việc đã đến hạn" not in client_of(member).get(reverse("home")).content.decode()


def test_a_bloc_that_wants_none_of_it_is_told_once_and_quietly(cast):
    page = client_of(cast.members[0]).get(reverse("bloc", args=[cast.bloc_year.pk])).content.decode()
    assert "Hội nghị" not in page.split("<main")[1]
