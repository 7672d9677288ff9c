"""One's own wishes, and the office's days."""

import pytest
from django.urls import reverse

from emulation.reminders.domain import choices, days
from tests import builders

pytestmark = pytest.mark.django_db

PAGE = reverse("reminders")


def test_one_chooses_for_oneself(client):
    actor = builders.commander(builders.unit())
    client.force_login(actor.user)
    wishes = {"by_mail": "on", "email": "a@thidua.example", "frequency": "weekly", "language": "en"}
    assert client.post(PAGE, wishes).url == PAGE
    choice = choices.of(actor.user)
    assert (choice.by_mail, choice.email, choice.frequency, choice.language) == (True, "a@thidua.example", "weekly", "en")
    assert "a@thidua.example" in client.get(PAGE).content.decode()


def test_mail_without_an_address_is_said_at_its_field(client):
    client.force_login(builders.commander(builders.unit()).user)
    page = client.post(PAGE, {"by_mail": "on", "email": "", "frequency": "daily", "language": "vi"})
    assert "Nhập địa chỉ thư điện tử" in page.content.decode()


def test_the_office_sets_the_days(client):
    office = builders.staff(builders.office())
    client.force_login(office.user)
    assert client.post(reverse("reminder_days"), {"days": "5, 0, -2", "year": "2020"}).url == PAGE
    assert days.chosen(office.unit_id, 2020) == (5, 0, -2)
    assert "5, 0, -2" in client.get(PAGE).content.decode()
    wrong = client.post(reverse("reminder_days"), {"days": "năm"})
    assert wrong.status_code == 422
    assert "Nhập các số ngày" in wrong.content.decode()
