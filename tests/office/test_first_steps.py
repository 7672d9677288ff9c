"""The first page of an empty system: one administrator by the code, then what is still missing, then work."""

import pytest
from django.urls import reverse

from emulation.lib import private_files
from emulation.office.domain import first_start, first_steps
from emulation.organisation.models import User
from emulation.records.events import Event
from emulation.records.models import AuditEntry
from tests import builders

pytestmark = pytest.mark.django_db

PAGE = reverse("first_steps")
CODE = "ABCDE23456"


@pytest.fixture
def code(tmp_path, settings):
    settings.VAR_DIR = tmp_path / "var"
    private_files.create(first_start.code_path(), f"{CODE}\n".encode())
    return CODE


def text(response):
    return response.content.decode()


def fill(client, given, **other):
    typed = {"code": given, "full_name": "Nguyễn Văn A", "username": "quantri", "new": builders.SECRET, "again": builders.SECRET}
    return client.post(PAGE, typed | other)


def test_an_empty_system_leads_here_and_names_the_file(client, code):
    assert client.get("/").url == PAGE
    page = text(client.get(PAGE))
    assert str(first_start.code_path()) in page
    assert CODE not in page


def test_the_code_makes_the_administrator_who_is_signed_in_at_once(client, code):
    response = fill(client, " abcde-23456 ", username="QuanTri")
    assert (response.status_code, response.url) == (302, PAGE)
    user = User.objects.get()
    assert (user.username, user.full_name, user.is_superuser) == ("quantri", "Nguyễn Văn A", True)
    page = text(client.get(PAGE))
    assert "Tài khoản quản trị" in page
    assert client.get("/").url == PAGE
    assert not first_start.code_path().exists()
    assert AuditEntry.objects.filter(event=Event.SIGNED_IN, user=user).exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"code": "SAI"}, "Mã khởi đầu không đúng"),
        ({"username": "quản trị"}, "không dấu"),
        ({"again": "khác"}, "Hai lần nhập"),
        ({"new": "ngắn", "again": "ngắn"}, "10 ký tự"),
        ({"new": "nguyen van a 1", "again": "nguyen van a 1", "username": "nguyen.van.a"}, "giống"),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_made(client, code, wrong, said):
    response = fill(client, code, **wrong)
    assert response.status_code == 200
    assert said in text(response)
    assert not User.objects.exists()


def test_without_a_code_the_page_says_what_to_run(client, code):
    first_start.forget_code()
    assert "manage.py setup" in text(client.get(PAGE))
    assert "Chưa có mã khởi đầu" in text(fill(client, code))
    assert not User.objects.exists()


def test_afterwards_it_is_for_those_who_keep_the_organisation(client, code):
    builders.person()
    assert client.get(PAGE).url == reverse("login")
    assert fill(client, code).url == reverse("login")
    client.force_login(builders.commander(builders.unit()).user)
    assert client.get(PAGE).status_code == 403


def done(actor):
    return [step.done for step in first_steps.steps(actor)]


def test_each_step_is_marked_when_it_is_done(client):
    administrator = builders.administrator()
    assert done(administrator) == [True, False, False, False]
    client.force_login(administrator.user)
    assert reverse("admin:organisation_unit_changelist") in text(client.get(PAGE))
    office = builders.staff(builders.office())
    assert done(administrator) == [True, False, False, False]
    units = [builders.unit() for _ in range(3)]
    assert done(administrator) == [True, True, False, False]
    builders.commander(units[0])
    assert done(administrator) == [True, True, True, False]
    assert [step.url for step in first_steps.steps(administrator)][-1] == ""
    assert first_steps.steps(office)[-1].url == reverse("bloc_new")
    builders.bloc()
    assert done(office) == [True, True, True, True]
    assert "sẵn sàng làm việc" in text(client.get(PAGE))
